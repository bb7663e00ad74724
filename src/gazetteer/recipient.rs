//! Whether something is done to a state where it is named: `attacked Iran`, `told India and Pakistan`, `readmitted Syria`.
//! PLOVER calls it the recipient.

use super::context::Reading;
use super::document::Document;
use super::gap::Gap;
use super::hit::Role;
use super::vocabulary::class;
use super::words::Shape;

/// Whether it is done to: `attacked Iran`, `told Turkey`, `urged both India and Pakistan`.
pub(super) fn is_object(document: &Document<'_>, first: usize) -> bool {
    let Some(mut before) = document.before(first).filter(|_| document.is_tied(first)) else {
        return false;
    };
    if matches!(document.text(before), "the" | "both") {
        let Some(more) = document.before(before).filter(|_| document.is_tied(before)) else { return false };
        before = more;
    }
    let small;
    let text = match document.text(before) {
        loud if document.words[before].loud => {
            small = loud.to_lowercase();
            small.as_str()
        }
        text => text,
    };
    if matches!(text, "on" | "against") {
        return document.before(before).is_some_and(|at| {
            matches!(document.text(at), "sanctions" | "tariffs" | "embargo" | "Sanctions" | "Tariffs")
        });
    }
    // `ASEAN took in Timor-Leste`
    if matches!(text, "in" | "on")
        && let Some(verb) = document.before(before)
    {
        return document.text(verb) == "took";
    }
    // `awarded three islets to Equatorial Guinea`
    if text == "to" {
        let start = before.saturating_sub(9).max(document.sentence(first).start);
        return (start..before).any(|at| document.is(at, class::GIVING));
    }
    if text == "of" {
        return document.before(before).is_some_and(|at| {
            matches!(
                document.text(at),
                "request"
                    | "behest"
                    | "invitation"
                    | "insistence"
                    | "objections"
                    | "objection"
                    | "opposition"
                    | "consent"
            )
        });
    }
    if matches!(text, "by" | "between") {
        return true;
    }
    if matches!(text, "with") {
        return (before.saturating_sub(6).max(document.sentence(first).start)..before)
            .any(|at| document.is(at, class::DEALING));
    }
    if matches!(text, "and") {
        // `between India and Pakistan`, `with France and Germany`
        let start = before.saturating_sub(5).max(document.sentence(first).start);
        return (start..before).any(|at| document.text(at) == "between");
    }
    // One says something, not somebody: what follows is the next clause.
    let is_said = matches!(text.to_ascii_lowercase().as_str(), "say" | "says" | "said" | "saying");
    !is_said && document.is(before, class::SPEECH | class::DOING) && !document.is(before, class::GOING)
}

/// Whether somebody who acts does something to it, whatever that is: `the Arab League readmitted Syria`.
pub(super) fn is_done_to(reading: &Reading<'_, '_>, number: usize) -> bool {
    const NEAR: usize = 3;
    let document = reading.document;
    let first = reading.hits[number].first as usize;
    let Some(verb) = document.before(first).filter(|_| document.is_tied(first)) else { return false };
    let word = document.text(verb);
    // In a line of capitals or with a verb that every list knows, the present will do: `TURKEY CLEARS SWEDEN`.
    let present = word.ends_with(['s', 'S']) && document.is(verb, class::ACT);
    let is_done = (document.words[verb].shape == Shape::Lower || document.is_headline(verb))
        && word.len() > 4
        && (word.ends_with("ed") || present)
        && !document.is(verb, class::COMMON | class::GOING | class::SPEECH);
    let subject = number.checked_sub(1).map(|before| &reading.hits[before]);
    is_done
        && subject.is_some_and(|hit| {
            let end = hit.last as usize;
            hit.accepted
                && end < verb
                && verb - end <= NEAR
                && document.words[end].sentence == document.words[verb].sentence
                && matches!(hit.role, Role::Person | Role::Body | Role::Acting | Role::Name)
                && !document.is_possessive(end)
        })
}

/// Whether a partner before it in a list is somebody to whom it is done: `told India and Pakistan`, `a pact with Iceland,
/// Norway and Switzerland`, `BLOCKS SWEDEN, FINLAND`.
pub(super) fn is_party(reading: &Reading<'_, '_>, number: usize) -> bool {
    const LONG: usize = 8;
    let document = reading.document;
    // A comma alone is no list; `and` is one, or a list that goes on.
    let listed = joint(reading, number) == Some("and") || joint(reading, number + 1).is_some();
    for at in (1..=number).rev().take(LONG) {
        let before = &reading.hits[at - 1];
        let names_state = before.accepted && matches!(before.role, Role::Name | Role::Acting);
        if !names_state || joint(reading, at).is_none() {
            return false;
        }
        let headline = at == number && before.acts && document.is_headline(before.first as usize);
        if headline || (listed && is_object(document, before.first as usize)) {
            return true;
        }
    }
    false
}

/// What joins a name to the one before it in a list: `and`, or a comma.
fn joint(reading: &Reading<'_, '_>, number: usize) -> Option<&'static str> {
    let document = reading.document;
    let hit = reading.hits.get(number)?;
    let (end, first) = (reading.hits[number.checked_sub(1)?].last as usize, hit.first as usize);
    let plain = Gap::SPACE | Gap::LINE | Gap::COMMA;
    if end + 2 == first
        && document.text(first - 1).eq_ignore_ascii_case("and")
        && document.words[first - 1].gap.0 & !plain == 0
        && document.words[first].gap.is_space()
    {
        return Some("and");
    }
    (end + 1 == first && document.words[first].gap.is_comma()).then_some(",")
}

/// Whether a body is only where something is said or owned: `recognised at the General Assembly`, `a stake in Telia`.
pub fn is_venue(document: &Document<'_>, first: usize) -> bool {
    let Some(mut before) = document.before(first).filter(|_| document.is_tied(first)) else { return false };
    if document.text(before) == "the" {
        before = before.saturating_sub(1);
    }
    let owned = || document.before(before).is_some_and(|at| matches!(document.text(at), "stake" | "stakes"));
    document.text(before) == "at" || document.text(before) == "in" && owned()
}
