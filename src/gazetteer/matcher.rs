//! One automaton over all names, its letters being whole words: every match stands at word boundaries by construction.
//!
//! All overlapping matches are found first, then filtered by case and by what joins the words; the leftmost-longest of
//! the survivors are kept by the caller. Asking for the longest first and filtering later would lose true matches.

use serde::{Deserialize, Serialize};

use super::gap::Gap;
use super::rows::Rows;
use super::vocabulary::{QuickMap, Vocabulary, folded};
use super::words::{Shape, Word, cut};

/// One word of a name.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Piece {
    /// What stands before it in the name.
    gap: Gap,
    /// The name's word has a capital.
    capital: bool,
}

/// A name and what it means.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Name {
    pieces: (u32, u32),
    /// The letters must be the same; the name's words as written.
    exact: Option<Box<str>>,
    meaning: Meaning,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Meaning {
    /// An alias: the number of the entity and of its alias.
    Alias(u32, u32),
    /// A role: its number among the titles.
    Title(u32),
    /// A role in the plural: the number of the title.
    Titles(u32),
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

/// The automaton. Node 0 leads nowhere.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Matcher {
    /// Every word of every name.
    pub vocabulary: Vocabulary,
    pieces: Vec<Piece>,
    all: Vec<Name>,
    /// By the number of a word: the node that a name starting with it leads to; 0 for none. As long as the last word
    /// that starts a name asks for.
    starts: Vec<u32>,
    /// By node: the words that lead on, and where to, in order.
    edges: Rows<(u32, u32)>,
    /// By node: the names that end there.
    ends: Rows<u32>,
}

/// An automaton that is being made.
#[derive(Debug, Default)]
pub struct Names {
    /// Every word of every name.
    pub vocabulary: Vocabulary,
    pieces: Vec<Piece>,
    all: Vec<Name>,
    starts: Vec<u32>,
    /// By node and word.
    edges: QuickMap<(u32, u32), u32>,
    /// By node.
    ends: Vec<Vec<u32>>,
}

impl Names {
    /// Adds a name. Names without a letter or digit are ignored.
    pub fn add(&mut self, name: &str, case: Case, meaning: Meaning) {
        let (mut words, mut scratch) = (Vec::new(), String::new());
        cut(name, 0, &Vocabulary::default(), &mut words, &mut scratch);
        if words.is_empty() {
            return;
        }
        if self.ends.is_empty() {
            self.ends.push(Vec::new());
        }
        let start = self.pieces.len() as u32;
        let mut node = 0;
        let mut exact = String::new();
        for (at, word) in words.iter().enumerate() {
            let text = &name[word.start as usize..word.end as usize];
            folded(text, &mut scratch);
            let id = self.vocabulary.add(&scratch);
            node = self.step(node, id, at == 0);
            self.pieces.push(Piece {
                gap: word.gap,
                capital: case != Case::Any && matches!(word.shape, Shape::Capital | Shape::Capitals),
            });
            exact.push_str(text);
        }
        self.ends[node as usize].push(self.all.len() as u32);
        self.all.push(Name {
            pieces: (start, words.len() as u32),
            exact: (case == Case::Exact).then(|| exact.into()),
            meaning,
        });
    }

    fn step(&mut self, node: u32, id: u32, first: bool) -> u32 {
        let next = self.ends.len() as u32;
        let slot = if first {
            if self.starts.len() <= id as usize {
                self.starts.resize(id as usize + 1, 0);
            }
            &mut self.starts[id as usize]
        } else {
            self.edges.entry((node, id)).or_insert(0)
        };
        if *slot == 0 {
            *slot = next;
            self.ends.push(Vec::new());
        }
        *slot
    }

    /// The automaton over all names that were added.
    #[must_use]
    pub fn finish(self) -> Matcher {
        let mut steps: Vec<((u32, u32), u32)> = self.edges.into_iter().collect();
        steps.sort_unstable();
        let (mut edges, mut ends) = (Rows::default(), Rows::default());
        let mut steps = steps.into_iter().peekable();
        for (node, names) in (0_u32..).zip(self.ends) {
            ends.push(names);
            let mut row = Vec::new();
            while let Some(((_, word), next)) = steps.next_if(|((from, _), _)| *from == node) {
                row.push((word, next));
            }
            edges.push(row);
        }
        let Self { vocabulary, pieces, all, starts, .. } = self;
        Matcher { vocabulary, pieces, all, starts, edges, ends }
    }
}

impl Matcher {
    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
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
                for name in self.ends.row(node) {
                    let name = &self.all[*name as usize];
                    if self.fits(name, &words[first..=last], &text) {
                        found.push(Found { first: first as u32, last: last as u32, meaning: name.meaning });
                    }
                }
                let edges = self.edges.row(node);
                if edges.is_empty() {
                    break;
                }
                last += 1;
                let Some(next) = words.get(last) else { break };
                match edges.binary_search_by_key(&next.id, |(word, _)| *word) {
                    Ok(at) => node = edges[at].1,
                    Err(_) => break,
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
            if !same {
                return false;
            }
            rest = &rest[head.len()..];
        }
        rest.is_empty()
    }
}
