//! `newsgen rename`: another name, everywhere, with the old address leading to the new one. All or nothing.

use std::fs;
use std::io::Write;

use anyhow::{Context, bail};

use super::cli::{Common, Outcome};
use super::{clock, disk, whole_file};
use crate::config;
use crate::encoding::Encoding;
use crate::rename::{self, Renaming};
use crate::site::{Settings, Site};
use crate::source::{SitePath, Sources};

/// What `newsgen rename` may be told.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  newsgen rename content/briefings/2025-06-05-call.txt putin-call\n  newsgen rename /briefings/2025-06-05-call/ putin-call\n  newsgen rename actor:zelenskiy \"Volodymyr Zelensky\"\n  newsgen rename lens:investors Markets --dry-run"
)]
pub struct Rename {
    /// A briefing's file, address or slug; `actor:…`, `region:…`, `lens:…`, or a name that only one thing has
    #[arg(value_name = "OLD")]
    pub old: String,
    /// The new name
    #[arg(value_name = "NEW")]
    pub new: String,
    /// Say what would be changed, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Renames.
///
/// # Errors
/// The new name does not work, or the disk fails; then nothing is changed.
pub fn run(common: &Common, rename: &Rename) -> anyhow::Result<Outcome> {
    let root = common.root()?;
    let sources = disk::lift(&root)?;
    let zone = config::read(&sources).value.time_zone;
    let now = clock::moment(None, &zone)?;
    let settings = Settings { now, drafts: true, future: true, base_url: None, explain: false };
    let site = Site::of(sources, settings, None).value;
    let old = match super::check::in_site(&root, rename.old.as_ref()) {
        Ok(path) if site.files.contains_key(&path) => path.to_string(),
        _ => rename.old.clone(),
    };
    let renaming = match rename::prepare(&site, &old, &rename.new) {
        Ok(renaming) => renaming,
        Err(refusal) => bail!("{}\n  help: {}", refusal.message, refusal.help),
    };
    if !rename.dry_run {
        write(&root, &renaming, &site.sources)?;
    }
    if !common.quiet {
        let mut out = anstream::stdout().lock();
        say(&mut out, &renaming, &site.sources, rename.dry_run)?;
    }
    Ok(Outcome::Fine)
}

/// Every file is written beside its place first; only when all are there are they moved. What has been moved is put
/// back if a later one fails.
fn write(root: &std::path::Path, renaming: &Renaming, sources: &Sources) -> anyhow::Result<()> {
    let mut ready = Vec::new();
    for (path, text) in &renaming.texts {
        let (target, is_new) = match &renaming.moved {
            Some((from, to)) if from == path => (root.join(to.as_str()), true),
            _ => (root.join(path.as_str()), sources.text(path).is_none()),
        };
        let before = if is_new {
            None
        } else {
            Some(fs::read(&target).with_context(|| format!("cannot read {path}"))?)
        };
        let mark = before.as_deref().is_some_and(|bytes| bytes.starts_with(b"\xef\xbb\xbf"));
        let bytes =
            if mark && !text.starts_with('\u{feff}') { format!("\u{feff}{text}") } else { text.clone() };
        ready.push((whole_file::prepare(&target, bytes.as_bytes())?, target, before));
    }
    let mut done: Vec<(std::path::PathBuf, Option<Vec<u8>>)> = Vec::new();
    let undo = |done: &[(std::path::PathBuf, Option<Vec<u8>>)]| {
        for (target, before) in done.iter().rev() {
            let _ = match before {
                Some(bytes) => whole_file::write(target, bytes),
                None => fs::remove_file(target).map_err(Into::into),
            };
        }
    };
    for (file, target, before) in ready {
        let moved = if before.is_none() {
            file.persist_noclobber(&target).map(drop).map_err(|error| error.error)
        } else {
            file.persist(&target).map(drop).map_err(|error| error.error)
        };
        if let Err(error) = moved {
            undo(&done);
            return Err(error)
                .with_context(|| format!("cannot write {}; nothing is changed", target.display()));
        }
        done.push((target, before));
    }
    if let Some((from, _)) = &renaming.moved
        && let Err(error) = fs::remove_file(root.join(from.as_str()))
    {
        undo(&done);
        return Err(error).with_context(|| format!("cannot move {from}; nothing is changed"));
    }
    Ok(())
}

fn say(out: &mut impl Write, renaming: &Renaming, sources: &Sources, dry: bool) -> std::io::Result<()> {
    if dry {
        writeln!(out, "would change, and has changed nothing:")?;
    }
    for path in renaming.texts.keys() {
        match &renaming.moved {
            Some((from, to)) if from == path => writeln!(out, "  {from} → {to}")?,
            _ if sources.text(path).is_none() => writeln!(out, "  {path} (new)")?,
            _ => writeln!(out, "  {path}{}", resaved(path, sources))?,
        }
    }
    if renaming.from == renaming.to {
        writeln!(out, "{} keeps its address; its printed name changes", renaming.to.as_str())?;
    } else {
        writeln!(out, "{} leads to {}", renaming.from.as_str(), renaming.to.as_str())?;
    }
    writeln!(out, "next: newsgen check")
}

/// What was Windows-1252 is UTF-8 from now on.
fn resaved(path: &SitePath, sources: &Sources) -> &'static str {
    match sources.text(path).map(|text| text.encoding) {
        Some(Encoding::Windows1252) => " (saved as UTF-8)",
        Some(Encoding::Utf8) | None => "",
    }
}
