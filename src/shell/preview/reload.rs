//! When an open page should show itself anew: only if its own bytes changed, and not for a style sheet, which is
//! swapped in place.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use serde::Serialize;
use tokio::sync::watch;

use super::address::{self, Found};
use super::edition::{Edition, Problem};
use crate::catalogue::Standing;
use crate::plan::{Page, PageKind};
use crate::route::Route;
use crate::site::Site;

/// The script that is added to every page.
pub const CLIENT: &str = include_str!("client.js");

/// A stream that has nothing to say says so, so that a browser that went away is noticed.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// What an open page is told: all that it needs to know, each time, so that nothing depends on having heard every word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct State<'a> {
    /// Which state of the page is the current one.
    version: Arc<str>,
    /// The fingerprints of the style sheets, by address.
    styles: BTreeMap<String, &'a str>,
    /// What is wrong.
    problems: &'a [Problem],
}

/// Which state a page is in: changes when its bytes do, or those of a file that it shows; not when a style sheet does.
#[must_use]
pub fn version(site: &Site, html: &[u8]) -> Arc<str> {
    let mut hasher = blake3::Hasher::new();
    let text = String::from_utf8_lossy(html);
    let base = site.whole.config.base_url.path();
    let opening = format!("=\"{base}");
    let mut from = 0;
    for (at, _) in text.match_indices(&opening) {
        let value = at + 2;
        let Some(length) = text[value..].find('"').filter(|_| value >= from) else {
            continue;
        };
        let address = &text[value..value + length];
        let path = address.split(['?', '#']).next().unwrap_or(address);
        match copied(site, path, base) {
            Some((name, _)) if is_style(&name) => {
                hasher.update(text[from..value].as_bytes()).update(path.as_bytes());
                from = value + length;
            }
            Some((_, Some(stamp))) => {
                hasher.update(&stamp.to_le_bytes());
            }
            _ => {}
        }
    }
    hasher.update(text[from..].as_bytes());
    hasher.finalize().to_hex()[..16].into()
}

/// The file behind an address, if it is one that is only copied, and what changes when it does.
fn copied(site: &Site, path: &str, base: &str) -> Option<(String, Option<u64>)> {
    let last = path.rsplit('/').next().unwrap_or("");
    if !last.contains('.') {
        return None;
    }
    let route = Route::decoded(&format!("/{}", path.strip_prefix(base)?))?;
    match &site.whole.plan.page(&route)?.kind {
        PageKind::Copied(source) => {
            let stamp = site.sources.copied(source).map(|file| file.stamp);
            Some((route.as_str().to_owned(), stamp))
        }
        PageKind::ThemeAsset(name) => Some(((*name).to_owned(), None)),
        _ => None,
    }
}

fn is_style(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("css"))
}

/// The script's element for one page: the only thing that is not published. What the script says about the page
/// stands in its attributes.
#[must_use]
pub fn script(edition: &Edition, page: Option<&Page>, version: &str) -> String {
    script_of(edition, &edition.site, page, version)
}

/// The same for a page of another arrangement of the site.
#[must_use]
pub fn script_of(edition: &Edition, site: &Site, page: Option<&Page>, version: &str) -> String {
    let mut element = format!("<script src=\"{}client.js\" data-version=\"{version}\"", address::DESK);
    let mut attribute = |name: &str, value: &str| {
        if !value.is_empty() {
            let value = value.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
            element.push_str(&format!(" data-{name}=\"{value}\""));
        }
    };
    if let Some(page) = page {
        let catalogue = &site.whole.catalogue;
        if let Some(source) = page.kind.source(catalogue) {
            attribute("source", source.as_str());
            attribute("edit", &edition.edit_link(&source, 1));
        }
        if let PageKind::Briefing(id) = page.kind {
            match catalogue.entries[id].standing {
                Standing::Draft => attribute("banner", "Draft: not published"),
                Standing::Scheduled(moment) => {
                    let zone = site.whole.config.time_zone.clone();
                    let local = moment.to_zoned(zone).strftime("%A %-d %B %Y, %H:%M %Z");
                    attribute("banner", &format!("Scheduled: public from {local}"));
                }
                Standing::Public | Standing::Expired(_) => {}
            }
        }
    }
    element.push_str("></script>");
    element
}

/// A page with the script at its end: before the last `</body>`, so that taking the element out gives the page back.
#[must_use]
pub fn with_script(mut html: Vec<u8>, script: &str) -> Vec<u8> {
    let closing = b"</body>";
    let at = html.windows(closing.len()).rposition(|window| window.eq_ignore_ascii_case(closing));
    let at = at.unwrap_or(html.len());
    html.splice(at..at, script.bytes());
    html
}

/// Tells an open page its state, now and after every change that concerns it. `path` is as in the browser's address.
pub fn stream(
    editions: watch::Receiver<Arc<Edition>>,
    path: String,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let start = Listener { editions, path: Arc::from(path), told: String::new(), is_first: true };
    let events = stream::unfold(start, |mut listener| async move {
        loop {
            if !std::mem::take(&mut listener.is_first) && listener.editions.changed().await.is_err() {
                return None;
            }
            let edition = listener.editions.borrow_and_update().clone();
            let path = listener.path.clone();
            let state = tokio::task::spawn_blocking(move || state(&edition, &path)).await.ok()?;
            if state != listener.told {
                listener.told.clone_from(&state);
                return Some((Ok(Event::default().event("state").data(state)), listener));
            }
        }
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT))
}

/// An open page.
struct Listener {
    editions: watch::Receiver<Arc<Edition>>,
    path: Arc<str>,
    told: String,
    is_first: bool,
}

/// The state of the page behind an address.
fn state(edition: &Edition, path: &str) -> String {
    let whole = &edition.site.whole;
    let styles = whole.fingerprints.iter().filter(|(name, _)| is_style(name));
    let styles = styles.map(|(name, print)| (whole.href(&Route::copied(name)), print.as_str())).collect();
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let version = match address::find(&edition.site, path) {
        Found::Page(page) => edition.version_of(page),
        Found::Desk(below) => super::editor::version(edition, &below, query),
        Found::Elsewhere(_) | Found::Missing | Found::Refused => {
            let not_found = whole.plan.page(&Route::file_at_top("404.html"));
            not_found.map_or("".into(), |page| edition.version_of(page))
        }
    };
    let state = State { version, styles, problems: &edition.problems };
    serde_json::to_string(&state).unwrap_or_default()
}
