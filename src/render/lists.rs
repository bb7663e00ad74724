//! Pages that list briefings: home, terms, issues, archive.

use std::collections::BTreeMap;

use super::day::month_name;
use super::theme::Prepared;
use super::view::{
    Card, IssueView, Link, MentionView, PageNumber, Pagination, Period, TermGroup, TermLink, TermView,
};
use super::whole::Whole;
use super::{article, prose, words};
use crate::catalogue::{EntryId, Tagged, Taxonomy, Term};
use crate::gazetteer::Part;
use crate::plan::PageKind;
use crate::route::Route;

/// How many terms stand beside a term, and how many mentions are listed.
const BESIDE: usize = 12;
const MENTIONS: usize = 12;

/// How much of a mention is shown, in characters.
const MENTION_LENGTH: usize = 180;

/// How many of a term's newest briefings are looked at for what stands beside it.
const LOOKED_AT: usize = 200;

/// The briefings of one page of a list.
pub(super) fn cards(whole: &Whole, entries: &[EntryId], number: usize) -> Prepared {
    let size = whole.config.page_size;
    let shown = entries.iter().skip((number - 1) * size).take(size);
    Prepared::list(shown.map(|id| whole.prepared_card(*id)))
}

/// The same for the whole catalogue.
pub(super) fn newest(whole: &Whole, number: usize) -> Prepared {
    let size = whole.config.page_size;
    let first = (number - 1) * size;
    let last = (first + size).min(whole.catalogue.entries.len());
    Prepared::list((first..last).map(|id| whole.prepared_card(id)))
}

/// The pages of a list of `total` things that starts at `route`.
pub(super) fn pagination(whole: &Whole, route: &Route, number: usize, total: usize) -> Pagination {
    let count = total.div_ceil(whole.config.page_size).max(1);
    let href = |number: usize| whole.href(&route.numbered(number));
    let first = number.saturating_sub(4).max(1);
    let last = (first + 8).min(count);
    let first = last.saturating_sub(8).max(1);
    Pagination {
        number,
        count,
        newer: (number > 1).then(|| href(number - 1)),
        older: (number < count).then(|| href(number + 1)),
        pages: (first..=last)
            .map(|page| PageNumber { number: page, href: href(page), current: page == number })
            .collect(),
    }
}

/// A term in a list of terms.
fn term_link(whole: &Whole, taxonomy: Taxonomy, term: &Term) -> TermLink {
    TermLink {
        name: term.name.to_string(),
        href: whole.href(&whole.term_route(taxonomy, term)),
        kind: term.kind.into(),
        count: term.entries.len(),
        latest: whole.day(term.latest),
    }
}

/// All terms of a taxonomy, actors by kind, regions in their own order.
pub(super) fn term_groups(whole: &Whole, taxonomy: Taxonomy) -> Vec<TermGroup> {
    let terms = &whole.catalogue.index(taxonomy).terms;
    let link = |term: &Term| term_link(whole, taxonomy, term);
    match taxonomy {
        Taxonomy::Actor => {
            let mut groups: BTreeMap<&str, Vec<TermLink>> = BTreeMap::new();
            for term in terms {
                groups.entry(words::kind_heading(term.kind)).or_default().push(link(term));
            }
            let in_order = words::KIND_ORDER.into_iter();
            in_order
                .filter_map(|heading| {
                    Some(TermGroup { heading: heading.into(), terms: groups.remove(heading)? })
                })
                .collect()
        }
        Taxonomy::Country => {
            let regions = whole.catalogue.index(Taxonomy::Region);
            let mut groups: BTreeMap<(usize, String), Vec<TermLink>> = BTreeMap::new();
            for term in terms {
                groups.entry(home_region(whole, term, &regions.terms)).or_default().push(link(term));
            }
            groups.into_iter().map(|((_, heading), terms)| TermGroup { heading, terms }).collect()
        }
        Taxonomy::Region => {
            let mut links: Vec<(usize, TermLink)> =
                terms.iter().map(|term| (whole.region_rank(&term.id), link(term))).collect();
            links.sort_by_key(|(rank, _)| *rank);
            vec![TermGroup {
                heading: String::new(),
                terms: links.into_iter().map(|(_, link)| link).collect(),
            }]
        }
        Taxonomy::Category | Taxonomy::Lens | Taxonomy::Series => {
            vec![TermGroup { heading: String::new(), terms: terms.iter().map(link).collect() }]
        }
    }
}

