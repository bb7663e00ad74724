//! One state of the site as it is shown, with what is wrong with it, and its pages while they are on their way.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use serde::Serialize;

use super::{mime, reload};
use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::{Page, PageKind};
use crate::render::Rendered;
use crate::route::{Route, percent_encoded};
use crate::shell::report;
use crate::site::{Settings, Site};
use crate::source::{SitePath, Sources};

/// One state of the site.
pub struct Edition {
    /// Counts from 1.
    pub number: u64,
    /// What is shown.
    pub site: Arc<Site>,
    /// All that is to be said about the folder as it is, broken files included.
    pub notes: Vec<Diagnostic>,
    /// The errors among the notes: while there are any, the site would not be published.
    pub problems: Vec<Problem>,
    /// Where the site folder is on this machine.
    root: Arc<Path>,
    /// The folder as it is, where it is not what is shown.
    folder: Option<Sources>,
    curtain: OnceLock<Arc<Site>>,
    on_their_way: Mutex<HashMap<Route, Weak<OnceLock<Made>>>>,
    versions: Mutex<HashMap<Route, Arc<str>>>,
}

/// An error, ready to be shown over a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// `bad-yaml`.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// The file, relative to the site folder; may be empty.
    pub file: String,
    /// From 1; 0 means the file as a whole.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// As the terminal shows it, with the line and a caret.
    pub drawn: String,
    /// Opens the place in the desk's editor; empty if `editor:` is not configured.
    pub edit: String,
}

/// A page, made.
#[derive(Debug)]
pub struct Made {
    /// What is sent.
    pub body: Vec<u8>,
    /// Its type, with the charset.
    pub mime: &'static str,
    /// Which state of the page this is; empty for what is not a page for readers.
    pub version: Arc<str>,
    /// Whether the template failed: the body says why.
    pub is_failure: bool,
}

/// A page as the body of an answer; keeps it alive until it is sent.
pub struct Sent(Arc<OnceLock<Made>>);

impl AsRef<[u8]> for Sent {
    fn as_ref(&self) -> &[u8] {
        self.0.get().map_or(&[], |made| &made.body)
    }
}

impl Edition {
    /// An edition: what is shown, all notes, and the folder as it is.
    #[must_use]
    pub fn new(
        number: u64,
        site: Arc<Site>,
        notes: Vec<Diagnostic>,
        root: Arc<Path>,
        folder: &Sources,
    ) -> Self {
        let link = EditLink { scheme: site.whole.config.editor.as_deref(), root: &root };
        let errors = notes.iter().filter(|note| note.severity == Severity::Error);
        let problems: Vec<Problem> = errors.map(|note| problem(note, folder, link)).collect();
        let folder = (!problems.is_empty()).then(|| folder.clone());
        Self {
            number,
            site,
            notes,
            problems,
            root,
            folder,
            curtain: OnceLock::new(),
            on_their_way: Mutex::default(),
            versions: Mutex::default(),
        }
    }

    /// The folder as it is.
    #[must_use]
    pub fn folder(&self) -> &Sources {
        self.folder.as_ref().unwrap_or(&self.site.sources)
    }

    /// The same site with its drafts and what is scheduled: for the editor's eyes, made when they first look.
    #[must_use]
    pub fn curtain(&self) -> &Site {
        let settings = self.site.settings();
        if settings.drafts && settings.future {
            return &self.site;
        }
        self.curtain.get_or_init(|| {
            let settings = Settings { drafts: true, future: true, ..settings.clone() };
            Arc::new(Site::of(self.site.sources.clone(), settings, Some(&self.site)).value)
        })
    }

    /// A page, made; `None` for files that are only copied. Who asks while another waits for the same page shares it,
    /// so that a crowd of slow readers costs one page, not one each.
    #[must_use]
    pub fn made(&self, page: &Page) -> Option<Arc<OnceLock<Made>>> {
        if matches!(page.kind, PageKind::Copied(_)) {
            return None;
        }
        let cell = {
            let mut on_their_way = lock(&self.on_their_way);
            if on_their_way.len() > 256 {
                on_their_way.retain(|_, weak| weak.strong_count() > 0);
            }
            match on_their_way.get(&page.route).and_then(Weak::upgrade) {
                Some(cell) => cell,
                None => {
                    let cell = Arc::new(OnceLock::new());
                    on_their_way.insert(page.route.clone(), Arc::downgrade(&cell));
                    cell
                }
            }
        };
        cell.get_or_init(|| self.make(page));
        Some(cell)
    }

