//! Every rule has a site that makes it fire and the nearest innocent one that does not.
//!
//! The sites are in `tests/cases/rules/`, one file a code, and are meant to be read: what the rule is for, what it
//! objects to, what it leaves alone.
//!
//! ```text
//! A sentence on what the rule is for.
//!
//! >>> fires at content/briefings/a.md:7
//! >>> file content/briefings/a.md
//! … its text; `⟨byte 00⟩` is that byte, `⟨9 times word ⟩` is `word ` nine times …
//!
//! >>> stays silent
//! >>> file content/briefings/a.md
//! … the files that differ; the others are as above …
//! ```
//!
//! `>>> today 2028-01-01` is the day of the check, `>>> without FILE` takes a file away. A site that gives no
//! `newsgen.yaml` has [`CONFIG`]. What only the shell can say is said by the program, at the end of this file.

#![allow(clippy::disallowed_methods, reason = "a test reads its cases and runs the program")]

mod desk;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use desk::Preview;
use newsgen::check::{self, codes::CODES};
use newsgen::diagnostic::{Diagnostic, Noted, Severity};
use newsgen::site::{Settings, Site};
use newsgen::source::{SitePath, Sources, StaticFile};
use rayon::prelude::*;

const CONFIG: &str = "title: The Desk\nbase_url: https://desk.example/repo/\n";

/// Codes that have no site of their own: the tests below run the program for them (`left-over`: `tests/publish.rs`).
const BY_SESSION: [&str; 7] =
    ["dead-link", "left-over", "link-out", "no-base-url", "unreachable-link", "unreadable", "windows-1252"];

/// One rule's two sites.
struct Case {
    code: String,
    /// `FILE:LINE`, `FILE`, or nothing for the site as a whole; in order.
    fires: Vec<String>,
    guilty: Half,
    innocent: Half,
}

#[derive(Clone, Default)]
struct Half {
    today: Option<String>,
    files: BTreeMap<String, Vec<u8>>,
}

fn folder(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn cases() -> Vec<Case> {
    let mut files: Vec<_> = fs::read_dir(folder("tests/cases/rules"))
        .expect("the cases")
        .flatten()
        .map(|entry| entry.path())
        .collect();
    files.sort();
    files.iter().map(|path| case(path)).collect()
}

fn case(path: &Path) -> Case {
    let code = path.file_stem().expect("a name").to_string_lossy().into_owned();
    let text = fs::read_to_string(path).expect("a case is text");
    let mut fires = Vec::new();
    let mut halves = [Half::default(), Half::default()];
    let mut half = 0;
    let mut file: Option<(String, String)> = None;
    let (opening, rest) = text.split_once("\n\n").expect("a sentence, then the sites");
    assert!(opening.ends_with('.'), "{code}: say in a sentence what the rule is for");
    for line in rest.lines().chain([">>> end"]) {
        let Some(order) = line.strip_prefix(">>> ") else {
            let (_, text) = file.as_mut().unwrap_or_else(|| panic!("{code}: `{line}` is in no file"));
            text.push_str(line);
            text.push('\n');
            continue;
        };
        if let Some((name, text)) = file.take() {
            halves[half].files.insert(name, bytes(text.trim_end_matches('\n')));
        }
        match order.split_once(' ').unwrap_or((order, "")) {
            ("fires", place) => fires.push(place.trim_start_matches("at ").to_owned()),
            ("stays", "silent") => {
                halves[1] = halves[0].clone();
                half = 1;
            }
            ("today", day) => halves[half].today = Some(day.to_owned()),
            ("without", name) => assert!(halves[half].files.remove(name).is_some(), "{code}: no {name}"),
            ("file", name) => file = Some((name.to_owned(), String::new())),
            ("end", "") => {}
            _ => panic!("{code}: what is `{line}`?"),
        }
    }
    fires.sort();
    let [guilty, innocent] = halves;
    Case { code, fires, guilty, innocent }
}

/// The bytes of a file: its text with `⟨byte 00⟩` and `⟨9 times word ⟩` filled in.
fn bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (at, part) in text.split('⟨').enumerate() {
        let (order, rest) = if at == 0 { ("", part) } else { part.split_once('⟩').expect("it is closed") };
        if let Some(byte) = order.strip_prefix("byte ") {
            bytes.push(u8::from_str_radix(byte, 16).expect("two digits"));
        } else if let Some((count, words)) = order.split_once(" times ") {
            bytes.extend(words.repeat(count.parse().expect("a number")).into_bytes());
        }
        bytes.extend_from_slice(rest.as_bytes());
    }
    bytes.push(b'\n');
    bytes
}

