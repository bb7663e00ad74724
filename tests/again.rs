//! A site that takes over what did not change is the same as one that is made from nothing: whatever is edited, added,
//! renamed, broken and mended, in whatever order. Everything that the preview shows rests on this.

use std::sync::Arc;

use newsgen::diagnostic::Diagnostic;
use newsgen::render::Rendered;
use newsgen::site::{Settings, Site};
use newsgen::source::{SitePath, Sources, StaticFile};
use proptest::prelude::*;
use proptest::sample::select;

/// One edit of the folder, or a step of the clock.
#[derive(Debug, Clone)]
enum Edit {
    Briefing(usize, Text),
    Rename(usize, usize),
    Remove(&'static str),
    Write(&'static str, &'static str),
    Append(usize, &'static str),
    Copied(&'static str, u64),
    Unreadable(usize),
    Clock(u8),
    Drafts(bool),
    Nothing,
}

#[derive(Debug, Clone)]
struct Text {
    title: &'static str,
    head: &'static str,
    body: &'static str,
}

const FILES: [&str; 7] = [
    "content/briefings/2025-06-05-call.md",
    "content/briefings/2025-06-05-call.txt",
    "content/briefings/2025-06-05-talks.md",
    "content/briefings/2025-06-06-talks.md",
    "content/briefings/undated.md",
    "content/briefings/deep/2025-07-01-vote.md",
    "content/briefings/2026-02-01-several.txt",
];
const TITLES: [&str; 4] = ["Call", "The talks go on", "Österreich & <b>us</b>", "\u{1f4c8} Rates"];
const HEADS: [&str; 14] = [
    "",
    "draft: true\n",
    "publish: 2025-06-20T05:00\n",
    "expires: 2025-07-20T05:00\n",
    "slug: talks\n",
    "category: WORLD\nregions: [europe]\n",
    "actors: [Nobody Special, NATO]\n",
    "actors: [nobody special]\n",
    "aliases: [/old/, /older/]\n",
    "aliases: [/old/]\nseries: Rounds\n",
    "aliases: ['http://elsewhere.example/']\n",
    "summary: In short.\nupdated: 2025-06-30\n",
    "drfat: true\n",
    "title: [broken\n",
];
const BODIES: [&str; 8] = [
    "Something happened in Paris.\n",
    "Something happened in Kyiv, said the Kremlin.\n\n## Implications\n\n### For investors\n\nPrices rise.\n\n### For Ukraine\n\nLess.\n",
    "[WORLD] A fused start.\nImplications\nFor markets: calm.\nWhat we think\nIt holds.\n",
    "[WORLD] One thing.\n\n[ECONOMY] Another thing.\n",
    "A link to [talks](2025-06-06-talks.md) and [about](/about/).\n\n<script>alert(1)</script>\n",
    "",
    "```rust\nfn main() {}\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "Words.[^1]\n\n[^1]: A note.\n\n## Outlook\n\nWait.\n",
];
const OTHERS: [(&str, &str); 17] = [
    ("newsgen.yaml", "title: Test\nbase_url: https://example.org/\n"),
    ("newsgen.yaml", "title: Other\nbase_url: https://example.org/repo/\npage_size: 2\n"),
    ("newsgen.yaml", "title: Test\nheadings: {implications: Folgen}\ncontent_policy: trusted\n"),
    ("newsgen.yaml", "title: Test\ntime_zone: Asia/Tokyo\ntypo: 1\n"),
    ("lenses.yaml", "lenses: [{id: money, name: Money, aliases: [investors, markets]}]\n"),
    ("lenses.yaml", "lenses: nothing\n"),
    ("entities.yaml", "entities: []\n"),
    ("regions.yaml", "regions: []\n"),
    ("content/pages/about.md", "# About\n\nUs.\n"),
    ("content/pages/about.md", "---\ntitle: Us\nmenu: 1\naliases: [/old/]\n---\nWe.\n"),
    ("content/pages/talks.md", "---\ndraft: true\n---\nSoon.\n"),
    ("content/issues/2025-06-05.md", "---\ntitle: The big day\n---\nToday.\n"),
    ("content/issues/2025-06-05-b.md", "Again.\n"),
    ("content/issues/2030-01-01.md", "Never.\n"),
    ("templates/404.html", "<p>{{ page.title }} {{ site.title }}</p>"),
    ("templates/404.html", "{% if %}"),
    ("templates/own.html", "{{ nothing }}"),
];

fn edits() -> impl Strategy<Value = Edit> {
    let text = (select(&TITLES[..]), select(&HEADS[..]), select(&BODIES[..]))
        .prop_map(|(title, head, body)| Text { title, head, body });
    let file = 0..FILES.len();
    prop_oneof![
        6 => (file.clone(), text).prop_map(|(at, text)| Edit::Briefing(at, text)),
        6 => (file.clone(), select(vec![" More.", "\n\nAnd Berlin.\n", "\n## What we think\n\nYes.\n"]))
            .prop_map(|(at, more)| Edit::Append(at, more)),
        1 => (file.clone(), file.clone()).prop_map(|(from, to)| Edit::Rename(from, to)),
        2 => select(FILES.to_vec()).prop_map(Edit::Remove),
        1 => select(OTHERS.to_vec()).prop_map(|(path, _)| Edit::Remove(path)),
        3 => select(OTHERS.to_vec()).prop_map(|(path, text)| Edit::Write(path, text)),
        1 => (select(vec!["static/css/newsgen.css", "static/robots.txt", "content/briefings/chart.png"]), 0..3_u64)
            .prop_map(|(path, stamp)| Edit::Copied(path, stamp)),
        1 => file.prop_map(Edit::Unreadable),
        2 => (0..4_u8).prop_map(Edit::Clock),
        1 => any::<bool>().prop_map(Edit::Drafts),
        1 => Just(Edit::Nothing),
    ]
}

impl Edit {
    fn apply(&self, sources: &mut Sources, settings: &mut Settings) {
        match self {
            Self::Briefing(at, Text { title, head, body }) => {
                let text = format!("---\ntitle: \"{title}\"\n{head}---\n\n{body}");
                sources.add_text(FILES[*at], &text);
            }
            Self::Append(at, more) => {
                let path = SitePath::new(FILES[*at]);
                let old = sources.text(&path).map_or_else(|| Arc::from(""), |text| text.text.clone());
                sources.add_text(FILES[*at], &format!("{old}{more}"));
            }
            Self::Rename(from, to) => {
                let path = SitePath::new(FILES[*from]);
                if let Some(text) = sources.text(&path).map(|text| text.text.clone()) {
                    sources.remove(&path);
                    sources.add_text(FILES[*to], &text);
                }
            }
            Self::Remove(path) => {
                sources.remove(&SitePath::new(path));
            }
            Self::Write(path, text) => sources.add_text(path, text),
            Self::Copied(path, stamp) => {
                let digest = Some(format!("{stamp:010}"));
                sources.add_static(SitePath::new(path), StaticFile { bytes: 1, stamp: *stamp, digest });
            }
            Self::Unreadable(at) => sources.add(SitePath::new(FILES[*at]), vec![0, 1, 2, b'\n', 0]),
            Self::Clock(step) => {
                let days = [
                    "2025-06-05T12:00:00Z",
                    "2025-06-06T00:30:00Z",
                    "2025-06-21T00:00:00Z",
                    "2026-12-31T00:00:00Z",
                ];
                settings.now = days[usize::from(*step)].parse().expect("a timestamp");
            }
            Self::Drafts(drafts) => {
                settings.drafts = *drafts;
                settings.future = *drafts;
            }
            Self::Nothing => {}
        }
    }
}

/// All that can be seen of a site: every page's address and bytes, and every note.
fn seen(site: &Site, notes: &[Diagnostic]) -> Vec<String> {
    let page = |page: &newsgen::plan::Page| {
        let body = match site.render(page) {
            Ok(Rendered::Bytes(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
            Ok(Rendered::Copy(path)) => format!("copy of {path}"),
            Err(note) => format!("fails: {note:?}"),
        };
        format!("{} {:?}\n{body}", page.route.as_str(), page.kind)
    };
    let planned = site.pages().iter().all(|page| site.whole.plan.page(&page.route).is_some());
    let catalogue = &site.whole.catalogue;
    let held = format!("{:?} {:?} {planned}", catalogue.held_back, catalogue.next_change);
    let notes = notes.iter().map(|note| format!("{note:?}"));
    site.pages().iter().map(page).chain(notes).chain([held]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_site_that_takes_over_what_did_not_change_is_the_same_as_a_fresh_one(
        steps in prop::collection::vec(prop::collection::vec(edits(), 1..3), 1..9),
    ) {
        let mut sources = Sources::new();
        sources.add_text("newsgen.yaml", OTHERS[0].1);
        for (at, file) in FILES.iter().enumerate().take(4) {
            sources.add_text(file, &format!("---\ntitle: \"Number {at}\"\nregions: [europe]\n---\n\n{}", BODIES[at % 3]));
        }
        let mut settings = Settings::at("2026-12-31T00:00:00Z".parse().expect("a timestamp"));
        let mut before = Site::of(sources.clone(), settings.clone(), None).value;
        for step in steps {
            step.iter().for_each(|edit| edit.apply(&mut sources, &mut settings));
            let again = Site::of(sources.clone(), settings.clone(), Some(&before));
            let fresh = Site::of(sources.clone(), settings.clone(), None);
            let (one, other) = (seen(&again.value, &again.notes), seen(&fresh.value, &fresh.notes));
            if let Some(at) = (0..one.len().max(other.len())).find(|at| one.get(*at) != other.get(*at)) {
                panic!("after {step:#?}\ntaken over: {:#?}\nfresh: {:#?}", one.get(at), other.get(at));
            }
            before = again.value;
        }
    }
}

fn site(texts: &[(&str, &str)], before: Option<&Site>) -> Site {
    let mut sources = before.map_or_else(Sources::new, |site| site.sources.clone());
    texts.iter().for_each(|(path, text)| sources.add_text(path, text));
    let settings = Settings::at("2026-12-31T00:00:00Z".parse().expect("a timestamp"));
    Site::of(sources, settings, before).value
}

const ONE: (&str, &str) =
    ("content/briefings/2025-06-05-one.md", "---\ntitle: One\nactors: [NATO]\n---\n\nFirst.\n");
const TWO: (&str, &str) =
    ("content/briefings/2025-06-04-two.md", "---\ntitle: Two\nactors: [NATO]\n---\n\nSecond.\n");

#[test]
fn another_word_in_a_text_keeps_the_plan_and_every_other_entry() {
    let before = site(&[ONE, TWO], None);
    let after = site(&[(ONE.0, "---\ntitle: One\nactors: [NATO]\n---\n\nFirst word.\n")], Some(&before));
    assert!(Arc::ptr_eq(&before.whole.plan, &after.whole.plan));
    assert!(Arc::ptr_eq(&before.whole.catalogue.entries[1], &after.whole.catalogue.entries[1]));
    assert!(!Arc::ptr_eq(&before.whole.catalogue.entries[0], &after.whole.catalogue.entries[0]));
}

#[test]
fn another_title_shows_without_a_new_plan() {
    let before = site(&[ONE, TWO], None);
    let after =
        site(&[(ONE.0, "---\ntitle: Uno\nslug: one\nactors: [NATO]\n---\n\nFirst.\n")], Some(&before));
    let home = &after.pages()[0];
    let Ok(Rendered::Bytes(bytes)) = after.render(home) else { panic!("home renders") };
    assert!(String::from_utf8_lossy(&bytes).contains("Uno"));
}

#[test]
fn a_new_actor_has_a_page_at_once() {
    let before = site(&[ONE, TWO], None);
    let after =
        site(&[(ONE.0, "---\ntitle: One\nactors: [NATO, Somebody New]\n---\n\nFirst.\n")], Some(&before));
    assert!(after.pages().iter().any(|page| page.route.as_str() == "/actors/somebody-new/"));
}
