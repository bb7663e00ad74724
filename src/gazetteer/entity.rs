//! What the gazetteer knows: countries, people, offices, bodies, groups, places; their names, and dates in office.
//!
//! Nouns only. This room is also read by the build script, which turns `data/*.yaml` into what is embedded.

use serde::{Deserialize, Serialize};

/// What something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// A state.
    Country,
    /// A territory with an ISO 3166-1 code of its own.
    Territory,
    /// Geography that belongs to no single country: the Sahel, the Red Sea.
    Area,
    /// A city, or an area inside a country.
    Place,
    /// A human being.
    Person,
    /// A post that people hold for a time.
    Office,
    /// A ministry, agency, central bank, court or force of a state.
    Government,
    /// A forum, think-tank or non-governmental organisation.
    Body,
    /// A treaty, law or programme: others act under it.
    Treaty,
    /// An international governmental organisation.
    Igo,
    /// A political party.
    Party,
    /// An armed group.
    ArmedGroup,
    /// A company.
    Company,
}

impl Kind {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 13] = [
        Self::Country,
        Self::Territory,
        Self::Area,
        Self::Place,
        Self::Person,
        Self::Office,
        Self::Government,
        Self::Body,
        Self::Treaty,
        Self::Igo,
        Self::Party,
        Self::ArmedGroup,
        Self::Company,
    ];

    /// As written in `entities.yaml`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Territory => "territory",
            Self::Area => "area",
            Self::Place => "place",
            Self::Person => "person",
            Self::Office => "office",
            Self::Government => "government",
            Self::Body => "body",
            Self::Treaty => "treaty",
            Self::Igo => "igo",
            Self::Party => "party",
            Self::ArmedGroup => "armed-group",
            Self::Company => "company",
        }
    }

    /// Whether things of this kind act. Areas and places only say where.
    #[must_use]
    pub fn acts(self) -> bool {
        !matches!(self, Self::Area | Self::Place)
    }

    /// Whether this is a country or territory, with an ISO 3166-1 code.
    #[must_use]
    pub fn is_land(self) -> bool {
        matches!(self, Self::Country | Self::Territory)
    }
}

/// In which sense a name stands for its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Sense {
    /// Its name.
    #[default]
    Name,
    /// Its people or adjective: `Russian`.
    Demonym,
    /// Something that stands for it: `Kremlin`.
    Metonym,
    /// Its capital.
    Capital,
    /// One of its cities.
    City,
    /// Only before a hyphen: `Russo-`.
    Prefix,
    /// A name it bore once.
    Former,
    /// A person's family name.
    Surname,
    /// Letters.
    Abbrev,
    /// Its money: no mention, but a sign of what a text is about.
    Currency,
}

impl Sense {
    /// All of them, in the order of the table.
    pub const ALL: [(Self, &'static str); 10] = [
        (Self::Name, "name"),
        (Self::Demonym, "demonym"),
        (Self::Metonym, "metonym"),
        (Self::Capital, "capital"),
        (Self::City, "city"),
        (Self::Prefix, "prefix"),
        (Self::Former, "former"),
        (Self::Surname, "surname"),
        (Self::Abbrev, "abbrev"),
        (Self::Currency, "currency"),
    ];
}

/// A day as `yyyymmdd`: enough to compare.
pub type Day = u32;

/// The day after all days: no end is known.
pub const OPEN: Day = 99_991_231;

/// `2025-06-05` as `20250605`; nothing if there is no such day.
#[must_use]
pub fn day(text: &str) -> Option<Day> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let (year, month, day): (u32, u32, u32) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let real = (1..=12).contains(&month) && (1..=last).contains(&day) && year < 9999;
    real.then_some(year * 10_000 + month * 100 + day)
}

/// One way to write an entity.
#[allow(clippy::struct_excessive_bools, reason = "they are marks that a data file sets one by one")]
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Alias {
    /// As written in a text.
    pub text: String,
    /// In which sense.
    pub sense: Sense,
    /// Upper and lower case must be the same, letter by letter.
    pub exact: bool,
    /// A metonym that is also a place.
    pub also_place: bool,
    /// The name means several things at once: `the Koreas`.
    pub shared: bool,
    /// A surname that means this person even where the full name is not given.
    pub unique: bool,
    /// The words mean other things too; cues decide.
    pub ambiguous: bool,
    /// What else must hold for it to count; `None` for most.
    pub conditions: Option<Box<Conditions>>,
    /// First day on which the name was in use; 0 if always.
    pub from: Day,
    /// Last day on which it was; [`OPEN`] if it still is.
    pub until: Day,
}

