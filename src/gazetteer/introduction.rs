//! How a text introduces somebody: a title before a name, a role after it, a form of address, a verb of speech.

use super::context::Reading;
use super::document::Document;
use super::gap::Gap;
use super::hit::{Role, Target};
use super::people::Run;
use super::vocabulary::class;
use super::words::Shape;

/// What gives a person away.
#[derive(Debug)]
pub(super) struct Evidence {
    /// Which rule.
    pub rule: &'static str,
    /// The country that the words beside the name give, by number.
    pub country: Option<u32>,
    /// First and last word of the role.
    pub role: Option<(usize, usize)>,
}

impl Evidence {
    /// The words before or after a name, without a role that could be quoted.
    fn of(rule: &'static str) -> Self {
        Self { rule, country: None, role: None }
    }
}

/// What somebody does who is introduced by `, who`.
const RUNS: [&str; 21] = [
    "became",
    "becomes",
    "succeeded",
    "replaced",
    "runs",
    "ran",
    "heads",
    "headed",
    "leads",
    "led",
    "chairs",
    "chaired",
    "directs",
    "commands",
    "commanded",
    "oversees",
    "founded",
    "represents",
    "governs",
    "speaks",
    "teaches",
];
/// The verbs that may stand before the speaker.
const SAID: [&str; 10] =
    ["said", "says", "added", "adds", "argued", "argues", "wrote", "writes", "warned", "warns"];

/// How a text introduces the person whom capitalised words may name; `None` if it does not.
pub(super) fn evidence(reading: &Reading<'_, '_>, run: &Run) -> Option<Evidence> {
    let document = reading.document;
    let is_other = class::ORGANISATION | class::FEATURE | class::BRAND | class::URBAN;
    // Letters alone are initials or abbreviations.
    let letters = document.words[run.last].end - document.words[run.last].start < 2;
    if !(2..=4).contains(&run.count)
        || letters
        || document.is(run.last, is_other)
        || (run.first..=run.last).any(|at| document.is(at, class::ORGANISATION))
        || tied_before(document, run).is_some_and(|before| document.is(before, class::SHIP))
    {
        return None;
    }
    let given = document.is(run.first, class::GIVEN);
    titled(reading, run)
        .or_else(|| {
            let (first, last, country) = apposition(reading, run.last)?;
            Some(Evidence { rule: "role after a name", country, role: Some((first, last)) })
        })
        .or_else(|| given.then(|| Evidence::of("given name before a surname")))
        .or_else(|| running(document, run))
        .or_else(|| speaking(reading, run))
}

/// The word before a name with nothing but white space, or the full stop of `Sen.`, between.
fn tied_before(document: &Document<'_>, run: &Run) -> Option<usize> {
    let gap = document.words[run.first].gap;
    let is_tied = gap.is_space() || gap.0 & !(Gap::SPACE | Gap::LINE) == Gap::DOT;
    document.before(run.first).filter(|_| is_tied)
}

/// Whether a name ends where a pause is: a comma, a full stop, the end.
fn pauses(document: &Document<'_>, run: &Run) -> bool {
    document.words.get(run.last + 1).is_none_or(|next| next.gap.has(Gap::COMMA | Gap::DOT | Gap::PARAGRAPH))
}

/// A form of address or a title before a name.
fn titled(reading: &Reading<'_, '_>, run: &Run) -> Option<Evidence> {
    let document = reading.document;
    if let Some(before) = tied_before(document, run) {
        if document.is(before, class::HONORIFIC) && document.is_capital(before) {
            return Some(Evidence::of("form of address before a name"));
        }
        if document.is(before, class::ROLE) {
            let (first, country) = role_before(reading, before);
            return Some(Evidence { rule: "title before a name", country, role: Some((first, before)) });
        }
    }
    // `Kharkiv's mayor, Ihor Terekhov, said`; `the mayor of Oslo, Somebody Else, resigned`
    if !document.words[run.first].gap.is_comma() || !pauses(document, run) {
        return None;
    }
    let role = role_at(reading, document.before(run.first)?)?;
    let (first, country) = role_before(reading, role);
    Some(Evidence { rule: "name after a title", country, role: Some((first, role)) })
}

/// `Somebody Unknown, who runs the border guard, said`
fn running(document: &Document<'_>, run: &Run) -> Option<Evidence> {
    let who = run.last + 1;
    let is_comma = document.words.get(who).is_some_and(|next| next.gap.is_comma());
    let runs = is_comma
        && document.text(who) == "who"
        && document.after(who).is_some_and(|at| RUNS.contains(&document.text(at)));
    runs.then(|| Evidence::of("role after a name"))
}

