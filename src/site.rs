//! The journey on one screen: sources become a site, and a site renders its pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::briefing::{self, Briefing};
use crate::catalogue::lens::{self, Lenses};
use crate::catalogue::{self, Catalogue, Tag, TaggedBriefing, Visibility, tags};
use crate::config::{self, Config, ContentPolicy};
use crate::diagnostic::{Diagnostic, Noted};
use crate::gazetteer::{Findings, Gazetteer};
use crate::plan::{Page, Plan};
use crate::render::theme::{self, Theme};
use crate::render::{self, Regions, Rendered, Whole, prose, published_path};
use crate::route::BaseUrl;
use crate::source::{SitePath, Sources};
use crate::standing::{self, StandingText};

/// What the caller decides about a build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The moment of the build; nothing in the core reads a clock.
    pub now: Timestamp,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Whether what is scheduled for later is shown.
    pub future: bool,
    /// An address that wins over that of `newsgen.yaml`.
    pub base_url: Option<BaseUrl>,
    /// Whether the reasons of tags are kept.
    pub explain: bool,
}

/// A site, ready to render any of its pages.
#[derive(Debug)]
pub struct Site {
    /// What it is made of.
    pub sources: Sources,
    /// What its pages see.
    pub whole: Whole,
    /// All names it knows.
    pub gazetteer: Arc<Gazetteer>,
    /// What was read from each file of briefings, drafts and all.
    pub files: BTreeMap<SitePath, Arc<FileRead>>,
    settings: Settings,
    lenses: Arc<Lenses>,
}

/// What was read from one file of briefings. Depends on nothing but that file, the settings and the gazetteer.
#[derive(Debug)]
pub struct FileRead {
    text: Arc<str>,
    /// Its briefings with their tags.
    pub briefings: Vec<Found>,
    notes: Vec<Diagnostic>,
}

/// A briefing and what was found in it.
#[derive(Debug, Clone)]
pub struct Found {
    /// The briefing.
    pub briefing: Arc<Briefing>,
    /// What the gazetteer found.
    pub findings: Arc<Findings>,
    tags: Arc<Vec<Tag>>,
}

impl Site {
    /// Reads, arranges and plans a site. What did not change since `before` is not read again.
    pub fn of(sources: Sources, settings: Settings, before: Option<&Site>) -> Noted<Self> {
        let mut notes: Vec<Diagnostic> = sources.unreadable().cloned().collect();
        let mut config = config::read(&sources).take(&mut notes);
        if let Some(base_url) = &settings.base_url {
            config.base_url = base_url.clone();
            config.base_url_given = true;
        }
        let same =
            |paths: &[&str]| before.filter(|old| paths.iter().all(|path| unchanged(&sources, old, path)));
        let gazetteer = match same(&["entities.yaml", "regions.yaml"]) {
            Some(old) => old.gazetteer.clone(),
            None => Arc::new(gazetteer(&sources).take(&mut notes)),
        };
        let lenses = match same(&[lens::FILE]) {
            Some(old) => old.lenses.clone(),
            None => Arc::new(lens::read(&sources).take(&mut notes)),
        };
        let reusable = before.filter(|old| {
            old.whole.config.headings == config.headings
                && old.whole.config.content_policy == config.content_policy
                && old.settings.explain == settings.explain
                && Arc::ptr_eq(&old.gazetteer, &gazetteer)
                && Arc::ptr_eq(&old.lenses, &lenses)
        });
        let reader =
            Reader { config: &config, gazetteer: &gazetteer, lenses: &lenses, explain: settings.explain };
        let files = reader.read_all(&sources, reusable);
        files.values().for_each(|file| notes.extend(file.notes.iter().cloned()));
        let catalogue = arrange(&sources, &files, &config, &settings, &mut notes);
        let copied = copied(&sources);
        let plan = Plan::of(&catalogue, &config, &theme::assets(), &copied).take(&mut notes);
        let theme = match before.filter(|old| same_templates(&sources, &old.sources)) {
            Some(old) => old.whole.theme.clone(),
            None => Arc::new(Theme::of(&sources).take(&mut notes)),
        };
        let regions = Regions { order: gazetteer.region_order(), of_countries: gazetteer.country_regions() };
        let whole = Whole::of(config, catalogue, plan, theme, regions, fingerprints(&sources));
        Noted::with(Self { sources, whole, gazetteer, files, settings, lenses }, notes)
    }

    /// All its pages, in a fixed order.
    #[must_use]
    pub fn pages(&self) -> &[Page] {
        &self.whole.plan.pages
    }

    /// One page as bytes.
    ///
    /// # Errors
    /// Only a template can fail: the note says where.
    pub fn render(&self, page: &Page) -> Result<Rendered, Box<Diagnostic>> {
        render::render(&self.whole, page)
    }

    /// The names that `lenses.yaml` folds into one.
    #[must_use]
    pub fn lenses(&self) -> &Lenses {
        &self.lenses
    }

    /// What the public may see of it, and when.
    #[must_use]
    pub fn visibility(&self) -> Visibility {
        visibility(&self.whole.config, &self.settings)
    }

    /// The settings it was made with.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
}

fn unchanged(sources: &Sources, old: &Site, path: &str) -> bool {
    let path = SitePath::new(path);
    sources.text(&path) == old.sources.text(&path)
}

fn same_templates(new: &Sources, old: &Sources) -> bool {
    new.texts_in("templates").eq(old.texts_in("templates"))
}

