//! `newsgen import`: pasted text becomes a page, with a receipt of what became what.

use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use jiff::civil::Date;

use super::cli::{Common, Outcome};

use super::report::Format;
use super::{disk, whole_file};
use crate::briefing::import::{self, Imported, Wishes};
use crate::briefing::receipt::ProposedTag;
use crate::catalogue::tags;
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Noted};
use crate::encoding;
use crate::gazetteer::{Findings, Gazetteer, Options, Proposal};
use crate::site;
use crate::source::{SitePath, Sources};

/// What `newsgen import` may be told.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  newsgen import --date 2025-06-05 pasted.txt       into content/briefings/\n  xclip -o | newsgen import --date 2025-06-05 -    from the clipboard\n  newsgen import 2025-06-05-call.txt -o -          look at it first"
)]
pub struct Import {
    /// The text, or - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The day it is of, such as 2025-06-05
    #[arg(long, value_name = "DAY")]
    pub date: Option<Date>,
    /// The headline
    #[arg(long)]
    pub title: Option<String>,
    /// Where it goes: a file, a folder, or - for standard output [default: content/briefings/]
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// Overwrite a file that is there
    #[arg(long)]
    pub force: bool,
}

/// Imports a text.
///
/// # Errors
/// Wrong usage, or the disk fails.
pub fn run(common: &Common, import: &Import) -> anyhow::Result<Outcome> {
    let is_piped = import.file.as_os_str() == "-";
    let home = Home::find(common)?;
    let bytes = read(&import.file, is_piped)?;
    let name = import.file.file_name().map(|name| name.to_string_lossy().into_owned());
    let path = SitePath::new(name.as_deref().filter(|_| !is_piped).unwrap_or("paste.txt"));
    let mut sources = Sources::new();
    sources.add(path.clone(), bytes.clone());
    let reporter = common.reporter();
    let text = match encoding::decode(&path, bytes) {
        Ok((text, _)) => text,
        Err(note) => {
            let _ = reporter.show(&[note], &sources);
            return Ok(Outcome::BadContent);
        }
    };
    let wishes = Wishes {
        date: import.date,
        title: import.title.as_deref(),
        file_name: name.as_deref().filter(|_| !is_piped),
        id_for: home.config.base_url_given.then(|| home.config.base_url.host()),
    };
    let Noted { value: mut items, notes } = import::import(&text, wishes, &home.config.headings);
    let encoding_note = sources.text(&path).and_then(|read| as_windows(&path, read.encoding));
    let notes: Vec<Diagnostic> = encoding_note.into_iter().chain(notes).collect();
    let tally = reporter.show(&notes, &sources);
    if tally.errors > 0 || items.is_empty() {
        anstream::eprintln!("nothing was imported");
        return Ok(Outcome::BadContent);
    }
    let gazetteer = home.gazetteer();
    for item in &mut items {
        item.receipt.tags = proposed(item, &text, &gazetteer);
    }
    let is_shown = import.output.as_deref() == Some(Path::new("-"));
    let saved = if is_shown { Vec::new() } else { save(&home, import, &items)? };
    tell(common, &items, &saved, is_shown)?;
    Ok(Outcome::Fine)
}

/// The newsletter that the text goes into, if there is one.
struct Home {
    root: Option<PathBuf>,
    config: Config,
    sources: Sources,
}

impl Home {
    fn find(common: &Common) -> anyhow::Result<Self> {
        let root = match common.root() {
            Ok(root) => Some(root),
            Err(error) if common.root.is_some() => return Err(error),
            Err(_) => None,
        };
        let mut sources = Sources::new();
        for name in [config::FILE, "regions.yaml", "entities.yaml"] {
            if let Some(root) = root.as_ref().filter(|root| root.join(name).is_file()) {
                let (path, lifted) = disk::read(root, &root.join(name))?;
                disk::put(&mut sources, path, lifted);
            }
        }
        // Slips in the settings are reported when the site is built.
        let config = config::read(&sources).value;
        Ok(Self { root, config, sources })
    }

    fn gazetteer(&self) -> Gazetteer {
        site::gazetteer(&self.sources).value
    }
}

fn read(file: &Path, is_piped: bool) -> anyhow::Result<Vec<u8>> {
    if !is_piped {
        return std::fs::read(file).with_context(|| format!("cannot read {}", file.display()));
    }
    let mut stdin = std::io::stdin();
    if stdin.is_terminal() {
        anstream::eprintln!("paste the briefing, then press Ctrl-D");
    }
    let mut bytes = Vec::new();
    stdin.read_to_end(&mut bytes).context("cannot read standard input")?;
    Ok(bytes)
}

