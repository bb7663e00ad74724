//! Regions and actors in a text, with the evidence.
//!
//! Knows nothing of briefings: it is handed passages of text and a day.

pub mod coherence;
mod context;
mod document;
pub mod entity;
pub mod entry;
mod findings;
mod hit;
mod index;
mod lookup;
mod matcher;
mod office;
mod own;
mod people;
mod read;
mod role;
mod salience;
pub mod table;
mod tally;
mod words;

pub use findings::{Findings, Known, Mention, Options, Part, Passage, Proposal, Sort};
pub use index::{Gazetteer, kebab};
