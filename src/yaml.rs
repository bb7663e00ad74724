//! The one door to YAML: text to values, or notes with line and column.
//!
//! YAML is read into [`Value`] first, because only that catches duplicate keys; the fields are then taken out one
//! by one, so that one slip never hides the next and every note points at its line.

use std::ops::Range;

use jiff::civil::Date;
pub use serde_yaml::Value;

use crate::diagnostic::{Diagnostic, nearest};
use crate::source::SitePath;

/// The largest YAML text that is read, in bytes: deep nesting costs quadratic time to refuse.
pub const LARGEST: usize = 64 * 1024;

/// A piece of YAML inside a file, and where it starts.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'a> {
    /// The file.
    pub path: &'a SitePath,
    /// The YAML.
    pub text: &'a str,
    /// Its first byte in the file.
    pub offset: usize,
}

impl Piece<'_> {
    /// Byte range in the file of a range in the piece.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Range<usize> {
        range.start + self.offset..range.end + self.offset
    }
}

/// The fenced head of a text: the YAML between two lines of `---`, and where the text below starts, both in
/// bytes. `None` if the text does not open with a fence.
///
/// # Errors
/// The range of the opening fence, if it is never closed.
pub fn fenced(text: &str) -> Result<Option<(Range<usize>, usize)>, Range<usize>> {
    let is_fence = |line: &str| line.trim_end() == "---";
    let start = text.len() - text.trim_start_matches(['\u{feff}', '\u{200b}']).len();
    let mut lines = text[start..].split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| is_fence(line)) else {
        return Ok(None);
    };
    let head = start + first.len();
    let mut at = head;
    for line in lines {
        if is_fence(line) || line.trim_end() == "..." {
            return Ok(Some((head..at, at + line.len())));
        }
        at += line.len();
    }
    Err(start..start + first.trim_end().len())
}

/// Reads a mapping (an empty text is an empty mapping).
///
/// # Errors
/// One note that points at the place where the YAML breaks.
pub fn read(piece: Piece<'_>, limit: usize) -> Result<Fields<'_>, Diagnostic> {
    if piece.text.len() > limit {
        return Err(Diagnostic::error(
            "yaml-too-large",
            format!("this YAML is larger than {} KB", limit / 1024),
        )
        .at(piece.path, piece.span(0..1))
        .help("move the text below the closing `---`"));
    }
    let value: Value = serde_yaml::from_str(piece.text).map_err(|error| broken(piece, &error))?;
    match value {
        Value::Null => Ok(Fields::new(piece, serde_yaml::Mapping::new())),
        Value::Mapping(mapping) => Ok(Fields::new(piece, mapping)),
        _ => Err(Diagnostic::error("yaml-not-a-mapping", "expected lines of the form `key: value`")
            .at(piece.path, piece.span(0..piece.text.lines().next().map_or(0, str::len)))
            .help("write `title: \"…\"` and so on, one key a line")),
    }
}

fn broken(piece: Piece<'_>, error: &serde_yaml::Error) -> Diagnostic {
    let full = error.to_string();
    let message = full.split(" at line ").next().unwrap_or(&full).to_owned();
    let at = error.location().map_or(0, |location| location.index().min(piece.text.len()));
    let at = (0..=at).rev().find(|at| piece.text.is_char_boundary(*at)).unwrap_or(0);
    if let Some(key) = duplicate_key(&message) {
        let second = key_lines(piece.text).filter(|(name, _)| *name == key).nth(1);
        let span = second.map_or(at..at, |(_, span)| span);
        return Diagnostic::error("duplicate-key", format!("`{key}` is given twice"))
            .at(piece.path, piece.span(span))
            .help("keep one of the two");
    }
    let line = piece.text[at..].lines().next().map_or(0, str::len);
    let help = if message.contains("mapping values are not allowed") {
        "put quotes around a value that contains a colon: `title: \"Gas: who pays\"`"
    } else if message.contains("tab") {
        "indent with spaces, not with tabs"
    } else {
        "compare the line with the manual's chapter on front matter; quotes around a value often help"
    };
    Diagnostic::error("bad-yaml", format!("this is not valid YAML: {message}"))
        .at(piece.path, piece.span(at..at + line.max(1).min(piece.text.len() - at)))
        .help(help)
}

fn duplicate_key(message: &str) -> Option<&str> {
    let rest = message.split_once("duplicate entry with key ")?.1;
    Some(rest.trim_matches('"'))
}

/// The keys at the left margin, with their byte ranges.
fn key_lines(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let at = start;
        start += line.len();
        let (key, _) = line.split_once(':')?;
        let bare = key.trim_matches(['"', '\'']);
        let plain = !key.is_empty() && !key.starts_with([' ', '\t', '#', '-']);
        plain.then_some((bare, at..at + key.len()))
    })
}

