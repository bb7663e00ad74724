//! What stands in the output folder before a build: newsgen's own files, and everybody else's.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use rayon::prelude::*;

use super::file::is_one_disk;
use super::manifest::Manifest;

/// Something newsgen did not make, and will keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// A file (or a socket, or a pipe).
    File,
    /// A symbolic link.
    Link,
    /// A folder with nothing in it.
    EmptyFolder,
}

/// What stands in an output folder. Paths are relative to it.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// What newsgen wrote and is still there, `/` between the parts.
    pub ours: HashSet<String>,
    /// What others put there.
    pub foreign: BTreeMap<PathBuf, Foreign>,
    /// The folders above something foreign.
    pub foreign_folders: BTreeSet<PathBuf>,
}

impl Standing {
    /// Looks through an output folder; one that does not exist is empty.
    ///
    /// # Errors
    /// The disk fails, or another disk is mounted inside.
    pub fn of(out: &Path, manifest: &Manifest) -> anyhow::Result<Self> {
        let top = match fs::metadata(out) {
            Ok(meta) => meta,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read {}", out.display()));
            }
        };
        let walk = Walk { out, manifest, top };
        let mut standing = Self { ours: HashSet::with_capacity(manifest.len()), ..Self::default() };
        for item in walk.below(Path::new(""))? {
            match item {
                Item::Ours(file) => {
                    standing.ours.insert(file);
                }
                Item::Foreign(path, kind) => {
                    let folders = path.ancestors().skip(1);
                    let folders = folders.filter(|folder| !folder.as_os_str().is_empty());
                    standing.foreign_folders.extend(folders.map(Path::to_path_buf));
                    if kind == Foreign::EmptyFolder {
                        standing.foreign_folders.insert(path.clone());
                    }
                    standing.foreign.insert(path, kind);
                }
            }
        }
        Ok(standing)
    }

    /// Which of the planned files (and of the folders they need) would take the place of something foreign.
    /// A planned file in the place of a foreign file is not told here: the two may be equal.
    #[must_use]
    pub fn in_the_way(&self, files: &[String], folders: &BTreeSet<&str>) -> Vec<String> {
        let mut ways = Vec::new();
        if self.foreign.is_empty() {
            return ways;
        }
        for file in files {
            if self.foreign_folders.contains(Path::new(file)) {
                ways.push(file.clone());
            }
        }
        for folder in folders {
            if matches!(self.foreign.get(Path::new(folder)), Some(Foreign::File | Foreign::Link)) {
                ways.push((*folder).to_owned());
            }
        }
        ways
    }
}

enum Item {
    Ours(String),
    Foreign(PathBuf, Foreign),
}

struct Walk<'a> {
    out: &'a Path,
    manifest: &'a Manifest,
    top: Metadata,
}

impl Walk<'_> {
    fn below(&self, folder: &Path) -> anyhow::Result<Vec<Item>> {
        let place = self.out.join(folder);
        let cannot = || format!("cannot read {}", place.display());
        if !is_one_disk(&fs::metadata(&place).with_context(cannot)?, &self.top) {
            bail!(
                "{} is another disk, mounted inside the output folder: it cannot be switched with it\n  help: mount it elsewhere, or build into a folder that holds no mounts",
                place.display()
            );
        }
        let entries = fs::read_dir(&place)
            .with_context(cannot)?
            .map(|entry| {
                let entry = entry?;
                Ok((folder.join(entry.file_name()), entry.file_type()?))
            })
            .collect::<std::io::Result<Vec<_>>>()
            .with_context(cannot)?;
        if entries.is_empty() && !folder.as_os_str().is_empty() {
            return Ok(vec![Item::Foreign(folder.to_path_buf(), Foreign::EmptyFolder)]);
        }
        let found: Vec<anyhow::Result<Vec<Item>>> = entries
            .into_par_iter()
            .map(|(path, kind)| {
                if kind.is_dir() {
                    return self.below(&path);
                }
                let ours = name(&path).filter(|name| kind.is_file() && self.manifest.holds(name));
                Ok(vec![match ours {
                    Some(name) => Item::Ours(name),
                    None if kind.is_symlink() => Item::Foreign(path, Foreign::Link),
                    None => Item::Foreign(path, Foreign::File),
                }])
            })
            .collect();
        let mut items = Vec::new();
        for result in found {
            items.append(&mut result?);
        }
        Ok(items)
    }
}

/// A relative path as newsgen writes it, `/` between the parts; `None` if it is no text.
#[must_use]
pub fn name(path: &Path) -> Option<String> {
    let text = path.to_str()?;
    Some(if std::path::MAIN_SEPARATOR == '/' {
        text.to_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    })
}
