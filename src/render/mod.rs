//! A planned page becomes bytes.

pub mod prose;
