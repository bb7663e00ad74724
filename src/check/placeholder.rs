//! `TK`, `TODO`, `XXX`: what a desk writes when it means to come back.

use super::document::{Document, MASK};
use crate::diagnostic::Diagnostic;

/// What stands for a missing word.
const MARKS: [&str; 5] = ["TK", "TKTK", "TODO", "FIXME", "XXX"];

/// Words before `XXX` that make a Roman numeral of it.
const NUMBERED: [&str; 8] = ["Bowl", "Olympiad", "Congress", "Chapter", "Part", "Volume", "Title", "Article"];

/// Placeholders that nobody came back to.
pub fn rule(document: &Document<'_>, notes: &mut Vec<Diagnostic>) {
    for passage in &document.passages {
        let plain = &passage.plain;
        let mut last = "";
        for (at, word) in words(plain) {
            let is_mark = MARKS.contains(&word) && !(word == "XXX" && NUMBERED.contains(&last));
            if is_mark && stands_alone(plain, at, word.len()) {
                let note = document.object(
                    "placeholder",
                    format!("`{word}` stands for something that is missing"),
                    passage.span(at..at + word.len()),
                );
                notes.push(note.help("write what belongs there, or take it out"));
            }
            last = word;
        }
        if let Some(at) = plain.to_lowercase().find("lorem ipsum").filter(|_| plain.is_ascii()) {
            let span = passage.span(at..at + "lorem ipsum".len());
            let note =
                document.object("placeholder", "`lorem ipsum` stands for something that is missing", span);
            notes.push(note.help("write what belongs there, or take it out"));
        }
    }
}

/// The words of a text with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(|c: char| !c.is_alphanumeric()).filter_map(move |word| {
        let start = at;
        at += word.len() + text[at + word.len()..].chars().next().map_or(0, char::len_utf8);
        (!word.is_empty()).then_some((start, word))
    })
}

/// `TK` is a word of its own, not part of `TK-421`, `TK/2025`, `.TK` or `@TK`.
fn stands_alone(text: &str, at: usize, length: usize) -> bool {
    let joins = |c: char| matches!(c, '-' | '/' | '_' | '@' | '#' | '&' | '+' | MASK);
    let before = text[..at].chars().next_back();
    let mut after = text[at + length..].chars();
    let next = after.next();
    let is_inside = next == Some('.') && after.next().is_some_and(char::is_alphanumeric);
    !(before.is_some_and(|c| joins(c) || c == '.') || next.is_some_and(joins) || is_inside)
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{fires, prose};

    fn check(text: &str) -> Vec<String> {
        prose(super::rule, text)
    }

    #[test]
    fn what_the_desk_meant_to_come_back_to_is_found() {
        assert_eq!(check("Exports rose by TK percent."), ["placeholder [TK]"]);
        assert_eq!(check("TODO: name the minister\n\n- XXX\n"), ["placeholder [TODO]", "placeholder [XXX]"]);
        assert_eq!(fires(check("President XXX said [TK].")), 2);
        assert_eq!(fires(check("Lorem ipsum dolor.")), 1);
    }

    #[test]
    fn codes_addresses_and_numerals_are_no_placeholders() {
        for text in [
            "Flight TK-1951 landed.",
            "`TODO` is a word of programmers.",
            "See https://example.org/TK/ and example.TK for it.",
            "Super Bowl XXX was in Tempe.",
            "Turks todo their work; a tk.",
            "The TKO came late.",
        ] {
            assert_eq!(check(text), Vec::<String>::new(), "{text}");
        }
    }
}
