//! Pages onto the disk, so that the output folder is whole at every instant.
//!
//! The new site is made beside the old one, then the two change places in one step. A build that is killed, or finds
//! the disk full, leaves the old site as it was. Files whose bytes did not change are carried over as they are (the
//! same file, not a copy); files that newsgen did not write are carried over too.
//!
//! Nothing waits for the disk to have written what it was given (`fsync`): a *process* that dies cannot tear the
//! site, and after a *machine* that died the next build compares every byte with what is there and mends it. That is
//! worth more than seconds at every build, for a folder that can be made again at any time.

mod exchange;
mod file;
mod guard;
mod manifest;
mod standing;
mod tree;
mod workshop;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use indicatif::ProgressBar;

use crate::diagnostic::Diagnostic;
use crate::site::Site;
use file::Modes;
use standing::Standing;
use tree::Tree;
use workshop::Workshop;

pub use guard::place;
pub use tree::Order;

/// What was published.
#[derive(Debug, Default)]
pub struct Published {
    /// Files of the site.
    pub files: usize,
    /// Files that are new, or other than before.
    pub changed: usize,
    /// Files of the site before that are no longer there.
    pub removed: usize,
    /// Notes of pages that could not be rendered: then nothing was published. Else of what could not be removed.
    pub notes: Vec<Diagnostic>,
}

impl Published {
    /// Whether nothing of a site before is in it.
    #[must_use]
    pub fn is_first(&self) -> bool {
        self.changed == self.files && self.removed == 0
    }
}

/// Publishes a site into a folder (see [`place`]).
///
/// # Errors
/// The folder is not newsgen's, another build is at work there, or the disk fails. The old site is untouched then.
pub fn publish(site: &Site, root: &Path, out: &Path, progress: &ProgressBar) -> anyhow::Result<Published> {
    let pages = site.pages();
    let files: Vec<String> = pages.iter().map(|page| page.route.file()).collect();
    put(out, &Order { root, files: &files, render: &|at| site.render(&pages[at]), progress })
}

/// Publishes files into a folder.
///
/// # Errors
/// As [`publish`].
pub fn put(out: &Path, order: &Order<'_>) -> anyhow::Result<Published> {
    attempt(out, order).map_err(|error| {
        let mut causes = error.chain();
        let Some(cause) = causes.find_map(|cause| cause.downcast_ref::<std::io::Error>()) else {
            return error;
        };
        let state = if out.exists() {
            format!("{} is as it was", out.display())
        } else {
            "nothing was published".to_owned()
        };
        let told = told(&error);
        match tree::advice(cause) {
            Some(advice) => anyhow::anyhow!("{told}; {state}\n  help: {advice}"),
            None => anyhow::anyhow!("{told}; {state}"),
        }
    })
}

/// An error and its cause in one line.
fn told(error: &anyhow::Error) -> String {
    let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    causes.join(": ")
}

fn attempt(out: &Path, order: &Order<'_>) -> anyhow::Result<Published> {
    // Before anything is made: a folder that is somebody else's does not even get a neighbour.
    guard::claimed(out)?;
    let workshop = Workshop::open(out)?;
    let manifest = guard::claimed(out)?;
    let standing = Standing::of(out, &manifest)?;
    let modes = Modes::found(workshop.folder())
        .with_context(|| format!("cannot write into {}", workshop.folder().display()))?;
    let tree = Tree { order, out, standing: &standing, place: workshop.tree(), modes };
    let grown = tree.grow()?;
    let mut published =
        Published { files: order.files.len(), changed: grown.written, removed: 0, notes: grown.notes };
    if !published.notes.is_empty() {
        return Ok(published);
    }
    published.removed = removed(&standing, order.files);
    let (tree, old): (PathBuf, PathBuf) = (workshop.tree(), workshop.old());
    exchange::switch(&tree, &old, out)
        .with_context(|| format!("cannot switch {} to the new site", out.display()))?;
    if fs::symlink_metadata(&old).is_ok() && exchange::clear(&old, out).is_err() {
        // Should this fail too, the next build does it.
        let _ = workshop.set_aside();
    }
    let left = workshop.aside().into_iter().chain(fs::symlink_metadata(&old).is_ok().then_some(old));
    published.notes.extend(left.map(|folder| {
        let message = format!("an earlier site cannot be removed from {}", folder.display());
        Diagnostic::warning("left-over", message)
            .help("the new site is published; delete that folder as whoever owns what is in it")
    }));
    Ok(published)
}

/// How many of newsgen's files are gone.
fn removed(standing: &Standing, files: &[String]) -> usize {
    let kept = files.iter().filter(|file| standing.ours.contains(*file));
    // The list itself is among them, and is made anew every time.
    let list = usize::from(standing.ours.contains(manifest::FILE));
    standing.ours.len() - list - kept.count()
}
