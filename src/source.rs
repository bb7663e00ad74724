//! The site folder held in memory: every text that the site is made of, and the list of files that are only copied.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::encoding::{self, Encoding};
use crate::shelf::{Difference, Shelf};

/// A file's path inside the site folder: relative, `/` between its parts, whatever the machine.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// Takes a path as it is; backslashes become slashes, a leading `./` goes.
    #[must_use]
    pub fn new(path: &str) -> Self {
        let path = path.replace('\\', "/");
        Self(path.strip_prefix("./").unwrap_or(&path).into())
    }

    /// The whole path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part: `call.txt`.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The last part without its ending: `call`.
    #[must_use]
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
    }

    /// The ending, without its dot, as written; empty if there is none.
    #[must_use]
    pub fn extension(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or("", |(stem, ending)| if stem.is_empty() { "" } else { ending })
    }

    /// The part below a folder, if the path lies in it: `content/pages/about.md` below `content/pages` is `about.md`.
    #[must_use]
    pub fn below(&self, folder: &str) -> Option<&str> {
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }

    /// What a relative path in this file means (`../img/chart.png`); `None` if it leads out of the newsletter.
    #[must_use]
    pub fn beside(&self, path: &str) -> Option<Self> {
        let mut parts: Vec<&str> = self.0.split('/').collect();
        parts.pop();
        for part in path.split('/') {
            match part {
                "." | "" => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Some(Self::new(&parts.join("/")))
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Debug for SitePath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, out)
    }
}

impl From<&str> for SitePath {
    fn from(path: &str) -> Self {
        Self::new(path)
    }
}

/// One text of the site: a briefing, a page, a template, a YAML file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// What it says, decoded. All byte offsets of all notes count in this.
    pub text: Arc<str>,
    /// How it was stored on disk.
    pub encoding: Encoding,
}

/// A file that is published as it is; its bytes stay on disk until then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaticFile {
    /// Its size in bytes.
    pub bytes: u64,
    /// Changes when the file does; opaque (made by whoever read the folder).
    pub stamp: u64,
    /// A fingerprint of the bytes, for style sheets and scripts.
    pub digest: Option<String>,
}

/// Everything the site is made of, in memory.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    texts: Shelf<SitePath, Text>,
    statics: Shelf<SitePath, StaticFile>,
    unreadable: BTreeMap<SitePath, Diagnostic>,
}

impl Sources {
    /// A folder with nothing in it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a text in its place, decoding it. What cannot be decoded is kept as a note
    /// (see [`Sources::unreadable`]) and is not among the texts.
    #[allow(clippy::needless_pass_by_value, reason = "a file is handed over: path and bytes")]
    pub fn add(&mut self, path: SitePath, bytes: Vec<u8>) {
        self.update(&path, bytes);
    }

    /// The same, and tells whether anything is other than it was. A text that is still the same keeps its allocation,
    /// so that "unchanged" is a comparison of pointers.
    pub fn update(&mut self, path: &SitePath, bytes: Vec<u8>) -> bool {
        match encoding::decode(path, bytes) {
            Ok((text, encoding)) => {
                let same = |old: &Text| *old.text == *text && old.encoding == encoding;
                if self.texts.get(path).is_some_and(same) {
                    return false;
                }
                self.remove(path);
                self.texts.insert(path.clone(), Text { text: text.into(), encoding });
                true
            }
            Err(problem) => self.refuse(path, problem),
        }
    }

    /// Keeps a note in place of a file that cannot be read, and tells whether it was not there before.
    pub fn refuse(&mut self, path: &SitePath, problem: Diagnostic) -> bool {
        if self.unreadable.get(path) == Some(&problem) {
            return false;
        }
        self.remove(path);
        self.unreadable.insert(path.clone(), problem);
        true
    }

    /// Lists a file that is only copied, and tells whether it is other than it was.
    pub fn update_static(&mut self, path: &SitePath, file: StaticFile) -> bool {
        if self.statics.get(path) == Some(&file) {
            return false;
        }
        self.remove(path);
        self.statics.insert(path.clone(), file);
        true
    }

