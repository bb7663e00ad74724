//! A briefing in its place among the others.

use std::sync::Arc;

use jiff::civil::Date;

use super::term::{EntryId, Tagged, Taxonomy};
use super::visibility::Standing;
use crate::briefing::Briefing;
use crate::route::Route;
use crate::standing::StandingText;

/// A briefing, its day, its tags and its address.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The briefing.
    pub briefing: Arc<Briefing>,
    /// Its day.
    pub date: Date,
    /// Public, or shown only because somebody asked for drafts or the future.
    pub standing: Standing,
    /// Its tags, by taxonomy, the most salient first.
    pub tags: Vec<Tagged>,
    /// Its address.
    pub route: Route,
}

impl Entry {
    /// Its tags of one taxonomy.
    pub fn tagged(&self, taxonomy: Taxonomy) -> impl Iterator<Item = &Tagged> {
        self.tags.iter().filter(move |tag| tag.taxonomy == taxonomy)
    }

    /// The day a reader should think of as its newest.
    #[must_use]
    pub fn updated(&self) -> Date {
        let head = &self.briefing.head;
        let corrected = head.corrections.iter().map(|correction| correction.date).max();
        self.date.max(head.updated.unwrap_or(self.date)).max(corrected.unwrap_or(self.date))
    }
}

/// The briefings of one day.
#[derive(Debug, Clone)]
pub struct Issue {
    /// The day.
    pub date: Date,
    /// The briefings, in the order of the day.
    pub entries: Vec<EntryId>,
    /// What `content/issues/` says of it.
    pub introduction: Option<Arc<StandingText>>,
}
