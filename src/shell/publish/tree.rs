//! The new site grows: folders, pages, and what stays as it is.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io::{self, ErrorKind};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use anyhow::{Context, bail};
use indicatif::ProgressBar;
use rayon::prelude::*;

use super::file::{self, Modes};
use super::manifest;
use super::standing::{Foreign, Standing};
use crate::diagnostic::Diagnostic;
use crate::render::Rendered;

/// What is to be published.
pub struct Order<'a> {
    /// The site folder, for files that are only copied.
    pub root: &'a Path,
    /// The files, relative to the output folder, `/` between their parts.
    pub files: &'a [String],
    /// What the file at this position holds.
    pub render: &'a (dyn Fn(usize) -> Result<Rendered, Box<Diagnostic>> + Sync),
    /// Counts the files that are done.
    pub progress: &'a ProgressBar,
}

/// A new site beside the old one.
pub struct Tree<'a> {
    /// What is to be published.
    pub order: &'a Order<'a>,
    /// The old site's place.
    pub out: &'a Path,
    /// What stands there.
    pub standing: &'a Standing,
    /// Where the new site grows.
    pub place: PathBuf,
    /// How files are made readable.
    pub modes: Modes,
}

/// What became of the files.
#[derive(Debug, Default)]
pub struct Grown {
    /// Files that were written: new, or other than before.
    pub written: usize,
    /// Notes of pages that could not be rendered: then the tree is not whole.
    pub notes: Vec<Diagnostic>,
}

