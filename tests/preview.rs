//! The preview over real sockets: what it shows, when it tells, and whom it refuses.
#![allow(clippy::disallowed_methods, reason = "a test writes files and reads the clock")]

mod desk;

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::channel;
use std::time::Duration;

use desk::{Answer, DEADLINE, Preview, command, eventually, without_script};

const CALL: &str = "---\ntitle: The call\ndate: 2025-06-05\ncategory: WORLD\nregions: [europe]\nactors: [NATO]\n---\n\nThey spoke.\n";
const TALKS: &str = "---\ntitle: The talks\ndate: 2025-06-04\nregions: [europe]\n---\n\nThey met.\n";

fn preview() -> Preview {
    Preview::of(
        &[
            ("content/briefings/2025-06-05-call.md", CALL),
            ("content/briefings/2025-06-04-talks.md", TALKS),
            ("content/pages/about.md", "# About\n\nUs.\n"),
            ("content/pages/team.md", "# Team\n\nWe.\n"),
            ("static/sound.mp3", "0123456789"),
            ("static/note.txt", "a note\n"),
        ],
        &[],
    )
}

/// Addresses of every sort: pages, feeds, files, the preview's own, the stream, nothing.
const EVERYWHERE: [&str; 9] = [
    "/",
    "/repo/",
    "/repo/briefings/2025-06-05-call/",
    "/repo/feed.xml",
    "/repo/sound.mp3",
    "/repo/nowhere",
    "/_newsgen/",
    "/_newsgen/client.js",
    "/_newsgen/events?page=/repo/",
];

fn is_protected(answer: &Answer) {
    let says = |name: &str, value: &str| assert_eq!(answer.header(name), Some(value), "{}", answer.head);
    says("cache-control", "no-store");
    says("x-content-type-options", "nosniff");
    says("cross-origin-resource-policy", "same-origin");
    let lower = answer.head.to_ascii_lowercase();
    assert!(!lower.contains("access-control-"), "no answer may be read by another site: {lower}");
}

#[test]
fn the_preview_lives_at_the_base_path() {
    let preview = preview();
    assert!(
        preview.home.ends_with("/repo/") && preview.home.starts_with("http://localhost:"),
        "{}",
        preview.home
    );
    let top = preview.get("/?x=1");
    assert_eq!((top.status, top.header("location")), (302, Some("/repo/?x=1")));
    assert_eq!(preview.get("/repo").header("location"), Some("/repo/"));
    assert_eq!(preview.get("/repo/about").header("location"), Some("/repo/about/"));
    assert_eq!(preview.get("/repo/about/index.html").status, 200);
    assert_eq!(preview.get("/about/").status, 404);
    let page = preview.get("/repo/briefings/2025-06-05-call/");
    assert_eq!(page.status, 200);
    assert!(page.text().contains("They spoke."), "{}", page.text());
    let missing = preview.get("/repo/a/b/c/");
    assert_eq!(missing.status, 404);
    assert!(
        missing.text().contains("/_newsgen/client.js"),
        "a page that is missing may appear: it listens too"
    );
}

#[test]
fn a_foreign_host_is_refused_everywhere() {
    let preview = preview();
    for path in EVERYWHERE {
        for host in [
            "evil.example",
            "evil.example:1111",
            "localhost.evil.example",
            "127.0.0.1.nip.example",
            "",
            "169.254.1.1",
        ] {
            let answer = preview.ask("GET", path, &[&format!("Host: {host}")]);
            assert_eq!(answer.status, 403, "{path} for {host:?}: {}", answer.head);
            is_protected(&answer);
        }
    }
    for host in ["localhost", "127.0.0.1", "[::1]", "LocalHost:9"] {
        assert_eq!(preview.ask("GET", "/repo/", &[&format!("Host: {host}")]).status, 200, "{host}");
    }
    let twice = preview.ask("GET", "/repo/", &["Host: localhost", "Host: evil.example"]);
    assert!(matches!(twice.status, 400 | 403), "{}", twice.head);
    let none = preview.raw("GET /repo/ HTTP/1.0\r\n\r\n");
    assert_eq!(none.status, 403);
    let absolute = preview.ask("GET", "http://evil.example/repo/", &["Host: localhost"]);
    assert!(matches!(absolute.status, 400 | 403), "{}", absolute.head);
}

