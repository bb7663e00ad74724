//! Regions and actors in a text, with the evidence.
//!
//! Knows nothing of briefings: it is handed passages of text and a day.

use jiff::civil::Date;

/// Which part of a document a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The headline.
    Title,
    /// What happened.
    Facts,
    /// The implication with this number, from 0 (heading and text).
    Implication(u16),
    /// What we think.
    View,
    /// The other section with this number, from 0.
    Other(u16),
}

/// A stretch of text to look at.
#[derive(Debug, Clone, Copy)]
pub struct Passage<'a> {
    /// The text (a slice of the file).
    pub text: &'a str,
    /// Where the slice starts in the file, in bytes.
    pub offset: usize,
    /// The part of the document it belongs to.
    pub part: Part,
}

/// How to look.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The document's day: decides who held an office, and which names were in use. `None`: offices stay offices.
    pub date: Option<Date>,
    /// Whether one passing mention is too little (the default), or every mention counts.
    pub salience: bool,
    /// Whether to keep the reasons and the rejected matches (costs memory).
    pub explain: bool,
}

/// Something the text is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Region id, ISO 3166-1 alpha-3 lower case, or entity id.
    pub id: String,
    /// As printed.
    pub name: String,
    /// `country`, `person`, `igo` …; `region` for regions.
    pub kind: &'static str,
    /// Discovered in the text, not in any list.
    pub new: bool,
    /// The higher, the more the text is about it.
    pub score: f32,
    /// Why, each a few words with line numbers left to the caller: (reason, byte offset of the first evidence).
    pub reasons: Vec<String>,
    /// The parts that mention it, in order.
    pub parts: Vec<Part>,
}

/// All that was found in one document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Findings {
    /// Best first.
    pub regions: Vec<Proposal>,
    /// Best first.
    pub countries: Vec<Proposal>,
    /// Best first.
    pub actors: Vec<Proposal>,
    /// Every match, in text order (only with [`Options::explain`]).
    pub mentions: Vec<Mention>,
}

/// One match.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// First byte in the file.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The part it stands in.
    pub part: Part,
    /// The entity; `None` for what a blocker swallowed.
    pub entity: Option<String>,
    /// Which rule decided.
    pub rule: &'static str,
    /// Whether it counts.
    pub accepted: bool,
}

/// What an author may name in front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A newsletter region, by id or name.
    Region,
    /// A country or territory, by ISO code, id, name or alias.
    Country,
    /// Anything that acts, by id, name or alias.
    Actor,
}

/// Something the gazetteer knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Region id, ISO 3166-1 alpha-3 lower case, or entity id.
    pub id: String,
    /// As printed.
    pub name: String,
    /// `country`, `person`, `igo` …; `region` for regions.
    pub kind: &'static str,
}

/// All names newsgen knows, ready to look for.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer;

impl Gazetteer {
    /// The built-in names.
    #[must_use]
    pub fn built_in() -> Self {
        Self
    }

    /// The ids of the regions, in the order of `regions.yaml`.
    #[must_use]
    pub fn region_order(&self) -> Vec<String> {
        Vec::new()
    }

    /// The region of each country, by ids.
    #[must_use]
    pub fn country_regions(&self) -> std::collections::BTreeMap<String, String> {
        std::collections::BTreeMap::new()
    }

    /// What an author means by a word in front matter; `None` if nothing is known by it.
    #[must_use]
    pub fn find(&self, _sort: Sort, _text: &str) -> Option<Known> {
        None
    }

    /// What a document is about.
    #[must_use]
    pub fn read(&self, _passages: &[Passage<'_>], _options: Options) -> Findings {
        Findings::default()
    }
}
