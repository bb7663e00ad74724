//! Running text in the plain dialect: which lines make one paragraph, and which of them is a heading.

use std::borrow::Cow;
use std::ops::Range;

use super::category;
use super::date;
use super::element::Kind;
use super::headings::{self, Place, looks_like_heading};
use super::layout::{self, Evidence, Layout};
use super::letters::{continues, ends_sentence};
use super::lines::{Known, Line, could_head};
use super::plain::Cutter;

impl Cutter<'_, '_> {
    pub fn running_text(&mut self, from: usize) -> usize {
        let mut end = from + 1;
        while self.is_text(end) {
            end += 1;
        }
        // Words underlined with `===` or `---` are a heading.
        let last = self.lines[end - 1].text;
        let underline = self.lines.get(end).map_or("", |line| line.text);
        let level = match underline.as_bytes().first() {
            Some(b'=') => 1,
            _ => 2,
        };
        let is_underline = underline.len() >= 3
            && (underline.bytes().all(|byte| byte == b'=') || underline.bytes().all(|byte| byte == b'-'))
            && looks_like_heading(last)
            && last.len() <= 90
            && (end - 1 == from || ends_sentence(self.lines[end - 2].text));
        let text_end = if is_underline { end - 1 } else { end };
        if text_end > from {
            self.paragraphs(from..text_end);
        }
        if is_underline {
            self.push(Kind::Heading(level), end - 1..end + 1, Cow::Borrowed(last));
            return end + 1;
        }
        end
    }

    /// Lines without a blank one between them become paragraphs.
    pub fn paragraphs(&mut self, run: Range<usize>) {
        let mut evidence = Evidence::default();
        for at in run.start + 1..run.end {
            let (above, below) = (self.lines[at - 1], self.lines[at]);
            if above.known == Known::No && below.known == Known::No {
                evidence.joint(above.text, below.text);
            }
        }
        let layout = evidence.verdict(3).or(self.wrapped).unwrap_or(Layout::LineByLine);
        let mut start = run.start;
        for at in run.start + 1..=run.end {
            if at == run.end || self.parts(layout, start, at, run.end) {
                self.paragraph(start..at, layout);
                start = at;
            }
        }
    }

    /// Whether a new paragraph begins at line `at`, when the last one began at `start`.
    pub fn parts(&self, layout: Layout, start: usize, at: usize, end: usize) -> bool {
        let (above, below) = (self.lines[at - 1].text, self.lines[at].text);
        let next = (at + 1 < end).then(|| self.lines[at + 1].text);
        if category::split(below).is_some() && (ends_sentence(above) || looks_like_heading(above)) {
            return true;
        }
        if self.is_heading(at - 1, (at - 1 > start).then(|| self.lines[at - 2].text), Some(below))
            && at - 1 == start
            || self.is_heading(at, Some(above), next)
        {
            return true;
        }
        if date::line(above).is_some() && at - 1 == start || date::line(below).is_some() {
            return true;
        }
        if layout::parts(layout, above, below) || self.begins_run_in(above, below) {
            return true;
        }
        let Layout::Wrapped(width) = layout else {
            return false;
        };
        let room = |line: &str, next: &str| {
            layout::has_room(line, next, width) && line.chars().count() * 10 <= width * 6
        };
        let head_above = at - 1 == start && could_head(above) && !continues(below) && room(above, below);
        let head_below = ends_sentence(above)
            && could_head(below)
            && next.is_some_and(|next| !continues(next) && room(below, next));
        let indented =
            self.lines[at].indent >= self.lines[at - 1].indent + 2 && at - 1 != start && ends_sentence(above);
        head_above || head_below || indented
    }

    /// A known heading, or a bold line, that does not stand in mid-sentence.
    pub fn is_heading(&self, at: usize, above: Option<&str>, below: Option<&str>) -> bool {
        let Line { text: line, known, .. } = self.lines[at];
        if known == Known::No {
            return false;
        }
        if line.starts_with(['*', '_']) {
            return true;
        }
        let after_stop = above.is_none_or(|above| {
            ends_sentence(above) || above.ends_with(':') || looks_like_heading(above) && above.len() < 60
        });
        let before_start = below.is_none_or(|below| !continues(below));
        let surely = known == Known::Surely && !continues(line);
        (after_stop || surely) && before_start
    }

    pub fn begins_run_in(&self, above: &str, below: &str) -> bool {
        let place = Place { among_implications: true, in_item: false };
        ends_sentence(above)
            && (below.starts_with("**") || headings::run_in(self.names, below, place).is_some())
    }

    pub fn paragraph(&mut self, lines: Range<usize>, layout: Layout) {
        if lines.len() > 1 {
            let text = layout::joined(self.lines[lines.clone()].iter().map(|line| line.text));
            return self.push(Kind::Paragraph { heads: false }, lines, Cow::Owned(text));
        }
        let line = self.lines[lines.start];
        let heads = could_head(line.text)
            && self.has_text_below(lines.start, layout)
            && self.is_clear_above(lines.start);
        self.push(Kind::Paragraph { heads }, lines, Cow::Borrowed(line.text));
    }

    /// Whether running text stands below a line, longer than the line.
    pub fn has_text_below(&self, at: usize, layout: Layout) -> bool {
        let Some(below) = (at + 1..self.lines.len().min(at + 4)).find(|at| !self.lines[*at].is_blank())
        else {
            return false;
        };
        let (line, next) = (self.lines[at].text, self.lines[below].text);
        let room = match layout {
            Layout::Wrapped(width) if below == at + 1 => layout::has_room(line, next, width),
            _ => true,
        };
        self.is_text(below)
            && next.len() > line.len()
            && (next.len() > 60 || ends_sentence(next))
            && !continues(next)
            && room
    }

    /// Whether a sentence ends, or nothing stands, above a line.
    pub fn is_clear_above(&self, at: usize) -> bool {
        let Some(above) = at.checked_sub(1).map(|above| self.lines[above]) else {
            return true;
        };
        above.is_blank()
            || ends_sentence(above.text)
            || above.known != Known::No
            || above.text.starts_with('#')
    }
}
