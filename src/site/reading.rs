//! Files of briefings are read: each on its own, on every core, and none a second time.

use std::sync::Arc;

use rayon::prelude::*;

use crate::briefing::{self, Briefing};
use crate::catalogue::lens::Lenses;
use crate::catalogue::{Tag, TaggedBriefing, tags};
use crate::config::{Config, ContentPolicy};
use crate::diagnostic::{Diagnostic, Noted};
use crate::gazetteer::{Findings, Gazetteer};
use crate::render::prose;
use crate::shelf::Shelf;
use crate::source::{SitePath, Sources, Text};

/// Where the files are.
const FOLDER: &str = "content/briefings";

/// What was read from one file of briefings. Depends on nothing but that file, the settings and the gazetteer.
#[derive(Debug)]
pub struct FileRead {
    text: Arc<str>,
    /// Its briefings with their tags.
    pub briefings: Vec<Found>,
    /// What there is to say about it.
    pub notes: Vec<Diagnostic>,
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

impl Found {
    /// As the catalogue takes it.
    #[must_use]
    pub fn tagged(&self) -> TaggedBriefing {
        TaggedBriefing { briefing: self.briefing.clone(), tags: self.tags.clone() }
    }
}

/// What was read, by file.
pub type FilesRead = Shelf<SitePath, Arc<FileRead>>;

/// Reads files of briefings.
#[derive(Debug)]
pub struct Reader<'a> {
    /// The headings, and what happens to raw HTML.
    pub config: &'a Config,
    /// All names.
    pub gazetteer: &'a Gazetteer,
    /// All audiences.
    pub lenses: &'a Lenses,
    /// Whether the reasons of tags are kept.
    pub explain: bool,
}

impl Reader<'_> {
    /// Reads all of them. What did not change since `before` — a state of the folder, and what was read from it — is
    /// taken from there.
    #[must_use]
    pub fn read_all(&self, sources: &Sources, before: Option<(&Sources, &FilesRead)>) -> FilesRead {
        let Some((old_sources, old)) = before else {
            let texts = sources.texts_in(FOLDER).filter(|(path, _)| is_briefing(path));
            return self.read_texts(&texts.collect::<Vec<_>>()).into_iter().collect();
        };
        let mut files = old.clone();
        let mut texts = Vec::new();
        for (path, text, _) in sources.other_texts(old_sources).filter(|(path, ..)| is_briefing(path)) {
            let known = files.get(path).map(|file| &file.text);
            match text {
                Some(text) if known.is_some_and(|known| same(known, &text.text)) => {}
                Some(text) => texts.push((path, text)),
                None => drop(files.remove(path)),
            }
        }
        for (path, file) in self.read_texts(&texts) {
            files.insert(path, file);
        }
        files
    }

    fn read_texts(&self, texts: &[(&SitePath, &Text)]) -> Vec<(SitePath, Arc<FileRead>)> {
        let read =
            |(path, text): &(&SitePath, &Text)| ((*path).clone(), Arc::new(self.read(path, &text.text)));
        // One text is read here: to wake other threads takes longer.
        if texts.len() < 2 { texts.iter().map(read).collect() } else { texts.par_iter().map(read).collect() }
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

fn same(one: &Arc<str>, two: &Arc<str>) -> bool {
    Arc::ptr_eq(one, two) || one == two
}

fn is_briefing(path: &SitePath) -> bool {
    matches!(path.extension(), "md" | "txt" | "markdown") && path.below(FOLDER).is_some()
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
