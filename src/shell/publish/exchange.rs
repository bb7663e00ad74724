//! The instant in which the new site takes the place of the old one.
//!
//! On Linux and macOS the two folders change places in one step of the file system (`renameat2` with
//! `RENAME_EXCHANGE`, `renamex_np` with `RENAME_SWAP`): no instant has half a site. Where the system or the disk
//! cannot do that, the old folder steps aside first; a build that is killed between the two steps leaves no site for
//! a moment, and the next build puts the old one back before it does anything else.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::file::is_one_file;
use super::manifest::Manifest;
use super::standing::name;
use super::workshop::{emptied, remove};

/// Puts the new site (`tree`) in its place (`out`). The old one, if there was one, is then in `old`.
///
/// # Errors
/// The disk fails; the old site is in its place then.
pub fn switch(tree: &Path, old: &Path, out: &Path) -> io::Result<()> {
    if fs::symlink_metadata(out).is_err() {
        return fs::rename(tree, out);
    }
    match swap(tree, out) {
        Ok(()) => {
            // What is in the workshop now is the old site: under its own name, so that nobody takes it for a new one.
            // Should that fail, it is removed with the workshop.
            let _ = fs::rename(tree, old);
            Ok(())
        }
        Err(error) if cannot_swap(&error) => step_aside(tree, old, out),
        Err(error) => Err(error),
    }
}

/// Two steps instead of one.
fn step_aside(tree: &Path, old: &Path, out: &Path) -> io::Result<()> {
    fs::rename(out, old)?;
    fs::rename(tree, out).inspect_err(|_| {
        // Nothing more can be done here if this fails too; the next build tries again.
        let _ = fs::rename(old, out);
    })
}

/// Brings the workshop of a build that was killed into order: the old site goes back if it had stepped aside,
/// left-overs go.
///
/// # Errors
/// The disk fails.
pub fn recover(tree: &Path, old: &Path, out: &Path) -> io::Result<()> {
    if fs::symlink_metadata(old).is_ok() {
        if fs::symlink_metadata(out).is_err() {
            fs::rename(old, out)?;
        } else {
            clear(old, out)?;
        }
    }
    remove(tree)
}

/// Removes the old site. What others put there after the new site was made (a commit in `.git`, say) moves to the
/// new one.
///
/// # Errors
/// The disk fails.
pub fn clear(old: &Path, out: &Path) -> io::Result<()> {
    use rayon::prelude::*;
    let manifest = Manifest::read(old).ok().flatten().unwrap_or_default();
    let clearing = Clearing { old, out, manifest: &manifest };
    let mut top: Vec<_> = fs::read_dir(old)?.collect::<io::Result<_>>()?;
    // The list goes last: without it nobody could go on here.
    top.retain(|entry| entry.file_name() != super::manifest::FILE);
    top.par_iter().try_for_each(|entry| clearing.entry(entry))?;
    remove(old)
}

struct Clearing<'a> {
    old: &'a Path,
    out: &'a Path,
    manifest: &'a Manifest,
}

impl Clearing<'_> {
    fn entry(&self, entry: &fs::DirEntry) -> io::Result<()> {
        use rayon::prelude::*;
        let path = entry.path();
        let kind = entry.file_type()?;
        if kind.is_dir() {
            let entries: Vec<_> = fs::read_dir(&path)?.collect::<io::Result<_>>()?;
            emptied(&path, || {
                let left = entries.par_iter().filter(|entry| fs::symlink_metadata(entry.path()).is_ok());
                left.try_for_each(|entry| self.entry(entry))
            })?;
            return fs::remove_dir(&path);
        }
        let inside = path.strip_prefix(self.old).unwrap_or(&path);
        let is_ours = kind.is_file() && name(inside).is_some_and(|name| self.manifest.holds(&name));
        let kept = self.out.join(inside);
        if is_ours || is_kept(&path, &kept) {
            return fs::remove_file(&path);
        }
        if let Some(folder) = kept.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::rename(&path, &kept)
    }
}

