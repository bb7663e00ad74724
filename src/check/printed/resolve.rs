//! Where an address on a printed page leads.

use std::collections::HashMap;

use crate::plan::Page;
use crate::route::Route;
use crate::site::Site;

/// Where an address leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leads {
    /// To a page of this site: its position among the pages, and the part of it that is meant.
    Inside {
        /// Which page.
        target: usize,
        /// The id in it, decoded; only for pages that are HTML.
        fragment: Option<String>,
    },
    /// To this site, where there is nothing.
    Nowhere,
    /// To this host, but not below the base path: right on a desk, broken once published.
    OutsideBase,
    /// To another site, over HTTP.
    Elsewhere,
    /// `mailto:`, `data:`, and whatever else is no page.
    NotChecked,
}

/// Knows all addresses of a site.
#[derive(Debug)]
pub struct Resolver<'a> {
    site: &'a Site,
    by_route: HashMap<&'a str, usize>,
}

impl<'a> Resolver<'a> {
    /// Of a site's pages.
    #[must_use]
    pub fn of(site: &'a Site) -> Self {
        let by_route = site.pages().iter().enumerate().map(|(at, page)| (page.route.as_str(), at)).collect();
        Self { site, by_route }
    }

    /// Where an address on a page leads.
    #[must_use]
    pub fn leads(&self, page: &Page, href: &str) -> Leads {
        let base = &self.site.whole.config.base_url;
        let href = href.trim();
        let own = base.href(&page.route);
        let path = match strip_prefix_ignoring_case(href, base.origin()) {
            Some("") => "/",
            Some(rest) if rest.starts_with(['/', '?', '#']) => rest,
            _ if href.starts_with("//") => return Leads::Elsewhere,
            _ => match scheme(href) {
                Some("http" | "https") => return Leads::Elsewhere,
                Some(_) => return Leads::NotChecked,
                None => href,
            },
        };
        let (path, fragment) = match path.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment)),
            None => (path, None),
        };
        let path = path.split('?').next().unwrap_or("");
        let joined = joined(&own, path);
        // `/repo` is answered with `/repo/`.
        let below = if joined.strip_suffix('/') == Some("") || format!("{joined}/") == base.path() {
            joined.strip_prefix(base.path().trim_end_matches('/'))
        } else {
            joined.strip_prefix(base.path())
        };
        let Some(below) = below else {
            return Leads::OutsideBase;
        };
        let Some(target) = self.page(&format!("/{}", below.trim_start_matches('/'))) else {
            return Leads::Nowhere;
        };
        // No fragment, `#top`, and `#:~:text=` lead to a page as a whole.
        let fragment = fragment
            .filter(|fragment| !fragment.is_empty() && *fragment != "top" && !fragment.starts_with(":~:"))
            .filter(|_| self.site.pages()[target].kind.is_html())
            .map(|fragment| decoded(fragment.split(":~:").next().unwrap_or("")));
        Leads::Inside { target, fragment }
    }

    /// An address of this site from the top; any other as it is.
    #[must_use]
    pub fn without_origin<'h>(&self, href: &'h str) -> &'h str {
        let rest = strip_prefix_ignoring_case(href.trim(), self.site.whole.config.base_url.origin());
        rest.filter(|rest| rest.starts_with('/')).unwrap_or(href)
    }

    fn page(&self, path: &str) -> Option<usize> {
        let route = Route::decoded(path)?;
        let route = route.as_str();
        let found = |route: &str| self.by_route.get(route).copied();
        found(route)
            .or_else(|| found(route.strip_suffix("index.html")?))
            .or_else(|| if route.ends_with('/') { None } else { found(&format!("{route}/")) })
    }
}

fn strip_prefix_ignoring_case<'h>(href: &'h str, prefix: &str) -> Option<&'h str> {
    let start = href.get(..prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then(|| &href[prefix.len()..])
}

/// The scheme of an address (RFC 3986, section 3.1).
fn scheme(href: &str) -> Option<&str> {
    let (scheme, _) = href.split_once(':')?;
    let is_one = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_one.then_some(scheme)
}

/// A relative address on a page, from the top (RFC 3986, section 5.2).
fn joined(own: &str, path: &str) -> String {
    if path.is_empty() {
        return own.to_owned();
    }
    let folder =
        if path.starts_with('/') { "" } else { own.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let mut is_folder = path.ends_with('/');
    for part in path.split('/') {
        is_folder = path.ends_with('/') || matches!(part, "." | "..");
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let slash = if is_folder && !parts.is_empty() { "/" } else { "" };
    format!("/{}{slash}", parts.join("/"))
}

/// Percent-encoded characters as themselves.
fn decoded(fragment: &str) -> String {
    Route::decoded(&format!("/{fragment}"))
        .map_or_else(|| fragment.to_owned(), |route| route.as_str()[1..].to_owned())
}
