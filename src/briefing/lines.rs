//! The lines of a pasted text, and what each is by its first characters.

use super::bullet::{self, Mark};
use super::date;
use super::element::Kind;
use super::headings::{self, looks_like_heading};
use super::letters::{is_space, offset_in, trim};
use super::markdown;
use super::names::{Names, Opens};

/// One line, without white space around it.
#[derive(Debug, Clone, Copy)]
pub struct Line<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
    pub(super) indent: usize,
    pub(super) known: Known,
}

/// Whether a line is a heading by its words or its bold marks alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// It is not.
    No,
    /// It opens the implications or the view and can mean nothing else.
    Surely,
    /// It opens something, or is bold from end to end.
    Likely,
}

impl Line<'_> {
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

/// What a line is by its first characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Blank,
    Fence,
    Atx(u8),
    Rule,
    Quote,
    Definition,
    Table,
    Item(Mark, usize),
    Text,
}

pub fn lines<'t>(text: &'t str, names: &Names) -> Vec<Line<'t>> {
    let line = |whole: &'_ str| -> (usize, usize) {
        let inner = whole.trim_start_matches(is_space);
        (
            whole.len() - inner.len(),
            whole[..whole.len() - inner.len()].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum(),
        )
    };
    text.split('\n')
        .map(|whole| {
            let (skip, indent) = line(whole);
            let text_of_line = trim(whole);
            let start = offset_in(text, whole) + skip.min(whole.len());
            Line { text: text_of_line, start, indent, known: known(text_of_line, names) }
        })
        .collect()
}

fn known(line: &str, names: &Names) -> Known {
    match headings::line(names, line).map(|sign| sign.opens) {
        None => Known::No,
        Some(Some(Opens::Implications | Opens::View { surely: true })) => Known::Surely,
        Some(_) => Known::Likely,
    }
}

/// Which numbers below 100 stand before lines.
pub fn numbers(lines: &[Line<'_>]) -> [bool; 101] {
    let mut seen = [false; 101];
    for line in lines {
        if let Some((Mark::Number(number), _)) = bullet::of(line.text) {
            seen[number as usize] = true;
        }
    }
    seen
}

/// The fences that close, by first and last line. One that never closes is text.
pub fn fences(lines: &[Line<'_>]) -> Vec<(usize, usize)> {
    let mut fences = Vec::new();
    // From which length on nothing closes any more: backquotes, tildes.
    let mut unclosed = [usize::MAX; 2];
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at].text;
        at += 1;
        let mark = match line.as_bytes().first() {
            Some(b'`') => '`',
            Some(b'~') => '~',
            _ => continue,
        };
        let length = line.bytes().take_while(|byte| char::from(*byte) == mark).count();
        let least = &mut unclosed[usize::from(mark == '~')];
        if length < 3 || (mark == '`' && line[length..].contains('`')) || length >= *least {
            continue;
        }
        let closes = |line: &Line<'_>| line.text.len() >= length && line.text.chars().all(|c| c == mark);
        match (at..lines.len()).find(|at| closes(&lines[*at])) {
            Some(end) => {
                fences.push((at - 1, end));
                at = end + 1;
            }
            None => *least = length,
        }
    }
    fences
}

/// Whether a line could be a heading that nobody has listed.
pub fn could_head(line: &str) -> bool {
    looks_like_heading(line)
        && line.len() <= 64
        && line.split(is_space).count() <= 8
        && line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && !line.contains([':', '[', '`', '|', '"', '“', '@', '='])
        && !line.ends_with(['-', '–', '—', ')'])
        && date::line(line).is_none()
}

/// `## Words`; `##Words` only before a known name, as `#words` is a hashtag.
pub fn atx_level(line: &str, names: &Names) -> Option<u8> {
    let marks = line.bytes().take_while(|byte| *byte == b'#').count();
    let rest = &line[marks..];
    let spaced = rest.is_empty() || rest.starts_with(is_space);
    if marks > 6 || !(spaced || names.opens(rest).is_some()) {
        return None;
    }
    u8::try_from(marks).ok()
}

/// Three or more of one sign and nothing else.
pub fn is_rule(line: &str) -> bool {
    let mut signs = line.chars().filter(|c| !is_space(*c));
    let Some(first) = signs.next() else {
        return false;
    };
    let mut count = 1;
    for sign in signs {
        if sign != first {
            return false;
        }
        count += 1;
    }
    count >= 3 || first == '⸻'
}

/// A link reference or footnote definition on a line of its own.
pub fn is_definition(line: &str) -> bool {
    let Some(label) = line.find("]:") else {
        return false;
    };
    let behind = trim(&line[label + 2..]);
    let is_note = line.starts_with("[^") && !behind.is_empty();
    let is_address =
        behind.contains("://") || behind.starts_with(['/', '<', '#']) || behind.starts_with("mailto:");
    (is_note || is_address)
        && matches!(markdown::elements(line).as_slice(), [only] if only.kind == Kind::Definition)
}
