//! Pasted texts in, outlines out: one file a case in `cases/reading/`, named by the sentence on its first line.
//!
//! A case is: the sentence; `file: name` if the name matters; `escapes` if `\u{…}`, `\r` and `\s` (a space) stand for
//! characters; `-----`; the text; `=====`; the outline. `REVIEW=1 cargo test --test reading` writes the outlines anew,
//! for `git diff` and a pair of eyes.

#![allow(clippy::disallowed_methods, reason = "a test reads its cases")]

use std::fmt::Write as _;
use std::path::Path;

use newsgen::briefing;
use newsgen::briefing::model::{Body, Briefing, Reading, Role};
use newsgen::config::Headings;
use newsgen::diagnostic::Noted;
use newsgen::source::SitePath;

#[test]
fn every_case_is_read_as_its_outline_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/reading");
    let mut paths: Vec<_> = std::fs::read_dir(&folder)
        .expect("the cases are there")
        .map(|entry| entry.expect("a readable folder").path())
        .collect();
    paths.sort();
    let rewrite = std::env::var_os("REVIEW").is_some();
    let mut failures = String::new();
    for path in &paths {
        let case = std::fs::read_to_string(path).expect("a case is UTF-8");
        let (above, expected) = case.split_once("\n=====\n").unwrap_or((case.trim_end_matches('\n'), ""));
        let (head, text) =
            above.split_once("\n-----\n").unwrap_or_else(|| panic!("{} has no -----", path.display()));
        let found = check(head, text);
        if rewrite {
            std::fs::write(path, format!("{above}\n=====\n{found}")).expect("cases can be written");
        } else if found != expected {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let _ = writeln!(
                failures,
                "\n## {name}: {}\n--- expected\n{expected}--- found\n{found}",
                head.lines().next().unwrap_or("")
            );
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(paths.len() >= 70, "{} cases", paths.len());
}

/// Reads a text under the name that its head gives; shows what became of it.
fn check(head: &str, text: &str) -> String {
    let setting = |key: &str| head.lines().find_map(|line| line.strip_prefix(key)).map(str::trim);
    let text = if head.lines().any(|line| line == "escapes") { unescaped(text) } else { text.to_owned() };
    let path =
        SitePath::new(&format!("content/briefings/{}", setting("file:").unwrap_or("2025-06-05-case.txt")));
    let mut headings = Headings::default();
    headings.implications_synonyms.extend(setting("implications:").map(String::from));
    headings.view_synonyms.extend(setting("view:").map(String::from));
    let reading = briefing::read(&path, &text, &headings);
    show(&reading, &text)
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('r') {
            out.push('\r');
            rest = after;
        } else if let Some(after) = rest.strip_prefix('s') {
            out.push(' ');
            rest = after;
        } else if let Some((code, after)) = rest.strip_prefix("u{").and_then(|rest| rest.split_once('}')) {
            out.extend(u32::from_str_radix(code, 16).ok().and_then(char::from_u32));
            rest = after;
        } else {
            out.push('\\');
        }
    }
    out + rest
}

/// A compact outline: every part with the first and last words of its paragraphs, every note, every byte not placed.
fn show(reading: &Noted<Reading>, text: &str) -> String {
    let mut out = String::new();
    for briefing in &reading.value.briefings {
        show_briefing(&mut out, briefing);
    }
    let mut end = 0;
    for place in &reading.value.placements {
        assert_eq!(place.span.start, end, "bytes are placed in order, without gaps");
        end = place.span.end;
        if place.role == Role::NotPlaced {
            let _ = writeln!(out, "not placed: {}", shortened(&text[place.span.range()]));
        }
    }
    assert_eq!(end as usize, text.len(), "every byte is placed");
    for note in &reading.notes {
        let at = note.place.as_ref().and_then(|place| place.span).map_or_else(String::new, |(start, end)| {
            format!(" at {}: {}", 1 + text[..start].matches('\n').count(), shortened(&text[start..end]))
        });
        let _ = writeln!(out, "{} {}{at}", note.severity.word(), note.code);
    }
    out
}

fn show_briefing(out: &mut String, briefing: &Briefing) {
    if briefing.part > 0 {
        out.push_str("---\n");
    }
    let derived = if briefing.title.derived { " (derived)" } else { "" };
    let _ = writeln!(out, "title{derived}: {}", briefing.title.text);
    let _ = writeln!(out, "slug: {}", briefing.slug);
    if let Some(date) = briefing.date {
        let _ = writeln!(out, "date: {date}");
    }
    if let Some(category) = &briefing.category {
        let _ = writeln!(out, "category: {}", category.text);
    }
    show_body(out, "lead", &briefing.lead);
    for implication in &briefing.implications {
        let audience = implication.audience.as_ref().map_or("nobody", |who| &who.text);
        show_body(out, &format!("for {audience}"), &implication.body);
    }
    if let Some(view) = &briefing.view {
        show_body(out, &format!("view ({})", view.heading.text), &view.body);
    }
    for section in &briefing.sections {
        show_body(out, &format!("section ({})", section.heading.text), &section.body);
    }
    for block in &briefing.definitions {
        let _ = writeln!(out, "definition: {}", shortened(&block.markdown));
    }
}

fn show_body(out: &mut String, name: &str, body: &Body) {
    let _ = writeln!(out, "{name}: {}", body.blocks.len());
    for block in &body.blocks {
        let _ = writeln!(out, "  {}", shortened(&block.markdown));
    }
}

fn shortened(text: &str) -> String {
    let text: String = text
        .chars()
        .flat_map(|c| match c {
            '\n' => "⏎".chars().collect::<Vec<_>>(),
            '\r' => "␍".chars().collect(),
            c if c != ' ' && (c.is_whitespace() || briefing::letters::is_invisible(c)) => {
                format!("<{:x}>", u32::from(c)).chars().collect()
            }
            c => vec![c],
        })
        .collect();
    let count = text.chars().count();
    if count <= 100 {
        return text;
    }
    let start: String = text.chars().take(60).collect();
    let end: String = text.chars().skip(count - 36).collect();
    format!("{start} … {end}")
}
