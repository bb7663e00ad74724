//! A briefing's page, and the same content for feeds.

use super::prose::Typesetter;
use super::related;
use super::view::{BriefingView, CorrectionView, ImplicationView, Link, SectionView, SeriesView, SourceView};
use super::whole::{Inside, Whole, status};
use crate::briefing::model::{Body, Implication};
use crate::catalogue::{EntryId, Taxonomy};

/// Words a minute, silently, in English non-fiction (Brysbaert 2019: 238; rounded down for names and figures).
const WORDS_A_MINUTE: usize = 230;

/// The ids that the page's template uses.
const RESERVED: [&str; 9] = [
    "facts",
    "implications",
    "what-we-think",
    "related",
    "sources",
    "corrections",
    "notes",
    "content",
    "top",
];

/// The texts of a briefing as HTML.
pub(super) struct Parts {
    pub facts: String,
    pub implications: Vec<ImplicationView>,
    pub view: Option<SectionView>,
    pub sections: Vec<SectionView>,
    pub footnotes: String,
}

/// Sets the texts of a briefing.
pub(super) fn parts(whole: &Whole, id: EntryId, absolute: bool) -> Parts {
    let entry = whole.entry(id);
    let briefing = &entry.briefing;
    let addresses = Inside { whole, source: &briefing.source, absolute };
    let definitions: Vec<&str> = briefing.definitions.iter().map(|block| &*block.markdown).collect();
    let config = &whole.config;
    let mut page = Typesetter::new(
        &addresses,
        config.content_policy,
        config.highlight && !absolute,
        definitions.join("\n\n"),
        &RESERVED,
    );
    let facts = text(&mut page, &briefing.lead, 2);
    let lenses: Vec<_> = entry.tagged(Taxonomy::Lens).collect();
    let implications = briefing.implications.iter().enumerate().map(|(number, implication)| {
        let heading = heading(implication);
        let part = u16::try_from(number).unwrap_or(u16::MAX);
        let lens = implication.audience.as_ref().and_then(|_| {
            lenses.iter().find(|tag| tag.parts.contains(&crate::gazetteer::Part::Implication(part)))
        });
        ImplicationView {
            id: page.id_of(if heading.is_empty() { "implication" } else { &heading }),
            lens: lens.map(|tag| whole.tag_link(tag).href),
            html: text(&mut page, &implication.body, 4),
            heading,
        }
    });
    let implications = implications.collect();
    let view = briefing.view.as_ref().map(|view| SectionView {
        id: "what-we-think".into(),
        heading: config.headings.view.clone(),
        html: text(&mut page, &view.body, 3),
    });
    let sections = briefing.sections.iter().map(|section| SectionView {
        id: page.id_of(&section.heading.text),
        heading: section.heading.text.clone(),
        html: text(&mut page, &section.body, 3),
    });
    let sections = sections.collect();
    let footnotes = page.footnotes();
    Parts { facts, implications, view, sections, footnotes }
}

fn text(page: &mut Typesetter<'_>, body: &Body, floor: u8) -> String {
    match body.blocks.as_slice() {
        [] => String::new(),
        [one] => page.body(&one.markdown, floor),
        _ => page.body(&body.markdown(), floor),
    }
}

/// `For investors`; empty if the author names nobody.
pub(super) fn heading(implication: &Implication) -> String {
    implication.audience.as_ref().map_or_else(String::new, |audience| format!("For {}", audience.text))
}

/// All that a briefing's template sees.
pub(super) fn view(whole: &Whole, id: EntryId) -> BriefingView {
    let entry = whole.entry(id);
    let briefing = &entry.briefing;
    let head = &briefing.head;
    let parts = parts(whole, id, false);
    BriefingView {
        title: briefing.title.text.clone(),
        href: whole.href(&entry.route),
        date: whole.day(entry.date),
        updated: head.updated.filter(|updated| *updated != entry.date).map(|date| whole.day(date)),
        category: entry.tagged(Taxonomy::Category).next().map(|tag| whole.tag_link(tag)),
        authors: head.authors.clone(),
        summary: head.summary.clone().unwrap_or_default(),
        regions: whole.tag_links(entry, Taxonomy::Region),
        countries: whole.tag_links(entry, Taxonomy::Country),
        actors: whole.tag_links(entry, Taxonomy::Actor),
        facts_html: parts.facts,
        implications_heading: whole.config.headings.implications.clone(),
        implications: parts.implications,
        view: parts.view,
        sections: parts.sections,
        footnotes_html: parts.footnotes,
        related: related::of(whole, id),
        sources: head
            .sources
            .iter()
            .map(|source| SourceView {
                title: source.title.clone(),
                url: source.url.clone().unwrap_or_default(),
            })
            .collect(),
        corrections: head
            .corrections
            .iter()
            .map(|correction| CorrectionView {
                date: whole.day(correction.date),
                note: correction.note.clone(),
            })
            .collect(),
        series: series(whole, id),
        issue: Link {
            name: whole.day(entry.date).long,
            href: whole.href(&crate::route::Route::issue(entry.date)),
        },
        previous: (id + 1 < whole.catalogue.entries.len()).then(|| whole.entry_link(id + 1)),
        next: id.checked_sub(1).map(|newer| whole.entry_link(newer)),
        markdown: whole.href(&entry.route.file_in("index.md")),
        minutes: minutes(whole, id),
        status: status(entry.standing),
    }
}

fn series(whole: &Whole, id: EntryId) -> Option<SeriesView> {
    let tag = whole.entry(id).tagged(Taxonomy::Series).next()?;
    let entries = &whole.catalogue.term(tag).entries;
    let newer = entries.iter().position(|entry| *entry == id)?;
    Some(SeriesView { link: whole.tag_link(tag), number: entries.len() - newer, count: entries.len() })
}

fn bodies(whole: &Whole, id: EntryId) -> impl Iterator<Item = &Body> {
    let briefing = &whole.entry(id).briefing;
    std::iter::once(&briefing.lead)
        .chain(briefing.implications.iter().map(|implication| &implication.body))
        .chain(briefing.view.iter().map(|view| &view.body))
        .chain(briefing.sections.iter().map(|section| &section.body))
}

fn minutes(whole: &Whole, id: EntryId) -> usize {
    words(whole, id).div_ceil(WORDS_A_MINUTE).max(1)
}

/// How many words a briefing has, counted between spaces.
pub(super) fn words(whole: &Whole, id: EntryId) -> usize {
    let blocks = bodies(whole, id).flat_map(|body| &body.blocks);
    blocks.map(|block| block.markdown.split_ascii_whitespace().count()).sum()
}

/// A whole briefing as HTML for feeds: absolute links, no ids that could collide, no colours.
pub(super) fn for_feed(whole: &Whole, id: EntryId) -> String {
    let parts = parts(whole, id, true);
    let mut html = parts.facts;
    if !parts.implications.is_empty() {
        html.push_str(&format!("<h2>{}</h2>\n", escaped(&whole.config.headings.implications)));
        for implication in &parts.implications {
            if !implication.heading.is_empty() {
                html.push_str(&format!("<h3>{}</h3>\n", escaped(&implication.heading)));
            }
            html.push_str(&implication.html);
        }
    }
    for section in parts.view.iter().chain(&parts.sections) {
        html.push_str(&format!("<h2>{}</h2>\n{}", escaped(&section.heading), section.html));
    }
    if !parts.footnotes.is_empty() {
        html.push_str("<hr>\n");
        html.push_str(&parts.footnotes);
    }
    html
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
