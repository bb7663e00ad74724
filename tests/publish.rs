//! Publishing: sessions with the real binary, and what is on the disk after them.

#![allow(clippy::disallowed_methods, reason = "a test looks at the disk")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;

/// A newsletter in a folder of its own.
struct Newsletter {
    // Removed when dropped.
    folder: tempfile::TempDir,
}

impl Newsletter {
    fn new() -> Self {
        let newsletter = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        newsletter.write("newsgen.yaml", "title: The Morning Desk\nbase_url: https://desk.example/\n");
        newsletter.write("content/pages/about.md", "---\ntitle: About\n---\n\nWho we are.\n");
        newsletter.write("static/media/map.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
        newsletter
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn build(&self) -> Output {
        self.build_with(&[])
    }

    fn build_with(&self, more: &[&str]) -> Output {
        Command::new(cargo_bin("newsgen"))
            .current_dir(self.folder.path())
            .arg("build")
            .args(more)
            .output()
            .expect("newsgen runs")
    }

    /// Builds and expects it to go well.
    fn builds(&self) -> String {
        let output = self.build();
        assert!(output.status.success(), "{}", stderr(&output));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Builds and expects a refusal with exit code 2; what it says.
    fn is_refused(&self, more: &[&str]) -> String {
        let output = self.build_with(more);
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        self.has_no_left_overs();
        stderr(&output)
    }

    fn has_no_left_overs(&self) {
        for entry in fs::read_dir(self.folder.path()).expect("the folder") {
            let name = entry.expect("an entry").file_name();
            let name = name.to_string_lossy();
            assert!(!name.ends_with(".newsgen"), "{name} was left over");
        }
    }

    /// Every file below a folder with its bytes.
    fn tree(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let top = self.at(folder);
        walkdir::WalkDir::new(&top)
            .into_iter()
            .map(|entry| entry.expect("an entry"))
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                let path = entry.path().strip_prefix(&top).expect("below").to_owned();
                (path, fs::read(entry.path()).expect("a file"))
            })
            .collect()
    }
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What identifies a file on the disk, and when it was last written.
#[cfg(unix)]
fn identity(path: &Path) -> (u64, std::time::SystemTime) {
    use std::os::unix::fs::MetadataExt;
    let meta = fs::metadata(path).expect("a file");
    (meta.ino(), meta.modified().expect("a time"))
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).expect("a file").permissions().mode() & 0o777
}

#[cfg(unix)]
#[test]
fn published_files_can_be_read_by_everybody_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt;
    let newsletter = Newsletter::new();
    let secretive = newsletter.at("static/media/map.svg");
    fs::set_permissions(&secretive, fs::Permissions::from_mode(0o700)).expect("a mode");
    let status = std::process::Command::new("sh")
        .current_dir(newsletter.folder.path())
        .args(["-c", "umask 077; exec \"$0\" build --quiet"])
        .arg(cargo_bin("newsgen"))
        .status()
        .expect("sh runs");
    assert!(status.success());
    let mut files = 0;
    for entry in walkdir::WalkDir::new(newsletter.at("public")) {
        let entry = entry.expect("an entry");
        let wanted = if entry.file_type().is_dir() { 0o755 } else { 0o644 };
        assert_eq!(mode(entry.path()), wanted, "{}", entry.path().display());
        files += 1;
    }
    assert!(files > 10);
}

#[cfg(unix)]
#[test]
fn a_file_that_somebody_hid_is_made_readable_again() {
    use std::os::unix::fs::PermissionsExt;
    let newsletter = Newsletter::new();
    newsletter.builds();
    let page = newsletter.at("public/index.html");
    fs::set_permissions(&page, fs::Permissions::from_mode(0o600)).expect("a mode");
    newsletter.builds();
    assert_eq!(mode(&page), 0o644);
}

#[cfg(unix)]
#[test]
fn what_did_not_change_stays_the_same_file() {
    let newsletter = Newsletter::new();
    newsletter.builds();
    let about = newsletter.at("public/about/index.html");
    let map = newsletter.at("public/media/map.svg");
    let robots = newsletter.at("public/robots.txt");
    let before = (identity(&map), identity(&robots), identity(&about));
    newsletter.write("content/pages/about.md", "---\ntitle: Who we were\n---\n\nGone.\n");
    newsletter.builds();
    assert_eq!(identity(&map), before.0);
    assert_eq!(identity(&robots), before.1);
    assert_ne!(identity(&about).0, before.2.0);
    assert!(newsletter.read("public/about/index.html").contains("Who we were"));
}