#[test]
fn another_site_is_refused_everywhere_the_stream_included() {
    let preview = preview();
    let own = format!("Origin: http://localhost:{}", preview.port);
    for path in EVERYWHERE {
        for header in [
            "Origin: https://evil.example",
            "Origin: null",
            "Origin: http://localhost:1",
            "Origin: https://localhost",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site",
            "Sec-Fetch-Site: anything",
        ] {
            let answer = preview.ask("GET", path, &[header]);
            assert_eq!(answer.status, 403, "{path} with {header}");
            is_protected(&answer);
        }
        if !path.contains("events") {
            assert_ne!(
                preview.ask("GET", path, &[&own, "Sec-Fetch-Site: same-origin"]).status,
                403,
                "{path}"
            );
            assert_ne!(preview.ask("GET", path, &["Sec-Fetch-Site: none"]).status, 403, "{path}");
        }
    }
    let visit = ["Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"];
    assert_eq!(preview.ask("GET", "/repo/", &visit).status, 200);
    let framed = ["Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"];
    assert_eq!(preview.ask("GET", "/repo/", &framed).status, 403);
}

#[test]
fn a_preview_can_be_read_and_nothing_else() {
    let preview = preview();
    for path in EVERYWHERE {
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND"] {
            let answer = preview.ask(method, path, &["Content-Length: 0"]);
            assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method} {path}");
            is_protected(&answer);
        }
    }
    for path in ["/repo/", "/repo/feed.xml", "/repo/sound.mp3", "/_newsgen/"] {
        let (head, get) = (preview.ask("HEAD", path, &[]), preview.get(path));
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
        for name in ["content-type", "content-length"] {
            assert_eq!(head.header(name), get.header(name), "{name} of {path}");
        }
    }
}

#[test]
fn no_address_leads_out_of_the_site() {
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("secret.txt"), "SECRET").expect("a file");
    let preview = preview();
    let climb = "../".repeat(12);
    let place = outside.path().join("secret.txt");
    let place = place.to_string_lossy().trim_start_matches('/').to_owned();
    let mut addresses = vec![
        "/repo/../newsgen.yaml".to_owned(),
        "/repo/newsgen.yaml".to_owned(),
        "/repo/content/briefings/2025-06-05-call.md".to_owned(),
        "/repo/%00".to_owned(),
        "/repo/note.txt%00.html".to_owned(),
        "/repo/\\..\\newsgen.yaml".to_owned(),
        "//etc/passwd".to_owned(),
        "/repo//etc/passwd".to_owned(),
        "/repo/%ff%fe".to_owned(),
        "/repo/file:///etc/passwd".to_owned(),
        "/_newsgen/../newsgen.yaml".to_owned(),
    ];
    for step in [
        "../",
        "%2e%2e/",
        "..%2f",
        "%2e%2e%2f",
        "..%5c",
        "%2E%2E%5C",
        "..\\",
        "%252e%252e%252f",
        "%c0%ae%c0%ae/",
        "....//",
        ".%2e/",
    ] {
        addresses.push(format!("/repo/{}{place}", step.repeat(12)));
        addresses.push(format!("/repo/{step}newsgen.yaml"));
        addresses.push(format!("/_newsgen/{}{place}", step.repeat(12)));
    }
    addresses.push(format!("/repo/{climb}{place}"));
    for address in &addresses {
        let answer = preview.get(address);
        assert!(matches!(answer.status, 400 | 404), "{address}: {}", answer.head);
        assert!(!answer.text().contains("SECRET") && !answer.text().contains("base_url"), "{address}");
        is_protected(&answer);
    }
    assert_eq!(preview.get("/repo/note.txt").text(), "a note\n");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_site_is_not_followed() {
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("secret.txt"), "SECRET").expect("a file");
    let preview = preview();
    let root = preview.folder.path();
    std::os::unix::fs::symlink(outside.path().join("secret.txt"), root.join("static/leak.txt"))
        .expect("a link");
    let mut page = preview.listen("/repo/");
    let state = page.until(|state| !state["problems"].as_array().expect("a list").is_empty());
    assert_eq!(state["problems"][0]["code"], "link-out", "{state}");
    assert_eq!(preview.get("/repo/leak.txt").status, 404);
    // A file that was one and becomes a link.
    fs::remove_file(root.join("static/note.txt")).expect("a file");
    std::os::unix::fs::symlink(outside.path(), root.join("static/folder")).expect("a link");
    std::os::unix::fs::symlink(outside.path().join("secret.txt"), root.join("static/note.txt"))
        .expect("a link");
    for path in ["/repo/note.txt", "/repo/folder/secret.txt", "/repo/leak.txt"] {
        assert!(!preview.get(path).text().contains("SECRET"), "{path}");
    }
}

