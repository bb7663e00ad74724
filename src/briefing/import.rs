//! Pasted text becomes files: each briefing in it as canonical Markdown, with the receipt of what became what.

use jiff::civil::Date;

use super::canonical;
use super::date;
use super::front_matter;
use super::model::Briefing;
use super::reading::{self, Given};
use super::receipt::{Receipt, leftovers};
use crate::config::Headings;
use crate::diagnostic::{Diagnostic, Noted, Severity};
use crate::source::SitePath;

/// What the editor says beside the text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wishes<'w> {
    /// `--date`: over whatever the text says.
    pub date: Option<Date>,
    /// `--title`: likewise.
    pub title: Option<&'w str>,
    /// The name of the file that the text came in; none if it came through a pipe.
    pub file_name: Option<&'w str>,
    /// The host that feed ids are made for: `desk.example` makes `tag:desk.example,2025-06-05:slug` (RFC 4151).
    pub id_for: Option<&'w str>,
}

/// One briefing, ready to be saved.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// What was read.
    pub briefing: Briefing,
    /// It as canonical Markdown.
    pub markdown: String,
    /// What to call the file: `2025-06-05-call.md`; none without a date.
    pub file_name: Option<String>,
    /// What became what.
    pub receipt: Receipt,
}

/// Imports a text. A note of code `undated` is an error here: nothing can be saved without a day.
pub fn import(text: &str, wishes: Wishes<'_>, headings: &Headings) -> Noted<Vec<Imported>> {
    let path =
        SitePath::new(wishes.file_name.unwrap_or(if is_markdown(text) { "paste.md" } else { "paste.txt" }));
    let (dated, _) = date::in_file_name(path.stem());
    let given = Given { title: wishes.title, date: wishes.date, is_nameless: dated.is_none() };
    let Noted { value: reading, notes } = reading::read(&path, text, headings, given);
    let mut taken: Vec<String> = Vec::new();
    let mut imported = Vec::with_capacity(reading.briefings.len());
    for mut briefing in reading.briefings {
        briefing.slug = free(&briefing.slug, &taken);
        taken.push(briefing.slug.clone());
        if let (None, Some(host), Some(date)) = (&briefing.head.id, wishes.id_for, briefing.date) {
            briefing.head.id = Some(format!("tag:{host},{date}:{}", briefing.slug));
        }
        let file_name = briefing.date.map(|date| format!("{date}-{}.md", briefing.slug));
        let left = leftovers(text, &reading.placements, briefing.part);
        let receipt = Receipt::of(&briefing, file_name.clone(), left);
        let markdown = canonical::write(&briefing, headings);
        imported.push(Imported { briefing, markdown, file_name, receipt });
    }
    Noted::with(imported, notes.into_iter().map(strict).collect())
}

/// The slug, or the slug with a number that no other briefing of the text has.
fn free(slug: &str, taken: &[String]) -> String {
    let mut numbered =
        (1..).map(|number| if number == 1 { slug.to_owned() } else { format!("{slug}-{number}") });
    numbered.find(|slug| !taken.contains(slug)).unwrap_or_else(|| slug.to_owned())
}

/// Whether a text from a pipe is Markdown: it has a head, or a heading of `#`s.
fn is_markdown(text: &str) -> bool {
    let marked = |line: &str| {
        let rest = line.trim_start_matches('#');
        let marks = line.len() - rest.len();
        (1..=6).contains(&marks) && rest.starts_with(' ')
    };
    front_matter::split(text).0.is_some() || text.lines().any(marked)
}

fn strict(note: Diagnostic) -> Diagnostic {
    if note.code != "undated" {
        return note;
    }
    let note = Diagnostic { severity: Severity::Error, ..note };
    note.help("say `--date 2025-06-05`, or write `date: 2025-06-05` into a head, or put the day before the file's name")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "[ENERGY] Norway’s gas exports reached a record in May, the grid operator said. Prices fell.\nImplications\nFor buyers\nStorage fills early.\nWhat we think\nIt will not last.";

    fn check(text: &str, wishes: Wishes<'_>) -> Noted<Vec<Imported>> {
        import(text, wishes, &Headings::default())
    }

    #[test]
    fn a_paste_becomes_canonical_markdown() {
        let wishes = Wishes {
            date: Some(Date::constant(2025, 6, 5)),
            id_for: Some("desk.example"),
            ..Wishes::default()
        };
        let imported = check(TEXT, wishes).value;
        assert_eq!(
            imported[0].file_name.as_deref(),
            Some("2025-06-05-norways-gas-exports-reached-a-record-in-may.md")
        );
        assert_eq!(
            imported[0].markdown,
            "---\ntitle: \"Norway’s gas exports reached a record in May\"\ndate: 2025-06-05\ncategory: \"ENERGY\"\n\
            id: \"tag:desk.example,2025-06-05:norways-gas-exports-reached-a-record-in-may\"\nderived: [\"title\"]\n---\n\n\
            Norway’s gas exports reached a record in May, the grid operator said. Prices fell.\n\n\
            ## Implications\n\n### For buyers\n\nStorage fills early.\n\n## What we think\n\nIt will not last.\n"
        );
    }

    #[test]
    fn the_receipt_says_what_became_what() {
        let wishes = Wishes {
            date: Some(Date::constant(2025, 6, 5)),
            title: Some("Gas, in plenty"),
            ..Wishes::default()
        };
        let imported = check(TEXT, wishes).value;
        assert_eq!(
            imported[0].receipt.text(),
            "file          2025-06-05-gas-in-plenty.md\ntitle         Gas, in plenty\ndate          2025-06-05\n\
            category      ENERGY\nfacts         1 paragraph, 14 words\nimplication   For buyers: 1 paragraph, 3 words\n\
            view          What we think: 1 paragraph, 4 words\nnot placed    nothing\n"
        );
    }

    #[test]
    fn without_a_day_it_asks_for_one() {
        let noted = check(TEXT, Wishes::default());
        let note = noted.notes.iter().find(|note| note.code == "undated").expect("the day is missed");
        assert_eq!(note.severity, Severity::Error);
        assert!(note.help.as_ref().is_some_and(|help| help.contains("--date 2025-06-05")));
        assert_eq!(noted.value[0].file_name, None);
    }

    #[test]
    fn a_dated_file_name_keeps_its_words() {
        let wishes = Wishes { file_name: Some("2025-06-05-norway-gas.txt"), ..Wishes::default() };
        assert_eq!(check(TEXT, wishes).value[0].file_name.as_deref(), Some("2025-06-05-norway-gas.md"));
        let wishes = Wishes {
            file_name: Some("paste from phone.txt"),
            date: Some(Date::constant(2025, 6, 5)),
            ..Wishes::default()
        };
        assert!(
            check(TEXT, wishes).value[0].file_name.as_ref().is_some_and(|name| name.contains("norways-gas"))
        );
    }

    #[test]
    fn several_items_become_several_files() {
        let text = "June 5, 2025\n\n[ENERGY] Gas fell.\n\n[WORLD] Gas fell.\n\n[TRADE] Tariffs rose.";
        let names: Vec<_> =
            check(text, Wishes::default()).value.into_iter().filter_map(|one| one.file_name).collect();
        assert_eq!(
            names,
            ["2025-06-05-gas-fell.md", "2025-06-05-gas-fell-2.md", "2025-06-05-tariffs-rose.md"]
        );
    }
}
