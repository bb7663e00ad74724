//! Names with two meanings: what the sentence says for either, then what the document says.

use std::ops::Range;

use super::context::{BLOCK, Reading};
use super::engine::Rules;
use super::entity::{Kind, Sense};
use super::matcher::{Found, Meaning};
use super::vocabulary::class;

impl Reading<'_, '_> {
    /// How much speaks for a reading: `None` if something forbids it.
    pub(super) fn weigh(&self, found: &Found) -> Option<i32> {
        let Meaning::Alias(entity, alias) = found.meaning else {
            return None;
        };
        let written = self.names.alias(entity, alias)?;
        if written.sense == Sense::Surname && !written.unique {
            return None;
        }
        let document = self.document;
        let sentence = document.sentence(found.first as usize);
        let Some(rules) = self.names.rules(entity, alias) else {
            return Some(0);
        };
        let in_sentence = |phrases: &[Box<[u32]>]| {
            phrases.iter().any(|phrase| document.phrase_in(phrase, sentence.clone()))
        };
        let in_document = |phrases: &[Box<[u32]>]| phrases.iter().any(|phrase| self.has_phrase(phrase));
        let is_business = || {
            self.names.at(entity).kind == Kind::Company
                && sentence.clone().any(|at| document.is(at, class::BUSINESS))
        };
        if in_sentence(&rules.unless_cue)
            || rules.unless_doc.iter().any(|id| self.present[*id as usize])
            || (!rules.needs.is_empty() && !rules.needs.iter().any(|id| self.near[*id as usize]))
            || (!rules.needs_cue.is_empty() && !in_document(&rules.needs_cue) && !is_business())
        {
            return None;
        }
        if !written.ambiguous {
            return Some(1);
        }
        Some(self.cues(rules, entity, found) + i32::from(!rules.needs_cue.is_empty()))
    }

    /// Whether a phrase stands anywhere in the document; each is looked for once.
    fn has_phrase(&self, phrase: &[u32]) -> bool {
        if phrase.len() == 1 {
            return self.document.has_phrase(phrase);
        }
        let mut phrases = self.phrases.borrow_mut();
        *phrases.entry(phrase.as_ptr().addr()).or_insert_with(|| self.document.has_phrase(phrase))
    }

    /// Whether one of these entities, or something that counts for it, was accepted in a sentence.
    fn is_settled_near(&self, sentence: &Range<usize>, ids: &[u32]) -> bool {
        let blocks = &self.settled[sentence.start / BLOCK..=(sentence.end - 1) / BLOCK];
        blocks.iter().flatten().any(|(first, other)| {
            let country = self.names.engine.country[*other as usize];
            sentence.contains(&(*first as usize))
                && (ids.contains(other) || country.is_some_and(|country| ids.contains(&country)))
        })
    }

    fn cues(&self, rules: &Rules, entity: u32, found: &Found) -> i32 {
        let document = self.document;
        let sentence = document.sentence(found.first as usize);
        let own = found.first as usize..found.last as usize + 1;
        let mut weight = 0;
        for ((phrases, ids), sign) in [(&rules.prefer, 1), (&rules.reject, -1)] {
            let beside = phrases.iter().any(|phrase| {
                document.phrase_in(phrase, sentence.start..own.start)
                    || document.phrase_in(phrase, own.end..sentence.end)
            }) || (!ids.is_empty() && self.is_settled_near(&sentence, ids));
            let far = phrases.iter().any(|phrase| self.has_phrase(phrase))
                || ids.iter().any(|id| *id != entity && self.near[*id as usize]);
            weight += sign * (3 * i32::from(beside) + i32::from(far));
        }
        // Named once by a sure name, it keeps its meaning.
        weight + 2 * i32::from(self.present[entity as usize])
    }
}
