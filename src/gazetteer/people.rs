//! People nobody listed: a title or role before a name, words of a person after it, a given name in front.
//!
//! They are marked new, never silently made canonical, and their surname alone joins them later in the text.

use super::context::Reading;
use super::gap::Gap;
use super::hit::{Hit, Role, Target};
use super::vocabulary::{QuickMap, class, kebab};
use super::words::Shape;

/// Somebody discovered in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discovered {
    /// The name in full, as first written.
    pub name: String,
    /// Kebab case.
    pub id: String,
    /// The country that the words beside the name give, by number.
    pub country: Option<u32>,
    /// The words that gave them away, as written.
    pub role: Option<String>,
}

/// Finds people whom no list names.
pub fn discover(reading: &mut Reading<'_, '_>) -> Vec<Discovered> {
    let mut people: Vec<Discovered> = Vec::new();
    let mut hits: Vec<Hit> = Vec::new();
    let mut by_surname: QuickMap<String, u32> = QuickMap::default();
    let runs = runs(reading);
    for run in &runs {
        let Some(evidence) = evidence(reading, run) else {
            continue;
        };
        let name = written(reading, run);
        let id = kebab(&name);
        // `Cassiel Ato Forson` … `Ato Forson`
        let tail = format!(" {name}");
        let known = people.iter().position(|person| person.id == id || person.name.ends_with(&tail));
        let number = known.unwrap_or(people.len()) as u32;
        if known.is_none() {
            let surname = name.rsplit(' ').next().unwrap_or(&name).to_owned();
            by_surname.insert(surname, number);
            people.push(Discovered {
                name,
                id,
                country: evidence.country,
                role: evidence.role.map(|(first, last)| reading.document.span(first, last).to_owned()),
            });
        }
        hits.push(Hit {
            first: run.first as u32,
            last: run.last as u32,
            target: Target::New(number),
            role: Role::Person,
            rule: evidence.rule,
            accepted: true,
            acts: true,
        });
    }
    if people.is_empty() {
        return people;
    }
    // The surname alone, after the full name.
    for run in &runs {
        if run.first != run.last || hits.iter().any(|hit| hit.words().contains(&run.first)) {
            continue;
        }
        let Some(number) = by_surname.get(reading.document.text(run.first)) else {
            continue;
        };
        let full = hits.iter().find(|hit| hit.target == Target::New(*number));
        if full.is_some_and(|full| {
            full.first < run.first as u32 || reading.document.words[run.first].passage == 0
        }) {
            hits.push(Hit {
                first: run.first as u32,
                last: run.last as u32,
                target: Target::New(*number),
                role: Role::Person,
                rule: "surname after the full name",
                accepted: true,
                acts: true,
            });
        }
    }
    reading.hits.extend(hits);
    reading.settle_order();
    people
}

/// Capitalised words in a row that no hit covers.
#[derive(Debug, Clone, Copy)]
struct Run {
    first: usize,
    last: usize,
    /// How many capitalised words (particles do not count).
    count: usize,
}

fn runs(reading: &Reading<'_, '_>) -> Vec<Run> {
    let document = reading.document;
    let mut runs = Vec::new();
    let mut at = 0;
    while at < document.words.len() {
        if !starts(reading, at) {
            at += 1;
            continue;
        }
        let mut run = Run { first: at, last: at, count: 1 };
        let mut next = at + 1;
        let mut small = 0;
        while next < document.words.len() && run.count < 5 {
            let word = &document.words[next];
            let initial = document.words[next - 1].end - document.words[next - 1].start == 1;
            let short = document.is(next - 1, class::HONORIFIC);
            let gap = word.gap;
            let tied = gap.is_space()
                || gap.is_hyphen()
                || (gap.0 & !(Gap::SPACE | Gap::LINE) == Gap::DOT && (initial || short))
                || (gap.is_apostrophe()
                    && document.text(next) != "s"
                    && document.words[next - 1].end - document.words[next - 1].start <= 2);
            if !tied || word.passage != document.words[run.first].passage || reading.hit_at(next).is_some() {
                break;
            }
            if starts(reading, next)
                || (gap.is_hyphen()
                    && word.shape == Shape::Lower
                    && word.end - word.start <= 5
                    && run.count > 1)
            {
                run.last = next;
                run.count += 1;
                small = 0;
            } else if document.is(next, class::PARTICLE) && small < 2 {
                small += 1;
            } else {
                break;
            }
            next += 1;
        }
        runs.push(run);
        at = run.last + 1;
    }
    runs
}

/// Whether a word may be part of a person's name.
fn starts(reading: &Reading<'_, '_>, at: usize) -> bool {
    let document = reading.document;
    let word = &document.words[at];
    let capital = match word.shape {
        Shape::Capital => true,
        Shape::Capitals => word.end - word.start <= 1,
        _ => false,
    };
    capital
        && reading.hit_at(at).is_none()
        && !document.is_headline(at)
        && !document.in_dateline(at)
        && !document
            .is(at, class::COMMON | class::CALENDAR | class::ROLE | class::HONORIFIC | class::STATEHOOD)
}

