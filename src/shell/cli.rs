//! The command line: what can be said, and what it does.

use std::path::PathBuf;

use clap::{ColorChoice, CommandFactory, Parser, Subcommand};

use super::report::{Format, Reporter};
use super::{build, check, disk, import, init, preview, rename, status, tags};

/// From pasted briefings to a published newsletter.
#[derive(Debug, Parser)]
#[command(
    name = "newsgen",
    version,
    about,
    after_help = "Examples:\n  newsgen import --date 2025-06-05 briefing.txt   pasted text becomes a page\n  newsgen build                                   the site, into public/\n  newsgen serve                                   the site in the browser, live\n\nStart with `newsgen init my-newsletter`."
)]
pub struct Cli {
    /// What every verb may be told
    #[command(flatten)]
    pub common: Common,
    /// What to do
    #[command(subcommand)]
    pub verb: Verb,
}

/// What every verb may be told.
#[derive(Debug, Clone, clap::Args)]
pub struct Common {
    /// The newsletter's folder [default: the nearest one with a newsgen.yaml]
    #[arg(long, value_name = "DIR", global = true)]
    pub root: Option<PathBuf>,
    /// How notes are shown
    #[arg(long, value_enum, global = true)]
    pub format: Option<Format>,
    /// When to colour
    #[arg(long, value_enum, default_value = "auto", global = true)]
    pub color: ColorChoice,
    /// Say only what is wrong
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say everything
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
    /// Warnings are errors
    #[arg(long, global = true)]
    pub strict: bool,
}

/// What newsgen can do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Start a newsletter in a new folder
    Init(init::Init),
    /// Make a page of a pasted briefing
    Import(import::Import),
    /// Build the site
    Build(build::Build),
    /// Say what an editor would object to, and which links are broken
    Check(check::Check),
    /// Give a briefing, an actor, a region or a lens another name
    Rename(rename::Rename),
    /// Preview the site, live
    Serve(preview::Serve),
    /// Say which regions, countries and actors texts are about, and why
    #[command(
        after_help = "Examples:\n  newsgen tags briefing.txt --explain             every match, its rule, and what was left out\n  newsgen tags --format jsonl *.txt               one JSON object a text\n  newsgen tags doctor                             what to mend in the newsletter's tags"
    )]
    Tags(tags::Tags),
    /// What is scheduled, due, expired, stale, and what is a draft
    Status(status::Status),
    /// Print completions for a shell
    #[command(
        after_help = "Example:\n  newsgen completions bash > ~/.local/share/bash-completion/completions/newsgen"
    )]
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(after_help = "Example:\n  newsgen man | man -l -")]
    Man,
}

/// How a run ended, if nothing outside the content failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is well; there may be warnings.
    Fine,
    /// The content has errors.
    BadContent,
}

impl Common {
    /// The newsletter's folder.
    ///
    /// # Errors
    /// There is none.
    pub fn root(&self) -> anyhow::Result<PathBuf> {
        match &self.root {
            Some(root) if root.join(crate::config::FILE).is_file() => Ok(std::fs::canonicalize(root)?),
            Some(root) => anyhow::bail!(
                "no {} in {}\n  help: give the newsletter's own folder, or start one with `newsgen init`",
                crate::config::FILE,
                root.display()
            ),
            None => disk::find_root(&std::env::current_dir()?),
        }
    }

    /// How notes are shown.
    #[must_use]
    pub fn reporter(&self) -> Reporter {
        Reporter {
            format: self.format.unwrap_or_default(),
            quiet: self.quiet,
            verbose: self.verbose,
            strict: self.strict,
        }
    }
}

/// Runs what the command line says and gives the exit code: 0 fine, 1 the content has errors, 2 wrong usage, or the
/// disk or the network failed.
#[must_use]
pub fn run() -> u8 {
    let cli = Cli::parse();
    match cli.common.color {
        ColorChoice::Auto => {}
        ColorChoice::Always => anstream::ColorChoice::Always.write_global(),
        ColorChoice::Never => anstream::ColorChoice::Never.write_global(),
    }
    if cli.common.format == Some(Format::Sarif) && !matches!(cli.verb, Verb::Check(_)) {
        anstream::eprintln!("error: --format sarif is for `newsgen check`");
        return 2;
    }
    let result = match &cli.verb {
        Verb::Init(init) => init::run(&cli.common, init),
        Verb::Status(status) => status::run(&cli.common, status),
        Verb::Import(import) => import::run(&cli.common, import),
        Verb::Build(build) => build::run(&cli.common, build),
        Verb::Check(check) => check::run(&cli.common, check),
        Verb::Rename(rename) => rename::run(&cli.common, rename),
        Verb::Serve(serve) => preview::run(&cli.common, serve),
        Verb::Tags(tags) => tags::run(&cli.common, tags),
        Verb::Completions { shell } => {
            clap_complete::generate(*shell, &mut Cli::command(), "newsgen", &mut std::io::stdout());
            Ok(Outcome::Fine)
        }
        Verb::Man => manual(),
    };
    match result {
        Ok(Outcome::Fine) => 0,
        Ok(Outcome::BadContent) => 1,
        Err(error) => {
            anstream::eprintln!("error: {}", words(&error));
            2
        }
    }
}

/// An error and its causes, one line each.
fn words(error: &anyhow::Error) -> String {
    let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    causes.join("\n  because: ")
}

fn manual() -> anyhow::Result<Outcome> {
    clap_mangen::Man::new(Cli::command()).render(&mut std::io::stdout())?;
    Ok(Outcome::Fine)
}
