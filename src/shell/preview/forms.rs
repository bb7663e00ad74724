//! One briefing in every form it will be read in, and the evidence for its tags. What the public does not see is shown
//! from a second arrangement of the same site, made when somebody asks for it.

use serde::Serialize;

use super::edition::Edition;
use super::editor::{self, View};
use super::{mime, reload};
use crate::briefing::{self, Briefing};
use crate::catalogue::{EntryId, Taxonomy, tags as tagging};
use crate::gazetteer::Findings;
use crate::plan::PageKind;
use crate::render::{self, Rendered};
use crate::route::Route;
use crate::shell::report;
use crate::site::{Found, Site};
use crate::source::SitePath;

/// How many names of a text are listed.
const MENTIONS: usize = 300;

/// The briefing that is looked at.
pub struct Subject<'a> {
    /// Its file.
    pub path: &'a SitePath,
    /// The briefing.
    pub briefing: &'a Briefing,
    found: &'a Found,
}

/// A tag with its evidence.
#[derive(Debug, Serialize)]
pub struct TagView {
    name: String,
    taxonomy: &'static str,
    kind: String,
    href: String,
    reasons: Vec<ReasonView>,
    origin: &'static str,
}

/// Why a tag is proposed: `+0.7`, `in the first sentence`.
#[derive(Debug, Serialize)]
pub struct ReasonView {
    weight: String,
    words: String,
}

/// A name in the text.
#[derive(Debug, Serialize)]
pub struct MentionView {
    text: String,
    line: usize,
    entity: String,
    rule: &'static str,
    accepted: bool,
}

impl<'a> Subject<'a> {
    /// Finds a briefing by its file, and its place in it (from 0; empty means 0).
    #[must_use]
    pub fn find(edition: &'a Edition, file: &str, part: &str) -> Option<Self> {
        let part: usize = if part.is_empty() { 0 } else { part.parse().ok()? };
        let (path, read) = edition.site.files.get_key_value(&SitePath::new(file))?;
        let found = read.briefings.iter().find(|found| found.briefing.part == part)?;
        Some(Self { path, briefing: &found.briefing, found })
    }

    /// Whether it has a page, be it behind the curtain: it is dated and has not expired.
    #[must_use]
    pub fn can_be_shown(&self, edition: &Edition) -> bool {
        self.entry(edition.curtain()).is_some()
    }

    fn entry(&self, site: &Site) -> Option<EntryId> {
        let is_it =
            |briefing: &Briefing| briefing.source == *self.path && briefing.part == self.briefing.part;
        site.whole.catalogue.entries.iter().position(|entry| is_it(&entry.briefing))
    }
}

/// Its page, as readers will see it.
#[must_use]
pub fn page(edition: &Edition, subject: &Subject<'_>) -> Option<View> {
    let site = edition.curtain();
    let id = subject.entry(site)?;
    let page = site
        .whole
        .plan
        .page(&site.whole.entry(id).route)
        .filter(|page| page.kind == PageKind::Briefing(id))?;
    let html = match site.render(page) {
        Ok(Rendered::Bytes(bytes)) => bytes,
        Ok(Rendered::Copy(_)) => return None,
        Err(note) => format!("<!doctype html><pre>{}</pre>", escaped(&note.message)).into_bytes(),
    };
    let version = reload::version(site, &html);
    let body = reload::with_script(html, &reload::script_of(edition, site, Some(page), &version));
    Some(View { status: axum::http::StatusCode::OK, mime: mime::HTML, version, body })
}

/// Its entry in the feeds, as a feed reader shows it.
#[must_use]
pub fn feed(edition: &Edition, subject: &Subject<'_>) -> Option<View> {
    let site = edition.curtain();
    let id = subject.entry(site)?;
    let content = render::feed_content(&site.whole, id);
    let html = format!(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title></head><body><h1>{title}</h1>\n{content}\n</body></html>\n",
        escaped(&site.whole.config.language),
        title = escaped(&subject.briefing.title.text),
    );
    let version = editor::digest(html.as_bytes());
    Some(View { status: axum::http::StatusCode::OK, mime: mime::HTML, version, body: html.into_bytes() })
}

