//! Standing pages (`content/pages/`) and introductions to editions (`content/issues/`): Markdown with a small head.

use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Noted};
use crate::route::{Route, slug};
use crate::source::SitePath;
use crate::yaml::{self, Piece};

/// A text of the site that is not a briefing.
#[derive(Debug, Clone, PartialEq)]
pub struct StandingText {
    /// The file.
    pub source: SitePath,
    /// What the file says.
    pub text: Arc<str>,
    /// Where its Markdown starts, in bytes.
    pub body: usize,
    /// The headline.
    pub title: String,
    /// One sentence for lists and search engines.
    pub summary: Option<String>,
    /// The day, for an edition.
    pub date: Option<Date>,
    /// Not to be published.
    pub draft: bool,
    /// Where it stands in the navigation: smaller numbers first; `None` keeps it out.
    pub menu: Option<u64>,
    /// Old addresses that lead here, each with its place in the file.
    pub aliases: Vec<(Route, std::ops::Range<usize>)>,
    /// Codes of checks that are allowed here, each with its place in the file.
    pub allow: Vec<(String, std::ops::Range<usize>)>,
}

impl StandingText {
    /// The Markdown.
    #[must_use]
    pub fn markdown(&self) -> &str {
        &self.text[self.body..]
    }
}

/// Reads a standing text. Without a title in the head, the first `#` heading, then the file's name is the title.
pub fn read(path: &SitePath, text: &Arc<str>) -> Noted<StandingText> {
    let mut notes = Vec::new();
    let mut standing = StandingText {
        source: path.clone(),
        text: text.clone(),
        body: 0,
        title: String::new(),
        summary: None,
        date: None,
        draft: false,
        menu: None,
        aliases: Vec::new(),
        allow: Vec::new(),
    };
    match yaml::fenced(text) {
        Ok(Some((head, body))) => {
            standing.body = body;
            read_head(path, text, head, &mut standing, &mut notes);
        }
        Ok(None) => {}
        Err(fence) => notes.push(
            Diagnostic::error("unclosed-front-matter", "the head of this file has no closing `---`")
                .at(path, fence)
                .help("put `---` on a line of its own below the last `key: value`"),
        ),
    }
    if standing.title.is_empty() {
        let trimmed = text[standing.body..].trim_start();
        let first = trimmed.lines().next().unwrap_or("");
        if let Some(heading) = first.strip_prefix("# ") {
            heading.trim_end_matches('#').trim().clone_into(&mut standing.title);
            standing.body = text.len() - trimmed.len() + first.len();
        } else {
            standing.title = path.stem().replace(['-', '_'], " ");
        }
    }
    if standing.date.is_none() {
        standing.date = path.stem().get(..10).and_then(|start| start.parse().ok());
    }
    Noted::with(standing, notes)
}

fn read_head(
    path: &SitePath,
    text: &str,
    head: std::ops::Range<usize>,
    standing: &mut StandingText,
    notes: &mut Vec<Diagnostic>,
) {
    let piece = Piece { path, text: &text[head.clone()], offset: head.start };
    let mut fields = match yaml::read(piece, yaml::LARGEST) {
        Ok(fields) => fields,
        Err(note) => return notes.push(note),
    };
    standing.title = fields.text("title").unwrap_or_default();
    standing.summary = fields.text("summary");
    standing.date = fields.date("date");
    standing.draft = fields.flag("draft").unwrap_or(false);
    standing.menu = fields.number("menu");
    standing.allow = fields.texts("allow").unwrap_or_default();
    for (alias, span) in fields.texts("aliases").unwrap_or_default() {
        match Route::written(&alias) {
            Ok(route) => standing.aliases.push((route, span)),
            Err(why) => fields
                .note(Diagnostic::error("bad-alias", why).at(path, span).help("write it as `/old/name/`")),
        }
    }
    notes.extend(fields.finish());
}

/// The address of a standing page: its path below `content/pages/`, each part as a slug.
#[must_use]
pub fn route(path: &SitePath) -> Option<Route> {
    let below = path.below("content/pages")?;
    let stem = below.rsplit_once('.').map_or(below, |(stem, _)| stem);
    let mut parts: Vec<String> = stem.split('/').map(slug).collect();
    if parts.last().is_some_and(|last| last == "index") {
        parts.pop();
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| Route::page(&parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str) -> Noted<StandingText> {
        read(&SitePath::new(path), &Arc::from(text))
    }

    #[test]
    fn a_page_without_a_head_takes_its_first_heading() {
        let page = check("content/pages/about.md", "# About us\n\nWe write.\n");
        assert_eq!((page.value.title.as_str(), page.value.markdown().trim()), ("About us", "We write."));
        assert!(page.notes.is_empty());
    }

    #[test]
    fn a_head_that_is_never_closed_is_an_error() {
        let page = check("content/pages/about.md", "---\ntitle: x\n");
        assert_eq!(page.notes[0].code, "unclosed-front-matter");
    }

    #[test]
    fn an_edition_takes_its_day_from_its_name() {
        let page = check("content/issues/2025-06-05-summit.md", "Hello.\n");
        assert_eq!(page.value.date.map(|date| date.to_string()), Some("2025-06-05".into()));
    }

    #[test]
    fn pages_in_folders_keep_their_folders() {
        let address = |path: &str| route(&SitePath::new(path)).map(|route| route.as_str().to_owned());
        assert_eq!(address("content/pages/About Us.md"), Some("/about-us/".into()));
        assert_eq!(address("content/pages/team/index.md"), Some("/team/".into()));
        assert_eq!(address("content/pages/index.md"), None);
    }
}