impl Tree<'_> {
    /// Makes the whole tree.
    ///
    /// # Errors
    /// The disk fails, or a page wants the place of a foreign file.
    pub fn grow(&self) -> anyhow::Result<Grown> {
        let folders = folders(self.order.files);
        let mut in_the_way = self.standing.in_the_way(self.order.files, &folders);
        if in_the_way.is_empty() {
            self.make_folders(&folders)?;
            self.carry_foreign()?;
            let (grown, foreign) = self.fill(&folders)?;
            if foreign.is_empty() {
                if grown.notes.is_empty() {
                    self.finish()?;
                }
                return Ok(grown);
            }
            in_the_way = foreign;
        }
        in_the_way.sort();
        bail!(
            "{} was not made by newsgen, and the site has a page of that name\n  help: delete it there, or put it into static/ if it should be published",
            in_the_way
                .iter()
                .map(|file| self.out.join(file).display().to_string())
                .collect::<Vec<_>>()
                .join(", ")
        )
    }

    /// The folders that hold folders, and those of foreign files; the rest are made by whoever writes into them first.
    fn make_folders(&self, folders: &BTreeSet<&str>) -> anyhow::Result<()> {
        let make = |folder: &Path| {
            self.modes.folder(folder).with_context(|| format!("cannot make the folder {}", folder.display()))
        };
        make(&self.place)?;
        for folder in inner(folders) {
            make(&self.place.join(folder))?;
        }
        for folder in &self.standing.foreign_folders {
            make(&self.place.join(folder))?;
        }
        Ok(())
    }

    fn carry_foreign(&self) -> anyhow::Result<()> {
        if self.standing.foreign.is_empty() {
            return Ok(());
        }
        let planned: HashSet<&Path> = self.order.files.iter().map(Path::new).collect();
        let foreign: Vec<_> = self
            .standing
            .foreign
            .iter()
            // A page of the same bytes may stand for it; that is found out when the page is rendered.
            .filter(|(path, _)| !planned.contains(path.as_path()))
            .collect();
        foreign.par_iter().try_for_each(|(path, kind)| {
            let (from, to) = (self.out.join(path), self.place.join(path));
            let carried = match kind {
                Foreign::File => file::carry(&from, &to),
                Foreign::Link => file::carry_link(&from, &to),
                Foreign::EmptyFolder => Ok(()),
            };
            match carried {
                // Somebody took it away in this moment.
                Err(error) if error.kind() == ErrorKind::NotFound && !from.exists() => Ok(()),
                other => other.with_context(|| format!("cannot keep {}", from.display())),
            }
        })
    }

    /// Renders and writes all files; also says which of them want the place of a foreign file.
    fn fill(&self, folders: &BTreeSet<&str>) -> anyhow::Result<(Grown, Vec<String>)> {
        let inner: BTreeSet<&str> = inner(folders).collect();
        let written = AtomicUsize::new(0);
        let is_broken = AtomicBool::new(false);
        let notes = Mutex::new(Vec::new());
        let foreign = Mutex::new(Vec::new());
        // What lies in one folder is written by one thread, which makes the folder too.
        runs(self.order.files).par_iter().try_for_each(|run| {
            let folder = folder(&self.order.files[run.start]);
            if !inner.contains(folder) && !folder.is_empty() {
                let path = self.place.join(folder);
                self.modes
                    .folder(&path)
                    .with_context(|| format!("cannot make the folder {}", path.display()))?;
            }
            for at in run.clone() {
                let file = &self.order.files[at];
                match (self.order.render)(at) {
                    Ok(_) if is_broken.load(Ordering::Relaxed) => {}
                    Ok(rendered) => match self.put(file, &rendered)? {
                        Put::Written => {
                            written.fetch_add(1, Ordering::Relaxed);
                        }
                        Put::Kept => {}
                        Put::Foreign => push(&foreign, file.clone()),
                    },
                    Err(note) => {
                        is_broken.store(true, Ordering::Relaxed);
                        push(&notes, *note);
                    }
                }
                self.order.progress.inc(1);
            }
            anyhow::Ok(())
        })?;
        let grown = Grown { written: written.into_inner(), notes: taken(notes) };
        Ok((grown, taken(foreign)))
    }

    fn put(&self, file: &str, rendered: &Rendered) -> anyhow::Result<Put> {
        let target = self.place.join(file);
        let is_ours = self.standing.ours.contains(file);
        let is_foreign = !is_ours && self.standing.foreign.contains_key(Path::new(file));
        if is_ours || is_foreign {
            let old = self.out.join(file);
            let is_same = match rendered {
                Rendered::Bytes(bytes) => file::holds(&old, bytes),
                Rendered::Copy(source) => file::is_copy(&old, &self.order.root.join(source.as_str())),
            };
            // What cannot be read is not the same.
            if is_same.unwrap_or(false) && file::carry(&old, &target).is_ok() {
                return Ok(Put::Kept);
            }
            if is_foreign {
                return Ok(Put::Foreign);
            }
        }
        let named = || format!("cannot write {}", self.out.join(file).display());
        match rendered {
            Rendered::Bytes(bytes) => self.modes.write(&target, bytes).with_context(named)?,
            Rendered::Copy(source) => self
                .modes
                .copy(&self.order.root.join(source.as_str()), &target)
                .with_context(|| format!("cannot publish {source}"))?,
        }
        Ok(Put::Written)
    }

    /// The list of what is newsgen's, and the modes of folders that are not.
    fn finish(&self) -> anyhow::Result<()> {
        let list = manifest::Manifest::of(self.order.files.iter().map(String::as_str));
        manifest::write(&self.place, &list, self.modes)
            .with_context(|| format!("cannot write {}", self.out.join(manifest::FILE).display()))?;
        for folder in self.standing.foreign_folders.iter().rev() {
            let as_it_was = fs::metadata(self.out.join(folder))
                .and_then(|meta| fs::set_permissions(self.place.join(folder), meta.permissions()));
            match as_it_was {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(error).with_context(|| format!("cannot keep {}", folder.display()));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

enum Put {
    Written,
    Kept,
    Foreign,
}

fn push<T>(list: &Mutex<Vec<T>>, item: T) {
    if let Ok(mut list) = list.lock() {
        list.push(item);
    }
}

fn taken<T>(list: Mutex<Vec<T>>) -> Vec<T> {
    list.into_inner().unwrap_or_default()
}

/// The folder of a file; empty at the top.
fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// All folders that these files need, without the top.
fn folders(files: &[String]) -> BTreeSet<&str> {
    let mut folders = BTreeSet::new();
    for file in files {
        let mut rest = folder(file);
        while !rest.is_empty() && folders.insert(rest) {
            rest = folder(rest);
        }
    }
    folders
}

/// Those that hold other folders, from the top down.
fn inner<'a>(folders: &BTreeSet<&'a str>) -> impl Iterator<Item = &'a str> {
    let inner: BTreeSet<&str> =
        folders.iter().map(|path| folder(path)).filter(|path| !path.is_empty()).collect();
    inner.into_iter()
}

/// Ranges of neighbours that lie in one folder.
fn runs(files: &[String]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, file) in files.iter().enumerate() {
        match runs.last_mut() {
            Some(run) if folder(&files[run.start]) == folder(file) => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// One thing to do about what stopped a build.
pub fn advice(error: &io::Error) -> Option<&'static str> {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Some("make room on the disk and build again"),
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => {
            Some("build into a folder you may write to with `-o`, or ask for the right to write there")
        }
        ErrorKind::CrossesDevices | ErrorKind::ResourceBusy => {
            Some("it is a mount point, or part of a container's image: build into a new folder with `-o`")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_made_from_the_top_down_and_each_once() {
        let files = ["index.html", "a/b/c/x", "a/b/d/y", "a/b/d/z", "e/f"].map(str::to_owned);
        let all = folders(&files);
        assert_eq!(all.iter().copied().collect::<Vec<_>>(), ["a", "a/b", "a/b/c", "a/b/d", "e"]);
        assert_eq!(inner(&all).collect::<Vec<_>>(), ["a", "a/b"]);
        assert_eq!(runs(&files), [0..1, 1..2, 2..4, 4..5]);
    }
}
