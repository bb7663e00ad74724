//! Who holds the same office elsewhere: `told his French counterpart`, `congratulated his neighbour in Kinshasa`.

use std::collections::HashSet;

use super::context::Reading;
use super::engine::Post;
use super::hit::{Hit, Role, Target};
use super::holder::named_here;
use super::vocabulary::QuickMap;

/// Nobody looks further back than so many names for whose counterpart somebody is.
const BACK: usize = 12;

/// Finds those who are named only as somebody's counterpart.
pub fn resolve(reading: &mut Reading<'_, '_>) {
    let document = reading.document;
    if document.day.is_none() {
        return;
    }
    let (mut hits, mut states) = (Vec::new(), HashSet::new());
    let mut known = QuickMap::default();
    for at in 1..document.words.len() {
        if !matches!(document.text(at), "counterpart" | "neighbour" | "neighbor") {
            continue;
        }
        let Some((country, first, last)) = country_of(reading, at) else { continue };
        let Some(subject) = subject(reading, first) else { continue };
        if named_here(reading, last) {
            continue;
        }
        states.extend(reading.hit_at(first).map(|hit| hit.first));
        let person =
            *known.entry((subject, country)).or_insert_with(|| same_office(reading, subject, country));
        hits.extend(person.map(|person| Hit {
            first: at as u32,
            last: last as u32,
            target: Target::Known(person),
            role: Role::Office,
            rule: "holds the same office that day",
            accepted: true,
            acts: true,
        }));
    }
    for hit in &mut reading.hits {
        hit.acts |= states.contains(&hit.first);
    }
    if !hits.is_empty() {
        reading.hits.extend(hits);
        reading.settle_order();
    }
}

/// The country of a counterpart, and the first and last word that say so.
fn country_of(reading: &Reading<'_, '_>, at: usize) -> Option<(u32, usize, usize)> {
    let document = reading.document;
    let land = |word: usize| {
        let hit = reading.hit_at(word)?;
        let counts = matches!(hit.role, Role::Name | Role::Demonym | Role::Acting | Role::Place);
        reading.country_of(hit).filter(|_| counts).map(|country| (country, *hit))
    };
    let tied = document.before(at).filter(|_| document.is_tied(at) && document.text(at) == "counterpart");
    if let Some((country, hit)) = tied.and_then(land) {
        return Some((country, hit.first as usize, at));
    }
    let after = document.after(at).filter(|next| document.words[*next].gap.is_space());
    let small = after.filter(|next| matches!(document.text(*next), "in" | "from"))?;
    land(document.after(small)?).map(|(country, _)| (country, at, at))
}

/// Who holds an office and was named last before a word, in its sentence or in the one before.
fn subject(reading: &Reading<'_, '_>, first: usize) -> Option<u32> {
    let document = reading.document;
    let sentence = document.words[first].sentence;
    let earlier = reading.hits.partition_point(|hit| (hit.first as usize) < first);
    let mut near = reading.hits[..earlier]
        .iter()
        .rev()
        .take(BACK)
        .take_while(|hit| document.words[hit.first as usize].sentence + 1 >= sentence);
    near.find_map(|hit| match hit.target {
        Target::Known(person) if matches!(hit.role, Role::Person | Role::Office) => {
            let post = reading.names.engine.post(person, document.day?)?;
            (post != Post::International).then_some(person)
        }
        _ => None,
    })
}

/// Who holds, in a country, the office that somebody holds elsewhere: the one that shares the foremost of its titles.
fn same_office(reading: &Reading<'_, '_>, person: u32, country: u32) -> Option<u32> {
    let (names, day) = (reading.names, reading.document.day?);
    let own = names.engine.held(day).filter(|term| term.person == person).min_by_key(|term| term.post)?;
    let theirs: Vec<_> = names
        .engine
        .held(day)
        .filter(|term| names.engine.country[term.office as usize] == Some(country))
        .collect();
    names.at(own.office).titles.iter().find_map(|title| {
        let same = theirs.iter().find(|term| names.at(term.office).titles.contains(title))?;
        Some(same.person)
    })
}
