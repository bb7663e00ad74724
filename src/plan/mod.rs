//! Every file the site will have: pages, feeds, indexes, redirects, copies, each with its route.

mod page;
mod redirects;

use std::collections::{BTreeSet, HashMap};

use unicode_normalization::UnicodeNormalization;

pub use page::{FeedFormat, Page, PageKind, Scope};

use crate::catalogue::{Catalogue, Taxonomy};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Noted, Place};
use crate::route::Route;
use crate::source::SitePath;
use crate::standing;

/// The most addresses one sitemap may hold (sitemaps.org protocol, "Sitemap file limits").
pub const SITEMAP_LIMIT: usize = 50_000;

/// All files of the site.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// In a fixed order.
    pub pages: Vec<Page>,
    by_route: HashMap<Route, usize>,
}

impl Plan {
    /// Plans a site. `theme_assets` are the built-in theme's files below `static/`; `copied` the site's own
    /// files, each with the path it is published under.
    pub fn of(
        catalogue: &Catalogue,
        config: &Config,
        theme_assets: &[&'static str],
        copied: &[(SitePath, String)],
    ) -> Noted<Self> {
        let mut pages = Vec::new();
        let mut put = |route: Route, kind: PageKind| pages.push(Page { route, kind });
        let lists = |entries: usize| 1..=entries.div_ceil(config.page_size).max(1);

        for number in lists(catalogue.entries.len()) {
            put(Route::home().numbered(number), PageKind::Home { number });
        }
        for (id, entry) in catalogue.entries.iter().enumerate() {
            put(entry.route.clone(), PageKind::Briefing(id));
            put(entry.route.file_in("index.md"), PageKind::BriefingMarkdown(id));
        }
        for number in lists(catalogue.issues.len()) {
            put(Route::page(&["issues"]).numbered(number), PageKind::Issues { number });
        }
        for (at, issue) in catalogue.issues.iter().enumerate() {
            put(Route::issue(issue.date), PageKind::Issue(at));
        }
        for taxonomy in Taxonomy::ALL {
            let index = catalogue.index(taxonomy);
            // The contract's addresses exist from the first day; a series only where there is one.
            if taxonomy != Taxonomy::Series || !index.terms.is_empty() {
                put(Route::page(&[taxonomy.folder()]), PageKind::Terms(taxonomy));
            }
            for (at, term) in index.terms.iter().enumerate() {
                let route = Route::term(taxonomy.folder(), &term.id);
                for number in lists(term.entries.len()) {
                    put(route.numbered(number), PageKind::Term { taxonomy, term: at, number });
                }
                let scope = Scope::Term(taxonomy, at);
                put(route.file_in("feed.xml"), PageKind::Feed { scope, format: FeedFormat::Atom });
            }
        }
        for (name, format) in
            [("feed.xml", FeedFormat::Atom), ("rss.xml", FeedFormat::Rss), ("feed.json", FeedFormat::Json)]
        {
            put(Route::file_at_top(name), PageKind::Feed { scope: Scope::Site, format });
        }
        plan_archive(catalogue, &mut put);
        for (at, page) in catalogue.pages.iter().enumerate() {
            if let Some(route) = standing::route(&page.source) {
                put(route, PageKind::Standing(at));
            }
        }
        put(Route::page(&["search"]), PageKind::Search);
        put(Route::file_at_top("search.json"), PageKind::SearchIndex);
        put(Route::file_at_top("404.html"), PageKind::NotFound);
        put(Route::file_at_top("robots.txt"), PageKind::Robots);
        put(Route::file_at_top(".nojekyll"), PageKind::NoJekyll);
        let addresses = pages.iter().filter(|page| page.kind.is_listed()).count();
        pages.push(Page { route: Route::file_at_top("sitemap.xml"), kind: PageKind::Sitemap });
        if addresses > SITEMAP_LIMIT {
            for part in 1..=addresses.div_ceil(SITEMAP_LIMIT) {
                let route = Route::file_at_top(&format!("sitemap-{part}.xml"));
                pages.push(Page { route, kind: PageKind::SitemapPart(part) });
            }
        }
        plan_files(theme_assets, copied, &mut pages);
        let notes = redirects::plan(catalogue, &config.redirects, &mut pages);
        let mut plan = Self { pages, by_route: HashMap::new() };
        let mut all = plan.collisions(catalogue);
        all.extend(notes);
        plan.by_route = plan.pages.iter().enumerate().map(|(at, page)| (page.route.clone(), at)).collect();
        Noted::with(plan, all)
    }

    /// The page behind an address.
    #[must_use]
    pub fn page(&self, route: &Route) -> Option<&Page> {
        self.by_route.get(route).map(|at| &self.pages[*at])
    }

    /// Pages that want one address, or addresses that a file system may take for one.
    fn collisions(&self, catalogue: &Catalogue) -> Vec<Diagnostic> {
        let mut seen: HashMap<String, usize> = HashMap::with_capacity(self.pages.len());
        let mut notes = Vec::new();
        let mut told = BTreeSet::new();
        for (at, page) in self.pages.iter().enumerate() {
            let Some(first) = seen.insert(folded(&page.route), at) else {
                continue;
            };
            seen.insert(folded(&page.route), first);
            let source = |page: &Page| page.kind.source(catalogue);
            let texts = source(&self.pages[first]).zip(source(page));
            // A briefing's page and its Markdown go together: one note is enough.
            if texts.is_none_or(|texts| told.insert(texts)) {
                notes.push(collision(&self.pages[first], page, catalogue));
            }
        }
        notes
    }
}

/// The file behind a route as a forgiving file system sees it: NFC (UAX #15), lower case.
fn folded(route: &Route) -> String {
    let file = route.file();
    if file.is_ascii() { file.to_ascii_lowercase() } else { file.nfc().collect::<String>().to_lowercase() }
}

fn collision(first: &Page, second: &Page, catalogue: &Catalogue) -> Diagnostic {
    let sources = (first.kind.source(catalogue), second.kind.source(catalogue));
    let (one, other) = (first.kind.words(catalogue), second.kind.words(catalogue));
    let message = if first.route == second.route {
        format!("{one} and {other} both want the address {}", first.route.as_str())
    } else {
        format!(
            "{one} ({}) and {other} ({}) differ only in case or Unicode form",
            first.route.as_str(),
            second.route.as_str()
        )
    };
    let mut note = Diagnostic::error("address-taken", message)
        .help("give one of them another `slug:` in its front matter, or another file name");
    match sources {
        (Some(one), Some(two)) => note = note.in_file(&two).also(Place::file(&one), "the other one"),
        (Some(one), None) | (None, Some(one)) => note = note.in_file(&one),
        (None, None) => {}
    }
    note
}

fn plan_archive(catalogue: &Catalogue, put: &mut impl FnMut(Route, PageKind)) {
    put(Route::page(&["archive"]), PageKind::Archive);
    let mut last = None;
    for issue in catalogue.issues.iter() {
        let (year, month) = (issue.date.year(), issue.date.month());
        if last.is_none_or(|(y, _)| y != year) {
            put(Route::archive_year(year), PageKind::ArchiveYear(year));
        }
        if last != Some((year, month)) {
            put(Route::archive_month(year, month), PageKind::ArchiveMonth(year, month));
        }
        last = Some((year, month));
    }
}

/// Files that are copied. A site's own file stands for the built-in one of the same path, and for
/// `robots.txt` and `404.html`, which newsgen would make otherwise.
fn plan_files(theme_assets: &[&'static str], copied: &[(SitePath, String)], pages: &mut Vec<Page>) {
    let own: std::collections::HashSet<&str> =
        copied.iter().map(|(_, published)| published.as_str()).collect();
    pages.retain(|page| {
        let replaceable = matches!(page.kind, PageKind::Robots | PageKind::NotFound | PageKind::NoJekyll);
        !(replaceable && own.contains(page.route.as_str().trim_start_matches('/')))
    });
    for asset in theme_assets.iter().filter(|asset| !own.contains(*asset)) {
        pages.push(Page { route: Route::copied(asset), kind: PageKind::ThemeAsset(asset) });
    }
    for (source, published) in copied {
        pages.push(Page { route: Route::copied(published), kind: PageKind::Copied(source.clone()) });
    }
}
