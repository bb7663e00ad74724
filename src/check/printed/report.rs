//! What is wrong on printed pages, said once, at the place in the text that an editor would mend.

use std::collections::BTreeMap;

use crate::check::document::Document;
use crate::diagnostic::{Diagnostic, Place, Severity, nearest};
use crate::route::Route;
use crate::site::Site;
use crate::source::SitePath;

/// An address that leads nowhere, on one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong with it.
    pub code: &'static str,
    /// As printed.
    pub href: String,
    /// On which page: its position.
    pub page: usize,
}

/// The most addresses for which the nearest right one is looked for.
const HINTS: usize = 50;

/// One note for each address and text; one alone for what stands on many pages and in no text.
pub fn notes(site: &Site, findings: Vec<Finding>) -> Vec<Diagnostic> {
    let places = Places::of(site);
    let mut groups: BTreeMap<(&'static str, String), Vec<usize>> = BTreeMap::new();
    for finding in findings {
        groups.entry((finding.code, finding.href)).or_default().push(finding.page);
    }
    let mut hints = HINTS;
    let mut notes = Vec::new();
    for ((code, href), pages) in groups {
        let mut by_place: BTreeMap<Option<Place>, Vec<usize>> = BTreeMap::new();
        for page in pages {
            by_place.entry(places.of_address(page, &href)).or_default().push(page);
        }
        // A link in a text is on lists, issues and in feeds too; the text is where it is mended.
        if by_place.keys().any(|place| place.as_ref().is_some_and(|place| place.span.is_some())) {
            by_place.retain(|place, _| place.as_ref().is_some_and(|place| place.span.is_some()));
        }
        let near = (hints > 0).then(|| near(site, &href)).flatten();
        hints = hints.saturating_sub(1);
        for (place, pages) in by_place {
            notes.push(note(site, code, &href, place, &pages, near.as_deref()));
        }
    }
    notes
}

fn note(
    site: &Site,
    code: &'static str,
    href: &str,
    place: Option<Place>,
    pages: &[usize],
    near: Option<&str>,
) -> Diagnostic {
    let first = site.pages()[pages[0]].route.as_str();
    let others = match pages.len() {
        1 => String::new(),
        2 => " and one other page".to_owned(),
        many => format!(" and {} other pages", many - 1),
    };
    let on = format!("on {first}{others}");
    let (severity, message, help) = match code {
        "broken-image" => (
            Severity::Error,
            format!("there is no picture at {href} ({on})"),
            "put it into static/, or correct the address",
        ),
        "broken-fragment" => (
            Severity::Warning,
            format!(
                "nothing is called `#{}` where {href} leads ({on})",
                href.split_once('#').map_or("", |(_, id)| id)
            ),
            "link to the page, or to a heading that is there",
        ),
        "outside-base" => (
            Severity::Error,
            format!(
                "{href} leads out of the site, which begins at {} ({on})",
                site.whole.config.base_url.path()
            ),
            "write the whole address, with https://, if another site is meant",
        ),
        _ => (
            Severity::Error,
            format!("{href} leads nowhere ({on})"),
            "correct the address, or take the link out",
        ),
    };
    let help = near.map_or_else(|| help.to_owned(), |near| format!("did you mean {near}?"));
    let mut note = Diagnostic::warning(code, message).help(help);
    note.severity = severity;
    note.place = place;
    note
}

/// The nearest address that there is.
fn near(site: &Site, href: &str) -> Option<String> {
    let base = &site.whole.config.base_url;
    let path = href.split(['?', '#']).next()?;
    let below = path.strip_prefix(base.path())?;
    let route = Route::decoded(&format!("/{below}"))?;
    let routes = site.pages().iter().map(|page| page.route.as_str());
    nearest(route.as_str(), routes).filter(|near| *near != route.as_str()).map(str::to_owned)
}

/// Where the addresses of pages stand in the texts behind them.
#[derive(Debug)]
pub struct Places<'a> {
    site: &'a Site,
}

impl<'a> Places<'a> {
    /// Of a site.
    #[must_use]
    pub fn of(site: &'a Site) -> Self {
        Self { site }
    }

    /// The place of an address in the text behind a page; the text as a whole if it is not found; `None` if the page
    /// has no text of its own.
    #[must_use]
    pub fn of_address(&self, page: usize, href: &str) -> Option<Place> {
        let path = self.site.pages()[page].kind.source(&self.site.whole.catalogue)?;
        let text = self.site.sources.text(&path)?;
        let documents = self.documents(&path);
        let links = documents.iter().flat_map(|document| &document.links);
        let pictures = documents.iter().flat_map(|document| &document.pictures);
        let mut written = links
            .map(|(address, span)| (address.as_str(), span))
            .chain(pictures.map(|picture| (picture.address.as_str(), &picture.span)));
        let found =
            written.find(|(address, _)| self.is_printed_as(address, href)).map(|(_, span)| span.clone());
        // `sources:` in the head, and bare addresses.
        let found = found.or_else(|| text.text.find(href).map(|at| at..at + href.len()));
        Some(match found {
            Some(span) => Place::span(&path, span),
            None => Place::file(&path),
        })
    }

    fn documents(&self, path: &SitePath) -> Vec<Document<'a>> {
        let site = self.site;
        if let (Some(file), Some(text)) = (site.files.get(path), site.sources.text(path)) {
            return file
                .briefings
                .iter()
                .map(|found| Document::of_briefing(&found.briefing, &text.text))
                .collect();
        }
        let introductions =
            site.whole.catalogue.issues.iter().filter_map(|issue| issue.introduction.as_ref());
        let mut standing = site.whole.catalogue.pages.iter().chain(introductions);
        standing
            .find(|text| text.source == *path)
            .map(|text| Document::of_standing(text))
            .into_iter()
            .collect()
    }

    /// Whether an address in a text is the one that is printed.
    fn is_printed_as(&self, written: &str, printed: &str) -> bool {
        if written == printed {
            return true;
        }
        let end = written.find(['?', '#']).unwrap_or(written.len());
        let (path, rest) = written.split_at(end);
        let base = &self.site.whole.config.base_url;
        let route = if path.starts_with('/') { Route::decoded(path) } else { None };
        route.is_some_and(|route| {
            printed == format!("{}{rest}", base.href(&route))
                || printed == format!("{}{rest}", base.absolute(&route))
        })
    }
}
