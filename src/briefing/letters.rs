//! What counts as white space, a bullet, an emoji or the end of a sentence in text that came through somebody's clipboard.

/// Characters that take no room on paper: zero-width spaces and joiners, byte order marks, soft hyphens, direction marks.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
        || (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
}

/// White space of any kind, visible or not (NBSP and its relatives included).
#[must_use]
pub fn is_space(c: char) -> bool {
    if c.is_ascii() { c <= ' ' || c == '\u{7f}' } else { c.is_whitespace() || is_invisible(c) }
}

/// Without white space of any kind at either end.
#[must_use]
pub fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// Whether a line shows nothing.
#[must_use]
pub fn is_blank(line: &str) -> bool {
    line.chars().all(is_space)
}

/// One line, single spaces, nothing invisible.
#[must_use]
pub fn one_line(text: &str) -> String {
    let clean = text.is_ascii()
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && !text.contains("  ")
        && !text.bytes().any(|byte| byte < b' ' || byte == 0x7f);
    if clean {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = true;
        } else if !is_invisible(c) || c == '\u{200d}' || c == '\u{200c}' {
            if gap && !line.is_empty() {
                line.push(' ');
            }
            gap = false;
            line.push(c);
        }
    }
    line
}

/// The byte offset of `part` in `whole`, of which it is a slice.
#[must_use]
pub fn offset_in(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize)
}

/// The last character that is not a closing quote, bracket or emphasis mark.
fn last_mark(text: &str) -> Option<char> {
    text.chars().rev().find(|c| {
        !is_space(*c) && !matches!(c, '"' | '\'' | '”' | '’' | '»' | '“' | ')' | ']' | '*' | '_' | '`')
    })
}

/// Whether a text ends as a sentence does. A footnote mark may follow; `U.S.` and `Inc.` alone end none.
#[must_use]
pub fn ends_sentence(text: &str) -> bool {
    let mut text = trim(text);
    while let Some(before) = text
        .strip_suffix(']')
        .and_then(|inner| inner.rfind('[').map(|at| &text[..at]))
        .filter(|before| text.len() - before.len() < 8)
    {
        text = before.trim_end_matches(is_space);
    }
    match last_mark(text) {
        Some('.') => !ends_in_abbreviation(text),
        Some(last) => matches!(last, '!' | '?' | '…' | '。' | '！' | '？'),
        None => false,
    }
}

/// Whether the full stop at the end belongs to an abbreviation: `U.S.`, `Inc.`, `J.`.
#[must_use]
pub fn ends_in_abbreviation(text: &str) -> bool {
    const SHORT: [&str; 34] = [
        "mr", "mrs", "ms", "dr", "prof", "gen", "sen", "rep", "gov", "lt", "col", "sgt", "st", "no", "vs",
        "inc", "ltd", "co", "corp", "jr", "sr", "jan", "feb", "mar", "apr", "aug", "sept", "sep", "oct",
        "nov", "dec", "adm", "capt", "rev",
    ];
    let text = text.trim_end_matches(|c: char| c != '.' && !c.is_alphanumeric());
    let Some(before) = text.strip_suffix('.') else {
        return false;
    };
    let word = before
        .rsplit(|c: char| is_space(c) || matches!(c, '(' | '“' | '"' | '-' | '–' | '—'))
        .next()
        .unwrap_or(before);
    let mut initials = word.split('.').peekable();
    let initial = |part: &str| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
    };
    if initials.all(initial) && !word.is_empty() {
        return true;
    }
    word.len() <= 5
        && SHORT.iter().any(|short| word.eq_ignore_ascii_case(short))
        && word.starts_with(char::is_uppercase)
}

/// Whether a text goes on what stands before it: its first letter is lower case, or it opens with a comma.
#[must_use]
pub fn continues(text: &str) -> bool {
    let first =
        text.chars().find(|c| !is_space(*c) && !matches!(c, '"' | '\'' | '“' | '‘' | '(' | '«' | '*' | '_'));
    first.is_some_and(|c| c.is_lowercase() || matches!(c, ',' | ';' | ')' | '.'))
}

/// Emoji and pictographs (Unicode's emoji blocks; close enough to tell a bullet from a word).
#[must_use]
pub fn is_emoji(c: char) -> bool {
    matches!(u32::from(c),
        0x1f000..=0x1faff | 0x2600..=0x27bf | 0x2b00..=0x2bff | 0x2300..=0x23ff | 0x2190..=0x21ff | 0x25a0..=0x25ff
        | 0x3030 | 0x303d | 0x3297 | 0x3299)
}

/// What only follows an emoji: variation selectors, joiners, skin tones, keycaps, tags.
#[must_use]
pub fn is_emoji_tail(c: char) -> bool {
    matches!(u32::from(c), 0xfe0e | 0xfe0f | 0x200d | 0x20e3 | 0x1f3fb..=0x1f3ff | 0xe0020..=0xe007f)
}

/// The text after leading emoji and the white space behind them; `None` if there is none.
#[must_use]
pub fn after_emoji(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(is_space);
    if !text.starts_with(is_emoji) {
        return keycap(text);
    }
    Some(text.trim_start_matches(|c| is_emoji(c) || is_emoji_tail(c) || is_space(c)))
}

/// The text after a keycap emoji such as `1️⃣`.
fn keycap(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(|c: char| c.is_ascii_digit() || c == '#' || c == '*')?;
    let rest = rest.strip_prefix('\u{fe0f}').unwrap_or(rest).strip_prefix('\u{20e3}')?;
    Some(rest.trim_start_matches(is_space))
}

/// Marks that people type or paste before the items of a list and that carry no meaning.
#[must_use]
pub fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '•' | '‣'
            | '◦'
            | '⁃'
            | '·'
            | '▪'
            | '▫'
            | '■'
            | '□'
            | '●'
            | '○'
            | '◆'
            | '◇'
            | '►'
            | '▸'
            | '▶'
            | '▹'
            | '➤'
            | '➜'
            | '➔'
            | '➢'
            | '→'
            | '✓'
            | '✔'
            | '❖'
            | '\u{f0b7}'
            | '\u{f0a7}'
            | '🔹'
            | '🔸'
            | '🔷'
            | '🔶'
            | '👉'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_end_no_sentence() {
        assert!(!ends_sentence("For the U.S."));
        assert!(!ends_sentence("Shares of Acme Inc."));
        assert!(ends_sentence("He left the building."));
        assert!(ends_sentence("He said “no.”"));
        assert!(ends_sentence("The bank raised rates.[^1]"));
        assert!(!ends_sentence("Implications"));
    }

    #[test]
    fn a_line_of_invisible_characters_is_blank() {
        assert!(is_blank("\u{a0}\u{200b}\u{feff} \t"));
        assert!(!is_blank("·"));
    }

    #[test]
    fn leading_emoji_are_stepped_over() {
        assert_eq!(after_emoji("📉 Implications"), Some("Implications"));
        assert_eq!(after_emoji("1️⃣ For investors"), Some("For investors"));
        assert_eq!(after_emoji("Implications"), None);
    }

    #[test]
    fn one_line_is_one_line() {
        assert_eq!(one_line(" a\u{a0}\n b\u{200b}c "), "a bc");
    }
}
