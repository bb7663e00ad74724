//! A site made of texts, for tests.
#![allow(dead_code, reason = "each test uses its own part of it")]

use newsgen::diagnostic::Diagnostic;
use newsgen::plan::Page;
use newsgen::render::Rendered;
use newsgen::site::{Settings, Site};
use newsgen::source::Sources;

/// A site and the notes of its making.
pub struct Built {
    pub site: Site,
    pub notes: Vec<Diagnostic>,
}

/// A site of these texts, at the end of 2026.
pub fn build(texts: &[(&str, &str)]) -> Built {
    build_as_of("2026-12-31T00:00:00Z", texts)
}

/// A site of these texts, at a moment.
pub fn build_as_of(now: &str, texts: &[(&str, &str)]) -> Built {
    build_with(texts, |settings| settings.now = now.parse().expect("a timestamp"))
}

/// A site of these texts, with other settings.
pub fn build_with(texts: &[(&str, &str)], change: impl FnOnce(&mut Settings)) -> Built {
    let mut sources = Sources::new();
    if !texts.iter().any(|(path, _)| *path == "newsgen.yaml") {
        sources.add_text("newsgen.yaml", "title: Test\nbase_url: https://example.org/\n");
    }
    texts.iter().for_each(|(path, text)| sources.add_text(path, text));
    let mut settings = Settings::at("2026-12-31T00:00:00Z".parse().expect("a timestamp"));
    change(&mut settings);
    let noted = Site::of(sources, settings, None);
    Built { site: noted.value, notes: noted.notes }
}

impl Built {
    fn find(&self, route: &str) -> Option<&Page> {
        self.site.pages().iter().find(|page| page.route.as_str() == route)
    }

    pub fn has(&self, route: &str) -> bool {
        self.find(route).is_some()
    }

    /// A page as text.
    pub fn page(&self, route: &str) -> String {
        let page = self.find(route).unwrap_or_else(|| panic!("no {route}; notes: {:#?}", self.notes));
        self.text(page)
    }

    fn text(&self, page: &Page) -> String {
        match self.site.render(page) {
            Ok(Rendered::Bytes(bytes)) => String::from_utf8(bytes).expect("pages are UTF-8"),
            Ok(Rendered::Copy(path)) => format!("(copy of {path})"),
            Err(note) => panic!("{} fails: {}", page.route.as_str(), note.message),
        }
    }

    /// Every page with its address.
    pub fn all(&self) -> impl Iterator<Item = (String, String)> {
        self.site.pages().iter().map(|page| (page.route.as_str().to_owned(), self.text(page)))
    }

    pub fn has_note(&self, code: &str) -> bool {
        self.notes.iter().any(|note| note.code == code)
    }

    /// The first note of a code.
    pub fn note(&self, code: &str) -> &Diagnostic {
        self.notes
            .iter()
            .find(|note| note.code == code)
            .unwrap_or_else(|| panic!("no {code} in {:#?}", self.notes))
    }
}
