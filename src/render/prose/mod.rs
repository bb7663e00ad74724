//! Markdown to HTML: links resolved, code coloured, nothing that could run a script.
//!
//! The parser is pulldown-cmark (CommonMark 0.31 and GFM tables, strikethrough, task lists, footnotes, alerts).
//! The layer here decides what becomes of links, raw HTML, headings, tables and footnotes.

mod code;
mod dialect;
mod links;
mod plain;
mod typesetter;

pub use dialect::DIALECT;
pub use links::{Addresses, Kept, removed};
pub use plain::{plain, summary, summary_below};
pub use typesetter::Typesetter;

#[cfg(test)]
mod tests;
