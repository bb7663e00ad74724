//! Names with two meanings: what the sentence says for either, then what the document says.

use super::context::Reading;
use super::engine::Rules;
use super::entity::Sense;
use super::hit::Target;
use super::matcher::{Found, Meaning};

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
        let in_document = |phrases: &[Box<[u32]>]| phrases.iter().any(|phrase| document.has_phrase(phrase));
        if in_sentence(&rules.unless_cue)
            || rules.unless_doc.iter().any(|id| self.present[*id as usize])
            || (!rules.needs.is_empty() && !rules.needs.iter().any(|id| self.near[*id as usize]))
            || (!rules.needs_cue.is_empty() && !in_document(&rules.needs_cue))
        {
            return None;
        }
        if !written.ambiguous {
            return Some(1);
        }
        Some(self.cues(rules, entity, found) + i32::from(!rules.needs_cue.is_empty()))
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
            }) || self.hits.iter().any(|hit| {
                let Target::Known(other) = hit.target else {
                    return false;
                };
                sentence.contains(&(hit.first as usize))
                    && (ids.contains(&other)
                        || self.names.engine.country[other as usize]
                            .is_some_and(|country| ids.contains(&country)))
            });
            let far = phrases.iter().any(|phrase| document.has_phrase(phrase))
                || ids.iter().any(|id| *id != entity && self.near[*id as usize]);
            weight += sign * (3 * i32::from(beside) + i32::from(far));
        }
        // Named once by a sure name, it keeps its meaning.
        weight + 2 * i32::from(self.present[entity as usize])
    }
}
