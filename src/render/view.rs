//! What a template may see: plain data, nothing to call. Every field is always there; what is missing is `null`,
//! an empty text or an empty list. Texts named `…html` are finished HTML (print them with `| safe`); all others are
//! plain text.

use serde::Serialize;

/// A link: print `{{ link.href }}`, never glue paths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// As printed.
    pub name: String,
    /// The address, base path included.
    pub href: String,
}

/// A day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Day {
    /// `2025-06-05`, for `datetime` attributes.
    pub iso: String,
    /// `5 June 2025` (`June 5, 2025` where the language is `en-US`; the ISO form in other languages than English).
    pub long: String,
    /// `5 Jun`.
    pub short: String,
    /// `Thursday`, empty in other languages than English.
    pub weekday: String,
}

/// What every page has.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SiteView {
    /// The newsletter's name.
    pub title: String,
    /// One sentence about it; may be empty.
    pub description: String,
    /// BCP 47.
    pub language: String,
    /// `ltr` or `rtl`: the direction that language is written in.
    pub direction: &'static str,
    /// Who publishes; may be empty.
    pub publisher: String,
    /// The home page.
    pub home: String,
    /// The built-in navigation and the site's own.
    pub navigation: Vec<Link>,
    /// Standing pages with a place in the menu.
    pub pages: Vec<Link>,
    /// The regions that have briefings, in the order of `regions.yaml`.
    pub regions: Vec<Link>,
    /// The style sheet, with its fingerprint.
    pub style: String,
    /// The script, with its fingerprint.
    pub script: String,
    /// The icon.
    pub icon: String,
    /// The site's logo; may be empty.
    pub logo: String,
    /// `/search/`.
    pub search: String,
    /// What the search page searches.
    pub search_index: String,
    /// `/archive/`.
    pub archive: String,
    /// `/feed.xml`, `/rss.xml`, `/feed.json`.
    pub feeds: Vec<FeedLink>,
    /// A CSS colour; may be empty.
    pub accent: String,
    /// A line for the footer; may be empty.
    pub footer: String,
}

/// A feed for `<link rel="alternate">`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeedLink {
    /// As printed.
    pub title: String,
    /// The address.
    pub href: String,
    /// The MIME type.
    pub mime: &'static str,
}

/// What belongs into `<head>`, and where the page stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageView {
    /// The headline, without the site's name; empty on the home page.
    pub title: String,
    /// For search engines and cards; may be empty.
    pub description: String,
    /// The address with scheme and host; empty on the page for wrong addresses.
    pub canonical: String,
    /// `article` or `website` (Open Graph).
    pub og_type: &'static str,
    /// Finished JSON-LD for a `<script>`; may be empty.
    pub json_ld: String,
    /// Feeds of this page's own subject.
    pub feeds: Vec<FeedLink>,
    /// The way here from the home page, without the page itself.
    pub breadcrumbs: Vec<Link>,
    /// Which of the navigation's links is open: an address; may be empty.
    pub section: String,
    /// Whether search engines should pass by.
    pub noindex: bool,
    /// `briefing`, `home`, `term` …: a class for style sheets.
    pub kind: &'static str,
}

/// A briefing in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Card {
    /// The headline.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Its day.
    pub date: Day,
    /// Its category, or `null`.
    pub category: Option<Link>,
    /// One or two sentences.
    pub summary: String,
    /// Its regions.
    pub regions: Vec<Link>,
    /// Its first actors, at most four.
    pub actors: Vec<Link>,
    /// Whom its implications are for.
    pub audiences: Vec<String>,
    /// `draft`, `scheduled` or empty.
    pub status: &'static str,
}

/// The pages of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pagination {
    /// This page, from 1.
    pub number: usize,
    /// How many there are.
    pub count: usize,
    /// The page with newer briefings, or `null`.
    pub newer: Option<String>,
    /// The page with older ones, or `null`.
    pub older: Option<String>,
    /// All pages, at most nine around this one: (number, address, whether it is this one).
    pub pages: Vec<PageNumber>,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageNumber {
    /// From 1.
    pub number: usize,
    /// Its address.
    pub href: String,
    /// Whether it is the one being shown.
    pub current: bool,
}

/// A briefing's page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BriefingView {
    /// The headline.
    pub title: String,
    /// Its address.
    pub href: String,
    /// Its day.
    pub date: Day,
    /// The day of its last change of substance, or `null`.
    pub updated: Option<Day>,
    /// Its category, or `null`.
    pub category: Option<Link>,
    /// Desks or people.
    pub authors: Vec<String>,
    /// A summary the author wrote; may be empty.
    pub summary: String,
    /// Its regions.
    pub regions: Vec<Link>,
    /// Its countries.
    pub countries: Vec<Link>,
    /// Its actors.
    pub actors: Vec<Link>,
    /// What happened.
    pub facts_html: String,
    /// The heading above the implications.
    pub implications_heading: String,
    /// Each "For somebody".
    pub implications: Vec<ImplicationView>,
    /// What we think, or `null`.
    pub view: Option<SectionView>,
    /// The other sections.
    pub sections: Vec<SectionView>,
    /// The footnotes as an ordered list; may be empty.
    pub footnotes_html: String,
    /// Other briefings, each with the reason.
    pub related: Vec<RelatedView>,
    /// Where the facts come from.
    pub sources: Vec<SourceView>,
    /// What has been corrected.
    pub corrections: Vec<CorrectionView>,
    /// Its series, or `null`.
    pub series: Option<SeriesView>,
    /// Its issue.
    pub issue: Link,
    /// The briefing before it in time, or `null`.
    pub previous: Option<Link>,
    /// The briefing after it in time, or `null`.
    pub next: Option<Link>,
    /// Its Markdown.
    pub markdown: String,
    /// How long it takes to read, in minutes, at 230 words a minute.
    pub minutes: usize,
    /// `draft`, `scheduled` or empty.
    pub status: &'static str,
}

