//! Regions and actors in a text, with the evidence.
//!
//! Knows nothing of briefings: it is handed passages of text and a day.

mod context;
mod document;
pub mod entity;
mod entry;
mod findings;
mod hit;
mod index;
mod lookup;
mod matcher;
mod office;
mod people;
mod read;
mod role;
mod salience;
mod table;
mod tally;
mod words;

pub use findings::{Findings, Known, Mention, Options, Part, Passage, Proposal, Sort};
pub use index::Gazetteer;
