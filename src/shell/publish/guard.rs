//! Where a site may go, and where it may not.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::manifest::Manifest;
use crate::shell::disk::PARTS;

const ELSEWHERE: &str = "build into a folder of its own, such as `-o public`";

/// What may lie in a folder before newsgen first writes there: what people put into one that is to become a site.
const HARMLESS: [&str; 8] =
    [".git", ".gitattributes", ".gitignore", ".gitkeep", ".domains", ".well-known", ".DS_Store", "CNAME"];

/// The real place of an output folder, which need not exist yet.
///
/// # Errors
/// It is a place that no site may go to; the message says why, and one thing to do.
pub fn place(root: &Path, written: &Path) -> anyhow::Result<PathBuf> {
    let place = real(&root.join(written))?;
    let shown = place.display();
    let root = fs::canonicalize(root)?;
    if place.parent().is_none() {
        bail!("{shown} is the root of the disk: no site goes there\n  help: {ELSEWHERE}");
    }
    if let Some(home) = std::env::home_dir().and_then(|home| fs::canonicalize(home).ok()) {
        if place == home {
            bail!("{shown} is your home folder: no site goes there\n  help: {ELSEWHERE}");
        }
        if home.starts_with(&place) {
            bail!("{shown} holds your home folder: no site goes there\n  help: {ELSEWHERE}");
        }
    }
    if root.starts_with(&place) {
        bail!(
            "{shown} holds the newsletter's sources: publishing there would mix pages into them\n  help: {ELSEWHERE}"
        );
    }
    for part in PARTS {
        let Ok(part_place) = fs::canonicalize(root.join(part)) else {
            continue;
        };
        if place.starts_with(&part_place) {
            bail!("{shown} is inside {part}, where the newsletter's sources are\n  help: {ELSEWHERE}");
        }
        if part_place.starts_with(&place) {
            bail!("{shown} holds {part}, a part of the newsletter's sources\n  help: {ELSEWHERE}");
        }
    }
    Ok(place)
}

/// A path with its links followed as far as it exists.
fn real(path: &Path) -> anyhow::Result<PathBuf> {
    match fs::canonicalize(path) {
        Ok(real) if real.is_dir() => Ok(real),
        Ok(_) => bail!("{} is a file, not a folder\n  help: {ELSEWHERE}", path.display()),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            if path.is_symlink() {
                bail!(
                    "{} is a link that leads nowhere\n  help: delete the link, or make the folder it leads to",
                    path.display()
                );
            }
            let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
                bail!("{} is no folder\n  help: {ELSEWHERE}", path.display());
            };
            Ok(real(parent)?.join(name))
        }
        Err(error) => Err(error).with_context(|| format!("cannot open the folder {}", path.display())),
    }
}

/// What newsgen wrote into a folder; refuses one that holds files and that newsgen did not make.
///
/// # Errors
/// The folder is somebody else's, or cannot be read.
pub fn claimed(place: &Path) -> anyhow::Result<Manifest> {
    if let Some(manifest) = Manifest::read(place)? {
        return Ok(manifest);
    }
    let cannot = || format!("cannot read the folder {}", place.display());
    let mut strange = Vec::new();
    match fs::read_dir(place) {
        Ok(entries) => {
            for entry in entries {
                let name = entry.with_context(cannot)?.file_name();
                let name = name.to_string_lossy().into_owned();
                if !HARMLESS.contains(&name.as_str()) {
                    strange.push(name);
                }
            }
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error).with_context(cannot),
    }
    strange.sort();
    let Some(first) = strange.first() else {
        return Ok(Manifest::default());
    };
    let shown = place.display();
    if strange.iter().any(|name| name == crate::config::FILE) {
        bail!("{shown} holds the sources of a newsletter ({})\n  help: {ELSEWHERE}", crate::config::FILE);
    }
    let more = match strange.len() - 1 {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    bail!(
        "{shown} is not empty, and newsgen did not make it: it holds {first}{more}\n  help: move what you want to keep elsewhere and delete the folder, or build into another one with `-o`"
    )
}
