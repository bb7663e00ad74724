//! The tags of one briefing: what was found in its text, overruled by what its author says.

use std::sync::Arc;

use super::lens::Lenses;
use super::term::{Tag, Taxonomy};
use crate::briefing::Briefing;
use crate::briefing::model::{Implication, Phrase, Section, TagRule};
use crate::gazetteer::{Findings, Gazetteer, Options, Part, Passage, Proposal, Sort};
use crate::route::slug;

/// Looks for regions, countries and actors in a briefing. `text` is the file it was read from.
/// Nothing is looked for where the author has said everything.
#[must_use]
pub fn find(briefing: &Briefing, text: &str, gazetteer: &Gazetteer, explain: bool) -> Findings {
    let head = &briefing.head;
    let said = |rule: &TagRule| matches!(rule, TagRule::Only(_));
    if head.manual_tags || (said(&head.regions) && said(&head.countries) && said(&head.actors)) {
        return Findings::default();
    }
    let options = Options { date: briefing.date, salience: true, explain };
    gazetteer.read(&passages(briefing, text), options)
}

/// A briefing as passages of its file, in the order of the parts.
#[must_use]
pub fn passages<'a>(briefing: &Briefing, text: &'a str) -> Vec<Passage<'a>> {
    let mut passages = Vec::new();
    let mut put = |span: crate::briefing::model::Span, part| {
        if let Some(slice) = text.get(span.range()) {
            passages.push(Passage { text: slice, offset: span.range().start, part });
        }
    };
    // A headline made of the first sentence says nothing that the sentence does not say.
    if let Some(span) = briefing.title.span.filter(|_| !briefing.title.derived) {
        put(span, Part::Title);
    }
    for block in &briefing.lead.blocks {
        put(block.span, Part::Facts);
    }
    for (number, Implication { audience, body }) in briefing.implications.iter().enumerate() {
        let part = Part::Implication(u16::try_from(number).unwrap_or(u16::MAX));
        if let Some(audience) = audience {
            put(audience.span, part);
        }
        body.blocks.iter().for_each(|block| put(block.span, part));
    }
    for block in briefing.view.iter().flat_map(|view| &view.body.blocks) {
        put(block.span, Part::View);
    }
    for (number, Section { heading, body }) in briefing.sections.iter().enumerate() {
        let part = Part::Other(u16::try_from(number).unwrap_or(u16::MAX));
        put(heading.span, part);
        body.blocks.iter().for_each(|block| put(block.span, part));
    }
    passages
}

/// All tags of a briefing, by taxonomy, the most salient first.
#[must_use]
pub fn of(briefing: &Briefing, findings: &Findings, gazetteer: &Gazetteer, lenses: &Lenses) -> Vec<Tag> {
    let head = &briefing.head;
    let mut tags = Vec::new();
    for (taxonomy, sort, rule, found) in [
        (Taxonomy::Region, Sort::Region, &head.regions, &findings.regions),
        (Taxonomy::Country, Sort::Country, &head.countries, &findings.countries),
        (Taxonomy::Actor, Sort::Actor, &head.actors, &findings.actors),
    ] {
        apply(rule, found, |phrase| named(taxonomy, sort, phrase, gazetteer), taxonomy, &mut tags);
    }
    if let Some(category) = &briefing.category {
        push(&mut tags, plain(Taxonomy::Category, slug(&category.text), &category.text));
    }
    for (number, implication) in briefing.implications.iter().enumerate() {
        let Some(audience) = &implication.audience else {
            continue;
        };
        let (id, name) = lenses.of(&audience.text);
        let part = Part::Implication(u16::try_from(number).unwrap_or(u16::MAX));
        push(&mut tags, Tag { parts: vec![part], ..plain(Taxonomy::Lens, id, &name) });
    }
    for lens in &head.lens {
        let (id, name) = lenses.of(&lens.text);
        push(&mut tags, plain(Taxonomy::Lens, id, &name));
    }
    if let Some(series) = &head.series {
        push(&mut tags, plain(Taxonomy::Series, slug(&series.text), &series.text));
    }
    tags
}

fn apply(
    rule: &TagRule,
    found: &[Proposal],
    named: impl Fn(&Phrase) -> Tag,
    taxonomy: Taxonomy,
    tags: &mut Vec<Tag>,
) {
    let proposed = |proposal: &Proposal| Tag {
        taxonomy,
        id: Arc::from(proposal.id.as_str()),
        name: Arc::from(proposal.name.as_str()),
        kind: proposal.kind,
        parts: proposal.parts.clone(),
        reasons: proposal.reasons.clone(),
    };
    // What the author names keeps the parts that the text gives as evidence.
    let with_parts = |mut tag: Tag| {
        if let Some(proposal) = found.iter().find(|proposal| *proposal.id == *tag.id) {
            tag.parts.clone_from(&proposal.parts);
        }
        tag
    };
    match rule {
        TagRule::Found => found.iter().map(proposed).for_each(|tag| push(tags, tag)),
        TagRule::Only(phrases) => phrases.iter().map(named).map(with_parts).for_each(|tag| push(tags, tag)),
        TagRule::Adjusted { add, remove } => {
            let refused: Vec<Arc<str>> = remove.iter().map(|phrase| named(phrase).id).collect();
            let kept = found.iter().map(proposed).filter(|tag| !refused.contains(&tag.id));
            kept.for_each(|tag| push(tags, tag));
            add.iter().map(named).map(with_parts).for_each(|tag| push(tags, tag));
        }
    }
}

/// A tag that an author wrote: by id, name or alias; a new one if nothing is known by it.
fn named(taxonomy: Taxonomy, sort: Sort, phrase: &Phrase, gazetteer: &Gazetteer) -> Tag {
    match gazetteer.find(sort, &phrase.text) {
        Some(known) => Tag {
            taxonomy,
            id: Arc::from(known.id.as_str()),
            name: Arc::from(known.name.as_str()),
            kind: known.kind,
            parts: Vec::new(),
            reasons: Vec::new(),
        },
        None => plain(taxonomy, slug(&phrase.text), &phrase.text),
    }
}

fn plain(taxonomy: Taxonomy, id: String, name: &str) -> Tag {
    Tag {
        taxonomy,
        id: id.into(),
        name: name.trim().into(),
        kind: taxonomy.word(),
        parts: Vec::new(),
        reasons: Vec::new(),
    }
}

/// Adds a tag unless it is there; the parts of both count. A name that no address can be made of is left out.
fn push(tags: &mut Vec<Tag>, tag: Tag) {
    if tag.id.is_empty() {
        return;
    }
    match tags.iter_mut().find(|old| old.taxonomy == tag.taxonomy && old.id == tag.id) {
        Some(old) => {
            old.parts.extend(tag.parts);
            old.parts.sort_unstable();
            old.parts.dedup();
        }
        None => tags.push(tag),
    }
}
