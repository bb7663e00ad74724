//! Notes as one SARIF 2.1.0 document, for code scanning (OASIS standard, sections 3.13 to 3.27).

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::report::line_and_column;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::source::Sources;

/// The document. `strict`: warnings are errors.
#[must_use]
pub fn document(notes: &[Diagnostic], sources: &Sources, strict: bool) -> Value {
    let codes: BTreeSet<&str> = notes.iter().map(|note| note.code).collect();
    let rules: Vec<Value> = codes.iter().map(|code| json!({ "id": code })).collect();
    let mut sorted: Vec<&Diagnostic> = notes.iter().collect();
    sorted.sort_by_key(|note| (note.place.clone(), note.severity, note.code));
    sorted.dedup();
    let results: Vec<Value> = sorted.iter().map(|note| result(note, sources, strict)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "newsgen",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn result(note: &Diagnostic, sources: &Sources, strict: bool) -> Value {
    let level = match note.severity {
        Severity::Error => "error",
        Severity::Warning if strict => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let text = match &note.help {
        Some(help) => format!("{}\nhelp: {help}", note.message),
        None => note.message.clone(),
    };
    let mut result = json!({ "ruleId": note.code, "level": level, "message": { "text": text } });
    if let Some(place) = &note.place {
        result["locations"] = json!([location(place, sources)]);
    }
    if !note.also.is_empty() {
        let related = note.also.iter().map(|(place, label)| {
            let mut related = location(place, sources);
            related["message"] = json!({ "text": label });
            related
        });
        result["relatedLocations"] = related.collect();
    }
    result
}

fn location(place: &Place, sources: &Sources) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": encoded(place.path.as_str()) } });
    if let (Some((start, end)), Some(text)) = (place.span, sources.text(&place.path)) {
        let ((line, column), (end_line, end_column)) =
            (line_and_column(&text.text, start), line_and_column(&text.text, end));
        physical["region"] =
            json!({ "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column });
    }
    json!({ "physicalLocation": physical })
}

/// A path as a relative URI (RFC 3986, section 2.1).
fn encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SitePath;

    #[test]
    fn a_note_keeps_its_place_and_its_help() {
        let mut sources = Sources::new();
        sources.add_text("content/a b.md", "One\ntwo é TK.\n");
        let path = SitePath::new("content/a b.md");
        let note = Diagnostic::warning("placeholder", "`TK` stands").at(&path, 11..13).help("write it");
        let document = document(&[note], &sources, true);
        let result = &document["runs"][0]["results"][0];
        assert_eq!((&result["ruleId"], &result["level"]), (&json!("placeholder"), &json!("error")));
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "content/a%20b.md");
        assert_eq!(place["region"], json!({"startLine": 2, "startColumn": 7, "endLine": 2, "endColumn": 9}));
        assert_eq!(result["message"]["text"], "`TK` stands\nhelp: write it");
    }
}
