//! `[WORLD]`: a category in brackets, told from links, insertions, footnotes and tick boxes.

use std::ops::Range;

use super::headings::unwrapped;
use super::letters::{is_invisible, is_space, one_line, trim};

/// A category at the start of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its words, without brackets.
    pub words: String,
    /// Where it stands in the text, brackets included.
    pub span: Range<usize>,
    /// Where the text behind it begins.
    pub rest: usize,
}

/// Words in brackets that editors use for other things than a desk.
#[rustfmt::skip]
const NO_DESK: [&str; 24] = [
    "ADDS", "APPLAUSE", "CORRECTION", "CORRECTED", "CORRECTS", "EDITOR'S NOTE", "EMBARGO", "EMBARGOED", "EDIT", "INAUDIBLE", "LAUGHTER", "LINK", "NB", "NOTE", "PHOTO",
    "REDACTED", "SIC", "SOURCE", "TBC", "TBD", "TK", "TODO", "UPDATE", "UPDATED",
];

/// The category that a text begins with, if it begins with one: mostly capitals (`[WORLD]`, `[US & CANADA]`) or a few
/// capitalised words alone on their line (`[Middle East]`); bold brackets count.
#[must_use]
pub fn split(text: &str) -> Option<Tag> {
    let lead = text.len() - text.trim_start_matches(is_space).len();
    let body = &text[lead..];
    let (body, mark) = match body.as_bytes().first() {
        Some(b'[') => (body, ""),
        Some(b'*') if body.starts_with("**[") => (&body[2..], "**"),
        Some(b'_') if body.starts_with("__[") => (&body[2..], "__"),
        _ => return None,
    };
    let close = body.char_indices().take(48).find(|(_, c)| *c == ']').map(|(at, _)| at)?;
    let inner = &body[1..close];
    let inner = inner.strip_prefix("**").and_then(|inner| inner.strip_suffix("**")).unwrap_or(inner);
    let behind = &body[close + 1..];
    let behind = if mark.is_empty() { behind } else { behind.strip_prefix(mark)? };
    let words = one_line(trim(inner));
    if behind.starts_with(['(', '[', ':']) || !is_desk(&words) {
        return None;
    }
    let rest = behind.trim_start_matches(|c| is_space(c) && c != '\n');
    let alone = rest.is_empty() || rest.starts_with('\n');
    let letters = words.chars().filter(|c| c.is_alphabetic());
    let (upper, all) =
        letters.fold((0, 0), |(upper, all), c| (upper + usize::from(!c.is_lowercase()), all + 1));
    let shouted = upper * 10 >= all * 7 && all >= 2;
    let capitalised = words.split([' ', '/', '-', '&']).all(|word| {
        word.is_empty() || matches!(word, "and" | "of" | "the") || !word.starts_with(char::is_lowercase)
    });
    // In mixed case brackets in running text are an insertion: `[Trump] said`.
    if !(shouted || (alone && capitalised && all >= 2)) {
        return None;
    }
    let end = lead + 2 * mark.len() + close + 1;
    let rest = trim_start(&text[end..]);
    Some(Tag { words, span: lead..end, rest: text.len() - rest.len() })
}

/// The category at the start of a line that is bold from end to end (`**[WORLD] A title**`), its places those of the
/// bold words, and those words.
#[must_use]
pub fn in_bold(line: &str) -> Option<(Tag, &str)> {
    let (inner, marks) = unwrapped(trim(line));
    let tag = split(inner).filter(|tag| marks >= 2 && tag.rest < inner.len())?;
    Some((tag, inner))
}

fn trim_start(text: &str) -> &str {
    text.trim_start_matches(is_space)
}

fn is_desk(words: &str) -> bool {
    let fits = !words.is_empty() && words.chars().count() <= 32;
    let plain = |c: char| {
        c.is_alphanumeric()
            || matches!(c, ' ' | '&' | '-' | '–' | ',' | '/' | '.' | '\'' | '’' | '+')
            || is_invisible(c)
    };
    let desk = words.replace('’', "'").to_uppercase();
    fits && words.chars().all(plain)
        && words.starts_with(char::is_alphanumeric)
        && words.chars().any(char::is_alphabetic)
        && !NO_DESK.contains(&desk.as_str())
        && words.split(' ').count() <= 5
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Option<(String, &str)> {
        split(text).map(|tag| (tag.words, &text[tag.rest..]))
    }

    #[test]
    fn a_desk_in_capitals_is_a_category() {
        assert_eq!(check("[WORLD] A call."), Some(("WORLD".into(), "A call.")));
        assert_eq!(check("[WORLD]A call."), Some(("WORLD".into(), "A call.")));
        assert_eq!(check("\u{feff}[US\u{a0}& CANADA]\nA call."), Some(("US & CANADA".into(), "A call.")));
        assert_eq!(check("**[TECH/AI]** A chip."), Some(("TECH/AI".into(), "A chip.")));
        assert_eq!(check("[Middle East]\nA call."), Some(("Middle East".into(), "A call.")));
    }

    #[test]
    fn other_brackets_stay_text() {
        for text in [
            "[Axios](https://axios.example) says",
            "[WORLD](x) y",
            "[WORLD][1]",
            "[WORLD]: https://x",
            "[1] Note",
            "[^1] Note",
            "[x] Done",
            "[ ] Open",
            "\\[WORLD] y",
            "[Trump] said so",
            "[UPDATE] More",
            "[TK] more",
            "dishonor[ing] it",
            "[a + b = c] y",
        ] {
            assert_eq!(check(text), None, "{text}");
        }
    }
}
