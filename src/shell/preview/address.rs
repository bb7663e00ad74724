//! What an address in the browser means: nothing outside the plan has one, and no address is ever a path on the disk.

use crate::plan::Page;
use crate::route::Route;
use crate::site::Site;

/// Where the preview's own pages are: above the site's base path, so that they stay where they are when it changes.
pub const DESK: &str = "/_newsgen/";

/// The name of the same place below the base path.
const DESK_NAME: &str = "_newsgen";

/// What an address means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found<'a> {
    /// A page or file of the site.
    Page(&'a Page),
    /// One of the preview's own pages: the part below [`DESK`].
    Desk(String),
    /// Another address, as in a link.
    Elsewhere(String),
    /// Nothing of this site.
    Missing,
    /// Written as nobody writes addresses who means well.
    Refused,
}

/// Finds what an address means. `path` is as a browser sends it: percent-encoded, without query.
#[must_use]
pub fn find<'a>(site: &'a Site, path: &str) -> Found<'a> {
    if !path.starts_with('/') || is_devious(path) {
        return Found::Refused;
    }
    let Some(asked) = Route::decoded(path) else {
        return Found::Refused;
    };
    let base = Route::decoded(site.whole.config.base_url.path());
    let base = base.as_ref().map_or("/", Route::as_str);
    let asked = asked.as_str();
    for desk in [DESK.to_owned(), format!("{base}{DESK_NAME}/")] {
        if let Some(below) = asked.strip_prefix(&desk) {
            return Found::Desk(below.to_owned());
        }
        if asked == desk.trim_end_matches('/') {
            return Found::Elsewhere(desk);
        }
    }
    let Some(below) = asked.strip_prefix(base) else {
        let is_above = base.starts_with(asked) && (asked == "/" || base[asked.len()..].starts_with('/'));
        return if is_above { Found::Elsewhere(site.whole.href(&Route::home())) } else { Found::Missing };
    };
    let plan = &site.whole.plan;
    let route = Route::copied(below);
    if let Some(page) = plan.page(&route) {
        return Found::Page(page);
    }
    // As a server of files would: `index.html` is the folder's page, and a folder's name leads to it.
    if let Some(folder) = route.as_str().strip_suffix("index.html") {
        let page = Route::decoded(folder).and_then(|route| plan.page(&route));
        return page.map_or(Found::Missing, Found::Page);
    }
    let folder = Route::copied(&format!("{below}/"));
    match plan.page(&folder) {
        Some(page) if !below.is_empty() && !below.ends_with('/') => {
            Found::Elsewhere(site.whole.href(&page.route))
        }
        _ => Found::Missing,
    }
}

/// Whether an address hides a separator, climbs, or cannot be what a link says.
fn is_devious(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let hidden = ["%2f", "%5c", "%00", "\\"].iter().any(|bad| lower.contains(bad));
    let dots = lower.replace("%2e", ".");
    hidden || path.contains("//") || dots.split('/').any(|part| part == "." || part == "..")
}
