//! Offices: a country and a role make a post (`Russian president`, `Iran's Supreme Leader`), a day makes a person.

use std::collections::HashSet;

use super::context::Reading;
use super::entity::Kind;
use super::hit::{Hit, Role, Target};
use super::holder::{holder, when};
use super::matcher::{Found, Meaning};
use super::role::ORGAN_THERE;
use super::standin::ends_there;
use super::vocabulary::kebab;
use super::words::Word;

/// Nobody looks further back than so many names for whose `its` is.
const NEAR: usize = 12;

/// Nor further than so many words behind a name for the office of whoever bears it.
const LEAD: usize = 6;

/// The posts that every country's entry has, if the country has such a post.
const BARE: [&str; 4] =
    ["office-president-", "office-prime-minister-", "office-chancellor-", "office-foreign-"];

/// What may stand between a country and a title.
const ADJECTIVES: [&str; 17] = [
    "new",
    "current",
    "own",
    "acting",
    "interim",
    "embattled",
    "hard-line",
    "ousted",
    "deposed",
    "suspended",
    "toppled",
    "overthrown",
    "impeached",
    "outgoing",
    "departing",
    "incoming",
    "caretaker",
];

/// Finds offices among the matches of titles, and puts the people who held them on the document's day in their place.
pub fn resolve(reading: &mut Reading<'_, '_>, found: &[Found]) {
    let (mut hits, mut organs) = (Vec::new(), HashSet::new());
    let mut free = 0;
    let mut titles: Vec<&Found> =
        found.iter().filter(|found| matches!(found.meaning, Meaning::Title(_))).collect();
    titles.sort_by_key(|found| (found.first, u32::MAX - found.last));
    for found in titles {
        let Meaning::Title(title) = found.meaning else {
            continue;
        };
        if found.first < free {
            continue;
        }
        let offices = reading.names.engine.titles.row(title);
        if let Some(organ) = reading.hit_at(found.first as usize) {
            // Part of a longer name, such as that of another body; or `Pakistan's army| chief`.
            let goes_on = organ.last < found.last && reading.hit_at(found.last as usize).is_none();
            let of_state = matches!(organ.target, Target::Known(body) if reading.names.at(body).kind == Kind::Government);
            if !(goes_on && of_state && organ.first < found.first) {
                continue;
            }
        } else if reading.hit_at(found.last as usize).is_some() {
            continue;
        }
        let organ = reading.hit_at(found.first as usize);
        let of_organ = || {
            let organ = organ?;
            Some((office_of(reading, offices, reading.country_of(organ)?)?, organ.first as usize))
        };
        let hosted = || host_of(reading, found, offices).map(|office| (office, found.first as usize));
        let Some((office, lead)) = of_organ().or_else(|| owned(reading, found, offices)).or_else(hosted)
        else {
            continue;
        };
        free = found.last + 1;
        let lead = lead.min(found.first as usize);
        // `resigned as America's acting homeland security secretary`
        let own = reading.document.before(lead).is_some_and(|at| reading.document.text(at) == "as");
        if own || follows_name(reading, lead) {
            continue;
        }
        let (when, last) = when(reading, lead, found.first as usize, found.last as usize);
        // It is the chief who acts, and the state, not the army.
        organs.extend(organ.map(|organ| organ.first));
        hits.extend(holder(reading, office, found.first, last as u32, when));
    }
    for hit in &mut reading.hits {
        hit.acts &= !organs.contains(&hit.first);
    }
    for number in 0..reading.hits.len() {
        let hit = reading.hits[number];
        let Target::Known(office) = hit.target else {
            continue;
        };
        if reading.names.at(office).kind != Kind::Office {
            continue;
        }
        let (first, last) = (hit.first as usize, hit.last as usize);
        let (when, last) = when(reading, first, first, last);
        let held = holder(reading, office, hit.first, last as u32, when);
        match held.filter(|_| !follows_name(reading, first)) {
            Some(held) => reading.hits[number] = held,
            None => {
                reading.hits[number].accepted = false;
                hits.extend(body_of(reading, &hit));
            }
        }
    }
    reading.hits.extend(hits);
    reading.hits.retain(|hit| hit.accepted);
    reading.settle_order();
}

