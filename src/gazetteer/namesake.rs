//! What bears the name of a country or a city and is none: people, towns overseas, the seats of bodies.

use super::agency;
use super::context::Reading;
use super::entity::Kind;
use super::hit::{Hit, Role, Target};
use super::recipient::is_venue;
use super::role;
use super::vocabulary::class;
use super::words::Shape;

/// Nobody looks further back than so many names for whose surname a name is.
const BACK: usize = 400;

/// The rule by which the name of a place is somebody's.
const PERSON: &str = "part of a person's name";

impl Reading<'_, '_> {
    pub(super) fn drop_hit(&mut self, number: usize, rule: &'static str) {
        let hit = self.hits[number];
        self.hits[number].accepted = false;
        self.covered[hit.words()].fill(0);
        if self.explain {
            self.rejected.push(Hit { rule, accepted: false, ..hit });
        }
    }

    /// Countries and places: people who are named like one, towns overseas, where and who.
    pub(super) fn lands(&mut self) {
        // Words that ended the name of somebody nobody lists: `Paloma Valencia`.
        let mut people: Vec<u32> = Vec::new();
        for number in 0..self.hits.len() {
            let hit = self.hits[number];
            let Target::Known(entity) = hit.target else {
                continue;
            };
            let kind = self.names.at(entity).kind;
            if hit.accepted && !kind.is_land() && self.is_only_a_seat(number) {
                continue;
            }
            if !hit.accepted || !(kind.is_land() || matches!(kind, Kind::Place | Kind::Area)) {
                if hit.accepted && role::is_source(self, &hit) {
                    self.hits[number].role = Role::Source;
                    self.hits[number].rule = "an outlet: quoted, not acting";
                } else if hit.accepted && kind == Kind::Company {
                    self.hits[number].acts = !self.names_a_thing(hit.last as usize);
                } else if hit.accepted && matches!(kind, Kind::Igo | Kind::Body) {
                    self.hits[number].acts = !is_venue(self.document, hit.first as usize);
                }
                continue;
            }
            if let Some(state) = self.overseas(number) {
                self.move_overseas(number, state);
                continue;
            }
            let word = self.document.words[hit.last as usize].id;
            if let Some(rule) = self.not_a_land(&hit) {
                if rule == PERSON {
                    people.push(word);
                }
                self.drop_hit(number, rule);
                continue;
            }
            if hit.first == hit.last && people.contains(&word) {
                self.drop_hit(number, PERSON);
                continue;
            }
            if let Some(person) = self.bearer(number) {
                let as_person = Hit {
                    target: Target::Known(person),
                    role: Role::Person,
                    rule: "surname after the full name",
                    acts: true,
                    ..hit
                };
                self.hits[number] = as_person;
                continue;
            }
            let (meant, rule) = role::decide(self, number);
            self.hits[number].role = meant;
            self.hits[number].rule = rule;
            self.hits[number].acts = agency::acts(self, number);
        }
    }

    /// The person named in full before whose surname is a place's, if nothing else in the text speaks for the place:
    /// `Thomas Jordan … Jordan's move`.
    fn bearer(&self, number: usize) -> Option<u32> {
        let hit = self.hits[number];
        let Target::Known(place) = hit.target else { return None };
        if hit.first != hit.last || hit.role == Role::Demonym {
            return None;
        }
        let word = self.document.words[hit.last as usize].id;
        let named = self.hits[number.saturating_sub(BACK)..number].iter().rev().find(|other| {
            other.accepted
                && other.role == Role::Person
                && other.first < other.last
                && self.document.words[other.last as usize].id == word
        })?;
        let Target::Known(person) = named.target else { return None };
        let country = self.names.engine.country[place as usize];
        let speaks = |other: &&Hit| {
            let same = matches!(other.target, Target::Known(number) if self.names.engine.country[number as usize] == country);
            other.accepted && same && self.document.words[other.last as usize].id != word
        };
        self.hits.iter().take(BACK).find(speaks).is_none().then_some(person)
    }

