//! One page as bytes: which template, with which data.

use super::prose::Typesetter;
use super::theme::{self, Data, Prepared};
use super::view::{Link, PageView};
use super::whole::{Inside, Whole};
use super::{article, day, feed, lists, metadata, search, sitemap, words};
use crate::briefing;
use crate::catalogue::{EntryId, Taxonomy};
use crate::diagnostic::Diagnostic;
use crate::plan::{Page, PageKind};
use crate::route::Route;
use crate::source::SitePath;
use crate::standing::StandingText;

/// What a page becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rendered {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of a file of the site folder, unchanged.
    Copy(SitePath),
}

/// Renders a page.
///
/// # Errors
/// Only a template can fail: the note says where.
pub fn render(whole: &Whole, page: &Page) -> Result<Rendered, Box<Diagnostic>> {
    let frame = Frame { whole, page };
    let bytes = match &page.kind {
        PageKind::Home { number } => frame.home(*number)?,
        PageKind::Briefing(id) => frame.briefing(*id)?,
        PageKind::BriefingMarkdown(id) => {
            briefing::write(&whole.entry(*id).briefing, &whole.config.headings).into_bytes()
        }
        PageKind::Issues { number } => frame.issues(*number)?,
        PageKind::Issue(at) => frame.issue(*at)?,
        PageKind::Terms(taxonomy) => frame.terms(*taxonomy)?,
        PageKind::Term { taxonomy, term, number } => frame.term(*taxonomy, *term, *number)?,
        PageKind::Feed { scope, format } => feed::of(whole, &page.route, *scope, *format),
        PageKind::Archive => frame.archive()?,
        PageKind::ArchiveYear(year) => frame.period(*year, None)?,
        PageKind::ArchiveMonth(year, month) => frame.period(*year, Some(*month))?,
        PageKind::Standing(at) => frame.standing(&whole.catalogue.pages[*at])?,
        PageKind::Search => frame.search()?,
        PageKind::SearchIndex => search::index(whole),
        PageKind::Sitemap => sitemap::whole_or_index(whole),
        PageKind::SitemapPart(number) => sitemap::part(whole, *number),
        PageKind::Robots => sitemap::robots(whole),
        PageKind::NotFound => frame.not_found()?,
        PageKind::NoJekyll => Vec::new(),
        PageKind::Redirect(target) => frame.redirect(target)?,
        PageKind::ThemeAsset(name) => theme::asset(name).unwrap_or_default().to_vec(),
        PageKind::Copied(path) => return Ok(Rendered::Copy(path.clone())),
    };
    Ok(Rendered::Bytes(bytes))
}

type Bytes = Result<Vec<u8>, Box<Diagnostic>>;

/// A page being laid out.
struct Frame<'a> {
    whole: &'a Whole,
    page: &'a Page,
}