#[test]
fn every_sort_of_file_says_what_it_is() {
    let preview = preview();
    for (path, mime) in [
        ("/repo/", "text/html; charset=utf-8"),
        ("/repo/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/repo/rss.xml", "application/rss+xml; charset=utf-8"),
        ("/repo/feed.json", "application/feed+json; charset=utf-8"),
        ("/repo/search.json", "application/json; charset=utf-8"),
        ("/repo/sitemap.xml", "application/xml; charset=utf-8"),
        ("/repo/robots.txt", "text/plain; charset=utf-8"),
        ("/repo/css/newsgen.css", "text/css; charset=utf-8"),
        ("/repo/js/newsgen.js", "text/javascript; charset=utf-8"),
        ("/repo/briefings/2025-06-05-call/index.md", "text/markdown; charset=utf-8"),
        ("/repo/sound.mp3", "audio/mpeg"),
        ("/repo/note.txt", "text/plain; charset=utf-8"),
        ("/_newsgen/", "text/html; charset=utf-8"),
        ("/repo/_newsgen/", "text/html; charset=utf-8"),
        ("/_newsgen/client.js", "text/javascript; charset=utf-8"),
    ] {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(mime)), "{path}");
        is_protected(&answer);
    }
}

#[test]
fn media_can_be_asked_for_in_part() {
    let preview = preview();
    let part = preview.ask("GET", "/repo/sound.mp3", &["Range: bytes=2-4"]);
    assert_eq!((part.status, part.text().as_str()), (206, "234"));
    assert_eq!(part.header("content-range"), Some("bytes 2-4/10"));
    assert_eq!(preview.ask("GET", "/repo/sound.mp3", &["Range: bytes=-3"]).text(), "789");
    assert_eq!(preview.ask("GET", "/repo/sound.mp3", &["Range: bytes=20-"]).status, 416);
    is_protected(&part);
}

#[test]
fn served_and_published_pages_are_the_same_bytes() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = tempfile::tempdir().expect("a folder");
    let published = out.path().join("public");
    // What both show must not depend on the second in which they start.
    let shared = ["--today", "2026-11-22", "--base-url", "https://example.org/a/b/"];
    let built =
        command(sample).arg("build").args(shared).arg("-o").arg(&published).output().expect("newsgen");
    assert!(built.status.success(), "{built:?}");
    let folder = tempfile::tempdir().expect("a folder");
    copy(sample, folder.path());
    let preview = Preview::start(folder, &shared);
    let mut files = Vec::new();
    walk(&published, &mut files);
    assert!(files.len() > 100, "the sample is a whole newsletter: {}", files.len());
    for file in files {
        let name = file.strip_prefix(&published).expect("below").to_string_lossy().replace('\\', "/");
        if name.starts_with(".newsgen") || name == ".nojekyll" {
            continue;
        }
        let answer = preview.get(&format!("/a/b/{}", name.trim_end_matches("index.html")));
        assert!(answer.status == 200, "{name}: {}", answer.head);
        let bytes = fs::read(&file).expect("a file");
        assert!(without_script(&answer.body) == bytes, "{name} is served as other bytes than published");
        let is_page = name.ends_with("index.html")
            && !String::from_utf8_lossy(&bytes).contains("http-equiv=\"refresh\"");
        assert_eq!(is_page || name == "404.html", answer.body != bytes, "{name}: only pages get the script");
    }
    assert!(!preview.folder.path().join("public").exists(), "a preview writes nothing");
}

