//! All briefings side by side: their tags, the indexes, the days, the archive.

mod entry;
pub mod lens;
pub mod tags;
mod term;
mod visibility;

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

pub use entry::{Entry, Issue};
pub use term::{EntryId, Index, Tag, Tagged, Taxonomy, Term};
pub use visibility::{Standing, Visibility};

use crate::briefing::Briefing;
use crate::diagnostic::{Diagnostic, Noted};
use crate::route::Route;
use crate::source::SitePath;
use crate::standing::StandingText;

/// The whole newsletter, arranged.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// Every briefing that is shown, newest first; on one day, by file name. Shared with the catalogue before, where
    /// nothing changed.
    pub entries: Vec<Arc<Entry>>,
    /// The terms of every taxonomy.
    pub indexes: Arc<BTreeMap<Taxonomy, Index>>,
    /// The days that have briefings, newest first.
    pub issues: Arc<Vec<Issue>>,
    /// The standing pages that are shown, by path.
    pub pages: Vec<Arc<StandingText>>,
    /// How many briefings are not shown, by reason.
    pub held_back: HeldBack,
    /// When the next briefing becomes public or expires, if any does.
    pub next_change: Option<Timestamp>,
    by_source: Arc<HashMap<SitePath, EntryId>>,
}

/// How many briefings the public does not see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HeldBack {
    /// Drafts.
    pub drafts: usize,
    /// Public later.
    pub scheduled: usize,
    /// No longer public.
    pub expired: usize,
}

/// A briefing and its tags, before the whole is known.
#[derive(Debug, Clone)]
pub struct TaggedBriefing {
    /// The briefing.
    pub briefing: Arc<Briefing>,
    /// Its tags.
    pub tags: Arc<Vec<Tag>>,
}

/// Sets the briefings beside each other. Whatever the public may not see is left out here and so everywhere.
pub fn arrange(
    briefings: impl IntoIterator<Item = TaggedBriefing>,
    pages: Vec<Arc<StandingText>>,
    introductions: Vec<Arc<StandingText>>,
    visibility: &Visibility,
) -> Noted<Catalogue> {
    let mut notes = Vec::new();
    let mut catalogue = Catalogue::default();
    let mut shown = Vec::new();
    for tagged in briefings {
        let briefing = &tagged.briefing;
        let standing = visibility.standing(&briefing.head, briefing.date);
        let next = visibility.next_change(&briefing.head, standing);
        catalogue.next_change = catalogue.next_change.into_iter().chain(next).min();
        if !visibility.shows(standing) {
            catalogue.held_back.count(standing);
            continue;
        }
        match briefing.date {
            Some(date) => shown.push((date, standing, tagged)),
            None => notes.push(undated(briefing)),
        }
    }
    shown.sort_by(|(a_date, _, a), (b_date, _, b)| in_order((*a_date, &a.briefing), (*b_date, &b.briefing)));
    let tags: Vec<Arc<Vec<Tag>>> = shown.iter().map(|(_, _, tagged)| tagged.tags.clone()).collect();
    let dates: Vec<Date> = shown.iter().map(|(date, _, _)| *date).collect();
    catalogue.indexes = Arc::new(indexes(&tags, &dates));
    let mut by_source = HashMap::with_capacity(shown.len());
    for ((date, standing, tagged), tags) in shown.into_iter().zip(&tags) {
        let route = Route::briefing(date, &tagged.briefing.slug);
        let tags = place(tags, &catalogue.indexes);
        by_source.entry(tagged.briefing.source.clone()).or_insert(catalogue.entries.len());
        let entry = Entry { briefing: tagged.briefing, date, standing, tags, route };
        catalogue.entries.push(Arc::new(entry));
    }
    catalogue.by_source = Arc::new(by_source);
    catalogue.issues = Arc::new(issues(&dates, introductions, visibility, &mut notes));
    catalogue.pages = pages.into_iter().filter(|page| !page.draft || visibility.drafts).collect();
    Noted::with(catalogue, notes)
}

