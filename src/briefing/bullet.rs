//! Lists in plain text: what stands before an item, and the Markdown that a run of items becomes.

use super::letters::{is_bullet, is_emoji, is_emoji_tail, is_space};
use super::markdown::as_paragraph;

/// What stands before an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A bullet that is one wherever it stands: `-`, `*`, `•`.
    Bullet,
    /// A sign that is a bullet only in company: `+`, `–`, `—`.
    Doubtful(char),
    /// `3.` or `3)`.
    Number(u32),
    /// An emoji with a meaning of its own, which stays in the text.
    Emoji,
}

/// The mark at the start of a line and the length of it and the space behind it, in bytes.
#[must_use]
pub fn of(line: &str) -> Option<(Mark, usize)> {
    let first = line.chars().next()?;
    let behind = |at: usize| {
        let rest = &line[at..];
        let text = rest.trim_start_matches(is_space);
        (text.len() < rest.len() && !text.is_empty()).then(|| line.len() - text.len())
    };
    match first {
        '-' | '*' => behind(1).map(|length| (Mark::Bullet, length)),
        '+' | '–' | '—' => behind(first.len_utf8()).map(|length| (Mark::Doubtful(first), length)),
        // What word processors export for bullets in their own fonts.
        'o' | '§' | 'Ø' | 'ü' if line[first.len_utf8()..].starts_with('\t') => {
            behind(first.len_utf8()).map(|length| (Mark::Bullet, length))
        }
        '0'..='9' => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let number = line.get(..digits).filter(|_| digits <= 2)?.parse().ok()?;
            if !line[digits..].starts_with(['.', ')']) {
                return None;
            }
            behind(digits + 1).map(|length| (Mark::Number(number), length))
        }
        c if is_bullet(c) => {
            let text = line.trim_start_matches(|c| is_bullet(c) || is_space(c) || is_emoji_tail(c));
            (!text.is_empty()).then(|| (Mark::Bullet, line.len() - text.len()))
        }
        c if is_emoji(c) => {
            let tail = line.trim_start_matches(|c| is_emoji(c) || is_emoji_tail(c));
            behind(line.len() - tail.len()).map(|_| (Mark::Emoji, 0))
        }
        _ => None,
    }
}

/// One item of a plain list.
#[derive(Debug)]
pub struct PlainItem {
    /// Columns before its mark.
    pub indent: usize,
    /// Its mark.
    pub mark: Mark,
    /// What it says, on one line.
    pub text: String,
}

/// The Markdown of a list: every bullet a hyphen, numbers as they are, deeper items indented below their parents.
/// Also says which items stand at the top.
#[must_use]
pub fn markdown(items: &[PlainItem]) -> (String, Vec<usize>) {
    let mut out = String::new();
    let mut top = Vec::new();
    // Columns of the marks of the open items, and where their text begins in the Markdown.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (number, item) in items.iter().enumerate() {
        while open.last().is_some_and(|(indent, _)| item.indent < indent + 2) {
            open.pop();
        }
        if open.is_empty() {
            top.push(number);
        }
        let column = open.last().map_or(0, |(_, text)| *text);
        let mark = match item.mark {
            Mark::Number(number) => format!("{number}. "),
            Mark::Bullet | Mark::Doubtful(_) | Mark::Emoji => "- ".to_owned(),
        };
        if !out.is_empty() {
            out.push('\n');
        }
        out.extend(std::iter::repeat_n(' ', column));
        out.push_str(&mark);
        out.push_str(&as_paragraph(&item.text));
        open.push((item.indent, column + mark.len()));
    }
    (out, top)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_text() {
        assert_eq!(of("- a"), Some((Mark::Bullet, 2)));
        assert_eq!(of("•\u{a0}a"), Some((Mark::Bullet, 5)));
        assert_eq!(of("•a"), Some((Mark::Bullet, 3)));
        assert_eq!(of("12) a"), Some((Mark::Number(12), 4)));
        assert_eq!(of("🟢 a"), Some((Mark::Emoji, 0)));
        assert_eq!(of("1986. A great year"), None);
        assert_eq!(of("-5 degrees"), None);
        assert_eq!(of("3.5 per cent"), None);
        assert_eq!(of("-"), None);
    }

    #[test]
    fn deeper_items_stand_below_their_parents() {
        let item = |indent, text: &str| PlainItem { indent, mark: Mark::Bullet, text: text.into() };
        let (list, top) = markdown(&[item(0, "a"), item(4, "b"), item(8, "c"), item(4, "d"), item(0, "# e")]);
        assert_eq!(list, "- a\n  - b\n    - c\n  - d\n- \\# e");
        assert_eq!(top, [0, 4]);
    }
}
