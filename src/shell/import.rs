//! `newsgen import`: pasted text becomes a page.

use std::path::PathBuf;

use super::cli::{Common, Outcome};

/// What `newsgen import` may be told.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// The text, or - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Imports a text.
///
/// # Errors
/// The disk fails.
pub fn run(_common: &Common, _import: &Import) -> anyhow::Result<Outcome> {
    Ok(Outcome::Fine)
}