#[test]
fn a_second_build_says_that_nothing_changed() {
    let newsletter = Newsletter::new();
    assert!(!newsletter.builds().contains("changed"));
    let before = newsletter.tree("public");
    assert!(newsletter.builds().contains("nothing changed"));
    assert_eq!(newsletter.tree("public"), before);
    newsletter.has_no_left_overs();
}

#[test]
fn a_page_that_the_content_no_longer_has_goes() {
    let newsletter = Newsletter::new();
    newsletter.write("content/pages/staff/list.md", "---\ntitle: Staff\n---\n\nAll of us.\n");
    newsletter.builds();
    assert!(newsletter.at("public/staff/list/index.html").exists());
    fs::remove_file(newsletter.at("content/pages/staff/list.md")).expect("removed");
    let said = newsletter.builds();
    assert!(said.contains("1 removed"), "{said}");
    assert!(!newsletter.at("public/staff").exists(), "with its empty folders");
}

#[cfg(unix)]
#[test]
fn what_others_put_into_the_output_stays() {
    let newsletter = Newsletter::new();
    newsletter.builds();
    newsletter.write("public/CNAME", "desk.example\n");
    newsletter.write("public/google123.html", "google-site-verification: google123.html");
    newsletter.write("public/.git/HEAD", "ref: refs/heads/gh-pages\n");
    newsletter.write("public/.git/objects/1f/abc", "an object");
    newsletter.write("public/about/photo.jpg", "a photo");
    fs::create_dir_all(newsletter.at("public/.git/refs/tags")).expect("a folder");
    std::os::unix::fs::symlink("../elsewhere", newsletter.at("public/outside")).expect("a link");
    let before = identity(&newsletter.at("public/CNAME"));
    newsletter.write("content/pages/about.md", "---\ntitle: About us\n---\n\nWho we are.\n");
    newsletter.builds();
    assert_eq!(identity(&newsletter.at("public/CNAME")), before);
    assert_eq!(newsletter.read("public/.git/objects/1f/abc"), "an object");
    assert!(newsletter.read("public/google123.html").contains("google123"));
    assert!(newsletter.at("public/.git/refs/tags").is_dir());
    assert_eq!(newsletter.read("public/about/photo.jpg"), "a photo");
    let link = fs::read_link(newsletter.at("public/outside")).expect("a link");
    assert_eq!(link, Path::new("../elsewhere"));
    assert!(newsletter.read("public/about/index.html").contains("About us"));
    newsletter.has_no_left_overs();
}

#[test]
fn a_folder_keeps_what_is_foreign_when_its_page_goes() {
    let newsletter = Newsletter::new();
    newsletter.builds();
    newsletter.write("public/about/photo.jpg", "a photo");
    fs::remove_file(newsletter.at("content/pages/about.md")).expect("removed");
    newsletter.builds();
    assert_eq!(newsletter.read("public/about/photo.jpg"), "a photo");
    assert!(!newsletter.at("public/about/index.html").exists());
}

#[test]
fn a_page_does_not_take_the_place_of_a_foreign_file() {
    let newsletter = Newsletter::new();
    newsletter.builds();
    newsletter.write("public/CNAME", "desk.example\n");
    newsletter.write("public/notes.txt/mine", "a folder in the way");
    newsletter.write("static/CNAME", "another.example\n");
    newsletter.write("static/notes.txt", "a file");
    let said = newsletter.is_refused(&[]);
    assert!(said.contains("notes.txt"), "{said}");
    fs::remove_dir_all(newsletter.at("public/notes.txt")).expect("removed");
    let said = newsletter.is_refused(&[]);
    assert!(said.contains("CNAME") && said.contains("help:"), "{said}");
    assert_eq!(newsletter.read("public/CNAME"), "desk.example\n");
    newsletter.write("static/CNAME", "desk.example\n");
    newsletter.builds();
    assert_eq!(newsletter.read("public/CNAME"), "desk.example\n");
}

