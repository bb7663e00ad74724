//! The site folder, lifted into memory.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Context, bail};
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::config;
use crate::diagnostic::Diagnostic;
use crate::source::{SitePath, Sources, StaticFile};

/// The folders and files a site is made of.
pub const PARTS: [&str; 7] =
    [config::FILE, "content", "templates", "static", "regions.yaml", "entities.yaml", "lenses.yaml"];

/// A text that is larger is not a briefing but a mistake.
const LARGEST_TEXT: u64 = 16 * 1024 * 1024;

/// The nearest folder with a `newsgen.yaml`, from `start` upwards.
///
/// # Errors
/// There is none: the message says what to do.
pub fn find_root(start: &Path) -> anyhow::Result<PathBuf> {
    let start =
        fs::canonicalize(start).with_context(|| format!("cannot open the folder {}", start.display()))?;
    for folder in start.ancestors() {
        if folder.join(config::FILE).is_file() {
            return Ok(folder.to_owned());
        }
    }
    bail!(
        "no {} here or in a folder above\n  help: run this in a newsletter's folder, or start one with `newsgen init my-newsletter`",
        config::FILE
    )
}

/// Reads a whole site folder.
///
/// # Errors
/// A folder or file that cannot be read, or a link that leads out of the site.
pub fn lift(root: &Path) -> anyhow::Result<Sources> {
    let mut files = Vec::new();
    for part in PARTS {
        let start = root.join(part);
        if !start.exists() {
            continue;
        }
        for entry in
            WalkDir::new(&start).sort_by_file_name().follow_links(true).into_iter().filter_entry(is_ours)
        {
            let entry = entry.with_context(|| format!("cannot read {part}"))?;
            if entry.file_type().is_file() {
                if entry.path_is_symlink() || entry.depth() > 0 {
                    inside(root, &entry)?;
                }
                files.push(entry.into_path());
            }
        }
    }
    let read: Vec<anyhow::Result<(SitePath, Lifted)>> =
        files.par_iter().map(|path| read(root, path)).collect();
    let mut sources = Sources::new();
    for file in read {
        let (path, lifted) = file?;
        put(&mut sources, path, lifted);
    }
    Ok(sources)
}

/// What is at a path of the site folder.
#[derive(Debug, Default)]
pub struct Present {
    /// The files, each with its place on the disk.
    pub files: Vec<(SitePath, PathBuf)>,
    /// Links that lead out of the site, and folders that cannot be opened.
    pub troubles: Vec<(SitePath, Diagnostic)>,
}

/// The files at a path: itself, or all below it; none if nothing is there.
#[must_use]
pub fn present(root: &Path, path: &Path) -> Present {
    let mut present = Present::default();
    for entry in WalkDir::new(path).sort_by_file_name().follow_links(true).into_iter().filter_entry(is_ours) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let gone = error.io_error().is_some_and(|why| why.kind() == std::io::ErrorKind::NotFound);
                if let Some(name) = error.path().and_then(|path| site_path(root, path)).filter(|_| !gone) {
                    let note = trouble("unreadable", &error.into());
                    present.troubles.push((name.clone(), note.in_file(&name)));
                }
                continue;
            }
        };
        let Some(name) = site_path(root, entry.path()).filter(|_| entry.file_type().is_file()) else {
            continue;
        };
        match inside(root, &entry) {
            Ok(()) => present.files.push((name, entry.into_path())),
            Err(error) => {
                let note = trouble("link-out", &error).in_file(&name);
                present.troubles.push((name, note));
            }
        }
    }
    present
}

/// What is wrong with a file, as a note: the error with its causes on one line, and what to do.
#[must_use]
pub fn trouble(code: &'static str, error: &anyhow::Error) -> Diagnostic {
    let words = error.chain().map(ToString::to_string).collect::<Vec<_>>().join(": ");
    let (message, help) = words.split_once("\n  help: ").unwrap_or((&words, "see who may read it"));
    Diagnostic::error(code, message).help(help)
}

