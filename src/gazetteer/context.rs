//! What a match means here: blockers, namesakes, cues, people with a country's name, towns overseas, surnames.

use std::cell::RefCell;

use super::document::Document;
use super::entity::Sense;
use super::hit::{Hit, Role, Target};
use super::index::Gazetteer;
use super::matcher::{Found, Meaning};
use super::neighbours::beside;
use super::role;
use super::surname::SURNAME;
use super::vocabulary::QuickMap;

/// Matches of one document while they are being decided.
#[derive(Debug)]
pub struct Reading<'g, 'd> {
    /// All names.
    pub names: &'g Gazetteer,
    /// The text.
    pub document: &'d Document<'d>,
    /// Decided, by first word.
    pub hits: Vec<Hit>,
    /// Decided against, by first word (only if asked for).
    pub rejected: Vec<Hit>,
    /// By entity: named in the document by a sure name.
    pub(super) present: Vec<bool>,
    /// By entity: it, or something that counts for it, is in the document.
    pub(super) near: Vec<bool>,
    /// By word: 1 + the number of the hit that covers it; 0 if none does.
    pub(super) covered: Vec<u32>,
    /// By block of words: what has been accepted in it so far, as first words and entities.
    pub(super) settled: Vec<Vec<(u32, u32)>>,
    /// Phrases that were looked for in the whole document, by where they lie in memory.
    pub(super) phrases: RefCell<QuickMap<usize, bool>>,
    pub(super) explain: bool,
}

/// So many words make a block.
pub(super) const BLOCK: usize = 64;

impl<'g, 'd> Reading<'g, 'd> {
    /// Decides all matches of known names but offices.
    #[must_use]
    pub fn of(
        names: &'g Gazetteer,
        document: &'d Document<'d>,
        found: &mut Vec<Found>,
        explain: bool,
    ) -> Self {
        let count = names.entities.len();
        let mut reading = Self {
            names,
            document,
            hits: Vec::with_capacity(found.len()),
            rejected: Vec::new(),
            present: vec![false; count],
            near: vec![false; count],
            covered: vec![0; document.words.len()],
            settled: vec![Vec::new(); document.words.len() / BLOCK + 1],
            phrases: RefCell::default(),
            explain,
        };
        let (open, hidden) = reading.sweep(found);
        reading.settle(&open);
        reading.hits.sort_by_key(|hit| hit.first);
        reading.cover();
        reading.uncover(&hidden);
        reading.surnames();
        reading.lands();
        reading.hits.retain(|hit| hit.accepted);
        reading.cover();
        reading
    }

    /// Keeps the leftmost-longest of the matches that their neighbours allow; hands back those that the whole
    /// document must decide, as ranges of matches with the same words, and the sure ones that these hide.
    fn sweep(&mut self, found: &mut Vec<Found>) -> (Vec<Vec<Found>>, Vec<Found>) {
        let document = self.document;
        found.retain(|found| match found.meaning {
            Meaning::Title(_) | Meaning::Titles(_) => false,
            Meaning::Blocker(number) => {
                let block = &self.names.engine.blocks[number as usize];
                let stands = |phrases: &[Box<[u32]>], before: bool| {
                    phrases.is_empty() || phrases.iter().any(|phrase| beside(document, found, phrase, before))
                };
                stands(&block.after, true) && stands(&block.before, false)
            }
            Meaning::Alias(entity, alias) => {
                let rule = self.neighbours(found, entity, alias);
                if let Some(rule) = rule {
                    self.reject(found, Target::Known(entity), rule);
                }
                rule.is_none()
            }
        });
        found.sort_by_key(|found| (found.first, u32::MAX - found.last, found.meaning));
        let (mut open, mut hidden) = (Vec::new(), Vec::new());
        // The first word that nothing has taken, and the first that nothing hidden claims.
        let (mut free, mut claimed, mut undecided) = (0, 0, false);
        let mut at = 0;
        while at < found.len() {
            let (first, last) = (found[at].first, found[at].last);
            let same =
                found[at..].iter().take_while(|other| (other.first, other.last) == (first, last)).count();
            let group = &found[at..at + same];
            at += same;
            if first < free || first < claimed {
                if let ([only], true) = (group, undecided)
                    && matches!(only.meaning, Meaning::Alias(..))
                    && self.is_sure(only)
                {
                    hidden.push(*only);
                    claimed = claimed.max(last + 1);
                }
                if first < free {
                    continue;
                }
                // `The South| African| president`: what begins in a hidden name waits with it, if it is sure.
                if matches!(hidden.last(), Some(other) if other.first == first) {
                    continue;
                }
            }
            // `The Gulf| Cooperation Council`: the article belongs to the longer name behind it.
            let longer = |other: &&Found| other.first == first + 1 && other.last > last;
            if document.text(first as usize).eq_ignore_ascii_case("the")
                && found[at..].iter().take_while(|other| other.first <= first + 1).any(|other| longer(&other))
            {
                continue;
            }
            free = last + 1;
            undecided = false;
            if group.iter().any(|found| matches!(found.meaning, Meaning::Blocker(_))) {
                self.reject(&group[0], Target::Nothing, "longer name that means something else");
                continue;
            }
            let shared = |found: &Found| match found.meaning {
                Meaning::Alias(entity, alias) => {
                    self.names.alias(entity, alias).is_some_and(|alias| alias.shared)
                }
                _ => false,
            };
            if group.iter().all(shared) {
                for found in group {
                    self.accept(found, "name of several");
                }
                continue;
            }
            match group {
                [only] if self.is_sure(only) => self.accept(only, "name"),
                _ => {
                    undecided = true;
                    open.push(group.to_vec());
                }
            }
        }
        (open, hidden)
    }