/// The parts of a site folder.
fn copy(from: &Path, to: &Path) {
    for part in
        ["newsgen.yaml", "content", "templates", "static", "regions.yaml", "entities.yaml", "lenses.yaml"]
    {
        // The built-in theme is in the program already: as the site's own it would hide that.
        if matches!(part, "templates" | "static") {
            continue;
        }
        let start = from.join(part);
        if start.is_file() {
            desk::write(to, part, fs::read(start).expect("a file"));
            continue;
        }
        let mut files = Vec::new();
        if start.is_dir() {
            walk(&start, &mut files);
        }
        for file in files {
            let name = file.strip_prefix(from).expect("below").to_string_lossy().replace('\\', "/");
            desk::write(to, &name, fs::read(&file).expect("a file"));
        }
    }
}

fn walk(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() { walk(&entry.path(), found) } else { found.push(entry.path()) }
    }
}

#[test]
fn a_page_is_told_when_its_own_bytes_change_and_only_then() {
    let preview = preview();
    let (mut about, mut team) = (preview.listen("/repo/about/"), preview.listen("/repo/team/"));
    let (about_first, team_first) = (about.next()["version"].clone(), team.next()["version"].clone());
    let page = preview.get("/repo/about/").text();
    let version = about_first.as_str().expect("a version");
    assert!(page.contains(&format!("data-version=\"{version}\"")), "page and stream speak of the same state");
    preview.write("content/pages/about.md", "# About\n\nUs, the desk.\n");
    assert_ne!(about.next()["version"], about_first);
    assert!(preview.get("/repo/about/").text().contains("Us, the desk."));
    preview.write("content/pages/team.md", "# Team\n\nWe three.\n");
    assert_ne!(
        team.next()["version"],
        team_first,
        "the first word after its first state is of its own change"
    );
}

#[test]
fn a_style_sheet_is_swapped_and_the_page_stays() {
    let preview = preview();
    let mut page = preview.listen("/repo/");
    let first = page.next();
    preview.write("static/css/newsgen.css", "body { color: red }\n");
    let second = page.next();
    assert_eq!(first["version"], second["version"], "a style sheet is no reason to show the page anew");
    assert_ne!(first["styles"], second["styles"]);
    let href = "/repo/css/newsgen.css";
    let print = second["styles"][href].as_str().expect("a fingerprint").to_owned();
    assert!(preview.get("/repo/").text().contains(&format!("{href}?v={print}")));
    assert!(preview.get(href).text().contains("color: red"));
    fs::remove_file(preview.folder.path().join("static/css/newsgen.css")).expect("a file");
    assert_eq!(page.next()["styles"], first["styles"], "the built-in one is back");
}

#[test]
fn a_file_that_a_page_shows_shows_anew() {
    let preview = preview();
    preview.write("static/chart.svg", "<svg/>");
    preview.write("content/pages/about.md", "# About\n\n![A chart](/chart.svg)\n");
    preview.until_says("/repo/about/", "chart.svg");
    let mut page = preview.listen("/repo/about/");
    let first = page.next();
    preview.write("static/chart.svg", "<svg></svg>");
    assert_ne!(page.next()["version"], first["version"]);
}

#[test]
fn a_broken_edit_is_shown_over_the_last_good_page_and_goes_when_mended() {
    let preview = preview();
    let mut page = preview.listen("/repo/briefings/2025-06-05-call/");
    let first = page.next();
    assert_eq!(first["problems"], serde_json::json!([]));
    preview.write("content/briefings/2025-06-05-call.md", CALL.replace("category:", "categroy:"));
    let broken = page.until(|state| state["problems"] != serde_json::json!([]));
    let problem = &broken["problems"][0];
    assert_eq!(
        (problem["file"].as_str(), problem["line"].as_u64()),
        (Some("content/briefings/2025-06-05-call.md"), Some(4))
    );
    assert!(problem["drawn"].as_str().is_some_and(|drawn| drawn.contains("^^^")), "{problem}");
    assert_eq!(broken["version"], first["version"], "the page under it is the last good one");
    assert!(preview.get("/repo/briefings/2025-06-05-call/").text().contains("They spoke."));
    // What is broken hides nothing else.
    preview.write("content/briefings/2025-06-04-talks.md", TALKS.replace("They met.", "They met again."));
    preview.until_says("/repo/briefings/2025-06-04-talks/", "They met again.");
    preview
        .write("content/briefings/2025-06-05-call.md", CALL.replace("They spoke.", "They spoke at length."));
    let mended = page.until(|state| state["problems"] == serde_json::json!([]));
    assert_ne!(mended["version"], first["version"]);
    preview.until_says("/repo/briefings/2025-06-05-call/", "They spoke at length.");
}

