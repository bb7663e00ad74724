//! Whole sites: sources in, pages out.

mod world;

use world::{Built, build, build_as_of, build_with};

const CALL: &str = "---\ntitle: \"Moscow and Tehran talk\"\ndate: \"2025-06-05\"\ncategory: \"WORLD\"\n\
    regions: [europe]\nactors: [rus, \"Vladimir Putin\"]\n---\n\nThey met on Thursday.\n\n## Implications\n\n\
    ### For investors\n\nPrices rise.\n\n## What we think\n\nIt is early.\n";

fn briefing(title: &str, date: &str, more: &str) -> String {
    format!("---\ntitle: \"{title}\"\ndate: \"{date}\"\ntags: manual\n{more}---\n\nText of {title}.\n")
}

#[test]
fn a_briefing_has_its_page_its_markdown_and_its_place_in_every_list() {
    let site = build(&[("content/briefings/2025-06-05-talk.md", CALL)]);
    let page = site.page("/briefings/2025-06-05-talk/");
    for part in
        ["id=\"facts\"", "id=\"implications\"", "id=\"what-we-think\"", "For investors", "Prices rise."]
    {
        assert!(page.contains(part), "{part} is missing:\n{page}");
    }
    assert!(site.page("/briefings/2025-06-05-talk/index.md").contains("### For investors"));
    for list in [
        "/",
        "/issues/",
        "/issues/2025-06-05/",
        "/regions/europe/",
        "/actors/vladimir-putin/",
        "/actors/rus/",
        "/categories/world/",
        "/lenses/investors/",
        "/archive/2025-06/",
        "/archive/2025/",
        "/feed.xml",
        "/rss.xml",
        "/feed.json",
        "/search.json",
        "/regions/europe/feed.xml",
        "/actors/vladimir-putin/feed.xml",
        "/categories/world/feed.xml",
        "/lenses/investors/feed.xml",
    ] {
        assert!(site.page(list).contains("Moscow and Tehran talk"), "{list} does not list it");
    }
    assert!(site.page("/sitemap.xml").contains("https://example.org/briefings/2025-06-05-talk/"));
}

#[test]
fn plain_text_and_markdown_give_the_same_page() {
    let plain = "[WORLD] They met on Thursday.\nImplications\nFor investors\nPrices rise.\nWhat we think\nIt is early.\n";
    let markdown = "---\ntitle: \"They met on Thursday\"\ndate: \"2025-06-05\"\ncategory: \"WORLD\"\n---\n\n\
        They met on Thursday.\n\n# Why it matters\n\n**For investors:** Prices rise.\n\n# Our take\n\nIt is early.\n";
    let one = build(&[("content/briefings/2025-06-05-x.txt", plain)]);
    let other = build(&[("content/briefings/2025-06-05-x.md", markdown)]);
    assert_eq!(one.page("/briefings/2025-06-05-x/"), other.page("/briefings/2025-06-05-x/"));
}

#[test]
fn drafts_and_embargoed_and_expired_briefings_are_nowhere() {
    let draft = briefing("Alpha secret", "2025-06-01", "draft: true\nactors: [Nobody Special]\n");
    let later = briefing("Beta secret", "2025-06-01", "publish: 2025-06-02T05:00\n");
    let tomorrow = briefing("Gamma secret", "2025-06-02", "");
    let expired = briefing("Delta secret", "2025-05-01", "expires: 2025-05-30T00:00\n");
    let public = briefing("Epsilon open", "2025-06-01", "");
    let site = build_as_of(
        "2025-06-01T12:00:00Z",
        &[
            ("content/briefings/a.md", &draft),
            ("content/briefings/b.md", &later),
            ("content/briefings/c.md", &tomorrow),
            ("content/briefings/d.md", &expired),
            ("content/briefings/e.md", &public),
        ],
    );
    let mut seen = 0;
    for (route, text) in site.all() {
        assert!(!text.contains("secret") && !text.contains("nobody-special"), "{route} gives a secret away");
        assert!(!route.contains("nobody-special"), "{route} gives a secret away");
        seen += usize::from(text.contains("Epsilon open"));
    }
    assert!(seen > 8, "the public one is everywhere: {seen}");
}

#[test]
fn an_embargo_ends_at_the_desks_own_minute() {
    let later = briefing("Beta", "2025-06-01", "publish: 2025-06-02T05:00\n");
    let sources = [
        ("newsgen.yaml", "title: T\nbase_url: https://example.org/\ntime_zone: America/New_York\n"),
        ("content/briefings/b.md", &later),
    ];
    assert!(!build_as_of("2025-06-02T08:59:59Z", &sources).has("/briefings/2025-06-01-b/"));
    assert!(build_as_of("2025-06-02T09:00:00Z", &sources).has("/briefings/2025-06-01-b/"));
}

#[test]
fn two_briefings_that_want_one_address_are_both_named() {
    let one = briefing("One", "2025-06-01", "slug: same\n");
    let two = briefing("Two", "2025-06-01", "slug: same\n");
    let site = build(&[("content/briefings/one.md", &one), ("content/briefings/two.md", &two)]);
    let note = site.note("address-taken");
    assert!(note.message.contains("\"One\"") && note.message.contains("\"Two\""), "{}", note.message);
    assert!(note.place.is_some() && note.also.len() == 1, "{note:?}");
}

