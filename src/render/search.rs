//! What the search page searches: a small JSON file, fetched when a reader starts to type.

use serde_json::{Value, json};

use super::whole::Whole;
use crate::catalogue::Taxonomy;

/// One row a briefing, newest first: address, headline, day, category, summary, and the words it can be found by
/// (regions, countries, actors, audiences).
pub(super) fn index(whole: &Whole) -> Vec<u8> {
    let rows: Vec<Value> = whole
        .catalogue
        .entries
        .iter()
        .enumerate()
        .map(|(id, entry)| {
            let category =
                entry.tagged(Taxonomy::Category).next().map(|tag| whole.catalogue.term(tag).name.clone());
            let mut words: Vec<&str> = Vec::new();
            for tag in entry.tags.iter().filter(|tag| tag.taxonomy != Taxonomy::Category) {
                let name = &*whole.catalogue.term(tag).name;
                if !words.contains(&name) {
                    words.push(name);
                }
            }
            json!([
                whole.href(&entry.route),
                entry.briefing.title.text,
                entry.date.to_string(),
                category.as_deref().unwrap_or(""),
                whole.summary(id),
                words.join(" · "),
            ])
        })
        .collect();
    let mut bytes = serde_json::to_vec(&json!({ "version": 1, "briefings": rows })).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
