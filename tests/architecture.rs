//! The house rules that a reader cannot see at a glance: who may import whom, and who may open which door.

#![allow(clippy::disallowed_methods, reason = "a test reads the sources")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The floors, from the ground up. A room may import rooms of its own floor and of lower ones.
const FLOORS: [(&str, &[&str]); 7] = [
    (
        "ground",
        &["source", "encoding", "diagnostic", "route", "yaml", "redirect", "config", "standing", "shelf"],
    ),
    ("reading", &["briefing", "gazetteer"]),
    ("whole", &["catalogue"]),
    ("plan", &["plan"]),
    ("render", &["render"]),
    ("site", &["check", "rename", "site"]),
    ("shell", &["shell"]),
];

/// Rooms of one floor that must not know each other.
const STRANGERS: [(&str, &str); 2] = [("briefing", "gazetteer"), ("gazetteer", "briefing")];

/// Crates that are opened in one place only.
const DOORS: [(&str, &[&str]); 19] = [
    ("serde_yaml", &["src/yaml.rs"]),
    ("tera", &["src/render/theme.rs"]),
    ("include_dir", &["src/render/theme.rs"]),
    ("syntect", &["src/render/prose/code.rs"]),
    ("two_face", &["src/render/prose/code.rs"]),
    ("linkify", &["src/render/prose/links.rs"]),
    ("quick_xml", &["src/render/feed.rs", "src/render/sitemap.rs", "src/check/printed/feed.rs"]),
    ("html5gum", &["src/check/printed/html.rs"]),
    ("ureq", &["src/shell/links.rs"]),
    ("walkdir", &["src/shell/"]),
    ("clap", &["src/shell/"]),
    ("axum", &["src/shell/"]),
    ("tokio", &["src/shell/"]),
    ("notify", &["src/shell/watch.rs"]),
    ("indicatif", &["src/shell/"]),
    ("annotate_snippets", &["src/shell/report.rs"]),
    ("encoding_rs", &["src/encoding.rs"]),
    ("hashbrown", &["src/gazetteer/"]),
    ("postcard", &["src/gazetteer/"]),
];

/// Names that say nothing.
const EMPTY_NAMES: [&str; 8] = ["utils", "util", "helpers", "helper", "common", "core", "types", "manager"];

/// The longest a room may be, in lines, its tests not counted.
const LONGEST: usize = 400;

struct Room {
    path: String,
    code: String,
}

fn rooms() -> Vec<Room> {
    let mut paths = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut paths);
    paths.sort();
    let room = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a source file is text");
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let name =
            path.strip_prefix(root).expect("it lies in the package").to_string_lossy().replace('\\', "/");
        let code = text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or("").to_owned();
        Room { path: name, code }
    };
    paths.into_iter().map(room).collect()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs")
            && path.file_name().is_some_and(|name| name != "tests.rs")
        {
            found.push(path);
        }
    }
}

/// The room's place at the top of `src/`: `briefing` for `src/briefing/plain.rs`.
fn top(path: &str) -> &str {
    let below = path.strip_prefix("src/").unwrap_or(path);
    below.split('/').next().unwrap_or(below).trim_end_matches(".rs")
}

/// What a room imports from the crate: the words after `crate::`.
fn imports(code: &str) -> Vec<&str> {
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let words = lines.flat_map(|line| line.split("crate::").skip(1));
    words.map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("")).collect()
}

#[test]
fn nobody_imports_from_a_higher_floor() {
    let floors: BTreeMap<&str, usize> = FLOORS
        .iter()
        .enumerate()
        .flat_map(|(floor, (_, rooms))| rooms.iter().map(move |room| (*room, floor)))
        .collect();
    let mut wrong = Vec::new();
    for room in rooms() {
        let own = top(&room.path);
        let Some(floor) = floors.get(own) else {
            assert!(matches!(own, "lib" | "main"), "{}: this room has no floor: add it to FLOORS", room.path);
            continue;
        };
        for import in imports(&room.code) {
            if floors.get(import).is_some_and(|other| other > floor) || STRANGERS.contains(&(own, import)) {
                wrong.push(format!("{} imports {import}", room.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_child_never_imports_its_own_mod() {
    let mut wrong = Vec::new();
    for room in rooms() {
        // `use super::Name` in a child of `mod.rs` reaches for the parent's own items; `super::sibling::Name` is fine.
        let is_child = room.path.matches('/').count() >= 2 && !room.path.ends_with("/mod.rs");
        let bad = room.code.lines().filter(|line| {
            let import = line.trim().strip_prefix("use super::");
            import.is_some_and(|name| name.starts_with(|c: char| c.is_uppercase()))
        });
        wrong.extend(bad.filter(|_| is_child).map(|line| format!("{}: {line}", room.path)));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_dependency_has_one_door() {
    let mut wrong = Vec::new();
    for room in rooms() {
        for (name, doors) in DOORS {
            let is_used = room.code.lines().any(|line| {
                let line = line.trim_start();
                !line.starts_with("//")
                    && (line.contains(&format!("{name}::")) || line.contains(&format!("use {name}")))
            });
            if is_used && !doors.iter().any(|door| room.path.starts_with(door)) {
                wrong.push(format!("{} opens {name}", room.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_room_says_what_it_is_for_and_stays_a_room() {
    let mut wrong = Vec::new();
    for room in rooms() {
        let name = room.path.rsplit('/').next().unwrap_or("").trim_end_matches(".rs");
        if EMPTY_NAMES.contains(&name) {
            wrong.push(format!("{}: a noun is missing", room.path));
        }
        if !room.code.starts_with("//!") {
            wrong.push(format!("{}: the first line says what the room is for", room.path));
        }
        let lines = room.code.lines().count();
        if lines > LONGEST {
            wrong.push(format!("{}: {lines} lines: which two rooms is it?", room.path));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_dependency_has_a_reason_beside_it() {
    let manifest =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).expect("a manifest");
    let section =
        manifest.split("[dependencies]").nth(1).and_then(|rest| rest.split("\n[").next()).unwrap_or("");
    let mut reasoned = false;
    for line in section.lines() {
        if line.starts_with('#') {
            reasoned = true;
        } else if line.trim().is_empty() {
            reasoned = false;
        } else {
            // Well-known companions may follow the crate that has the reason.
            assert!(reasoned, "no reason above: {line}");
        }
    }
}
