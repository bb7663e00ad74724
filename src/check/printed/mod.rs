//! The site as it is printed: links, pictures, feeds, the base path, weight. Every page is rendered in memory.

pub mod feed;
pub mod html;
mod report;
mod resolve;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Place};
use crate::plan::{FeedFormat, Page, PageKind, Scope};
use crate::render::Rendered;
use crate::site::Site;
use html::{Address, Purpose};
use report::Finding;
use resolve::{Leads, Resolver};

/// The heaviest page that opens at once on a train, in bytes.
pub const HEAVIEST_PAGE: usize = 500 * 1024;

/// The heaviest picture, in bytes.
pub const HEAVIEST_PICTURE: u64 = 1024 * 1024;

/// What the printed pages show.
#[derive(Debug, Default)]
pub struct Printed {
    /// What is wrong with them.
    pub notes: Vec<Diagnostic>,
    /// The addresses of other sites, each with the first place that links to it.
    pub external: BTreeMap<String, Option<Place>>,
}

/// Renders every page and looks at it. `done` is told of every page.
#[must_use]
pub fn read(site: &Site, done: &(dyn Fn() + Sync)) -> Printed {
    let resolver = Resolver::of(site);
    let looked: Vec<Looked> = site
        .pages()
        .par_iter()
        .enumerate()
        .map(|(at, page)| {
            let looked = look(site, &resolver, at, page);
            done();
            looked
        })
        .collect();
    let mut findings = Vec::new();
    let mut notes = Vec::new();
    let mut external: BTreeMap<String, usize> = BTreeMap::new();
    for (at, looked_at) in looked.iter().enumerate() {
        notes.extend(looked_at.notes.iter().cloned());
        findings.extend(looked_at.findings.iter().cloned());
        for (target, fragment, href) in &looked_at.fragments {
            if !looked[*target].ids.contains(fragment) {
                findings.push(Finding { code: "broken-fragment", href: href.clone(), page: at });
            }
        }
        for href in &looked_at.external {
            external.entry(href.clone()).or_insert(at);
        }
    }
    notes.extend(report::notes(site, findings));
    notes.extend(heavy_pictures(site));
    let places = report::Places::of(site);
    let external = external.into_iter().map(|(href, page)| {
        let place = places.of_address(page, &href);
        (href, place)
    });
    Printed { external: external.collect(), notes }
}

/// What is seen on one page.
#[derive(Debug, Default)]
struct Looked {
    ids: BTreeSet<String>,
    findings: Vec<Finding>,
    /// Page, id, address as printed.
    fragments: Vec<(usize, String, String)>,
    external: BTreeSet<String>,
    notes: Vec<Diagnostic>,
}

fn look(site: &Site, resolver: &Resolver<'_>, at: usize, page: &Page) -> Looked {
    let mut looked = Looked::default();
    let bytes = match site.render(page) {
        Ok(Rendered::Bytes(bytes)) => bytes,
        Ok(Rendered::Copy(_)) => return looked,
        Err(note) => {
            looked.notes.push(*note);
            return looked;
        }
    };
    let is_page = page.kind.is_html() || matches!(page.kind, PageKind::Redirect(_));
    let text = String::from_utf8_lossy(&bytes);
    let addresses = match &page.kind {
        _ if is_page => {
            let html = html::read(&text);
            looked.of_page(site, page, &html, bytes.len());
            html.addresses
        }
        PageKind::Feed { format: FeedFormat::Json, .. } => feed::json(&text),
        // The texts of feeds of terms are those of the site's feed.
        PageKind::Feed { scope, .. } => feed::xml(&text, *scope == Scope::Site),
        PageKind::Sitemap | PageKind::SitemapPart(_) => feed::xml(&text, false),
        _ => Vec::new(),
    };
    let mut seen = BTreeSet::new();
    for Address { href, purpose } in addresses {
        if !seen.insert((href.clone(), purpose)) {
            continue;
        }
        let leads = resolver.leads(page, &href);
        // Feeds print whole addresses; what is wrong with one is wrong with the other.
        let href = resolver.without_origin(&href).to_owned();
        match leads {
            Leads::Inside { target, fragment } => {
                if let Some(fragment) = fragment {
                    looked.fragments.push((target, fragment, href));
                }
            }
            Leads::Nowhere => {
                let code = if purpose == Purpose::Picture { "broken-image" } else { "broken-link" };
                looked.findings.push(Finding { code, href, page: at });
            }
            Leads::OutsideBase => looked.findings.push(Finding { code: "outside-base", href, page: at }),
            Leads::Elsewhere => {
                if page.kind.is_html() && purpose != Purpose::Asset {
                    looked.external.insert(href);
                }
            }
            Leads::NotChecked => {}
        }
    }
    looked
}

impl Looked {
    fn of_page(&mut self, site: &Site, page: &Page, html: &html::Html, bytes: usize) {
        let object = |code, message: String| {
            let note = Diagnostic::warning(code, message);
            match page.kind.source(&site.whole.catalogue) {
                Some(path) => note.in_file(&path),
                None => note,
            }
        };
        let address = page.route.as_str();
        if html.title.is_empty() {
            let note = object("missing-title", format!("the page {address} has no title"));
            self.notes.push(note.help("fill `<title>` in the template"));
        }
        if bytes > HEAVIEST_PAGE {
            let message = format!("the page {address} weighs {} KB", bytes / 1024);
            let help = format!(
                "keep pages below {} KB: divide the text, or show fewer on a page",
                HEAVIEST_PAGE / 1024
            );
            self.notes.push(object("heavy-page", message).help(help));
        }
        for id in &html.ids {
            if !self.ids.insert(id.clone()) {
                let message = format!("two parts of the page {address} have the id `{id}`");
                self.notes.push(
                    object("duplicate-id", message).help("a link to it finds only the first: rename one"),
                );
            }
        }
    }
}

/// Pictures of the site's own that are too heavy for a page.
fn heavy_pictures(site: &Site) -> Vec<Diagnostic> {
    let is_picture = |ending: &str| {
        matches!(
            ending.to_ascii_lowercase().as_str(),
            "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "svg" | "bmp"
        )
    };
    let heavy = site
        .sources
        .statics()
        .filter(|(path, file)| is_picture(path.extension()) && file.bytes > HEAVIEST_PICTURE);
    heavy
        .map(|(path, file)| {
            let message = format!("this picture weighs {:.1} MB", file.bytes as f64 / (1024.0 * 1024.0));
            Diagnostic::warning("heavy-image", message)
                .in_file(path)
                .help("scale it down to the width it is shown at, or save it as WebP or AVIF")
        })
        .collect()
}

#[cfg(test)]
mod tests;
