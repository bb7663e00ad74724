//! One text becomes one [`Briefing`] (or several, where it has several `[TAG]` items).

mod bullet;
mod canonical;
pub mod category;
pub mod date;
mod desk;
mod element;
mod flow;
pub mod front_matter;
pub mod headings;
pub mod import;
mod items;
mod layout;
mod ledger;
pub mod letters;
mod lines;
mod markdown;
pub mod model;
mod names;
mod opening;
mod outline;
mod paragraphs;
mod parts;
mod plain;
mod reading;
pub mod receipt;
pub mod title;

pub use canonical::write;
pub use model::Briefing;
use model::Reading;

use crate::config::Headings;
use crate::diagnostic::Noted;
use crate::source::SitePath;

/// Reads one file of `content/briefings/`: the head, the text in either dialect, and what became of every byte.
///
/// ```
/// # use newsgen::{briefing, config::Headings, source::SitePath};
/// let path = SitePath::new("content/briefings/2025-06-05-call.txt");
/// let text = "[WORLD] The call ended without a date.\nImplications\nFor markets\nOil rose.\nWhat we think\nTalks go on.";
/// let reading = briefing::read(&path, text, &Headings::default()).value;
/// let call = &reading.briefings[0];
/// assert_eq!(call.slug, "call");
/// assert_eq!(call.implications[0].audience.as_ref().map(|who| who.text.as_str()), Some("markets"));
/// ```
pub fn read(path: &SitePath, text: &str, headings: &Headings) -> Noted<Reading> {
    reading::read(path, text, headings, reading::Given::default())
}
