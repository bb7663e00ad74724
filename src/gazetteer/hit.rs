//! A match and what became of it.

/// What a match stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Something known, by its number.
    Known(u32),
    /// Somebody discovered in this text, by the number in the list of discoveries.
    New(u32),
    /// Nothing: a blocker.
    Nothing,
}

/// How a text speaks of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// By its name.
    Name,
    /// By its people or adjective.
    Demonym,
    /// A capital or seat that stands for the state: `Moscow said`.
    Acting,
    /// Only where something is: `in Moscow`.
    Place,
    /// Where the story was filed.
    Dateline,
    /// A person by name.
    Person,
    /// A person, or an office, by the office.
    Office,
    /// An organisation of any kind.
    Body,
    /// By a noun that stands in for it: `the court`.
    Noun,
    /// By its currency.
    Currency,
    /// Whom the text quotes as its source.
    Source,
}

/// A match: words `first..=last`, what it stands for, and who decided.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// First word.
    pub first: u32,
    /// Last word.
    pub last: u32,
    /// What it stands for.
    pub target: Target,
    /// How the text speaks of it.
    pub role: Role,
    /// Which rule decided.
    pub rule: &'static str,
    /// Whether it counts.
    pub accepted: bool,
    /// Whether it does something here, or something is done to it.
    pub acts: bool,
}

impl Hit {
    /// Its words.
    #[must_use]
    pub fn words(&self) -> std::ops::RangeInclusive<usize> {
        self.first as usize..=self.last as usize
    }
}