/// The fields of a mapping, taken out one by one; what is left at the end is unknown.
#[derive(Debug)]
pub struct Fields<'a> {
    piece: Piece<'a>,
    mapping: serde_yaml::Mapping,
    known: Vec<&'static str>,
    notes: Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    fn new(piece: Piece<'a>, mapping: serde_yaml::Mapping) -> Self {
        Self { piece, mapping, known: Vec::new(), notes: Vec::new() }
    }

    /// The fields of a mapping inside this one, such as `headings:`; its notes point at `key`'s lines.
    pub fn inner(&mut self, key: &'static str) -> Option<Fields<'a>> {
        match self.take(key)? {
            Value::Null => None,
            Value::Mapping(mapping) => Some(Fields::new(self.narrowed(key), mapping)),
            _ => {
                self.wrong(key, "a mapping of `name: value` lines");
                None
            }
        }
    }

    /// Takes a value out, whatever it is. `null` counts as a value.
    pub fn take(&mut self, key: &'static str) -> Option<Value> {
        self.known.push(key);
        self.mapping.remove(key)
    }

    /// Takes out one line of text. Numbers and dates count as written.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        match self.take(key)? {
            Value::Null => None,
            value => match scalar(&value) {
                Some(text) => Some(text),
                None => {
                    self.wrong(key, "a text");
                    None
                }
            },
        }
    }

    /// Takes out a truth value.
    pub fn flag(&mut self, key: &'static str) -> Option<bool> {
        match self.take(key)? {
            Value::Null => None,
            Value::Bool(flag) => Some(flag),
            _ => {
                self.wrong(key, "`true` or `false`");
                None
            }
        }
    }

    /// Takes out a whole number.
    pub fn number(&mut self, key: &'static str) -> Option<u64> {
        match self.take(key)? {
            Value::Null => None,
            value => match value.as_u64() {
                Some(number) => Some(number),
                None => {
                    self.wrong(key, "a whole number");
                    None
                }
            },
        }
    }

    /// Takes out a day, `2025-06-05`.
    pub fn date(&mut self, key: &'static str) -> Option<Date> {
        let text = self.text(key)?;
        match text.parse::<Date>() {
            Ok(date) => Some(date),
            Err(error) => {
                let span = self.span_of(key);
                self.notes.push(
                    Diagnostic::error("bad-date", format!("`{text}` is not a day: {error}"))
                        .at(self.piece.path, span)
                        .help("write the day as `2025-06-05`"),
                );
                None
            }
        }
    }

    /// Takes out a list of texts; a single text is a list of one.
    pub fn texts(&mut self, key: &'static str) -> Option<Vec<(String, Range<usize>)>> {
        let value = self.take(key)?;
        self.texts_of(key, &value)
    }

    /// A value of `key` as a list of texts, each with its place.
    pub fn texts_of(&mut self, key: &'static str, value: &Value) -> Option<Vec<(String, Range<usize>)>> {
        let texts: Option<Vec<String>> = match value {
            Value::Null => Some(Vec::new()),
            Value::Sequence(items) => items.iter().map(scalar).collect(),
            single => scalar(single).map(|text| vec![text]),
        };
        match texts {
            Some(texts) => {
                let placed = texts.into_iter().map(|text| {
                    let span = self.span_of_value(key, &text);
                    (text, span)
                });
                Some(placed.collect())
            }
            None => {
                self.wrong(key, "a list of texts, such as `[one, two]`");
                None
            }
        }
    }

    /// Adds a note of the caller's about a key.
    pub fn note(&mut self, note: Diagnostic) {
        self.notes.push(note);
    }

    /// Says that a key holds something else than it should.
    pub fn wrong(&mut self, key: &str, expected: &str) {
        let span = self.span_of(key);
        self.notes.push(
            Diagnostic::error("wrong-type", format!("`{key}` should be {expected}"))
                .at(self.piece.path, span),
        );
    }

    /// Where a key stands (its whole first line), in the file; the piece's first line if it cannot be found.
    #[must_use]
    pub fn span_of(&self, key: &str) -> Range<usize> {
        match self.block_of(key) {
            Some(block) => {
                let line = self.piece.text[block.clone()].lines().next().unwrap_or("").trim_end();
                self.piece.span(block.start..block.start + line.len())
            }
            None => {
                let line = self.piece.text.lines().next().unwrap_or("").len();
                self.piece.span(0..line)
            }
        }
    }

    /// Where a value stands below a key, in the file; the key's line if it cannot be found word for word.
    #[must_use]
    pub fn span_of_value(&self, key: &str, value: &str) -> Range<usize> {
        let found = self.block_of(key).filter(|_| !value.is_empty()).and_then(|block| {
            let after = block.start + self.piece.text[block.clone()].find(':').map_or(0, |colon| colon + 1);
            let at = after + self.piece.text[after..block.end].find(value)?;
            Some(self.piece.span(at..at + value.len()))
        });
        found.unwrap_or_else(|| self.span_of(key))
    }

    /// Where a key of the mapping below `key` stands, in the file; as [`Self::span_of_value`] if no line begins with it.
    #[must_use]
    pub fn span_of_inner(&self, key: &str, inner: &str) -> Range<usize> {
        let found = self.block_of(key).and_then(|block| {
            let mut at = block.start;
            self.piece.text[block].split_inclusive('\n').find_map(|line| {
                let start = at + line.len() - line.trim_start_matches([' ', '"', '\'']).len();
                at += line.len();
                let rest = self.piece.text[start..at].strip_prefix(inner)?;
                let ends = rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':');
                ends.then(|| self.piece.span(start..start + inner.len()))
            })
        });
        found.unwrap_or_else(|| self.span_of_value(key, inner))
    }

    /// The lines of a key and of what is indented below it.
    fn block_of(&self, key: &str) -> Option<Range<usize>> {
        let text = self.piece.text;
        let indent = text.lines().find(|line| is_content(line)).map_or(0, indent_of);
        let mut start = None;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let here = at;
            at += line.len();
            if !is_content(line) || indent_of(line) > indent {
                continue;
            }
            if start.is_some() && !line[indent..].starts_with('-') {
                return start.map(|start| start..here);
            }
            let name = line.get(indent..).and_then(|line| line.split_once(':')).map(|(name, _)| name.trim());
            if start.is_none() && name.is_some_and(|name| name.trim_matches(['"', '\'']) == key) {
                start = Some(here + indent);
            }
        }
        start.map(|start| start..text.len())
    }

    fn narrowed(&self, key: &str) -> Piece<'a> {
        let Some(block) = self.block_of(key) else {
            return self.piece;
        };
        let text = &self.piece.text[block.clone()];
        let skip = text.find('\n').map_or(0, |end| end + 1);
        Piece { path: self.piece.path, text: &text[skip..], offset: self.piece.offset + block.start + skip }
    }

    /// Ends the reading: what was not taken is unknown, with the nearest known name.
    #[must_use]
    pub fn finish(mut self) -> Vec<Diagnostic> {
        let left: Vec<String> =
            self.mapping.keys().map(|key| scalar(key).unwrap_or_else(|| "(not a text)".into())).collect();
        for key in left {
            let span = self.span_of(&key);
            let span = span.start..span.start + key.len().min(span.len());
            let mut note =
                Diagnostic::error("unknown-key", format!("unknown key `{key}`")).at(self.piece.path, span);
            note = match nearest(&key, self.known.iter().copied()) {
                Some(near) => note.help(format!("did you mean `{near}`?")),
                None => note.help(format!("known keys: {}", self.known.join(", "))),
            };
            self.notes.push(note);
        }
        self.notes
    }
}

