//! Paragraphs that are pasted twice.

use std::collections::HashMap;
use std::ops::Range;

use super::document::{Document, Form};
use crate::diagnostic::{Diagnostic, Place};

/// The shortest paragraph that is no coincidence, in letters and digits.
const SHORTEST: usize = 80;

/// The same paragraph in two places: in one briefing, or in two.
pub fn rule(documents: &[Document<'_>], notes: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<blake3::Hash, (usize, Range<usize>)> = HashMap::new();
    for (number, document) in documents.iter().enumerate() {
        for passage in document.passages.iter().filter(|passage| passage.form != Form::Quotation) {
            let Some(key) = key(&passage.plain) else {
                continue;
            };
            let span = passage.whole();
            let Some((first, place)) = seen.get(&key) else {
                seen.insert(key, (number, span));
                continue;
            };
            let other = &documents[*first];
            let (message, help) = if *first == number {
                ("this paragraph stands here twice", "take one of the two out")
            } else {
                (
                    "this paragraph stands in another text too",
                    "link to the other text instead of repeating it",
                )
            };
            let note = document.object("duplicate-paragraph", message, span).help(help);
            notes.push(note.also(Place::span(other.path, place.clone()), "the first time"));
        }
    }
}

/// What two copies of a paragraph have in common, whatever their quotes, spaces and case.
fn key(plain: &str) -> Option<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    let mut letters = 0;
    let mut buffer = [0; 4];
    for c in plain.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase) {
        hasher.update(c.encode_utf8(&mut buffer).as_bytes());
        letters += 1;
    }
    (letters >= SHORTEST).then(|| hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SitePath;

    fn check(texts: &[&str]) -> Vec<String> {
        let path = SitePath::new("a.md");
        let documents: Vec<Document<'_>> =
            texts.iter().map(|text| Document::of_markdown(&path, text, 0, None)).collect();
        let mut notes = Vec::new();
        rule(&documents, &mut notes);
        notes.into_iter().map(|note| note.message).collect()
    }

    const LONG: &str = "The ministers met in the capital and agreed on very little, which is what they had come for, \
                        and they will meet again.";

    #[test]
    fn a_paragraph_pasted_twice_is_found_in_one_text_and_across_texts() {
        assert_eq!(check(&[&format!("{LONG}\n\nMore.\n\n{LONG}\n")]), ["this paragraph stands here twice"]);
        let louder = LONG.replace("which", "*which*").to_uppercase();
        assert_eq!(check(&[LONG, &louder]), ["this paragraph stands in another text too"]);
    }

    #[test]
    fn short_lines_and_quotations_may_come_back() {
        assert_eq!(check(&["Talks go on.\n\nTalks go on.\n"]), Vec::<String>::new());
        assert_eq!(check(&[&format!("> {LONG}\n\n{LONG}\n")]), Vec::<String>::new());
    }
}
