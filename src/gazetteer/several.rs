//! Several who hold the same office: `the presidents of Kenya and Senegal`, `the French and German chancellors`.

use std::collections::HashSet;

use super::context::Reading;
use super::hit::{Hit, Role};
use super::holder::{When, holder};
use super::matcher::{Found, Meaning};
use super::office::office_of;

/// Nobody names more of them in a row.
const MANY: usize = 8;

/// Finds titles in the plural beside several countries, and adds whoever held each of the offices.
pub fn resolve(reading: &mut Reading<'_, '_>, found: &[Found]) {
    let mut hits: Vec<Hit> = Vec::new();
    let mut states = HashSet::new();
    for found in found {
        let Meaning::Titles(title) = found.meaning else { continue };
        if (found.first..=found.last).any(|at| reading.hit_at(at as usize).is_some()) {
            continue;
        }
        let offices = reading.names.engine.titles.row(title);
        let (before, after) = (before(reading, found), after(reading, found));
        let lands = if after.is_empty() { before } else { after };
        for land in lands.iter().filter(|_| lands.len() > 1) {
            let office = reading.country_of(land).and_then(|country| office_of(reading, offices, country));
            hits.extend(
                office.and_then(|office| holder(reading, office, found.first, found.last, When::Now)),
            );
            states.extend(office.map(|_| land.first));
        }
    }
    if !hits.is_empty() {
        for hit in &mut reading.hits {
            hit.acts |= states.contains(&hit.first);
        }
        reading.hits.extend(hits);
        reading.settle_order();
    }
}

/// The country named at a word.
fn land(reading: &Reading<'_, '_>, at: usize) -> Option<Hit> {
    let hit = *reading.hit_at(at)?;
    let counts = matches!(hit.role, Role::Name | Role::Demonym | Role::Acting);
    (counts && reading.country_of(&hit).is_some()).then_some(hit)
}

/// The countries behind a title: `the presidents of |Kenya, Uganda and Tanzania|`.
fn after(reading: &Reading<'_, '_>, found: &Found) -> Vec<Hit> {
    let document = reading.document;
    let mut lands = Vec::new();
    let mut next = document.after(found.last as usize).filter(|of| document.text(*of) == "of");
    while let Some(small) = next {
        // `of`, `and`, `, and`, `, the`: up to two small words, or none behind a comma.
        let mut at = if lands.is_empty() || document.text(small) == "and" {
            document.after(small)
        } else {
            Some(small)
        };
        at = at.and_then(|at| if document.text(at) == "the" { document.after(at) } else { Some(at) });
        let Some(land) = at.and_then(|at| land(reading, at)) else { break };
        lands.push(land);
        let goes_on = |at: &usize| document.words[*at].gap.is_comma() || document.text(*at) == "and";
        next = document.after(land.last as usize).filter(goes_on).filter(|_| lands.len() < MANY);
    }
    lands
}

/// The countries before a title: `the |French and German| presidents`, `|Kenya's and Uganda's| presidents`.
fn before(reading: &Reading<'_, '_>, found: &Found) -> Vec<Hit> {
    let document = reading.document;
    let mut lands: Vec<Hit> = Vec::new();
    let mut next = document.before(found.first as usize);
    while let Some(mut at) = next {
        if document.text(at) == "and" && !lands.is_empty() {
            let Some(more) = document.before(at) else { break };
            at = more;
        }
        if document.words[at].gap.is_apostrophe()
            && let Some(more) = document.before(at)
        {
            at = more;
        }
        let Some(land) = land(reading, at) else { break };
        let first = land.first as usize;
        let joined = document.words[first].gap.is_comma()
            || document.before(first).is_some_and(|and| document.text(and) == "and");
        lands.push(land);
        next = document.before(first).filter(|_| joined && lands.len() < MANY);
    }
    lands
}