/// What must hold for a name to count.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Conditions {
    /// One of these entities must be in the document.
    pub needs: Vec<String>,
    /// One of these words must be in the sentence or the document.
    pub needs_cue: Vec<String>,
    /// None of these words may be in the sentence.
    pub unless_cue: Vec<String>,
    /// None of these may follow directly, or after a comma.
    pub unless_next: Vec<String>,
    /// None of these may stand directly before.
    pub unless_prev: Vec<String>,
    /// None of these entities may be in the document under its own name.
    pub unless_doc: Vec<String>,
    /// Words or entity ids that speak for this reading.
    pub prefer_cue: Vec<String>,
    /// Words or entity ids that speak against it.
    pub reject_cue: Vec<String>,
}

/// Somebody's time in an office.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Term {
    /// The person's id.
    pub person: String,
    /// First day.
    pub from: Day,
    /// Last day; [`OPEN`] if it lasts.
    pub until: Day,
    /// Filled provisionally.
    pub acting: bool,
}

/// One thing the gazetteer knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// ISO 3166-1 alpha-3 in lower case for countries and territories, kebab case otherwise.
    pub id: String,
    /// As printed.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The country it counts for: ISO 3166-1 alpha-3, lower case.
    pub country: Option<String>,
    /// The region it counts for, where no single country is meant.
    pub region: Option<String>,
    /// PLOVER sector: `GOV`, `MIL`, `REB` …
    pub sector: Option<String>,
    /// Wikidata id.
    pub wikidata: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub a2: Option<String>,
    /// UN M49 codes of the groups of countries it belongs to, the smallest first.
    pub m49: Vec<String>,
    /// Ways to write it; the first is its name.
    pub aliases: Vec<Alias>,
    /// For offices: the body, company, party or group whose office it is, where it is no state's.
    pub body: Option<String>,
    /// For offices: lower-case words for the role, `foreign minister`.
    pub titles: Vec<String>,
    /// For offices: who held it, in order.
    pub holders: Vec<Term>,
}

impl Entity {
    /// Something with a name and nothing else.
    #[must_use]
    pub fn new(id: String, name: String, kind: Kind) -> Self {
        let alias = Alias { text: name.clone(), until: OPEN, ..Alias::default() };
        Self {
            id,
            name,
            kind,
            country: None,
            region: None,
            sector: None,
            wikidata: None,
            a2: None,
            m49: Vec::new(),
            aliases: vec![alias],
            body: None,
            titles: Vec::new(),
            holders: Vec::new(),
        }
    }
}

/// A longer name that swallows a match and yields nothing: `South China Morning Post`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Blocker {
    /// As written.
    pub text: String,
    /// Only if one of these stands directly before.
    pub after: Vec<String>,
    /// Only if one of these stands directly after.
    pub before: Vec<String>,
    /// Any case matches.
    pub any_case: bool,
}

/// A part of the world, as the newsletter divides it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Region {
    /// Kebab case.
    pub id: String,
    /// As printed.
    pub name: String,
    /// UN M49 codes of the groups of countries that belong to it.
    pub m49: Vec<String>,
    /// ISO 3166-1 alpha-2 codes that belong to it beside those.
    pub add: Vec<String>,
    /// ISO 3166-1 alpha-2 codes that do not.
    pub drop: Vec<String>,
    /// Names of areas that mean the region: `Sahel`.
    pub areas: Vec<String>,
}

/// All that is known, as written in the data files.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Knowledge {
    /// The newest day against which the dated part was checked.
    pub as_of: Day,
    /// In the order of the files.
    pub entities: Vec<Entity>,
    /// In the order of the files.
    pub blockers: Vec<Blocker>,
    /// In the order in which a newsletter prints them.
    pub regions: Vec<Region>,
    /// Other ways to divide the world, by name.
    pub presets: Vec<(String, Vec<Region>)>,
    /// Classes of words that the rules speak of (`given`, `honorific` …), each with its words.
    pub words: Vec<(String, Vec<String>)>,
}
