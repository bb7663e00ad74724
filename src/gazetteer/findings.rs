//! What goes into a reading and what comes out of it: passages and a day in, proposals with their reasons out.

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
    /// Whether to keep every match, the rejected ones too (costs memory).
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
    /// Why, each a few words; they add up to the score.
    pub reasons: Vec<String>,
    /// First byte in the file of the first evidence.
    pub first: usize,
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
    /// What was considered and left out, with its reasons (only with [`Options::explain`]).
    pub passed_over: Vec<Proposal>,
    /// Every match, in text order (only with [`Options::explain`]).
    pub mentions: Vec<Mention>,
    /// People whom no list names, in the order of their first mention (only with [`Options::explain`]).
    pub newcomers: Vec<Newcomer>,
}

/// Somebody discovered in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newcomer {
    /// Kebab case.
    pub id: String,
    /// The name in full, as first written.
    pub name: String,
    /// The country that the words beside the name give: ISO 3166-1 alpha-3, lower case.
    pub country: Option<String>,
    /// The words that gave them away, as written.
    pub role: Option<String>,
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
    /// The country it counts for, where that is another entity: ISO 3166-1 alpha-3, lower case.
    pub country: Option<String>,
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
