//! What either dialect cuts a text into: the pieces that the outline folds into a briefing.
//!
//! All offsets count bytes of a [`Sheet`]: the text below the head with every line end as `\n`.

use std::borrow::Cow;
use std::ops::Range;

use super::model::Span;

/// How deep a heading stands, as far as its form tells: 1 to 6 for `#` to `######`, then the forms without a level.
pub type Rank = u8;

/// A line that is bold from end to end.
pub const BOLD: Rank = 7;
/// A line without any mark.
pub const BARE: Rank = 8;

/// One piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element<'t> {
    /// What it is.
    pub kind: Kind<'t>,
    /// Its bytes, marks included.
    pub span: Range<usize>,
    /// Its Markdown; for a heading only the words, marks of emphasis included.
    pub text: Cow<'t, str>,
    /// Where the text begins.
    pub start: usize,
}

/// What a piece of a text is, by its form alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind<'t> {
    /// `## Words`, or words underlined.
    Heading(Rank),
    /// Running text. `heads`: a short line, alone, with running text below, so that in the plain dialect it is a
    /// heading, whatever it says.
    Paragraph {
        /// See above.
        heads: bool,
    },
    /// A list, with its items.
    List(Vec<Item<'t>>),
    /// Code: kept as it is.
    Code,
    /// A quote, a table, HTML: kept as it is.
    Other,
    /// An HTML comment: kept, but nothing to read.
    Comment,
    /// `---`.
    Rule,
    /// Link reference or footnote definitions.
    Definition,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item<'t> {
    /// Its bytes, the bullet included.
    pub span: Range<usize>,
    /// What it says, without bullet and indentation.
    pub text: Cow<'t, str>,
    /// Where that begins.
    pub start: usize,
    /// Where each of its lines begins: in its text, and in the sheet. Empty if there is but one, or if they were joined.
    pub lines: Vec<(usize, usize)>,
}

impl Item<'_> {
    /// Where a place in its text stands; in joined lines only the first is exact.
    #[must_use]
    pub fn at(&self, place: usize) -> usize {
        let line = self.lines.partition_point(|(begin, _)| *begin <= place).checked_sub(1);
        let at = line
            .and_then(|line| self.lines.get(line))
            .map_or(self.start + place, |(begin, start)| start + place - begin);
        at.min(self.span.end)
    }
}

impl Element<'_> {
    /// Where a place in its text stands; exact within the first line, and where nothing was unwrapped.
    #[must_use]
    pub fn at(&self, place: usize) -> usize {
        (self.start + place).min(self.span.end)
    }

    /// The same, but its first place is where its marks begin.
    #[must_use]
    pub fn from(&self, place: usize) -> usize {
        if place == 0 { self.span.start } else { self.at(place) }
    }
}

/// A text below its head, every line end as `\n`, and the way back to the file's bytes.
#[derive(Debug)]
pub struct Sheet<'t> {
    /// The text.
    pub text: Cow<'t, str>,
    /// Where it begins in the file.
    offset: usize,
    /// Where, in this text, a `\r` was left out before a `\n`.
    cuts: Vec<usize>,
}

impl<'t> Sheet<'t> {
    /// The part of a file's text from `offset` on.
    #[must_use]
    pub fn of(file: &'t str, offset: usize) -> Self {
        let text = &file[offset..];
        if !text.contains('\r') {
            return Self { text: Cow::Borrowed(text), offset, cuts: Vec::new() };
        }
        let mut unified = String::with_capacity(text.len());
        let mut cuts = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find('\r') {
            unified.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            if rest.starts_with('\n') {
                cuts.push(unified.len());
            } else {
                unified.push('\n');
            }
        }
        unified.push_str(rest);
        Self { text: Cow::Owned(unified), offset, cuts }
    }

    /// The byte of the file behind a byte of this text.
    #[must_use]
    pub fn in_file(&self, at: usize) -> usize {
        self.offset + at + self.cuts.partition_point(|cut| *cut < at)
    }

    /// The bytes of the file behind a range of this text.
    #[must_use]
    pub fn span(&self, range: &Range<usize>) -> Span {
        // Where lines were joined places are near, not exact: never inside a character.
        let snap = |at: usize| self.in_file(self.text.floor_char_boundary(at));
        Span::new(snap(range.start), snap(range.end).max(snap(range.start)))
    }
}
