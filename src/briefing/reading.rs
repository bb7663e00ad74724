//! One file becomes its briefings: the head, the text in its dialect, the opening, the outline, and what is missing.

use jiff::civil::Date;

use super::date;
use super::desk::Desk;
use super::element::{Element, Sheet};
use super::front_matter::{self, FrontMatter};
use super::ledger::Ledger;
use super::markdown;
use super::model::{Block, Body, Briefing, Reading, Role, Span};
use super::names::Names;
use super::outline::Rules;
use super::parts;
use super::plain;
use crate::config::Headings;
use crate::diagnostic::{Diagnostic, Noted};
use crate::source::SitePath;

/// What the one who asks says of a text, over everything that stands in it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given<'g> {
    /// The headline.
    pub title: Option<&'g str>,
    /// The day.
    pub date: Option<Date>,
    /// The file has no name that means anything (`-`, `paste.txt`): the address comes from the title.
    pub is_nameless: bool,
}

/// Reads one file.
pub fn read(path: &SitePath, text: &str, headings: &Headings, given: Given<'_>) -> Noted<Reading> {
    let mut notes = Vec::new();
    let (yaml, below) = front_matter::split(text);
    let front = match yaml {
        Some(range) => front_matter::read(path, text, range, &mut notes),
        None => FrontMatter::default(),
    };
    if let Some(fence) = front_matter::unclosed(text) {
        let note = Diagnostic::error("unclosed-front-matter", "the head of this file has no closing `---`")
            .at(path, fence);
        notes.push(note.help("put `---` on a line of its own below the last `key: value`"));
    }
    let sheet = Sheet::of(text, below);
    let names = Names::of(headings);
    let (elements, is_plain) = elements(path, &sheet.text, &names);
    let mut ledger = Ledger::default();
    if front.is_there {
        ledger.place(Span::new(0, below), Role::FrontMatter, 0);
    }
    let (file_date, file_slug) = date::in_file_name(path.stem());
    let parted = if front.title.is_some() {
        parts::Parts { preamble: 0..0, briefings: std::iter::once(0..elements.len()).collect() }
    } else {
        parts::split(&elements, &names)
    };
    let mut desk = Desk {
        path,
        text,
        given,
        headings,
        rules: Rules { sheet: &sheet, names: &names, view: &headings.view, is_plain },
        front: &front,
        file_date,
        file_slug: if given.is_nameless { "" } else { file_slug },
        shared_date: None,
        notes,
        ledger,
        is_only: parted.briefings.len() == 1,
    };
    desk.preamble(&elements[parted.preamble]);
    let mut briefings: Vec<Briefing> = Vec::new();
    for range in parted.briefings {
        let briefing = desk.briefing(&elements[range], briefings.len());
        briefings.extend(briefing);
    }
    if briefings.is_empty() {
        let note = Diagnostic::warning("empty-briefing", "there is no briefing in this file").in_file(path);
        desk.notes.push(note.help("write or paste one, or delete the file"));
    }
    share_definitions(&mut briefings);
    let placements = desk.ledger.balance(text);
    let mut notes = desk.notes;
    for place in placements.iter().filter(|place| place.role == Role::NotPlaced) {
        let note = Diagnostic::warning("not-placed", "this text belongs to no part of a briefing")
            .at(path, place.span.range());
        notes.push(note.help("put it below a heading, or below the `[CATEGORY]` of its briefing"));
    }
    Noted::with(Reading { briefings, placements }, notes)
}

/// A text in its dialect's pieces, and whether that is the plain one.
fn elements<'t>(path: &SitePath, text: &'t str, names: &Names) -> (Vec<Element<'t>>, bool) {
    let ending = path.extension();
    let is_markdown = ending.eq_ignore_ascii_case("md") || ending.eq_ignore_ascii_case("markdown");
    if is_markdown {
        let elements = markdown::elements(text);
        if !markdown::is_pasted(&elements, names) {
            return (parts::unlisted(elements, names), false);
        }
    }
    (parts::unlisted(plain::elements(text, names), names), true)
}

/// Definitions serve every briefing of a file that uses them.
fn share_definitions(briefings: &mut [Briefing]) {
    if briefings.len() < 2 {
        return;
    }
    let all: Vec<(usize, Block)> = briefings
        .iter()
        .flat_map(|briefing| briefing.definitions.iter().map(|block| (briefing.part, block.clone())))
        .collect();
    for briefing in briefings {
        let part = briefing.part;
        let uses = |block: &Block| {
            block.markdown.find("]:").is_some_and(|end| mentions(briefing, &block.markdown[..=end]))
        };
        let shared = all
            .iter()
            .filter(|(home, block)| *home == part || uses(block))
            .map(|(_, block)| block.clone())
            .collect();
        briefing.definitions = shared;
    }
}

fn mentions(briefing: &Briefing, label: &str) -> bool {
    bodies(briefing).any(|body| body.blocks.iter().any(|block| block.markdown.contains(label)))
}

pub fn bodies(briefing: &Briefing) -> impl Iterator<Item = &Body> {
    std::iter::once(&briefing.lead)
        .chain(briefing.implications.iter().map(|implication| &implication.body))
        .chain(briefing.view.iter().map(|view| &view.body))
        .chain(briefing.sections.iter().map(|section| &section.body))
}
