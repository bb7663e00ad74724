//! Surnames: whom one means alone, after the full name, in a longer name, or on the day.

use super::agency;
use super::context::Reading;
use super::entity::Kind;
use super::gap::Gap;
use super::hit::{Hit, Target};
use super::vocabulary::class;
use super::words::Shape;

/// The rule by which a surname alone is enough.
pub const SURNAME: &str = "surname that only one person bears";

/// So many people at most are thought of who bear one surname.
const RIVALS: usize = 40;

/// A longer name in which a surname stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Longer {
    /// Of the same person.
    Same,
    /// Of somebody else.
    Somebody,
    /// Of a tower, a foundation.
    Something,
}
impl Reading<'_, '_> {
    /// A surname alone means whoever was named in full; after another given name it means somebody else.
    pub(super) fn surnames(&mut self) {
        let mut borrowed: Vec<Target> = Vec::new();
        for number in 0..self.hits.len() {
            let hit = self.hits[number];
            let Target::Known(person) = hit.target else {
                continue;
            };
            let entity = self.names.at(person);
            if entity.kind != Kind::Person {
                continue;
            }
            let first = hit.first as usize;
            if self
                .document
                .before(first)
                .is_some_and(|at| self.document.is(at, class::SHIP) && self.document.is_tied(first))
            {
                self.drop_hit(number, "name of a ship");
                continue;
            }
            let bare = hit.rule == "surname" || hit.rule == SURNAME;
            if !bare {
                continue;
            }
            let rule = match self.other_name(&hit, &entity.name) {
                Some(Longer::Same) => Some("full name"),
                Some(Longer::Somebody) => {
                    borrowed.push(hit.target);
                    None
                }
                Some(Longer::Something) => None,
                // `Nirav Modi said … Modi's lawyers`
                None if borrowed.contains(&hit.target) && !self.is_present(person) => None,
                None if hit.rule == "surname" => {
                    let known = self.is_present(person) && self.latest_bearer(number) == Some(person);
                    match self.leading_bearer(number) {
                        _ if known => Some("surname after the full name"),
                        Some(leader) if leader == person => {
                            Some("surname of whoever leads the state that day")
                        }
                        _ => None,
                    }
                }
                None => Some(hit.rule),
            };
            match rule {
                Some(rule) => {
                    self.present[person as usize] = true;
                    self.near[person as usize] = true;
                    self.hits[number].rule = rule;
                    self.hits[number].accepted = true;
                    self.covered[hit.words()].fill(number as u32 + 1);
                }
                None => {
                    self.drop_hit(number, "surname without the full name, or of somebody else");
                }
            }
        }
    }

    /// Of all who might bear the surname of a hit, the one named last before it (or first after it).
    fn latest_bearer(&self, number: usize) -> Option<u32> {
        let hit = self.hits[number];
        let same = |other: &&Hit| other.first == hit.first && other.last == hit.last;
        let near = self.hits[number.saturating_sub(RIVALS)..].iter().take(2 * RIVALS).filter(same);
        let rivals: Vec<Target> = near.map(|hit| hit.target).collect();
        let of = |other: &&Hit| other.accepted && rivals.contains(&other.target);
        let before = self.hits[..number].iter().rev().find(of);
        let named = before.or_else(|| self.hits[number..].iter().find(of))?;
        match named.target {
            Target::Known(person) => Some(person),
            _ => None,
        }
    }

    /// Of all who might bear the surname of a hit, the only one who leads a state on the document's day: of a state that
    /// the text names, or of that of all the others, or in the company of another leader.
    fn leading_bearer(&self, number: usize) -> Option<u32> {
        let (day, document) = (self.document.day?, self.document);
        let hit = self.hits[number];
        let (first, last) = (hit.first as usize, hit.last as usize);
        // `May wrote to Tusk`, `Barrow's cabinet`; not `in May`, `the yards at Barrow`
        let does = agency::is_subject(document, last) || document.is_possessive(last);
        let does = does && !document.is_governed(first);
        if document.is(first, class::CALENDAR | class::COMMON) && !does {
            return None;
        }
        let same = |other: &&Hit| other.first == hit.first && other.last == hit.last;
        let rivals = self.hits[number.saturating_sub(RIVALS)..].iter().take(2 * RIVALS).filter(same);
        let rivals: Vec<u32> = rivals
            .filter_map(|hit| match hit.target {
                Target::Known(person) => Some(person),
                _ => None,
            })
            .collect();
        let mut leaders = rivals.iter().filter(|person| self.names.engine.leads(**person, day));
        let (leader, others) = (*leaders.next()?, leaders.next());
        let country = |person: u32| self.names.engine.country[person as usize];
        let is_named = rivals.iter().all(|person| !self.is_present(*person)) && {
            let home = country(leader)?;
            let in_company = || {
                let sentence = document.sentence(first);
                let mut people = self.hits[number.saturating_sub(RIVALS)..]
                    .iter()
                    .take(2 * RIVALS)
                    .filter(|hit| hit.accepted);
                people.any(|hit| {
                    let is_leader =
                        matches!(hit.target, Target::Known(other) if self.names.engine.leads(other, day));
                    is_leader && sentence.contains(&(hit.first as usize))
                })
            };
            let alone = || does && rivals.iter().all(|rival| country(*rival) == Some(home));
            self.near[home as usize] || alone() || in_company()
        };
        (others.is_none() && is_named).then_some(leader)
    }

    /// The longer name in which a surname stands, if it does.
    fn other_name(&self, hit: &Hit, name: &str) -> Option<Longer> {
        let document = self.document;
        let first = hit.first as usize;
        let not_name =
            class::ROLE | class::HONORIFIC | class::CALENDAR | class::STATEHOOD | class::ORGANISATION;
        if let Some(next) = document.words.get(hit.last as usize + 1)
            && next.gap.is_space()
            && matches!(
                document.text(hit.last as usize + 1),
                "Jr" | "Sr" | "Foundation" | "Organization" | "Tower"
            )
        {
            return Some(Longer::Something);
        }
        if document.words[first].loud {
            return None;
        }
        // `Kim Yu-mi`: a family name that comes first, and a given name that is not this one's.
        if let Some(next) = document.words.get(hit.last as usize + 1)
            && next.gap.is_space()
            && next.shape == Shape::Capital
            && next.sentence == document.words[first].sentence
            && self.covered[hit.last as usize + 1] == 0
            && !document.is_headline(first)
            && !document.is(hit.last as usize + 1, not_name | class::COMMON | class::FEATURE | class::BRAND)
        {
            return Some(Longer::Somebody);
        }
        let mut at = first;
        for _ in 0..3 {
            let Some(before) = document.before(at) else {
                break;
            };
            let gap = document.words[at].gap;
            let initial = document.words[before].end - document.words[before].start == 1;
            let spaced = gap.is_space() || (initial && gap.has(Gap::DOT));
            if !spaced || !document.is_capital(before) || self.covered[before] != 0 {
                break;
            }
            if name.split([' ', '-']).any(|word| word == document.text(before)) {
                return Some(Longer::Same);
            }
            if initial {
                at = before;
                continue;
            }
            if document.is(before, not_name) {
                break;
            }
            let given = document.is(before, class::GIVEN);
            let opens = document.starts_sentence(before) || document.is(before, class::COMMON);
            // `Mariela Castro`: a word of which nothing is known is no adverb.
            let unheard = document.words[before].id == 0 && !document.text(before).ends_with("ly");
            if given
                || (unheard && !document.is_headline(before))
                || (!opens && !document.is_headline(before))
            {
                return Some(Longer::Somebody);
            }
            break;
        }
        None
    }
}
