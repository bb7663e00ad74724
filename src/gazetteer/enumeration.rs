//! Names in a row: where a list of them begins, what follows it, and which are too long to say much of each.

use super::document::Document;
use super::gap::Gap;
use super::hit::Hit;
use super::vocabulary::class;

/// Whether a name begins a clause of its own behind `, and` though a name stands before: `… in Kaesong, and Seoul warned`.
/// Behind a list of more it is the last of them: `France, Germany, and Italy`.
#[must_use]
pub fn opens_clause(document: &Document<'_>, first: usize) -> bool {
    let Some(and) = document.before(first).filter(|at| matches!(document.text(*at), "and" | "but")) else {
        return false;
    };
    let one = document.before(and).is_some_and(|before| !document.words[before].gap.is_comma());
    document.words[and].gap.is_comma() && one
}

/// The first of the names before a word that are joined by commas: `to |Germany|, Italy and the Netherlands`.
#[must_use]
pub fn head_of_list(document: &Document<'_>, first: usize) -> usize {
    let mut head = first;
    if opens_clause(document, first) {
        return head;
    }
    for _ in 0..12 {
        let mut at = head;
        while let Some(before) =
            document.before(at).filter(|at| matches!(document.text(*at), "the" | "and" | "or" | "nor"))
        {
            at = before;
        }
        let joined = document.words[at].gap.is_comma() || (at < head && document.text(at) != "the");
        let is_name = |before: &usize| document.is_capital(*before) && !document.is(*before, class::CALENDAR);
        match document.before(at).filter(|before| joined && is_name(before)) {
            Some(before) => head = before,
            None => break,
        }
    }
    head
}

/// The word after a list of names: `Germany and Italy |said|`.
#[must_use]
pub fn after_list(document: &Document<'_>, start: usize) -> Option<usize> {
    let mut at = start;
    for _ in 0..12 {
        let mut next = at + 1;
        let word = document.words.get(next)?;
        if word.sentence != document.words[start].sentence {
            return None;
        }
        let joins = matches!(document.text(next), "and" | "or" | "nor" | "the" | "of" | "s");
        if !joins && document.text(next).ends_with("ly") {
            next += 1;
            document.words.get(next)?;
        }
        if matches!(document.text(next), "both" | "all" | "still" | "also" | "now") {
            return document.after(next);
        }
        let is_headline_verb = document.is_headline(next)
            && next > start
            && (document.is(next, class::ACT | class::BASE)
                || document.text(next).eq_ignore_ascii_case("to"));
        if is_headline_verb {
            let is_to = document.text(next).eq_ignore_ascii_case("to");
            return if is_to { document.after(next) } else { Some(next) };
        }
        if !document.is_capital(next) && !joins {
            return (word.gap.is_space() || word.gap.is_comma()).then_some(next);
        }
        at = next;
    }
    None
}

/// Which hits on countries stand in a long list: five or more in one sentence with nothing but commas and `and` between.
#[must_use]
pub fn listed(document: &Document<'_>, hits: &[Hit]) -> Vec<bool> {
    const LONG: usize = 5;
    let mut listed = vec![false; hits.len()];
    let mut start = 0;
    for at in 1..=hits.len() {
        let goes_on = at < hits.len() && {
            let (end, next) = (hits[at - 1].last as usize, hits[at].first as usize);
            let between = end + 1..next;
            next > end
                && between.len() <= 2
                && document.words[next].sentence == document.words[end].sentence
                && between
                    .into_iter()
                    .all(|word| matches!(document.text(word), "and" | "or" | "the" | "as" | "well"))
                && (end + 1..=next)
                    .any(|word| document.words[word].gap.has(Gap::COMMA) || document.text(word) == "and")
        };
        if !goes_on {
            if at - start >= LONG {
                listed[start..at].fill(true);
            }
            start = at;
        }
    }
    listed
}
