//! One text becomes one [`Briefing`] (or several, where it has several `[TAG]` items).

pub mod model;

pub use model::Briefing;
use model::Reading;

use crate::config::Headings;
use crate::diagnostic::Noted;
use crate::source::SitePath;

/// Reads one file of `content/briefings/`: the head, the text in either dialect, and what became of every byte.
pub fn read(_path: &SitePath, _text: &str, _headings: &Headings) -> Noted<Reading> {
    Noted::clean(Reading::default())
}

/// A briefing as canonical Markdown with YAML front matter: reading undoes writing.
#[must_use]
pub fn write(briefing: &Briefing) -> String {
    briefing.title.text.clone()
}
