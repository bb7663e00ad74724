//! Titles that newsgen made and nobody has confirmed.

use super::dates::line_of;
use super::document::Document;
use crate::briefing::Briefing;
use crate::diagnostic::Diagnostic;

/// A derived title in a file that has a head: the one line that says so is there to be deleted. A raw paste without a
/// head is met with the parser's own note instead, which stops nobody.
#[must_use]
pub fn rule(briefing: &Briefing, document: &Document<'_>) -> Option<Diagnostic> {
    let is_listed = briefing.head.derived.iter().any(|key| key == "title");
    let has_line = document.text.lines().any(|line| line.starts_with("derived:"));
    if !(is_listed && has_line && briefing.title.derived) {
        return None;
    }
    let message = format!("newsgen made the title “{}”, and nobody has confirmed it", briefing.title.text);
    let note = document.object("unconfirmed-title", message, line_of(document.text, "derived"));
    Some(note.help("write a better one or keep it, and delete the line `derived:`"))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::site_notes;

    fn check(path: &str, text: &str) -> Vec<String> {
        let mut notes = site_notes(&[(path, text)]);
        notes.retain(|note| note.code.ends_with("-title"));
        notes.into_iter().map(|note| format!("{} {}", note.severity.word(), note.code)).collect()
    }

    #[test]
    fn a_title_made_at_import_waits_for_its_editor() {
        let text =
            "---\ntitle: \"They met\"\ndate: \"2026-06-05\"\nderived: [title]\n---\n\nThey met in Geneva.\n";
        assert_eq!(check("content/briefings/a.md", text), ["warning unconfirmed-title"]);
        let confirmed = text.replace("derived: [title]\n", "");
        assert_eq!(check("content/briefings/a.md", &confirmed), Vec::<String>::new());
    }

    #[test]
    fn a_raw_paste_is_only_noted() {
        let notes = check("content/briefings/2026-06-05-a.txt", "[WORLD] They met in Geneva and talked.\n");
        assert_eq!(notes, ["note derived-title"]);
    }
}