/// What a text that was no UTF-8 was read as.
fn as_windows(path: &SitePath, read: encoding::Encoding) -> Option<Diagnostic> {
    match read {
        encoding::Encoding::Utf8 => None,
        encoding::Encoding::Windows1252 => {
            let note =
                Diagnostic::warning("windows-1252", "this file is not UTF-8: it was read as Windows-1252");
            Some(note.in_file(path).help("look at the accents and quotes; what is imported is UTF-8"))
        }
    }
}

/// The tags that the words of a briefing propose.
fn proposed(item: &Imported, text: &str, gazetteer: &Gazetteer) -> Vec<ProposedTag> {
    let options = Options { date: item.briefing.date, salience: true, explain: true };
    let findings = gazetteer.read(&tags::passages(&item.briefing, text), options);
    let kinds =
        [("region", &findings.regions), ("country", &findings.countries), ("actor", &findings.actors)];
    let tag = |kind: &str, proposal: &Proposal| ProposedTag {
        kind: kind.to_owned(),
        id: proposal.id.clone(),
        name: proposal.name.clone(),
        words: words(proposal, &findings, text),
    };
    kinds.iter().flat_map(|(kind, proposals)| proposals.iter().map(|proposal| tag(kind, proposal))).collect()
}

/// The words behind a proposal as they stand in the text, else the reasons.
fn words(proposal: &Proposal, findings: &Findings, text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let own = findings
        .mentions
        .iter()
        .filter(|mention| mention.accepted && mention.entity.as_deref() == Some(proposal.id.as_str()));
    for word in own.filter_map(|mention| text.get(mention.start..mention.end)) {
        if words.len() < 4 && !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
    }
    if words.is_empty() { proposal.reasons.iter().take(3).cloned().collect() } else { words }
}

/// Writes the briefings; all of them or none.
fn save(home: &Home, import: &Import, items: &[Imported]) -> anyhow::Result<Vec<PathBuf>> {
    let mut targets = Vec::new();
    for item in items {
        let name = item.file_name.as_deref().context("a briefing without a date has no file name")?;
        let target = match (&import.output, &home.root) {
            (Some(output), _) if output.is_dir() || is_folder(output) || items.len() > 1 => output.join(name),
            (Some(output), _) => output.clone(),
            (None, Some(root)) => root.join("content/briefings").join(name),
            (None, None) => bail!(
                "there is no newsletter here to import into\n  help: run this in a newsletter's folder, start one with `newsgen init my-newsletter`, or say where it goes with `-o {name}`"
            ),
        };
        if target.exists() && !import.force {
            bail!(
                "{} is already there\n  help: pass --force to overwrite it, or -o to write elsewhere",
                target.display()
            );
        }
        targets.push(target);
    }
    for (item, target) in items.iter().zip(&targets) {
        if let Some(folder) = target.parent() {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        }
        whole_file::write(target, item.markdown.as_bytes())?;
    }
    Ok(targets)
}

fn is_folder(path: &Path) -> bool {
    path.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR])
}

/// Prints the Markdown where it was asked for, the receipts, and the next command to type.
fn tell(common: &Common, items: &[Imported], saved: &[PathBuf], is_shown: bool) -> anyhow::Result<()> {
    let mut out = anstream::stdout().lock();
    if common.format == Some(Format::Json) {
        for (at, item) in items.iter().enumerate() {
            let mut receipt = serde_json::to_value(&item.receipt)?;
            if is_shown {
                receipt["markdown"] = item.markdown.as_str().into();
            }
            if let Some(path) = saved.get(at) {
                receipt["written"] = path.display().to_string().into();
            }
            writeln!(out, "{receipt}")?;
        }
        return Ok(());
    }
    for item in items {
        if is_shown {
            out.write_all(item.markdown.as_bytes())?;
        }
        if common.quiet {
            continue;
        }
        if is_shown {
            anstream::eprintln!("{}", item.receipt.text());
        } else {
            writeln!(out, "{}", item.receipt.text())?;
        }
    }
    if let (Some(first), false) = (saved.first(), common.quiet) {
        writeln!(out, "review {}, then look at it with `newsgen serve --open`", first.display())?;
    }
    Ok(())
}
