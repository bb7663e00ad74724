//! The journey on one screen: sources become a site, and a site renders its pages.

mod reading;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::catalogue::lens::{self, Lenses};
use crate::catalogue::{self, Catalogue, TaggedBriefing, Visibility};
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Noted};
use crate::gazetteer::Gazetteer;
use crate::plan::{Page, Plan};
use crate::render::theme::{self, Theme};
use crate::render::{self, Regions, Rendered, Whole, published_path};
use crate::route::BaseUrl;
use crate::source::{SitePath, Sources};
use crate::standing::{self, StandingText};
use reading::Reader;
pub use reading::{FileRead, FilesRead, Found};

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

impl Settings {
    /// What readers see at a moment: nothing held back, at the address of `newsgen.yaml`.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self { now, drafts: false, future: false, base_url: None, explain: false }
    }
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
    pub files: FilesRead,
    settings: Settings,
    lenses: Arc<Lenses>,
    standing: StandingTexts,
    notes: Notes,
}

/// Standing pages and introductions, by file, each with its notes.
type StandingTexts = BTreeMap<SitePath, Arc<(Arc<StandingText>, Vec<Diagnostic>)>>;

/// What was noted while parts were made that the next site may take over.
#[derive(Debug, Clone, Default)]
struct Notes {
    /// The files of briefings that there is something to say about.
    files: BTreeMap<SitePath, Arc<FileRead>>,
    gazetteer: Arc<[Diagnostic]>,
    lenses: Arc<[Diagnostic]>,
    arranged: Arc<[Diagnostic]>,
    planned: Arc<[Diagnostic]>,
    theme: Arc<[Diagnostic]>,
}

