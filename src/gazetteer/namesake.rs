//! Who and what bears the same name: surnames, people who are named like a country, towns overseas.

use super::agency;
use super::context::Reading;
use super::entity::Kind;
use super::gap::Gap;
use super::hit::{Hit, Role, Target};
use super::role;
use super::vocabulary::class;
use super::words::Shape;

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
            let bare = hit.rule == "surname" || hit.rule == "surname that only one person bears";
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

    /// A town overseas: the name counts for the United States or Canada instead, as a place.
    fn move_overseas(&mut self, number: usize) {
        let state = self.hits[number].last as usize + 1;
        let is_canadian = matches!(
            self.document.text(state),
            "Ontario" | "Quebec" | "Alberta" | "Manitoba" | "Saskatchewan" | "Ont" | "Que" | "Alta" | "Sask"
        );
        self.drop_hit(number, "town overseas");
        if let Some(country) = self.names.number(if is_canadian { "can" } else { "usa" }) {
            let hit = &mut self.hits[number];
            hit.target = Target::Known(country);
            (hit.role, hit.rule, hit.accepted, hit.acts) = (Role::Place, "town overseas", true, false);
            let words = hit.words();
            self.covered[words].fill(number as u32 + 1);
        }
    }

    fn drop_hit(&mut self, number: usize, rule: &'static str) {
        let hit = self.hits[number];
        self.hits[number].accepted = false;
        self.covered[hit.words()].fill(0);
        if self.explain {
            self.rejected.push(Hit { rule, accepted: false, ..hit });
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
    /// the text names, or of that of all the others.
    fn leading_bearer(&self, number: usize) -> Option<u32> {
        let day = self.document.day?;
        let hit = self.hits[number];
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
            self.near[home as usize] || rivals.iter().all(|rival| country(*rival) == Some(home))
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

    /// Countries and places: people who are named like one, towns overseas, where and who.
    pub(super) fn lands(&mut self) {
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
                } else if hit.accepted && matches!(kind, Kind::Igo | Kind::Body) {
                    self.hits[number].acts = !agency::is_venue(self.document, hit.first as usize);
                }
                continue;
            }
            if self.is_town(hit.last as usize) {
                self.move_overseas(number);
                continue;
            }
            if let Some(rule) = self.not_a_land(&hit) {
                self.drop_hit(number, rule);
                continue;
            }
            let (meant, rule) = role::decide(self, number);
            self.hits[number].role = meant;
            self.hits[number].rule = rule;
            self.hits[number].acts = agency::acts(self, number);
        }
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
                return Some("part of a person's name");
            }
            if let Some(before) = document.before(first)
                && document.is(before, class::HONORIFIC)
                && document.is_capital(before)
            {
                return Some("part of a person's name");
            }
            if document.is(first, class::GIVEN)
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

    /// Whether a state of the U.S. or a province of Canada follows after a comma: `Moscow, Idaho`.
    fn is_town(&self, last: usize) -> bool {
        let document = self.document;
        let Some(next) = document.words.get(last + 1) else {
            return false;
        };
        if !next.gap.is_comma() || !document.is_capital(last + 1) {
            return false;
        }
        // `Cuba, N.Y.`
        let letters = |at: usize| document.words.get(at).is_some_and(|word| word.end - word.start == 1);
        if letters(last + 1)
            && letters(last + 2)
            && document.words[last + 2].gap.0 == Gap::DOT
            && document.is_capital(last + 2)
        {
            let state = [document.text(last + 1), document.text(last + 2)].concat();
            return matches!(
                state.as_str(),
                "NY" | "NJ"
                    | "NH"
                    | "NM"
                    | "NC"
                    | "ND"
                    | "SC"
                    | "SD"
                    | "RI"
                    | "WV"
                    | "DC"
                    | "BC"
                    | "NS"
                    | "NB"
            );
        }
        document.is(last + 1, class::STATE) && !self.is_country(last + 1)
    }

    /// Whether the word belongs to a hit on a country (`Tbilisi, Georgia`).
    fn is_country(&self, word: usize) -> bool {
        self.hit_at(word).is_some_and(|hit| match hit.target {
            Target::Known(entity) => self.names.at(entity).kind.is_land(),
            _ => false,
        })
    }
}