impl Catalogue {
    /// One taxonomy's terms.
    #[must_use]
    #[allow(clippy::should_implement_trait, reason = "an index of terms, not of positions")]
    pub fn index(&self, taxonomy: Taxonomy) -> &Index {
        static EMPTY: std::sync::LazyLock<Index> = std::sync::LazyLock::new(Index::default);
        self.indexes.get(&taxonomy).unwrap_or(&EMPTY)
    }

    /// The term behind a tag.
    #[must_use]
    pub fn term(&self, tag: &Tagged) -> &Term {
        &self.index(tag.taxonomy).terms[tag.term]
    }

    /// The (first) briefing of a file.
    #[must_use]
    pub fn of_source(&self, path: &SitePath) -> Option<EntryId> {
        self.by_source.get(path).copied()
    }

    /// The position of a day among [`Catalogue::issues`].
    #[must_use]
    pub fn issue_of(&self, date: Date) -> Option<usize> {
        self.issues.binary_search_by(|issue| date.cmp(&issue.date)).ok()
    }

    /// The day of the newest briefing.
    #[must_use]
    pub fn newest(&self) -> Option<Date> {
        self.entries.first().map(|entry| entry.date)
    }
}

impl Catalogue {
    /// The same catalogue with other texts in some places. `None` if more than the texts changed: day, address, tags, or
    /// anything else by which a briefing is found.
    ///
    /// What is shown is decided anew only when the moment of the build passes [`Catalogue::next_change`]; the caller
    /// sees to that.
    #[must_use]
    pub fn with_texts(&self, changed: &[(&TaggedBriefing, &TaggedBriefing)]) -> Option<Self> {
        if !changed.iter().all(|(old, new)| old.is_found_like(new)) {
            return None;
        }
        let mut catalogue = self.clone();
        for (old, new) in changed {
            let Some(id) = old.briefing.date.and_then(|date| self.position(date, &old.briefing)) else {
                // Held back, before and after.
                continue;
            };
            let entry = &self.entries[id];
            catalogue.entries[id] = Arc::new(Entry {
                briefing: new.briefing.clone(),
                date: entry.date,
                standing: entry.standing,
                tags: place(&new.tags, &self.indexes),
                route: entry.route.clone(),
            });
        }
        Some(catalogue)
    }

    /// Where a briefing of a day stands among the entries, if it is shown.
    fn position(&self, date: Date, briefing: &Briefing) -> Option<EntryId> {
        let place = |entry: &Arc<Entry>| in_order((entry.date, &entry.briefing), (date, briefing));
        self.entries.binary_search_by(place).ok()
    }
}

impl TaggedBriefing {
    /// Whether the whole knows both by the same marks: only what their own pages and cards say may differ.
    fn is_found_like(&self, other: &Self) -> bool {
        let (one, two) = (&self.briefing, &other.briefing);
        let (head, other_head) = (&one.head, &two.head);
        let mark = |tag: &Tag| (tag.taxonomy, tag.id.clone(), tag.name.clone(), tag.kind);
        one.source == two.source
            && one.part == two.part
            && one.date == two.date
            && one.slug == two.slug
            && head.draft == other_head.draft
            && head.publish == other_head.publish
            && head.expires == other_head.expires
            && head
                .aliases
                .iter()
                .map(|alias| &alias.text)
                .eq(other_head.aliases.iter().map(|alias| &alias.text))
            && self.tags.iter().map(mark).eq(other.tags.iter().map(mark))
    }
}

/// The order of entries: newest first; on one day, by file name and place in the file.
fn in_order((a_date, a): (Date, &Briefing), (b_date, b): (Date, &Briefing)) -> Ordering {
    b_date.cmp(&a_date).then_with(|| a.source.cmp(&b.source)).then(a.part.cmp(&b.part))
}