#[test]
fn a_broken_template_and_a_broken_config_are_survived() {
    let preview = preview();
    let mut page = preview.listen("/repo/");
    page.next();
    for (path, text) in [
        ("templates/home.html", "{% if %}"),
        ("templates/home.html", "{{ no.such.thing }}"),
        ("newsgen.yaml", "title: [Test\n"),
        ("lenses.yaml", "lenses: 1\n"),
    ] {
        let good = fs::read(preview.folder.path().join(path)).ok();
        preview.write(path, text);
        let broken = page.until(|state| state["problems"] != serde_json::json!([]));
        assert_eq!(broken["problems"][0]["file"], path, "{broken}");
        let home = preview.get("/repo/");
        assert!(home.status == 200 && home.text().contains("The call"), "{path}: {}", home.text());
        match good {
            Some(good) => preview.write(path, good),
            None => fs::remove_file(preview.folder.path().join(path)).expect("a file"),
        }
        page.until(|state| state["problems"] == serde_json::json!([]));
    }
    preview.write("newsgen.yaml", "title: Renamed\nbase_url: https://example.org/other/\n");
    preview.until_says("/other/", "Renamed");
    assert_eq!(preview.get("/repo/").status, 404, "the old base path is gone, as it will be when published");
}

#[test]
fn a_title_shows_at_once_wherever_it_stands() {
    let preview = preview();
    let other =
        CALL.replace("The call", "The long call").replace("actors: [NATO]", "actors: [NATO, Somebody New]");
    preview.write("content/briefings/2025-06-05-call.md", other.replace("title:", "slug: long\ntitle:"));
    preview.until_says("/repo/", "The long call");
    for path in [
        "/repo/issues/2025-06-05/",
        "/repo/regions/europe/",
        "/repo/actors/somebody-new/",
        "/repo/categories/world/",
        "/repo/feed.xml",
        "/repo/rss.xml",
        "/repo/feed.json",
        "/repo/actors/somebody-new/feed.xml",
        "/repo/search.json",
        "/repo/archive/2025-06/",
        "/repo/briefings/2025-06-05-long/",
    ] {
        assert!(preview.get(path).text().contains("The long call"), "{path}");
    }
    assert!(preview.get("/repo/sitemap.xml").text().contains("/repo/briefings/2025-06-05-long/"));
    assert_eq!(preview.get("/repo/briefings/2025-06-05-call/").status, 404);
}

#[test]
fn a_new_actor_in_a_text_has_a_page_at_the_next_request() {
    let preview = preview();
    assert_eq!(preview.get("/repo/actors/emmanuel-macron/").status, 404);
    let text = TALKS.replace("They met.", "Emmanuel Macron met NATO ministers. Macron left early.");
    preview.write("content/briefings/2025-06-04-talks.md", text);
    preview.until_says("/repo/briefings/2025-06-04-talks/", "left early");
    let page = preview.get("/repo/actors/emmanuel-macron/");
    assert_eq!(page.status, 200);
    assert!(page.text().contains("The talks"), "{}", page.text());
}

#[test]
fn the_site_s_own_names_and_templates_are_taken_in_while_it_runs() {
    let preview = preview();
    let path = "content/briefings/2025-06-04-talks.md";
    preview.write(path, TALKS.replace("They met.", "The Quorndale Panel met. The Quorndale Panel agreed."));
    preview.until_says("/repo/briefings/2025-06-04-talks/", "agreed");
    let entity = "entities:\n  - {id: quorndale, kind: body, name: Quorndale Panel}\n";
    preview.write("entities.yaml", entity);
    eventually("a name that is known now has its page", || {
        preview.get("/repo/actors/quorndale/").text().contains("The talks")
    });
    fs::remove_file(preview.folder.path().join("entities.yaml")).expect("a file");
    eventually("and loses it", || preview.get("/repo/actors/quorndale/").status == 404);
    preview.write("templates/404.html", "<!doctype html><title>Lost</title><body>Lost, are you?</body>\n");
    preview.until_says("/repo/nowhere/", "Lost, are you?");
    fs::remove_dir_all(preview.folder.path().join("templates")).expect("a folder");
    eventually("the built-in one is back", || !preview.get("/repo/nowhere/").text().contains("Lost, are"));
}

