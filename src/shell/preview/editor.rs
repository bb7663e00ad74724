//! The editor's view: what waits, what there is to say, and each briefing in every form it will be read in.

use std::sync::{Arc, LazyLock};

use axum::http::StatusCode;
use serde::Serialize;

use super::edition::Edition;
use super::forms::{self, Subject};
use super::listing::{self, FileNotes, Item};
use super::{address, mime, reload};
use crate::render::theme::{Data, Theme};
use crate::route::Route;

/// Its style sheet.
pub const STYLE: &str = include_str!("desk/desk.css");

/// How many briefings a list of the overview holds.
const LISTED: usize = 60;
/// How many files with notes are listed.
const FILES: usize = 100;

static TEMPLATES: LazyLock<Theme> = LazyLock::new(|| {
    Theme::fixed(&[
        ("base.html", include_str!("desk/base.html")),
        ("overview.html", include_str!("desk/overview.html")),
        ("briefing.html", include_str!("desk/briefing.html")),
    ])
});

/// A page of the editor's view.
#[derive(Debug)]
pub struct View {
    /// Its status.
    pub status: StatusCode,
    /// Its type.
    pub mime: &'static str,
    /// Which state of it this is.
    pub version: Arc<str>,
    /// The page.
    pub body: Vec<u8>,
}

/// A page by its address below [`address::DESK`]; `None` if there is none.
#[must_use]
pub fn page(edition: &Edition, below: &str, query: &str) -> Option<View> {
    let subject =
        || Subject::find(edition, &field(query, "file")?, &field(query, "part").unwrap_or_default());
    match below {
        "" => Some(overview(edition, &field(query, "q").unwrap_or_default())),
        "briefing" => Some(briefing(edition, &subject()?)),
        "page" => forms::page(edition, &subject()?),
        "feed" => forms::feed(edition, &subject()?),
        "markdown" => Some(forms::markdown(edition, &subject()?)),
        _ => None,
    }
}

/// The state of a page of the editor's view.
#[must_use]
pub fn version(edition: &Edition, below: &str, query: &str) -> Arc<str> {
    page(edition, below, query).map_or_else(|| "".into(), |view| view.version)
}

fn overview(edition: &Edition, q: &str) -> View {
    let lists = listing::lists(edition);
    let wanted = q.trim().to_lowercase();
    let found: Vec<Item> = if wanted.is_empty() {
        Vec::new()
    } else {
        listing::found(edition, &wanted).into_iter().take(LISTED).collect()
    };
    let mut files: Vec<FileNotes> = listing::notes(edition);
    let more_files = files.len().saturating_sub(FILES);
    files.truncate(FILES);
    let shown = edition.site.whole.catalogue.entries.len();
    let count =
        if shown == 1 { "1 briefing is shown".to_owned() } else { format!("{shown} briefings are shown") };
    let data = frame(edition, q)
        .with("problems", &edition.problems)
        .with("count", &count)
        .with("found", &found)
        .with("drafts", &lists.drafts)
        .with("scheduled", &lists.scheduled)
        .with("expired", &lists.expired)
        .with("newest", &listing::newest(edition, LISTED))
        .with("files", &files)
        .with("more_files", &more_files);
    fill(edition, "overview.html", &data)
}

fn briefing(edition: &Edition, subject: &Subject<'_>) -> View {
    let item = listing::item(edition, subject.path, subject.briefing);
    let notes: Vec<FileNotes> = listing::notes(edition);
    let notes = notes.into_iter().find(|file| file.name == subject.path.as_str());
    let problems: Vec<_> =
        edition.problems.iter().filter(|problem| problem.file == subject.path.as_str()).collect();
    let data = frame(edition, "")
        .with("query", &listing::query(subject.path, subject.briefing.part))
        .with("item", &item)
        .with("standing", &listing::standing_words(edition, subject.briefing))
        .with("problems", &problems)
        .with("notes", &notes.map(|file| file.notes).unwrap_or_default())
        .with("tags", &forms::tags(edition, subject))
        .with("mentions", &forms::mentions(edition, subject))
        .with("forms", &subject.can_be_shown(edition))
        .with("markdown", &forms::written(edition, subject));
    fill(edition, "briefing.html", &data)
}

/// What every page of the editor's view has.
fn frame(edition: &Edition, q: &str) -> Data {
    let whole = &edition.site.whole;
    Data::new()
        .with("site", &whole.config.title)
        .with("home", &whole.href(&Route::home()))
        .with("desk", &address::DESK)
        .with("q", &q)
}

fn fill(edition: &Edition, template: &str, data: &Data) -> View {
    match TEMPLATES.fill(template, data.context()) {
        Ok(html) => {
            let version = digest(&html);
            let body = reload::with_script(html, &reload::script(edition, None, &version));
            View { status: StatusCode::OK, mime: mime::HTML, version, body }
        }
        Err(note) => View {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            mime: mime::TEXT,
            version: "".into(),
            body: note.message.into_bytes(),
        },
    }
}

/// A fingerprint of a page.
#[must_use]
pub fn digest(bytes: &[u8]) -> Arc<str> {
    blake3::hash(bytes).to_hex()[..16].into()
}

/// A field of a query, decoded; `None` if it is not there.
#[must_use]
pub fn field(query: &str, name: &str) -> Option<String> {
    let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    let bytes = value.replace('+', " ").into_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push(u8::try_from(high * 16 + low).ok()?);
                at += 3;
            }
            (byte, _, _) => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).ok()
}

/// A note as the editor's view shows it.
#[derive(Debug, Clone, Serialize)]
pub struct NoteView {
    /// `error`, `warning`, `note`.
    pub severity: &'static str,
    /// `bad-yaml`.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do; may be empty.
    pub help: String,
    /// From 1; 0 means the file as a whole.
    pub line: usize,
    /// Into the desk's editor; may be empty.
    pub edit: String,
}
