//! `newsgen check`: what an editor would object to, and what is broken on the printed pages. Writes nothing.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Component, Path, PathBuf};
use std::time::Instant;

use anyhow::bail;
use indicatif::{ProgressBar, ProgressStyle};

use super::build::What;
use super::cli::{Common, Outcome};
use super::links::{self, External};
use super::report::{Format, count, counted};
use super::{build, disk, sarif};
use crate::check;
use crate::diagnostic::{Noted, nearest};
use crate::site::Site;
use crate::source::{SitePath, Sources};

/// What `newsgen check` may be told.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  newsgen check                                    everything, the printed pages included\n  newsgen check content/briefings/2025-06-05-call.txt\n  newsgen check --strict --format github           in a workflow\n  newsgen check --external                         other people's pages too\n\nWhat each code means, and how to allow it: docs/checks.md"
)]
pub struct Check {
    /// Report only what concerns these files or folders [default: everything]
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Which site, as of when
    #[command(flatten)]
    pub what: What,
    /// Other people's pages
    #[command(flatten)]
    pub external: External,
}

/// Checks the site.
///
/// # Errors
/// Wrong usage, or the disk fails.
pub fn run(common: &Common, check: &Check) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let root = common.root()?;
    let sources = disk::lift(&root)?;
    let only = only(&root, &check.files, &sources)?;
    let settings = check.what.settings(&sources)?;
    let Noted { value: site, mut notes } = Site::of(sources, settings, None);
    notes.extend(build::homeless(&site));
    notes.extend(check::texts(&site));
    notes.extend(check::whole(&site));
    let progress = bar(site.pages().len(), common.quiet, "{bar:32} {pos}/{len} pages, {eta} left");
    let printed = check::printed::read(&site, &|| progress.inc(1));
    progress.finish_and_clear();
    notes.extend(printed.notes);
    let mut asked = String::new();
    if check.external.external {
        let progress =
            bar(printed.external.len(), common.quiet, "{bar:32} {pos}/{len} addresses, {eta} left");
        let answers = links::ask(&check.external, printed.external, &progress)?;
        progress.finish_and_clear();
        let addresses = if answers.asked == 1 { "address" } else { "addresses" };
        asked = format!(", {} {addresses} of other sites", answers.asked);
        notes.extend(answers.notes);
    }
    let mut notes = check::allow::heed(notes, &site);
    if !only.is_empty() {
        notes.retain(|note| note.place.as_ref().is_some_and(|place| concerns(&only, &place.path)));
    }
    let reporter = common.reporter();
    let tally = reporter.show(&notes, &site.sources);
    let mut stdout = anstream::stdout().lock();
    if common.format == Some(Format::Sarif) {
        writeln!(stdout, "{}", sarif::document(&notes, &site.sources, common.strict))?;
    } else if !common.quiet {
        writeln!(
            stdout,
            "{}: {}, {}{asked} checked in {:.2} s",
            verdict(tally.errors, tally.warnings, tally.notes, common.verbose),
            counted(site.files.values().map(|file| file.briefings.len()).sum(), "briefing"),
            counted(site.pages().len(), "page"),
            started.elapsed().as_secs_f64(),
        )?;
        if tally.errors + tally.warnings == 0 {
            writeln!(stdout, "next: newsgen build")?;
        }
    }
    Ok(if tally.errors > 0 { Outcome::BadContent } else { Outcome::Fine })
}

/// `2 errors, 1 warning`, `no problems`; notes are counted where they are not shown.
fn verdict(errors: usize, warnings: usize, notes: usize, verbose: bool) -> String {
    let found: Vec<String> =
        [count(errors, "error"), count(warnings, "warning")].into_iter().flatten().collect();
    let found = if found.is_empty() { "no problems".to_owned() } else { found.join(", ") };
    match count(notes, "note") {
        Some(notes) if verbose => format!("{found}, {notes}"),
        Some(notes) => format!("{found} ({notes}: newsgen check -v shows them)"),
        None => found,
    }
}

/// The files and folders that are asked about, as paths of the site.
fn only(root: &Path, files: &[PathBuf], sources: &Sources) -> anyhow::Result<BTreeSet<SitePath>> {
    let mut only = BTreeSet::new();
    for file in files {
        let path = in_site(root, file)?;
        let known = || sources.texts().map(|(path, _)| path).chain(sources.statics().map(|(path, _)| path));
        let unreadable = sources.unreadable().filter_map(|note| note.place.as_ref()).map(|place| &place.path);
        if !known().chain(unreadable).any(|known| *known == path || known.below(path.as_str()).is_some()) {
            let near = nearest(path.file_name(), known().map(SitePath::file_name));
            match near {
                Some(near) => bail!("there is no {path} in this site\n  help: did you mean {near}?"),
                None => {
                    bail!("there is no {path} in this site\n  help: name a file below {}", root.display())
                }
            }
        }
        only.insert(path);
    }
    Ok(only)
}

/// A path as it was typed, from here or from the top of the site, as a path of the site.
pub(super) fn in_site(root: &Path, typed: &Path) -> anyhow::Result<SitePath> {
    let from_here = std::env::current_dir()?.join(typed);
    let whole = std::fs::canonicalize(&from_here).unwrap_or(from_here);
    let whole = if whole.exists() { whole } else { root.join(typed) };
    let mut tidy = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => {
                tidy.pop();
            }
            Component::CurDir => {}
            part => tidy.push(part),
        }
    }
    match disk::site_path(root, &tidy) {
        Some(path) => Ok(path),
        None => bail!("{} is not in the site {}", typed.display(), root.display()),
    }
}

fn concerns(only: &BTreeSet<SitePath>, path: &SitePath) -> bool {
    only.contains(path) || only.iter().any(|folder| path.below(folder.as_str()).is_some())
}

/// A progress bar that is only seen by people.
fn bar(length: usize, quiet: bool, template: &str) -> ProgressBar {
    if quiet {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(length as u64);
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}
