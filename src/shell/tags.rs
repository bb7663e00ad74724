//! `newsgen tags`: which regions, countries and actors a text is about, and why.

use std::io::{IsTerminal, Read as _, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;

use super::cli::{Common, Outcome};
use super::report::Format;
use super::{disk, doctor, passages};
use crate::diagnostic::Noted;
use crate::encoding;
use crate::gazetteer::{Findings, Gazetteer, Mention, Options, Part, Proposal};
use crate::source::{SitePath, Sources};

/// So many files are read and answered at a time: enough for every core, little in memory.
const BATCH: usize = 512;

/// What `newsgen tags` may be told.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Tags {
    #[command(flatten)]
    read: Read,
    #[command(subcommand)]
    verb: Option<Verb>,
}

/// What else there is to do with tags.
#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Look for actors that are one, for names that are missing, and for offices that are stale
    Doctor,
}

/// Texts, and how to read them.
#[derive(Debug, clap::Args)]
struct Read {
    /// Texts of any kind, or - for standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Show every match: its line, the rule that decided, and what was left out
    #[arg(long)]
    explain: bool,
    /// Let every mention count, however passing
    #[arg(long)]
    no_salience: bool,
    /// The day of the texts, for who held an office [default: as each text or its name says]
    #[arg(long, value_name = "DAY")]
    date: Option<Date>,
}

/// Answers with one JSON object a text, or for people.
///
/// # Errors
/// A file cannot be read, or the answer cannot be written.
pub fn run(common: &Common, tags: &Tags) -> anyhow::Result<Outcome> {
    if tags.verb.is_some() {
        return doctor::run(common);
    }
    let gazetteer = gazetteer(common)?;
    let human = match common.format {
        Some(Format::Human) => true,
        Some(_) => false,
        None => tags.read.explain || std::io::stdout().is_terminal(),
    };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut outcome = Outcome::Fine;
    for batch in tags.read.files.chunks(BATCH) {
        let answers: Vec<anyhow::Result<String>> =
            batch.par_iter().map(|file| answer(&gazetteer, file, &tags.read, human)).collect();
        for answer in answers {
            match answer {
                Ok(answer) => out.write_all(answer.as_bytes())?,
                Err(error) => {
                    anstream::eprintln!("error: {error:#}");
                    outcome = Outcome::BadContent;
                }
            }
        }
    }
    out.flush()?;
    Ok(outcome)
}

/// The built-in names, and the newsletter's own if there is one.
fn gazetteer(common: &Common) -> anyhow::Result<Gazetteer> {
    let root = match common.root() {
        Ok(root) => root,
        Err(error) if common.root.is_some() => return Err(error),
        Err(_) => return Ok(Gazetteer::built_in()),
    };
    let mut sources = Sources::new();
    for name in ["regions.yaml", "entities.yaml"] {
        if root.join(name).is_file() {
            let (path, lifted) = disk::read(&root, &root.join(name))?;
            disk::put(&mut sources, path, lifted);
        }
    }
    let Noted { value, notes } = crate::site::gazetteer(&sources);
    let _ = common.reporter().show(&notes, &sources);
    Ok(value)
}

fn answer(gazetteer: &Gazetteer, file: &Path, read: &Read, human: bool) -> anyhow::Result<String> {
    let name = file.display().to_string();
    let bytes = if name == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
        bytes
    } else {
        std::fs::read(file).with_context(|| format!("cannot read {name}"))?
    };
    let path = SitePath::new(&name);
    let (text, _) =
        encoding::decode(&path, bytes).map_err(|note| anyhow::anyhow!("{name}: {}", note.message))?;
    let cut = passages::of_file(&path, &text);
    let options = Options { date: read.date.or(cut.date), salience: !read.no_salience, explain: true };
    let findings = gazetteer.read(&cut.passages, options);
    Ok(if human {
        super::explain::report(&name, &text, &findings, options, read.explain)
    } else {
        json(&name, &text, &findings, read.explain)
    })
}

#[derive(Serialize)]
struct Answer<'a> {
    file: &'a str,
    countries: Vec<String>,
    regions: Vec<&'a str>,
    actors: Vec<Actor<'a>>,
    mentions: Vec<Match<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rejected: Vec<Match<'a>>,
    reasons: serde_json::Map<String, serde_json::Value>,
}

#[derive(Serialize)]
struct Actor<'a> {
    id: &'a str,
    name: &'a str,
    kind: &'a str,
    new: bool,
}

#[derive(Serialize)]
struct Match<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    line: usize,
    section: String,
    entity: Option<&'a str>,
    rule: &'a str,
}

/// One line of JSON.
fn json(file: &str, text: &str, findings: &Findings, explain: bool) -> String {
    let lines = Lines::of(text);
    let shown = |mention: &&Mention| mention.accepted;
    let show = |mention| show(text, &lines, mention);
    let mut reasons = serde_json::Map::new();
    let mut why = |id: String, proposal: &Proposal| {
        reasons.insert(id, proposal.reasons.as_slice().into());
    };
    findings.countries.iter().for_each(|country| why(country.id.to_uppercase(), country));
    findings.regions.iter().for_each(|region| why(region.id.clone(), region));
    findings.actors.iter().for_each(|actor| why(actor.id.clone(), actor));
    let answer = Answer {
        file,
        countries: findings.countries.iter().map(|country| country.id.to_uppercase()).collect(),
        regions: findings.regions.iter().map(|region| region.id.as_str()).collect(),
        actors: findings
            .actors
            .iter()
            .map(|actor| Actor { id: &actor.id, name: &actor.name, kind: actor.kind, new: actor.new })
            .collect(),
        mentions: findings.mentions.iter().filter(shown).map(show).collect(),
        rejected: findings.mentions.iter().filter(|mention| explain && !mention.accepted).map(show).collect(),
        reasons,
    };
    let mut line = serde_json::to_string(&answer).unwrap_or_default();
    line.push('\n');
    line
}

fn show<'a>(text: &'a str, lines: &Lines, mention: &'a Mention) -> Match<'a> {
    Match {
        text: text.get(mention.start..mention.end).unwrap_or(""),
        start: mention.start,
        end: mention.end,
        line: lines.number(mention.start),
        section: section(mention.part),
        entity: mention.entity.as_deref(),
        rule: mention.rule,
    }
}

/// A part as it is called outside: `facts`, `implication-1`.
#[must_use]
pub fn section(part: Part) -> String {
    match part {
        Part::Title => "title".into(),
        Part::Facts => "facts".into(),
        Part::Implication(number) => format!("implication-{}", number + 1),
        Part::View => "view".into(),
        Part::Other(number) => format!("section-{}", number + 1),
    }
}

/// Where the lines of a text start.
#[derive(Debug)]
pub struct Lines(Vec<usize>);

impl Lines {
    /// Of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect())
    }

    /// The line of a byte, from 1.
    #[must_use]
    pub fn number(&self, at: usize) -> usize {
        self.0.partition_point(|end| *end < at) + 1
    }
}