/// All that `newsgen check` has to say about a site.
fn check(half: &Half) -> (Site, Vec<Diagnostic>) {
    let mut sources = Sources::new();
    sources.add_text("newsgen.yaml", CONFIG);
    for (name, bytes) in &half.files {
        let path = SitePath::new(name);
        if path.below("static").is_some() {
            let size = bytes.len() as u64;
            sources.add_static(path, StaticFile { bytes: size, stamp: 0, digest: None });
        } else {
            sources.add(path, bytes.clone());
        }
    }
    let today = half.today.as_deref().unwrap_or("2026-12-01");
    let settings = Settings::at(format!("{today}T12:00:00Z").parse().expect("a day"));
    let Noted { value: site, mut notes } = Site::of(sources, settings, None);
    notes.extend(check::texts(&site));
    notes.extend(check::whole(&site));
    notes.extend(check::printed::read(&site, &|| ()).notes);
    let notes = check::allow::heed(notes, &site);
    (site, notes)
}

/// Where a note points: `FILE:LINE`.
fn place(site: &Site, note: &Diagnostic) -> String {
    let Some(place) = &note.place else { return String::new() };
    match (place.span, site.sources.text(&place.path)) {
        (Some((start, _)), Some(text)) => {
            format!("{}:{}", place.path, text.text[..start].matches('\n').count() + 1)
        }
        _ => place.path.to_string(),
    }
}

/// The paragraphs of the manual, by code.
fn manual() -> BTreeMap<String, String> {
    let text = ["docs/checks.md", "docs/messages.md"]
        .map(|path| fs::read_to_string(folder(path)).expect("a chapter"));
    let paragraphs = text.iter().flat_map(|text| text.split("\n### ").skip(1));
    let paragraph = |part: &str| {
        let (code, rest) = part.split_once('\n').expect("a heading and a paragraph");
        (code.to_owned(), rest.split("\n#").next().unwrap_or("").to_owned())
    };
    paragraphs.map(paragraph).collect()
}

/// What does not hold of a case.
fn slips(case: &Case, manual: &BTreeMap<String, String>) -> Vec<String> {
    let mut slips = Vec::new();
    let code = case.code.as_str();
    let (site, notes) = check(&case.guilty);
    let found: Vec<&Diagnostic> = notes.iter().filter(|note| note.code == code).collect();
    let mut places: Vec<String> = found.iter().map(|note| place(&site, note)).collect();
    places.sort();
    if places != case.fires || places.is_empty() {
        let all: Vec<String> = notes
            .iter()
            .map(|note| format!("{} {} {}", note.code, place(&site, note), note.message))
            .collect();
        slips.push(format!("{code} fires at {places:?}, not at {:?}; all: {all:#?}", case.fires));
    }
    for note in found {
        // "`draft` should be `true` or `false`" says it.
        if note.help.is_none() && !note.message.contains(" should be ") {
            slips.push(format!("{code} offers nothing to do: {}", note.message));
        }
        if note.message.ends_with('.') {
            slips.push(format!("{code} is no message of ours: {}", note.message));
        }
        let paragraph = manual.get(code).map_or("", String::as_str).to_ascii_lowercase();
        if !paragraph.contains(note.severity.word()) {
            slips.push(format!("{code} is a {}: the manual says {paragraph}", note.severity.word()));
        }
    }
    let (site, notes) = check(&case.innocent);
    for note in notes.iter().filter(|note| note.code == code || note.severity != Severity::Note) {
        slips.push(format!(
            "{code}: the innocent site is met with {} at {}: {}",
            note.code,
            place(&site, note),
            note.message
        ));
    }
    slips
}

#[test]
fn every_rule_fires_where_it_should_and_stays_silent_next_to_it() {
    let manual = manual();
    let slips: Vec<String> = cases().par_iter().flat_map_iter(|case| slips(case, &manual)).collect();
    assert!(slips.is_empty(), "{}", slips.join("\n"));
}

#[test]
fn no_rule_is_without_a_case() {
    let mut tested: Vec<String> = cases().into_iter().map(|case| case.code).collect();
    tested.extend(BY_SESSION.map(str::to_owned));
    let listed: BTreeSet<&str> = CODES.into_iter().collect();
    let missing: Vec<&&str> = CODES.iter().filter(|code| !tested.iter().any(|case| case == *code)).collect();
    assert!(missing.is_empty(), "write tests/cases/rules/CODE.txt for {missing:?}");
    let strange: Vec<&String> = tested.iter().filter(|case| !listed.contains(case.as_str())).collect();
    assert!(strange.is_empty(), "newsgen never says {strange:?}");
    assert_eq!(tested.len(), CODES.len());
}

/// A newsletter on the disk.
fn newsletter(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    desk::write(folder.path(), "newsgen.yaml", CONFIG);
    files.iter().for_each(|(path, bytes)| desk::write(folder.path(), path, bytes));
    folder
}

