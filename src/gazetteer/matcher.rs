//! One automaton over all names, its letters being whole words: every match stands at word boundaries by construction.
//!
//! All overlapping matches are found first, then filtered by case and by what joins the words; the leftmost-longest of
//! the survivors are kept by the caller. Asking for the longest first and filtering later would lose true matches.

use super::gap::Gap;
use super::vocabulary::{QuickMap, Vocabulary, class};
use super::words::{Shape, Word, cut};

/// One word of a name.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// What stands before it in the name.
    gap: Gap,
    /// The name's word has a capital.
    capital: bool,
}

/// A name and what it means.
#[derive(Debug, Clone)]
struct Name {
    pieces: (u32, u32),
    /// The letters must be the same; the name's words as written.
    exact: Option<Box<str>>,
    meaning: Meaning,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// An alias: the number of the entity and of its alias.
    Alias(u32, u32),
    /// A role: its number among the titles.
    Title(u32),
    /// A longer name that yields nothing: its number among the blockers.
    Blocker(u32),
}

/// A match: words `first..=last`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// First word.
    pub first: u32,
    /// Last word.
    pub last: u32,
    /// What the name stands for.
    pub meaning: Meaning,
}

/// How a name must be written to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// Capitals where the name has them.
    Capitals,
    /// Letter by letter.
    Exact,
    /// In any way.
    Any,
}

/// The automaton.
#[derive(Debug, Clone, Default)]
pub struct Matcher {
    /// Every word of every name.
    pub vocabulary: Vocabulary,
    pieces: Vec<Piece>,
    names: Vec<Name>,
    /// By the number of a word: the node that a name starting with it leads to; 0 for none.
    starts: Vec<u32>,
    edges: QuickMap<u64, u32>,
    /// By node: the names that end there.
    ends: Vec<Vec<u32>>,
    /// By node: whether it leads on.
    inner: Vec<bool>,
}

impl Matcher {
    /// Adds a name. Names without a letter or digit are ignored.
    pub fn add(&mut self, name: &str, case: Case, meaning: Meaning) {
        let (mut words, mut scratch) = (Vec::new(), String::new());
        let names = Vocabulary::default();
        cut(name, 0, &names, &mut words, &mut scratch);
        if words.is_empty() {
            return;
        }
        if self.ends.is_empty() {
            self.ends.push(Vec::new());
            self.inner.push(false);
        }
        let start = self.pieces.len() as u32;
        let mut node = 0;
        let mut exact = String::new();
        for (at, word) in words.iter().enumerate() {
            let text = &name[word.start as usize..word.end as usize];
            super::vocabulary::folded(text, &mut scratch);
            let id = self.vocabulary.add(&scratch);
            self.starts.resize(self.vocabulary.len(), 0);
            node = self.step(node, id, at == 0);
            self.pieces.push(Piece {
                gap: word.gap,
                capital: case != Case::Any && matches!(word.shape, Shape::Capital | Shape::Capitals),
            });
            exact.push_str(text);
        }
        self.ends[node as usize].push(self.names.len() as u32);
        self.names.push(Name {
            pieces: (start, words.len() as u32),
            exact: (case == Case::Exact).then(|| exact.into()),
            meaning,
        });
    }

    fn step(&mut self, node: u32, id: u32, first: bool) -> u32 {
        let next = self.ends.len() as u32;
        let slot = if first {
            &mut self.starts[id as usize]
        } else {
            self.inner[node as usize] = true;
            self.edges.entry(edge(node, id)).or_insert(0)
        };
        if *slot == 0 {
            *slot = next;
            self.ends.push(Vec::new());
            self.inner.push(false);
        }
        *slot
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Every match, overlapping ones too, by first word and then by length. `text` gives the text of a word.
    pub fn find<'t>(&self, words: &[Word], text: impl Fn(&Word) -> &'t str, found: &mut Vec<Found>) {
        for (first, word) in words.iter().enumerate() {
            let mut node = match self.starts.get(word.id as usize) {
                Some(node) if *node != 0 => *node,
                _ => continue,
            };
            let mut last = first;
            loop {
                for name in &self.ends[node as usize] {
                    let name = &self.names[*name as usize];
                    if self.fits(name, &words[first..=last], &text) {
                        found.push(Found { first: first as u32, last: last as u32, meaning: name.meaning });
                    }
                }
                if !self.inner[node as usize] {
                    break;
                }
                last += 1;
                let Some(next) = words.get(last) else { break };
                match self.edges.get(&edge(node, next.id)) {
                    Some(next) => node = *next,
                    None => break,
                }
            }
        }
    }

    fn fits<'t>(&self, name: &Name, words: &[Word], text: &impl Fn(&Word) -> &'t str) -> bool {
        let (start, count) = name.pieces;
        let pieces = &self.pieces[start as usize..(start + count) as usize];
        let joined = pieces.iter().zip(words).enumerate().all(|(at, (piece, word))| {
            let loud = word.loud || !piece.capital;
            let written = loud || matches!(word.shape, Shape::Capital | Shape::Capitals);
            written && (at == 0 || (piece.gap.allows(word.gap) && word.passage == words[0].passage))
        });
        if !joined {
            return false;
        }
        let Some(exact) = &name.exact else {
            return true;
        };
        let mut rest: &str = exact;
        for word in words {
            let Some(head) = rest.get(..text(word).len()) else {
                return false;
            };
            let same = head == text(word) || (word.loud && head.eq_ignore_ascii_case(text(word)));
            let word_too =
                word.loud && words.len() == 1 && self.vocabulary.classes(word.id) & class::COMMON != 0;
            if !same || word_too {
                return false;
            }
            rest = &rest[head.len()..];
        }
        rest.is_empty()
    }
}

fn edge(node: u32, id: u32) -> u64 {
    u64::from(node) << 32 | u64::from(id)
}