    /// Accepts sure names that an undecided one began before, where that one came to nothing: `The South African …`.
    fn uncover(&mut self, hidden: &[Found]) {
        let mut free = 0;
        let count = self.hits.len();
        for found in hidden {
            let mut words = found.first as usize..=found.last as usize;
            if found.first >= free && words.all(|word| self.covered[word] == 0) {
                self.accept(found, "name");
                free = found.last + 1;
            }
        }
        if self.hits.len() > count {
            self.hits.sort_by_key(|hit| hit.first);
            self.cover();
        }
    }

    /// Whether nothing but the name itself is needed.
    fn is_sure(&self, found: &Found) -> bool {
        let Meaning::Alias(entity, alias) = found.meaning else {
            return false;
        };
        let Some(written) = self.names.alias(entity, alias) else {
            return false;
        };
        if written.ambiguous || (written.sense == Sense::Surname && !written.unique) {
            return false;
        }
        self.names.rules(entity, alias).is_none_or(|rules| {
            rules.needs.is_empty()
                && rules.needs_cue.is_empty()
                && rules.unless_cue.is_empty()
                && rules.unless_doc.is_empty()
        })
    }

    fn accept(&mut self, found: &Found, rule: &'static str) {
        let Meaning::Alias(entity, alias) = found.meaning else {
            return;
        };
        let rule = match self.names.alias(entity, alias).map(|alias| alias.sense) {
            Some(Sense::Demonym | Sense::Prefix) if rule == "name" => "demonym",
            Some(Sense::Metonym) if rule == "name" => "stands for it",
            Some(Sense::Capital) if rule == "name" => "capital",
            Some(Sense::City) if rule == "name" => "city",
            Some(Sense::Surname) if rule == "name" => SURNAME,
            Some(Sense::Former) if rule == "name" => "former name",
            _ => rule,
        };
        self.hits.push(Hit {
            first: found.first,
            last: found.last,
            target: Target::Known(entity),
            role: role::of(self.names, entity, alias),
            rule,
            accepted: true,
            acts: true,
        });
        self.settled[found.first as usize / BLOCK].push((found.first, entity));
        self.present[entity as usize] = true;
        self.near[entity as usize] = true;
        if let Some(country) = self.names.engine.country[entity as usize] {
            self.near[country as usize] = true;
        }
    }

    fn reject(&mut self, found: &Found, target: Target, rule: &'static str) {
        if self.explain {
            self.rejected.push(Hit {
                first: found.first,
                last: found.last,
                target,
                role: Role::Name,
                rule,
                accepted: false,
                acts: true,
            });
        }
    }

