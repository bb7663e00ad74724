//! `newsgen check` and `newsgen rename` as sessions at a terminal.

#![allow(clippy::disallowed_methods, reason = "a test makes folders and runs the program")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// A newsletter in a folder of its own.
fn newsletter(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let config = ("newsgen.yaml", "title: T\nbase_url: https://example.org/repo/\n");
    for (path, text) in files.iter().chain([&config]) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder");
        if !path.exists() {
            fs::write(path, text).expect("a file");
        }
    }
    folder
}

/// What the program says, and how it ends: exit code, stdout, stderr.
fn say(folder: &Path, words: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("newsgen").expect("the program");
    command.current_dir(folder).env("NO_COLOR", "1").env("SOURCE_DATE_EPOCH", "1798675200").args(words);
    let output = command.output().expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

/// Every file of a folder, with its text.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder").flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                let name = entry.path().strip_prefix(folder).expect("below it").display().to_string();
                found.push((name, fs::read_to_string(entry.path()).expect("a text")));
            }
        }
    }
    found.sort();
    found
}

const GOOD: &str = "---\ntitle: \"A\"\ndate: \"2026-06-05\"\ntags: manual\n---\n\nThey met in Geneva.\n\n## Implications\n\n### For investors\n\nBonds rose.\n\n## What we think\n\nTalks go on.\n";

#[test]
fn a_clean_site_is_told_what_to_type_next_and_nothing_is_written() {
    let folder = newsletter(&[("content/briefings/a.md", GOOD)]);
    let before = files(folder.path());
    let (code, out, err) = say(folder.path(), &["check", "--strict"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.starts_with("no problems") && out.ends_with("next: newsgen build\n"), "{out}");
    assert_eq!(files(folder.path()), before);
}

#[test]
fn warnings_end_well_unless_they_count_as_errors() {
    let folder = newsletter(&[("content/briefings/a.md", &GOOD.replace("Bonds", "TK bonds"))]);
    let (code, out, err) = say(folder.path(), &["check"]);
    assert_eq!(code, 0);
    assert!(err.contains("warning[placeholder]: `TK` stands for something that is missing"), "{err}");
    assert!(err.contains("content/briefings/a.md:13:1"), "{err}");
    assert!(out.starts_with("1 warning"), "{out}");
    assert_eq!(say(folder.path(), &["check", "--strict"]).0, 1);
}

#[test]
fn broken_links_of_printed_pages_end_badly() {
    let folder = newsletter(&[("content/briefings/a.md", &GOOD.replace("Geneva", "[Geneva](/geneva/)"))]);
    let (code, _, err) = say(folder.path(), &["check", "--format", "json"]);
    assert_eq!(code, 1);
    let notes: Vec<serde_json::Value> =
        err.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let broken: Vec<_> = notes.iter().filter(|note| note["code"] == "broken-link").collect();
    assert_eq!(broken.len(), 1, "{err}");
    assert_eq!((&broken[0]["file"], &broken[0]["line"]), (&"content/briefings/a.md".into(), &7.into()));
}

#[test]
fn files_limit_what_is_reported() {
    let bad = GOOD.replace("Bonds", "TK bonds").replace("\"A\"", "\"B\"").replace("Geneva", "Bern");
    let folder = newsletter(&[("content/briefings/a.md", GOOD), ("content/briefings/b.md", &bad)]);
    assert_eq!(say(folder.path(), &["check", "--strict", "content/briefings/a.md"]).0, 0);
    assert_eq!(say(folder.path(), &["check", "--strict", "content"]).0, 1);
    let (code, _, err) = say(folder.path(), &["check", "content/briefings/c.md"]);
    assert_eq!(code, 2);
    assert!(err.contains("there is no content/briefings/c.md in this site"), "{err}");
}

#[test]
fn code_scanning_gets_one_document() {
    let folder = newsletter(&[("content/briefings/a.md", &GOOD.replace("Bonds", "TK bonds"))]);
    let (_, out, _) = say(folder.path(), &["check", "--format", "sarif"]);
    let document: serde_json::Value = serde_json::from_str(&out).expect("one JSON document");
    assert_eq!(document["runs"][0]["results"][0]["ruleId"], "placeholder");
    assert_eq!(say(folder.path(), &["build", "--format", "sarif"]).0, 2);
}

#[test]
fn the_sample_newsletter_is_clean() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (code, out, err) = say(sample, &["check", "--strict", "--today", "2026-12-31"]);
    assert_eq!(code, 0, "{out}{err}");
}

#[test]
fn a_briefing_is_renamed_on_disk_and_nothing_is_left_behind() {
    let other = "---\ntitle: \"B\"\ndate: \"2026-06-06\"\ntags: manual\n---\n\nSee [it](2026-06-05-a.md).\n";
    let texts = [("content/briefings/2026-06-05-a.md", GOOD), ("content/briefings/b.md", other)];
    let folder = newsletter(&texts);
    let before = files(folder.path());
    let words = ["rename", "content/briefings/2026-06-05-a.md", "geneva"];
    let (code, out, _) = say(folder.path(), &[&words[..], &["--dry-run"]].concat());
    assert_eq!((code, files(folder.path())), (0, before));
    assert!(
        out.contains("content/briefings/2026-06-05-a.md → content/briefings/2026-06-05-geneva.md"),
        "{out}"
    );
    let (code, out, err) = say(folder.path(), &words);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("/briefings/2026-06-05-a/ leads to /briefings/2026-06-05-geneva/"), "{out}");
    let after = files(folder.path());
    let names: Vec<&str> = after.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["content/briefings/2026-06-05-geneva.md", "content/briefings/b.md", "newsgen.yaml"]);
    assert!(after[1].1.contains("[it](2026-06-05-geneva.md)"));
    assert_eq!(say(folder.path(), &["rename", "2026-06-05-a", "x"]).0, 2);
}

#[cfg(unix)]
#[test]
fn renamed_files_can_be_read_by_everybody() {
    use std::os::unix::fs::PermissionsExt;
    let folder = newsletter(&[("content/briefings/2026-06-05-a.md", GOOD)]);
    assert_eq!(say(folder.path(), &["rename", "a", "geneva"]).0, 0);
    let file = folder.path().join("content/briefings/2026-06-05-geneva.md");
    assert_eq!(fs::metadata(file).expect("it is there").permissions().mode() & 0o777, 0o644);
}