/// What the program notes on the way, one object a note.
fn notes(folder: &Path, words: &[&str]) -> Vec<serde_json::Value> {
    let mut command = Command::new(cargo_bin("newsgen"));
    let output =
        command.current_dir(folder).args(words).args(["--format", "json"]).output().expect("it runs");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

fn has(notes: &[serde_json::Value], code: &str) -> bool {
    notes.iter().any(|note| note["code"] == code)
}

#[test]
fn a_site_without_an_address_is_told_by_build_and_check() {
    let folder = newsletter(&[("newsgen.yaml", b"title: The Desk\n")]);
    for verb in ["check", "build"] {
        assert!(has(&notes(folder.path(), &[verb]), "no-base-url"), "{verb}");
        let given = notes(folder.path(), &[verb, "--base-url", "https://desk.example/"]);
        assert!(!has(&given, "no-base-url"), "{verb}: {given:?}");
    }
    desk::write(folder.path(), "newsgen.yaml", "title: The Desk\nallow: [no-base-url]\n");
    assert!(!has(&notes(folder.path(), &["build"]), "no-base-url"));
}

#[test]
fn a_paste_in_windows_1252_is_read_and_told() {
    let folder = newsletter(&[
        ("old.txt", b"[WORLD] The caf\xe9 in Geneva.\n"),
        ("new.txt", "[WORLD] The café in Geneva.\n".as_bytes()),
    ]);
    let import = |file: &str| notes(folder.path(), &["import", file, "--date", "2026-06-05", "-o", "-"]);
    assert!(has(&import("old.txt"), "windows-1252"));
    assert!(!has(&import("new.txt"), "windows-1252"));
}

/// A site elsewhere: `/gone` is gone, `/shy` talks to no programs, the rest is there.
fn neighbour() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut request = [0; 2048];
            let length = stream.read(&mut request).unwrap_or(0);
            let request = String::from_utf8_lossy(&request[..length]).into_owned();
            let status = match request.split(' ').nth(1) {
                Some("/gone") => "404 Not Found",
                Some("/shy") => "403 Forbidden",
                _ => "200 OK",
            };
            let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    address
}

#[test]
fn a_page_elsewhere_is_gone_or_shy_or_there() {
    let site = neighbour();
    let text = format!(
        "---\ntitle: \"Talks\"\ndate: \"2026-06-05\"\n---\n\nSee [one]({site}/gone),\n[two]({site}/shy),\n[three]({site}/there).\n"
    );
    let folder = newsletter(&[("content/briefings/a.md", text.as_bytes())]);
    let cache = folder.path().join("links.json");
    let told =
        notes(folder.path(), &["check", "--external", "--link-cache", cache.to_str().expect("a path")]);
    let told: Vec<String> = told
        .iter()
        .filter(|note| note["code"].as_str().is_some_and(|code| code.ends_with("-link")))
        .map(|note| {
            format!("{} {} {}:{}", note["severity"], note["code"], note["file"], note["line"])
                .replace('"', "")
        })
        .collect();
    assert_eq!(
        told,
        ["error dead-link content/briefings/a.md:6", "warning unreachable-link content/briefings/a.md:7"]
    );
}

/// What the preview of a folder says after a change.
#[cfg(unix)]
fn problems(change: impl Fn(&Path)) -> serde_json::Value {
    let preview = Preview::of(&[("static/note.txt", "a note\n")], &[]);
    let mut page = preview.listen("/repo/");
    page.next();
    change(preview.folder.path());
    // A slip that is always told comes last: with it, everything before it has been looked at.
    preview.write("content/briefings/2026-06-05-last.md", "---\ndrfat: true\n---\n\nThe end.\n");
    let state = page.until(|state| state["problems"].to_string().contains("drfat"));
    state["problems"].clone()
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_site_is_told_by_the_preview_and_one_inside_is_not() {
    use std::os::unix::fs::symlink;
    let outside = newsletter(&[("secret.txt", b"a secret")]);
    let told = problems(|root| {
        symlink(outside.path().join("secret.txt"), root.join("static/leak.txt")).expect("a link");
    });
    let note = told.as_array().and_then(|notes| notes.iter().find(|note| note["code"] == "link-out"));
    let note = note.unwrap_or_else(|| panic!("{told}"));
    assert_eq!(note["file"], "static/leak.txt");
    let told = problems(|root| symlink("note.txt", root.join("static/same.txt")).expect("a link"));
    assert!(!told.to_string().contains("link-out"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_text_that_cannot_be_read_is_told_by_the_preview() {
    let large = vec![b' '; 17 << 20];
    let told = problems(|root| desk::write(root, "content/briefings/2026-06-04-large.txt", &large));
    assert!(told.to_string().contains("unreadable"), "{told}");
    let told = problems(|root| desk::write(root, "static/large.txt", &large));
    assert!(!told.to_string().contains("unreadable"), "{told}");
}