#[test]
fn a_folder_that_newsgen_did_not_make_is_refused() {
    let newsletter = Newsletter::new();
    newsletter.write("thesis/chapter-1.docx", "ten years of work");
    let said = newsletter.is_refused(&["-o", "thesis"]);
    assert!(said.contains("chapter-1.docx") && said.contains("help:"), "{said}");
    assert_eq!(newsletter.tree("thesis").len(), 1);
}

#[test]
fn an_empty_folder_or_one_that_waits_for_a_site_is_taken() {
    let newsletter = Newsletter::new();
    fs::create_dir(newsletter.at("public")).expect("a folder");
    newsletter.builds();
    newsletter.write("pages/.git/HEAD", "ref: refs/heads/gh-pages\n");
    newsletter.write("pages/CNAME", "desk.example\n");
    assert!(newsletter.build_with(&["-o", "pages"]).status.success());
    assert!(newsletter.at("pages/index.html").exists());
    assert_eq!(newsletter.read("pages/CNAME"), "desk.example\n");
}

#[test]
fn folders_that_hold_sources_are_refused_with_the_reason() {
    let newsletter = Newsletter::new();
    newsletter.write("other/newsgen.yaml", "title: Another\n");
    for (folder, reason) in [
        (".", "holds the newsletter's sources"),
        ("..", "holds the newsletter's sources"),
        ("content", "inside content"),
        ("content/out", "inside content"),
        ("static/site", "inside static"),
        ("other", "the sources of a newsletter"),
        ("/", "the root of the disk"),
        ("newsgen.yaml", "is a file"),
    ] {
        let said = newsletter.is_refused(&["-o", folder]);
        assert!(said.contains(reason), "{folder}: {said}");
        assert!(said.contains("help:"), "{folder}: {said}");
    }
}

#[test]
fn the_home_folder_is_refused() {
    let newsletter = Newsletter::new();
    fs::create_dir_all(newsletter.at("home/desk")).expect("a folder");
    for folder in ["home/desk", "home"] {
        let output = Command::new(cargo_bin("newsgen"))
            .current_dir(newsletter.folder.path())
            .env("HOME", newsletter.at("home/desk"))
            .env("USERPROFILE", newsletter.at("home/desk"))
            .args(["build", "-o", folder])
            .output()
            .expect("newsgen runs");
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("your home folder"), "{}", stderr(&output));
    }
}

#[cfg(unix)]
#[test]
fn an_output_that_is_a_link_is_published_where_it_leads() {
    let newsletter = Newsletter::new();
    fs::create_dir_all(newsletter.at("srv/www")).expect("a folder");
    std::os::unix::fs::symlink("srv/www", newsletter.at("public")).expect("a link");
    newsletter.builds();
    newsletter.builds();
    assert!(newsletter.at("public").is_symlink());
    assert!(newsletter.at("srv/www/index.html").exists());
    fs::remove_dir_all(newsletter.at("srv")).expect("removed");
    let said = newsletter.is_refused(&[]);
    assert!(said.contains("leads nowhere"), "{said}");
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_of_the_site_are_refused() {
    let secrets = tempfile::tempdir().expect("a folder");
    fs::write(secrets.path().join("passwords.txt"), "hunter2").expect("a file");
    for (link, target) in [
        ("static/passwords.txt", secrets.path().join("passwords.txt")),
        ("content/briefings/2025-06-05-x.txt", secrets.path().join("passwords.txt")),
        ("static/all", secrets.path().to_owned()),
        ("content/pages/more", secrets.path().to_owned()),
    ] {
        let newsletter = Newsletter::new();
        let link = newsletter.at(link);
        fs::create_dir_all(link.parent().expect("a folder")).expect("a folder");
        std::os::unix::fs::symlink(&target, &link).expect("a link");
        let said = newsletter.is_refused(&[]);
        assert!(said.contains("leads out of the site"), "{said}");
        assert!(!newsletter.at("public").exists());
    }
}

#[cfg(unix)]
#[test]
fn links_inside_the_site_are_published() {
    let newsletter = Newsletter::new();
    std::os::unix::fs::symlink("map.svg", newsletter.at("static/media/old-map.svg")).expect("a link");
    newsletter.builds();
    let copy = newsletter.at("public/media/old-map.svg");
    assert!(!copy.is_symlink());
    assert!(newsletter.read("public/media/old-map.svg").contains("svg"));
}

#[test]
fn of_two_builds_at_once_the_second_says_so() {
    let newsletter = Newsletter::new();
    newsletter.builds();
    let before = newsletter.tree("public");
    // The first one: it holds the lock, and is not done.
    fs::create_dir(newsletter.at(".public.newsgen")).expect("a folder");
    let lock = fs::File::create(newsletter.at(".public.newsgen/lock")).expect("a file");
    lock.try_lock().expect("a lock");
    let output = newsletter.build();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("another build"), "{}", stderr(&output));
    assert_eq!(newsletter.tree("public"), before);
    // It was killed: its lock is gone with it, its folder is not.
    drop(lock);
    newsletter.write(".public.newsgen/tree/index.html", "half a page");
    newsletter.write(".public.newsgen/modes/file", "");
    newsletter.builds();
    newsletter.has_no_left_overs();
}

