//! The folder beside the output where the next site is made: `.public.newsgen` beside `public`.
//!
//! It is locked while a build works in it. The lock belongs to the process: one that is killed leaves its files here,
//! but not its lock, and the next build tidies up.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::exchange;
use super::file::is_one_file;

/// A locked workshop. Dropping it removes the folder and everything in it.
#[derive(Debug)]
pub struct Workshop {
    folder: PathBuf,
    // Held for its lock; closed before the folder goes.
    lock: Option<File>,
}

impl Workshop {
    /// Opens the workshop beside an output folder, and tidies up after a build that was killed in it.
    ///
    /// # Errors
    /// Another build is at work, or the disk fails.
    pub fn open(out: &Path) -> anyhow::Result<Self> {
        let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
            bail!("{} is no place for a site", out.display());
        };
        fs::create_dir_all(parent).with_context(|| format!("cannot make the folder {}", parent.display()))?;
        let folder = parent.join(format!(".{}.newsgen", name.to_string_lossy()));
        let workshop = Self::locked(folder, out)?;
        for aside in workshop.aside() {
            let _ = remove(&aside);
        }
        let tidied = exchange::recover(&workshop.tree(), &workshop.old(), out);
        // What cannot be removed steps aside: the next site does not wait for it.
        let tidied = tidied.or_else(|error| workshop.set_aside().map_err(|_| error));
        tidied.with_context(|| {
            format!("cannot tidy up {} after a build that did not end", workshop.folder.display())
        })?;
        Ok(workshop)
    }

    /// Puts the old site, which cannot be removed, where it is in nobody's way.
    ///
    /// # Errors
    /// There is none, or the disk fails.
    pub fn set_aside(&self) -> io::Result<()> {
        let mut number = 1;
        let mut aside = self.folder.join("aside-1");
        while fs::symlink_metadata(&aside).is_ok() {
            number += 1;
            aside = self.folder.join(format!("aside-{number}"));
        }
        fs::rename(self.old(), aside)
    }

    /// What stepped aside and is still there, in the order of the names.
    #[must_use]
    pub fn aside(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let is_aside = |path: &PathBuf| {
            path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with("aside-"))
        };
        let mut aside: Vec<PathBuf> = entries.filter(is_aside).collect();
        aside.sort();
        aside
    }

    fn locked(folder: PathBuf, out: &Path) -> anyhow::Result<Self> {
        let cannot = || {
            format!(
                "cannot make the folder {}: newsgen makes the new site there, beside {}, before it switches",
                folder.display(),
                out.display()
            )
        };
        // A build that ends takes its folder away: between our steps it may be gone again. Then we start afresh.
        for _ in 0..100 {
            match fs::create_dir(&folder) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    if !fs::symlink_metadata(&folder).is_ok_and(|meta| meta.is_dir()) {
                        bail!("{} is in the way\n  help: delete it", folder.display());
                    }
                }
                Err(error) => return Err(error).with_context(cannot),
            }
            let path = folder.join("lock");
            let lock = match File::options().create(true).truncate(false).write(true).open(&path) {
                Ok(lock) => lock,
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                Err(error) => return Err(error).with_context(cannot),
            };
            match lock.try_lock() {
                // A disk without locks is locked by nobody.
                Ok(()) | Err(TryLockError::Error(_)) => {}
                Err(TryLockError::WouldBlock) => bail!(
                    "another build is writing {} at this moment\n  help: wait until it is done",
                    out.display()
                ),
            }
            let is_ours = fs::metadata(&path)
                .and_then(|there| Ok(is_one_file(&there, &lock.metadata()?)))
                .unwrap_or(false);
            if is_ours {
                return Ok(Self { folder, lock: Some(lock) });
            }
        }
        bail!("cannot lock {}\n  help: wait until other builds are done", folder.display())
    }

    /// The folder itself.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the new site grows.
    #[must_use]
    pub fn tree(&self) -> PathBuf {
        self.folder.join("tree")
    }

    /// Where the old site waits for its end.
    #[must_use]
    pub fn old(&self) -> PathBuf {
        self.folder.join("old")
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        // Whatever fails here, the next build does again.
        let _ = remove(&self.tree());
        if fs::symlink_metadata(self.old()).is_err() {
            let _ = fs::remove_file(self.folder.join("lock"));
            let _ = fs::remove_dir(&self.folder);
        }
        drop(self.lock.take());
    }
}

/// Removes a folder and all it holds, on every core. Links in it are removed, not followed.
///
/// # Errors
/// The disk fails. A folder that is not there is no error.
pub fn remove(folder: &Path) -> io::Result<()> {
    use rayon::prelude::*;
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries.collect::<io::Result<Vec<_>>>()?,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    emptied(folder, || {
        entries.par_iter().try_for_each(|entry| {
            let gone = if entry.file_type()?.is_dir() {
                remove(&entry.path())
            } else {
                fs::remove_file(entry.path())
            };
            // A second attempt meets what the first has removed.
            gone.or_else(|error| if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) })
        })
    })?;
    fs::remove_dir(folder)
}

/// Empties a folder; one that may not be written to (others made such) is opened first.
///
/// # Errors
/// The disk fails.
pub fn emptied(folder: &Path, empty: impl Fn() -> io::Result<()>) -> io::Result<()> {
    match empty() {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            let mut permissions = fs::metadata(folder)?.permissions();
            if !permissions.readonly() {
                return Err(error);
            }
            set_writable(&mut permissions);
            fs::set_permissions(folder, permissions)?;
            empty()
        }
        done => done,
    }
}

#[cfg(unix)]
fn set_writable(permissions: &mut fs::Permissions) {
    use std::os::unix::fs::PermissionsExt;
    permissions.set_mode(permissions.mode() | 0o700);
}

#[cfg(not(unix))]
fn set_writable(permissions: &mut fs::Permissions) {
    permissions.set_readonly(false);
}