/// The region a country is listed under: that of the gazetteer.
fn home_region(whole: &Whole, country: &Term, regions: &[Term]) -> (usize, String) {
    let region = whole.country_regions.get(&*country.id);
    match region.and_then(|id| regions.iter().find(|term| *term.id == **id)) {
        Some(term) => (whole.region_rank(&term.id), term.name.to_string()),
        None => (usize::MAX, "Elsewhere".into()),
    }
}

/// A term's page.
pub(super) fn term_view(whole: &Whole, taxonomy: Taxonomy, at: usize, number: usize) -> TermView {
    let term = &whole.catalogue.index(taxonomy).terms[at];
    // What stands beside a term is shown once, on its first page.
    let (beside, mentions) = if number == 1 {
        (beside(whole, taxonomy, at, term), mentions(whole, taxonomy, at, term))
    } else {
        (Vec::new(), Vec::new())
    };
    TermView {
        name: term.name.to_string(),
        taxonomy: taxonomy.word(),
        kind: term.kind.into(),
        label: words::label(taxonomy, term.kind),
        count: term.entries.len(),
        latest: whole.day(term.latest),
        earliest: whole.day(term.entries.last().map_or(term.latest, |id| whole.entry(*id).date)),
        all: Link { name: taxonomy.title().into(), href: whole.href(&Route::page(&[taxonomy.folder()])) },
        beside,
        mentions,
    }
}

/// The actors and regions that most often stand beside a term, the most frequent first.
fn beside(whole: &Whole, taxonomy: Taxonomy, at: usize, term: &Term) -> Vec<TermLink> {
    let mut counts: BTreeMap<(Taxonomy, usize), usize> = BTreeMap::new();
    for id in term.entries.iter().take(LOOKED_AT) {
        for tag in &whole.entry(*id).tags {
            let counted = matches!(tag.taxonomy, Taxonomy::Actor | Taxonomy::Region);
            let same_name = || whole.catalogue.term(tag).id == term.id;
            if counted && (tag.taxonomy, tag.term) != (taxonomy, at) && !same_name() {
                *counts.entry((tag.taxonomy, tag.term)).or_default() += 1;
            }
        }
    }
    let mut ranked: Vec<((Taxonomy, usize), usize)> = counts.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let link = |((taxonomy, term), count): ((Taxonomy, usize), usize)| TermLink {
        count,
        ..term_link(whole, taxonomy, &whole.catalogue.index(taxonomy).terms[term])
    };
    ranked.into_iter().take(BESIDE).map(link).collect()
}

/// Where implications and views speak of a term: "implications for Ukraine", "our view on Iran".
fn mentions(whole: &Whole, taxonomy: Taxonomy, at: usize, term: &Term) -> Vec<MentionView> {
    let mut mentions = Vec::new();
    for id in &term.entries {
        let entry = whole.entry(*id);
        let Some(tag) = entry.tagged(taxonomy).find(|tag| tag.term == at) else {
            continue;
        };
        mentions.extend(tag.parts.iter().filter_map(|part| mention(whole, *id, tag, *part)));
        if mentions.len() >= MENTIONS {
            mentions.truncate(MENTIONS);
            break;
        }
    }
    mentions
}

fn mention(whole: &Whole, id: EntryId, tag: &Tagged, part: Part) -> Option<MentionView> {
    let briefing = &whole.entry(id).briefing;
    let (part, heading, body, anchor) = match part {
        Part::Implication(number) => {
            let implication = briefing.implications.get(usize::from(number))?;
            let heading = match tag.taxonomy {
                Taxonomy::Lens => String::new(),
                _ => Some(article::heading(implication)).filter(|heading| !heading.is_empty())?,
            };
            ("implication", heading, &implication.body, "implications")
        }
        Part::View => {
            let heading = whole.config.headings.view.clone();
            ("view", heading, &briefing.view.as_ref()?.body, "what-we-think")
        }
        Part::Title | Part::Facts | Part::Other(_) => return None,
    };
    let link = whole.entry_link(id);
    let first = body.blocks.first();
    Some(MentionView {
        part,
        heading,
        text: first.map_or_else(String::new, |block| prose::summary(&block.markdown, MENTION_LENGTH)),
        link: Link { href: format!("{}#{anchor}", link.href), ..link },
        date: whole.day(whole.entry(id).date),
    })
}