/// The body in the name of an office whose holder is named beside it: `Hans Leijtens, the head of Frontex`.
fn body_of(reading: &Reading<'_, '_>, office: &Hit) -> Option<Hit> {
    let document = reading.document;
    let inside = &document.words[office.first as usize + 1..=office.last as usize];
    let mut found = Vec::new();
    let text =
        |word: &Word| &document.passages[word.passage as usize].text[word.start as usize..word.end as usize];
    reading.names.engine.matcher.find(inside, text, &mut found);
    let bodies = found.iter().filter_map(|found| match found.meaning {
        Meaning::Alias(entity, alias) if reading.names.rules(entity, alias).is_none() => {
            Some((found, entity))
        }
        _ => None,
    });
    let mut bodies =
        bodies.filter(|(_, entity)| matches!(reading.names.at(*entity).kind, Kind::Igo | Kind::Body));
    let (found, entity) = bodies.next()?;
    let at = |word: u32| office.first + 1 + word;
    Some(Hit {
        first: at(found.first),
        last: at(found.last),
        target: Target::Known(entity),
        role: Role::Body,
        rule: "the body whose office it is",
        accepted: true,
        acts: true,
    })
}

/// The office that a title means beside a country's or a body's name, and the first word that says so.
fn owned(reading: &Reading<'_, '_>, found: &Found, offices: &[u32]) -> Option<(u32, usize)> {
    let document = reading.document;
    let (first, last) = (found.first as usize, found.last as usize);
    let office = |hit: &Hit, pronoun: bool| {
        let Target::Known(entity) = hit.target else { return None };
        let state = matches!(hit.role, Role::Name | Role::Demonym | Role::Acting)
            || reading.names.at(entity).kind == Kind::Government
            || (pronoun && matches!(hit.role, Role::Person | Role::Office));
        // `Amazon's head of human resources`, `Shell's head office`
        let whole = hit.first as usize > first || document.is_headline(last) || ends_there(reading, last);
        let body = office_of(reading, offices, entity).filter(|_| hit.role == Role::Body && whole);
        body.or_else(|| office_of(reading, offices, reading.country_of(hit).filter(|_| state)?))
    };
    if let Some(mut before) = document.before(first)
        && (document.is_tied(first)
            || document.words[first].gap.is_hyphen()
            || document.is_possessive(before))
    {
        if document.words[before].gap.is_apostrophe() && matches!(document.text(before), "s" | "S") {
            before = document.before(before)?;
        }
        // `Iran's new supreme leader`
        if ADJECTIVES.contains(&document.text(before)) {
            before = document.before(before)?;
            if matches!(document.text(before), "s") {
                before = document.before(before)?;
            }
        }
        // `Canada's prime minister-designate met its outgoing prime minister`
        if matches!(document.text(before), "its" | "Its" | "his" | "her" | "their") {
            // `the bank elected a former governor of Brazil's as its president`
            if document.before(before).is_some_and(|at| document.text(at) == "as") {
                return None;
            }
            let sentence = document.words[before].sentence;
            let earlier = reading.hits.partition_point(|hit| (hit.first as usize) < before);
            let near = reading.hits[..earlier]
                .iter()
                .rev()
                .take(NEAR)
                .take_while(|hit| document.words[hit.first as usize].sentence + 1 >= sentence);
            // `a former Mauritanian minister, as its president` is the body's.
            let mut near = near.filter(|hit| hit.role != Role::Demonym);
            return near.find_map(|hit| office(hit, true)).map(|office| (office, before));
        }
        if let Some(hit) = reading.hit_at(before)
            && let Some(office) = office(hit, false)
        {
            return Some((office, hit.first as usize));
        }
    }
    let of = document.after(last)?;
    // `the new prime minister in Tokyo`
    if document.text(of) == "in" {
        let hit = reading.hit_at(document.after(of)?)?;
        let capital = hit.rule == "capital" || matches!(hit.role, Role::Acting | Role::Place);
        let country =
            reading.country_of(hit).filter(|country| capital && hit.target == Target::Known(*country))?;
        return office_of(reading, offices, country).map(|office| (office, first));
    }
    if document.text(of) != "of" {
        return None;
    }
    let mut at = document.after(of)?;
    if document.text(at).eq_ignore_ascii_case("the") {
        at = document.after(at)?;
    }
    let hit = reading.hit_at(at)?;
    // `president of France's National Rally`
    if document.is_possessive(hit.last as usize) {
        return None;
    }
    office(hit, false).map(|office| (office, first))
}

/// Of the offices that bear a title, that of a country or body.
pub(super) fn office_of(reading: &Reading<'_, '_>, offices: &[u32], owner: u32) -> Option<u32> {
    offices.iter().copied().find(|office| reading.names.engine.owner[*office as usize] == Some(owner))
}

