//! The taxonomies, their terms, and the briefings under each term.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::gazetteer::Part;

/// Which briefing of the catalogue, counted from 0, newest first.
pub type EntryId = usize;

/// The ways in which briefings are indexed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Taxonomy {
    /// Newsletter regions.
    Region,
    /// Countries and territories.
    Country,
    /// States, people, offices, bodies, groups, companies that act.
    Actor,
    /// `[WORLD]`.
    Category,
    /// Every "For somebody".
    Lens,
    /// Briefings that continue each other.
    Series,
}

impl Taxonomy {
    /// All of them, in the order of the navigation.
    pub const ALL: [Self; 6] =
        [Self::Region, Self::Country, Self::Actor, Self::Category, Self::Lens, Self::Series];

    /// The folder of its pages.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Self::Region => "regions",
            Self::Country => "countries",
            Self::Actor => "actors",
            Self::Category => "categories",
            Self::Lens => "lenses",
            Self::Series => "series",
        }
    }

    /// As printed above its list of terms.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Region => "Regions",
            Self::Country => "Countries",
            Self::Actor => "Actors",
            Self::Category => "Categories",
            Self::Lens => "Audiences",
            Self::Series => "Series",
        }
    }

    /// One term of it, as a word: `region`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Country => "country",
            Self::Actor => "actor",
            Self::Category => "category",
            Self::Lens => "lens",
            Self::Series => "series",
        }
    }
}

/// A tag of one briefing before the whole is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    /// Which taxonomy.
    pub taxonomy: Taxonomy,
    /// The last part of the term's address.
    pub id: Arc<str>,
    /// As printed.
    pub name: Arc<str>,
    /// `person`, `country`, `igo` …; the taxonomy's word where there is nothing finer.
    pub kind: &'static str,
    /// The parts of the text that mention it; empty where only the author says so.
    pub parts: Vec<Part>,
    /// Why, a few words each.
    pub reasons: Vec<String>,
}

/// One term and the briefings under it.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The last part of its address.
    pub id: Arc<str>,
    /// As printed.
    pub name: Arc<str>,
    /// `person`, `country`, `igo` ….
    pub kind: &'static str,
    /// The briefings, newest first.
    pub entries: Vec<EntryId>,
    /// The day of the newest.
    pub latest: Date,
}

/// A link from a briefing to one of its terms.
#[derive(Debug, Clone, PartialEq)]
pub struct Tagged {
    /// Which taxonomy.
    pub taxonomy: Taxonomy,
    /// Which term of it, as a position in [`Index::terms`].
    pub term: usize,
    /// The parts of the text that mention it.
    pub parts: Vec<Part>,
    /// Why, a few words each.
    pub reasons: Vec<String>,
}

/// All terms of one taxonomy.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// By name, as a reader would look for them.
    pub terms: Vec<Term>,
    by_id: HashMap<Arc<str>, usize>,
}

impl Index {
    /// From terms in any order.
    pub(super) fn of(mut terms: Vec<Term>) -> Self {
        terms.sort_by_cached_key(|term| (deunicode::deunicode(&term.name).to_lowercase(), term.id.clone()));
        let by_id = terms.iter().enumerate().map(|(at, term)| (term.id.clone(), at)).collect();
        Self { terms, by_id }
    }

    /// The position of a term.
    #[must_use]
    pub fn position(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// A term by its id.
    #[must_use]
    pub fn term(&self, id: &str) -> Option<&Term> {
        self.position(id).map(|at| &self.terms[at])
    }
}
