//! Which files of an output folder newsgen wrote: only those are ever removed.
//!
//! The list lies in the output folder itself, as `.newsgen`, so that it is switched in the same instant as the pages,
//! and comes along when the folder is moved, copied or cached. It holds fingerprints of the paths, not the paths:
//! a visitor who asks for it learns no address.

use std::collections::HashSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use anyhow::{Context, bail};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The name of the list in the output folder.
pub const FILE: &str = ".newsgen";

/// The first words of a list; its number of files and a line break follow.
const HEAD: &str = "newsgen 1: fingerprints of the paths of the files it wrote here: ";

type Fingerprint = [u8; 16];

/// The files that newsgen wrote.
#[derive(Debug, Clone, Default)]
pub struct Manifest(HashSet<Fingerprint>);

impl Manifest {
    /// Reads the list of an output folder; `None` if newsgen did not make that folder.
    ///
    /// # Errors
    /// The list cannot be read, or is damaged.
    pub fn read(folder: &Path) -> anyhow::Result<Option<Self>> {
        let path = folder.join(FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read {}", path.display()));
            }
        };
        match Self::parse(&text) {
            Some(manifest) => Ok(Some(manifest)),
            None => bail!(
                "{} is damaged, so newsgen cannot tell its own files from yours\n  help: delete {} and build again",
                path.display(),
                folder.display()
            ),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let (count, lines) = text.strip_prefix(HEAD)?.split_once('\n')?;
        let mut files = HashSet::new();
        for line in lines.lines() {
            if line.len() != 32 {
                return None;
            }
            files.insert(u128::from_str_radix(line, 16).ok()?.to_be_bytes());
        }
        (count.parse() == Ok(files.len())).then_some(Self(files))
    }

    /// The list of these files (paths inside the output folder, `/` between their parts), as text.
    pub fn of<'a>(files: impl Iterator<Item = &'a str>) -> String {
        let mut prints: Vec<Fingerprint> = files.map(fingerprint).collect();
        prints.push(fingerprint(FILE));
        prints.sort_unstable();
        prints.dedup();
        let mut text = format!("{HEAD}{}\n", prints.len());
        text.reserve(prints.len() * 33);
        for print in prints {
            text.push_str(&format!("{:032x}\n", u128::from_be_bytes(print)));
        }
        text
    }

    /// Whether newsgen wrote a file.
    #[must_use]
    pub fn holds(&self, file: &str) -> bool {
        self.0.contains(&fingerprint(file))
    }

    /// How many files it lists, itself not counted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len().saturating_sub(1)
    }
}

/// Some file systems hand names back in another Unicode form (UAX #15) than they were given.
fn fingerprint(file: &str) -> Fingerprint {
    let hash = if is_nfc(file) {
        blake3::hash(file.as_bytes())
    } else {
        blake3::hash(file.nfc().collect::<String>().as_bytes())
    };
    let mut print = Fingerprint::default();
    print.copy_from_slice(&hash.as_bytes()[..16]);
    print
}

/// Writes a list into a folder.
///
/// # Errors
/// The disk fails.
pub fn write(folder: &Path, text: &str, modes: super::file::Modes) -> io::Result<()> {
    modes.write(&folder.join(FILE), text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_undoes_writing_and_a_list_holds_itself() {
        let text = Manifest::of(["a/index.html", "é.txt"].into_iter());
        let manifest = Manifest::parse(&text).expect("a whole list");
        assert!(manifest.holds("a/index.html"));
        assert!(manifest.holds("e\u{301}.txt"), "in either Unicode form");
        assert!(manifest.holds(FILE));
        assert!(!manifest.holds("CNAME"));
        assert_eq!(manifest.len(), 2);
    }

    #[test]
    fn a_list_that_is_cut_short_is_not_believed() {
        let text = Manifest::of(["a", "b", "c"].into_iter());
        assert!(Manifest::parse(&text[..text.len() - 33]).is_none());
        assert!(Manifest::parse(&text[..text.len() - 5]).is_none());
        assert!(Manifest::parse("").is_none());
    }
}
