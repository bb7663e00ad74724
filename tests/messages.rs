//! Every code that newsgen can print is listed, and has a paragraph in the manual.

#![allow(clippy::disallowed_methods, reason = "a test reads the sources")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use newsgen::check::codes::CODES;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a file of the package")
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// All of the code, without its tests.
fn code() -> String {
    let mut paths = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut paths);
    let is_list = |path: &PathBuf| path.ends_with("check/codes.rs") || path.ends_with("tests.rs");
    paths.retain(|path| !is_list(path));
    let texts = paths.iter().map(|path| fs::read_to_string(path).expect("a source file is text"));
    texts.map(|text| text.split("#[cfg(test)]").next().unwrap_or("").to_owned()).collect()
}

/// The first text in quotes after each of these openings: `Diagnostic::error("undated"`.
fn printed(code: &str) -> BTreeSet<String> {
    let openings = [
        "Diagnostic::error(",
        "Diagnostic::warning(",
        "Diagnostic::note(",
        ".object(",
        "object(",
        ".slip(",
        "code: ",
    ];
    let mut found = BTreeSet::new();
    for opening in openings {
        for rest in code.split(opening).skip(1) {
            let Some(word) = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next())
            else {
                continue;
            };
            if !word.is_empty()
                && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            {
                found.insert(word.to_owned());
            }
        }
    }
    found
}

#[test]
fn every_code_in_the_source_is_listed_and_every_listed_code_is_in_the_source() {
    let code = code();
    let missing: Vec<String> =
        printed(&code).into_iter().filter(|word| !CODES.contains(&word.as_str())).collect();
    assert!(missing.is_empty(), "add to src/check/codes.rs: {missing:?}");
    let gone: Vec<&&str> = CODES.iter().filter(|listed| !code.contains(&format!("\"{listed}\""))).collect();
    assert!(gone.is_empty(), "nothing prints {gone:?}");
}

#[test]
fn every_code_has_a_paragraph_in_the_manual_and_only_one() {
    let manual = format!("{}\n{}", read("docs/checks.md"), read("docs/messages.md"));
    let mut lines = manual.lines();
    let mut paragraphs: Vec<&str> = Vec::new();
    while let Some(line) = lines.next() {
        if let Some(listed) = line.strip_prefix("### ") {
            let text = lines.next().unwrap_or("");
            assert!(text.len() > 20, "{listed}: say what it means");
            paragraphs.push(listed);
        }
    }
    paragraphs.sort_unstable();
    assert_eq!(paragraphs, CODES.to_vec(), "docs/checks.md and docs/messages.md against src/check/codes.rs");
}
