//! `newsgen init`: a folder becomes a working newsletter.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::cli::{Common, Outcome};
use crate::config;

/// The files of a new newsletter: where each goes, and what it says. `{title}` and `{version}` are filled in.
const FILES: [(&str, &str); 7] = [
    (config::FILE, include_str!("../../starter/newsgen.yaml")),
    ("content/briefings/2024-03-19-japan-leaves-negative-rates.txt", include_str!("../../starter/rates.txt")),
    ("content/briefings/2025-06-05-euro-area-cuts-nearly-over.md", include_str!("../../starter/rates.md")),
    ("content/pages/about.md", include_str!("../../starter/about.md")),
    ("README.md", include_str!("../../starter/README.md")),
    (".gitignore", include_str!("../../starter/gitignore")),
    (".github/workflows/pages.yml", include_str!("../../starter/pages.yml")),
];

/// What may lie in the folder already: what people and hosts put into a repository before anything else. None of it
/// is overwritten.
const HARMLESS: [&str; 8] = [
    ".git",
    ".gitattributes",
    ".gitignore",
    ".DS_Store",
    "README.md",
    "LICENSE",
    "LICENSE.md",
    "LICENSE.txt",
];

/// What `newsgen init` may be told.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  newsgen init my-newsletter\n  newsgen init .               in a repository that was just cloned"
)]
pub struct Init {
    /// The folder; it is made if it does not exist
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The newsletter's name [default: from the folder's name]
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,
}

/// Makes a newsletter.
///
/// # Errors
/// The folder holds something, or the disk fails.
pub fn run(common: &Common, init: &Init) -> anyhow::Result<Outcome> {
    let folder = &init.folder;
    let there = entries(folder)?;
    if there.iter().any(|name| name == config::FILE) {
        bail!(
            "{} is a newsletter already: it holds {}\n  help: newsgen build --root {}",
            folder.display(),
            config::FILE,
            folder.display()
        );
    }
    if let Some(name) = there.iter().find(|name| !HARMLESS.contains(&name.as_str())) {
        bail!(
            "{} is not empty: it holds {name}\n  help: name a folder that does not exist yet",
            folder.display()
        );
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let title = match &init.title {
        Some(title) if title.contains(['\n', '\r']) => bail!("--title is one line"),
        Some(title) => title.clone(),
        None => title_of(&fs::canonicalize(folder)?),
    };
    let mut stdout = anstream::stdout().lock();
    for (path, text) in FILES {
        let is_yaml = path == config::FILE;
        let title = if is_yaml { title.replace('\\', "\\\\").replace('"', "\\\"") } else { title.clone() };
        let text = text.replace("{title}", &title).replace("{version}", env!("CARGO_PKG_VERSION"));
        let made = write_new(&folder.join(path), &text)?;
        if !common.quiet {
            writeln!(stdout, "{} {path}", if made { "made" } else { "kept" })?;
        }
    }
    if !common.quiet {
        let is_here = fs::canonicalize(folder)? == std::env::current_dir()?;
        let enter = if is_here { String::new() } else { format!("cd {} && ", quoted(folder)) };
        writeln!(stdout, "\nnext: {enter}newsgen build")?;
    }
    Ok(Outcome::Fine)
}

/// The names in a folder; none if it does not exist.
fn entries(folder: &Path) -> anyhow::Result<Vec<String>> {
    let cannot = || format!("cannot read the folder {}", folder.display());
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            bail!("{} is a file, not a folder\n  help: name another folder", folder.display())
        }
        Err(error) => return Err(error).with_context(cannot),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry.with_context(cannot)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// Writes a file unless there is one; whether it did.
fn write_new(path: &Path, text: &str) -> anyhow::Result<bool> {
    let cannot = || format!("cannot write {}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(cannot)?;
    }
    match fs::File::create_new(path) {
        Ok(mut file) => {
            file.write_all(text.as_bytes()).with_context(cannot)?;
            Ok(true)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error).with_context(cannot),
    }
}

/// `My newsletter` for the folder `my-newsletter`.
fn title_of(folder: &Path) -> String {
    let name = folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let words: Vec<&str> = name.split(['-', '_', ' ', '.']).filter(|word| !word.is_empty()).collect();
    let words = words.join(" ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Newsletter".to_owned(),
    }
}

/// A folder as it can be typed into a shell.
fn quoted(folder: &Path) -> String {
    let name = folder.display().to_string();
    let is_plain = name.chars().all(|letter| letter.is_alphanumeric() || "-_./".contains(letter));
    if is_plain { name } else { format!("'{}'", name.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newsletter_is_called_like_its_folder() {
        assert_eq!(title_of(Path::new("/x/my-newsletter")), "My newsletter");
        assert_eq!(title_of(Path::new("/x/élan_weekly")), "Élan weekly");
        assert_eq!(title_of(Path::new("/")), "Newsletter");
    }
}