impl HeldBack {
    fn count(&mut self, standing: Standing) {
        match standing {
            Standing::Draft => self.drafts += 1,
            Standing::Scheduled(_) => self.scheduled += 1,
            Standing::Expired(_) => self.expired += 1,
            Standing::Public => {}
        }
    }
}

fn undated(briefing: &Briefing) -> Diagnostic {
    let name = briefing.source.stem();
    Diagnostic::error("undated", "this briefing has no date, and newsgen never guesses one")
        .in_file(&briefing.source)
        .help(format!(
            "name the file `2025-06-05-{name}.{}`, or add `date: 2025-06-05` to its front matter",
            briefing.source.extension()
        ))
}

/// The terms of all taxonomies, from the tags of all briefings, newest first.
fn indexes(tags: &[Arc<Vec<Tag>>], dates: &[Date]) -> BTreeMap<Taxonomy, Index> {
    let mut terms: BTreeMap<Taxonomy, HashMap<Arc<str>, Term>> = BTreeMap::new();
    for (entry, tags) in tags.iter().enumerate() {
        for tag in tags.iter() {
            let known = terms.entry(tag.taxonomy).or_default();
            // The newest briefing's spelling of a name is the one that is printed.
            let term = known.entry(tag.id.clone()).or_insert_with(|| Term {
                id: tag.id.clone(),
                name: tag.name.clone(),
                kind: tag.kind,
                entries: Vec::new(),
                latest: dates[entry],
            });
            term.entries.push(entry);
        }
    }
    Taxonomy::ALL
        .into_iter()
        .map(|taxonomy| {
            let terms = terms.remove(&taxonomy).unwrap_or_default();
            (taxonomy, Index::of(terms.into_values().collect()))
        })
        .collect()
}

fn place(tags: &[Tag], indexes: &BTreeMap<Taxonomy, Index>) -> Vec<Tagged> {
    let placed = tags.iter().filter_map(|tag| {
        let term = indexes.get(&tag.taxonomy)?.position(&tag.id)?;
        Some(Tagged { taxonomy: tag.taxonomy, term, parts: tag.parts.clone(), reasons: tag.reasons.clone() })
    });
    placed.collect()
}

/// The days, newest first, each with what is written about it.
fn issues(
    dates: &[Date],
    introductions: Vec<Arc<StandingText>>,
    visibility: &Visibility,
    notes: &mut Vec<Diagnostic>,
) -> Vec<Issue> {
    let mut issues: Vec<Issue> = Vec::new();
    for (entry, date) in dates.iter().enumerate() {
        match issues.last_mut().filter(|issue| issue.date == *date) {
            Some(issue) => issue.entries.push(entry),
            None => issues.push(Issue { date: *date, entries: vec![entry], introduction: None }),
        }
    }
    for introduction in introductions {
        if introduction.draft && !visibility.drafts {
            continue;
        }
        let Some(date) = introduction.date else {
            notes.push(
                Diagnostic::error("undated", "this edition has no date").in_file(&introduction.source).help(
                    "add `date: 2025-06-05` to its front matter, or put the day first in its file name",
                ),
            );
            continue;
        };
        match issues.binary_search_by(|issue| date.cmp(&issue.date)) {
            Ok(at) if issues[at].introduction.is_none() => issues[at].introduction = Some(introduction),
            Ok(at) => {
                let first = issues[at].introduction.as_ref().map(|first| first.source.clone());
                let note = Diagnostic::error("two-introductions", format!("{date} has two introductions"))
                    .in_file(&introduction.source)
                    .help("keep one file for each day in content/issues/");
                notes.push(match first {
                    Some(first) => note.also(crate::diagnostic::Place::file(&first), "the other one"),
                    None => note,
                });
            }
            Err(_) => notes.push(
                Diagnostic::warning(
                    "empty-issue",
                    format!("no briefing of {date} is shown, so neither is this"),
                )
                .in_file(&introduction.source)
                .help("correct the date, or mark it as a draft until its briefings are there"),
            ),
        }
    }
    issues
}