fn is_content(line: &str) -> bool {
    let line = line.trim_start();
    !line.is_empty() && !line.starts_with('#')
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// A scalar as text; `None` for lists and mappings.
#[must_use]
pub fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// A text as a YAML double-quoted scalar (YAML 1.2, section 7.3.1), on one line.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, take: impl FnOnce(&mut Fields<'_>)) -> Vec<String> {
        let path = SitePath::new("a.md");
        let notes = match read(Piece { path: &path, text, offset: 0 }, LARGEST) {
            Err(note) => vec![note],
            Ok(mut fields) => {
                take(&mut fields);
                fields.finish()
            }
        };
        let show = |note: Diagnostic| {
            let span = note.place.and_then(|place| place.span).expect("every note has a place");
            format!(
                "{}: {} [{}] {}",
                note.code,
                note.message,
                &text[span.0..span.1],
                note.help.unwrap_or_default()
            )
        };
        notes.into_iter().map(show).collect()
    }

    #[test]
    fn an_unknown_key_is_met_with_the_nearest_name() {
        let notes = check("title: A\ndrfat: true\n", |fields| {
            fields.text("title");
            fields.flag("draft");
        });
        assert_eq!(notes, ["unknown-key: unknown key `drfat` [drfat] did you mean `draft`?"]);
    }

    #[test]
    fn a_key_given_twice_is_found_at_its_second_line() {
        let notes = check("title: A\ndate: 2025-01-01\ntitle: B\n", |_| ());
        assert_eq!(notes, ["duplicate-key: `title` is given twice [title] keep one of the two"]);
    }

    #[test]
    fn a_day_that_does_not_exist_is_refused_where_it_stands() {
        let notes = check("title: A\ndate: 2025-06-31\n", |fields| {
            fields.text("title");
            fields.date("date");
        });
        assert_eq!(notes.len(), 1);
        assert!(notes[0].starts_with("bad-date: `2025-06-31` is not a day"), "{notes:?}");
        assert!(notes[0].contains("[date: 2025-06-31]"), "{notes:?}");
    }

    #[test]
    fn all_slips_are_reported_at_once() {
        let notes = check("draft: maybe\nlimit: many\nauthors: {a: b}\n", |fields| {
            fields.flag("draft");
            fields.number("limit");
            fields.texts("authors");
        });
        assert_eq!(notes.len(), 3, "{notes:?}");
    }

    #[test]
    fn a_value_is_found_below_its_key() {
        let text = "actors:\n- Iran\n- Turkey\nregions: [europe]\n";
        check(text, |fields| {
            let actors = fields.texts("actors").expect("a list");
            assert_eq!(&text[actors[1].1.clone()], "Turkey");
            let regions = fields.texts("regions").expect("a list");
            assert_eq!(&text[regions[0].1.clone()], "europe");
        });
    }

    #[test]
    fn what_is_quoted_is_read_back() {
        for text in ["", "a: b # c", "\"x\" \\ y", "tab\tline\nend", "‘’ é \u{2028}\u{7}", "- no", "~"] {
            let value: Value = serde_yaml::from_str(&quoted(text)).expect("quoted text is YAML");
            assert_eq!(value, Value::String(text.into()));
        }
    }
}
