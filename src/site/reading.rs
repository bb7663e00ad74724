//! Files of briefings are read: each on its own, on every core, and none a second time.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::briefing::{self, Briefing};
use crate::catalogue::lens::Lenses;
use crate::catalogue::{Tag, TaggedBriefing, tags};
use crate::config::{Config, ContentPolicy};
use crate::diagnostic::{Diagnostic, Noted};
use crate::gazetteer::{Findings, Gazetteer};
use crate::render::prose;
use crate::source::{SitePath, Sources};

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
pub type FilesRead = BTreeMap<SitePath, Arc<FileRead>>;

/// A file that was read before, or the text that is to be read.
type Reading<'a> = Result<Arc<FileRead>, &'a Arc<str>>;

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
    /// Reads all of them; what did not change since `before` is taken from there.
    #[must_use]
    pub fn read_all(&self, sources: &Sources, before: Option<&FilesRead>) -> FilesRead {
        let texts = sources.texts_in("content/briefings");
        let texts = texts.filter(|(path, _)| matches!(path.extension(), "md" | "txt" | "markdown"));
        // Both are in the order of their paths: they are gone through side by side.
        let mut known = before.into_iter().flatten().peekable();
        let mut files: Vec<(SitePath, Reading<'_>)> = Vec::new();
        for (path, text) in texts {
            while known.next_if(|(old, _)| *old < path).is_some() {}
            let old = known.next_if(|(old, _)| *old == path).map(|(_, file)| file);
            let same = |file: &&Arc<FileRead>| Arc::ptr_eq(&file.text, &text.text) || file.text == text.text;
            files.push((path.clone(), old.filter(same).cloned().ok_or(&text.text)));
        }
        let read = |(path, file): &mut (SitePath, Reading<'_>)| {
            if let Err(text) = file {
                *file = Ok(Arc::new(self.read(path, text)));
            }
        };
        let many = files.iter().filter(|(_, file)| file.is_err()).nth(1).is_some();
        if many {
            files.par_iter_mut().for_each(read);
        } else {
            files.iter_mut().for_each(read);
        }
        files.into_iter().filter_map(|(path, file)| Some((path, file.ok()?))).collect()
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