    /// Puts back what another state of the folder has under a path, be it nothing.
    pub fn restore(&mut self, path: &SitePath, from: &Self) {
        self.remove(path);
        if let Some(text) = from.texts.get(path) {
            self.texts.insert(path.clone(), text.clone());
        }
        if let Some(file) = from.statics.get(path) {
            self.statics.insert(path.clone(), file.clone());
        }
        if let Some(problem) = from.unreadable.get(path) {
            self.unreadable.insert(path.clone(), problem.clone());
        }
    }

    /// Puts a decoded text in its place (tests, previews).
    pub fn add_text(&mut self, path: &str, text: &str) {
        self.add(SitePath::new(path), text.as_bytes().to_vec());
    }

    /// Lists a file that is only copied.
    pub fn add_static(&mut self, path: SitePath, file: StaticFile) {
        self.statics.insert(path, file);
    }

    /// Takes a file out, whatever kind it is, and tells whether it was there.
    pub fn remove(&mut self, path: &SitePath) -> bool {
        let text = self.texts.remove(path).is_some();
        let copied = self.statics.remove(path).is_some();
        let unreadable = self.unreadable.remove(path).is_some();
        text || copied || unreadable
    }

    /// Whether there is a readable file under a path.
    #[must_use]
    pub fn holds(&self, path: &SitePath) -> bool {
        self.texts.contains_key(path) || self.statics.contains_key(path)
    }

    /// Whether another state of the folder has the same under a path, be it nothing.
    #[must_use]
    pub fn same_at(&self, path: &SitePath, other: &Self) -> bool {
        self.texts.get(path) == other.texts.get(path)
            && self.statics.get(path) == other.statics.get(path)
            && self.unreadable.get(path) == other.unreadable.get(path)
    }

    /// The files at a path: itself, or all below it.
    #[must_use]
    pub fn paths_at(&self, path: &SitePath) -> Vec<SitePath> {
        let below = SitePath::new(&format!("{path}/"));
        let is_below = |other: &&SitePath| other.as_str().starts_with(below.as_str());
        let exact = |known: bool| known.then(|| path.clone());
        let texts = self.texts.starting_at(&below).map(|(path, _)| path).take_while(is_below);
        let statics = self.statics.starting_at(&below).map(|(path, _)| path).take_while(is_below);
        let unreadable = self.unreadable.range(&below..).map(|(path, _)| path).take_while(is_below);
        let own = exact(self.texts.contains_key(path))
            .or_else(|| exact(self.statics.contains_key(path)))
            .or_else(|| exact(self.unreadable.contains_key(path)));
        texts.chain(statics).chain(unreadable).cloned().chain(own).collect()
    }

    /// One text.
    #[must_use]
    pub fn text(&self, path: &SitePath) -> Option<&Text> {
        self.texts.get(path)
    }

    /// All texts, by path.
    pub fn texts(&self) -> impl Iterator<Item = (&SitePath, &Text)> {
        self.texts.iter()
    }

    /// The texts of one folder and everything below it, by path.
    pub fn texts_in<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a SitePath, &'a Text)> {
        let below = SitePath::new(&format!("{folder}/"));
        self.texts.starting_at(&below).take_while(move |(path, _)| path.below(folder).is_some())
    }

    /// The texts that may be other than in another state of the folder, by path: this one's and the other's. All that
    /// are other are among them; what both states share is not looked at.
    pub fn other_texts<'a>(
        &'a self,
        other: &'a Self,
    ) -> impl Iterator<Item = Difference<'a, SitePath, Text>> {
        self.texts.differences(&other.texts)
    }

    /// Whether another state of the folder lists the same files that are only copied, whatever is in them.
    #[must_use]
    pub fn lists_the_same_statics(&self, other: &Self) -> bool {
        self.statics.differences(&other.statics).all(|(_, one, two)| one.is_some() == two.is_some())
    }

    /// One file that is only copied.
    #[must_use]
    pub fn copied(&self, path: &SitePath) -> Option<&StaticFile> {
        self.statics.get(path)
    }

    /// The files that are only copied, by path.
    pub fn statics(&self) -> impl Iterator<Item = (&SitePath, &StaticFile)> {
        self.statics.iter()
    }

    /// The files that could not be read as text, each with the note that says why.
    pub fn unreadable(&self) -> impl Iterator<Item = &Diagnostic> {
        self.unreadable.values()
    }

    /// Whether nothing at all is there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.statics.is_empty() && self.unreadable.is_empty()
    }
}