    fn make(&self, page: &Page) -> Made {
        match self.site.render(page) {
            Ok(Rendered::Bytes(bytes)) if page.kind.is_html() => {
                let version = reload::version(&self.site, &bytes);
                let body = reload::with_script(bytes, &reload::script(self, Some(page), &version));
                Made { body, mime: mime::of_kind(page), version, is_failure: false }
            }
            Ok(Rendered::Bytes(body)) => {
                Made { body, mime: mime::of_kind(page), version: "".into(), is_failure: false }
            }
            Ok(Rendered::Copy(_)) => {
                Made { body: Vec::new(), mime: mime::of_kind(page), version: "".into(), is_failure: false }
            }
            Err(note) => {
                let problem = problem(&note, self.folder(), self.editor());
                let version: Arc<str> = blake3::hash(problem.drawn.as_bytes()).to_hex()[..16].into();
                let html = failure(&problem);
                let body =
                    reload::with_script(html.into_bytes(), &reload::script(self, Some(page), &version));
                Made { body, mime: mime::HTML, version, is_failure: true }
            }
        }
    }

    /// Which state of a page this edition has. Made once, however many listen.
    #[must_use]
    pub fn version_of(&self, page: &Page) -> Arc<str> {
        if let Some(version) = lock(&self.versions).get(&page.route) {
            return version.clone();
        }
        let made = self.made(page);
        let version =
            made.as_ref().and_then(|cell| cell.get()).map_or("".into(), |made| made.version.clone());
        lock(&self.versions).insert(page.route.clone(), version.clone());
        version
    }

    /// A link into the desk's editor; empty if `editor:` is not configured.
    #[must_use]
    pub fn edit_link(&self, path: &SitePath, line: usize) -> String {
        self.editor().to(path, line, 1)
    }

    fn editor(&self) -> EditLink<'_> {
        EditLink { scheme: self.site.whole.config.editor.as_deref(), root: &self.root }
    }
}

impl Sent {
    /// A page that has been made.
    #[must_use]
    pub fn new(cell: Arc<OnceLock<Made>>) -> Self {
        Self(cell)
    }
}

impl fmt::Debug for Edition {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Edition {} with {} problems", self.number, self.problems.len())
    }
}

/// A lock that a panic elsewhere does not close for good: what it guards is only a memory of pure results.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn problem(note: &Diagnostic, folder: &Sources, editor: EditLink<'_>) -> Problem {
    let place = note.place.as_ref();
    let text = place.and_then(|place| folder.text(&place.path));
    let position = place.and_then(|place| Some(report::line_and_column(&text?.text, place.span?.0)));
    let (line, column) = position.unwrap_or((0, 0));
    Problem {
        code: note.code,
        message: note.message.clone(),
        file: place.map_or_else(String::new, |place| place.path.to_string()),
        line,
        column,
        drawn: report::plain(note, folder),
        edit: place.map_or_else(String::new, |place| editor.to(&place.path, line.max(1), column.max(1))),
    }
}

/// Links into the desk's editor.
#[derive(Clone, Copy)]
struct EditLink<'a> {
    /// `vscode://file{path}:{line}`.
    scheme: Option<&'a str>,
    root: &'a Path,
}

impl EditLink<'_> {
    /// The scheme with a place set in; empty if there is none, or if it could run a script.
    fn to(self, path: &SitePath, line: usize, column: usize) -> String {
        let Some(scheme) = self.scheme else {
            return String::new();
        };
        let start = scheme.trim_start().to_ascii_lowercase();
        if ["javascript:", "data:", "vbscript:"].iter().any(|bad| start.starts_with(bad)) {
            return String::new();
        }
        let root = self.root.to_string_lossy().replace('\\', "/");
        let absolute = format!("/{}/{path}", root.trim_matches('/'));
        scheme
            .replace("{path}", &percent_encoded(&absolute))
            .replace("{line}", &line.to_string())
            .replace("{column}", &column.to_string())
    }
}

/// The page that stands for one whose template failed.
fn failure(problem: &Problem) -> String {
    let text = problem.drawn.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>This page cannot be shown</title></head>\
         <body><h1>This page cannot be shown</h1><pre>{text}</pre></body></html>\n"
    )
}
