//! Cuts any text into passages: a briefing by its parts, a newswire story into headline and body.

use jiff::civil::Date;

use crate::briefing;
use crate::catalogue::tags;
use crate::config::Headings;
use crate::gazetteer::{Part, Passage};
use crate::source::SitePath;

/// A text cut for reading.
#[derive(Debug)]
pub struct Cut<'t> {
    /// In the order of the text.
    pub passages: Vec<Passage<'t>>,
    /// The day that its head, its name or its dateline gives.
    pub date: Option<Date>,
}

/// Cuts the text of a file: as a briefing if it is laid out like one, as a story otherwise.
#[must_use]
pub fn of_file<'t>(path: &SitePath, text: &'t str) -> Cut<'t> {
    if !is_briefing(text) {
        let (date, _) = briefing::date::in_file_name(path.stem());
        return Cut { passages: of(text), date };
    }
    let reading = briefing::read(path, text, &Headings::default()).value;
    let passages = reading.briefings.iter().flat_map(|briefing| tags::passages(briefing, text)).collect();
    Cut { passages, date: reading.briefings.iter().find_map(|briefing| briefing.date) }
}

/// Whether a text has the marks of a briefing: a fenced head, a `[TAG]`, or one of the usual headings.
fn is_briefing(text: &str) -> bool {
    text.starts_with("---")
        || text.lines().any(|line| {
            let line = line.trim_start_matches(['#', '*', ' ', '\u{feff}']);
            let tag = line.starts_with('[') && line[1..].starts_with(char::is_uppercase);
            let plain = line.trim_end_matches(['*', ':', ' ', '\r']);
            tag || (plain.len() < 60 && matches!(heading(plain), Some(Heading::Implications | Heading::View)))
        })
}

/// The passages of a text that need not be a briefing.
#[must_use]
pub fn of(text: &str) -> Vec<Passage<'_>> {
    let mut passages = Vec::new();
    let mut part = Part::Facts;
    let mut implications: u16 = 0;
    let mut start = body_start(text);
    let mut end = start;
    let mut first = true;
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let here = at;
        at += line.len();
        let bare = line.trim();
        if bare.is_empty() {
            end = here.max(end);
            continue;
        }
        let plain = bare.trim_start_matches(['#', '*', '>', ' ']).trim_end_matches(['*', ':', ' ']);
        let heading = heading(plain);
        let title = first && is_title(bare, &text[at..]);
        first = false;
        if heading.is_none() && !title {
            end = at;
            continue;
        }
        push(&mut passages, text, start..here, part);
        (start, end) = (at, at);
        if title {
            push(&mut passages, text, here..at, Part::Title);
            continue;
        }
        match heading {
            Some(Heading::Implications) => part = Part::Implication(implications),
            Some(Heading::For) if !matches!(part, Part::Facts) => {
                part = Part::Implication(implications);
                implications = implications.saturating_add(1);
                start = here;
                end = at;
            }
            Some(Heading::View) => part = Part::View,
            _ => (start, end) = (if start == at { here } else { start }, at),
        }
    }
    let end = end.max(at);
    push(&mut passages, text, start..end, part);
    passages
}

fn push<'t>(passages: &mut Vec<Passage<'t>>, text: &'t str, range: std::ops::Range<usize>, part: Part) {
    let slice = &text[range.clone()];
    if !slice.trim().is_empty() {
        passages.push(Passage { text: slice, offset: range.start, part });
    }
}

enum Heading {
    Implications,
    For,
    View,
}

fn heading(line: &str) -> Option<Heading> {
    const IMPLICATIONS: &[&str] = &[
        "implications",
        "why it matters",
        "so what",
        "what it means",
        "what this means",
        "what are the implications",
    ];
    const VIEW: &[&str] = &[
        "what we think",
        "our view",
        "our take",
        "the bottom line",
        "bottom line",
        "assessment",
        "our assessment",
    ];
    if line.len() > 80 {
        return None;
    }
    let lower = line.to_lowercase();
    if IMPLICATIONS.contains(&lower.as_str()) {
        return Some(Heading::Implications);
    }
    if VIEW.contains(&lower.as_str()) {
        return Some(Heading::View);
    }
    (lower.starts_with("for ") && !lower.ends_with('.')).then_some(Heading::For)
}

/// A first line without a full stop, with text below it: a headline.
fn is_title(line: &str, rest: &str) -> bool {
    let below = rest.lines().find(|line| !line.trim().is_empty());
    let ends = line.ends_with(['.', '"', '”']) && !line.ends_with("U.S.");
    let longer = below.is_some_and(|below| below.len() > line.len() / 2 || rest.len() > line.len());
    let opens = line.starts_with('[');
    let dashed = [" - ", " -- ", " — ", " – "].iter().any(|dash| {
        line.find(dash).is_some_and(|at| {
            line[..at].split(' ').next().is_some_and(|word| {
                word.len() > 2 && word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
            }) && !line.chars().any(char::is_lowercase).eq(&false)
        })
    });
    longer && !ends && !opens && !dashed && line.len() <= 160
}

/// Where the body starts, after a fenced head.
fn body_start(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("---\n") else {
        return 0;
    };
    rest.find("\n---\n").map_or(0, |end| 4 + end + 5)
}
