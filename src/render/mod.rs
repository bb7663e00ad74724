//! A planned page becomes bytes.

mod article;
mod day;
mod feed;
mod lists;
mod metadata;
mod page;
pub mod prose;
mod related;
mod search;
mod sitemap;
pub mod theme;
pub mod view;
mod whole;
mod words;

pub use feed::{content as feed_content, id as feed_id};
pub use page::{Rendered, render};
pub use whole::{Regions, Whole, published_path};
pub use words::label as term_label;
