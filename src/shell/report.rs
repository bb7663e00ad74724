//! Notes for people, for programs, and for GitHub.

use std::io::Write;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::json;

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::source::{SitePath, Sources};

/// How notes are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Human,
    /// One JSON object a line.
    #[value(alias = "jsonl")]
    Json,
    /// GitHub's workflow commands: annotations on the changed lines.
    Github,
    /// One SARIF document on standard output, for code scanning (`newsgen check` only).
    Sarif,
}

/// How notes are counted and shown in one run.
#[derive(Debug, Clone, Copy)]
pub struct Reporter {
    /// For whom.
    pub format: Format,
    /// Only errors are shown.
    pub quiet: bool,
    /// Notes are shown too, not only errors and warnings.
    pub verbose: bool,
    /// Warnings count as errors.
    pub strict: bool,
}

/// How many notes of each kind there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Errors, warnings included where they count as such.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

impl Tally {
    /// `2 errors, 1 warning`; empty if there is nothing to say.
    #[must_use]
    pub fn words(self) -> String {
        let parts = [count(self.errors, "error"), count(self.warnings, "warning")];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// `1 error`, `2 errors`; nothing for none.
#[must_use]
pub fn count(number: usize, word: &str) -> Option<String> {
    (number > 0).then(|| counted(number, word))
}

/// `0 pages`, `1 page`, `2 pages`.
#[must_use]
pub fn counted(number: usize, word: &str) -> String {
    if number == 1 { format!("1 {word}") } else { format!("{number} {word}s") }
}

impl Reporter {
    /// Shows notes on stderr, by file and place, errors and all, and counts them.
    #[must_use]
    pub fn show(self, notes: &[Diagnostic], sources: &Sources) -> Tally {
        let mut sorted: Vec<&Diagnostic> = notes.iter().collect();
        sorted.sort_by_key(|note| (note.place.clone(), note.severity, note.code));
        sorted.dedup();
        let mut tally = Tally::default();
        let mut out = anstream::stderr().lock();
        for note in sorted {
            let severity = if self.strict && note.severity == Severity::Warning {
                Severity::Error
            } else {
                note.severity
            };
            let is_shown = match severity {
                Severity::Error => {
                    tally.errors += 1;
                    true
                }
                Severity::Warning => {
                    tally.warnings += 1;
                    !self.quiet
                }
                Severity::Note => {
                    tally.notes += 1;
                    !self.quiet && self.verbose
                }
            };
            if is_shown {
                // A closed pipe is no reason to stop a build.
                let _ = match self.format {
                    Format::Human => writeln!(out, "{}\n", drawn(note, severity, sources)),
                    Format::Json => writeln!(out, "{}", as_json(note, severity, sources)),
                    Format::Github => writeln!(out, "{}", as_github(note, severity, sources)),
                    // One document of all notes, which the verb prints at its end.
                    Format::Sarif => Ok(()),
                };
            }
        }
        tally
    }
}

/// A note as rustc would draw it. Plain text; `anstream` takes the colours out where nobody wants them.
#[must_use]
pub fn drawn(note: &Diagnostic, severity: Severity, sources: &Sources) -> String {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(note.message.as_str()).id(note.code));
    let texts: Vec<(&Place, Option<&str>, &str)> =
        note.place
            .iter()
            .map(|place| (place, sources.text(&place.path).map(|text| &*text.text), ""))
            .chain(note.also.iter().map(|(place, label)| {
                (place, sources.text(&place.path).map(|text| &*text.text), label.as_str())
            }))
            .collect();
    for (at, (place, text, label)) in texts.iter().enumerate() {
        let kind = if at == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        group = match (text, place.span) {
            (Some(text), Some((start, end))) => {
                let span = within(text, start, end);
                let mark = kind.span(span);
                let mark = if label.is_empty() { mark } else { mark.label(*label) };
                group.element(Snippet::source(*text).path(place.path.as_str()).annotation(mark))
            }
            _ => group.element(annotate_snippets::Origin::path(place.path.as_str())),
        };
    }
    if let Some(help) = &note.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    Renderer::styled().render(&[group])
}

/// The same without colours.
#[must_use]
pub fn plain(note: &Diagnostic, sources: &Sources) -> String {
    anstream::adapter::strip_str(&drawn(note, note.severity, sources)).to_string()
}

/// A span that lies in the text, on character boundaries, on one line.
fn within(text: &str, start: usize, end: usize) -> std::ops::Range<usize> {
    let floor = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let start = floor(start);
    let end = floor(end).max(start);
    let line_end = text[start..end].find('\n').map_or(end, |at| start + at);
    start..line_end.max(start)
}

/// 1-based line and column (in characters) of a byte offset.
#[must_use]
pub fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let before = &text[..at];
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    (line, before[start..].chars().count() + 1)
}

type Position = Option<((usize, usize), (usize, usize))>;

fn position(path: &SitePath, span: Option<(usize, usize)>, sources: &Sources) -> Position {
    let text = &sources.text(path)?.text;
    let (start, end) = span?;
    Some((line_and_column(text, start), line_and_column(text, end)))
}

fn as_json(note: &Diagnostic, severity: Severity, sources: &Sources) -> String {
    let place = note.place.as_ref();
    let position = place.and_then(|place| position(&place.path, place.span, sources));
    json!({
        "severity": severity.word(),
        "code": note.code,
        "message": note.message,
        "file": place.map(|place| place.path.as_str()),
        "line": position.map(|((line, _), _)| line),
        "column": position.map(|((_, column), _)| column),
        "end_line": position.map(|(_, (line, _))| line),
        "end_column": position.map(|(_, (_, column))| column),
        "help": note.help,
        "also": note.also.iter().map(|(place, label)| json!({ "file": place.path.as_str(), "label": label })).collect::<Vec<_>>(),
    })
    .to_string()
}

/// A workflow command, with the escapes that GitHub's runner undoes.
fn as_github(note: &Diagnostic, severity: Severity, sources: &Sources) -> String {
    let property = |text: &str| {
        text.replace('%', "%25")
            .replace('\r', "%0D")
            .replace('\n', "%0A")
            .replace(':', "%3A")
            .replace(',', "%2C")
    };
    let word = if severity == Severity::Note { "notice" } else { severity.word() };
    let mut command = format!("::{word} title={}", property(note.code));
    if let Some(place) = &note.place {
        command.push_str(&format!(",file={}", property(place.path.as_str())));
        if let Some(((line, column), (end_line, end_column))) = position(&place.path, place.span, sources) {
            command.push_str(&format!(",line={line},endLine={end_line},col={column}"));
            if end_line == line {
                command.push_str(&format!(",endColumn={end_column}"));
            }
        }
    }
    let mut message = note.message.clone();
    if let Some(help) = &note.help {
        message.push_str(&format!("\nhelp: {help}"));
    }
    format!("{command}::{}", message.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A"))
}