#[test]
fn addresses_that_differ_only_in_case_or_unicode_form_are_refused() {
    let page = "Text.\n";
    let one = briefing("One", "2025-06-01", "aliases: [/Old/Name/]\n");
    let two = briefing("Two", "2025-06-01", "aliases: [/old/name/]\n");
    let site = build(&[
        ("content/briefings/one.md", &one),
        ("content/briefings/two.md", &two),
        ("content/pages/about.md", page),
    ]);
    assert!(site.note("address-taken").message.contains("differ only in case"));
    let one = briefing("One", "2025-06-01", "aliases: [/caf\u{e9}/]\n");
    let two = briefing("Two", "2025-06-01", "aliases: [/cafe\u{301}/]\n");
    let site = build(&[("content/briefings/one.md", &one), ("content/briefings/two.md", &two)]);
    assert!(site.note("address-taken").message.contains("Unicode form"));
}

#[test]
fn every_address_is_below_the_base_path() {
    let config = "title: T\nbase_url: https://desk.example/a/b/\n";
    let linked = format!("{CALL}\nSee [about](/about/) and [that](2025-06-04-other.md), ![x](/img/x.png).\n");
    let other = briefing("Other", "2025-06-04", "");
    let site = build(&[
        ("newsgen.yaml", config),
        ("content/briefings/2025-06-05-talk.md", &linked),
        ("content/briefings/2025-06-04-other.md", &other),
        ("content/pages/about.md", "# About\n\nWe write.\n"),
    ]);
    let page = site.page("/briefings/2025-06-05-talk/");
    assert!(page.contains("href=\"/a/b/about/\""), "{page}");
    assert!(page.contains("href=\"/a/b/briefings/2025-06-04-other/\""), "{page}");
    assert!(page.contains("src=\"/a/b/img/x.png\""), "{page}");
    for (route, text) in site.all().filter(|(route, _)| route.ends_with('/') || route.ends_with(".html")) {
        for piece in text.split(" href=\"/").skip(1) {
            assert!(
                piece.starts_with("a/b/"),
                "{route} links outside the base path: /{}",
                &piece[..piece.len().min(60)]
            );
        }
    }
    let feed = site.page("/feed.xml");
    assert!(feed.contains("https://desk.example/a/b/about/"), "links in feeds are absolute:\n{feed}");
}

#[test]
fn feeds_are_read_by_a_feed_reader() {
    let odd = briefing("Odd \\u0001 <b>&amp;</b> ]]> title", "2025-06-01", "authors: [\"Desk <a&b>\"]\n");
    let site = build(&[("content/briefings/2025-06-05-talk.md", CALL), ("content/briefings/odd.md", &odd)]);
    for route in ["/feed.xml", "/rss.xml", "/feed.json", "/actors/rus/feed.xml"] {
        let feed = feed_rs::parser::parse(site.page(route).as_bytes()).unwrap_or_else(|error| {
            panic!("{route} cannot be read: {error}\n{}", site.page(route));
        });
        assert!(!feed.entries.is_empty(), "{route} is empty");
        let newest = &feed.entries[0];
        assert_eq!(
            newest.title.as_ref().map(|title| title.content.as_str()),
            Some("Moscow and Tehran talk"),
            "{route}"
        );
        let content = newest.content.as_ref().and_then(|content| content.body.as_deref()).unwrap_or("");
        assert!(content.contains("Prices rise."), "{route} has the full content: {content}");
    }
    let feed = feed_rs::parser::parse(site.page("/feed.xml").as_bytes()).expect("valid");
    assert_eq!(
        feed.entries[1].title.as_ref().map(|title| title.content.as_str()),
        Some("Odd <b>&amp;</b> ]]> title")
    );
}

#[test]
fn what_somebody_pasted_never_runs() {
    let nasty = "<script>alert(1)</script>";
    let text = format!(
        "---\ntitle: '{nasty}'\ndate: 2025-06-05\ncategory: '{nasty}'\nsummary: '{nasty}'\nauthors: ['{nasty}']\n\
         actors: ['{nasty}']\nregions: ['{nasty}']\nseries: '{nasty}'\n\
         sources: [{{title: '{nasty}', url: 'https://x.org/\">{nasty}'}}]\n\
         corrections: [{{date: 2025-06-06, note: '{nasty}'}}]\n---\n\n{nasty}\n\n## Implications\n\n### For {nasty}\n\n\
         Look: {nasty} [a](javascript:alert(1)) <img src=x onerror=alert(1)>\n\n## What we think\n\n{nasty}\n\n## {nasty}\n\n{nasty}\n"
    );
    let config = format!(
        "title: '{nasty}'\nbase_url: https://example.org/\ndescription: '{nasty}'\npublisher: '{nasty}'\n"
    );
    let site = build(&[("newsgen.yaml", &config), ("content/briefings/2025-06-05-x.md", &text)]);
    for (route, text) in site.all() {
        let text = text.to_lowercase();
        if route.ends_with('/') || route.ends_with(".html") {
            assert!(!text.contains("<script>alert"), "{route} runs a script:\n{text}");
            assert!(!text.contains("<img src=x"), "{route} runs a script:\n{text}");
            assert!(!text.contains("href=\"javascript:"), "{route} runs a script:\n{text}");
        }
    }
    assert!(site.has_note("raw-html") && site.has_note("unsafe-link"), "{:#?}", site.notes);
}

