//! The dialect of every text of the site.

use pulldown_cmark::Options;

/// CommonMark with tables, footnotes, strikethrough, task lists and alerts. Mathematics stays off, because
/// "not $6 million. US$3bn" is prose; so does "smart" punctuation, because texts are shown as they were written.
pub const DIALECT: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM);
