//! What another name comes to, and why there may be none.

use std::collections::BTreeMap;

use crate::route::Route;
use crate::source::SitePath;

/// All that has to be written, and what it comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renaming {
    /// The new text of every file that changes, by its path now.
    pub texts: BTreeMap<SitePath, String>,
    /// The file that gets another name: from, to.
    pub moved: Option<(SitePath, SitePath)>,
    /// The address until now.
    pub from: Route,
    /// The address from now on; the same where only the printed name changes.
    pub to: Route,
}

/// Why something is not renamed, and what to do instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is in the way.
    pub message: String,
    /// One thing to do.
    pub help: String,
}

impl Refusal {
    /// With one thing to do.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}
