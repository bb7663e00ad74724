//! Lists of the editor's view: briefings that wait, and notes by file.

use std::collections::BTreeMap;

use serde::Serialize;

use super::address;
use super::edition::Edition;
use super::editor::NoteView;
use crate::briefing::Briefing;
use crate::catalogue::{Standing, Visibility};
use crate::diagnostic::Severity;
use crate::route::{Route, percent_encoded};
use crate::shell::report;
use crate::source::SitePath;

/// A briefing in a list.
#[derive(Debug, Clone, Serialize)]
pub struct Item {
    /// Its headline.
    pub title: String,
    /// Its file.
    pub file: String,
    /// Its day, or the moment at which it becomes public.
    pub when: String,
    /// Its page in the editor's view.
    pub desk: String,
    /// Its page on the site; empty if the site does not show it.
    pub page: String,
    /// Into the desk's editor; may be empty.
    pub edit: String,
    /// How much there is to say about it; may be empty.
    pub notes: String,
}

/// The briefings that the public does not see.
#[derive(Debug, Default)]
pub struct Lists {
    /// Drafts, by file.
    pub drafts: Vec<Item>,
    /// Scheduled, the next first.
    pub scheduled: Vec<Item>,
    /// Expired, by file.
    pub expired: Vec<Item>,
}

/// The notes about a file.
#[derive(Debug, Clone, Serialize)]
pub struct FileNotes {
    /// The file; `the site` for what concerns all of it.
    pub name: String,
    /// How many, in words.
    pub count: String,
    /// Whether there is an error among them.
    pub serious: bool,
    /// The notes, in the order of their lines.
    pub notes: Vec<NoteView>,
}

/// The briefings that wait.
#[must_use]
pub fn lists(edition: &Edition) -> Lists {
    let visibility = visibility(edition);
    let mut lists = Lists::default();
    let mut scheduled = Vec::new();
    for (path, briefing) in briefings(edition) {
        match visibility.standing(&briefing.head, briefing.date) {
            Standing::Draft => lists.drafts.push(item(edition, path, briefing)),
            Standing::Scheduled(moment) => scheduled.push((moment, item(edition, path, briefing))),
            Standing::Expired(_) => lists.expired.push(item(edition, path, briefing)),
            Standing::Public => {}
        }
    }
    scheduled.sort_by_key(|(moment, _)| *moment);
    lists.scheduled = scheduled.into_iter().map(|(_, item)| item).collect();
    lists
}

/// The newest briefings of the site.
#[must_use]
pub fn newest(edition: &Edition, count: usize) -> Vec<Item> {
    let entries = edition.site.whole.catalogue.entries.iter().take(count);
    entries.map(|entry| item(edition, &entry.briefing.source, &entry.briefing)).collect()
}

/// The briefings that have some words in their title or file name.
pub fn found<'a>(edition: &'a Edition, words: &'a str) -> impl IntoIterator<Item = Item> + use<'a> {
    let has = move |path: &SitePath, briefing: &Briefing| {
        let text = format!("{} {path}", briefing.title.text).to_lowercase();
        words.split_whitespace().all(|word| text.contains(word))
    };
    briefings(edition)
        .filter(move |(path, briefing)| has(path, briefing))
        .map(move |(path, briefing)| item(edition, path, briefing))
}

fn briefings(edition: &Edition) -> impl Iterator<Item = (&SitePath, &Briefing)> {
    let files = edition.site.files.iter();
    files.flat_map(|(path, file)| file.briefings.iter().map(move |found| (path, &*found.briefing)))
}

/// A briefing as lists show it.
#[must_use]
pub fn item(edition: &Edition, path: &SitePath, briefing: &Briefing) -> Item {
    let whole = &edition.site.whole;
    let route = briefing.date.map(|date| Route::briefing(date, &briefing.slug));
    let route = route.filter(|route| whole.plan.page(route).is_some());
    let notes =
        edition.notes.iter().filter(|note| note.place.as_ref().is_some_and(|place| place.path == *path));
    Item {
        title: briefing.title.text.clone(),
        file: path.to_string(),
        when: when(edition, briefing),
        desk: format!("{}briefing?{}", address::DESK, query(path, briefing.part)),
        page: route.map(|route| whole.href(&route)).unwrap_or_default(),
        edit: edition.edit_link(path, line(edition, path, briefing)),
        notes: counted(notes.count(), "note"),
    }
}