#[test]
fn files_and_folders_come_go_and_move() {
    let preview = preview();
    let root = preview.folder.path().to_owned();
    let exists = |path: &str| preview.get(path).status == 200;
    preview.write("content/briefings/2026/june/2026-06-01-vote.md", "---\ntitle: Vote\n---\n\nThey voted.\n");
    eventually("a file in a new folder is a page", || exists("/repo/briefings/2026-06-01-vote/"));
    preview.write(
        "content/briefings/2026/june/2026-06-02-count.md",
        "---\ntitle: Count\n---\n\nThey counted.\n",
    );
    eventually("so is a second one", || exists("/repo/briefings/2026-06-02-count/"));
    fs::rename(root.join("content/briefings/2026"), root.join("content/briefings/older")).expect("a rename");
    preview.write("content/briefings/older/june/2026-06-03-end.md", "---\ntitle: End\n---\n\nThe end.\n");
    eventually("a folder that moved is still followed", || exists("/repo/briefings/2026-06-03-end/"));
    assert!(exists("/repo/briefings/2026-06-01-vote/"));
    fs::rename(
        root.join("content/briefings/older/june/2026-06-03-end.md"),
        root.join("content/briefings/2026-06-04-end.md"),
    )
    .expect("a rename");
    eventually("a file that moved has its new address", || exists("/repo/briefings/2026-06-04-end/"));
    eventually("and not its old one", || !exists("/repo/briefings/2026-06-03-end/"));
    fs::remove_dir_all(root.join("content/briefings/older")).expect("a folder");
    eventually("a folder that is gone has no pages", || !exists("/repo/briefings/2026-06-01-vote/"));
    fs::remove_dir_all(root.join("static")).expect("a folder");
    eventually("so has the whole of static/", || !exists("/repo/note.txt"));
    preview.write("static/back.txt", "back");
    eventually("and it can come back", || exists("/repo/back.txt"));
}

/// Ways in which editors save.
fn save(root: &Path, style: usize, path: &str, text: &str) {
    let target = root.join(path);
    let beside = target.with_extension("tmp");
    match style % 4 {
        // In place.
        0 => fs::write(&target, text).expect("a file"),
        // Beside, then renamed over.
        1 => {
            fs::write(&beside, text).expect("a file");
            fs::rename(&beside, &target).expect("a rename");
        }
        // The old one is kept as a backup, a new one is made.
        2 => {
            let backup = root.join(format!("{path}~"));
            fs::rename(&target, &backup).expect("a rename");
            fs::write(&target, text).expect("a file");
            fs::remove_file(&backup).expect("a file");
        }
        // In pieces.
        _ => {
            let mut file = fs::File::create(&target).expect("a file");
            for piece in text.as_bytes().chunks(16) {
                file.write_all(piece).expect("a piece");
            }
        }
    }
}

#[test]
fn a_thousand_rapid_saves_of_every_style_end_in_the_last_state() {
    let preview = preview();
    let path = "content/briefings/2025-06-05-call.md";
    for number in 1..=1000 {
        save(
            preview.folder.path(),
            number,
            path,
            &CALL.replace("They spoke.", &format!("Draft number {number}.")),
        );
    }
    preview.until_says("/repo/briefings/2025-06-05-call/", "Draft number 1000.");
    let mut page = preview.listen("/repo/briefings/2025-06-05-call/");
    assert_eq!(page.next()["problems"], serde_json::json!([]), "a half-written file was not the last word");
}

#[test]
fn hundreds_of_files_at_once_are_all_there() {
    let preview = preview();
    for number in 0..300 {
        let text = format!("---\ntitle: Number {number}\n---\n\nText {number}.\n");
        preview.write(
            &format!("content/briefings/b{}/2024-01-{:02}-n{number}.md", number % 7, number % 28 + 1),
            text,
        );
    }
    eventually("every one of them has its page", || {
        (0..300).rev().all(|number| {
            preview.get(&format!("/repo/briefings/2024-01-{:02}-n{number}/", number % 28 + 1)).status == 200
        })
    });
}

