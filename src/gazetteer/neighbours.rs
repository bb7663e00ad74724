//! The words beside a match that forbid it: `Washington |Post|`, `George| Washington`, a common word in a headline.

use super::context::Reading;
use super::document::Document;
use super::entity::Sense;
use super::matcher::Found;
use super::vocabulary::class;

impl Reading<'_, '_> {
    /// Which neighbour forbids a match.
    pub(super) fn neighbours(&self, found: &Found, entity: u32, alias: u32) -> Option<&'static str> {
        let document = self.document;
        if let (Some(day), Some(written)) = (document.day, self.names.alias(entity, alias))
            && written.sense != Sense::Former
            && !(written.from..=written.until).contains(&day)
        {
            return Some("not in use on the document's day");
        }
        let (first, last) = (found.first as usize, found.last as usize);
        if first == last
            && document.words[first].loud
            && document.is(first, class::COMMON)
            && self.names.alias(entity, alias).is_some_and(|alias| alias.text.chars().all(char::is_uppercase))
            && !loud_acronym(document, first)
        {
            return Some("a common word in a line of capitals");
        }
        let rules = self.names.rules(entity, alias)?;
        let any = |phrases: &[Box<[u32]>], before| {
            phrases.iter().any(|phrase| beside(document, found, phrase, before))
        };
        if any(&rules.unless_next, false) {
            return Some("the next word makes it something else");
        }
        if any(&rules.unless_prev, true) {
            return Some("the word before makes it something else");
        }
        None
    }
}

/// Whether a phrase stands directly before or after a match; a comma may come between.
pub(super) fn beside(document: &Document<'_>, found: &Found, phrase: &[u32], before: bool) -> bool {
    if before {
        let first = found.first as usize;
        return first.checked_sub(phrase.len()).is_some_and(|at| {
            document.words[at].passage == document.words[first].passage && document.phrase_at(phrase, at)
        });
    }
    let last = found.last as usize;
    let same =
        document.words.get(last + 1).is_some_and(|next| next.sentence == document.words[last].sentence);
    same && (document.phrase_at(phrase, last + 1)
        || document.after(last).is_some_and(|at| document.phrase_at(phrase, at)))
}

/// Whether a word like `US` or `WHO` in a line of capitals is letters and not a word.
fn loud_acronym(document: &Document<'_>, at: usize) -> bool {
    if document.text(at) == "US" {
        // `IT IS UP TO US TO SAVE THE LAKE`
        let to = |at: Option<usize>| at.is_some_and(|at| document.text(at) == "TO");
        if to(document.before(at)) && to(document.after(at)) {
            return false;
        }
        // `'HURTS US ALL'`
        if document.after(at).is_some_and(|next| document.text(next) == "ALL") {
            return false;
        }
        // `"IT WAS NOT US": KYIV DENIES`
        if document.before(at).is_some_and(|before| document.text(before) == "NOT") {
            return false;
        }
        return document.before(at).is_none_or(|before| {
            !matches!(
                document.text(before),
                "GIVE"
                    | "GIVES"
                    | "LET"
                    | "LETS"
                    | "TELL"
                    | "TELLS"
                    | "HELP"
                    | "HELPS"
                    | "MAKE"
                    | "MAKES"
                    | "SHOW"
                    | "SHOWS"
                    | "AMONG"
                    | "ALL"
            )
        });
    }
    // `WHO RULES GABON?`
    let end = document.sentence(at).end - 1;
    let text = document.passages[document.words[end].passage as usize].text;
    if text[document.words[end].end as usize..].starts_with('?') {
        return false;
    }
    // `US STAYS AWAY FROM WHO ASSEMBLY`
    if document.before(at).is_some_and(|before| document.is(before, class::PREPOSITION)) {
        return document.after(at).is_some_and(|next| document.words[next].gap.is_space());
    }
    // `WHO CHIEF SAYS`
    if document.after(at).is_some_and(|next| document.is(next, class::ROLE)) {
        return true;
    }
    // `WHO IS TO BLAME?`
    let asks = |next: usize| {
        matches!(document.text(next), "IS" | "ARE" | "WAS" | "WERE" | "WILL" | "CAN" | "SHOULD" | "WOULD")
    };
    document.before(at).is_none()
        && document.after(at).is_some_and(|next| !asks(next) && document.is(next, class::ACT | class::SPEECH))
}
