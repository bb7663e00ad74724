//! `newsgen init`, `newsgen status`, and the workflows that publish: sessions with the real binary.

#![allow(clippy::disallowed_methods, reason = "a test looks at the disk")]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

struct Session {
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

fn newsgen(folder: &Path, words: &[&str]) -> Session {
    let output = Command::new(assert_cmd::cargo::cargo_bin("newsgen"))
        .current_dir(folder)
        .env_remove("SOURCE_DATE_EPOCH")
        .args(words)
        .output()
        .expect("newsgen runs");
    Session {
        status: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

#[test]
fn a_new_newsletter_builds_green_untouched() {
    let work = folder();
    let session = newsgen(work.path(), &["init", "my-newsletter"]);
    assert_eq!(session.status, Some(0), "{}", session.stderr);
    assert!(session.stdout.contains("next: cd my-newsletter && newsgen build"), "{}", session.stdout);
    let site = work.path().join("my-newsletter");
    let session = newsgen(&site, &["build", "--strict"]);
    assert_eq!(session.status, Some(0), "{}", session.stderr);
    assert_eq!(session.stderr, "");
    assert!(session.stdout.starts_with("2 briefings"), "{}", session.stdout);
    let home = fs::read_to_string(site.join("public/index.html")).expect("a home page");
    assert!(home.contains("My newsletter"));
    assert!(home.contains("Japan leaves negative interest rates behind"));
    let txt = site.join("public/briefings/2024-03-19-japan-leaves-negative-rates/index.html");
    let page = fs::read_to_string(txt).expect("the briefing that was pasted");
    for part in ["id=\"implications\"", "id=\"what-we-think\"", "Japanese borrowers"] {
        assert!(page.contains(part), "{part}");
    }
    assert!(site.join("public/briefings/2025-06-05-euro-area-cuts-nearly-over/index.html").exists());
}

#[test]
fn a_folder_with_something_in_it_is_not_made_a_newsletter() {
    let work = folder();
    write(work.path(), "novel/chapter-1.txt", "It was a dark and stormy night.");
    let session = newsgen(work.path(), &["init", "novel"]);
    assert_eq!(session.status, Some(2));
    assert!(
        session.stderr.contains("chapter-1.txt") && session.stderr.contains("help:"),
        "{}",
        session.stderr
    );
    assert_eq!(fs::read_dir(work.path().join("novel")).expect("the folder").count(), 1);
    let session = newsgen(work.path(), &["init", "novel/chapter-1.txt"]);
    assert_eq!(session.status, Some(2));
    assert!(session.stderr.contains("is a file"), "{}", session.stderr);
}

#[test]
fn a_cloned_repository_becomes_a_newsletter_and_keeps_its_readme() {
    let work = folder();
    write(work.path(), ".git/HEAD", "ref: refs/heads/main\n");
    write(work.path(), "README.md", "# Mine\n");
    let session = newsgen(work.path(), &["init", ".", "--title", "The \"Morning\" Desk"]);
    assert_eq!(session.status, Some(0), "{}", session.stderr);
    assert!(session.stdout.contains("kept README.md"), "{}", session.stdout);
    assert!(session.stdout.contains("next: newsgen build"), "{}", session.stdout);
    assert_eq!(fs::read_to_string(work.path().join("README.md")).expect("a file"), "# Mine\n");
    assert_eq!(newsgen(work.path(), &["build", "--strict"]).status, Some(0));
    let again = newsgen(work.path(), &["init", "."]);
    assert_eq!(again.status, Some(2));
    assert!(again.stderr.contains("is a newsletter already"), "{}", again.stderr);
}

#[test]
fn every_action_of_every_workflow_is_pinned_and_named() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<PathBuf> = fs::read_dir(root.join(".github/workflows"))
        .expect("workflows")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.extend([root.join("starter/pages.yml"), root.join("action.yml")]);
    let mut count = 0;
    for file in files {
        let text = fs::read_to_string(&file).expect("a workflow");
        let name = file.display();
        for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
            let Some((_, action)) = line.split_once("uses: ") else { continue };
            let (pin, version) = action.split_once(" # v").expect("a version as a comment");
            let hash = pin.split_once('@').expect("a commit").1;
            assert!(
                hash.len() == 40 && hash.chars().all(|digit| digit.is_ascii_hexdigit()),
                "{name}: {line}"
            );
            assert!(version.split('.').count() == 3, "{name}: {line}");
            count += 1;
        }
        // What somebody else wrote never becomes part of a script.
        let mut in_script = None;
        for line in text.lines() {
            let indent = line.len() - line.trim_start().len();
            if in_script.is_some_and(|script| indent > script) || line.trim_start().starts_with("run: ") {
                assert!(!line.contains("${{"), "{name}: {line}");
            } else if !line.trim().is_empty() {
                in_script = line.trim_end().ends_with("run: |").then_some(indent);
            }
        }
        if !file.ends_with("action.yml") {
            assert!(text.contains("\npermissions: {}\n"), "{name}: nothing is allowed by default");
            assert!(text.contains("\nconcurrency:\n"), "{name}");
            assert!(text.contains("persist-credentials: false"), "{name}");
        }
    }
    assert!(count > 15);
}

#[test]
fn the_pages_workflow_asks_for_the_address_checks_and_builds_every_day() {
    let work = folder();
    assert_eq!(newsgen(work.path(), &["init", "site"]).status, Some(0));
    let text = fs::read_to_string(work.path().join("site/.github/workflows/pages.yml")).expect("a workflow");
    for part in [
        "schedule:",
        "workflow_dispatch:",
        "newsgen check --strict",
        "newsgen build --format github --base-url \"$BASE_URL/\"",
        "BASE_URL: ${{ steps.pages.outputs.base_url }}",
        "cancel-in-progress: false",
        "pages: write",
        "id-token: write",
        "include-hidden-files: true",
        concat!("NEWSGEN_VERSION: \"", env!("CARGO_PKG_VERSION"), "\""),
    ] {
        assert!(text.contains(part), "{part}");
    }
    assert!(!text.contains('{') || !text.contains("{version}"));
}

/// A newsletter in New York with one briefing of each kind.
fn desk() -> tempfile::TempDir {
    let work = folder();
    let site = work.path();
    write(
        site,
        "newsgen.yaml",
        "title: Desk\nbase_url: https://desk.example/\ntime_zone: America/New_York\n",
    );
    let briefing = |name: &str, head: &str| {
        write(
            site,
            &format!("content/briefings/{name}.md"),
            &format!("---\ntitle: {name}\n{head}---\n\nTalks went on.\n"),
        );
    };
    briefing("2026-03-01-public", "");
    briefing("2026-03-02-embargoed", "publish: 2026-03-02T05:00\n");
    briefing("2026-03-08-night", "publish: 2026-03-08T02:30\n");
    briefing("2026-11-01-fold", "publish: 2026-11-01T01:30\n");
    briefing("2026-02-01-over", "expires: 2026-02-28T12:00\n");
    briefing("2026-02-02-offer", "expires: 2026-03-03T12:00\n");
    briefing("2026-02-03-unready", "draft: true\n");
    work
}

#[test]
fn status_tells_what_waits_in_local_time_and_utc() {
    let work = desk();
    let session = newsgen(work.path(), &["status", "--today", "2026-03-01T22:00"]);
    assert_eq!(session.status, Some(0), "{}", session.stderr);
    let expected = "\
scheduled
  content/briefings/2026-03-02-embargoed.md: 2026-03-02-embargoed
    publishes Mon 05:00 America/New_York = 10:00 UTC, in 7 h
  content/briefings/2026-03-08-night.md: 2026-03-08-night
    publishes Sun 2026-03-08 03:30 America/New_York = 07:30 UTC, in 6 d
    02:30 does not exist on that day, as clocks go forward: 03:30 counts
  content/briefings/2026-11-01-fold.md: 2026-11-01-fold
    publishes Sun 2026-11-01 01:30 America/New_York = 05:30 UTC, in 244 d
    01:30 comes twice on that day, as clocks go back: the first counts

drafts
  content/briefings/2026-02-03-unready.md: 2026-02-03-unready

expires
  content/briefings/2026-02-02-offer.md: 2026-02-02-offer
    expires Tue 12:00 America/New_York = 17:00 UTC, in 2 d

expired
  content/briefings/2026-02-01-over.md: 2026-02-01-over
    expired Sat 12:00 America/New_York = 17:00 UTC, 34 h ago

Sun 2026-03-01 22:00 America/New_York = Mon 03:00 UTC: 2 public, 3 scheduled, 1 in draft, 1 expired
next change: Mon 05:00 America/New_York = 10:00 UTC, in 7 h
to publish what is due: newsgen build
";
    assert_eq!(session.stdout, expected);
}

#[test]
fn status_tells_what_is_due_since_the_last_build() {
    let work = desk();
    assert_eq!(newsgen(work.path(), &["build", "--today", "2026-03-01T22:00"]).status, Some(0));
    let session = newsgen(work.path(), &["status", "--today", "2026-03-01T22:05"]);
    assert!(!session.stdout.contains("due"), "{}", session.stdout);
    let session = newsgen(work.path(), &["status", "--today", "2026-03-03T13:00"]);
    assert!(
        session.stdout.contains(
            "due: public, but not in public yet\n  content/briefings/2026-03-02-embargoed.md: 2026-03-02-embargoed\n    public since Mon 05:00"
        ),
        "{}",
        session.stdout
    );
    assert!(
        session
            .stdout
            .contains("due: no longer public, but still in public\n  content/briefings/2026-02-02-offer.md"),
        "{}",
        session.stdout
    );
    assert!(session.stdout.ends_with("to publish what is due: newsgen build\n"), "{}", session.stdout);
}

#[test]
fn status_says_when_the_names_of_leaders_are_old() {
    let work = desk();
    let session = newsgen(work.path(), &["status", "--today", "2029-01-01"]);
    assert!(session.stdout.contains("names of leaders and offices were checked on 20"), "{}", session.stdout);
}

#[test]
fn status_speaks_to_programs() {
    let work = desk();
    let session = newsgen(work.path(), &["status", "--format", "json", "--today", "2026-03-01T22:00"]);
    let told: serde_json::Value = serde_json::from_str(&session.stdout).expect("one JSON object");
    assert_eq!(told["public"], 2);
    assert_eq!(told["scheduled"][0]["moment"], "2026-03-02T10:00:00Z");
    assert_eq!(told["scheduled"][0]["local"], "2026-03-02T05:00:00");
    assert_eq!(told["scheduled"][0]["seconds"], 7 * 3600);
    assert_eq!(told["next"], "2026-03-02T10:00:00Z");
    assert_eq!(told["drafts"][0]["file"], "content/briefings/2026-02-03-unready.md");
}

#[test]
fn the_clock_of_the_build_can_be_given_by_the_environment() {
    let work = desk();
    let output = Command::new(assert_cmd::cargo::cargo_bin("newsgen"))
        .current_dir(work.path())
        .env("SOURCE_DATE_EPOCH", "1772445600") // 2026-03-02T10:00:00Z
        .arg("status")
        .output()
        .expect("newsgen runs");
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(told.contains("Mon 2026-03-02 05:00 America/New_York = 10:00 UTC: 3 public"), "{told}");
}

#[test]
fn an_embargoed_briefing_appears_with_the_minute_and_not_before() {
    let work = desk();
    let page = work.path().join("public/briefings/2026-03-02-embargoed/index.html");
    assert_eq!(newsgen(work.path(), &["build", "--today", "2026-03-02T04:59"]).status, Some(0));
    assert!(!page.exists());
    assert_eq!(newsgen(work.path(), &["build", "--today", "2026-03-02T05:00"]).status, Some(0));
    assert!(page.exists());
}