#[test]
fn what_git_checks_out_is_one_change() {
    let folder = tempfile::tempdir().expect("a folder");
    desk::write(folder.path(), "newsgen.yaml", "title: Test\nbase_url: https://example.org/repo/\n");
    desk::write(folder.path(), "content/briefings/2025-06-05-call.md", CALL);
    fs::create_dir(folder.path().join(".git")).expect("a folder");
    let preview = Preview::start(folder, &[]);
    let mut home = preview.listen("/repo/");
    home.next();
    // Git holds its lock while it writes.
    preview.write(".git/index.lock", "");
    for number in 0..300 {
        let text = format!("---\ntitle: Number {number}\n---\n\nText {number}.\n");
        preview.write(&format!("content/briefings/2025-07-{:02}-n{number}.md", number % 28 + 1), text);
    }
    fs::remove_file(preview.folder.path().join("content/briefings/2025-06-05-call.md")).expect("a file");
    fs::remove_file(preview.folder.path().join(".git/index.lock")).expect("a file");
    home.next();
    let found = preview.get("/repo/search.json").text();
    assert!(
        (0..300).all(|number| found.contains(&format!("\"Number {number}\""))),
        "it is told once: {found}"
    );
    assert!(!found.contains("The call"), "what went is gone in the same edition");
}

#[test]
fn a_network_drive_is_looked_at_again_and_again() {
    let preview = Preview::of(&[("content/pages/about.md", "# About\n\nUs.\n")], &["--poll"]);
    assert!(preview.get("/repo/about/").text().contains("Us."));
    preview.write("content/pages/about.md", "# About\n\nUs, polled.\n");
    preview.until_says("/repo/about/", "Us, polled.");
    preview.write("content/pages/deep/new.md", "# New\n\nIt is new.\n");
    preview.until_says("/repo/deep/new/", "It is new.");
    fs::remove_file(preview.folder.path().join("content/pages/about.md")).expect("a file");
    eventually("what is gone has no page", || preview.get("/repo/about/").status == 404);
}

#[test]
fn drafts_show_when_asked_for_and_carry_a_banner() {
    let draft = CALL.replace("category:", "draft: true\ncategory:");
    let later = TALKS.replace("2025-06-04", "2031-06-04");
    let texts =
        [("content/briefings/call.md", draft.as_str()), ("content/briefings/talks.md", later.as_str())];
    let hidden = Preview::of(&texts, &[]);
    assert_eq!(hidden.get("/repo/briefings/2025-06-05-call/").status, 404);
    let shown = Preview::of(&texts, &["--drafts", "--future"]);
    assert!(
        shown.get("/repo/briefings/2025-06-05-call/").text().contains("data-banner=\"Draft: not published\"")
    );
    assert!(
        shown
            .get("/repo/briefings/2031-06-04-talks/")
            .text()
            .contains("data-banner=\"Scheduled: public from")
    );
}

#[test]
fn an_embargo_that_ends_is_lifted_while_the_preview_runs() {
    let soon = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(4);
    let text = CALL.replace("category:", &format!("publish: {soon:.0}\ncategory:"));
    let preview = Preview::of(&[("content/briefings/call.md", &text)], &[]);
    assert_eq!(preview.get("/repo/briefings/2025-06-05-call/").status, 404);
    eventually("it is public", || preview.get("/repo/briefings/2025-06-05-call/").status == 200);
}

