//! `newsgen build`: the site, into `public/`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};

use super::cli::{Common, Outcome};
use super::publish::Published;
use super::report::counted;
use super::{clock, disk, publish};
use crate::check;
use crate::config;
use crate::diagnostic::{Diagnostic, Noted, Severity};
use crate::route::BaseUrl;
use crate::site::{Settings, Site};
use crate::source::{SitePath, Sources};

/// What `newsgen build` may be told.
#[derive(Debug, clap::Args)]
pub struct Build {
    /// Where the site goes, seen from the newsletter's folder
    #[arg(short, long, value_name = "DIR", default_value = "public")]
    pub output: PathBuf,
    /// Which site, as of when
    #[command(flatten)]
    pub what: What,
    /// How many threads to use [default: one per core]
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<usize>,
}

/// Which site, as of when: shared by all verbs that look at the whole.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct What {
    /// Where the site will be published, instead of newsgen.yaml's `base_url`
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Show drafts
    #[arg(long)]
    pub drafts: bool,
    /// Show what is scheduled for later
    #[arg(long)]
    pub future: bool,
    /// Build as of this day (2025-06-05) or moment (2025-06-05T09:00)
    #[arg(long, value_name = "DAY")]
    pub today: Option<String>,
}

impl What {
    /// The settings of a site with these sources.
    ///
    /// # Errors
    /// `--base-url` or `--today` does not make sense.
    pub fn settings(&self, sources: &Sources) -> anyhow::Result<Settings> {
        let base_url = match &self.base_url {
            Some(address) => {
                Some(BaseUrl::parse(address).map_err(|why| anyhow::anyhow!("--base-url {address}: {why}"))?)
            }
            None => None,
        };
        // The zone decides when a day begins; other slips in the file are reported by the site itself.
        let zone = config::read(sources).value.time_zone;
        let now = clock::moment(self.today.as_deref(), &zone)?;
        Ok(Settings { now, drafts: self.drafts, future: self.future, base_url, explain: false })
    }
}

/// Builds the site.
///
/// # Errors
/// Wrong usage, or the disk fails.
pub fn run(common: &Common, build: &Build) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    if let Some(jobs) = build.jobs {
        rayon::ThreadPoolBuilder::new()
            .num_threads(jobs.max(1))
            .build_global()
            .context("cannot start threads")?;
    }
    let root = common.root()?;
    let out = publish::place(&root, &build.output)?;
    let sources = disk::lift(&root)?;
    let settings = build.what.settings(&sources)?;
    let Noted { value: site, mut notes } = Site::of(sources, settings, None);
    notes.extend(homeless(&site));
    let mut notes = check::allow::heed(notes, &site);
    let reporter = common.reporter();
    let fatal = |notes: &[Diagnostic]| {
        notes.iter().any(|note| {
            note.severity == Severity::Error || (reporter.strict && note.severity == Severity::Warning)
        })
    };
    let mut changes = String::new();
    let (mut is_published, mut is_first) = (false, false);
    if !fatal(&notes) {
        let progress = bar(site.pages().len(), common.quiet);
        let published = publish::publish(&site, &root, &out, &progress)?;
        progress.finish_and_clear();
        is_first = published.is_first();
        changes = changed(&published);
        is_published = !published.notes.iter().any(|note| note.severity == Severity::Error);
        notes.extend(published.notes);
    }
    let tally = reporter.show(&notes, &site.sources);
    let mut stdout = anstream::stdout().lock();
    if !is_published {
        anstream::eprintln!("{}: nothing was published, {} is as it was", tally.words(), shown(&root, &out));
        return Ok(Outcome::BadContent);
    }
    if !common.quiet {
        let held = held_back(&site);
        let tally = if tally.words().is_empty() { String::new() } else { format!(" ({})", tally.words()) };
        writeln!(
            stdout,
            "{}, {} in {} in {:.2} s{changes}{held}{tally}",
            counted(site.whole.catalogue.entries.len(), "briefing"),
            counted(site.pages().len(), "file"),
            shown(&root, &out),
            started.elapsed().as_secs_f64(),
        )?;
        if is_first {
            writeln!(stdout, "next: newsgen serve --open")?;
        }
    }
    Ok(if tally.errors > 0 { Outcome::BadContent } else { Outcome::Fine })
}

/// A site that nobody has said where it will be.
#[must_use]
pub fn homeless(site: &Site) -> Option<Diagnostic> {
    if site.whole.config.base_url_given {
        return None;
    }
    let message = "the site has no `base_url`: feeds and canonical links lead to example.org";
    let note = Diagnostic::warning("no-base-url", message).in_file(&SitePath::new(config::FILE));
    Some(note.help("add `base_url: https://you.github.io/newsletter/` to newsgen.yaml, or pass --base-url"))
}

/// A path as short as it can be said.
fn shown(root: &Path, path: &Path) -> String {
    let short = path.strip_prefix(root).unwrap_or(path);
    format!("{}/", short.display())
}

/// What this build changed; nothing to say of a first one.
fn changed(published: &Published) -> String {
    match (published.changed, published.removed) {
        _ if published.is_first() => String::new(),
        (0, 0) => "; nothing changed".to_owned(),
        (changed, 0) => format!("; {changed} changed"),
        (changed, removed) => format!("; {changed} changed, {removed} removed"),
    }
}

fn held_back(site: &Site) -> String {
    let held = site.whole.catalogue.held_back;
    let parts = [(held.drafts, "draft"), (held.scheduled, "scheduled"), (held.expired, "expired")];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    if parts.is_empty() { String::new() } else { format!("; not shown: {}", parts.join(", ")) }
}

/// A progress bar that is only seen by people, and only if it takes a while.
fn bar(length: usize, quiet: bool) -> ProgressBar {
    if quiet {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(length as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:32} {pos}/{len} files, {eta} left") {
        bar.set_style(style);
    }
    bar
}
