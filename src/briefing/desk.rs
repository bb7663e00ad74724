//! Puts one briefing together from its pieces: headline, day, category, address, and a note for whatever is missing.

use std::ops::Range;

use jiff::civil::Date;

use super::date::{self, DateLine};
use super::element::{Element, Kind};
use super::front_matter::FrontMatter;
use super::ledger::Ledger;
use super::model::{Briefing, Phrase, Role, Span, Title};
use super::names::fold;
use super::opening::{self, Known, Opening};
use super::outline::{Folded, Folder, Rules};
use super::reading::{Given, bodies};
use super::title;
use crate::config::Headings;
use crate::diagnostic::Diagnostic;
use crate::route;
use crate::source::SitePath;

/// The editor who puts the briefings of one file together.
pub struct Desk<'d> {
    pub(super) path: &'d SitePath,
    pub(super) text: &'d str,
    pub(super) given: Given<'d>,
    pub(super) headings: &'d Headings,
    pub(super) rules: Rules<'d>,
    pub(super) front: &'d FrontMatter,
    pub(super) file_date: Option<Date>,
    pub(super) file_slug: &'d str,
    pub(super) shared_date: Option<(DateLine, Range<usize>)>,
    pub(super) notes: Vec<Diagnostic>,
    pub(super) ledger: Ledger,
    pub(super) is_only: bool,
}

