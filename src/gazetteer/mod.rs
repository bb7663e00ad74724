//! Regions and actors in a text, with the evidence.
//!
//! Knows nothing of briefings: it is handed passages of text and a day.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "words and names are counted in 32 bits: a text holds less than 4 GB, which `words::cut` sees to"
)]

mod actors;
mod agency;
pub mod coherence;
mod compile;
mod context;
mod counterpart;
mod cues;

pub mod doctor;
mod document;
mod engine;
mod entities;
pub mod entity;
pub mod entry;
mod enumeration;
mod findings;
mod gap;
mod gather;
mod hit;
mod holder;
mod home;
mod index;
mod introduction;
mod lookup;
mod matcher;
mod namesake;
mod neighbours;
mod office;
mod officials;
mod overseas;
mod own;
mod people;
mod points;
mod read;
mod recipient;
mod role;
mod rows;
mod salience;
mod several;
mod spoken;
mod standin;
mod surname;
mod tally;
mod vocabulary;
mod words;

pub use findings::{Findings, Known, Mention, Newcomer, Options, Part, Passage, Proposal, Sort};
pub use index::Gazetteer;
pub use vocabulary::kebab;