/// Somebody who says something, or is quoted.
fn speaking(reading: &Reading<'_, '_>, run: &Run) -> Option<Evidence> {
    let document = reading.document;
    if let Some(before) = document.before(run.first).filter(|_| document.words[run.first].gap.is_space()) {
        // `according to Somebody Unknown of the bank`; `said Somebody Unknown, who runs the office`
        let according = document.text(before) == "to"
            && document.before(before).is_some_and(|at| document.text(at) == "according");
        let said = SAID.contains(&document.text(before)) && pauses(document, run);
        // `ordered Germain Katanga to compensate the victims`
        let tried = document.is(before, class::TRYING) && run.count == 2;
        if according || said || tried {
            return Some(Evidence::of("somebody who speaks"));
        }
    }
    // `Somebody Unknown said`: two or three words that no vocabulary knows, and somebody who speaks.
    let next = document.after(run.last)?;
    let speaks = document.words[next].gap.is_space() && document.is(next, class::SPEECH);
    let opens = document.starts_sentence(run.first);
    // `Sanam Vakil of Chatham House said`
    let from = matches!(document.text(next), "of" | "at" | "from" | "with")
        && document.words[next].gap.is_space()
        && (next + 2..document.words.len().min(next + 9)).any(|at| {
            document.words[at].sentence == document.words[next].sentence && document.is(at, class::SPEECH)
        })
        && reading
            .hit_at(next + 1)
            .or_else(|| reading.hit_at(next + 2))
            .is_some_and(|hit| hit.role == Role::Body);
    if from {
        return Some(Evidence::of("somebody of a body who speaks"));
    }
    let aged = document.words[next].gap.is_comma() && document.words[next].shape == Shape::Number;
    ((speaks && !opens) || aged).then(|| Evidence::of("somebody who speaks"))
}

/// The words of a title before a name, back to the country it belongs to: `Danish foreign minister`.
fn role_before(reading: &Reading<'_, '_>, last: usize) -> (usize, Option<u32>) {
    let document = reading.document;
    let mut first = last;
    for _ in 0..5 {
        let Some(before) = document.before(first) else {
            break;
        };
        let gap = document.words[first].gap;
        if !(gap.is_space() || gap.is_hyphen() || gap.is_apostrophe()) {
            break;
        }
        if let Some(hit) = reading.hit_at(before) {
            let Target::Known(entity) = hit.target else {
                break;
            };
            let lands = matches!(hit.role, Role::Name | Role::Demonym | Role::Acting | Role::Body);
            return (hit.first as usize, reading.names.engine.country[entity as usize].filter(|_| lands));
        }
        let word = document.text(before);
        if matches!(
            word,
            "the"
                | "a"
                | "an"
                | "said"
                | "and"
                | "by"
                | "to"
                | "with"
                | "of"
                | "as"
                | "for"
                | "that"
                | "The"
                | "A"
        ) {
            break;
        }
        first = before;
    }
    (first, None)
}

/// The role that ends at a word: `mayor`, or `ambassador to Kenya`.
fn role_at(reading: &Reading<'_, '_>, at: usize) -> Option<usize> {
    let document = reading.document;
    if document.is(at, class::ROLE) {
        return Some(at);
    }
    if let Some(role) = described(document, at) {
        return Some(role);
    }
    let hit = reading.hit_at(at)?;
    let mut small = document.before(hit.first as usize)?;
    if document.text(small).eq_ignore_ascii_case("the") {
        small = document.before(small)?;
    }
    let role = document.before(small)?;
    let joins = matches!(document.text(small), "of" | "to" | "for" | "in" | "at");
    (joins && document.is(role, class::ROLE) && document.words[small].gap.is_space()).then_some(role)
}

/// The role before `of` or `for` and small words that end at a word: `minister of justice and digital affairs`.
fn described(document: &Document<'_>, at: usize) -> Option<usize> {
    const LONG: usize = 6;
    let mut here = at;
    for _ in 0..LONG {
        if document.words[here].shape != Shape::Lower || !document.is_tied(here) {
            return None;
        }
        let before = document.before(here)?;
        if matches!(document.text(here), "of" | "for") && document.is(before, class::ROLE) {
            return Some(before);
        }
        here = before;
    }
    None
}

/// `, the Danish foreign minister,` after a name.
fn apposition(reading: &Reading<'_, '_>, last: usize) -> Option<(usize, usize, Option<u32>)> {
    let document = reading.document;
    let next = document.words.get(last + 1)?;
    if !next.gap.is_comma() || next.sentence != document.words[last].sentence {
        return None;
    }
    let mut country = None;
    for at in last + 1..document.words.len().min(last + 9) {
        let word = &document.words[at];
        if word.sentence != next.sentence
            || (at > last + 1
                && word.gap.0 & !(Gap::SPACE | Gap::LINE | Gap::HYPHEN | Gap::APOSTROPHE | Gap::DOT) != 0)
        {
            return None;
        }
        if let Some(hit) = reading.hit_at(at) {
            // `Vladyslav Vlasiuk, Volodymyr Zelensky's commissioner for sanctions`
            if hit.role == Role::Person && !document.is_possessive(hit.last as usize) {
                return None;
            }
            if let (Target::Known(entity), None) = (hit.target, country) {
                country = reading.names.engine.country[entity as usize];
            }
        }
        if document.is(at, class::SPEECH)
            || matches!(document.text(at), "and" | "but" | "who" | "which" | "where")
        {
            return None;
        }
        if document.is(at, class::ROLE) {
            return Some((last + 1, at, country));
        }
    }
    None
}