#[test]
fn crowds_of_builds_end_in_one_whole_site() {
    let newsletter = Newsletter::new();
    newsletter.builds();
    let whole = newsletter.tree("public");
    fs::remove_dir_all(newsletter.at("public")).expect("removed");
    let crowd: Vec<_> = (0..8)
        .map(|_| {
            std::process::Command::new(cargo_bin("newsgen"))
                .current_dir(newsletter.folder.path())
                .args(["build", "--quiet"])
                .stderr(Stdio::piped())
                .spawn()
                .expect("newsgen runs")
        })
        .collect();
    let mut done = 0;
    for child in crowd {
        let output = child.wait_with_output().expect("it ends");
        match output.status.code() {
            Some(0) => done += 1,
            Some(2) => assert!(stderr(&output).contains("another build"), "{}", stderr(&output)),
            other => panic!("{other:?}: {}", stderr(&output)),
        }
    }
    assert!(done > 0);
    assert_eq!(newsletter.tree("public"), whole);
    newsletter.has_no_left_overs();
}

#[test]
fn a_broken_template_publishes_nothing() {
    let newsletter = Newsletter::new();
    newsletter.builds();
    let before = newsletter.tree("public");
    newsletter.write("templates/page.html", "{{ page.no_such_thing.at_all }}");
    let output = newsletter.build();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert_eq!(newsletter.tree("public"), before);
    newsletter.has_no_left_overs();
}

#[cfg(unix)]
#[test]
fn a_disk_that_takes_no_more_leaves_the_old_site_as_it_was() {
    let newsletter = Newsletter::new();
    newsletter.builds();
    let before = newsletter.tree("public");
    newsletter.write("static/large.bin", &"x".repeat(4 * 1024 * 1024));
    // No file may grow beyond 1 MB: to the one who writes, that is a full disk, and needs no disk of its own.
    let output = std::process::Command::new("sh")
        .current_dir(newsletter.folder.path())
        .args(["-c", "trap '' XFSZ; ulimit -f 1024; exec \"$0\" build"])
        .arg(cargo_bin("newsgen"))
        .output()
        .expect("sh runs");
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("large.bin") && said.contains("as it was"), "{said}");
    assert_eq!(newsletter.tree("public"), before);
    newsletter.has_no_left_overs();
}

/// To root nothing is closed, so newsgen runs as somebody else, from a copy in reach.
#[cfg(unix)]
struct Somebody<'a> {
    newsletter: &'a Newsletter,
    newsgen: PathBuf,
    is_root: bool,
}

#[cfg(unix)]
impl<'a> Somebody<'a> {
    const NOBODY: u32 = 65534;

    fn of(newsletter: &'a Newsletter) -> Self {
        use std::os::unix::fs::MetadataExt;
        let newsgen = newsletter.at("newsgen");
        fs::copy(cargo_bin("newsgen"), &newsgen).expect("a copy");
        let is_root = fs::metadata(newsletter.folder.path()).expect("a folder").uid() == 0;
        Self { newsletter, newsgen, is_root }
    }

