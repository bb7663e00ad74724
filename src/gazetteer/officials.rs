//! States that act by those who hold their offices, where the text names the state beside them: `Georgia's prime minister`,
//! `Australia's Chris Bowen`, `James Marape of Papua New Guinea`, `Denis Sassou Nguesso, president of the Republic of Congo`.

use super::context::Reading;
use super::document::Document;
use super::hit::{Hit, Role, Target};
use super::people::Discovered;
use super::vocabulary::class;

/// So many words may stand between somebody and the state.
const NEAR: usize = 5;

/// Marks the states that act so.
pub fn resolve(reading: &mut Reading<'_, '_>, people: &[Discovered]) {
    for number in 0..reading.hits.len() {
        let state = reading.hits[number];
        let names_state = matches!(state.role, Role::Name | Role::Demonym | Role::Acting);
        if !names_state || state.acts {
            continue;
        }
        let next = reading.hits.get(number + 1).filter(|holder| serves(reading, people, &state, holder));
        let previous = number.checked_sub(1).map(|before| &reading.hits[before]);
        let previous = previous.filter(|holder| serves(reading, people, &state, holder));
        let document = reading.document;
        reading.hits[number].acts = next.is_some_and(|holder| is_before(document, &state, holder))
            || previous.is_some_and(|holder| {
                is_behind(document, &state, holder) || is_apposed(document, &state, holder)
            });
    }
}

/// Whether somebody holds an office of a state that day, is called its own, or was met by it.
fn serves(reading: &Reading<'_, '_>, people: &[Discovered], state: &Hit, holder: &Hit) -> bool {
    if !matches!(holder.role, Role::Office | Role::Person) {
        return false;
    }
    let country = reading.country_of(state);
    match holder.target {
        Target::Known(person) => {
            // Whom a state calls its own serves it, whatever the list of offices says.
            let own = || reading.document.is_possessive(state.last as usize);
            let in_office = |day| reading.names.engine.post(person, day).is_some();
            country == reading.country_of(holder) && (own() || reading.document.day.is_some_and(in_office))
        }
        Target::New(number) => people[number as usize].country == country,
        Target::Nothing => false,
    }
}

/// Whether a state's name leads to somebody: `Dominica's prime minister, Roosevelt Skerrit,`.
fn is_before(document: &Document<'_>, state: &Hit, holder: &Hit) -> bool {
    let (last, first) = (state.last as usize, holder.first as usize);
    document.after(last).is_some_and(|next| {
        next <= first
            && first - next <= NEAR
            && (next..first).all(|at| !document.is(at, class::PREPOSITION | class::NOT_HOLDER))
            && (next + 1..=first).all(|at| {
                let role = document.is(at - 1, class::ROLE) || document.text(at - 1) == "counterpart";
                let named = at == first && role && document.words[at].gap.is_comma();
                document.is_tied(at) || document.words[at].gap.is_hyphen() || named
            })
            && (document.is_possessive(last) || document.is_tied(next))
    })
}

/// Whether a state's name follows somebody's and `of`, or a title and `of`.
fn is_behind(document: &Document<'_>, state: &Hit, holder: &Hit) -> bool {
    let (last, first) = (holder.last as usize, state.first as usize);
    let the = document.before(first).filter(|at| document.text(*at) == "the");
    let Some(of) = document.before(the.unwrap_or(first)).filter(|at| document.text(*at) == "of") else {
        return false;
    };
    let titled = || {
        of > last + 1
            && of - last <= NEAR
            && document.words[last + 1].gap.is_comma()
            && document.is(of - 1, class::ROLE)
            && (last + 2..=of).all(|at| document.is_tied(at) && !document.is(at, class::NOT_HOLDER))
    };
    of > last && document.is_tied(of) && (of == last + 1 || titled())
}

/// Whether a state's name opens the words that say who somebody is: `Thérèse Kayikwamba Wagner, the Congolese foreign
/// minister,`.
fn is_apposed(document: &Document<'_>, state: &Hit, holder: &Hit) -> bool {
    let (last, first) = (holder.last as usize, state.first as usize);
    let the = document.before(first).filter(|at| document.text(*at) == "the").unwrap_or(first);
    let title = (state.last as usize + 1..document.words.len().min(state.last as usize + 1 + NEAR))
        .take_while(|at| {
            let gap = document.words[*at].gap;
            gap.is_space() || gap.is_apostrophe() || gap.is_hyphen()
        })
        .any(|at| document.is(at, class::ROLE));
    the == last + 1 && document.words[the].gap.is_comma() && title
}
