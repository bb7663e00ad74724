//! A text as a reader meets it: its prose without markup, each letter with its place in the file.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use crate::briefing::Briefing;
use crate::briefing::model::Body;
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::prose::DIALECT;
use crate::source::SitePath;
use crate::standing::StandingText;

/// Stands where code, an address or a picture was: no letter, no space, one byte.
pub const MASK: char = '\u{1a}';

/// A text that an editor reads through: a briefing, a page, the introduction to an issue.
#[derive(Debug)]
pub struct Document<'a> {
    /// The file.
    pub path: &'a SitePath,
    /// What the file says.
    pub text: &'a str,
    /// The day it is of.
    pub date: Option<Date>,
    /// Whether it is still being written: then nothing in it is worth more than a note.
    pub is_draft: bool,
    /// Its paragraphs, headings, list items and table cells, in order.
    pub passages: Vec<Passage>,
    /// Its pictures.
    pub pictures: Vec<Picture>,
    /// The headings that stand in its bodies, with their levels (1 to 6), in order.
    pub headings: Vec<(usize, Range<usize>)>,
    /// The addresses it links to, as written, each with its place.
    pub links: Vec<(String, Range<usize>)>,
}

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A paragraph of the text itself.
    Paragraph,
    /// Somebody else's words, in a block of their own.
    Quotation,
    /// A headline, a heading, a list item, a cell: a text that stands for itself.
    Line,
}

/// A stretch of prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub form: Form,
    /// Its words, on one line; [`MASK`] stands for what is not prose.
    pub plain: String,
    /// `(start in plain, bytes in the file)`, ascending.
    pieces: Vec<(usize, Range<usize>)>,
}

/// A picture in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its address, as written.
    pub address: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// The bytes in the file.
    pub span: Range<usize>,
}

impl Passage {
    /// The bytes in the file of a range of the plain words.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Range<usize> {
        let start = self.place(range.start, false);
        let end = self.place(range.end, true);
        start..end.max(start)
    }

    /// The whole passage's bytes in the file.
    #[must_use]
    pub fn whole(&self) -> Range<usize> {
        self.span(0..self.plain.len())
    }

    fn place(&self, at: usize, is_end: bool) -> usize {
        // An end belongs to the piece before it.
        let before =
            self.pieces.partition_point(|(start, _)| if is_end { *start < at } else { *start <= at });
        match self.pieces.get(before.saturating_sub(1)) {
            Some((start, range)) => (range.start + at.saturating_sub(*start)).min(range.end),
            None => 0,
        }
    }
}

impl<'a> Document<'a> {
    /// A text that is all Markdown, from `body` on.
    #[must_use]
    pub fn of_markdown(path: &'a SitePath, text: &'a str, body: usize, date: Option<Date>) -> Self {
        let mut document = Self::empty(path, text, date, false);
        document.read(body..text.len(), true);
        document
    }

    /// A page or an introduction.
    #[must_use]
    pub fn of_standing(standing: &'a StandingText) -> Self {
        let mut document = Self::of_markdown(&standing.source, &standing.text, standing.body, standing.date);
        document.is_draft = standing.draft;
        document
    }

    /// A briefing in the text of its file.
    #[must_use]
    pub fn of_briefing(briefing: &'a Briefing, text: &'a Arc<str>) -> Self {
        let mut document = Self::empty(&briefing.source, text, briefing.date, briefing.head.draft);
        if let Some(span) = briefing.title.span {
            document.line(&briefing.title.text, span.range());
        }
        if let Some(summary) = &briefing.head.summary
            && let Some(at) = text.find(summary.as_str())
        {
            document.line(summary, at..at + summary.len());
        }
        document.body(&briefing.lead);
        for implication in &briefing.implications {
            if let Some(audience) = &implication.audience {
                document.line(&audience.text, audience.span.range());
            }
            document.body(&implication.body);
        }
        for section in briefing.view.iter().chain(&briefing.sections) {
            document.line(&section.heading.text, section.heading.span.range());
            document.body(&section.body);
        }
        for block in &briefing.definitions {
            document.read(block.span.range(), false);
            document.definition(block.span.range());
        }
        document
    }

