//! The printed site, text in, notes out.

use super::read;
use crate::diagnostic::Diagnostic;
use crate::site::{Settings, Site};
use crate::source::{SitePath, Sources, StaticFile};

fn site(base: &str, texts: &[(&str, &str)]) -> Site {
    let mut sources = Sources::new();
    sources.add_text("newsgen.yaml", &format!("title: T\nbase_url: https://example.org{base}\n"));
    sources.add_static(SitePath::new("static/chart.png"), StaticFile { bytes: 900, stamp: 0, digest: None });
    sources
        .add_static(SitePath::new("static/huge.jpg"), StaticFile { bytes: 2 << 20, stamp: 0, digest: None });
    texts.iter().for_each(|(path, text)| sources.add_text(path, text));
    let settings = Settings::at("2026-12-31T00:00:00Z".parse().expect("a timestamp"));
    Site::of(sources, settings, None).value
}

fn notes(base: &str, body: &str) -> Vec<Diagnostic> {
    let text = format!("---\ntitle: \"A\"\ndate: \"2026-06-05\"\n---\n\n{body}\n");
    let other = "---\ntitle: \"B\"\ndate: \"2026-06-06\"\n---\n\nThey met.\n\n## What we think\n\nGood.\n";
    let site = site(base, &[("content/briefings/a.md", &text), ("content/briefings/b.md", other)]);
    let mut notes = read(&site, &|| ()).notes;
    notes.retain(|note| note.code != "heavy-image");
    notes
}

/// What is found in a briefing, under `/` and under `/repo/`: each code and the words it points at.
fn check(body: &str) -> Vec<String> {
    let text = format!("---\ntitle: \"A\"\ndate: \"2026-06-05\"\n---\n\n{body}\n");
    let show = |note: &Diagnostic| {
        let span = note.place.as_ref().and_then(|place| place.span);
        format!("{} [{}]", note.code, span.map_or("", |(start, end)| &text[start..end]))
    };
    let at_top: Vec<String> = notes("/", body).iter().map(show).collect();
    let below: Vec<String> = notes("/repo/", body).iter().map(show).collect();
    assert_eq!(at_top, below);
    at_top
}

#[test]
fn a_link_that_leads_nowhere_is_found_once_and_in_the_text() {
    assert_eq!(check("See [it](/nowhere/) now."), ["broken-link [[it](/nowhere/)]"]);
    assert_eq!(check("See [it](c.md) now."), ["broken-link [[it](c.md)]"]);
}

#[test]
fn the_nearest_address_is_offered() {
    let found = notes("/repo/", "See [it](/briefings/2026-06-06-c/).");
    assert_eq!(found[0].help.as_deref(), Some("did you mean /briefings/2026-06-06-b/?"));
}

#[test]
fn links_that_lead_somewhere_are_left_alone() {
    for body in [
        "[b](b.md), [b](/briefings/2026-06-06-b/), [b](/briefings/2026-06-06-b), [top](#top), [home](/).",
        "[view](/briefings/2026-06-06-b/#what-we-think), [mail](mailto:desk@example.org), [x](https://x.example/y).",
        "![a chart](/chart.png) and [its file](/chart.png?v=1).",
    ] {
        assert_eq!(check(body), Vec::<String>::new(), "{body}");
    }
}

#[test]
fn a_part_that_is_not_there_is_found() {
    let body = "See [it](/briefings/2026-06-06-b/#outlook).";
    assert_eq!(check(body), ["broken-fragment [[it](/briefings/2026-06-06-b/#outlook)]"]);
}

#[test]
fn a_picture_that_is_not_there_is_found() {
    assert_eq!(check("![a map](/map.png)"), ["broken-image [![a map](/map.png)]"]);
}

#[test]
fn an_address_above_the_base_path_is_found() {
    let found = notes("/repo/", "See [it](https://example.org/other/).");
    assert_eq!(found.iter().map(|note| note.code).collect::<Vec<_>>(), ["outside-base"]);
}

#[test]
fn a_picture_that_nobody_can_wait_for_is_found() {
    let heavy = read(&site("/", &[]), &|| ()).notes;
    let heavy: Vec<&Diagnostic> = heavy.iter().filter(|note| note.code == "heavy-image").collect();
    assert_eq!(heavy.len(), 1);
    assert_eq!(heavy[0].place.as_ref().map(|place| place.path.as_str()), Some("static/huge.jpg"));
}

#[test]
fn a_page_that_nobody_can_wait_for_is_found() {
    let codes = |words: usize| {
        let found = notes("/", &"word ".repeat(words));
        found.iter().any(|note| note.code == "heavy-page")
    };
    assert!(codes(120_000));
    assert!(!codes(1_000));
}

#[test]
fn a_theme_that_forgets_the_title_and_repeats_an_id_is_found() {
    let base = "<!doctype html><html><head></head><body><p id=\"a\"><p id=\"a\"><a href=\"/gone/\">x</a></body></html>";
    let site = site("/", &[("templates/search.html", base)]);
    let found = read(&site, &|| ()).notes;
    let of_theme: Vec<&str> =
        found.iter().map(|note| note.code).filter(|code| *code != "heavy-image").collect();
    assert_eq!(of_theme, ["missing-title", "duplicate-id", "broken-link"]);
}

#[test]
fn other_sites_are_listed_with_the_place_that_links_to_them() {
    let text = "---\ntitle: \"A\"\ndate: \"2026-06-05\"\n---\n\nSee [it](https://x.example/y).\n";
    let site = site("/", &[("content/briefings/a.md", text)]);
    let external = read(&site, &|| ()).external;
    let place = external.get("https://x.example/y").and_then(Option::as_ref).and_then(|place| place.span);
    assert_eq!(place.map(|(start, end)| &text[start..end]), Some("[it](https://x.example/y)"));
}
