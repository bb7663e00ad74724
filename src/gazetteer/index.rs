//! All names newsgen knows, indexed: by id, by name, by country, and in one automaton.

use std::sync::OnceLock;

use super::entity::{Alias, Entity, Kind, Knowledge, Region, Sense};
use super::matcher::{Case, Matcher, Meaning};
use super::spoken::Spoken;
use super::table;
use super::vocabulary::{QuickMap, Vocabulary, class, folded, inflected};
use super::words::cut;

static TABLE: &str = include_str!(concat!(env!("OUT_DIR"), "/gazetteer.table"));

/// A few words in a row, by their numbers in the vocabulary.
pub type Phrase = Box<[u32]>;

/// What must hold for an alias to count, as numbers.
#[derive(Debug, Clone, Default)]
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

/// A blocker's conditions, as numbers.
#[derive(Debug, Clone, Default)]
pub struct Block {
    /// One of these must stand before, if there are any.
    pub after: Vec<Phrase>,
    /// One of these must follow, if there are any.
    pub before: Vec<Phrase>,
}

/// All names newsgen knows, ready to look for.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    /// What was read.
    pub(super) known: Knowledge,
    /// The automaton over all names.
    pub(super) matcher: Matcher,
    ids: QuickMap<Box<str>, u32>,
    /// By entity: its aliases' rules, where there are any.
    rules: QuickMap<(u32, u32), Rules>,
    /// By blocker.
    pub(super) blocks: Vec<Block>,
    /// By entity: the number of the country it counts for.
    pub(super) country: Vec<Option<u32>>,
    /// By entity: the number of the region it counts for.
    pub(super) region: Vec<Option<u32>>,
    /// By title: the offices that bear it.
    pub(super) titles: Vec<Vec<u32>>,
    /// By entity, for people: the offices they held, with first and last day.
    pub(super) terms: QuickMap<u32, Vec<(u32, u32, u32)>>,
    /// Who answers to a word in front matter; made when the first one is looked up.
    pub(super) spoken: OnceLock<Spoken>,
}

impl Gazetteer {
    /// The built-in names.
    #[must_use]
    pub fn built_in() -> Self {
        Self::of(Self::knowledge())
    }

    /// The built-in knowledge, read from the embedded table.
    #[must_use]
    pub fn knowledge() -> Knowledge {
        table::read(TABLE)
    }

    /// Makes the indexes over all that is known.
    #[must_use]
    pub fn of(mut known: Knowledge) -> Self {
        let mut all = Self::default();
        for (number, entity) in known.entities.iter().enumerate() {
            all.ids.insert(entity.id.as_str().into(), number as u32);
        }
        all.place_areas(&mut known);
        all.mark_words(&known);
        all.add_names(&known);
        all.add_titles(&known);
        for (number, blocker) in known.blockers.iter().enumerate() {
            let case = if blocker.any_case { Case::Any } else { Case::Capitals };
            all.matcher.add(&blocker.text, case, Meaning::Blocker(number as u32));
            let block = Block { after: all.phrases(&blocker.after), before: all.phrases(&blocker.before) };
            all.blocks.push(block);
        }
        all.country = known
            .entities
            .iter()
            .map(|entity| entity.country.as_deref().and_then(|id| all.number(id)))
            .collect();
        all.region = known.entities.iter().map(|entity| region_of(entity, &known.regions)).collect();
        // What lies in a country lies in the country's region.
        for number in 0..known.entities.len() {
            if let Some(country) = all.country[number] {
                all.region[number] = all.region[country as usize];
            }
        }
        all.known = known;
        all
    }

    /// Areas that a region names: those that are entities move to it, the others become entities.
    fn place_areas(&mut self, known: &mut Knowledge) {
        let mut by_name: QuickMap<String, usize> = QuickMap::default();
        for (number, entity) in known.entities.iter().enumerate() {
            if matches!(entity.kind, Kind::Area | Kind::Place) {
                by_name.insert(entity.name.clone(), number);
            }
        }
        for region in &known.regions {
            let own = std::iter::once(&region.name).filter(|name| !name.contains('&'));
            for area in region.areas.iter().chain(own) {
                match by_name.get(area) {
                    Some(number) => {
                        let entity = &mut known.entities[*number];
                        if entity.country.is_none() {
                            entity.region = Some(region.id.clone());
                        }
                    }
                    None => {
                        let id = format!("area-{}", kebab(area));
                        if region.id == "global" && *area == region.name {
                            continue;
                        }
                        let mut entity = Entity::new(id.clone(), area.clone(), Kind::Area);
                        entity.region = Some(region.id.clone());
                        self.ids.insert(id.into(), known.entities.len() as u32);
                        by_name.insert(area.clone(), known.entities.len());
                        known.entities.push(entity);
                    }
                }
            }
        }
    }

    fn mark_words(&mut self, known: &Knowledge) {
        let mut scratch = String::new();
        for (name, words) in &known.words {
            let bit = class::ALL.iter().find(|(word, _)| word == name).map_or(0, |(_, bit)| *bit);
            for word in words {
                folded(word, &mut scratch);
                let id = self.matcher.vocabulary.add(&scratch);
                self.matcher.vocabulary.mark(id, bit);
                if bit == class::BASE {
                    for form in inflected(&scratch) {
                        let id = self.matcher.vocabulary.add(&form);
                        self.matcher.vocabulary.mark(id, class::ACT);
                    }
                }
            }
        }
    }