/// The built-in names, with the site's own regions and entities over them.
pub fn gazetteer(sources: &Sources) -> Noted<Gazetteer> {
    let own = |name: &str| {
        let path = SitePath::new(name);
        sources.text(&path).map(|text| (path, text.text.clone()))
    };
    let (regions, entities) = (own("regions.yaml"), own("entities.yaml"));
    Gazetteer::with_site(
        regions.as_ref().map(|(path, text)| (path, &**text)),
        entities.as_ref().map(|(path, text)| (path, &**text)),
    )
}

/// Reads files of briefings.
struct Reader<'a> {
    config: &'a Config,
    gazetteer: &'a Gazetteer,
    lenses: &'a Lenses,
    explain: bool,
}

impl Reader<'_> {
    fn read_all(&self, sources: &Sources, before: Option<&Site>) -> BTreeMap<SitePath, Arc<FileRead>> {
        let texts: Vec<(&SitePath, &Arc<str>)> = sources
            .texts_in("content/briefings")
            .filter(|(path, _)| matches!(path.extension(), "md" | "txt" | "markdown"))
            .map(|(path, text)| (path, &text.text))
            .collect();
        let read = |(path, text): &(&SitePath, &Arc<str>)| {
            let old = before.and_then(|site| site.files.get(*path)).filter(|old| old.text == **text);
            let file = old.cloned().unwrap_or_else(|| Arc::new(self.read(path, text)));
            ((*path).clone(), file)
        };
        texts.par_iter().map(read).collect::<Vec<_>>().into_iter().collect()
    }

    fn read(&self, path: &SitePath, text: &Arc<str>) -> FileRead {
        let Noted { value: reading, mut notes } = briefing::read(path, text, &self.config.headings);
        // Whether a day is needed is decided in the catalogue: a draft can do without.
        notes.retain(|note| note.code != "undated");
        let mut briefings = Vec::with_capacity(reading.briefings.len());
        for briefing in reading.briefings {
            if self.config.content_policy == ContentPolicy::Safe {
                notes.extend(neutralised(&briefing, text));
            }
            let findings = tags::find(&briefing, text, self.gazetteer, self.explain);
            let tags = Arc::new(tags::of(&briefing, &findings, self.gazetteer, self.lenses));
            let findings = Arc::new(if self.explain { findings } else { Findings::default() });
            briefings.push(Found { briefing: Arc::new(briefing), findings, tags });
        }
        FileRead { text: text.clone(), briefings, notes }
    }
}

/// What the content policy takes from a briefing, with its place.
fn neutralised(briefing: &Briefing, text: &str) -> Vec<Diagnostic> {
    let bodies = std::iter::once(&briefing.lead)
        .chain(briefing.implications.iter().map(|implication| &implication.body))
        .chain(briefing.view.iter().map(|view| &view.body))
        .chain(briefing.sections.iter().map(|section| &section.body));
    let blocks = bodies.flat_map(|body| &body.blocks).chain(&briefing.definitions);
    let mut notes = Vec::new();
    for block in blocks {
        let mut from = block.span.range().start;
        for (code, snippet) in prose::removed(&block.markdown) {
            let end = block.span.range().end;
            let first_line = snippet.lines().next().unwrap_or("").trim_end();
            let found = text.get(from..end).and_then(|rest| rest.find(first_line));
            let span = found.map_or(block.span.range(), |at| from + at..from + at + first_line.len());
            if found.is_some() {
                from = span.end;
            }
            let (message, help) = match code {
                "html-comment" => ("this comment is left out", "delete it, or keep it: readers never see it"),
                "unsafe-link" => (
                    "this link could run a script: its words are kept, its target is not",
                    "link to an `https://` address",
                ),
                _ => (
                    "this HTML is shown as text, not run",
                    "write Markdown instead, or set `content_policy: trusted` if you trust all you paste",
                ),
            };
            notes.push(Diagnostic::note(code, message).at(&briefing.source, span).help(help));
        }
    }
    notes
}

fn arrange(
    sources: &Sources,
    files: &BTreeMap<SitePath, Arc<FileRead>>,
    config: &Config,
    settings: &Settings,
    notes: &mut Vec<Diagnostic>,
) -> Catalogue {
    let mut standing_texts = |folder: &str| -> Vec<Arc<StandingText>> {
        let texts =
            sources.texts_in(folder).filter(|(path, _)| matches!(path.extension(), "md" | "markdown"));
        texts.map(|(path, text)| Arc::new(standing::read(path, &text.text).take(notes))).collect()
    };
    let pages = standing_texts("content/pages");
    let introductions = standing_texts("content/issues");
    let visibility = visibility(config, settings);
    let briefings = files
        .values()
        .flat_map(|file| &file.briefings)
        .map(|found| TaggedBriefing { briefing: found.briefing.clone(), tags: found.tags.clone() });
    catalogue::arrange(briefings, pages, introductions, &visibility).take(notes)
}

fn visibility(config: &Config, settings: &Settings) -> Visibility {
    Visibility {
        now: settings.now,
        time_zone: config.time_zone.clone(),
        drafts: settings.drafts,
        future: settings.future,
    }
}

/// The site's own files that are only copied, each with the path it is published under.
fn copied(sources: &Sources) -> Vec<(SitePath, String)> {
    let published =
        sources.statics().filter_map(|(path, _)| Some((path.clone(), published_path(path)?.to_owned())));
    published.collect()
}

/// The fingerprints of style sheets and scripts, by published path; a site's own stands for the built-in one.
fn fingerprints(sources: &Sources) -> BTreeMap<String, String> {
    let built_in = theme::assets().into_iter().filter_map(|name| {
        let digest = blake3::hash(theme::asset(name)?).to_hex()[..10].to_owned();
        Some((name.to_owned(), digest))
    });
    let own = sources
        .statics()
        .filter_map(|(path, file)| Some((published_path(path)?.to_owned(), file.digest.clone()?)));
    built_in.chain(own).collect()
}
