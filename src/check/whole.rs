//! What only the whole can show: names that the site declares and nobody uses, and lists that nobody has looked at for
//! long.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::catalogue::{Taxonomy, lens};
use crate::diagnostic::Diagnostic;
use crate::site::Site;
use crate::source::SitePath;
use crate::yaml::{self, Piece, Value};

/// How old a list of offices may be before somebody should look at it, in days.
const OLD: i64 = 180;

/// Names of the site's own lists that no shown briefing is filed under. Notes: a list may be ahead of the briefings.
pub fn unused(site: &Site, notes: &mut Vec<Diagnostic>) {
    let catalogue = &site.whole.catalogue;
    let lists: [(&str, &str, &[Taxonomy]); 3] = [
        (lens::FILE, "lenses", &[Taxonomy::Lens]),
        ("entities.yaml", "entities", &[Taxonomy::Actor, Taxonomy::Country]),
        ("regions.yaml", "regions", &[Taxonomy::Region]),
    ];
    for (file, key, taxonomies) in lists {
        let path = SitePath::new(file);
        for (id, span) in declared(site, &path, key) {
            if !taxonomies.iter().any(|taxonomy| catalogue.index(*taxonomy).term(&id).is_some()) {
                let message = format!("no briefing is filed under `{id}`");
                let note = Diagnostic::note("unused-term", message).at(&path, span);
                notes.push(note.help("keep it for later, or take it out"));
            }
        }
    }
}

/// The ids in a list of one of the site's own files.
fn declared(site: &Site, path: &SitePath, key: &'static str) -> Vec<(String, Range<usize>)> {
    let Some(text) = site.sources.text(path) else {
        return Vec::new();
    };
    let Ok(mut fields) = yaml::read(Piece { path, text: &text.text, offset: 0 }, 16 * yaml::LARGEST) else {
        return Vec::new();
    };
    let list = fields.take(key);
    let items = list.as_ref().and_then(Value::as_sequence).into_iter().flatten();
    let ids = items.filter_map(|item| item.get("id").and_then(yaml::scalar));
    ids.map(|id| {
        let span = fields.span_of_value(key, &id);
        (id, span)
    })
    .collect()
}

/// Lists of people in office that were last checked long ago: the site's own, and the built-in one.
pub fn stale(site: &Site, notes: &mut Vec<Diagnostic>) {
    let visibility = site.visibility();
    let today = visibility.now.to_zoned(visibility.time_zone).date();
    let is_old = |date: Date| date.checked_add(OLD.days()).is_ok_and(|limit| limit < today);
    let path = SitePath::new("entities.yaml");
    if let Some(text) = site.sources.text(&path)
        && let Ok(mut fields) =
            yaml::read(Piece { path: &path, text: &text.text, offset: 0 }, 16 * yaml::LARGEST)
        && let Some(date) = fields.date("as_of").filter(|date| is_old(*date))
    {
        let message = format!("these names were last checked on {date}");
        let note = Diagnostic::note("stale-entities", message).at(&path, fields.span_of("as_of"));
        notes.push(note.help("see who still holds which office, then write today's date"));
    }
    if let Some(date) = day(site.gazetteer.as_of()).filter(|date| is_old(*date)) {
        let message = format!("newsgen's own list of people in office is of {date}");
        let note = Diagnostic::note("stale-names", message);
        notes.push(note.help("install a newer newsgen, or add changes to entities.yaml"));
    }
}

/// `20261122` as a day.
fn day(number: u32) -> Option<Date> {
    let year = i16::try_from(number / 10_000).ok()?;
    let month = i8::try_from(number / 100 % 100).ok()?;
    Date::new(year, month, i8::try_from(number % 100).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use crate::check::tests::site_notes;

    fn check(code: &str, texts: &[(&str, &str)]) -> Vec<String> {
        let mut notes = site_notes(texts);
        notes.retain(|note| note.code == code);
        notes.into_iter().map(|note| note.message).collect()
    }

    const BRIEFING: &str = "---\ntitle: \"A\"\ndate: \"2026-06-05\"\nregions: [europe]\n---\n\nThey met.\n\n## Implications\n\n### For investors\n\nA.\n";

    #[test]
    fn a_name_that_nobody_uses_is_noted() {
        let lenses = "lenses:\n- {id: markets, aliases: [investors]}\n- {id: farmers}\n";
        let regions = "regions:\n- {id: europe, name: Europe}\n- {id: high-north, name: High North}\n";
        let texts =
            [("content/briefings/a.md", BRIEFING), ("lenses.yaml", lenses), ("regions.yaml", regions)];
        assert_eq!(
            check("unused-term", &texts),
            ["no briefing is filed under `farmers`", "no briefing is filed under `high-north`"]
        );
    }

    #[test]
    fn names_in_use_are_left_alone() {
        let lenses = "lenses:\n- {id: markets, aliases: [investors]}\n";
        let texts = [("content/briefings/a.md", BRIEFING), ("lenses.yaml", lenses)];
        assert_eq!(check("unused-term", &texts), Vec::<String>::new());
    }

    /// The moment is the end of 2026.
    #[test]
    fn a_list_that_nobody_looked_at_for_long_is_noted() {
        let old = "version: 1\nas_of: 2026-01-31\nentities: []\n";
        assert_eq!(
            check("stale-entities", &[("entities.yaml", old)]),
            ["these names were last checked on 2026-01-31"]
        );
        let new = "version: 1\nas_of: 2026-11-30\nentities: []\n";
        assert_eq!(check("stale-entities", &[("entities.yaml", new)]), Vec::<String>::new());
    }
}
