//! What every page may look at while it is being rendered, and what is made once for many pages.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::prose::{self, Addresses};
use super::theme::{Prepared, Theme};
use super::view::{Card, Day, FeedLink, Link, SiteView};
use super::{day, words};
use crate::catalogue::{Catalogue, Entry, EntryId, Standing, Tagged, Taxonomy, Term};
use crate::config::{Config, Target};
use crate::plan::{PageKind, Plan};
use crate::route::Route;
use crate::source::SitePath;
use crate::standing;

/// How long a summary made of the lead may be, in characters.
const SUMMARY_LENGTH: usize = 240;

/// The site as the renderer sees it.
#[derive(Debug)]
pub struct Whole {
    /// The settings.
    pub config: Config,
    /// The briefings.
    pub catalogue: Catalogue,
    /// All addresses.
    pub plan: Arc<Plan>,
    /// The templates.
    pub theme: Arc<Theme>,
    /// The order of regions, by id.
    pub region_order: Vec<String>,
    /// The region each country belongs to, by ids.
    pub country_regions: BTreeMap<String, String>,
    /// The fingerprints of style sheets and scripts, by published path.
    pub fingerprints: BTreeMap<String, String>,
    cards: Vec<OnceLock<Prepared>>,
    feed_bodies: Vec<OnceLock<Arc<str>>>,
    site: OnceLock<(SiteView, Prepared)>,
}

/// What the gazetteer says of regions.
#[derive(Debug, Clone, Default)]
pub struct Regions {
    /// Their ids, in the order of `regions.yaml`.
    pub order: Vec<String>,
    /// The region of each country, by ids.
    pub of_countries: BTreeMap<String, String>,
}

impl Whole {
    /// Brings together what pages are made of.
    #[must_use]
    pub fn of(
        config: Config,
        catalogue: Catalogue,
        plan: Arc<Plan>,
        theme: Arc<Theme>,
        regions: Regions,
        fingerprints: BTreeMap<String, String>,
    ) -> Self {
        let count = catalogue.entries.len();
        Self {
            config,
            catalogue,
            plan,
            theme,
            region_order: regions.order,
            country_regions: regions.of_countries,
            fingerprints,
            cards: std::iter::repeat_with(OnceLock::new).take(count).collect(),
            feed_bodies: std::iter::repeat_with(OnceLock::new).take(count).collect(),
            site: OnceLock::new(),
        }
    }

    /// A route as printed in pages.
    #[must_use]
    pub fn href(&self, route: &Route) -> String {
        self.config.base_url.href(route)
    }

    /// A route as printed in feeds and canonical links.
    #[must_use]
    pub fn absolute(&self, route: &Route) -> String {
        self.config.base_url.absolute(route)
    }

    /// A day as printed.
    #[must_use]
    pub fn day(&self, date: jiff::civil::Date) -> Day {
        day::day(date, &self.config.language)
    }

