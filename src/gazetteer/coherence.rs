//! Whether all that is known hangs together: one meaning a name or a rule that decides, one holder an office at a time,
//! no reference into nothing, every country in one region.

use std::collections::{BTreeMap, BTreeSet};

use super::entity::{Alias, Entity, Kind, Knowledge, Sense};
use super::entry::Slip;
use crate::diagnostic::nearest;

/// Everything that is wrong, by entity.
#[must_use]
pub fn check(known: &Knowledge) -> Vec<Slip> {
    let ids: BTreeMap<&str, &Entity> =
        known.entities.iter().map(|entity| (entity.id.as_str(), entity)).collect();
    let regions: BTreeSet<&str> = known.regions.iter().map(|region| region.id.as_str()).collect();
    let mut slips = Vec::new();
    for entity in &known.entities {
        references(entity, &ids, &regions, &mut slips);
        terms(entity, &mut slips);
    }
    names(known, &mut slips);
    partition(known, &mut slips);
    slips
}

fn slip(id: &str, code: &'static str, message: String, help: impl Into<String>) -> Slip {
    Slip { id: id.to_owned(), code, message, help: Some(help.into()) }
}

fn references(
    entity: &Entity,
    ids: &BTreeMap<&str, &Entity>,
    regions: &BTreeSet<&str>,
    slips: &mut Vec<Slip>,
) {
    let id = entity.id.as_str();
    if let Some(country) = &entity.country
        && !ids.get(country.as_str()).is_some_and(|land| land.kind.is_land())
    {
        slips.push(slip(
            id,
            "unknown-country",
            format!("`{id}` counts for `{country}`, which is no country"),
            "write the id of a country, in lower case: `country: grc`",
        ));
    }
    if let Some(region) = &entity.region
        && entity.kind == Kind::Area
        && !regions.contains(region.as_str())
        && !regions.is_empty()
    {
        let all: Vec<&str> = regions.iter().copied().collect();
        slips.push(slip(
            id,
            "unknown-region",
            format!("`{id}` lies in `{region}`, which is no region"),
            match nearest(region, all.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known: {}", all.join(", ")),
            },
        ));
    }
    if let Some(body) = &entity.body
        && !ids.contains_key(body.as_str())
    {
        let help = "correct the id, or add an entry with it";
        slips.push(slip(
            id,
            "unknown-entity",
            format!("`{id}` is an office of `{body}`, which is in no list"),
            help,
        ));
    }
    for term in &entity.holders {
        if ids.get(term.person.as_str()).is_none_or(|person| person.kind != Kind::Person) {
            let person = &term.person;
            slips.push(slip(
                id,
                "unknown-person",
                format!("`{id}` is held by `{person}`, who is in no list"),
                "write the person's id, or add an entry of `kind: person` with it",
            ));
        }
    }
    for alias in &entity.aliases {
        let others = alias.conditions.iter().flat_map(|only| only.needs.iter().chain(&only.unless_doc));
        for other in others {
            if !ids.contains_key(other.as_str()) {
                let text = &alias.text;
                slips.push(slip(
                    id,
                    "unknown-entity",
                    format!("`{text}` of `{id}` depends on `{other}`, which is in no list"),
                    "correct the id, or add an entry with it",
                ));
            }
        }
    }
}

/// Terms in order, one holder at a time. A new term may begin on the day on which the old one ends.
fn terms(entity: &Entity, slips: &mut Vec<Slip>) {
    for pair in entity.holders.windows(2) {
        if pair[1].from < pair[0].until {
            let (one, other) = (&pair[0].person, &pair[1].person);
            let id = &entity.id;
            slips.push(slip(
                id,
                "overlapping-terms",
                format!("`{one}` and `{other}` hold `{id}` at the same time"),
                format!("let the term of `{one}` end when that of `{other}` begins: `until:`"),
            ));
        }
    }
    for term in &entity.holders {
        if term.until < term.from {
            let (id, person) = (&entity.id, &term.person);
            slips.push(slip(
                id,
                "bad-term",
                format!("`{person}` leaves `{id}` before the first day"),
                "correct `from:` or `until:`",
            ));
        }
    }
}

/// Whether an alias says itself when it counts.
fn has_rule(alias: &Alias) -> bool {
    let has_condition = alias.conditions.as_ref().is_some_and(|only| {
        let entities = [&only.needs, &only.unless_doc];
        let words = [&only.needs_cue, &only.unless_cue, &only.unless_prev, &only.unless_next];
        entities.iter().chain(&words).any(|list| !list.is_empty())
    });
    alias.ambiguous || alias.shared || has_condition || alias.sense == Sense::Surname && !alias.unique
}

/// One name, one meaning, unless every meaning but one carries a rule.
fn names(known: &Knowledge, slips: &mut Vec<Slip>) {
    let mut bearers: BTreeMap<&str, Vec<(&Entity, &Alias)>> = BTreeMap::new();
    for entity in &known.entities {
        for alias in &entity.aliases {
            bearers.entry(&alias.text).or_default().push((entity, alias));
        }
    }
    for (text, bearers) in bearers {
        let mut plain: Vec<&str> = bearers
            .iter()
            .filter(|(_, alias)| !has_rule(alias))
            .filter(|(_, alias)| {
                // Names in use at different times do not meet.
                !bearers.iter().any(|(_, other)| alias.until < other.from || other.until < alias.from)
            })
            .map(|(entity, _)| entity.id.as_str())
            .collect();
        let twice = plain.len();
        plain.dedup();
        if plain.len() > 1 {
            slips.push(slip(
                plain[1],
                "duplicate-name",
                format!("`{text}` means {}", plain.join(" and ")),
                "give one of them a longer name, or a rule such as `needs_cue:`",
            ));
        } else if twice > 1 {
            let message = format!("`{}` lists `{text}` twice", plain[0]);
            slips.push(slip(plain[0], "duplicate-name", message, "take one of the two out"));
        }
    }
}

/// Every country in exactly one region.
pub(super) fn partition(known: &Knowledge, slips: &mut Vec<Slip>) {
    for land in known.entities.iter().filter(|entity| entity.kind.is_land()) {
        let Some(a2) = &land.a2 else {
            slips.push(slip(
                &land.id,
                "no-code",
                format!("the country `{}` has no ISO 3166-1 alpha-2 code", land.id),
                "add it: `iso: {a2: GR}`",
            ));
            continue;
        };
        let by_name = known.regions.iter().filter(|region| region.add.contains(a2)).count();
        let by_group = known
            .regions
            .iter()
            .filter(|region| {
                !region.drop.contains(a2) && land.m49.iter().any(|group| region.m49.contains(group))
            })
            .count();
        if by_name > 1 || (by_name == 0 && by_group != 1) {
            let count = if by_name > 1 { by_name } else { by_group };
            let (count, help) = match count {
                0 => ("no region".to_owned(), format!("add it to one: `add: [{a2}]`")),
                _ => (format!("{count} regions"), format!("keep `{a2}` in one of them")),
            };
            slips.push(slip(
                &land.id,
                "bad-partition",
                format!("{} ({a2}) lies in {count}", land.name),
                help,
            ));
        }
    }
}