    /// `[label]: address "title"`: a definition makes no event, and its address is a link all the same.
    fn definition(&mut self, span: Range<usize>) {
        let Some(text) =
            self.text.get(span.clone()).filter(|text| text.starts_with('[') && !text.starts_with("[^"))
        else {
            return;
        };
        let Some((label, rest)) = text.split_once("]:") else {
            return;
        };
        let blank = rest.len() - rest.trim_start().len();
        let address = rest.trim_start().split(char::is_whitespace).next().unwrap_or("");
        let start = span.start + label.len() + 2 + blank;
        let inner = address.trim_start_matches('<').trim_end_matches('>');
        self.links.push((inner.to_owned(), start..start + address.len()));
    }

    fn empty(path: &'a SitePath, text: &'a str, date: Option<Date>, is_draft: bool) -> Self {
        Self {
            path,
            text,
            date,
            is_draft,
            passages: Vec::new(),
            pictures: Vec::new(),
            headings: Vec::new(),
            links: Vec::new(),
        }
    }

    /// A warning of an editor's; about a text that is still being written, a note.
    #[must_use]
    pub fn object(&self, code: &'static str, message: impl Into<String>, span: Range<usize>) -> Diagnostic {
        let mut note = Diagnostic::warning(code, message).at(self.path, span);
        if self.is_draft {
            note.severity = Severity::Note;
        }
        note
    }

    fn line(&mut self, words: &str, span: Range<usize>) {
        self.passages.push(Passage {
            form: Form::Line,
            plain: masked(words.to_owned()),
            pieces: vec![(0, span)],
        });
    }

    fn body(&mut self, body: &Body) {
        for block in &body.blocks {
            self.read(block.span.range(), true);
        }
    }

    /// Reads a range of the file as Markdown.
    fn read(&mut self, range: Range<usize>, with_headings: bool) {
        let Some(text) = self.text.get(range.clone()) else {
            return;
        };
        let offset = range.start;
        let mut reader = Reader {
            document: self,
            offset,
            with_headings,
            plain: String::new(),
            pieces: Vec::new(),
            quotes: 0,
            items: 0,
            is_line: false,
            is_code: false,
            picture: None,
        };
        for (event, span) in Parser::new_ext(text, DIALECT).into_offset_iter() {
            reader.take(event, span);
        }
        reader.flush();
    }
}

/// Turns Markdown's events into passages.
struct Reader<'d, 'a> {
    document: &'d mut Document<'a>,
    offset: usize,
    with_headings: bool,
    plain: String,
    pieces: Vec<(usize, Range<usize>)>,
    quotes: usize,
    items: usize,
    is_line: bool,
    is_code: bool,
    picture: Option<Picture>,
}