/// One file, as it is kept in memory.
pub enum Lifted {
    /// A text: its bytes.
    Text(Vec<u8>),
    /// A file that is only copied.
    Static(StaticFile),
}

/// Puts a file in its place.
pub fn put(sources: &mut Sources, path: SitePath, lifted: Lifted) {
    match lifted {
        Lifted::Text(bytes) => sources.add(path, bytes),
        Lifted::Static(file) => sources.add_static(path, file),
    }
}

/// A file's path inside the site folder.
#[must_use]
pub fn site_path(root: &Path, path: &Path) -> Option<SitePath> {
    path.strip_prefix(root).ok().map(|path| SitePath::new(&path.to_string_lossy()))
}

/// Reads one file of the site folder.
///
/// # Errors
/// It cannot be read, or is far too large for a text.
pub fn read(root: &Path, path: &Path) -> anyhow::Result<(SitePath, Lifted)> {
    let name =
        site_path(root, path).with_context(|| format!("{} is not in the site folder", path.display()))?;
    let cannot = || format!("cannot read {name}");
    let meta = fs::metadata(path).with_context(cannot)?;
    if is_text(&name) {
        if meta.len() > LARGEST_TEXT {
            bail!(
                "{name} is larger than 16 MB\n  help: move it to static/ if it should be published as it is"
            );
        }
        return Ok((name.clone(), Lifted::Text(fs::read(path).with_context(cannot)?)));
    }
    let modified = meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let stamp = modified.map_or(0, |age| u64::try_from(age.as_nanos() & u128::from(u64::MAX)).unwrap_or(0));
    let is_linked = matches!(name.extension(), "css" | "js" | "mjs" | "svg" | "png" | "ico");
    let digest = if is_linked && meta.len() <= LARGEST_TEXT {
        Some(blake3::hash(&fs::read(path).with_context(cannot)?).to_hex()[..10].to_owned())
    } else {
        None
    };
    Ok((name, Lifted::Static(StaticFile { bytes: meta.len(), stamp, digest })))
}

/// Whether a file is read as text, or only copied.
#[must_use]
pub fn is_text(path: &SitePath) -> bool {
    let is_content = path.below("content").is_some();
    match path.extension().to_ascii_lowercase().as_str() {
        "md" | "txt" | "markdown" => is_content,
        _ => path.below("templates").is_some() || !(is_content || path.below("static").is_some()),
    }
}

/// What editors and file managers leave lying about is not part of a site.
fn is_ours(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.depth() == 0 || is_our_name(&name)
}

/// Whether a file's name is one that people give, not one that an editor or a file manager makes.
#[must_use]
pub fn is_our_name(name: &str) -> bool {
    let hidden = name.starts_with('.') && name != ".well-known" && name != ".nojekyll";
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or("");
    let left_over = name.ends_with('~') || matches!(ending, "swp" | "swx" | "tmp") || name == "Thumbs.db";
    let lock = name.starts_with('#') && name.ends_with('#');
    !hidden && !left_over && !lock
}

/// Refuses a link that leads out of the site: it would publish what nobody meant to publish.
fn inside(root: &Path, entry: &DirEntry) -> anyhow::Result<()> {
    if !entry.path_is_symlink()
        && entry.path().ancestors().skip(1).all(|folder| !folder.is_symlink() || folder == root)
    {
        return Ok(());
    }
    let real =
        fs::canonicalize(entry.path()).with_context(|| format!("cannot read {}", entry.path().display()))?;
    let real_root = fs::canonicalize(root)?;
    if real.starts_with(&real_root) {
        return Ok(());
    }
    bail!(
        "{} is a link that leads out of the site\n  help: copy the file into the site folder",
        entry.path().strip_prefix(root).unwrap_or(entry.path()).display()
    )
}