    /// Decides what the sentence and the document must decide: twice, since one decision may bring what another needs.
    fn settle(&mut self, open: &[Vec<Found>]) {
        let mut left: Vec<&Vec<Found>> = open.iter().collect();
        for last_time in [false, true] {
            let mut still = Vec::new();
            for group in left {
                let best = group
                    .iter()
                    .filter_map(|found| Some((self.weigh(found)?, found)))
                    .rev()
                    .max_by_key(|(weight, _)| *weight);
                match best {
                    Some((_, found)) if self.names_another(group, found) => {
                        if last_time {
                            self.wait(group);
                        } else {
                            still.push(group);
                        }
                    }
                    Some((weight, found)) if weight > 0 => {
                        let rule = if self.is_decided(found) { "words around it decide" } else { "name" };
                        self.accept(found, rule);
                    }
                    Some((0, found)) if last_time && self.by_default(found) => self.accept(found, "name"),
                    _ if last_time => self.wait(group),
                    _ => still.push(group),
                }
            }
            left = still;
        }
    }

    /// Whether somebody else who bears a surname was named in full, and the one best known by it was not.
    fn names_another(&self, group: &[Found], best: &Found) -> bool {
        let bearer = |found: &Found| match found.meaning {
            Meaning::Alias(entity, alias) => {
                let surname =
                    self.names.alias(entity, alias).is_none_or(|alias| alias.sense == Sense::Surname);
                surname.then_some(entity)
            }
            _ => None,
        };
        let known = bearer(best).filter(|person| !self.present[*person as usize]);
        known.is_some()
            && group
                .iter()
                .filter_map(bearer)
                .any(|other| Some(other) != known && self.present[other as usize])
    }

    /// Puts off surnames until the full names are known, and rejects what else has come to nothing.
    fn wait(&mut self, group: &[Found]) {
        for found in group {
            let Meaning::Alias(entity, alias) = found.meaning else {
                continue;
            };
            let surname = self.names.alias(entity, alias).is_none_or(|alias| alias.sense == Sense::Surname);
            if surname {
                self.hits.push(Hit {
                    first: found.first,
                    last: found.last,
                    target: Target::Known(entity),
                    role: Role::Person,
                    rule: "surname",
                    accepted: false,
                    acts: true,
                });
            } else {
                self.reject(found, Target::Known(entity), "the words around it do not bear it out");
            }
        }
    }

    /// Whether something else in the text had to decide what a name means.
    fn is_decided(&self, found: &Found) -> bool {
        let Meaning::Alias(entity, alias) = found.meaning else { return false };
        let needs = |rules: &super::engine::Rules| !rules.needs.is_empty() || !rules.needs_cue.is_empty();
        self.names.alias(entity, alias).is_some_and(|alias| alias.ambiguous)
            || self.names.rules(entity, alias).is_some_and(needs)
    }

    /// Whether an ambiguous name means this where nothing speaks for or against it.
    fn by_default(&self, found: &Found) -> bool {
        let Meaning::Alias(entity, alias) = found.meaning else {
            return false;
        };
        let Some(written) = self.names.alias(entity, alias) else {
            return false;
        };
        if written.sense == Sense::Surname && !written.unique {
            return false;
        }
        let is_preferred =
            |rules: &super::engine::Rules| !(rules.prefer.0.is_empty() && rules.prefer.1.is_empty());
        !written.ambiguous
            || self.names.at(entity).kind.is_land()
            || !self.names.rules(entity, alias).is_some_and(is_preferred)
    }

    /// Puts the hits in order of the text and notes which words they cover.
    pub fn settle_order(&mut self) {
        self.hits.sort_by_key(|hit| (hit.first, hit.last));
        self.cover();
    }

    /// Notes which words are covered by which hit.
    fn cover(&mut self) {
        self.covered.fill(0);
        for (number, hit) in self.hits.iter().enumerate() {
            if hit.accepted {
                self.covered[hit.words()].fill(number as u32 + 1);
            }
        }
    }

    /// The hit that covers a word.
    #[must_use]
    pub fn hit_at(&self, word: usize) -> Option<&Hit> {
        let number = *self.covered.get(word)?;
        self.hits.get((number as usize).checked_sub(1)?)
    }

    /// The country that something known counts for.
    #[must_use]
    pub fn country_of(&self, hit: &Hit) -> Option<u32> {
        match hit.target {
            Target::Known(entity) => self.names.engine.country[entity as usize],
            _ => None,
        }
    }

    /// Whether something is named in the document by a sure name.
    #[must_use]
    pub fn is_present(&self, entity: u32) -> bool {
        self.present[entity as usize]
    }
}