impl Desk<'_> {
    pub fn span(&self, range: &Range<usize>) -> Span {
        self.rules.sheet.span(range)
    }

    pub fn note(&mut self, note: Diagnostic, span: Span, help: impl Into<String>) {
        self.notes.push(note.at(self.path, span.range()).help(help));
    }

    /// What stands above the first of several briefings: the date of all of them, and things of no briefing.
    pub fn preamble(&mut self, elements: &[Element<'_>]) {
        for element in elements {
            let span = self.span(&element.span);
            if self.shared_date.is_none()
                && let Some(line) = date::line(&element.text)
            {
                self.ledger.place(span, Role::Date, 0);
                self.shared_date = Some((line, element.span.clone()));
            } else if element.kind == Kind::Rule {
                self.ledger.place(span, Role::Layout, 0);
            }
        }
    }

    /// One briefing from its pieces; `None` if they say nothing at all.
    pub fn briefing(&mut self, elements: &[Element<'_>], part: usize) -> Option<Briefing> {
        let front_title = self.front.title.as_ref().map(|title| title.text.as_str());
        let is_derived = self.front.head.derived.iter().any(|key| key == "title");
        let known = Known { title: front_title, is_derived };
        let opening = opening::read(elements, known, self.rules.names);
        let labels = opening.labels.iter().map(|range| (range, Role::Lead));
        for (range, role) in opening.layout.iter().map(|range| (range, Role::Layout)).chain(labels) {
            let span = self.span(range);
            self.ledger.place(span, role, part);
        }
        let folded = self.fold(elements, &opening, part);
        let says_nothing = folded.lead.is_empty()
            && folded.implications.is_empty()
            && folded.view.is_none()
            && folded.sections.is_empty();
        if says_nothing
            && opening.title.is_none()
            && front_title.is_none()
            && opening.category.is_none()
            && folded.definitions.is_empty()
        {
            return None;
        }
        let category = self.category(&opening, part);
        let date = self.date(&opening, part);
        let mut briefing = Briefing {
            source: self.path.clone(),
            part,
            title: Title { text: String::new(), derived: false, span: None },
            slug: String::new(),
            date,
            category,
            lead: folded.lead,
            implications: folded.implications,
            view: folded.view,
            sections: folded.sections,
            definitions: folded.definitions,
            head: self.front.head.clone(),
        };
        briefing.title = self.title(&opening, &briefing, part);
        if briefing.title.derived && !briefing.head.derived.iter().any(|key| key == "title") {
            briefing.head.derived.push("title".into());
        }
        briefing.slug = self.slug(&briefing.title.text);
        self.missing(&briefing, folded.empty_implications.as_ref());
        for range in folded.guessed {
            let span = self.span(&range);
            let note = Diagnostic::note("guessed-heading", "this line was taken for a heading");
            self.note(
                note,
                span,
                "put `## ` before it if it is one, or a full stop at its end if it is text",
            );
        }
        Some(briefing)
    }

    pub fn fold(&mut self, elements: &[Element<'_>], opening: &Opening, part: usize) -> Folded {
        let (first, from) = opening.text;
        let mut folder = Folder::new(self.rules, &mut self.ledger, part, &elements[first..]);
        for at in &opening.kept {
            folder.take(&elements[*at], 0);
        }
        for (at, element) in elements.iter().enumerate().skip(first) {
            folder.take(element, if at == first { from } else { 0 });
        }
        folder.finish()
    }

    pub fn category(&mut self, opening: &Opening, part: usize) -> Option<Phrase> {
        let written = opening
            .category
            .as_ref()
            .map(|(words, range)| Phrase { text: words.clone(), span: self.span(range) });
        if let Some(written) = &written {
            self.ledger.place(written.span, Role::Category, part);
        }
        match (&self.front.category, written) {
            (Some(head), Some(written)) if fold(&head.text) != fold(&written.text) => {
                let message = format!(
                    "the text says `[{}]`, the head says `{}`, which counts",
                    written.text, head.text
                );
                self.note(
                    Diagnostic::note("category-differs", message),
                    written.span,
                    "delete one of the two",
                );
                Some(head.clone())
            }
            (Some(head), _) => Some(head.clone()),
            (None, written) => written,
        }
    }

    /// Front matter, then the file name, then the text's date line; `--date` over all of them.
    pub fn date(&mut self, opening: &Opening, part: usize) -> Option<Date> {
        for (_, range) in &opening.dates {
            let span = self.span(range);
            self.ledger.place(span, Role::Date, part);
        }
        let mut lines: Vec<(DateLine, Range<usize>)> = opening.dates.clone();
        lines.extend(self.shared_date.clone());
        let mut date = self.given.date.or(self.front.date).or(self.file_date);
        let said_elsewhere = date.is_some();
        for (line, range) in lines {
            let span = self.span(&range);
            match line {
                DateLine::Day(day) if date.is_none() => date = Some(day),
                DateLine::Day(day) if date != Some(day) && self.given.date.is_none() => {
                    let counts = date.map_or_else(String::new, |date| date.to_string());
                    let note =
                        Diagnostic::note("date-differs", format!("the text says {day}, but {counts} counts"));
                    self.note(note, span, "correct the one that is wrong: head, file name or text");
                }
                DateLine::NoYear if !said_elsewhere => {
                    let note = Diagnostic::warning(
                        "no-year",
                        "this date has no year, and newsgen does not guess one",
                    );
                    self.note(note, span, "write the year, or give `--date 2025-06-05` to `newsgen import`");
                }
                DateLine::Ambiguous if !said_elsewhere => {
                    let note = Diagnostic::warning(
                        "ambiguous-date",
                        "this date can be read as day and month or as month and day",
                    );
                    self.note(note, span, "write it as `2025-06-05` or as `5 June 2025`");
                }
                DateLine::Day(_) | DateLine::NoYear | DateLine::Ambiguous => {}
            }
        }
        date
    }

    pub fn title(&mut self, opening: &Opening, briefing: &Briefing, part: usize) -> Title {
        for (_, range) in opening.title.iter().chain(&opening.other_titles) {
            let span = self.span(range);
            self.ledger.place(span, Role::Title, part);
        }
        let in_text = opening.title.as_ref().map(|(words, range)| (words.clone(), self.span(range)));
        if let Some(title) = self.given.title {
            let text = super::letters::one_line(title);
            if !text.is_empty() {
                return Title { text, derived: false, span: in_text.map(|(_, span)| span) };
            }
        }
        if let Some(head) = self.front.title.clone() {
            let others: Vec<(String, Span)> = opening
                .title
                .iter()
                .chain(&opening.other_titles)
                .map(|(words, range)| (words.clone(), self.span(range)))
                .collect();
            for (words, span) in others {
                if fold(&words) != fold(&head.text) {
                    let message =
                        format!("the text is headed “{words}”, the head says “{}”, which counts", head.text);
                    self.note(Diagnostic::note("title-differs", message), span, "delete one of the two");
                }
            }
            let derived = self.front.head.derived.iter().any(|key| key == "title");
            return Title { text: head.text, derived, span: Some(head.span) };
        }
        if let Some((text, span)) = in_text {
            return Title { text, derived: false, span: Some(span) };
        }
        self.derived_title(briefing)
    }

    pub fn derived_title(&mut self, briefing: &Briefing) -> Title {
        let first = bodies(briefing)
            .flat_map(|body| &body.blocks)
            .filter(|block| !block.markdown.starts_with(['<', '`', '~', '|', '#', '!']))
            .map(|block| {
                (title::derive(block.markdown.trim_start_matches(['>', '-', '*', '+', ' '])), block.span)
            })
            .find(|(text, _)| !text.is_empty());
        let (text, span) = first.unwrap_or_else(|| {
            let words = self.file_slug.replace(['-', '_'], " ");
            (title::derive(&words), Span::new(0, self.text.split('\n').next().map_or(0, str::len)))
        });
        let text = if text.is_empty() { "Untitled".to_owned() } else { text };
        let note = Diagnostic::note(
            "derived-title",
            format!("there is no title; “{text}” is made from the first sentence"),
        );
        self.note(note, span, "put `title: \"…\"` into the head of the file");
        Title { text, derived: true, span: None }
    }

    pub fn slug(&self, title: &str) -> String {
        if let Some(slug) = self.front.slug.as_ref().filter(|_| self.is_only) {
            return slug.text.clone();
        }
        let from_name = if self.is_only { route::slug(self.file_slug) } else { String::new() };
        [from_name, route::short_slug(title, 60), "briefing".to_owned()]
            .into_iter()
            .find(|slug| !slug.is_empty())
            .unwrap_or_default()
    }

    /// A note for every part that is not there.
    pub fn missing(&mut self, briefing: &Briefing, empty_implications: Option<&Range<usize>>) {
        let start = self.start_of(briefing);
        if briefing.date.is_none() {
            let note = Diagnostic::warning("undated", "nothing says of which day this briefing is");
            self.note(note, start, "put `date: 2025-06-05` into its head, or the day before the file's name: `2025-06-05-name.txt`");
        }
        if briefing.lead.is_empty() {
            let note = Diagnostic::warning("no-lead", "this briefing does not say what happened");
            self.note(note, start, "begin it with a paragraph of facts, above the first heading");
        }
        if let Some(range) = empty_implications {
            let span = self.span(range);
            self.note(
                Diagnostic::warning("empty-section", "nothing stands below this heading"),
                span,
                "write the text, or delete the heading",
            );
        } else if briefing.implications.is_empty() {
            let note = Diagnostic::note("no-implications", "this briefing does not say what the news means");
            let help = format!(
                "add a heading `{}` and below it one such as `For markets`",
                self.headings.implications
            );
            self.note(note, start, help);
        }
        if briefing.view.is_none() {
            let note = Diagnostic::note("no-view", "this briefing does not say what we think");
            let help = format!("add a heading `{}` and a paragraph below it", self.headings.view);
            self.note(note, start, help);
        }
        for implication in &briefing.implications {
            match (&implication.audience, implication.body.blocks.first()) {
                (None, Some(block)) => {
                    let note =
                        Diagnostic::warning("implication-for-nobody", "this implication names no audience");
                    self.note(note, block.span, "put a heading above it, such as `For markets`");
                }
                (Some(audience), None) => self.empty(audience),
                (Some(_), Some(_)) | (None, None) => {}
            }
        }
        for section in
            briefing.view.iter().chain(&briefing.sections).filter(|section| section.body.is_empty())
        {
            self.empty(&section.heading);
        }
    }

    pub fn empty(&mut self, heading: &Phrase) {
        let note = Diagnostic::warning("empty-section", "nothing stands below this heading");
        self.note(note, heading.span, "write the text, or delete the heading");
    }

    /// The first line of a briefing, for notes about the whole of it.
    pub fn start_of(&self, briefing: &Briefing) -> Span {
        let starts = [
            briefing.title.span,
            briefing.category.as_ref().map(|category| category.span),
            bodies(briefing).flat_map(|body| &body.blocks).map(|block| block.span).next(),
        ];
        let start = starts.into_iter().flatten().map(|span| span.start as usize).min().unwrap_or(0);
        let start = self.text[..start].rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let length = self.text[start..].split(['\n', '\r']).next().map_or(0, str::len);
        Span::new(start, start + length)
    }
}
