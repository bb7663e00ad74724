//! Towns of the United States and Canada that bear the name of a city or country elsewhere: `Moscow, Idaho`, `Athens, the
//! Georgia college town`, `London, two hours' drive from Toronto`.

use super::context::Reading;
use super::gap::Gap;
use super::hit::{Hit, Role, Target};
use super::vocabulary::class;
use super::words::Shape;

/// Nobody looks further than so many words behind a town for its state.
const NEAR: usize = 9;

/// What says that the words after a name are about where a town lies.
const LIES: [&str; 13] = [
    "town",
    "towns",
    "city",
    "suburb",
    "village",
    "northwest",
    "northeast",
    "southwest",
    "southeast",
    "northern",
    "southern",
    "north",
    "south",
];

impl Reading<'_, '_> {
    /// Counts a town overseas for the United States or Canada, as a place; `state` is the word that says where it lies.
    pub(super) fn move_overseas(&mut self, number: usize, state: usize) {
        let is_canadian = matches!(
            self.document.text(state),
            "Ontario" | "Quebec" | "Alberta" | "Manitoba" | "Saskatchewan" | "Ont" | "Que" | "Alta" | "Sask"
        );
        let named = if is_canadian { "can" } else { "usa" };
        let near =
            self.hit_at(state).filter(|hit| hit.first as usize == state).and_then(|hit| self.america_of(hit));
        self.drop_hit(number, "town overseas");
        if let Some(country) = near.or_else(|| self.names.number(named)) {
            let hit = &mut self.hits[number];
            hit.target = Target::Known(country);
            (hit.role, hit.rule, hit.accepted, hit.acts) = (Role::Place, "town overseas", true, false);
            let words = hit.words();
            self.covered[words].fill(number as u32 + 1);
            // `the Georgia college town` is not in the Caucasus.
            let state = (self.covered[state] as usize).checked_sub(1).filter(|state| *state > number);
            if let Some(hit) = state.and_then(|state| self.hits.get_mut(state))
                && hit.role == Role::Name
            {
                (hit.target, hit.role, hit.acts) = (Target::Known(country), Role::Place, false);
            }
        }
    }

    /// The word that says in which state or province a town lies, if the name of a city or country is that of a town there.
    pub(super) fn overseas(&self, number: usize) -> Option<usize> {
        let hit = &self.hits[number];
        let last = hit.last as usize;
        if self.is_town(last) {
            return Some(last + 1);
        }
        let country = self.country_of(hit);
        let state = self.described(last).or_else(|| {
            // `Lebanon and Berlin, two mill towns of New Hampshire`
            let next = self.hits.get(number + 1).filter(|next| next.first as usize == last + 2)?;
            let joined = self.document.text(last + 1) == "and" && self.document.is_tied(last + 1);
            self.described(next.last as usize).filter(|_| joined)
        })?;
        // `Poti, a town in Georgia` is at home.
        let home = self.hit_at(state).is_some_and(|state| self.country_of(state) == country);
        (hit.role != Role::Demonym && !home).then_some(state)
    }

    /// The state in the words behind a name and a comma that say where the town lies: `Lima, in the northwest of Ohio`.
    fn described(&self, last: usize) -> Option<usize> {
        let document = self.document;
        let next = document.words.get(last + 1)?;
        if !next.gap.is_comma()
            || next.sentence != document.words[last].sentence
            || next.shape == Shape::Capital
        {
            return None;
        }
        let (mut lies, mut drive) = (false, false);
        for at in last + 1..document.words.len().min(last + 1 + NEAR) {
            let word = &document.words[at];
            let pauses = word.gap.has(Gap::COMMA | Gap::STOP | Gap::DASH | Gap::COLON) && at > last + 1;
            if pauses || word.sentence != next.sentence || document.is(at, class::SPEECH) {
                return None;
            }
            let text = document.text(at);
            lies |= LIES.contains(&text);
            let from = document.text(at - 1) == "from" && drive;
            drive |= text == "drive";
            if from {
                return self.hit_at(at).and_then(|hit| self.america_of(hit)).map(|_| at);
            }
            let new = matches!(document.text(at - 1), "New" | "Rhode" | "British");
            let whole = text.len() > 3
                && (new || !matches!(text, "Mexico" | "Jersey" | "Island" | "Columbia" | "Brunswick"));
            let state = whole && word.shape == Shape::Capital && document.is(at, class::STATE);
            if state && (lies || self.lies_behind(at)) {
                return Some(at);
            }
        }
        None
    }

    /// The United States or Canada, if something counts for one of them and is no country itself.
    fn america_of(&self, hit: &Hit) -> Option<u32> {
        let country = self.country_of(hit).filter(|country| hit.target != Target::Known(*country))?;
        matches!(self.names.at(country).id.as_str(), "usa" | "can").then_some(country)
    }

    /// Whether the word that says what a place is comes behind the state: `the Georgia |college town|`.
    fn lies_behind(&self, state: usize) -> bool {
        let document = self.document;
        (state + 1..document.words.len().min(state + 4))
            .take_while(|at| document.words[*at].gap.is_space())
            .any(|at| matches!(document.text(at), "town" | "city" | "suburb" | "village"))
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
