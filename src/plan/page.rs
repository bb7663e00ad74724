//! One file of the site: its address, and what it shows.

use crate::catalogue::{Catalogue, EntryId, Taxonomy};
use crate::route::Route;
use crate::source::SitePath;

/// One file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its address.
    pub route: Route,
    /// What it shows.
    pub kind: PageKind,
}

/// What a file of the site shows. Numbers of list pages count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageKind {
    /// The newest briefings.
    Home {
        /// Which page of the list.
        number: usize,
    },
    /// One briefing.
    Briefing(EntryId),
    /// Its Markdown.
    BriefingMarkdown(EntryId),
    /// The list of all days.
    Issues {
        /// Which page of the list.
        number: usize,
    },
    /// The briefings of one day: a position in the catalogue's issues.
    Issue(usize),
    /// The terms of a taxonomy.
    Terms(Taxonomy),
    /// The briefings under one term.
    Term {
        /// Which taxonomy.
        taxonomy: Taxonomy,
        /// Which term: a position in the taxonomy's index.
        term: usize,
        /// Which page of the list.
        number: usize,
    },
    /// A feed.
    Feed {
        /// Which briefings it holds.
        scope: Scope,
        /// In which format.
        format: FeedFormat,
    },
    /// All years.
    Archive,
    /// One year.
    ArchiveYear(i16),
    /// One month.
    ArchiveMonth(i16, i8),
    /// A standing page: a position in the catalogue's pages.
    Standing(usize),
    /// The search page.
    Search,
    /// What the search page searches.
    SearchIndex,
    /// All addresses for search engines, or the list of the parts if there are too many for one file.
    Sitemap,
    /// One part of a large sitemap, from 1.
    SitemapPart(usize),
    /// What robots may read.
    Robots,
    /// What a wrong address shows.
    NotFound,
    /// Tells GitHub Pages to publish the files as they are.
    NoJekyll,
    /// An old address that leads to a new one.
    Redirect(Route),
    /// A file of the built-in theme, by its path below `static/`.
    ThemeAsset(&'static str),
    /// A file of the site that is only copied.
    Copied(SitePath),
}

/// Which briefings a feed holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// All.
    Site,
    /// Those under one term (a position in the taxonomy's index).
    Term(Taxonomy, usize),
}

/// The formats of feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FeedFormat {
    /// Atom (RFC 4287).
    Atom,
    /// RSS 2.0.
    Rss,
    /// JSON Feed 1.1.
    Json,
}

impl PageKind {
    /// Whether the page belongs into the sitemap: pages for readers, each once.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        match self {
            Self::Home { number } | Self::Issues { number } | Self::Term { number, .. } => *number == 1,
            Self::Briefing(_)
            | Self::Issue(_)
            | Self::Terms(_)
            | Self::Archive
            | Self::ArchiveYear(_)
            | Self::ArchiveMonth(..)
            | Self::Standing(_) => true,
            Self::BriefingMarkdown(_)
            | Self::Feed { .. }
            | Self::Search
            | Self::SearchIndex
            | Self::Sitemap
            | Self::SitemapPart(_)
            | Self::Robots
            | Self::NotFound
            | Self::NoJekyll
            | Self::Redirect(_)
            | Self::ThemeAsset(_)
            | Self::Copied(_) => false,
        }
    }

    /// Whether the page is HTML for readers.
    #[must_use]
    pub fn is_html(&self) -> bool {
        match self {
            Self::Home { .. }
            | Self::Briefing(_)
            | Self::Issues { .. }
            | Self::Issue(_)
            | Self::Terms(_)
            | Self::Term { .. }
            | Self::Archive
            | Self::ArchiveYear(_)
            | Self::ArchiveMonth(..)
            | Self::Standing(_)
            | Self::Search
            | Self::NotFound => true,
            Self::BriefingMarkdown(_)
            | Self::Feed { .. }
            | Self::SearchIndex
            | Self::Sitemap
            | Self::SitemapPart(_)
            | Self::Robots
            | Self::NoJekyll
            | Self::Redirect(_)
            | Self::ThemeAsset(_)
            | Self::Copied(_) => false,
        }
    }

    /// The file that an editor would open to change it.
    #[must_use]
    pub fn source(&self, catalogue: &Catalogue) -> Option<SitePath> {
        match self {
            Self::Briefing(id) | Self::BriefingMarkdown(id) => {
                Some(catalogue.entries[*id].briefing.source.clone())
            }
            Self::Issue(at) => Some(catalogue.issues[*at].introduction.as_ref()?.source.clone()),
            Self::Standing(at) => Some(catalogue.pages[*at].source.clone()),
            Self::Copied(path) => Some(path.clone()),
            Self::Redirect(target) => {
                let entry = catalogue.entries.iter().find(|entry| entry.route == *target);
                entry.map(|entry| entry.briefing.source.clone())
            }
            Self::Home { .. }
            | Self::Issues { .. }
            | Self::Terms(_)
            | Self::Term { .. }
            | Self::Feed { .. }
            | Self::Archive
            | Self::ArchiveYear(_)
            | Self::ArchiveMonth(..)
            | Self::Search
            | Self::SearchIndex
            | Self::Sitemap
            | Self::SitemapPart(_)
            | Self::Robots
            | Self::NotFound
            | Self::NoJekyll
            | Self::ThemeAsset(_) => None,
        }
    }

    /// What it is, in a message: `the briefing "…"`.
    #[must_use]
    pub fn words(&self, catalogue: &Catalogue) -> String {
        match self {
            Self::Home { .. } => "the home page".into(),
            Self::Briefing(id) => format!("the briefing \"{}\"", catalogue.entries[*id].briefing.title.text),
            Self::BriefingMarkdown(id) => {
                format!("the Markdown of \"{}\"", catalogue.entries[*id].briefing.title.text)
            }
            Self::Issues { .. } => "the list of issues".into(),
            Self::Issue(at) => format!("the issue of {}", catalogue.issues[*at].date),
            Self::Terms(taxonomy) => format!("the list of {}", taxonomy.folder()),
            Self::Term { taxonomy, term, .. } => {
                format!("the {} \"{}\"", taxonomy.word(), catalogue.index(*taxonomy).terms[*term].name)
            }
            Self::Feed { .. } => "a feed".into(),
            Self::Archive | Self::ArchiveYear(_) | Self::ArchiveMonth(..) => "the archive".into(),
            Self::Standing(at) => format!("the page \"{}\"", catalogue.pages[*at].title),
            Self::Search | Self::SearchIndex => "the search".into(),
            Self::Sitemap | Self::SitemapPart(_) => "the sitemap".into(),
            Self::Robots => "robots.txt".into(),
            Self::NotFound => "the page for wrong addresses".into(),
            Self::NoJekyll => "the mark for GitHub Pages".into(),
            Self::Redirect(target) => format!("an alias of {}", target.as_str()),
            Self::ThemeAsset(name) => format!("the theme's {name}"),
            Self::Copied(path) => format!("the file {path}"),
        }
    }
}
