//! Edits YAML as a careful hand would: one value changed, one line added, every comment, quote and order kept.
//!
//! What is edited here is read again through the door of YAML before anything is written.

use std::ops::Range;

use crate::source::SitePath;
use crate::yaml::{self, Piece};

/// A value or a key of a piece of YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// Its bytes, quotes included.
    pub range: Range<usize>,
    /// What it says.
    pub text: String,
    /// Whether it is the key of something.
    pub is_key: bool,
}

/// The values and keys in a range of a text, in order; comments are none.
#[must_use]
pub fn scalars(text: &str, range: Range<usize>) -> Vec<Scalar> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut at = range.start;
    while at < range.end {
        let rest = &text[at..range.end];
        match bytes[at] {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b' ' | b'\t' | b'\n' | b'\r' | b',' => {}
            b'#' => {
                at += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            b'-' if rest[1..].starts_with([' ', '\n', '\r']) => {}
            b':' if rest[1..].is_empty() || rest[1..].starts_with([' ', '\n', '\r']) => {}
            quote @ (b'"' | b'\'') => {
                let end = at + quoted_length(rest, quote);
                found.push(scalar(text, at..end, range.end));
                at = end;
                continue;
            }
            _ => {
                let end = at + plain_length(rest, depth > 0);
                found.push(scalar(text, at..end, range.end));
                at = end.max(at + 1);
                continue;
            }
        }
        at += 1;
    }
    found
}

fn scalar(text: &str, range: Range<usize>, end: usize) -> Scalar {
    let after = text[range.end..end].trim_start_matches(' ');
    let is_key = after.starts_with(':') && !after[1..].starts_with(|c: char| !c.is_whitespace());
    Scalar { text: meaning(&text[range.clone()]), range, is_key }
}

/// What a token says, quotes and escapes resolved.
fn meaning(token: &str) -> String {
    let path = SitePath::new("");
    let line = format!("k: {token}\n");
    let read = yaml::read(Piece { path: &path, text: &line, offset: 0 }, yaml::LARGEST);
    read.ok().and_then(|mut fields| fields.text("k")).unwrap_or_else(|| token.to_owned())
}

fn quoted_length(rest: &str, quote: u8) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 1,
            b'\'' if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') => at += 1,
            byte if byte == quote => return at + 1,
            _ => {}
        }
        at += 1;
    }
    rest.len()
}

fn plain_length(rest: &str, in_flow: bool) -> usize {
    let mut length = 0;
    for (at, c) in rest.char_indices() {
        let after = &rest[at + c.len_utf8()..];
        let ends = match c {
            '\n' | '\r' => true,
            ',' | ']' | '}' | '[' | '{' => in_flow,
            ':' => {
                after.is_empty()
                    || after.starts_with([' ', '\n', '\r'])
                    || (in_flow && after.starts_with([',', ']', '}']))
            }
            '#' => rest[..at].ends_with(' '),
            _ => false,
        };
        if ends {
            break;
        }
        length = at + c.len_utf8();
    }
    rest[..length].trim_end().len()
}

/// The lines of a key at the left margin and of what belongs to it, without comments and blank lines below.
#[must_use]
pub fn block(text: &str, region: Range<usize>, key: &str) -> Option<Range<usize>> {
    let mut at = region.start;
    let mut start = None;
    let mut end = region.start;
    for line in text[region.clone()].split_inclusive('\n') {
        let here = at;
        at += line.len();
        let is_margin = !line.starts_with([' ', '\t', '-', '#', '\r', '\n', ']', '}']);
        if is_margin {
            if start.is_some() {
                break;
            }
            let name = line.split_once(':').map(|(name, _)| name.trim().trim_matches(['"', '\'']));
            if name == Some(key) {
                start = Some(here);
            }
        }
        let is_said = !line.trim().is_empty() && !line.starts_with('#');
        if start.is_some() && is_said {
            end = at;
        }
    }
    start.map(|start| start..end)
}

/// Puts another value where one stands, in the same kind of quotes.
pub fn replace(text: &mut String, range: Range<usize>, value: &str) {
    let new = like(&text[range.clone()], value);
    text.replace_range(range, &new);
}

/// A value in the quotes of another; plain only where it needs none.
fn like(old: &str, value: &str) -> String {
    match old.as_bytes().first() {
        Some(b'\'') if !value.contains(['\n', '\r']) => format!("'{}'", value.replace('\'', "''")),
        Some(b'"') => yaml::quoted(value),
        _ if meaning(value) == value && is_plain(value) => value.to_owned(),
        _ => yaml::quoted(value),
    }
}

fn is_plain(value: &str) -> bool {
    value.starts_with(|c: char| c.is_alphabetic() || c == '/')
        && value.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/' | '.' | '’' | '&'))
        && !value.ends_with(' ')
        && !matches!(
            value.to_ascii_lowercase().as_str(),
            "true" | "false" | "null" | "yes" | "no" | "on" | "off"
        )
}