    fn owns_all(&self) {
        for entry in walkdir::WalkDir::new(self.newsletter.folder.path()).into_iter().filter(|_| self.is_root)
        {
            let entry = entry.expect("an entry");
            std::os::unix::fs::chown(entry.path(), Some(Self::NOBODY), Some(Self::NOBODY))
                .expect("another owner");
        }
    }

    fn builds(&self) -> Output {
        use std::os::unix::process::CommandExt;
        let mut command = std::process::Command::new(&self.newsgen);
        command.current_dir(self.newsletter.folder.path()).args(["build", "--format", "json"]);
        if self.is_root {
            command.uid(Self::NOBODY).gid(Self::NOBODY);
        }
        command.output().expect("newsgen runs")
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_to_leaves_the_old_site_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let newsletter = Newsletter::new();
    newsletter.builds();
    let before = newsletter.tree("public");
    newsletter.write("content/pages/about.md", "---\ntitle: Who we were\n---\n\nGone.\n");
    let somebody = Somebody::of(&newsletter);
    let folder = newsletter.folder.path();
    fs::set_permissions(folder, fs::Permissions::from_mode(0o555)).expect("a mode");
    let output = somebody.builds();
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).expect("a mode");
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("as it was") && said.contains("help:"), "{said}");
    assert_eq!(newsletter.tree("public"), before);
    newsletter.has_no_left_overs();
}

#[cfg(unix)]
#[test]
fn a_foreign_folder_that_may_not_be_written_to_is_kept_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let newsletter = Newsletter::new();
    newsletter.builds();
    newsletter.write("public/archive/cached/deep/file", "a treasure");
    let locked = newsletter.at("public/archive/cached/deep");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).expect("a mode");
    let somebody = Somebody::of(&newsletter);
    somebody.owns_all();
    for _ in 0..2 {
        let output = somebody.builds();
        assert!(output.status.success(), "{}", stderr(&output));
        assert_eq!(newsletter.read("public/archive/cached/deep/file"), "a treasure");
        assert_eq!(mode(&locked), 0o555);
        newsletter.has_no_left_overs();
    }
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).expect("a mode");
}

#[cfg(unix)]
#[test]
fn what_somebody_else_owns_in_the_old_site_stops_no_build() {
    use std::os::unix::fs::{PermissionsExt, chown};
    let newsletter = Newsletter::new();
    newsletter.builds();
    newsletter.write("public/media/theirs/file", "a treasure");
    let theirs = newsletter.at("public/media/theirs");
    fs::set_permissions(&theirs, fs::Permissions::from_mode(0o555)).expect("a mode");
    // Root gives all but one folder away; who is not root can only close a folder of its own.
    let somebody = Somebody::of(&newsletter);
    somebody.owns_all();
    if somebody.is_root {
        chown(&theirs, Some(0), Some(0)).expect("its owner");
    }
    for title in ["One", "Two", "Three"] {
        newsletter.write("content/pages/about.md", &format!("---\ntitle: {title}\n---\n\nWe.\n"));
        let output = somebody.builds();
        let said = stderr(&output);
        assert!(output.status.success(), "{said}");
        assert_eq!(said.contains("\"left-over\""), somebody.is_root, "{said}");
        assert!(newsletter.read("public/about/index.html").contains(title));
        assert_eq!(newsletter.read("public/media/theirs/file"), "a treasure");
    }
    // Whoever may remove it does; then nothing more is said.
    if somebody.is_root {
        let said = newsletter.build();
        assert!(said.status.success() && !stderr(&said).contains("left-over"), "{}", stderr(&said));
    }
    newsletter.has_no_left_overs();
}

#[test]
fn something_in_the_place_of_the_workshop_is_named() {
    let newsletter = Newsletter::new();
    newsletter.write(".public.newsgen", "a file of mine");
    let output = newsletter.build();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains(".public.newsgen is in the way"), "{}", stderr(&output));
    assert_eq!(newsletter.read(".public.newsgen"), "a file of mine");
}

#[test]
fn an_output_outside_of_the_newsletter_is_made_with_its_folders() {
    let newsletter = Newsletter::new();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let out = elsewhere.path().join("deep/down/site");
    let output = newsletter.build_with(&["-o", out.to_str().expect("a path")]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(out.join("index.html").exists());
    assert!(!out.with_file_name(".site.newsgen").exists());
}
