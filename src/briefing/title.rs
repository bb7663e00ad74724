//! A headline for a text that has none, made from its first sentence.

use super::headings::plain_text;
use super::letters::{ends_in_abbreviation, is_space, trim};

/// The most characters a derived title has.
pub const LONGEST: usize = 70;
const SHORTEST: usize = 24;

/// A short title from the first sentence of a Markdown paragraph: whole, or cut before a clause or a phrase.
/// Empty only if the paragraph says nothing.
#[must_use]
pub fn derive(paragraph: &str) -> String {
    let start: String = paragraph.chars().take(2000).collect();
    let plain = plain_text(&start);
    let sentence = first_sentence(&plain);
    let stops = |c: char| is_space(c) || matches!(c, '.' | ':' | ';' | ',');
    let sentence =
        if ends_in_abbreviation(sentence) { trim(sentence) } else { sentence.trim_end_matches(stops) };
    let sentence = without_attribution(sentence);
    if count(sentence) <= LONGEST {
        return capitalised(sentence);
    }
    let shorter = without_offices(sentence);
    if count(&shorter) <= LONGEST {
        return capitalised(&shorter);
    }
    capitalised(&cut(&shorter))
}

fn count(text: &str) -> usize {
    text.chars().count()
}

/// The text up to its first full stop that ends a sentence.
#[must_use]
pub fn first_sentence(text: &str) -> &str {
    for (at, c) in text.char_indices() {
        if !matches!(c, '.' | '!' | '?' | '…' | '。') {
            continue;
        }
        let end = at + c.len_utf8();
        let behind = text[end..].trim_start_matches(['"', '”', '’', '\'', ')', ']', '»']);
        let stop = text.len() - behind.len();
        if c == '。' || behind.is_empty() {
            return &text[..stop];
        }
        let next = behind.trim_start_matches(is_space);
        // "1986." and "No!" alone are no title.
        if text[..stop].split(is_space).count() < 3 && !next.is_empty() {
            continue;
        }
        if next.len() == behind.len() || next.starts_with(char::is_lowercase) {
            continue;
        }
        if c == '.' && ends_in_abbreviation(&text[..end]) && !begins_sentence(next) {
            continue;
        }
        return &text[..stop];
    }
    text
}

/// Whether a text begins with a word that seldom follows a name but often begins a sentence.
fn begins_sentence(text: &str) -> bool {
    const STARTERS: [&str; 24] = [
        "The", "A", "An", "It", "He", "She", "They", "We", "This", "That", "These", "In", "On", "At", "But",
        "And", "While", "However", "Both", "As", "If", "When", "For", "With",
    ];
    let word = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    STARTERS.contains(&word)
}

/// Drops who said so: `Prices fell, the ministry said` becomes `Prices fell`.
fn without_attribution(sentence: &str) -> &str {
    const SAYING: [&str; 6] = [" said", " says", " reported", " announced", " told reporters", " wrote"];
    let attributed = SAYING.iter().any(|verb| sentence.ends_with(verb));
    match sentence.rsplit_once(", ") {
        Some((claim, who))
            if attributed && who.split(' ').count() <= 8 && count(claim) >= SHORTEST && balanced(claim) =>
        {
            claim
        }
        _ => sentence,
    }
}

/// Drops offices before full names: `U.S. President Donald Trump` becomes `Donald Trump`.
fn without_offices(sentence: &str) -> String {
    const OFFICES: [&str; 12] = [
        "President",
        "Minister",
        "Chancellor",
        "Premier",
        "Secretary",
        "Chairman",
        "Chairwoman",
        "Governor",
        "Senator",
        "Spokesman",
        "Spokeswoman",
        "Leader",
    ];
    let words: Vec<&str> = sentence.split(' ').collect();
    let proper = |word: &str| word.starts_with(char::is_uppercase);
    let name = |word: Option<&&str>| word.is_some_and(|word| proper(word) && !OFFICES.contains(word));
    let ends_clause = |word: &str| word.ends_with([',', ';', ':']);
    let mut keep = vec![true; words.len()];
    for at in 0..words.len() {
        if !OFFICES.contains(&words[at])
            || !name(words.get(at + 1))
            || !name(words.get(at + 2))
            || ends_clause(words[at + 1])
        {
            continue;
        }
        keep[at] = false;
        let mut before = at;
        while let Some(previous) = before.checked_sub(1) {
            let word = words[previous];
            let starts_sentence = previous == 0
                && matches!(word, "The" | "In" | "On" | "As" | "When" | "While" | "After" | "For");
            if !proper(word) || ends_clause(word) || starts_sentence || at - previous > 3 {
                break;
            }
            keep[previous] = false;
            before = previous;
        }
    }
    let kept: Vec<&str> = words.iter().zip(&keep).filter(|(_, keep)| **keep).map(|(word, _)| *word).collect();
    kept.join(" ")
}

