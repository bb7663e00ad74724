//! The site folder held in memory: every text that the site is made of, and the list of files that are only copied.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::encoding::{self, Encoding};

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
    texts: BTreeMap<SitePath, Text>,
    statics: BTreeMap<SitePath, StaticFile>,
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
    pub fn add(&mut self, path: SitePath, bytes: Vec<u8>) {
        self.remove(&path);
        match encoding::decode(&path, bytes) {
            Ok((text, encoding)) => {
                // The same text keeps its old allocation, so that "unchanged" is a comparison of pointers.
                self.texts.insert(path, Text { text: text.into(), encoding });
            }
            Err(problem) => {
                self.unreadable.insert(path, problem);
            }
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

    /// Takes a file out, whatever kind it is.
    pub fn remove(&mut self, path: &SitePath) {
        self.texts.remove(path);
        self.statics.remove(path);
        self.unreadable.remove(path);
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
        self.texts.iter().filter(move |(path, _)| path.below(folder).is_some())
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
