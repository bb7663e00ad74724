//! Other briefings that belong beside one, each with the reason.

use std::collections::BTreeMap;

use super::view::RelatedView;
use super::whole::Whole;
use super::words;
use crate::catalogue::{EntryId, Tagged, Taxonomy};

/// How many are shown.
const SHOWN: usize = 4;

/// How many of a term's briefings around this one are looked at: enough to find the near ones, and the same work
/// for an archive of any size.
const AROUND: usize = 24;

/// The briefings that share most with this one. Rare terms count more than common ones, nearness in time breaks ties.
pub(super) fn of(whole: &Whole, id: EntryId) -> Vec<RelatedView> {
    let entry = whole.entry(id);
    let total = whole.catalogue.entries.len();
    let mut scores: BTreeMap<EntryId, (f64, Vec<&Tagged>)> = BTreeMap::new();
    for tag in &entry.tags {
        let entries = &whole.catalogue.term(tag).entries;
        let weight = weight(tag.taxonomy) * rarity(entries.len(), total);
        let at = entries.partition_point(|other| *other < id);
        let near = at.saturating_sub(AROUND / 2)..(at + 1 + AROUND / 2).min(entries.len());
        for other in entries[near].iter().filter(|other| **other != id) {
            let score = scores.entry(*other).or_default();
            score.0 += weight;
            score.1.push(tag);
        }
    }
    let mut ranked: Vec<(EntryId, f64, Vec<&Tagged>)> = scores
        .into_iter()
        // A region or a category alone is no reason.
        .filter(|(_, (_, tags))| tags.iter().any(|tag| is_reason(tag.taxonomy)))
        .map(|(other, (score, tags))| (other, score, tags))
        .collect();
    ranked.sort_by(|a, b| {
        b.1.total_cmp(&a.1).then_with(|| a.0.abs_diff(id).cmp(&b.0.abs_diff(id))).then(a.0.cmp(&b.0))
    });
    let view = |(other, _, tags): &(EntryId, f64, Vec<&Tagged>)| RelatedView {
        link: whole.entry_link(*other),
        date: whole.day(whole.entry(*other).date),
        reason: reason(whole, tags),
    };
    ranked.iter().take(SHOWN).map(view).collect()
}

fn weight(taxonomy: Taxonomy) -> f64 {
    match taxonomy {
        Taxonomy::Series => 6.0,
        Taxonomy::Actor => 3.0,
        Taxonomy::Lens => 2.0,
        Taxonomy::Country => 1.0,
        Taxonomy::Region => 0.4,
        Taxonomy::Category => 0.3,
    }
}

fn is_reason(taxonomy: Taxonomy) -> bool {
    matches!(taxonomy, Taxonomy::Series | Taxonomy::Actor | Taxonomy::Lens | Taxonomy::Country)
}

/// Inverse document frequency, smoothed, so that one of two briefings is not infinitely rare.
#[allow(clippy::cast_precision_loss, reason = "counts of briefings are far below 2^52")]
fn rarity(count: usize, total: usize) -> f64 {
    (1.0 + total as f64 / (1.0 + count as f64)).ln()
}

/// The names that both share: `Series: Border carbon`, `Iran and Donald Trump`, `for investors`.
fn reason(whole: &Whole, tags: &[&Tagged]) -> String {
    let name = |tag: &&Tagged| whole.catalogue.term(tag).name.to_string();
    if let Some(series) = tags.iter().find(|tag| tag.taxonomy == Taxonomy::Series) {
        return format!("Same series: {}", name(series));
    }
    let mut names: Vec<String> = Vec::new();
    for taxonomy in [Taxonomy::Actor, Taxonomy::Country] {
        for tag in tags.iter().filter(|tag| tag.taxonomy == taxonomy) {
            let name = name(tag);
            if !names.contains(&name) && names.len() < 3 {
                names.push(name);
            }
        }
    }
    if names.is_empty() {
        let lenses: Vec<String> =
            tags.iter().filter(|tag| tag.taxonomy == Taxonomy::Lens).map(name).take(2).collect();
        let lenses: Vec<&str> = lenses.iter().map(String::as_str).collect();
        return format!("Also for: {}", words::row(&lenses));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    format!("Also on {}", words::row(&names))
}
