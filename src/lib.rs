//! newsgen: from pasted briefings to a published newsletter.
//!
//! The rooms, in the order in which a briefing walks through them.
#![forbid(unsafe_code)]

pub mod config;
pub mod diagnostic;
pub mod encoding;
pub mod redirect;
pub mod route;
pub mod shelf;
pub mod source;
pub mod standing;
pub mod yaml;

pub mod briefing;
pub mod catalogue;
pub mod check;
pub mod gazetteer;
pub mod plan;
pub mod rename;
pub mod render;
pub mod shell;
pub mod site;