/// The office that a bare title means, by its country: whose organ is named with its capital in the sentence (`The
/// chancellor told lawmakers in Berlin`); the only one in the text that has such an office (`Canada is not for sale, the
/// prime minister told him`); the only one whose parliament the sentence names, or that is named before the title.
fn host_of(reading: &Reading<'_, '_>, found: &Found, offices: &[u32]) -> Option<u32> {
    let document = reading.document;
    document.day?;
    let first = found.first as usize;
    let the = document.before(first)?;
    if !document.text(the).eq_ignore_ascii_case("the") || !document.is_tied(first) {
        return None;
    }
    let sentence = document.sentence(first);
    let start = reading.hits.partition_point(|hit| (hit.first as usize) < sentence.start);
    let mut near = reading.hits[start..].iter().take_while(|hit| (hit.first as usize) < sentence.end);
    if let Some(organ) = near.find(|hit| hit.rule == ORGAN_THERE)
        && let Target::Known(host) = organ.target
    {
        return office_of(reading, offices, reading.names.engine.country[host as usize]?);
    }
    // Of other posts the lists know too few to say that no other country has one.
    let is_listed = |office: &u32| BARE.iter().any(|start| reading.names.at(*office).id.starts_with(start));
    if !offices.iter().any(is_listed) {
        return None;
    }
    if document.after(found.last as usize).is_some_and(|at| document.text(at) == "of") {
        return None;
    }
    let countries = || offices.iter().filter_map(|office| reading.names.engine.country[*office as usize]);
    let mut named = countries().filter(|country| reading.near[*country as usize]);
    let country = named.next()?;
    if named.all(|other| other == country) {
        return office_of(reading, offices, country);
    }
    // `The prime minister refused to withdraw her remark to the Diet`
    let mut organs = reading.hits[start..]
        .iter()
        .take_while(|hit| (hit.first as usize) < sentence.end)
        .filter(|hit| matches!(hit.target, Target::Known(body) if reading.names.at(body).kind == Kind::Government));
    if let Some(host) = organs.next().and_then(|organ| reading.country_of(organ))
        && organs.all(|other| reading.country_of(other) == Some(host))
        && let Some(office) = office_of(reading, offices, host)
    {
        return Some(office);
    }
    // `Malagasy soldiers joined the protesters, and the president fled aboard a French aircraft`
    let title = start + reading.hits[start..].partition_point(|hit| (hit.first as usize) < first);
    let mut before = reading.hits[start.max(title.saturating_sub(NEAR))..title]
        .iter()
        .filter_map(|hit| reading.country_of(hit))
        .filter(|country| countries().any(|other| other == *country));
    let country = before.next()?;
    before.all(|other| other == country).then(|| office_of(reading, offices, country))?
}

/// Whether a person's name stands before a title, with a comma between: `Hun Manet, the Cambodian prime minister`.
fn follows_name(reading: &Reading<'_, '_>, lead: usize) -> bool {
    let document = reading.document;
    let mut first = lead;
    // `Chad Wolf, the acting U.S. homeland security secretary`
    for _ in 0..2 {
        let small = |at: &usize| {
            matches!(document.text(*at), "the" | "The") || ADJECTIVES.contains(&document.text(*at))
        };
        first = document.before(first).filter(|_| document.is_tied(first)).filter(small).unwrap_or(first);
    }
    let ends =
        first.checked_sub(1).filter(|at| document.words[*at].sentence == document.words[first].sentence);
    document.words[first].gap.is_comma()
        && ends.and_then(|at| reading.hit_at(at)).is_some_and(|hit| hit.role == Role::Person && hit.accepted)
}

/// Where somebody new is named beside an office, it is that one's, whoever held it last by the lists: `Jasem Albudaiwi,
/// the secretary general of the Gulf Cooperation Council,`. Whom the lists spell otherwise is no newcomer.
pub fn give_way(reading: &mut Reading<'_, '_>, newcomers: &mut [Hit]) {
    let document = reading.document;
    let (mut gone, mut bodies) = (HashSet::new(), Vec::new());
    for new in newcomers {
        let (before, after) = (new.first as usize, new.last as usize + 1);
        let next = (after..document.words.len().min(after + LEAD))
            .find_map(|at| reading.hit_at(at).filter(|hit| hit.role == Role::Office));
        let office = match before.checked_sub(1).and_then(|at| reading.hit_at(at)) {
            Some(hit) if hit.role == Role::Office && document.words[before].gap.is_comma() => *hit,
            _ => match next {
                Some(hit) if hit.role == Role::Office && document.words[after].gap.is_comma() => *hit,
                _ => continue,
            },
        };
        let Target::Known(holder) = office.target else { continue };
        let letters = |name: &str| kebab(name).replace('-', "");
        let name = letters(document.span(new.first as usize, new.last as usize));
        if reading.names.at(holder).aliases.iter().any(|alias| letters(&alias.text) == name) {
            new.target = office.target;
        }
        bodies.extend(body_of(reading, &office));
        gone.insert(office.first);
    }
    if !gone.is_empty() {
        reading.hits.retain(|hit| hit.role != Role::Office || !gone.contains(&hit.first));
        reading.hits.extend(bodies);
        reading.settle_order();
    }
}