    /// One briefing in its place.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.catalogue.entries[id]
    }

    /// The address of a term's page.
    #[must_use]
    pub fn term_route(&self, taxonomy: Taxonomy, term: &Term) -> Route {
        Route::term(taxonomy.folder(), &term.id)
    }

    /// A link to a term's page.
    #[must_use]
    pub fn tag_link(&self, tag: &Tagged) -> Link {
        let term = self.catalogue.term(tag);
        Link { name: term.name.to_string(), href: self.href(&self.term_route(tag.taxonomy, term)) }
    }

    /// Links to a briefing's terms of one taxonomy.
    #[must_use]
    pub fn tag_links(&self, entry: &Entry, taxonomy: Taxonomy) -> Vec<Link> {
        entry.tagged(taxonomy).map(|tag| self.tag_link(tag)).collect()
    }

    /// A link to a briefing.
    #[must_use]
    pub fn entry_link(&self, id: EntryId) -> Link {
        let entry = self.entry(id);
        Link { name: entry.briefing.title.text.clone(), href: self.href(&entry.route) }
    }

    /// A briefing as it stands in lists.
    #[must_use]
    pub fn card(&self, id: EntryId) -> Card {
        let entry = self.entry(id);
        let briefing = &entry.briefing;
        Card {
            title: briefing.title.text.clone(),
            href: self.href(&entry.route),
            date: self.day(entry.date),
            category: entry.tagged(Taxonomy::Category).next().map(|tag| self.tag_link(tag)),
            summary: self.summary(id),
            regions: self.tag_links(entry, Taxonomy::Region),
            actors: entry.tagged(Taxonomy::Actor).take(4).map(|tag| self.tag_link(tag)).collect(),
            audiences: briefing
                .implications
                .iter()
                .filter_map(|one| Some(one.audience.as_ref()?.text.clone()))
                .collect(),
            status: status(entry.standing),
        }
    }

    /// The same, ready for many templates.
    #[must_use]
    pub fn prepared_card(&self, id: EntryId) -> Prepared {
        self.cards[id].get_or_init(|| Prepared::of(&self.card(id))).clone()
    }

    /// The full content of a briefing for feeds, with absolute links, made once.
    #[must_use]
    pub fn feed_body(&self, id: EntryId, make: impl FnOnce() -> String) -> Arc<str> {
        self.feed_bodies[id].get_or_init(|| Arc::from(make())).clone()
    }

    /// What the author says in a sentence or two, else the start of the lead.
    #[must_use]
    pub fn summary(&self, id: EntryId) -> String {
        let briefing = &self.entry(id).briefing;
        if let Some(summary) = &briefing.head.summary {
            return summary.clone();
        }
        let bodies = [Some(&briefing.lead), briefing.view.as_ref().map(|view| &view.body)];
        let blocks = || bodies.into_iter().flatten().flat_map(|body| &body.blocks);
        let first = |summary: &dyn Fn(&str) -> String| {
            blocks().map(|block| summary(&block.markdown)).find(|text| !text.is_empty())
        };
        let headline = &briefing.title.text;
        let below = first(&|text| prose::summary_below(headline, text, SUMMARY_LENGTH));
        let summary = below.or_else(|| first(&|text| prose::summary(text, SUMMARY_LENGTH)));
        summary.unwrap_or_default()
    }

    /// What every page has.
    #[must_use]
    pub fn site(&self) -> &SiteView {
        &self.prepared_site().0
    }

    pub(super) fn prepared_site(&self) -> &(SiteView, Prepared) {
        self.site.get_or_init(|| {
            let view = self.make_site();
            let prepared = Prepared::of(&view);
            (view, prepared)
        })
    }

    fn make_site(&self) -> SiteView {
        let config = &self.config;
        let top = |name: &str| self.href(&Route::page(&[name]));
        let mut navigation = vec![
            Link { name: words::LATEST.into(), href: self.href(&Route::home()) },
            Link { name: words::ISSUES.into(), href: top("issues") },
        ];
        for taxonomy in [Taxonomy::Region, Taxonomy::Actor, Taxonomy::Category, Taxonomy::Lens] {
            if !self.catalogue.index(taxonomy).terms.is_empty() {
                navigation.push(Link { name: taxonomy.title().into(), href: top(taxonomy.folder()) });
            }
        }
        navigation.push(Link { name: words::ARCHIVE.into(), href: top("archive") });
        navigation.extend(config.navigation.iter().map(|item| Link {
            name: item.name.clone(),
            href: match &item.target {
                Target::Inside(route) => self.href(route),
                Target::Outside(address) => address.clone(),
            },
        }));
        let mut pages: Vec<_> = self.catalogue.pages.iter().collect();
        pages.sort_by_key(|page| (page.menu.unwrap_or(u64::MAX), page.source.clone()));
        let pages = pages.into_iter().filter_map(|page| {
            Some(Link { name: page.title.clone(), href: self.href(&standing::route(&page.source)?) })
        });
        SiteView {
            title: config.title.clone(),
            description: config.description.clone(),
            language: config.language.clone(),
            direction: super::view::direction(&config.language),
            publisher: config.publisher.clone(),
            home: self.href(&Route::home()),
            navigation,
            pages: pages.collect(),
            regions: self.regions(),
            style: self.asset("css/newsgen.css"),
            script: self.asset("js/newsgen.js"),
            icon: self.asset("icon.svg"),
            logo: config.theme.logo.as_deref().map(|logo| self.asset(logo)).unwrap_or_default(),
            search: top("search"),
            search_index: self.href(&Route::file_at_top("search.json")),
            archive: top("archive"),
            feeds: self.feed_links(None),
            accent: config.theme.accent.clone().unwrap_or_default(),
            footer: config.theme.footer.clone().unwrap_or_default(),
        }
    }

    /// The regions that have briefings, in the order of `regions.yaml`, unknown ones last.
    fn regions(&self) -> Vec<Link> {
        let mut terms: Vec<&Term> = self.catalogue.index(Taxonomy::Region).terms.iter().collect();
        terms.sort_by_key(|term| self.region_rank(&term.id));
        let link = |term: &&Term| Link {
            name: term.name.to_string(),
            href: self.href(&self.term_route(Taxonomy::Region, term)),
        };
        terms.iter().map(link).collect()
    }

    /// Where a region stands in the order of `regions.yaml`.
    #[must_use]
    pub fn region_rank(&self, id: &str) -> usize {
        self.region_order.iter().position(|known| known == id).unwrap_or(usize::MAX)
    }

    /// An address of a copied file, with its fingerprint, so that a new style sheet is never mistaken for an old one.
    fn asset(&self, path: &str) -> String {
        let path = path.trim_start_matches('/');
        let href = self.href(&Route::copied(path));
        match self.fingerprints.get(path) {
            Some(fingerprint) => format!("{href}?v={fingerprint}"),
            None => href,
        }
    }

    /// The site's feeds, or those of one term.
    #[must_use]
    pub fn feed_links(&self, term: Option<(Taxonomy, &Term)>) -> Vec<FeedLink> {
        let link =
            |title: &str, route: &Route, mime| FeedLink { title: title.into(), href: self.href(route), mime };
        match term {
            Some((taxonomy, term)) => {
                let route = self.term_route(taxonomy, term).file_in("feed.xml");
                let title = format!("{}: {}", self.config.title, term.name);
                vec![link(&title, &route, "application/atom+xml")]
            }
            None => {
                let title = &self.config.title;
                vec![
                    link(&format!("{title} (Atom)"), &Route::file_at_top("feed.xml"), "application/atom+xml"),
                    link(&format!("{title} (RSS)"), &Route::file_at_top("rss.xml"), "application/rss+xml"),
                    link(
                        &format!("{title} (JSON)"),
                        &Route::file_at_top("feed.json"),
                        "application/feed+json",
                    ),
                ]
            }
        }
    }
}

