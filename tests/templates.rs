//! The built-in templates, filled with every shape of data: nothing fails, and every page keeps its promises.

mod world;

use newsgen::render::theme::{self, Data, Theme};
use newsgen::source::Sources;
use world::{Built, build, build_with};

/// A briefing with all that a briefing can have.
const FULL: &str = r#"---
title: "Tariffs & <b>\"walls\"</b>: it's > talk"
date: "2025-06-05"
updated: "2025-06-07"
category: "TRADE & AID"
summary: "One \"summary\" <i>in</i> two words & more."
authors: ["Trade desk", "A <em>second</em> desk"]
series: "Borders & tolls"
regions: [europe, "Near & Far"]
countries: [deu]
actors: ["Vladimir Putin", "M&S <plc>"]
sources:
  - {title: "A <paper>", url: "https://example.org/?a=1&b=2"}
  - {title: "An interview"}
corrections:
  - {date: "2025-06-06", note: "A sum was wrong: 4 < 5."}
---

They met[^1] on Thursday. A `code` and [a link](https://example.org/).

```rust
fn main() { println!("<hi>"); }
```

| A | B |
| --- | ---: |
| 1 | 2 |

## Implications

### For investors & banks

Prices rise.

### For "the street"

- [ ] wait
- [x] see

## What we think

> [!NOTE]
> It is early.

## Outlook <next>

More of it.

[^1]: A footnote.
"#;

fn short(title: &str, date: &str, more: &str) -> String {
    format!("---\ntitle: \"{title}\"\ndate: \"{date}\"\ntags: manual\n{more}---\n\nText of {title}.\n")
}

/// What every page promises, whatever it shows.
fn check(route: &str, html: &str) {
    let count = |needle: &str| html.matches(needle).count();
    let told = |what: &str| format!("{route}: {what}\n{html}");
    assert!(html.starts_with("<!doctype html>\n<html lang=\""), "{}", told("no doctype or language"));
    assert_eq!(count("<h1"), 1, "{}", told("not one h1"));
    assert_eq!(count("<main id=\"content\">"), 1, "{}", told("not one main"));
    assert_eq!(count("<title>"), 1, "{}", told("not one title"));
    assert!(!html.contains("<title></title>") && !html.contains("<title> "), "{}", told("an empty title"));
    for event in [" onclick", " onload", " onsubmit", " style=\"", "javascript:"] {
        assert!(!html.contains(event), "{}", told(event));
    }
    for scrap in ["{{", "{%", "[object]", "&amp;lt;", "&amp;amp;", "href=\"\"", "src=\"\"", "content=\"\""] {
        assert!(!html.contains(scrap), "{}", told(scrap));
    }
    for script in html.split("<script").skip(1) {
        let open = script.split('>').next().unwrap_or("");
        assert!(
            open.contains(" src=") || open.contains("application/ld+json"),
            "{}",
            told("an inline script")
        );
    }
    let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    ids.sort_unstable();
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{}", told("an id stands twice"));
    let mut last = 1;
    for level in html.split("<h").skip(1).filter_map(|rest| rest.chars().next()?.to_digit(10)) {
        assert!(level <= last + 1, "{}", told("a heading level is jumped over"));
        last = level;
    }
    if route.ends_with("/404.html") {
        assert!(!html.contains("rel=\"canonical\""), "{}", told("a wrong address has no canonical one"));
    } else {
        assert_eq!(count("rel=\"canonical\""), 1, "{}", told("no canonical link"));
    }
    if !html.contains("http-equiv=\"refresh\"") {
        for part in [
            "class=\"skip\"",
            "property=\"og:title\"",
            "application/atom+xml",
            "aria-label=\"Main\"",
            "<footer",
        ] {
            assert!(html.contains(part), "{}", told(part));
        }
    }
}

/// Every HTML page of a site keeps the promises.
fn check_all(site: &Built) {
    let is_html = |route: &str| route.ends_with('/') || route == "/404.html";
    let mut seen = 0;
    for (route, html) in site.all().filter(|(route, _)| is_html(route)) {
        check(&route, &html);
        seen += 1;
    }
    assert!(seen > 3, "{seen} pages");
}

/// The pieces stand in this order.
fn in_order(html: &str, pieces: &[&str]) {
    let mut from = 0;
    for piece in pieces {
        let at =
            html[from..].find(piece).unwrap_or_else(|| panic!("{piece} is not where it belongs:\n{html}"));
        from += at + piece.len();
    }
}

#[test]
fn a_full_briefing_has_its_parts_in_the_order_of_the_contract() {
    let site = build(&[
        ("content/briefings/2025-06-05-full.md", FULL),
        ("content/briefings/b.md", &short("Beside", "2025-06-04", "actors: [\"Vladimir Putin\"]\n")),
        ("content/briefings/c.md", &short("After", "2025-06-08", "series: \"Borders & tolls\"\n")),
    ]);
    check_all(&site);
    let page = site.page("/briefings/2025-06-05-full/");
    in_order(
        &page,
        &[
            "<article",
            "class=\"category\"",
            "<h1>",
            "<time datetime=\"2025-06-05\">",
            "rel=\"tag\"",
            "id=\"facts\"",
            "<section id=\"implications\"",
            "<h2>Implications</h2>",
            "<section class=\"implication\"",
            "<h3>",
            "For investors &amp; banks",
            "<section class=\"implication\"",
            "<section id=\"what-we-think\"",
            "<h2>What we think</h2>",
            "Outlook",
            "id=\"notes\"",
            "id=\"related\"",
            "id=\"sources\"",
            "id=\"corrections\"",
            "</article>",
        ],
    );
    for part in [
        "<link rel=\"alternate\" type=\"text/markdown\"",
        "<link rel=\"prev\" href=\"/briefings/2025-06-04-",
        "<link rel=\"next\" href=\"/briefings/2025-06-08-",
        "property=\"article:published_time\" content=\"2025-06-05\"",
        "property=\"article:modified_time\" content=\"2025-06-07\"",
        "property=\"og:type\" content=\"article\"",
        "AnalysisNewsArticle",
        "https://example.org/?a=1&amp;b=2",
        "Same series: Borders &amp; tolls",
        "4 &lt; 5",
        "hl-",
    ] {
        assert!(page.contains(part), "{part} is missing:\n{page}");
    }
    assert!(!page.contains("<b>\"walls"), "a headline is text:\n{page}");
}

#[test]
fn a_briefing_with_next_to_nothing_has_no_empty_parts() {
    let site = build(&[("content/briefings/2025-06-05-bare.md", "---\ntags: manual\n---\n\nOnly this.\n")]);
    check_all(&site);
    let page = site.page("/briefings/2025-06-05-bare/");
    assert!(page.contains("id=\"facts\""), "{page}");
    for part in [
        "id=\"implications\"",
        "id=\"what-we-think\"",
        "id=\"sources\"",
        "id=\"corrections\"",
        "id=\"related\"",
        "id=\"notes\"",
        "class=\"tags\"",
        "class=\"standfirst\"",
        "class=\"kicker\"",
        "class=\"neighbours\"",
    ] {
        assert!(!page.contains(part), "{part} is there:\n{page}");
    }
}

#[test]
fn an_implication_for_nobody_has_no_empty_heading() {
    let text = "---\ntitle: T\ndate: \"2025-06-05\"\ntags: manual\n---\n\nFacts.\n\n## Implications\n\nPrices rise.\n";
    let site = build(&[("content/briefings/rise.md", text)]);
    check_all(&site);
    let page = site.page("/briefings/2025-06-05-rise/");
    in_order(&page, &["<section class=\"implication\"", "Prices rise."]);
    assert!(!page.contains("<h3></h3>"), "{page}");
}

#[test]
fn an_empty_site_has_all_its_pages() {
    let site = build(&[]);
    check_all(&site);
    assert!(site.page("/").contains("Nothing has been published yet"));
}

#[test]
fn lists_have_pages_and_say_which_is_open() {
    let texts: Vec<(String, String)> = (1..=28)
        .map(|day| {
            let date = format!("2025-06-{day:02}");
            let text = short(&format!("Briefing {day}"), &date, "actors: [\"Vladimir Putin\"]\n");
            (format!("content/briefings/{day}.md"), text)
        })
        .collect();
    let mut all: Vec<(&str, &str)> =
        texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    all.push(("newsgen.yaml", "title: T\nbase_url: https://example.org/\npage_size: 5\n"));
    let site = build(&all);
    check_all(&site);
    for list in ["/", "/issues/", "/actors/vladimir-putin/"] {
        let page = site.page(&format!("{list}page/2/"));
        assert!(page.contains(&format!("rel=\"prev\" href=\"{list}\"")), "{page}");
        assert!(page.contains(&format!("rel=\"next\" href=\"{list}page/3/\"")), "{page}");
        assert!(page.contains("aria-current=\"page\" aria-label=\"Page 2\""), "{page}");
    }
    assert!(!site.page("/page/6/").contains("class=\"older\""));
}

#[test]
fn drafts_and_scheduled_briefings_say_so() {
    let draft = short("Draft", "2025-06-05", "draft: true\n");
    let later = short("Later", "2027-06-05", "");
    let site = build_with(
        &[("content/briefings/draft.md", &draft), ("content/briefings/later.md", &later)],
        |settings| {
            settings.drafts = true;
            settings.future = true;
        },
    );
    check_all(&site);
    let page = site.page("/briefings/2025-06-05-draft/");
    assert!(page.contains("Draft: not published") && page.contains("content=\"noindex\""), "{page}");
    assert!(site.page("/briefings/2027-06-05-later/").contains("Scheduled: not public yet"));
    assert!(site.page("/").contains("class=\"status\">scheduled</span>"));
}

#[test]
fn every_option_of_the_theme_is_printed_where_it_belongs() {
    let config = "title: \"Tom & \\\"Co\\\"\"\nbase_url: https://example.org/a/b/\nlanguage: ar\n\
        description: \"Why <it> matters & so on\"\npublisher: \"P & Co\"\ncontent_policy: trusted\n\
        navigation:\n- About: /about/\n- \"Out & about\": https://example.com/?a=1&b=2\n\
        theme:\n  accent: \"#ffcc00\"\n  logo: /logo.svg\n  footer: \"A <line> & more\"\n";
    let site = build(&[
        ("newsgen.yaml", config),
        ("content/briefings/2025-06-05-full.md", &FULL.replace("They met", "They <mark>met</mark>")),
        ("content/pages/about.md", "---\ntitle: \"About <us>\"\nmenu: 1\n---\n\nWe *write*.\n"),
        (
            "content/issues/2025-06-05.md",
            "---\ntitle: \"The <first>\"\ndate: \"2025-06-05\"\n---\n\nHello.\n",
        ),
        ("content/briefings/moved.md", &short("Moved", "2025-06-01", "aliases: [/old/]\n")),
    ]);
    check_all(&site);
    let home = site.page("/");
    for part in [
        "<html lang=\"ar\" dir=\"rtl\">",
        "<style>:root{--accent:#ffcc00}</style>",
        "Tom &amp; &quot;Co&quot;",
        "src=\"/a/b/logo.svg\"",
        "A &lt;line&gt; &amp; more",
        "Published by P &amp; Co.",
        "href=\"https://example.com/?a=1&amp;b=2\"",
        "The &lt;first&gt;",
        "About &lt;us&gt;",
    ] {
        assert!(home.contains(part), "{part} is missing:\n{home}");
    }
    assert!(site.page("/briefings/2025-06-05-full/").contains("They <mark>met</mark>"));
    assert!(site.page("/about/").contains("We <em>write</em>."));
    let moved = site.page("/old/");
    in_order(&moved, &["http-equiv=\"refresh\" content=\"0; url=/a/b/briefings/2025-06-01-moved/\"", "<h1>"]);
}

#[test]
fn the_open_section_is_marked_in_the_navigation() {
    let site = build(&[("content/briefings/2025-06-05-full.md", FULL)]);
    for (page, section, kind) in [
        ("/", "/", "page"),
        ("/issues/", "/issues/", "page"),
        ("/issues/2025-06-05/", "/issues/", "true"),
        ("/actors/", "/actors/", "page"),
        ("/actors/vladimir-putin/", "/actors/", "true"),
        ("/archive/2025-06/", "/archive/", "true"),
    ] {
        let html = site.page(page);
        let marked = format!("<a href=\"{section}\" aria-current=\"{kind}\">");
        assert!(html.contains(&marked), "{page} does not mark {section}:\n{html}");
    }
}

#[test]
fn a_full_year_is_a_list_of_titles_and_its_months_have_the_cards() {
    let texts: Vec<(String, String)> = (0..240)
        .map(|at| {
            let date = format!("2025-{:02}-{:02}", at % 12 + 1, at % 28 + 1);
            (format!("content/briefings/{date}-talks-{at}.md"), short(&format!("Talks {at}"), &date, ""))
        })
        .collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = build(&texts);
    let year = site.page("/archive/2025/");
    assert_eq!(year.matches("<li><time").count(), 240);
    assert!(!year.contains("class=\"card"), "{year}");
    assert!(year.len() < 100_000, "{} bytes", year.len());
    assert_eq!(site.page("/archive/2025-06/").matches("class=\"card").count(), 20);
}

#[test]
fn a_sites_own_template_wins_and_the_rest_stays() {
    let own =
        "{% extends \"base.html\" %}{% block content %}<h1>Mine: {{ briefing.title }}</h1>{% endblock %}";
    let site = build(&[("content/briefings/2025-06-05-full.md", FULL), ("templates/briefing.html", own)]);
    let page = site.page("/briefings/2025-06-05-full/");
    assert!(page.contains("<h1>Mine: Tariffs") && page.contains("class=\"masthead\""), "{page}");
    assert!(site.page("/").contains("class=\"front\""));
}

#[test]
fn a_template_that_asks_for_what_is_not_there_says_what_is() {
    let mut sources = Sources::new();
    sources.add_text("templates/search.html", "{{ page.titel }}");
    let theme = Theme::of(&sources).value;
    let page = std::collections::BTreeMap::from([("title", "x")]);
    let note =
        theme.fill("search.html", Data::new().with("page", &page).context()).expect_err("no such field");
    assert!(note.message.contains("titel") && note.message.contains("title"), "{}", note.message);
}

#[test]
fn the_manual_names_every_template_and_every_field() {
    let chapter = include_str!("../docs/templates.md");
    for (name, _) in theme::built_in() {
        assert!(chapter.contains(&format!("`{name}`")), "docs/templates.md does not name {name}");
    }
    let view = include_str!("../src/render/view.rs");
    for field in view.lines().filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(':')) {
        let name = field.0;
        if name.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
            assert!(
                chapter.contains(&format!("`{name}`")),
                "docs/templates.md does not name the field {name}"
            );
        }
    }
}
