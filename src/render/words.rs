//! The words that newsgen itself prints on pages.

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
        "igo" | "body" => "International bodies",
        "government" => "Governments and institutions",
        "party" => "Parties",
        "armed-group" => "Armed groups",
        "company" => "Companies",
        _ => "Others",
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