/// Adds a line at the end of a region.
pub fn add_line(text: &mut String, region: &mut Range<usize>, line: &str) {
    let mut new = String::new();
    if region.end > region.start && !text[..region.end].ends_with('\n') {
        new.push_str(newline(text));
    }
    new.push_str(line);
    new.push_str(newline(text));
    text.insert_str(region.end, &new);
    region.end += new.len();
}

/// Adds a value to a list, however it is written; makes the list if there is none.
pub fn add_to_list(text: &mut String, region: &mut Range<usize>, key: &str, value: &str) {
    let quoted = yaml::quoted(value);
    let before = text.len();
    let Some(lines) = block(text, region.clone(), key) else {
        let line = format!("{key}:{}  - {quoted}", newline(text));
        return add_line(text, region, &line);
    };
    let values: Vec<Scalar> = scalars(text, lines.clone()).into_iter().skip(1).collect();
    let colon = lines.start + text[lines.clone()].find(':').map_or(0, |colon| colon + 1);
    let first = text[colon..lines.end].trim_start();
    if first.starts_with('[') {
        let last = values.last().map_or(lines.end, |last| last.range.end);
        let from = if values.is_empty() { colon } else { last };
        if let Some(close) = text[from..lines.end].find(']') {
            let comma = if values.is_empty() { "" } else { ", " };
            let at = if values.is_empty() { from + close } else { last };
            text.insert_str(at, &format!("{comma}{quoted}"));
        }
    } else if let Some(last) = values.last() {
        let line_start = text[..last.range.start].rfind('\n').map_or(0, |newline| newline + 1);
        let dash = text[line_start..last.range.start].find('-').map(|dash| line_start + dash);
        match dash {
            Some(dash) if line_start > lines.start => {
                let indent = text[line_start..dash].to_owned();
                let mut at = text[last.range.end..lines.end]
                    .find('\n')
                    .map_or(lines.end, |end| last.range.end + end + 1);
                if !text[..at].ends_with('\n') {
                    text.insert_str(at, newline(text));
                    at = text.len().min(at + newline(text).len());
                }
                text.insert_str(at, &format!("{indent}- {quoted}{}", newline(text)));
            }
            // One value without a list.
            _ => {
                let range = last.range.clone();
                let old = text[range.clone()].to_owned();
                text.replace_range(range, &format!("[{old}, {quoted}]"));
            }
        }
    } else {
        text.insert_str(lines.start + text[lines.clone()].trim_end().len(), &format!(" [{quoted}]"));
    }
    region.end += text.len() - before;
}

/// How the lines of a text end.
#[must_use]
pub fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(head: &str) -> String {
        let mut text = head.to_owned();
        let mut region = 0..text.len();
        add_to_list(&mut text, &mut region, "aliases", "/new/");
        assert_eq!(region.end, text.len());
        let path = SitePath::new("a");
        let mut fields =
            yaml::read(Piece { path: &path, text: &text, offset: 0 }, yaml::LARGEST).expect("it is YAML");
        let values = fields.texts("aliases").unwrap_or_default();
        assert_eq!(values.last().map(|(value, _)| value.as_str()), Some("/new/"), "{text}");
        text
    }

    #[test]
    fn a_list_grows_in_its_own_style() {
        assert_eq!(added("title: A # a\n"), "title: A # a\naliases:\n  - \"/new/\"\n");
        assert_eq!(
            added("aliases: [/a/, /b/] # old\ntitle: A\n"),
            "aliases: [/a/, /b/, \"/new/\"] # old\ntitle: A\n"
        );
        assert_eq!(
            added("aliases:\n- /a/ # one\n\n# the title\ntitle: A\n"),
            "aliases:\n- /a/ # one\n- \"/new/\"\n\n# the title\ntitle: A\n"
        );
        assert_eq!(added("aliases: /a/\n"), "aliases: [/a/, \"/new/\"]\n");
        assert_eq!(added("aliases: []\n"), "aliases: [\"/new/\"]\n");
        assert_eq!(added("aliases:\r\n  - '/a/'\r\n"), "aliases:\r\n  - '/a/'\r\n  - \"/new/\"\r\n");
    }

    #[test]
    fn values_are_found_in_every_style_and_comments_are_none() {
        let text = "actors: {add: [\"Iran\", 'O''Neill', Turkey # not Iran\n  ], remove: [a-b]}\n";
        let found: Vec<String> =
            scalars(text, 0..text.len()).into_iter().filter(|one| !one.is_key).map(|one| one.text).collect();
        assert_eq!(found, ["Iran", "O'Neill", "Turkey", "a-b"]);
    }

    #[test]
    fn a_value_keeps_its_quotes() {
        for (old, new) in [("\"A\"", "\"B: c\""), ("'A'", "'B: c'"), ("A", "\"B: c\"")] {
            let mut text = format!("title: {old}\n");
            replace(&mut text, 7..7 + old.len(), "B: c");
            assert_eq!(text, format!("title: {new}\n"));
        }
    }
}