impl Site {
    /// Reads, arranges and plans a site. What did not change since `before` is neither read nor made again: the result
    /// is the same as without it (a property test holds that), only sooner.
    pub fn of(sources: Sources, settings: Settings, before: Option<&Site>) -> Noted<Self> {
        let mut notes: Vec<Diagnostic> = sources.unreadable().cloned().collect();
        let mut config = config::read(&sources).take(&mut notes);
        if let Some(base_url) = &settings.base_url {
            config.base_url = base_url.clone();
            config.base_url_given = true;
        }
        let same =
            |paths: &[&str]| before.filter(|old| paths.iter().all(|path| unchanged(&sources, old, path)));
        let mut parts = Notes::default();
        let gazetteer = match same(&["entities.yaml", "regions.yaml"]) {
            Some(old) => {
                parts.gazetteer = old.notes.gazetteer.clone();
                old.gazetteer.clone()
            }
            None => Arc::new(apart(gazetteer(&sources), &mut parts.gazetteer)),
        };
        let lenses = match same(&[lens::FILE]) {
            Some(old) => {
                parts.lenses = old.notes.lenses.clone();
                old.lenses.clone()
            }
            None => Arc::new(apart(lens::read(&sources), &mut parts.lenses)),
        };
        let theme = match before.filter(|old| same_templates(&sources, &old.sources)) {
            Some(old) => {
                parts.theme = old.notes.theme.clone();
                old.whole.theme.clone()
            }
            None => Arc::new(apart(Theme::of(&sources), &mut parts.theme)),
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
        let files = reader.read_all(&sources, reusable.map(|old| (&old.sources, &old.files)));
        parts.files = noted(&files, reusable);
        let standing = standing_texts(&sources, before.map(|old| &old.standing));
        let retold = reusable.and_then(|old| retold(old, &sources, &config, &settings, &files, &standing));
        let (catalogue, plan) = match retold {
            Some((catalogue, old)) => {
                parts.arranged = old.notes.arranged.clone();
                parts.planned = old.notes.planned.clone();
                (catalogue, old.whole.plan.clone())
            }
            None => {
                let arranged = arrange(&files, &standing, &config, &settings);
                let catalogue = apart(arranged, &mut parts.arranged);
                let plan = Plan::of(&catalogue, &config, &theme::assets(), &copied(&sources));
                (catalogue, Arc::new(apart(plan, &mut parts.planned)))
            }
        };
        notes.extend(parts.gazetteer.iter().chain(parts.lenses.iter()).cloned());
        parts.files.values().for_each(|file| notes.extend(file.notes.iter().cloned()));
        standing.values().for_each(|read| notes.extend(read.1.iter().cloned()));
        notes.extend(parts.arranged.iter().chain(parts.planned.iter()).chain(parts.theme.iter()).cloned());
        let regions = Regions { order: gazetteer.region_order(), of_countries: gazetteer.country_regions() };
        let whole = Whole::of(config, catalogue, plan, theme, regions, fingerprints(&sources));
        Noted::with(
            Self { sources, whole, gazetteer, files, settings, lenses, standing, notes: parts },
            notes,
        )
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

/// Takes the notes of a part aside, so that they can be taken over with it.
fn apart<T>(made: Noted<T>, notes: &mut Arc<[Diagnostic]>) -> T {
    *notes = made.notes.into();
    made.value
}

/// The files of briefings that there is something to say about: those of the site before, with what is other now.
fn noted(files: &FilesRead, before: Option<&Site>) -> BTreeMap<SitePath, Arc<FileRead>> {
    let Some(old) = before else {
        let noted = files.iter().filter(|(_, file)| !file.notes.is_empty());
        return noted.map(|(path, file)| (path.clone(), file.clone())).collect();
    };
    let mut noted = old.notes.files.clone();
    for (path, file, _) in files.differences(&old.files) {
        match file.filter(|file| !file.notes.is_empty()) {
            Some(file) => noted.insert(path.clone(), file.clone()),
            None => noted.remove(path),
        };
    }
    noted
}

/// The catalogue of the site before with the texts that changed, if nothing else did: neither what is shown, nor where,
/// nor under which names. Then its indexes, its days and its plan still hold.
fn retold<'a>(
    old: &'a Site,
    sources: &Sources,
    config: &Config,
    settings: &Settings,
    files: &FilesRead,
    standing: &StandingTexts,
) -> Option<(Catalogue, &'a Site)> {
    let catalogue = &old.whole.catalogue;
    let same_look = Settings { now: settings.now, ..old.settings.clone() } == *settings
        && settings.now >= old.settings.now
        && catalogue.next_change.is_none_or(|next| settings.now < next);
    let same_rest = *config == old.whole.config
        && sources.lists_the_same_statics(&old.sources)
        && standing.len() == old.standing.len()
        && standing.iter().zip(&old.standing).all(|(new, old)| new.0 == old.0 && Arc::ptr_eq(new.1, old.1))
        && files.len() == old.files.len();
    if !(same_look && same_rest) {
        return None;
    }
    let mut changed = Vec::new();
    for (_, new, old) in files.differences(&old.files) {
        let (new, old) = (new?, old?);
        if !Arc::ptr_eq(new, old) {
            if new.briefings.len() != old.briefings.len() {
                return None;
            }
            let pairs = old.briefings.iter().zip(&new.briefings);
            changed.extend(pairs.map(|(old, new)| (old.tagged(), new.tagged())));
        }
    }
    // Notes of the plan quote titles and point at aliases.
    let is_quoted = |(old, new): &(TaggedBriefing, TaggedBriefing)| {
        old.briefing.title == new.briefing.title && old.briefing.head.aliases == new.briefing.head.aliases
    };
    if !old.notes.planned.is_empty() && !changed.iter().all(is_quoted) {
        return None;
    }
    let changed: Vec<_> = changed.iter().map(|(old, new)| (old, new)).collect();
    Some((catalogue.with_texts(&changed)?, old))
}

/// Reads standing pages and introductions; what did not change is taken from before.
fn standing_texts(sources: &Sources, before: Option<&StandingTexts>) -> StandingTexts {
    let texts = ["content/pages", "content/issues"].into_iter().flat_map(|folder| sources.texts_in(folder));
    let texts = texts.filter(|(path, _)| matches!(path.extension(), "md" | "markdown"));
    let read = |(path, text): (&SitePath, &crate::source::Text)| {
        let old = before.and_then(|before| before.get(path)).filter(|old| old.0.text == text.text);
        let made = || {
            let Noted { value, notes } = standing::read(path, &text.text);
            Arc::new((Arc::new(value), notes))
        };
        (path.clone(), old.cloned().unwrap_or_else(made))
    };
    texts.map(read).collect()
}

fn arrange(
    files: &FilesRead,
    standing: &StandingTexts,
    config: &Config,
    settings: &Settings,
) -> Noted<Catalogue> {
    let texts_in = |folder: &str| -> Vec<Arc<StandingText>> {
        let inside = standing.iter().filter(|(path, _)| path.below(folder).is_some());
        inside.map(|(_, read)| read.0.clone()).collect()
    };
    let visibility = visibility(config, settings);
    let briefings = files.values().flat_map(|file| &file.briefings).map(Found::tagged);
    catalogue::arrange(briefings, texts_in("content/pages"), texts_in("content/issues"), &visibility)
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