    /// `in Brussels` is in Belgium; `Brussels said` is the Union. Moves the hit to the country if it is a place here.
    fn is_only_a_seat(&mut self, number: usize) -> bool {
        let hit = self.hits[number];
        let Target::Known(body) = hit.target else { return false };
        let text = self.document.span(hit.first as usize, hit.last as usize);
        let mut seats = self.names.engine.seats.iter();
        let seat = seats.find(|(at, alias, _)| {
            *at == body
                && self.names.alias(body, *alias).is_some_and(|alias| alias.text.eq_ignore_ascii_case(text))
        });
        let Some((_, _, country)) = seat else { return false };
        self.hits[number].role = Role::Acting;
        let (meant, rule) = role::decide(self, number);
        // `police in Brussels` are Belgium's.
        let meant = if rule == role::ORGAN_THERE { Role::Place } else { meant };
        if meant != Role::Place {
            self.hits[number].role = if meant == Role::Dateline { meant } else { hit.role };
            return meant == Role::Dateline;
        }
        let moved = Hit { target: Target::Known(*country), role: meant, rule, acts: false, ..hit };
        self.hits[number] = moved;
        true
    }

    /// Whether a company's name only says whose goods are meant: `undeclared Rolex watches`.
    fn names_a_thing(&self, last: usize) -> bool {
        let document = self.document;
        let thing = |at: usize| {
            let word = document.text(at);
            let acts =
                class::ACT | class::SPEECH | class::BASE | class::ROLE | class::STAFF | class::BUSINESS;
            word.len() > 4 && word.ends_with('s') && !word.ends_with("ss") && !document.is(at, acts)
        };
        document.after(last).is_some_and(|next| {
            document.words[next].gap.is_space()
                && document.words[next].shape == Shape::Lower
                && !document.is_possessive(last)
                && thing(next)
        })
    }

    /// Why a country's or a city's name means something else here.
    fn not_a_land(&self, hit: &Hit) -> Option<&'static str> {
        let document = self.document;
        let (first, last) = (hit.first as usize, hit.last as usize);
        if document.in_dateline(first) {
            return None;
        }
        if first == last
            && hit.role != Role::Demonym
            && document.words[first].shape == Shape::Capital
            && !document.is_headline(first)
        {
            let gap = document.words[first].gap;
            if let Some(before) = document.before(first)
                && gap.is_space()
                && document.is_capital(before)
                && document.is(before, class::GIVEN)
                && !document.is(before, class::COMMON | class::ROLE)
                && self.covered[before] == 0
            {
                return Some(PERSON);
            }
            // `Nikolao Pula, the governor of …`
            if let Some(before) = document.before(first)
                && gap.is_space()
                && document.words[before].shape == Shape::Capital
                && document.words[before].id == 0
                && self.covered[before] == 0
                && self.is_introduced(before)
            {
                return Some(PERSON);
            }
            // `the USS Georgia`
            if let Some(before) = document.before(first)
                && document.is(before, class::SHIP)
                && document.is_tied(first)
            {
                return Some("name of a ship");
            }
            if let Some(before) = document.before(first)
                && document.is(before, class::HONORIFIC)
                && document.is_capital(before)
            {
                return Some(PERSON);
            }
            if (document.is(first, class::GIVEN) || self.is_introduced(first))
                && let Some(next) = document.words.get(first + 1)
                && next.gap.is_space()
                && next.shape == Shape::Capital
                && next.sentence == document.words[first].sentence
                && self.covered[first + 1] == 0
                && document.classes[first + 1]
                    & (class::ROLE
                        | class::COMMON
                        | class::ORGANISATION
                        | class::FEATURE
                        | class::BRAND
                        | class::STATEHOOD
                        | class::CALENDAR
                        | class::URBAN)
                    == 0
            {
                return Some("a person's given name");
            }
        }
        if let Some(next) = document.words.get(last + 1)
            && next.gap.is_space()
            && matches!(next.shape, Shape::Capital)
            && document.is(last + 1, class::FEATURE)
            && !document.is_headline(first)
        {
            return Some("part of another place's name");
        }
        None
    }

    /// Whether a role follows the word after it: `Bouna Sylla, the minister of mines`.
    fn is_introduced(&self, first: usize) -> bool {
        const NEAR: usize = 4;
        let document = self.document;
        let comma = first + 2;
        let the = document.words.get(comma).is_some_and(|word| {
            word.gap.is_comma()
                && word.sentence == document.words[first].sentence
                && matches!(document.text(comma), "the" | "a" | "an" | "its" | "his" | "her")
        });
        the && (comma + 1..(comma + 1 + NEAR).min(document.words.len()))
            .any(|at| document.is(at, class::ROLE))
    }
}
