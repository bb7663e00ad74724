//! People nobody listed: a title or role before a name, words of a person after it, a given name in front.
//!
//! They are marked new, never silently made canonical, and their surname alone joins them later in the text.

use std::collections::HashSet;

use super::context::Reading;
use super::document::Document;
use super::gap::Gap;
use super::hit::{Hit, Role, Target};
use super::introduction::evidence;
use super::office;
use super::surname::SURNAME;
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
    // By id, and by the last words of names of three and more.
    let mut by_name: QuickMap<String, u32> = QuickMap::default();
    let runs = runs(reading);
    for run in &runs {
        let Some(evidence) = evidence(reading, run) else {
            continue;
        };
        let name = written(reading, run);
        let id = kebab(&name);
        let known = by_name.get(&id).copied();
        let number = known.unwrap_or(people.len() as u32);
        if known.is_none() {
            by_name.insert(id.clone(), number);
            // `Cassiel Ato Forson` … `Ato Forson`
            if let Some((_, tail)) = name.split_once(' ').filter(|(_, tail)| tail.contains(' ')) {
                by_name.entry(kebab(tail)).or_insert(number);
            }
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
    reading.hand_over(&hits);
    office::give_way(reading, &mut hits);
    // The surname alone, after the full name.
    let mut alone: Vec<Hit> = Vec::new();
    let full: QuickMap<u32, u32> =
        hits.iter().rev().filter_map(|hit| Some((newcomer(hit)?, hit.first))).collect();
    for run in &runs {
        let before = hits.partition_point(|hit| hit.first as usize <= run.first);
        let is_covered = before.checked_sub(1).is_some_and(|at| hits[at].words().contains(&run.first));
        if run.first != run.last || is_covered {
            continue;
        }
        let Some(number) = by_surname.get(reading.document.text(run.first)) else {
            continue;
        };
        let is_named = full.get(number).is_some_and(|full| *full < run.first as u32);
        if is_named || reading.document.words[run.first].passage == 0 {
            alone.push(Hit {
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
    reading.hits.extend(alone);
    reading.settle_order();
    people
}

impl Reading<'_, '_> {
    /// A surname alone, after somebody new was named with it, is no longer that of the known person who bears it too:
    /// `Nirav Modi said … Modi's lawyers`.
    fn hand_over(&mut self, named: &[Hit]) {
        let in_full: HashSet<u32> = self
            .hits
            .iter()
            .filter(|hit| hit.rule != SURNAME)
            .filter_map(|hit| match hit.target {
                Target::Known(number) => Some(number),
                _ => None,
            })
            .collect();
        let mut bearers: QuickMap<&str, &Hit> = QuickMap::default();
        for hit in named {
            bearers.entry(self.document.text(hit.last as usize)).or_insert(hit);
        }
        for hit in &mut self.hits {
            let is_known = matches!(hit.target, Target::Known(number) if in_full.contains(&number));
            if hit.rule != SURNAME || is_known {
                continue;
            }
            if let Some(bearer) = bearers.get(self.document.text(hit.last as usize))
                && bearer.first < hit.first
            {
                hit.target = bearer.target;
                hit.rule = "surname after the full name";
            }
        }
    }
}

/// Whom a hit discovered.
fn newcomer(hit: &Hit) -> Option<u32> {
    match hit.target {
        Target::New(number) => Some(number),
        _ => None,
    }
}

/// Capitalised words in a row that no hit covers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    /// First word.
    pub first: usize,
    /// Last word.
    pub last: usize,
    /// How many capitalised words (particles do not count).
    pub count: usize,
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
                || (gap.is_apostrophe() && is_inside_name(document, next));
            if !tied || word.passage != document.words[run.first].passage || reading.hit_at(next).is_some() {
                break;
            }
            let small_part = gap.is_hyphen() && word.shape == Shape::Lower && word.end - word.start <= 5;
            if starts(reading, next) || ((small_part || gap.is_apostrophe()) && run.count > 1) {
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

/// Whether an apostrophe before a word belongs to a name: `O'Neill`, `Sing'Oei`, `Tu'ihalangingie`; not `Khan's`, `she'll`.
fn is_inside_name(document: &Document<'_>, next: usize) -> bool {
    let length = |at: usize| document.words[at].end - document.words[at].start;
    let word = document.text(next);
    let ending = matches!(word, "s" | "S" | "t" | "d" | "m" | "ll" | "re" | "ve");
    !ending && (document.words[next].shape != Shape::Lower || (length(next) > 2 && length(next - 1) <= 4))
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

/// The name as written, on one line.
fn written(reading: &Reading<'_, '_>, run: &Run) -> String {
    let text = reading.document.span(run.first, run.last);
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}
