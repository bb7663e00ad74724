//! The words that newsgen itself prints on pages.

use crate::catalogue::Taxonomy;

pub(super) const LATEST: &str = "Latest";
pub(super) const ISSUES: &str = "Issues";
pub(super) const ARCHIVE: &str = "Archive";
pub(super) const SEARCH: &str = "Search";

/// Names in a row: `Russia, Iran and Turkey`.
#[must_use]
pub(super) fn row(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The heading over a group of actors of one kind.
#[must_use]
pub(super) fn kind_heading(kind: &str) -> &'static str {
    match kind {
        "country" | "territory" => "States and territories",
        "person" | "office" => "People",
        "igo" | "body" | "treaty" => "International bodies",
        "government" => "Governments and institutions",
        "party" => "Parties",
        "armed-group" => "Armed groups",
        "company" => "Companies",
        _ => "Others",
    }
}

/// What a term is, above its name on its own page.
#[must_use]
pub fn label(taxonomy: Taxonomy, kind: &str) -> &'static str {
    match (taxonomy, kind) {
        (Taxonomy::Region, _) => "Region",
        (Taxonomy::Country | Taxonomy::Actor, "territory") => "Territory",
        (Taxonomy::Country, _) | (Taxonomy::Actor, "country") => "Country",
        (Taxonomy::Category, _) => "Category",
        (Taxonomy::Lens, _) => "What it means for",
        (Taxonomy::Series, _) => "Series",
        (Taxonomy::Actor, "person") => "Person",
        (Taxonomy::Actor, "office") => "Office",
        (Taxonomy::Actor, "igo" | "body") => "International body",
        (Taxonomy::Actor, "treaty") => "Treaty",
        (Taxonomy::Actor, "government") => "Institution",
        (Taxonomy::Actor, "party") => "Party",
        (Taxonomy::Actor, "armed-group") => "Armed group",
        (Taxonomy::Actor, "company") => "Company",
        (Taxonomy::Actor, _) => "Actor",
    }
}

/// The groups of actors in the order in which they are printed.
pub(super) const KIND_ORDER: [&str; 8] = [
    "States and territories",
    "People",
    "International bodies",
    "Governments and institutions",
    "Parties",
    "Armed groups",
    "Companies",
    "Others",
];