/// The name of an issue: what the desk calls it, else its day.
pub(super) fn issue_title(whole: &Whole, at: usize) -> String {
    let issue = &whole.catalogue.issues[at];
    let day = whole.day(issue.date).long;
    issue.introduction.as_ref().map_or(day, |introduction| introduction.title.clone())
}

/// An issue; its introduction as HTML is made by the caller.
pub(super) fn issue_view(whole: &Whole, at: usize, introduction_html: String) -> IssueView {
    let issue = &whole.catalogue.issues[at];
    let link = |at: usize| {
        let issue = whole.catalogue.issues.get(at)?;
        Some(Link { name: whole.day(issue.date).long, href: whole.href(&Route::issue(issue.date)) })
    };
    let cards: Vec<Card> = issue.entries.iter().map(|id| whole.card(*id)).collect();
    IssueView {
        title: issue_title(whole, at),
        href: whole.href(&Route::issue(issue.date)),
        date: whole.day(issue.date),
        introduction_html,
        cards,
        previous: link(at + 1),
        next: at.checked_sub(1).and_then(link),
    }
}

/// The issues of one page of the list of issues, without their introductions.
pub(super) fn issues(whole: &Whole, number: usize) -> Vec<IssueView> {
    let size = whole.config.page_size;
    let first = (number - 1) * size;
    let last = (first + size).min(whole.catalogue.issues.len());
    (first..last).map(|at| issue_view(whole, at, String::new())).collect()
}

/// The years of the archive, newest first, each with its months.
pub(super) fn years(whole: &Whole) -> Vec<Period> {
    let mut years: Vec<(i16, Period)> = Vec::new();
    let mut month_of_last = None;
    for issue in whole.catalogue.issues.iter() {
        let (year, month) = (issue.date.year(), issue.date.month());
        if years.last().is_none_or(|(last, _)| *last != year) {
            let href = whole.href(&Route::archive_year(year));
            years.push((year, Period { name: year.to_string(), href, count: 0, months: Vec::new() }));
        }
        let Some((_, period)) = years.last_mut() else {
            continue;
        };
        if month_of_last != Some((year, month)) {
            month_of_last = Some((year, month));
            let name = format!("{} {year}", month_name(month));
            let href = whole.href(&Route::archive_month(year, month));
            period.months.push(Period { name, href, count: 0, months: Vec::new() });
        }
        period.count += issue.entries.len();
        if let Some(month) = period.months.last_mut() {
            month.count += issue.entries.len();
        }
    }
    years.into_iter().map(|(_, period)| period).collect()
}

/// The briefings of a year, or of one of its months: entries are in order of time, so they lie together.
pub(super) fn period(whole: &Whole, year: i16, month: Option<i8>) -> Vec<EntryId> {
    let key = |id: &EntryId| {
        let date = whole.entry(*id).date;
        (date.year(), date.month())
    };
    let ids: Vec<EntryId> = (0..whole.catalogue.entries.len()).collect();
    let newest = (year, month.unwrap_or(12));
    let oldest = (year, month.unwrap_or(1));
    let first = ids.partition_point(|id| key(id) > newest);
    let last = ids.partition_point(|id| key(id) >= oldest);
    ids[first..last].to_vec()
}

/// Which link of the navigation a page belongs to.
pub(super) fn section(whole: &Whole, kind: &PageKind) -> String {
    let folder = match kind {
        PageKind::Home { .. } => return whole.href(&Route::home()),
        PageKind::Issues { .. } | PageKind::Issue(_) => "issues",
        PageKind::Terms(taxonomy) | PageKind::Term { taxonomy, .. } => taxonomy.folder(),
        PageKind::Archive | PageKind::ArchiveYear(_) | PageKind::ArchiveMonth(..) => "archive",
        PageKind::Briefing(_)
        | PageKind::BriefingMarkdown(_)
        | PageKind::Feed { .. }
        | PageKind::Standing(_)
        | PageKind::Search
        | PageKind::SearchIndex
        | PageKind::Sitemap
        | PageKind::SitemapPart(_)
        | PageKind::Robots
        | PageKind::NotFound
        | PageKind::NoJekyll
        | PageKind::Redirect(_)
        | PageKind::ThemeAsset(_)
        | PageKind::Copied(_) => return String::new(),
    };
    whole.href(&Route::page(&[folder]))
}