    fn add_names(&mut self, known: &Knowledge) {
        for (number, entity) in known.entities.iter().enumerate() {
            let number = number as u32;
            let mut surname = entity.kind == Kind::Person;
            for (at, alias) in entity.aliases.iter().enumerate() {
                surname &= alias.sense != Sense::Surname;
                self.add_alias(number, at as u32, alias);
            }
            // Nobody wrote a surname down: the last word of the name is one, after the full name.
            if surname && let Some((_, last)) = entity.name.rsplit_once(' ') {
                let at = u32::MAX;
                self.matcher.add(last, Case::Capitals, Meaning::Alias(number, at));
            }
            for term in &entity.holders {
                if let Some(person) = self.number(&term.person) {
                    let terms = self.terms.entry(person).or_default();
                    terms.push((number, term.from, term.until));
                }
            }
        }
    }

    fn add_alias(&mut self, entity: u32, at: u32, alias: &Alias) {
        let letters = alias.text.chars().filter(|c| c.is_alphabetic());
        let short = alias.text.len() <= 5 && letters.clone().all(char::is_uppercase);
        let case = if alias.exact || short { Case::Exact } else { Case::Capitals };
        self.matcher.add(&alias.text, case, Meaning::Alias(entity, at));
        let lists = [&alias.needs, &alias.needs_cue, &alias.unless_cue, &alias.unless_next];
        let more = [&alias.unless_prev, &alias.unless_doc, &alias.prefer_cue, &alias.reject_cue];
        if lists.iter().chain(&more).all(|list| list.is_empty()) {
            return;
        }
        let numbers = |ids: &[String]| ids.iter().filter_map(|id| self.number(id)).collect();
        let split = |cues: &[String]| -> (Vec<String>, Vec<u32>) {
            let words = cues.iter().filter(|cue| self.number(cue).is_none()).cloned();
            (words.collect(), cues.iter().filter_map(|cue| self.number(cue)).collect())
        };
        let (prefer, reject) = (split(&alias.prefer_cue), split(&alias.reject_cue));
        let (needs, unless_doc) = (numbers(&alias.needs), numbers(&alias.unless_doc));
        let rules = Rules {
            needs,
            needs_cue: self.phrases(&alias.needs_cue),
            unless_cue: self.phrases(&alias.unless_cue),
            unless_next: self.phrases(&alias.unless_next),
            unless_prev: self.phrases(&alias.unless_prev),
            unless_doc,
            prefer: (self.phrases(&prefer.0), prefer.1),
            reject: (self.phrases(&reject.0), reject.1),
        };
        self.rules.insert((entity, at), rules);
    }

    fn add_titles(&mut self, known: &Knowledge) {
        let mut numbers: QuickMap<&str, u32> = QuickMap::default();
        for (office, entity) in known.entities.iter().enumerate() {
            for title in &entity.titles {
                let next = self.titles.len() as u32;
                let number = *numbers.entry(title).or_insert(next);
                if number == next {
                    self.titles.push(Vec::new());
                    self.matcher.add(title, Case::Any, Meaning::Title(number));
                }
                self.titles[number as usize].push(office as u32);
            }
        }
    }

    fn phrases(&mut self, texts: &[String]) -> Vec<Phrase> {
        let (mut words, mut scratch) = (Vec::new(), String::new());
        let none = Vocabulary::default();
        let mut phrases = Vec::with_capacity(texts.len());
        for text in texts {
            words.clear();
            cut(text, 0, &none, &mut words, &mut scratch);
            let mut phrase = Vec::with_capacity(words.len());
            for word in &words {
                folded(&text[word.start as usize..word.end as usize], &mut scratch);
                phrase.push(self.matcher.vocabulary.add(&scratch));
            }
            if !phrase.is_empty() {
                phrases.push(phrase.into());
            }
        }
        phrases
    }

    /// The rules of an alias.
    pub(super) fn rules(&self, entity: u32, alias: u32) -> Option<&Rules> {
        self.rules.get(&(entity, alias))
    }

    /// An alias; `None` for a surname that nobody wrote down.
    pub(super) fn alias(&self, entity: u32, alias: u32) -> Option<&Alias> {
        self.known.entities[entity as usize].aliases.get(alias as usize)
    }

    /// The number of an entity.
    pub(super) fn number(&self, id: &str) -> Option<u32> {
        self.ids.get(id).copied()
    }

    /// An entity by its number.
    pub(super) fn at(&self, number: u32) -> &Entity {
        &self.known.entities[number as usize]
    }

    /// The newest day against which the dated part was checked, as `yyyymmdd`.
    #[must_use]
    pub fn as_of(&self) -> u32 {
        self.known.as_of
    }
}

/// The number of the region that an entity says or, for countries, that the regions' rules give.
fn region_of(entity: &Entity, regions: &[Region]) -> Option<u32> {
    let found = match &entity.a2 {
        Some(a2) => regions.iter().position(|region| region.add.contains(a2)).or_else(|| {
            let mut groups = entity.m49.iter();
            groups.find_map(|group| {
                regions.iter().position(|region| region.m49.contains(group) && !region.drop.contains(a2))
            })
        }),
        None => {
            let id = entity.region.as_ref()?;
            regions.iter().position(|region| region.id == *id)
        }
    };
    found.map(|number| number as u32)
}

/// A name as an id: lower-case ASCII letters and digits, hyphens between words.
#[must_use]
pub fn kebab(name: &str) -> String {
    let plain = deunicode::deunicode(name).to_ascii_lowercase();
    let plain = plain.replace(['\'', '.'], "");
    let words: Vec<&str> =
        plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}
