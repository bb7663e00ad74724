//! Puts the entries of several files together: an entry may add to one that another file gives.

use super::entity::{Entity, Knowledge};
use super::entry::Slip;

/// Puts an entity beside the others; `extend: true` adds to the one with the same id, a second full entry is a slip.
pub fn add(entity: Entity, extends: bool, into: &mut Knowledge, slips: &mut Vec<Slip>) {
    match into.entities.iter_mut().find(|known| known.id == entity.id) {
        Some(known) if extends => merge(known, entity),
        Some(known) => slips.push(Slip {
            code: "duplicate-id",
            message: format!("`{}` and `{}` have one id", known.name, entity.name),
            help: Some("give one of them another id, or `extend: true`".into()),
            id: entity.id,
        }),
        None if extends => slips.push(Slip {
            code: "unknown-entity",
            message: format!("`{}` extends an entity that does not exist", entity.id),
            help: Some("give it a `name` and a `kind`, and leave `extend` out".into()),
            id: entity.id,
        }),
        None => into.entities.push(entity),
    }
}

fn merge(known: &mut Entity, more: Entity) {
    if !more.name.is_empty() {
        known.name = more.name;
    }
    let keep = |old: &mut Option<String>, new: Option<String>| {
        if new.is_some() {
            *old = new;
        }
    };
    keep(&mut known.country, more.country);
    keep(&mut known.region, more.region);
    keep(&mut known.sector, more.sector);
    keep(&mut known.body, more.body);
    keep(&mut known.wikidata, more.wikidata);
    for alias in more.aliases {
        if alias.text.is_empty() {
            continue;
        }
        match known.aliases.iter_mut().find(|old| old.text == alias.text) {
            Some(old) => *old = alias,
            None => known.aliases.push(alias),
        }
    }
    known.titles.extend(more.titles);
    known.holders.extend(more.holders);
    known.holders.sort_by_key(|term| term.from);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::entity::Kind;

    #[test]
    fn two_full_entries_with_one_id_are_refused() {
        let named = |name: &str| Entity::new("port".into(), name.into(), Kind::Place);
        let (mut known, mut slips) = (Knowledge::default(), Vec::new());
        add(named("Port"), false, &mut known, &mut slips);
        add(named("Harbour"), true, &mut known, &mut slips);
        assert!(slips.is_empty(), "{slips:?}");
        assert_eq!(known.entities[0].name, "Harbour");
        add(named("Quay"), false, &mut known, &mut slips);
        assert_eq!(slips[0].code, "duplicate-id");
        assert_eq!(known.entities[0].name, "Harbour");
    }
}