/// One implication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImplicationView {
    /// The element's id.
    pub id: String,
    /// `For investors`; empty if the author names nobody.
    pub heading: String,
    /// The page with all implications for the same audience, or `null`.
    pub lens: Option<String>,
    /// The text.
    pub html: String,
}

/// A part under a heading of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionView {
    /// The element's id.
    pub id: String,
    /// The heading.
    pub heading: String,
    /// The text.
    pub html: String,
}

/// A briefing that belongs beside another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RelatedView {
    /// The briefing.
    pub link: Link,
    /// Its day.
    pub date: Day,
    /// Why: `Russia and Volodymyr Zelensky`.
    pub reason: String,
}

/// A source of the facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceView {
    /// What it is called.
    pub title: String,
    /// Where it is; may be empty.
    pub url: String,
}

/// A correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionView {
    /// When.
    pub date: Day,
    /// What was wrong.
    pub note: String,
}

/// The series a briefing is part of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeriesView {
    /// The series' page.
    pub link: Link,
    /// Which part this is, from 1, oldest first.
    pub number: usize,
    /// How many parts there are.
    pub count: usize,
}

/// A term's page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TermView {
    /// As printed.
    pub name: String,
    /// `region`, `actor` …
    pub taxonomy: &'static str,
    /// `person`, `country`, `igo` …
    pub kind: String,
    /// What it is, as printed above its name: `Person`, `Region`.
    pub label: &'static str,
    /// How many briefings there are.
    pub count: usize,
    /// The day of the newest.
    pub latest: Day,
    /// The day of the oldest.
    pub earliest: Day,
    /// The list of all terms of the taxonomy.
    pub all: Link,
    /// Terms of other taxonomies that often stand beside it.
    pub beside: Vec<TermLink>,
    /// What briefings say of it in their implications and views, newest first.
    pub mentions: Vec<MentionView>,
}

/// What a briefing says of a term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MentionView {
    /// Where it stands: `implication` or `view`.
    pub part: &'static str,
    /// `For investors`, `What we think`; empty on a lens's own page, where all are for the same audience.
    pub heading: String,
    /// How it begins, as plain text.
    pub text: String,
    /// Into the briefing's part.
    pub link: Link,
    /// The briefing's day.
    pub date: Day,
}

/// A term in a list of terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TermLink {
    /// As printed.
    pub name: String,
    /// Its page.
    pub href: String,
    /// `person`, `country`, `igo` …
    pub kind: String,
    /// How many briefings stand under it.
    pub count: usize,
    /// The day of the newest.
    pub latest: Day,
}

/// Terms that are listed together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TermGroup {
    /// The heading: `People`; empty where there is one group only.
    pub heading: String,
    /// By name, or in the order of `regions.yaml`.
    pub terms: Vec<TermLink>,
}

/// The briefings of a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IssueView {
    /// The edition's name, or its day.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Its day.
    pub date: Day,
    /// What the desk writes above it; may be empty.
    pub introduction_html: String,
    /// Its briefings.
    pub cards: Vec<Card>,
    /// The issue before it, or `null`.
    pub previous: Option<Link>,
    /// The issue after it, or `null`.
    pub next: Option<Link>,
}

/// A month or a year of the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Period {
    /// `June 2025`, `2025`.
    pub name: String,
    /// Its page.
    pub href: String,
    /// How many briefings it has.
    pub count: usize,
    /// Its months, newest first; empty for a month.
    pub months: Vec<Period>,
}

/// `rtl` for the languages that are written from right to left, by their primary subtag, unless a script subtag
/// says otherwise (`ar-Latn`).
#[must_use]
pub fn direction(language: &str) -> &'static str {
    const RIGHT_TO_LEFT: [&str; 12] =
        ["ar", "ckb", "dv", "fa", "he", "iw", "nqo", "ps", "sd", "ug", "ur", "yi"];
    let mut subtags = language.split('-');
    let primary = subtags.next().unwrap_or("").to_ascii_lowercase();
    let is_latin = subtags.any(|subtag| subtag.eq_ignore_ascii_case("latn"));
    if RIGHT_TO_LEFT.contains(&primary.as_str()) && !is_latin { "rtl" } else { "ltr" }
}