#[test]
fn a_source_that_could_run_a_script_is_refused() {
    let text = briefing("X", "2025-06-05", "sources: [{title: a, url: 'javascript:alert(1)'}]\n");
    let site = build(&[("content/briefings/x.md", &text)]);
    let page = site.page("/briefings/2025-06-05-x/");
    assert!(!page.contains("javascript:"), "{page}");
}

#[test]
fn an_alias_leads_to_the_new_address() {
    let text = briefing("X", "2025-06-05", "aliases: [/old/, /older.html]\n");
    let site = build(&[("content/briefings/x.md", &text)]);
    for old in ["/old/", "/older.html"] {
        let page = site.page(old);
        assert!(
            page.contains("/briefings/2025-06-05-x/") && page.contains("http-equiv=\"refresh\""),
            "{page}"
        );
    }
}

#[test]
fn an_undated_briefing_stops_the_build_and_says_how_to_date_it() {
    let site = build(&[("content/briefings/undated.txt", "[WORLD] Something happened.\n")]);
    let note = site.note("undated");
    assert!(note.help.as_ref().is_some_and(|help| help.contains("2025-06-05-undated.txt")), "{note:?}");
}

#[test]
fn the_same_sources_give_the_same_bytes_on_any_number_of_threads() {
    let sources = [("content/briefings/2025-06-05-talk.md", CALL)];
    let once: Vec<(String, String)> = build(&sources).all().collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    let again: Vec<(String, String)> = pool.install(|| build(&sources).all().collect());
    assert_eq!(once, again);
}

#[test]
fn a_long_list_has_pages_and_each_briefing_is_on_one_of_them() {
    let texts: Vec<(String, String)> = (1..=28)
        .map(|day| {
            let date = format!("2025-01-{day:02}");
            (
                format!("content/briefings/{date}-b.md"),
                briefing(&format!("Day-{day}-title"), &date, "category: WORLD\n"),
            )
        })
        .collect();
    let sources: Vec<(&str, &str)> =
        texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = build(&sources);
    let first = site.page("/categories/world/");
    let second = site.page("/categories/world/page/2/");
    assert!(first.contains("Day-28-title") && !first.contains("Day-8-title"), "twenty on the first page");
    assert!(
        second.contains("Day-8-title") && second.contains("Day-1-title") && !second.contains("Day-9-title")
    );
    assert!(!site.has("/categories/world/page/3/"));
    assert!(site.page("/").contains("/page/2/"), "the home page leads on");
}

#[test]
fn an_empty_site_has_all_its_pages() {
    let site = build(&[]);
    for route in [
        "/",
        "/issues/",
        "/regions/",
        "/actors/",
        "/archive/",
        "/search/",
        "/404.html",
        "/feed.xml",
        "/sitemap.xml",
    ] {
        assert!(site.has(route), "{route} is missing");
    }
}

#[test]
fn a_sites_own_template_wins_file_by_file() {
    let site = build(&[
        ("content/briefings/2025-06-05-talk.md", CALL),
        ("templates/briefing.html", "MINE {{ briefing.title }}"),
    ]);
    assert_eq!(site.page("/briefings/2025-06-05-talk/"), "MINE Moscow and Tehran talk");
    assert!(site.page("/").contains("<!doctype html>"));
}

#[test]
fn a_broken_template_is_reported_with_its_file() {
    let Built { notes, .. } = build(&[("templates/briefing.html", "{% if %}")]);
    let note = notes.iter().find(|note| note.code == "bad-template").expect("it is reported");
    assert_eq!(note.place.as_ref().map(|place| place.path.as_str()), Some("templates/briefing.html"));
}

#[test]
fn related_briefings_come_with_the_reason() {
    let other = CALL.replace("2025-06-05", "2025-06-01").replace("Moscow and Tehran talk", "An earlier talk");
    let site = build(&[
        ("content/briefings/2025-06-05-talk.md", CALL),
        ("content/briefings/2025-06-01-talk.md", &other),
    ]);
    let page = site.page("/briefings/2025-06-05-talk/");
    assert!(page.contains("An earlier talk") && page.contains("Also on Russia and Vladimir Putin"), "{page}");
}

#[test]
fn a_base_url_given_by_the_caller_wins() {
    let site = build_with(&[("content/briefings/2025-06-05-talk.md", CALL)], |settings| {
        settings.base_url = newsgen::route::BaseUrl::parse("https://o.example/p/").ok();
    });
    assert!(site.page("/feed.xml").contains("https://o.example/p/briefings/2025-06-05-talk/"));
}
