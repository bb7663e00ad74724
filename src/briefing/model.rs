//! The newsroom's nouns: a briefing and its parts, as the author meant them, before anything knows the whole site.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use crate::source::SitePath;

/// A range of bytes of a source file's decoded text, `start..end`. Files are smaller than 4 GB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// From byte offsets.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: narrow(start), end: narrow(end) }
    }

    /// As a range for slicing.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// One briefing, read. Never changes again: what only the whole site can know lives in the catalogue.
#[derive(Debug, Clone, PartialEq)]
pub struct Briefing {
    /// The file it was read from.
    pub source: SitePath,
    /// Which of the several `[TAG]` items of that file, from 0.
    pub part: usize,
    /// The headline.
    pub title: Title,
    /// The last part of its address: lower-case ASCII letters, digits and hyphens.
    pub slug: String,
    /// The day it is of; `None` when neither front matter, file name nor text says so (never guessed).
    pub date: Option<Date>,
    /// `WORLD`, as the author wrote it, without brackets.
    pub category: Option<Phrase>,
    /// What happened: everything before the first heading that starts another part.
    pub lead: Body,
    /// Each "For somebody", in the author's order.
    pub implications: Vec<Implication>,
    /// What we think.
    pub view: Option<Section>,
    /// Key judgements, outlook, indicators …, in the author's order.
    pub sections: Vec<Section>,
    /// Link reference and footnote definitions, which serve all parts: Markdown, one definition an item.
    pub definitions: Vec<Block>,
    /// What the fenced head of the file says besides.
    pub head: Head,
}

/// A headline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// Plain text, one line.
    pub text: String,
    /// Whether newsgen made it from the first sentence and nobody has confirmed it.
    pub derived: bool,
    /// Where it stands; `None` if derived.
    pub span: Option<Span>,
}

/// A few words and where they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// Plain text, one line.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// Paragraphs, lists, tables … of one part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// In the author's order.
    pub blocks: Vec<Block>,
}

impl Body {
    /// Whether nothing is there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The whole as Markdown, a blank line between blocks, no trailing newline.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = String::with_capacity(self.blocks.iter().map(|block| block.markdown.len() + 2).sum());
        for block in &self.blocks {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(&block.markdown);
        }
        text
    }
}

/// One paragraph, list, table, quote or code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its Markdown (CommonMark and GFM tables, footnotes), without surrounding blank lines.
    pub markdown: Box<str>,
    /// The bytes it came from.
    pub span: Span,
}

/// What the news means for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Implication {
    /// `international diplomacy`: whom it is for, without "For"; `None` if the author names nobody.
    pub audience: Option<Phrase>,
    /// What it means for them.
    pub body: Body,
}

/// A part under a heading of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading as the author wrote it, without markup, bullets and trailing colon.
    pub heading: Phrase,
    /// The text below.
    pub body: Body,
}

/// What the fenced head of a file may say. The keys are the contract's; see the manual's chapter on front matter.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Head {
    /// The feed id, a `tag:` URI (RFC 4151), made at import; survives renames.
    pub id: Option<String>,
    /// The day of the last change of substance.
    pub updated: Option<Date>,
    /// A summary for lists, feeds and cards.
    pub summary: Option<String>,
    /// Desks or people, as printed.
    pub authors: Vec<String>,
    /// Not to be published.
    pub draft: bool,
    /// When it becomes public, local time of the site; an offset makes it exact.
    pub publish: Option<Moment>,
    /// When it stops being public.
    pub expires: Option<Moment>,
    /// Old addresses that lead here.
    pub aliases: Vec<Phrase>,
    /// Where the facts come from.
    pub sources: Vec<Reference>,
    /// What has been corrected, newest last.
    pub corrections: Vec<Correction>,
    /// Names of the lenses it belongs to beside its own implications.
    pub lens: Vec<Phrase>,
    /// The series it is part of.
    pub series: Option<Phrase>,
    /// What the author says of its regions.
    pub regions: TagRule,
    /// What the author says of its countries.
    pub countries: TagRule,
    /// What the author says of its actors.
    pub actors: TagRule,
    /// `tags: manual`: only what the author says counts, nothing is proposed.
    pub manual_tags: bool,
    /// Codes of checks that are allowed here.
    pub allow: Vec<Phrase>,
    /// Which other values newsgen chose and nobody confirmed yet, as written (`title`).
    pub derived: Vec<String>,
}

/// What the author says of one kind of tag.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum TagRule {
    /// Nothing: what is found in the text counts.
    #[default]
    Found,
    /// A bare list: it replaces what is found.
    Only(Vec<Phrase>),
    /// `{add: […], remove: […]}`: it adjusts what is found.
    Adjusted {
        /// Counted in any case.
        add: Vec<Phrase>,
        /// Never counted.
        remove: Vec<Phrase>,
    },
}

/// A moment as written in front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Without an offset: local time of the site.
    Local(DateTime),
    /// With an offset: exact.
    Exact(Timestamp),
}

/// A source of the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// What it is called.
    pub title: String,
    /// Where it is; `http` or `https` only.
    pub url: Option<String>,
}

/// Something that was wrong and is mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// When.
    pub date: Date,
    /// What was wrong.
    pub note: String,
}

/// What became of every byte of a text, for the receipt of `import`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placement {
    /// The bytes.
    pub span: Span,
    /// What they became.
    pub role: Role,
    /// In which briefing of the file, from 0.
    pub part: usize,
}

/// What some bytes of a text became.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The fenced head.
    FrontMatter,
    /// The headline.
    Title,
    /// The dateline's day.
    Date,
    /// `[WORLD]`.
    Category,
    /// What happened.
    Lead,
    /// The heading that opens the implications.
    ImplicationsHeading,
    /// "For X", of the implication with this number, from 0.
    Audience(usize),
    /// The text of the implication with this number, from 0.
    Implication(usize),
    /// "What we think".
    ViewHeading,
    /// The text of the view.
    View,
    /// The heading of the other section with this number, from 0.
    SectionHeading(usize),
    /// The text of the other section with this number, from 0.
    Section(usize),
    /// A link reference or footnote definition.
    Definition,
    /// White space, byte order mark, rules between parts, bullets and marks that only carried the layout.
    Layout,
    /// Not placed: the editor should look.
    NotPlaced,
}

/// All that was read from one file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// One or, where the text has several `[TAG]` items, more.
    pub briefings: Vec<Briefing>,
    /// Every byte of the text, in order, without gaps or overlaps.
    pub placements: Vec<Placement>,
}