/// Whether something foreign is in the new site as it is in the old one.
fn is_kept(old: &Path, new: &Path) -> bool {
    let (Ok(a), Ok(b)) = (fs::symlink_metadata(old), fs::symlink_metadata(new)) else {
        return false;
    };
    if a.is_symlink() && b.is_symlink() {
        return fs::read_link(old).is_ok_and(|a| fs::read_link(new).is_ok_and(|b| a == b));
    }
    is_one_file(&a, &b)
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn swap(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn swap(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Whether the kernel or the disk does not know how to exchange two folders: `ENOSYS`, `EOPNOTSUPP`, `EINVAL`.
fn cannot_swap(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    /// A place with an old site and a new one beside it.
    struct Place {
        folder: tempfile::TempDir,
    }

    impl Place {
        fn new() -> Self {
            let place = Self { folder: tempfile::tempdir().expect("a folder") };
            place.site("public", "old");
            place.site("tree", "new");
            place
        }

        fn at(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        fn site(&self, name: &str, page: &str) {
            fs::create_dir(self.at(name)).expect("a folder");
            fs::write(self.at(name).join("index.html"), page).expect("a page");
            let list = Manifest::of(["index.html"].into_iter());
            fs::write(self.at(name).join(super::super::manifest::FILE), list).expect("a list");
        }

        fn page(&self) -> Option<String> {
            fs::read_to_string(self.at("public/index.html")).ok()
        }

        fn recover(&self) {
            recover(&self.at("tree"), &self.at("old"), &self.at("public")).expect("order");
            assert!(!self.at("tree").exists() && !self.at("old").exists());
        }
    }

    #[test]
    fn the_new_site_takes_the_place_of_the_old_one() {
        let place = Place::new();
        switch(&place.at("tree"), &place.at("old"), &place.at("public")).expect("a switch");
        assert_eq!(place.page().as_deref(), Some("new"));
        assert!(place.at("old").exists() && !place.at("tree").exists());
    }

    #[test]
    fn a_disk_that_cannot_exchange_gets_two_steps() {
        let place = Place::new();
        step_aside(&place.at("tree"), &place.at("old"), &place.at("public")).expect("a switch");
        assert_eq!(place.page().as_deref(), Some("new"));
        assert!(cannot_swap(&io::Error::from(ErrorKind::Unsupported)));
        assert!(!cannot_swap(&io::Error::from(ErrorKind::PermissionDenied)));
    }

    #[test]
    fn killed_between_the_two_steps_the_old_site_comes_back() {
        let place = Place::new();
        fs::rename(place.at("public"), place.at("old")).expect("the first step");
        place.recover();
        assert_eq!(place.page().as_deref(), Some("old"));
    }

    #[test]
    fn killed_after_the_switch_the_new_site_stays() {
        let place = Place::new();
        switch(&place.at("tree"), &place.at("old"), &place.at("public")).expect("a switch");
        place.recover();
        assert_eq!(place.page().as_deref(), Some("new"));
    }

    #[test]
    fn killed_before_the_switch_the_old_site_stays() {
        let place = Place::new();
        place.recover();
        assert_eq!(place.page().as_deref(), Some("old"));
    }

    #[test]
    fn what_others_put_into_the_old_site_in_the_last_moment_moves_to_the_new_one() {
        let place = Place::new();
        switch(&place.at("tree"), &place.at("old"), &place.at("public")).expect("a switch");
        fs::create_dir_all(place.at("old/.git/objects")).expect("a folder");
        fs::write(place.at("old/.git/objects/1f"), "a commit").expect("a file");
        clear(&place.at("old"), &place.at("public")).expect("order");
        let moved = fs::read_to_string(place.at("public/.git/objects/1f")).expect("it is kept");
        assert_eq!(moved, "a commit");
        assert!(!place.at("old").exists());
    }
}