struct Evidence {
    rule: &'static str,
    country: Option<u32>,
    role: Option<(usize, usize)>,
}

fn evidence(reading: &Reading<'_, '_>, run: &Run) -> Option<Evidence> {
    let document = reading.document;
    if !(2..=4).contains(&run.count)
        || document.is(run.last, class::ORGANISATION | class::FEATURE | class::BRAND | class::URBAN)
    {
        return None;
    }
    if (run.first..=run.last).any(|at| document.is(at, class::ORGANISATION)) {
        return None;
    }
    // Letters alone are initials or abbreviations.
    if document.words[run.last].end - document.words[run.last].start < 2 {
        return None;
    }
    let given = document.is(run.first, class::GIVEN);
    let before = document.before(run.first).filter(|_| {
        let gap = document.words[run.first].gap;
        gap.is_space() || gap.0 & !(Gap::SPACE | Gap::LINE) == Gap::DOT
    });
    if let Some(before) = before {
        if document.is(before, class::SHIP) {
            return None;
        }
        if document.is(before, class::HONORIFIC) && document.is_capital(before) {
            return Some(Evidence { rule: "form of address before a name", country: None, role: None });
        }
        if document.is(before, class::ROLE) {
            let (first, country) = role_before(reading, before);
            return Some(Evidence { rule: "title before a name", country, role: Some((first, before)) });
        }
    }
    // `Kharkiv's mayor, Ihor Terekhov, said`; `the mayor of Oslo, Somebody Else, resigned`
    if document.words[run.first].gap.is_comma()
        && let Some(before) = document.before(run.first)
        && let Some(before) = role_at(reading, before)
        && document
            .words
            .get(run.last + 1)
            .is_none_or(|next| next.gap.has(Gap::COMMA | Gap::DOT | Gap::PARAGRAPH))
    {
        let (first, country) = role_before(reading, before);
        return Some(Evidence { rule: "name after a title", country, role: Some((first, before)) });
    }
    if let Some((first, last, country)) = apposition(reading, run.last) {
        return Some(Evidence { rule: "role after a name", country, role: Some((first, last)) });
    }
    if given {
        return Some(Evidence { rule: "given name before a surname", country: None, role: None });
    }
    // `Somebody Unknown, who runs the border guard, said`
    let runs_it = |at: usize| {
        matches!(
            document.text(at),
            "runs"
                | "ran"
                | "heads"
                | "headed"
                | "leads"
                | "led"
                | "chairs"
                | "chaired"
                | "directs"
                | "commands"
                | "commanded"
                | "oversees"
                | "founded"
                | "represents"
                | "governs"
                | "speaks"
                | "teaches"
        )
    };
    if document.words.get(run.last + 1).is_some_and(|next| next.gap.is_comma())
        && document.text(run.last + 1) == "who"
        && document.after(run.last + 1).is_some_and(runs_it)
    {
        return Some(Evidence { rule: "role after a name", country: None, role: None });
    }
    // `according to Somebody Unknown of the bank`
    if let Some(to) = document.before(run.first)
        && document.text(to) == "to"
        && document.before(to).is_some_and(|at| document.text(at) == "according")
        && document.words[run.first].gap.is_space()
    {
        return Some(Evidence { rule: "somebody who speaks", country: None, role: None });
    }
    // `said Somebody Unknown, who runs the office`
    if let Some(before) = document.before(run.first)
        && document.words[run.first].gap.is_space()
        && matches!(
            document.text(before),
            "said"
                | "says"
                | "added"
                | "adds"
                | "argued"
                | "argues"
                | "wrote"
                | "writes"
                | "warned"
                | "warns"
        )
        && document
            .words
            .get(run.last + 1)
            .is_none_or(|next| next.gap.has(Gap::COMMA | Gap::DOT | Gap::PARAGRAPH))
    {
        return Some(Evidence { rule: "somebody who speaks", country: None, role: None });
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
        return Some(Evidence { rule: "somebody of a body who speaks", country: None, role: None });
    }
    let aged = document.words[next].gap.is_comma() && document.words[next].shape == Shape::Number;
    ((speaks && !opens) || aged).then_some(Evidence {
        rule: "somebody who speaks",
        country: None,
        role: None,
    })
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
    let hit = reading.hit_at(at)?;
    let mut small = document.before(hit.first as usize)?;
    if document.text(small).eq_ignore_ascii_case("the") {
        small = document.before(small)?;
    }
    let role = document.before(small)?;
    let joins = matches!(document.text(small), "of" | "to" | "for" | "in" | "at");
    (joins && document.is(role, class::ROLE) && document.words[small].gap.is_space()).then_some(role)
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
            if hit.role == Role::Person {
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

/// The name as written, on one line.
fn written(reading: &Reading<'_, '_>, run: &Run) -> String {
    let text = reading.document.span(run.first, run.last);
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}