/// What names a briefing in an address of the editor's view.
#[must_use]
pub fn query(path: &SitePath, part: usize) -> String {
    // What separates the fields of a query is not left as it is in a path.
    let file = percent_encoded(path.as_str()).replace('+', "%2B").replace('=', "%3D");
    if part == 0 { format!("file={file}") } else { format!("file={file}&part={part}") }
}

/// The line of a briefing's headline, from 1.
fn line(edition: &Edition, path: &SitePath, briefing: &Briefing) -> usize {
    let text = edition.site.sources.text(path);
    let start = briefing.title.span.map(|span| span.range().start);
    start.zip(text).map_or(1, |(start, text)| report::line_and_column(&text.text, start).0)
}

fn when(edition: &Edition, briefing: &Briefing) -> String {
    let whole = &edition.site.whole;
    match visibility(edition).standing(&briefing.head, briefing.date) {
        Standing::Scheduled(moment) => local(edition, moment),
        Standing::Draft | Standing::Public | Standing::Expired(_) => {
            briefing.date.map_or_else(|| "undated".to_owned(), |date| whole.day(date).long)
        }
    }
}

/// A moment in the site's zone, and in UTC.
fn local(edition: &Edition, moment: jiff::Timestamp) -> String {
    let zone = edition.site.whole.config.time_zone.clone();
    let here = moment.to_zoned(zone).strftime("%A %-d %B %Y, %H:%M %Z").to_string();
    format!("{here} = {}", moment.strftime("%H:%M UTC"))
}

/// Why a briefing is not public, in words; empty if it is.
#[must_use]
pub fn standing_words(edition: &Edition, briefing: &Briefing) -> String {
    match visibility(edition).standing(&briefing.head, briefing.date) {
        Standing::Draft => "Draft.".to_owned(),
        Standing::Scheduled(_) => "Scheduled.".to_owned(),
        Standing::Expired(moment) => format!("Expired {}.", local(edition, moment)),
        Standing::Public => String::new(),
    }
}

fn visibility(edition: &Edition) -> Visibility {
    let settings = edition.site.settings();
    let time_zone = edition.site.whole.config.time_zone.clone();
    Visibility { now: settings.now, time_zone, drafts: settings.drafts, future: settings.future }
}

/// All notes, by file.
#[must_use]
pub fn notes(edition: &Edition) -> Vec<FileNotes> {
    let mut files: BTreeMap<Option<&SitePath>, Vec<&crate::diagnostic::Diagnostic>> = BTreeMap::new();
    for note in &edition.notes {
        files.entry(note.place.as_ref().map(|place| &place.path)).or_default().push(note);
    }
    let view = |(path, mut notes): (Option<&SitePath>, Vec<&crate::diagnostic::Diagnostic>)| {
        notes.sort_by_key(|note| note.place.as_ref().and_then(|place| place.span));
        let count = |severity| notes.iter().filter(|note| note.severity == severity).count();
        let counts = [
            counted(count(Severity::Error), "error"),
            counted(count(Severity::Warning), "warning"),
            counted(count(Severity::Note), "note"),
        ];
        FileNotes {
            name: path.map_or_else(|| "the site".to_owned(), ToString::to_string),
            count: counts.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", "),
            serious: count(Severity::Error) > 0,
            notes: notes.iter().map(|note| note_view(edition, note)).collect(),
        }
    };
    let mut files: Vec<FileNotes> = files.into_iter().map(view).collect();
    // What stops a publication comes first.
    files.sort_by_key(|file| !file.serious);
    files
}

fn note_view(edition: &Edition, note: &crate::diagnostic::Diagnostic) -> NoteView {
    let place = note.place.as_ref();
    let position = place.and_then(|place| {
        let text = edition.folder().text(&place.path)?;
        Some(report::line_and_column(&text.text, place.span?.0).0)
    });
    let line = position.unwrap_or(0);
    NoteView {
        severity: note.severity.word(),
        code: note.code,
        message: note.message.clone(),
        help: note.help.clone().unwrap_or_default(),
        line,
        edit: place.map(|place| edition.edit_link(&place.path, line.max(1))).unwrap_or_default(),
    }
}

/// `2 notes`; empty if there are none.
fn counted(count: usize, word: &str) -> String {
    match count {
        0 => String::new(),
        1 => format!("1 {word}"),
        count => format!("{count} {word}s"),
    }
}
