//! What is wrong, and where: the notes that every step hands on beside its result.
//!
//! The core never fails and never prints. It returns [`Noted`]: a value and the notes made on the way.
//! Only the shell decides which notes are fatal and how they are shown.

use std::ops::Range;

use crate::source::SitePath;

/// How much a note matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is published while one stands.
    Error,
    /// Published, but a good editor would object. `--strict` makes it an error.
    Warning,
    /// Worth knowing; never changes the outcome.
    Note,
}

impl Severity {
    /// The word shown before the code: `error`, `warning`, `note`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A place in a source file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, relative to the site folder.
    pub path: SitePath,
    /// Byte offsets into the file's decoded text; `None` means the file as a whole.
    pub span: Option<(usize, usize)>,
}

impl Place {
    /// The file as a whole.
    #[must_use]
    pub fn file(path: &SitePath) -> Self {
        Self { path: path.clone(), span: None }
    }

    /// A range of bytes of the file's decoded text.
    #[must_use]
    pub fn span(path: &SitePath, span: Range<usize>) -> Self {
        Self { path: path.clone(), span: Some((span.start, span.end)) }
    }
}

/// One note: what is wrong, where, and one thing to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable name that reads well after "allow": `implication-for-nobody`.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// Where; `None` only for what concerns the site as a whole.
    pub place: Option<Place>,
    /// One thing to do.
    pub help: Option<String>,
    /// Other places that belong to it, each with a few words ("the other page is here").
    pub also: Vec<(Place, String)>,
}

impl Diagnostic {
    /// An error without a place yet.
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message.into())
    }

    /// A warning without a place yet.
    #[must_use]
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message.into())
    }

    /// A note without a place yet.
    #[must_use]
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message.into())
    }

    fn new(severity: Severity, code: &'static str, message: String) -> Self {
        Self { code, severity, message, place: None, help: None, also: Vec::new() }
    }

    /// Points at a range of bytes of a file's decoded text.
    #[must_use]
    pub fn at(mut self, path: &SitePath, span: Range<usize>) -> Self {
        self.place = Some(Place::span(path, span));
        self
    }

    /// Points at a file as a whole.
    #[must_use]
    pub fn in_file(mut self, path: &SitePath) -> Self {
        self.place = Some(Place::file(path));
        self
    }

    /// Adds the one thing to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place that belongs to it.
    #[must_use]
    pub fn also(mut self, place: Place, label: impl Into<String>) -> Self {
        self.also.push((place, label.into()));
        self
    }
}

/// A value and the notes made while it was being made.
#[must_use = "the notes must reach the reader"]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted<T> {
    /// The result; usable even when there are notes.
    pub value: T,
    /// The notes, in the order in which they were made.
    pub notes: Vec<Diagnostic>,
}

impl<T> Noted<T> {
    /// A value without notes.
    pub fn clean(value: T) -> Self {
        Self { value, notes: Vec::new() }
    }

    /// A value with its notes.
    pub fn with(value: T, notes: Vec<Diagnostic>) -> Self {
        Self { value, notes }
    }

    /// Moves the notes to `notes` and hands out the value.
    pub fn take(self, notes: &mut Vec<Diagnostic>) -> T {
        notes.extend(self.notes);
        self.value
    }

    /// Changes the value, keeps the notes.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Noted<U> {
        Noted { value: change(self.value), notes: self.notes }
    }
}

/// The nearest of `known` to `word`, if one is near enough to be a slip of the hand.
///
/// ```
/// assert_eq!(newsgen::diagnostic::nearest("drfat", ["date", "draft"]), Some("draft"));
/// assert_eq!(newsgen::diagnostic::nearest("zebra", ["date", "draft"]), None);
/// ```
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    let allowed = (length / 3).clamp(1, 3);
    known
        .into_iter()
        // Every letter more or less is a slip: most names need not be compared.
        .filter(|name| name.chars().count().abs_diff(length) <= allowed)
        .map(|name| (strsim::damerau_levenshtein(&word, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, name)| name)
}

/// Whether a word is more likely a slip in writing a known name than another name: one letter in six, two at most.
///
/// ```
/// assert!(newsgen::diagnostic::is_slip("Volodymyr Zelenksy", "Volodymyr Zelensky"));
/// assert!(!newsgen::diagnostic::is_slip("Bank of Gorse", "Bank of Korea"));
/// ```
#[must_use]
pub fn is_slip(word: &str, name: &str) -> bool {
    let (word, name) = (word.to_lowercase(), name.to_lowercase());
    strsim::damerau_levenshtein(&word, &name) <= (name.chars().count() / 6).clamp(1, 2)
}