#[test]
fn a_port_in_use_is_named_and_the_next_one_offered() {
    let preview = preview();
    let second = command(preview.folder.path())
        .args(["serve", "--port", &preview.port.to_string()])
        .stderr(std::process::Stdio::piped())
        .output()
        .expect("newsgen");
    let words = String::from_utf8_lossy(&second.stderr).into_owned();
    assert_eq!(second.status.code(), Some(2), "{words}");
    assert!(words.contains(&format!("port {} is in use", preview.port)), "{words}");
    assert!(words.contains("newsgen serve --port "), "{words}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_with_connections_open() {
    let mut preview = preview();
    let mut page = preview.listen("/repo/");
    page.next();
    let mut half = preview.connect();
    half.write_all(b"GET /repo/ HTT").expect("it listens");
    let id = preview.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill").success());
    eventually("it has ended", || preview.child.try_wait().expect("a child").is_some());
    let status = preview.child.wait().expect("a child");
    assert_eq!(status.code(), Some(0), "Ctrl-C is how a preview ends: {status:?}");
}

#[test]
fn clients_that_dawdle_are_closed() {
    let preview = preview();
    let large = vec![b'x'; 48 * 1024 * 1024];
    preview.write("static/large.txt", &large);
    eventually("the large file is there", || preview.ask("HEAD", "/repo/large.txt", &[]).status == 200);
    let (sender, receiver) = channel();
    std::thread::scope(|scope| {
        // One says nothing.
        let mut silent = preview.connect();
        let done = sender.clone();
        scope.spawn(move || {
            let ended = matches!(silent.read(&mut [0; 64]), Ok(_) | Err(_));
            done.send(("silent", ended)).expect("somebody waits");
        });
        // One says a letter now and then.
        let mut slow = preview.connect();
        let done = sender.clone();
        scope.spawn(move || {
            slow.set_read_timeout(Some(Duration::from_millis(500))).expect("a timeout");
            let mut rest =
                b"GET /repo/ HTTP/1.1\r\nHost: localhost\r\nX: ".iter().chain(std::iter::repeat(&b'x'));
            let mut ended = false;
            for letter in (&mut rest).take(60) {
                let gone = slow.write_all(&[*letter]).is_err();
                match slow.read(&mut [0; 64]) {
                    Err(error) if !gone && error.kind() == std::io::ErrorKind::WouldBlock => {}
                    _ => {
                        ended = true;
                        break;
                    }
                }
            }
            done.send(("a letter at a time", ended)).expect("somebody waits");
        });
        // One asks and does not read.
        let mut deaf = preview.connect();
        let done = sender.clone();
        scope.spawn(move || {
            write!(deaf, "GET /repo/large.txt HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("it listens");
            let mut ended = false;
            for _ in 0..75 {
                std::thread::park_timeout(Duration::from_millis(200));
                ended = deaf.write_all(b"x").is_err();
                if ended {
                    break;
                }
            }
            done.send(("deaf", ended)).expect("somebody waits");
        });
        for _ in 0..3 {
            let (who, ended) = receiver.recv_timeout(DEADLINE).expect("all are closed in time");
            assert!(ended, "{who} is still there");
            assert_eq!(preview.get("/repo/").status, 200, "and nobody else waits for them");
        }
    });
}

#[test]
fn the_desk_lists_what_waits_and_shows_each_briefing_in_every_form() {
    let draft = TALKS.replace("regions:", "draft: true\nregions:");
    let later = TALKS.replace("2025-06-04", "2031-06-04").replace("The talks", "The later talks");
    let preview = Preview::of(
        &[
            (
                "newsgen.yaml",
                "title: Test\nbase_url: https://example.org/repo/\neditor: vscode://file{path}:{line}\n",
            ),
            ("content/briefings/call.md", CALL),
            ("content/briefings/talks.md", &draft),
            ("content/briefings/later.md", &later),
        ],
        &[],
    );
    let desk = preview.get("/_newsgen/").text();
    for words in ["The call", "The talks", "The later talks", "Drafts", "Scheduled", "Notes"] {
        assert!(desk.contains(words), "{words}: {desk}");
    }
    for file in ["content/briefings/call.md", "content/briefings/talks.md"] {
        let one = preview.get(&format!("/_newsgen/briefing?file={file}"));
        assert_eq!(one.status, 200);
        let html = one.text();
        assert!(html.contains("vscode://file/") && html.contains(file), "{html}");
        for form in ["page", "markdown", "feed"] {
            let answer = preview.get(&format!("/_newsgen/{form}?file={file}"));
            assert!(
                answer.status == 200 && answer.text().contains("They "),
                "{form} of {file}: {}",
                answer.text()
            );
        }
    }
    assert!(
        preview.get("/_newsgen/page?file=content/briefings/talks.md").text().contains("Draft: not published")
    );
    for path in [
        "/_newsgen/briefing",
        "/_newsgen/briefing?file=nothing.md",
        "/_newsgen/page?file=../x",
        "/_newsgen/nothing",
    ] {
        assert_eq!(preview.get(path).status, 404, "{path}");
    }
    let page = preview.get("/repo/briefings/2025-06-05-call/").text();
    assert!(
        page.contains("data-edit=\"vscode://file/") && page.contains("content/briefings/call.md:1\""),
        "{page}"
    );
}
