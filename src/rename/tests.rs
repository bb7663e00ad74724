//! Renaming, text in, text out.

use super::{edited, prepare};
use crate::render::Rendered;
use crate::site::{Settings, Site};
use crate::source::{SitePath, Sources};

fn site_of(sources: Sources) -> Site {
    let settings = Settings {
        now: "2026-12-31T00:00:00Z".parse().expect("a timestamp"),
        drafts: true,
        future: true,
        base_url: None,
        explain: false,
    };
    Site::of(sources, settings, None).value
}

fn site(texts: &[(&str, &str)]) -> Site {
    let mut sources = Sources::new();
    sources.add_text("newsgen.yaml", "# ours\ntitle: T\nbase_url: https://example.org/\n");
    texts.iter().for_each(|(path, text)| sources.add_text(path, text));
    site_of(sources)
}

/// The site after renaming: every text that changed, by its new path.
fn renamed(texts: &[(&str, &str)], old: &str, new: &str) -> (Site, Vec<(String, String)>) {
    let site = site(texts);
    let renaming = match prepare(&site, old, new) {
        Ok(renaming) => renaming,
        Err(refusal) => panic!("{} ({})", refusal.message, refusal.help),
    };
    let sources = edited(&site, &renaming);
    let changed = sources.texts().filter(|(path, text)| site.sources.text(path) != Some(*text));
    let changed = changed.map(|(path, text)| (path.to_string(), text.text.to_string())).collect();
    (site_of(sources), changed)
}

fn refused(texts: &[(&str, &str)], old: &str, new: &str) -> String {
    prepare(&site(texts), old, new).expect_err("it is refused").message
}

fn page(site: &Site, route: &str) -> String {
    let page = site.pages().iter().find(|page| page.route.as_str() == route).expect("the page is there");
    match site.render(page) {
        Ok(Rendered::Bytes(bytes)) => String::from_utf8(bytes).expect("pages are UTF-8"),
        other => panic!("{other:?}"),
    }
}

fn ids(site: &Site) -> Vec<String> {
    let feed = page(site, "/feed.xml");
    feed.split("<id>").skip(2).map(|rest| rest.split('<').next().unwrap_or("").to_owned()).collect()
}

const CALL: &str = "---\n# the first one\ntitle: 'A call'   # short\ndate: \"2026-06-05\"\nactors: [Ukraine, 'Harbor Watch']\nlens: [investors]\n---\n\nThey met.\n";
const CALL_PATH: &str = "content/briefings/2026-06-05-call.md";

#[test]
fn a_briefing_keeps_its_comments_its_feed_id_and_its_old_address() {
    let before = ids(&site(&[(CALL_PATH, CALL)]));
    let (site, changed) = renamed(&[(CALL_PATH, CALL)], CALL_PATH, "long-call");
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].0, "content/briefings/2026-06-05-long-call.md");
    assert!(
        changed[0].1.starts_with("---\n# the first one\ntitle: 'A call'   # short\n"),
        "{}",
        changed[0].1
    );
    assert!(
        changed[0].1.contains("aliases:\n  - \"/briefings/2026-06-05-call/\"\n---\n"),
        "{}",
        changed[0].1
    );
    assert_eq!(ids(&site), before);
    assert!(site.pages().iter().any(|page| page.route.as_str() == "/briefings/2026-06-05-call/"));
    assert!(page(&site, "/briefings/2026-06-05-long-call/").contains("They met."));
}

#[test]
fn a_feed_id_survives_a_new_title_a_new_day_and_a_new_domain() {
    let (site, changed) = renamed(&[(CALL_PATH, CALL)], "call", "long-call");
    let text =
        changed[0].1.replace("A call", "Another").replace("2026-06-05\"\nactors", "2026-06-07\"\nactors");
    let mut sources = site.sources.clone();
    sources.add_text("content/briefings/2026-06-05-long-call.md", &text);
    sources.add_text("newsgen.yaml", "title: T\nbase_url: https://elsewhere.example/news/\n");
    assert_eq!(ids(&site_of(sources)), ids(&site));
    assert_eq!(ids(&site), ["tag:example.org,2026-06-05:call"]);
}

#[test]
fn a_raw_text_gets_a_head() {
    let path = "content/briefings/2026-06-05-call.txt";
    let (site, changed) = renamed(&[(path, "[WORLD] They met in Geneva.\n")], path, "2026-06-05-geneva");
    assert_eq!(changed[0].0, "content/briefings/2026-06-05-geneva.txt");
    assert!(changed[0].1.starts_with("---\nid: \"tag:"), "{}", changed[0].1);
    assert!(changed[0].1.ends_with("---\n\n[WORLD] They met in Geneva.\n"), "{}", changed[0].1);
    assert!(site.pages().iter().any(|page| page.route.as_str() == "/briefings/2026-06-05-geneva/"));
}

#[test]
fn links_of_other_texts_follow() {
    let other = "---\ntitle: \"B\"\ndate: \"2026-06-06\"\n---\n\nSee [it](2026-06-05-call.md#facts), [again][x] and [c](call.md).\n\n[x]: ./2026-06-05-call.md\n";
    let about = "# About\n\nOur [first](../briefings/2026-06-05-call.md).\n";
    let texts = [(CALL_PATH, CALL), ("content/briefings/b.md", other), ("content/pages/about.md", about)];
    let (_, changed) = renamed(&texts, "2026-06-05-call", "long-call");
    assert_eq!(changed.len(), 3, "{changed:?}");
    assert!(changed[1].1.contains("[it](2026-06-05-long-call.md#facts)"), "{}", changed[1].1);
    assert!(changed[1].1.contains("[x]: ./2026-06-05-long-call.md"), "{}", changed[1].1);
    assert!(changed[1].1.contains("[c](call.md)"), "{}", changed[1].1);
    assert!(changed[2].1.contains("(../briefings/2026-06-05-long-call.md)"), "{}", changed[2].1);
}

