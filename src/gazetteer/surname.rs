//! Surnames: whom one means alone, after the full name, in a longer name, or on the day.

use super::agency;
use super::context::Reading;
use super::document::Document;
use super::engine::Post;
use super::entity::Kind;
use super::gap::Gap;
use super::hit::{Hit, Role, Target};
use super::vocabulary::class;
use super::words::Shape;

/// The rule by which a surname alone is enough.
pub const SURNAME: &str = "surname that only one person bears";

/// Nobody looks further for other people in a sentence than so many names.
const NEAR: usize = 80;

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
        // Whom the surname in hand means: those who bear it stand in a row.
        let mut meant = (u32::MAX, None);
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
            // `Foreign Minister Wang| Yi`
            let before = self.document.before(first).filter(|_| self.document.words[first].gap.is_space());
            let longer = before.and_then(|at| self.hit_at(at));
            if longer.is_some_and(|other| other.role == Role::Person && other.target != hit.target) {
                self.drop_hit(number, "part of a longer name");
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
                    if meant.0 != hit.first {
                        meant = (hit.first, self.meant_by(number));
                    }
                    meant.1.filter(|(bearer, _)| *bearer == person).map(|(_, rule)| rule)
                }
                None => Some(hit.rule),
            };
            match rule {
                Some(rule) => {
                    self.hits[number].acts = !self.names_a_case(hit.last as usize);
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

    /// Whether a surname only says which case is meant: `a person of interest in the Nijjar murder`.
    fn names_a_case(&self, last: usize) -> bool {
        let document = self.document;
        document.words.get(last + 1).is_some_and(|next| next.gap.is_space())
            && matches!(
                document.text(last + 1),
                "murder"
                    | "murders"
                    | "killing"
                    | "assassination"
                    | "affair"
                    | "case"
                    | "trial"
                    | "inquiry"
                    | "scandal"
            )
    }

    /// Of all who bear the surname of a hit, the one whom it means, and why.
    fn meant_by(&self, number: usize) -> Option<(u32, &'static str)> {
        let hit = self.hits[number];
        let same = |other: &&Hit| other.first == hit.first && other.last == hit.last;
        let rivals: Vec<u32> = self.hits[number..]
            .iter()
            .take_while(same)
            .filter_map(|hit| match hit.target {
                Target::Known(person) => Some(person),
                _ => None,
            })
            .collect();
        if rivals.iter().any(|person| self.is_present(*person)) {
            let bearer = |other: &Hit| match other.target {
                Target::Known(person) if other.accepted && rivals.contains(&person) => Some(person),
                _ => None,
            };
            let before = self.hits[..number].iter().rev().find_map(bearer);
            let person = before.or_else(|| self.hits[number..].iter().find_map(bearer))?;
            return Some((person, "surname after the full name"));
        }
        let at_home = self.of_named_countries(number, &rivals);
        // Those of the countries that the sentence names, and who lead a state elsewhere.
        let leads = |person: &u32| {
            self.document.day.and_then(|day| self.names.engine.post(*person, day)) == Some(Post::Leader)
        };
        let is_near = |person: &&u32| at_home.is_empty() || at_home.contains(*person) || leads(person);
        let near: Vec<u32> = rivals.iter().filter(is_near).copied().collect();
        if let Some(leader) = self.in_office(number, &near) {
            return Some((leader, "surname of somebody in office that day"));
        }
        let [only] = at_home[..] else { return None };
        self.is_met(number, rivals.len() > 1)
            .then_some((only, "surname of the only one known in that country"))
    }

    /// Those of some who bear a surname whose countries the sentence names.
    fn of_named_countries(&self, number: usize, rivals: &[u32]) -> Vec<u32> {
        let sentence = self.document.sentence(self.hits[number].first as usize);
        let around = self.hits[number.saturating_sub(NEAR)..].iter().take(2 * NEAR + rivals.len());
        let named: Vec<u32> = around
            .filter(|other| other.accepted && sentence.contains(&(other.first as usize)))
            .filter_map(|other| self.country_of(other))
            .collect();
        let country = |person: &u32| self.names.engine.country[*person as usize];
        let is_named = |person: &&u32| country(person).is_some_and(|home| named.contains(&home));
        rivals.iter().filter(is_named).copied().collect()
    }

    /// Whether somebody of a surname is called by a title or, if the lists know `several` who bear it, the word is no place
    /// and no part of another name; and nobody's name near by holds it.
    fn is_met(&self, number: usize, several: bool) -> bool {
        let (document, hit) = (self.document, self.hits[number]);
        let (first, last) = (hit.first as usize, hit.last as usize);
        let titled = document.before(first).is_some_and(|at| {
            document.is_tied(first) && document.is(at, class::ROLE | class::HONORIFIC | class::TRYING)
        });
        let follows =
            document.before(first).is_some_and(|at| document.is_tied(first) && self.covered[at] > 0);
        // `on the Hill`, `in Jackson`
        let place = document.before(first).is_some_and(|at| {
            document.is(at, class::WHERE | class::GOING) || document.text(at).eq_ignore_ascii_case("the")
        });
        let free = !place && !follows && !document.is_headline(first);
        let word = document.words[last].id;
        let holds = |other: &Hit| {
            other.accepted
                && other.role == Role::Person
                && other.words().any(|at| document.words[at].id == word)
        };
        (titled || (several && free && !document.is(first, class::COMMON | class::CALENDAR | class::GIVEN)))
            && !self.hits[number.saturating_sub(NEAR)..].iter().take(2 * NEAR).any(holds)
    }

    /// The only one of some who bear a surname who is in office on the document's day: whose country the text names, who
    /// stands in the company of others in office, who leads a state and does something, or whose namesakes are all of one
    /// country.
    fn in_office(&self, number: usize, rivals: &[u32]) -> Option<u32> {
        let (day, document) = (self.document.day?, self.document);
        let hit = self.hits[number];
        let (first, last) = (hit.first as usize, hit.last as usize);
        // `May wrote to Tusk`, `Barrow's cabinet`; not `in May`, `the yards at Barrow`
        let does = agency::is_subject(document, last) || document.is_possessive(last);
        let does = does && !document.is_governed(first);
        // In a line of capitals a deal is a deal.
        let words =
            class::ACT | class::BASE | class::SPEECH | class::DEALING | class::FEATURE | class::BUSINESS;
        let everyday = document.is(first, class::CALENDAR | class::COMMON)
            || (document.is_headline(first) && document.is(first, words));
        let says = does
            && document.after(last).is_some_and(|at| document.is(at, class::SPEECH) || is_past(document, at));
        if everyday && !does {
            return None;
        }
        let post = |person: u32| self.names.engine.post(person, day);
        let best = rivals.iter().filter_map(|person| post(*person)).min()?;
        let mut foremost = rivals.iter().filter(|person| post(**person) == Some(best));
        let (person, other) = (*foremost.next()?, foremost.next());
        if other.is_some() {
            return None;
        }
        let country = |person: u32| self.names.engine.country[person as usize];
        let home = country(person)?;
        let in_company = || {
            let sentence = document.sentence(first);
            let around = self.hits[number.saturating_sub(NEAR)..].iter().take(2 * NEAR + rivals.len());
            let is_leader = |hit: &Hit| match hit.target {
                Target::Known(other) => {
                    hit.accepted && post(other).is_some_and(|post| post < Post::Other || does)
                }
                _ => false,
            };
            around.into_iter().any(|hit| is_leader(hit) && sentence.contains(&(hit.first as usize)))
        };
        let alone = || does && rivals.iter().all(|rival| country(*rival) == Some(home));
        let known = best <= Post::Premier && does && (says || !everyday);
        let is_meant = self.near[home as usize] || in_company() || known || (best < Post::Other && alone());
        is_meant.then_some(person)
    }

    /// The longer name in which a surname stands, if it does.
    fn other_name(&self, hit: &Hit, name: &str) -> Option<Longer> {
        let document = self.document;
        let first = hit.first as usize;
        let not_name =
            class::ROLE | class::HONORIFIC | class::CALENDAR | class::STATEHOOD | class::ORGANISATION;
        let goods = |at: usize| {
            matches!(
                document.text(at),
                "Jr" | "Sr"
                    | "Foundation"
                    | "Organization"
                    | "Tower"
                    | "barracks"
                    | "prison"
                    | "base"
                    | "airport"
            )
        };
        if let Some(next) = document.words.get(hit.last as usize + 1)
            && next.gap.is_space()
            && goods(hit.last as usize + 1)
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

/// Whether a word is a verb in the past or, in a line of capitals, in the present or behind `TO`: `May survived the vote`,
/// `MAY OFFERS TO QUIT`. A month is followed by neither.
fn is_past(document: &Document<'_>, at: usize) -> bool {
    let word = document.text(at);
    let verb = document.is(at, class::ACT) && !document.is(at, class::BASE);
    if document.is_headline(at) {
        let to = word == "TO" && document.after(at).is_some_and(|next| document.is(next, class::BASE));
        return to || (verb && word.ends_with('S'));
    }
    verb && word.ends_with("ed") && !matches!(word, "started" | "ended" | "opened" | "closed" | "marked")
}