impl Frame<'_> {
    /// What belongs into `<head>`, as far as every page of a kind has it.
    fn head(&self, kind: &'static str, title: &str) -> PageView {
        PageView {
            title: title.to_owned(),
            description: self.whole.config.description.clone(),
            canonical: self.whole.absolute(&self.page.route),
            og_type: "website",
            json_ld: String::new(),
            feeds: Vec::new(),
            breadcrumbs: Vec::new(),
            section: lists::section(self.whole, &self.page.kind),
            noindex: false,
            kind,
        }
    }

    fn fill(&self, template: &str, head: &PageView, data: Data) -> Bytes {
        let site = self.whole.prepared_site().1.clone();
        let data = data.with_value("site", site).with("page", head);
        self.whole.theme.fill(template, data.context())
    }

    fn link(&self, name: &str, route: &Route) -> Link {
        Link { name: name.to_owned(), href: self.whole.href(route) }
    }

    fn numbered(title: &str, number: usize) -> String {
        match (title.is_empty(), number) {
            (_, 1) => title.to_owned(),
            (true, number) => format!("Page {number}"),
            (false, number) => format!("{title}, page {number}"),
        }
    }

    fn home(&self, number: usize) -> Bytes {
        let whole = self.whole;
        let mut head = self.head("home", &Self::numbered("", number));
        head.json_ld = metadata::site(whole);
        let total = whole.catalogue.entries.len();
        let latest = (number == 1 && !whole.catalogue.issues.is_empty())
            .then(|| lists::issue_view(whole, 0, self.introduction(0)));
        let data = Data::new()
            .with_value("cards", lists::newest(whole, number))
            .with("pagination", &lists::pagination(whole, &Route::home(), number, total))
            .with("issue", &latest);
        self.fill("home.html", &head, data)
    }

    fn briefing(&self, id: EntryId) -> Bytes {
        let whole = self.whole;
        let entry = whole.entry(id);
        let view = article::view(whole, id);
        let mut head = self.head("briefing", &view.title);
        head.description = whole.summary(id);
        head.og_type = "article";
        head.json_ld = metadata::article(whole, id);
        head.noindex = !view.status.is_empty();
        head.breadcrumbs = vec![self.link(words::ISSUES, &Route::page(&["issues"])), view.issue.clone()];
        let first_terms = [Taxonomy::Region, Taxonomy::Category].into_iter().flat_map(|taxonomy| {
            entry.tagged(taxonomy).take(2).map(move |tag| (taxonomy, whole.catalogue.term(tag)))
        });
        head.feeds = first_terms.flat_map(|term| whole.feed_links(Some(term))).collect();
        self.fill("briefing.html", &head, Data::new().with("briefing", &view))
    }

    fn issues(&self, number: usize) -> Bytes {
        let whole = self.whole;
        let head = self.head("issues", &Self::numbered(words::ISSUES, number));
        let total = whole.catalogue.issues.len();
        let pagination = lists::pagination(whole, &Route::page(&["issues"]), number, total);
        let data = Data::new().with("issues", &lists::issues(whole, number)).with("pagination", &pagination);
        self.fill("issues.html", &head, data)
    }

    fn issue(&self, at: usize) -> Bytes {
        let view = lists::issue_view(self.whole, at, self.introduction(at));
        let mut head = self.head("issue", &view.title);
        head.breadcrumbs = vec![self.link(words::ISSUES, &Route::page(&["issues"]))];
        let introduction = self.whole.catalogue.issues[at].introduction.as_ref();
        if let Some(summary) = introduction.and_then(|introduction| introduction.summary.clone()) {
            head.description = summary;
        }
        self.fill("issue.html", &head, Data::new().with("issue", &view))
    }

    /// What the desk writes above an issue, as HTML.
    fn introduction(&self, at: usize) -> String {
        let introduction = self.whole.catalogue.issues[at].introduction.as_ref();
        introduction.map_or_else(String::new, |text| self.markdown(text))
    }

    fn markdown(&self, text: &StandingText) -> String {
        let addresses = Inside { whole: self.whole, source: &text.source, absolute: false };
        let config = &self.whole.config;
        let reserved = ["content", "top", "notes"];
        let mut page =
            Typesetter::new(&addresses, config.content_policy, config.highlight, String::new(), &reserved);
        let mut html = page.body(text.markdown(), 2);
        html.push_str(&page.footnotes());
        html
    }

    fn terms(&self, taxonomy: Taxonomy) -> Bytes {
        let head = self.head("terms", taxonomy.title());
        let data = Data::new()
            .with("title", &taxonomy.title())
            .with("taxonomy", &taxonomy.word())
            .with("groups", &lists::term_groups(self.whole, taxonomy));
        self.fill("terms.html", &head, data)
    }

    fn term(&self, taxonomy: Taxonomy, at: usize, number: usize) -> Bytes {
        let whole = self.whole;
        let term = &whole.catalogue.index(taxonomy).terms[at];
        let view = lists::term_view(whole, taxonomy, at, number);
        let mut head = self.head("term", &Self::numbered(&view.name, number));
        head.feeds = whole.feed_links(Some((taxonomy, term)));
        head.breadcrumbs = vec![view.all.clone()];
        let route = whole.term_route(taxonomy, term);
        let data = Data::new()
            .with("term", &view)
            .with_value("cards", lists::cards(whole, &term.entries, number))
            .with("pagination", &lists::pagination(whole, &route, number, term.entries.len()));
        self.fill("term.html", &head, data)
    }

    fn archive(&self) -> Bytes {
        let head = self.head("archive", words::ARCHIVE);
        self.fill("archive.html", &head, Data::new().with("years", &lists::years(self.whole)))
    }

    fn period(&self, year: i16, month: Option<i8>) -> Bytes {
        let whole = self.whole;
        let title = match month {
            Some(month) => format!("{} {year}", day::month_name(month)),
            None => year.to_string(),
        };
        let mut head = self.head("period", &title);
        head.breadcrumbs = vec![self.link(words::ARCHIVE, &Route::page(&["archive"]))];
        if month.is_some() {
            head.breadcrumbs.push(self.link(&year.to_string(), &Route::archive_year(year)));
        }
        let entries = lists::period(whole, year, month);
        let cards = Prepared::list(entries.iter().map(|id| whole.prepared_card(*id)));
        let months = lists::years(whole).into_iter().find(|period| period.name == year.to_string());
        let data = Data::new()
            .with("title", &title)
            .with_value("cards", cards)
            .with("months", &months.map(|period| period.months).unwrap_or_default());
        self.fill("period.html", &head, data)
    }

    fn standing(&self, text: &StandingText) -> Bytes {
        let mut head = self.head("standing", &text.title);
        if let Some(summary) = &text.summary {
            head.description.clone_from(summary);
        }
        let data = Data::new().with("title", &text.title).with("html", &self.markdown(text));
        self.fill("page.html", &head, data)
    }

    fn search(&self) -> Bytes {
        let mut head = self.head("search", words::SEARCH);
        head.noindex = true;
        self.fill("search.html", &head, Data::new())
    }

    fn not_found(&self) -> Bytes {
        let mut head = self.head("not-found", "Page not found");
        head.noindex = true;
        head.canonical = String::new();
        let newest = self.whole.catalogue.entries.len().min(5);
        let cards = Prepared::list((0..newest).map(|id| self.whole.prepared_card(id)));
        self.fill("404.html", &head, Data::new().with_value("cards", cards))
    }

    fn redirect(&self, target: &Route) -> Bytes {
        let mut head = self.head("redirect", "This page has moved");
        head.noindex = true;
        head.canonical = self.whole.absolute(target);
        let target = self.link("", target);
        self.fill("redirect.html", &head, Data::new().with("target", &target.href))
    }
}