#[test]
fn nothing_is_overwritten_and_nothing_unclear_is_done() {
    let taken = [(CALL_PATH, CALL), ("content/briefings/2026-06-05-b.md", CALL)];
    assert_eq!(refused(&taken, CALL_PATH, "b"), "content/briefings/2026-06-05-b.md is there already");
    assert_eq!(
        refused(&[(CALL_PATH, CALL)], "cal", "b"),
        "no briefing, actor, region or lens is called `cal`"
    );
    assert_eq!(
        refused(&[(CALL_PATH, CALL)], CALL_PATH, "2026-06-07-b"),
        "the briefing is of 2026-06-05, not of 2026-06-07"
    );
    assert_eq!(
        refused(&[(CALL_PATH, CALL)], CALL_PATH, "call"),
        "content/briefings/2026-06-05-call.md is called so already"
    );
}

#[test]
fn two_spellings_of_an_actor_become_one() {
    let other = CALL.replace("'Harbor Watch'", "Harbour Watch").replace("A call", "Another");
    let texts = [(CALL_PATH, CALL), ("content/briefings/2026-06-06-b.md", other.as_str())];
    let (site, changed) = renamed(&texts, "actor:harbor-watch", "Harbour Watch");
    let paths: Vec<&str> = changed.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, [CALL_PATH, "newsgen.yaml"]);
    assert!(changed[0].1.contains("actors: [Ukraine, 'Harbour Watch']\n"), "{}", changed[0].1);
    assert_eq!(
        changed[1].1,
        "# ours\ntitle: T\nbase_url: https://example.org/\nredirects:\n  /actors/harbor-watch/: /actors/harbour-watch/\n"
    );
    let routes: Vec<&str> = site.pages().iter().map(|page| page.route.as_str()).collect();
    assert!(routes.contains(&"/actors/harbor-watch/") && routes.contains(&"/actors/harbour-watch/"));
}

#[test]
fn an_actor_of_the_lists_gets_another_printed_name_at_its_address() {
    let (site, changed) = renamed(&[(CALL_PATH, CALL)], "actor:Ukraine", "The Ukrainian state");
    assert_eq!(
        changed,
        [("entities.yaml".to_owned(), "entities:\n- {id: ukr, name: \"The Ukrainian state\"}\n".to_owned())]
    );
    assert!(site.pages().iter().any(|page| page.route.as_str() == "/actors/ukr/"));
}

#[test]
fn an_actor_of_the_sites_own_gets_another_id_and_keeps_its_old_name() {
    let own =
        "# ours\nentities:\n# the harbour\n- id: harbor-watch   # old\n  name: Harbor Watch\n  kind: body\n";
    let texts = [(CALL_PATH, CALL), ("entities.yaml", own)];
    let (site, changed) = renamed(&texts, "/actors/harbor-watch/", "Harbour Watch");
    let entities = changed.iter().find(|(path, _)| path == "entities.yaml").expect("it changes");
    assert!(entities.1.contains("# the harbour\n- id: harbour-watch   # old\n"), "{}", entities.1);
    assert!(entities.1.contains("aliases: [\"Harbor Watch\"]"), "{}", entities.1);
    assert!(site.pages().iter().any(|page| page.route.as_str() == "/actors/harbour-watch/"));
}

#[test]
fn a_lens_takes_its_audiences_along() {
    let text = "---\ntitle: \"A\"\ndate: \"2026-06-05\"\n---\n\nThey met.\n\n## Implications\n\n### For investors\n\nBonds rose.\n";
    let texts = [("content/briefings/a.md", text), (CALL_PATH, CALL)];
    let (site, changed) = renamed(&texts, "lens:investors", "Markets");
    let lenses = changed.iter().find(|(path, _)| path == "lenses.yaml").expect("it is made");
    assert_eq!(lenses.1, "lenses:\n- {id: markets, name: \"Markets\", aliases: [\"Investors\"]}\n");
    assert!(
        changed.iter().any(|(path, text)| path == CALL_PATH && text.contains("lens: [Markets]")),
        "{changed:?}"
    );
    let routes: Vec<&str> = site.pages().iter().map(|page| page.route.as_str()).collect();
    assert!(routes.contains(&"/lenses/markets/") && routes.contains(&"/lenses/investors/"));
    let (_, changed) = renamed(
        &[
            ("content/briefings/a.md", text),
            ("lenses.yaml", "lenses:\n  - id: markets\n    aliases:\n      - traders\n"),
        ],
        "lens:investors",
        "Markets",
    );
    assert!(changed[0].1.contains("    aliases:\n      - \"Investors\"\n      - traders\n"), "{changed:?}");
}

#[test]
fn a_name_that_the_lists_tell_apart_is_refused() {
    assert!(refused(&[(CALL_PATH, CALL)], "actor:Ukraine", "Vladimir Putin").contains("apart"));
    let path = SitePath::new(CALL_PATH);
    assert!(site(&[(CALL_PATH, CALL)]).files.contains_key(&path));
}