/// `draft`, `scheduled` or nothing: only previews show the first two.
pub(super) fn status(standing: Standing) -> &'static str {
    match standing {
        Standing::Draft => "draft",
        Standing::Scheduled(_) => "scheduled",
        Standing::Public | Standing::Expired(_) => "",
    }
}

/// The path under which a file that is only copied is published: `static/x` is `x`; what lies beside the texts
/// in `content/` keeps its folder.
#[must_use]
pub fn published_path(path: &SitePath) -> Option<&str> {
    path.below("static").or_else(|| path.below("content"))
}

/// The links of one text.
pub(super) struct Inside<'a> {
    /// The site.
    pub whole: &'a Whole,
    /// The file the text is in.
    pub source: &'a SitePath,
    /// Whether addresses get scheme and host.
    pub absolute: bool,
}

impl Inside<'_> {
    fn printed(&self, route: &Route) -> String {
        if self.absolute { self.whole.absolute(route) } else { self.whole.href(route) }
    }
}

impl Addresses for Inside<'_> {
    fn inside(&self, written: &str) -> Option<String> {
        let end = written.find(['?', '#']).unwrap_or(written.len());
        let (path, rest) = written.split_at(end);
        let route = if path == "/" {
            Route::home()
        } else if path.starts_with('/') {
            Route::decoded(path)?
        } else if path.is_empty() {
            return None;
        } else {
            self.whole.beside(self.source, path)?
        };
        Some(format!("{}{rest}", self.printed(&route)))
    }
}

impl Whole {
    /// What a relative path in a text means: another briefing's file, a page's file, a picture beside it.
    fn beside(&self, source: &SitePath, path: &str) -> Option<Route> {
        let target = source.beside(path)?;
        let decoded = Route::decoded(&format!("/{path}"));
        if let Some(id) = self.catalogue.of_source(&target) {
            return Some(self.entry(id).route.clone());
        }
        if let Some(page) = self.catalogue.pages.iter().find(|page| page.source == target) {
            return standing::route(&page.source);
        }
        let copied = Route::copied(published_path(&target)?);
        match self.plan.page(&copied) {
            Some(page) if matches!(page.kind, PageKind::Copied(_)) => Some(copied),
            // A name relative to the top, as pasted from elsewhere: `img/chart.png` in static/.
            _ => decoded.filter(|route| self.plan.page(route).is_some()),
        }
    }
}
