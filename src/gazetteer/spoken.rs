//! The words by which authors call things in front matter, in one table: made when the first one is looked up.

use std::collections::HashMap;

use super::entity::{Entity, Kind, OPEN};
use super::vocabulary::{folded, kebab};

/// How well a word names something; the smaller, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Claim {
    /// Its name.
    Name,
    /// An alias in use, or an ISO 3166-1 alpha-2 code.
    Alias,
    /// A person's last name: good only if nobody else has it.
    Surname,
    /// An alias that is dated or shared.
    Weak,
}

/// Who answers to a word.
#[derive(Debug, Clone, Default)]
pub(super) struct Spoken(HashMap<String, Vec<(Claim, u32)>>);

impl Spoken {
    /// The table of these entities, numbered in order.
    pub(super) fn of<'e>(entities: impl Iterator<Item = &'e Entity>) -> Self {
        let mut table: HashMap<String, Vec<(Claim, u32)>> = HashMap::new();
        let mut put = |word: &str, claim, number| {
            table.entry(plain(word)).or_default().push((claim, number));
        };
        for (number, entity) in (0_u32..).zip(entities) {
            put(&entity.name, Claim::Name, number);
            if let Some(a2) = &entity.a2 {
                put(a2, Claim::Alias, number);
            }
            for alias in &entity.aliases {
                let is_current = alias.until == OPEN && !alias.ambiguous;
                put(&alias.text, if is_current { Claim::Alias } else { Claim::Weak }, number);
            }
            if let Some((_, last)) = entity.name.rsplit_once(' ').filter(|_| entity.kind == Kind::Person) {
                put(last, Claim::Surname, number);
            }
        }
        for claims in table.values_mut() {
            claims.sort_unstable();
            claims.dedup();
        }
        Self(table)
    }

    /// The best entity for a word among those that fit.
    pub(super) fn find(&self, word: &str, fits: impl Fn(u32) -> bool) -> Option<u32> {
        let claims: Vec<(Claim, u32)> =
            self.0.get(&plain(word))?.iter().copied().filter(|(_, number)| fits(*number)).collect();
        let shared = claims.iter().filter(|(claim, _)| *claim == Claim::Surname).count() > 1;
        claims.iter().find(|(claim, _)| !(shared && *claim == Claim::Surname)).map(|(_, number)| *number)
    }
}

/// A name for comparison: folded, with hyphens between its words.
pub(super) fn plain(text: &str) -> String {
    let mut scratch = String::new();
    folded(text, &mut scratch);
    kebab(&scratch)
}