impl Reader<'_, '_> {
    fn take(&mut self, event: Event<'_>, span: Range<usize>) {
        let span = span.start + self.offset..span.end + self.offset;
        match event {
            Event::Text(words) => match &mut self.picture {
                Some(picture) => picture.alt.push_str(&words),
                None if self.is_code => {}
                None => self.put(&words, span),
            },
            Event::Code(_) => match &mut self.picture {
                Some(picture) => picture.alt.push(MASK),
                None => self.put("\u{1a}", span),
            },
            Event::SoftBreak | Event::HardBreak => self.put(" ", span),
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Range<usize>) {
        match tag {
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
            Tag::Link { link_type, dest_url, .. } => {
                self.document.links.push((dest_url.to_string(), span.clone()));
                if matches!(link_type, LinkType::Autolink | LinkType::Email) {
                    self.put("\u{1a}", span);
                    self.is_code = true;
                }
            }
            Tag::Image { dest_url, .. } => {
                self.picture = Some(Picture { address: dest_url.to_string(), alt: String::new(), span });
            }
            Tag::Heading { level, .. } => {
                self.flush();
                self.is_line = true;
                if self.with_headings {
                    let end = span.start + self.document.text[span.clone()].trim_end().len();
                    self.document.headings.push((level as usize, span.start..end));
                }
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.is_code = true;
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.quotes += 1;
            }
            Tag::Item => {
                self.flush();
                self.items += 1;
            }
            Tag::TableCell => {
                self.flush();
                self.is_line = true;
            }
            Tag::Paragraph
            | Tag::HtmlBlock
            | Tag::List(_)
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Table(_)
            | Tag::TableHead
            | Tag::TableRow => self.flush(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
            TagEnd::Image => {
                if let Some(picture) = self.picture.take() {
                    self.put("\u{1a}", picture.span.clone());
                    self.document.pictures.push(picture);
                }
            }
            TagEnd::Link | TagEnd::CodeBlock => self.is_code = false,
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::Item => {
                self.flush();
                self.items = self.items.saturating_sub(1);
            }
            TagEnd::Heading(_) | TagEnd::TableCell => {
                self.flush();
                self.is_line = false;
            }
            TagEnd::Paragraph
            | TagEnd::HtmlBlock
            | TagEnd::List(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow => self.flush(),
        }
    }

    fn put(&mut self, words: &str, span: Range<usize>) {
        self.pieces.push((self.plain.len(), span));
        self.plain.push_str(words);
    }

    fn flush(&mut self) {
        let (plain, pieces) = (std::mem::take(&mut self.plain), std::mem::take(&mut self.pieces));
        if plain.trim().is_empty() {
            return;
        }
        let form = if self.quotes > 0 {
            Form::Quotation
        } else if self.is_line || self.items > 0 {
            Form::Line
        } else {
            Form::Paragraph
        };
        self.document.passages.push(Passage { form, plain: masked(plain), pieces });
    }
}

/// Bare addresses are no prose: what stands in them is masked, byte by byte.
fn masked(plain: String) -> String {
    if !plain.contains("://") {
        return plain;
    }
    let mut out = String::with_capacity(plain.len());
    for word in plain.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        if bare.contains("://") {
            out.extend(std::iter::repeat_n(MASK, bare.len()));
            out.push_str(&word[bare.len()..]);
        } else {
            out.push_str(word);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Vec<(Form, String, &str)> {
        let path = SitePath::new("a.md");
        let document = Document::of_markdown(&path, text, 0, None);
        let show = |passage: &Passage| (passage.form, passage.plain.clone(), &text[passage.whole()]);
        document.passages.iter().map(show).collect()
    }

    #[test]
    fn prose_is_read_without_its_markup_and_keeps_its_place() {
        let text = "One *two* `TK` [three](/x/).\n\n> Four\n\n- five\n- six\n";
        let passages = check(text);
        assert_eq!(passages[0].0, Form::Paragraph);
        assert_eq!(passages[0].1, "One two \u{1a} three.");
        assert_eq!(passages[1], (Form::Quotation, "Four".into(), "Four"));
        assert_eq!(passages[3], (Form::Line, "six".into(), "six"));
    }

    #[test]
    fn every_word_is_found_where_it_stands() {
        let text = "A *b* and\n**c** &amp; d.";
        let path = SitePath::new("a.md");
        let document = Document::of_markdown(&path, text, 0, None);
        let passage = &document.passages[0];
        for word in ["A", "b", "and", "c", "d"] {
            let at = passage.plain.find(word).expect("it is there");
            assert_eq!(&text[passage.span(at..at + word.len())], word);
        }
    }

    #[test]
    fn bare_addresses_and_code_are_no_prose() {
        let passages =
            check("See https://example.org/TODO/x now.\n\n```\nTODO\n```\n\n<https://example.org/TK>\n");
        assert!(passages.iter().all(|(_, plain, _)| !plain.contains("TODO") && !plain.contains("TK")));
        assert!(passages[0].1.ends_with(" now."));
    }
}
