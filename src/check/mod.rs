//! What a good editor would object to: on each text, on the whole, and on the pages as they are printed.
//!
//! Each rule has a room, a stable code, and a paragraph in `docs/checks.md`; each can be allowed in newsgen.yaml or
//! in a text's own head ([`allow`]).

pub mod allow;
mod calendar;
pub mod codes;
mod dates;
pub mod document;
mod duplicate;
mod markup;
mod names;
mod near;
mod placeholder;
pub mod printed;
mod quotes;
mod relative;
mod title;
mod whole;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::briefing::Briefing;
use crate::catalogue::{Standing, Visibility};
use crate::diagnostic::Diagnostic;
use crate::site::Site;
use document::Document;

/// Reads every text of a site as an editor would, drafts and what is scheduled included; what has expired is past
/// help. The notes of the site's making are not repeated.
#[must_use]
pub fn texts(site: &Site) -> Vec<Diagnostic> {
    let visibility = site.visibility();
    let files: Vec<_> = site.files.iter().collect();
    let read: Vec<Read<'_>> = files
        .into_par_iter()
        .flat_map_iter(|(path, file)| {
            let text = site.sources.text(path);
            let pairs = file.briefings.iter().filter_map(move |found| Some((&found.briefing, text?)));
            pairs.map(|(briefing, text)| Read {
                briefing: Some(briefing),
                document: Document::of_briefing(briefing, &text.text),
            })
        })
        .filter(|read| read.briefing.is_none_or(|briefing| !has_expired(briefing, &visibility)))
        .collect();
    let catalogue = &site.whole.catalogue;
    let introductions = catalogue.issues.iter().filter_map(|issue| issue.introduction.as_ref());
    let standing = catalogue.pages.iter().chain(introductions);
    let standing = standing.map(|text| Read { briefing: None, document: Document::of_standing(text) });
    let read: Vec<Read<'_>> = read.into_iter().chain(standing).collect();

    let config = &site.whole.config;
    let audiences = audiences(site);
    let strangers = names::Strangers::of(read.iter().filter_map(|read| read.briefing), &site.gazetteer);
    let known = names::Known {
        strangers: &strangers,
        lenses: site.lenses(),
        categories: &config.categories,
        audiences: &audiences,
    };
    let is_english = config.language.split('-').next() == Some("en");
    let each = |read: &Read<'_>| {
        let mut notes = Vec::new();
        let document = &read.document;
        placeholder::rule(document, &mut notes);
        quotes::rule(document, &mut notes);
        if is_english {
            calendar::rule(document, &mut notes);
            relative::rule(document, &mut notes);
        }
        markup::alt(document, &mut notes);
        markup::headings(document, &mut notes);
        if let Some(briefing) = read.briefing {
            notes.extend(markup::summary(briefing, document));
            notes.extend(title::rule(briefing, document));
            dates::rule(briefing, document, &visibility, &mut notes);
            names::rule(briefing, document, &known, &mut notes);
        }
        notes
    };
    let mut notes: Vec<Diagnostic> = read.par_iter().flat_map_iter(each).collect();
    let documents: Vec<Document<'_>> = read.into_iter().map(|read| read.document).collect();
    duplicate::rule(&documents, &mut notes);
    notes
}

/// Looks at what only the whole can show: tags that are nearly the same, names that nobody uses, lists that are old.
#[must_use]
pub fn whole(site: &Site) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    near::rule(&site.whole.catalogue, &site.gazetteer, &mut notes);
    whole::unused(site, &mut notes);
    whole::stale(site, &mut notes);
    notes
}

/// A text being read.
struct Read<'a> {
    briefing: Option<&'a Briefing>,
    document: Document<'a>,
}

fn has_expired(briefing: &Briefing, visibility: &Visibility) -> bool {
    matches!(visibility.standing(&briefing.head, briefing.date), Standing::Expired(_))
}

/// Every audience of the site, drafts' included, by the id of its lens.
fn audiences(site: &Site) -> BTreeMap<String, String> {
    let briefings = site.files.values().flat_map(|file| &file.briefings);
    let implications = briefings.flat_map(|found| &found.briefing.implications);
    let audiences = implications.filter_map(|implication| implication.audience.as_ref());
    audiences.map(|audience| (site.lenses().of(&audience.text).0, audience.text.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::Settings;
    use crate::source::{SitePath, Sources};

    /// What a rule about one text says of a text of 2025-06-05: each code with the words it points at.
    pub fn prose(rule: fn(&Document<'_>, &mut Vec<Diagnostic>), text: &str) -> Vec<String> {
        let path = SitePath::new("a.md");
        let date = jiff::civil::date(2025, 6, 5);
        let document = Document::of_markdown(&path, text, 0, Some(date));
        let mut notes = Vec::new();
        rule(&document, &mut notes);
        let show = |note: Diagnostic| {
            let (start, end) = note.place.and_then(|place| place.span).expect("every note has a place");
            format!("{} [{}]", note.code, &text[start..end])
        };
        notes.into_iter().map(show).collect()
    }

    /// How often a rule fires.
    #[allow(clippy::needless_pass_by_value, reason = "it ends what a rule said")]
    pub fn fires(notes: Vec<String>) -> usize {
        notes.len()
    }

    /// A site of these texts, at the end of 2026, and everything that is said of it.
    pub fn site_notes(texts: &[(&str, &str)]) -> Vec<Diagnostic> {
        let mut sources = Sources::new();
        sources.add_text("newsgen.yaml", "title: T\nbase_url: https://example.org/\n");
        texts.iter().for_each(|(path, text)| sources.add_text(path, text));
        let settings = Settings::at("2026-12-31T00:00:00Z".parse().expect("a timestamp"));
        let site = Site::of(sources, settings, None);
        let mut notes = site.notes;
        notes.extend(super::texts(&site.value));
        notes.extend(whole(&site.value));
        allow::heed(notes, &site.value)
    }

    /// The same, only the codes.
    pub fn site(texts: &[(&str, &str)]) -> Vec<String> {
        site_notes(texts).into_iter().map(|note| note.code.to_owned()).collect()
    }
}
