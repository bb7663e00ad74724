//! All that reading a text needs, made once from all that is known: when newsgen is built, or for a site that has
//! names of its own. Nothing but rows and numbers, so that it is ready a moment after the program has started.

use serde::{Deserialize, Serialize};

use super::entity::{Day, Region};
use super::matcher::Matcher;
use super::rows::Rows;

/// A few words in a row, by their numbers in the vocabulary.
pub type Phrase = Box<[u32]>;

/// What must hold for an alias to count, as numbers.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Rules {
    /// One of these entities must be in the document.
    pub needs: Vec<u32>,
    /// One of these phrases must be in the sentence or the document.
    pub needs_cue: Vec<Phrase>,
    /// None may be in the sentence.
    pub unless_cue: Vec<Phrase>,
    /// None may follow.
    pub unless_next: Vec<Phrase>,
    /// None may stand before.
    pub unless_prev: Vec<Phrase>,
    /// None of these entities may be in the document.
    pub unless_doc: Vec<u32>,
    /// Speak for it.
    pub prefer: (Vec<Phrase>, Vec<u32>),
    /// Speak against it.
    pub reject: (Vec<Phrase>, Vec<u32>),
}

/// What somebody in office serves; the foremost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Post {
    /// Leads a state.
    Leader,
    /// Heads the government of a state that has a president too.
    Premier,
    /// Serves several countries, and does not speak for that of birth.
    International,
    /// A minister, a central banker, a commander.
    Other,
    /// Of a city or of a part of a country.
    Local,
}

/// Somebody's time in an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Held {
    /// Who.
    pub person: u32,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// What it serves.
    pub post: Post,
    /// Which office.
    pub office: u32,
}

/// A blocker's conditions, as numbers.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Block {
    /// One of these must stand before, if there are any.
    pub after: Vec<Phrase>,
    /// One of these must follow, if there are any.
    pub before: Vec<Phrase>,
}

/// All that reading a text needs beside the entities themselves, which go by their numbers.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Engine {
    /// The newest day against which the dated part was checked.
    pub as_of: Day,
    /// The numbers of the entities, in the order of their ids.
    pub by_id: Vec<u32>,
    /// By entity: where it starts among the packed ones.
    pub starts: Vec<u32>,
    /// In the order in which a newsletter prints them.
    pub regions: Vec<Region>,
    /// The automaton over all names.
    pub matcher: Matcher,
    /// By entity: its aliases' numbers and rules, where there are any.
    pub rules: Rows<(u32, Rules)>,
    /// By blocker.
    pub blocks: Vec<Block>,
    /// By entity: the number of the country it counts for.
    pub country: Vec<Option<u32>>,
    /// By entity: the number of the region it counts for.
    pub region: Vec<Option<u32>>,
    /// By entity: for an office, whose it is: a body's, or a country's.
    pub owner: Vec<Option<u32>>,
    /// Names of bodies that are also their cities: the body, its alias, the city's country.
    pub seats: Vec<(u32, u32, u32)>,
    /// By title: the offices that bear it.
    pub titles: Rows<u32>,
    /// Who held which office from which day to which, in the order of the people.
    pub terms: Vec<Held>,
}

impl Engine {
    /// The rules of an alias.
    pub fn rules(&self, entity: u32, alias: u32) -> Option<&Rules> {
        self.rules.row(entity).iter().find(|(at, _)| *at == alias).map(|(_, rules)| rules)
    }

    /// The foremost post that somebody holds on a day.
    pub fn post(&self, person: u32, day: Day) -> Option<Post> {
        let start = self.terms.partition_point(|term| term.person < person);
        let own = self.terms[start..].iter().take_while(|term| term.person == person);
        own.filter(|term| (term.from..=term.until).contains(&day)).map(|term| term.post).min()
    }

    /// The region of the international body that somebody serves on a day.
    pub fn serves(&self, person: u32, day: Day) -> Option<u32> {
        let start = self.terms.partition_point(|term| term.person < person);
        let own = self.terms[start..].iter().take_while(|term| term.person == person);
        let mut serving =
            own.filter(|term| (term.from..=term.until).contains(&day) && term.post == Post::International);
        serving.find_map(|term| self.region[term.office as usize])
    }

    /// Who holds which office on a day.
    pub fn held(&self, day: Day) -> impl Iterator<Item = &Held> {
        self.terms.iter().filter(move |term| (term.from..=term.until).contains(&day))
    }
}
