//! Pages onto the disk.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Context;
use indicatif::ProgressBar;
use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::render::Rendered;
use crate::site::Site;

/// What was published.
#[derive(Debug, Default)]
pub struct Published {
    /// Files of the site.
    pub files: usize,
    /// Notes of pages that could not be rendered.
    pub notes: Vec<Diagnostic>,
}

/// Renders every page into a folder.
///
/// # Errors
/// The disk fails.
pub fn publish(site: &Site, root: &Path, out: &Path, progress: &ProgressBar) -> anyhow::Result<Published> {
    let folders: BTreeSet<_> = site
        .pages()
        .iter()
        .filter_map(|page| out.join(page.route.file()).parent().map(Path::to_owned))
        .collect();
    for folder in folders {
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    let results: Vec<anyhow::Result<Option<Diagnostic>>> = site
        .pages()
        .par_iter()
        .map(|page| {
            let target = out.join(page.route.file());
            progress.inc(1);
            match site.render(page) {
                Ok(Rendered::Bytes(bytes)) => {
                    fs::write(&target, bytes)
                        .with_context(|| format!("cannot write {}", target.display()))?;
                    Ok(None)
                }
                Ok(Rendered::Copy(path)) => {
                    fs::copy(root.join(path.as_str()), &target)
                        .with_context(|| format!("cannot copy {path}"))?;
                    Ok(None)
                }
                Err(note) => Ok(Some(*note)),
            }
        })
        .collect();
    let mut published = Published { files: site.pages().len(), notes: Vec::new() };
    for result in results {
        published.notes.extend(result?);
    }
    Ok(published)
}