/// The longest start that ends before a clause, else before a phrase, else before a word.
fn cut(sentence: &str) -> String {
    const CLAUSES: [&str; 24] = [
        ", ",
        "; ",
        ": ",
        " — ",
        "—",
        " – ",
        " - ",
        " (",
        " after ",
        " as ",
        " while ",
        " when ",
        " which ",
        " who ",
        " amid ",
        " because ",
        " despite ",
        " following ",
        " although ",
        " but ",
        " even ",
        " before ",
        " until ",
        " since ",
    ];
    const PHRASES: [&str; 16] = [
        " on ",
        " in ",
        " at ",
        " for ",
        " with ",
        " from ",
        " over ",
        " by ",
        " that ",
        " to ",
        " into ",
        " during ",
        " under ",
        " through ",
        " against ",
        " across ",
    ];
    let limit = sentence.char_indices().nth(LONGEST).map_or(sentence.len(), |(at, _)| at);
    let window = &sentence[..(limit + 1).min(sentence.floor_char_boundary(limit + 1))];
    let latest = |marks: &[&str], least: usize| {
        let places = window.char_indices().rev().filter(|(_, c)| matches!(c, ' ' | ',' | ';' | ':' | '—'));
        let fits = |at: usize| at <= limit && count(&sentence[..at]) >= least && balanced(&sentence[..at]);
        places
            .map(|(at, _)| at)
            .find(|at| marks.iter().any(|mark| window[*at..].starts_with(mark)) && fits(*at))
    };
    if let Some(at) = latest(&CLAUSES, SHORTEST + 6).or_else(|| latest(&PHRASES, SHORTEST)) {
        let cut = trim_end(&sentence[..at]);
        return cut.strip_suffix(" for the first time").unwrap_or(cut).to_owned();
    }
    let at = window.rfind(' ').filter(|at| *at > 0).unwrap_or(limit);
    format!("{}…", trim_end(&sentence[..at]))
}

/// No quote or bracket left open.
fn balanced(text: &str) -> bool {
    let pairs = text.matches('“').count() == text.matches('”').count()
        && text.matches('(').count() == text.matches(')').count();
    pairs && text.matches('"').count().is_multiple_of(2)
}

fn trim_end(text: &str) -> &str {
    text.trim_end_matches(|c: char| is_space(c) || matches!(c, ',' | ';' | ':' | '—' | '–' | '-'))
}

fn capitalised(text: &str) -> String {
    let text = trim(text);
    let mut letters = text.chars();
    match letters.next() {
        // "iPhone" and "de Gaulle" are spelled so; a plain lower-case word is raised.
        Some(first)
            if first.is_lowercase()
                && !text.chars().take_while(|c| c.is_alphanumeric()).any(char::is_uppercase) =>
        {
            first.to_uppercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_first_sentence_is_the_title() {
        assert_eq!(
            derive("Chad closed its border with Sudan. Trade stopped."),
            "Chad closed its border with Sudan"
        );
        assert_eq!(
            derive("The **rand** fell to a [two-year low](https://x.example). It"),
            "The rand fell to a two-year low"
        );
    }

    #[test]
    fn initials_do_not_end_it() {
        assert_eq!(
            derive("Talks with the U.S. Treasury failed. More."),
            "Talks with the U.S. Treasury failed"
        );
        assert_eq!(
            derive("Chile sells lithium to the U.S. The price rose."),
            "Chile sells lithium to the U.S."
        );
        assert_eq!(derive("Mr. Ruto flew to Juba. More."), "Mr. Ruto flew to Juba");
    }

    #[test]
    fn a_long_one_is_cut_before_a_clause() {
        assert_eq!(
            derive(
                "Egypt raised the price of subsidised bread for the first time in decades, a step that governments had avoided since the riots of 1977."
            ),
            "Egypt raised the price of subsidised bread"
        );
        assert_eq!(
            derive(
                "The central bank of Nigeria left its rate unchanged after inflation eased for a third month and the naira held its ground."
            ),
            "The central bank of Nigeria left its rate unchanged"
        );
    }

    #[test]
    fn offices_before_names_go_first() {
        assert_eq!(
            derive(
                "French President Emmanuel Macron and German Chancellor Friedrich Merz met in Toulon on Friday, with ministers in tow."
            ),
            "Emmanuel Macron and Friedrich Merz met in Toulon on Friday"
        );
    }

    #[test]
    fn without_a_place_to_cut_a_word_is() {
        let title = derive(&"supercalifragilistic ".repeat(9));
        assert!(title.ends_with('…') && count(&title) <= LONGEST + 1, "{title}");
        assert!(derive(&"x".repeat(500)).chars().count() <= LONGEST + 1);
        assert_eq!(derive(""), "");
    }
}
