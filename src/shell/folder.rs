//! The site folder as it is now: brought up to date after a change without reading again what did not change.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::disk;
use super::watch::Change;
use crate::source::{SitePath, Sources};

/// A file that changed so shortly before it was read may change again without its stamp telling: some drives count the
/// time in steps of two seconds.
const TOO_FRESH: Duration = Duration::from_secs(3);

/// The site folder.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// What it holds.
    pub sources: Sources,
    stamps: BTreeMap<SitePath, Stamp>,
}

/// Changes when a file does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    bytes: u64,
    modified: SystemTime,
    node: (u64, i64, i64),
}

impl Folder {
    /// Reads all of it.
    ///
    /// # Errors
    /// See [`disk::lift`].
    pub fn read(root: &Path) -> anyhow::Result<Self> {
        Ok(Self { root: root.to_owned(), sources: disk::lift(root)?, stamps: BTreeMap::new() })
    }

    /// Looks where a change was heard of, and gives the paths of the files that are now other than they were.
    /// A file that cannot be read is a note among the sources, never the end.
    pub fn refresh(&mut self, change: &Change) -> BTreeSet<SitePath> {
        match change {
            Change::At(paths) => paths.iter().flat_map(|path| self.look_at(path)).collect(),
            Change::Everywhere => {
                disk::PARTS.iter().flat_map(|part| self.look_at(&self.root.join(part))).collect()
            }
        }
    }

    fn look_at(&mut self, path: &Path) -> Vec<SitePath> {
        let Some(name) = disk::site_path(&self.root, path) else {
            return Vec::new();
        };
        let disk::Present { files, troubles } = disk::present(&self.root, path);
        let mut changed = Vec::new();
        let mut present: BTreeSet<SitePath> = BTreeSet::new();
        for (name, trouble) in troubles {
            if self.sources.refuse(&name, trouble) {
                changed.push(name.clone());
            }
            present.insert(name);
        }
        for (name, path) in files {
            if self.take(&name, &path) {
                changed.push(name.clone());
            }
            present.insert(name);
        }
        for gone in self.sources.paths_at(&name) {
            if !present.contains(&gone) {
                self.sources.remove(&gone);
                self.stamps.remove(&gone);
                changed.push(gone);
            }
        }
        changed
    }

    /// Reads one file unless its stamp is the one it had, and tells whether it is other than it was.
    fn take(&mut self, name: &SitePath, path: &Path) -> bool {
        let stamp = stamp(path);
        if stamp.is_some() && self.stamps.get(name) == stamp.as_ref() {
            return false;
        }
        self.stamps.remove(name);
        match disk::read(&self.root, path) {
            Ok((_, disk::Lifted::Text(bytes))) => {
                if let Some(stamp) = stamp.filter(Stamp::is_old) {
                    self.stamps.insert(name.clone(), stamp);
                }
                self.sources.update(name, bytes)
            }
            Ok((_, disk::Lifted::Static(file))) => self.sources.update_static(name, file),
            // It went while we looked: the event that says so is on its way.
            Err(_) if !path.exists() => self.sources.remove(name),
            Err(error) => {
                let note = disk::trouble("unreadable", &error).in_file(name);
                self.sources.refuse(name, note)
            }
        }
    }
}

impl Stamp {
    fn is_old(&self) -> bool {
        self.modified.elapsed().is_ok_and(|age| age > TOO_FRESH)
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let meta = fs::metadata(path).ok()?;
    Some(Stamp { bytes: meta.len(), modified: meta.modified().ok()?, node: node(&meta) })
}

/// The file's number and the time of its last change of any kind, where the system has them.
#[cfg(unix)]
fn node(meta: &fs::Metadata) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (meta.ino(), meta.ctime(), meta.ctime_nsec())
}

#[cfg(not(unix))]
fn node(_meta: &fs::Metadata) -> (u64, i64, i64) {
    (0, 0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everywhere_means_everything_that_is_other_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("a folder");
        let write = |path: &str, text: &str| {
            let path = root.join(path);
            fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        };
        for path in ["newsgen.yaml", "content/briefings/a.md", "content/briefings/b.md", "static/note.txt"] {
            write(path, "title: One\n");
        }
        let mut held = Folder::read(&root).expect("a folder");
        assert!(held.refresh(&Change::Everywhere).is_empty());
        write("newsgen.yaml", "title: Two\n");
        write("content/briefings/deep/c.md", "New.\n");
        write("static/note.txt", "another note\n");
        fs::remove_file(root.join("content/briefings/b.md")).expect("a file");
        let changed = held.refresh(&Change::Everywhere);
        let changed: Vec<&str> = changed.iter().map(SitePath::as_str).collect();
        let expected =
            ["content/briefings/b.md", "content/briefings/deep/c.md", "newsgen.yaml", "static/note.txt"];
        assert_eq!(changed, expected);
        assert!(held.refresh(&Change::Everywhere).is_empty());
    }
}