/// Its canonical Markdown.
#[must_use]
pub fn written(edition: &Edition, subject: &Subject<'_>) -> String {
    briefing::write(subject.briefing, &edition.site.whole.config.headings)
}

/// The same as an answer.
#[must_use]
pub fn markdown(edition: &Edition, subject: &Subject<'_>) -> View {
    let body = written(edition, subject).into_bytes();
    View { status: axum::http::StatusCode::OK, mime: mime::TEXT, version: editor::digest(&body), body }
}

/// Its tags, each with the reasons.
#[must_use]
pub fn tags(edition: &Edition, subject: &Subject<'_>) -> Vec<TagView> {
    let whole = &edition.site.whole;
    let findings = findings(edition, subject);
    let proposals = |taxonomy| match taxonomy {
        Taxonomy::Region => findings.regions.as_slice(),
        Taxonomy::Country => &findings.countries,
        Taxonomy::Actor => &findings.actors,
        Taxonomy::Category | Taxonomy::Lens | Taxonomy::Series => &[],
    };
    let tagged = subject.found.tagged();
    let view = |tag: &crate::catalogue::Tag| {
        let route = Route::term(tag.taxonomy.folder(), &tag.id);
        let is_there = whole.plan.page(&route).is_some();
        let proposal = proposals(tag.taxonomy).iter().find(|proposal| *proposal.id == *tag.id);
        TagView {
            name: tag.name.to_string(),
            taxonomy: tag.taxonomy.word(),
            kind: match tag.taxonomy {
                Taxonomy::Actor => render::term_label(tag.taxonomy, tag.kind).to_lowercase(),
                _ => String::new(),
            },
            href: if is_there { whole.href(&route) } else { String::new() },
            reasons: proposal
                .map(|proposal| proposal.reasons.iter().map(|words| reason(words)).collect())
                .unwrap_or_default(),
            origin: match tag.taxonomy {
                Taxonomy::Category => "the category of the text or its front matter",
                Taxonomy::Lens => "an implication is for them, or the front matter says so",
                Taxonomy::Series | Taxonomy::Region | Taxonomy::Country | Taxonomy::Actor => {
                    "the front matter says so"
                }
            },
        }
    };
    tagged.tags.iter().map(view).collect()
}

fn reason(written: &str) -> ReasonView {
    let parts = written.split_once(' ').filter(|(weight, _)| weight.starts_with(['+', '-', '\u{2212}']));
    let (weight, words) = parts.unwrap_or(("", written));
    ReasonView { weight: weight.to_owned(), words: words.to_owned() }
}

/// Every name in its text, and what was made of it.
#[must_use]
pub fn mentions(edition: &Edition, subject: &Subject<'_>) -> Vec<MentionView> {
    let Some(text) = edition.site.sources.text(subject.path) else {
        return Vec::new();
    };
    let findings = findings(edition, subject);
    let view = |mention: &crate::gazetteer::Mention| {
        let words = text.text.get(mention.start..mention.end)?;
        Some(MentionView {
            text: words.to_owned(),
            line: report::line_and_column(&text.text, mention.start).0,
            entity: mention.entity.clone().unwrap_or_default(),
            rule: mention.rule,
            accepted: mention.accepted,
        })
    };
    findings.mentions.iter().filter_map(view).take(MENTIONS).collect()
}

/// The evidence is not kept for every briefing: it is looked for again when somebody asks.
fn findings(edition: &Edition, subject: &Subject<'_>) -> Findings {
    let text = edition.site.sources.text(subject.path);
    let find = |text: &crate::source::Text| {
        tagging::find(subject.briefing, &text.text, &edition.site.gazetteer, true)
    };
    text.map(find).unwrap_or_default()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
