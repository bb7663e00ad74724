//! Makes the engine from all that is known. The build script does it for the built-in names.

use super::engine::{Block, Engine, Held, Phrase, Post, Rules};
use super::entity::{Alias, Blocker, Conditions, Entity, Kind, Knowledge, Region, Sense};
use super::matcher::{Case, Meaning, Names};
use super::rows::Rows;
use super::vocabulary::{QuickMap, Vocabulary, class, folded, inflected, kebab};
use super::words::cut;

/// The titles of which several may be named at once, each a person of the first rank.
const PLURAL: [&str; 5] = ["president", "prime minister", "chancellor", "king", "head of state"];

/// Makes the engine. The entities come back without the conditions of their names, which are the engine's rules now.
#[must_use]
pub fn compile(known: Knowledge) -> (Engine, Vec<Entity>) {
    let Knowledge { as_of, mut entities, blockers, regions, words, .. } = known;
    place_areas(&mut entities, &regions);
    let ids = entities.iter().zip(0_u32..).map(|(entity, number)| (entity.id.clone(), number)).collect();
    let mut compiler = Compiler { ids, names: Names::default() };
    compiler.mark_words(&words);
    let rules = compiler.add_names(&entities);
    let titles = compiler.add_titles(&entities);
    let blocks = compiler.add_blockers(&blockers);
    let country: Vec<Option<u32>> =
        entities.iter().map(|entity| entity.country.as_deref().and_then(|id| compiler.number(id))).collect();
    let mut region: Vec<Option<u32>> = entities.iter().map(|entity| region_of(entity, &regions)).collect();
    let body = |entity: &Entity| entity.body.as_deref().and_then(|id| compiler.number(id));
    let owner: Vec<Option<u32>> = entities
        .iter()
        .zip(&country)
        .map(|(entity, country)| body(entity).or(country.filter(|_| entity.kind == Kind::Office)))
        .collect();
    for (number, entity) in entities.iter().enumerate() {
        if let Some(body) = body(entity) {
            region[number] = region[body as usize];
        }
    }
    // What lies in a country lies in the country's region.
    for number in 0..entities.len() {
        if let Some(country) = country[number] {
            region[number] = region[country as usize];
        }
    }
    let seats = seats(&entities);
    let terms = compiler.terms(&entities);
    for alias in entities.iter_mut().flat_map(|entity| &mut entity.aliases) {
        alias.conditions = None;
    }
    let matcher = compiler.names.finish();
    let mut by_id: Vec<u32> = (0_u32..).take(entities.len()).collect();
    by_id.sort_by_key(|number| &entities[*number as usize].id);
    let starts = Vec::new();
    let engine = Engine {
        as_of,
        by_id,
        starts,
        regions,
        matcher,
        rules,
        blocks,
        country,
        region,
        owner,
        seats,
        titles,
        terms,
    };
    (engine, entities)
}

/// Areas that a region names: those that are entities move to it, the others become entities.
fn place_areas(entities: &mut Vec<Entity>, regions: &[Region]) {
    let mut by_name: QuickMap<String, usize> = QuickMap::default();
    for (number, entity) in entities.iter().enumerate() {
        if matches!(entity.kind, Kind::Area | Kind::Place) {
            by_name.insert(entity.name.clone(), number);
        }
    }
    for region in regions {
        let own = std::iter::once(&region.name).filter(|name| !name.contains('&'));
        for area in region.areas.iter().chain(own) {
            if let Some(number) = by_name.get(area) {
                let entity = &mut entities[*number];
                if entity.country.is_none() {
                    entity.region = Some(region.id.clone());
                }
            } else if !(region.id == "global" && *area == region.name) {
                let id = format!("area-{}", kebab(area));
                let mut entity = Entity::new(id, area.clone(), Kind::Area);
                entity.region = Some(region.id.clone());
                by_name.insert(area.clone(), entities.len());
                entities.push(entity);
            }
        }
    }
}

/// Bodies that are called by their city: `Brussels`.
fn seats(entities: &[Entity]) -> Vec<(u32, u32, u32)> {
    let mut seats = Vec::new();
    for (body, entity) in (0_u32..).zip(entities).filter(|(_, entity)| !entity.kind.is_land()) {
        for (at, alias) in (0_u32..).zip(&entity.aliases).filter(|(_, alias)| alias.also_place) {
            let is_city = |other: &Alias| {
                matches!(other.sense, Sense::Capital | Sense::City) && other.text == alias.text
            };
            let lands = (0_u32..).zip(entities).filter(|(_, land)| land.kind.is_land());
            let country = lands.clone().find(|(_, land)| land.aliases.iter().any(is_city));
            let place = || {
                let mut places = entities.iter().filter(|entity| entity.kind == Kind::Place);
                let home = places.find(|place| place.name == alias.text)?.country.as_deref();
                lands.clone().find(|(_, land)| Some(land.id.as_str()) == home)
            };
            seats.extend(country.or_else(place).map(|(country, _)| (body, at, country)));
        }
    }
    seats
}

struct Compiler {
    ids: QuickMap<String, u32>,
    names: Names,
}

impl Compiler {
    fn number(&self, id: &str) -> Option<u32> {
        self.ids.get(id).copied()
    }

    fn numbers(&self, ids: &[String]) -> Vec<u32> {
        ids.iter().filter_map(|id| self.number(id)).collect()
    }

    fn mark_words(&mut self, classes: &[(String, Vec<String>)]) {
        let mut scratch = String::new();
        let vocabulary = &mut self.names.vocabulary;
        for (name, words) in classes {
            let bit = class::ALL.iter().find(|(word, _)| word == name).map_or(0, |(_, bit)| *bit);
            for word in words {
                folded(word, &mut scratch);
                let id = vocabulary.add(&scratch);
                vocabulary.mark(id, bit);
                if bit == class::BASE {
                    for form in inflected(&scratch) {
                        let id = vocabulary.add(&form);
                        vocabulary.mark(id, class::ACT);
                    }
                }
            }
        }
    }

    /// Adds all names; gives the rules of each entity's aliases.
    fn add_names(&mut self, entities: &[Entity]) -> Rows<(u32, Rules)> {
        let mut all = Rows::default();
        for (number, entity) in (0_u32..).zip(entities) {
            let mut rules = Vec::new();
            let mut surname = entity.kind == Kind::Person;
            for (at, alias) in (0_u32..).zip(&entity.aliases) {
                surname &= alias.sense != Sense::Surname;
                self.names.add(&alias.text, case_of(alias), Meaning::Alias(number, at));
                if let Some(dotted) = dotted(entity, alias) {
                    self.names.add(&dotted, Case::Exact, Meaning::Alias(number, at));
                }
                rules.extend(alias.conditions.as_ref().map(|only| (at, self.rules(only))));
            }
            // Nobody wrote a surname down: the last word of the name is one, after the full name.
            if surname
                && let Some((_, last)) = entity.name.rsplit_once(' ').filter(|(_, last)| !is_numeral(last))
            {
                self.names.add(last, Case::Capitals, Meaning::Alias(number, u32::MAX));
            }
            all.push(rules);
        }
        all
    }

    fn rules(&mut self, only: &Conditions) -> Rules {
        Rules {
            needs: self.numbers(&only.needs),
            needs_cue: self.phrases(&only.needs_cue),
            unless_cue: self.phrases(&only.unless_cue),
            unless_next: self.phrases(&only.unless_next),
            unless_prev: self.phrases(&only.unless_prev),
            unless_doc: self.numbers(&only.unless_doc),
            prefer: self.cues(&only.prefer_cue),
            reject: self.cues(&only.reject_cue),
        }
    }

    /// Cues are words, or the ids of entities.
    fn cues(&mut self, cues: &[String]) -> (Vec<Phrase>, Vec<u32>) {
        let words: Vec<String> = cues.iter().filter(|cue| self.number(cue).is_none()).cloned().collect();
        (self.phrases(&words), self.numbers(cues))
    }

    fn add_titles(&mut self, entities: &[Entity]) -> Rows<u32> {
        let mut numbers: QuickMap<&str, u32> = QuickMap::default();
        let mut titles: Vec<Vec<u32>> = Vec::new();
        for (office, entity) in (0_u32..).zip(entities) {
            for title in &entity.titles {
                let next = u32::try_from(titles.len()).unwrap_or(u32::MAX);
                let number = *numbers.entry(title).or_insert(next);
                if number == next {
                    titles.push(Vec::new());
                    self.names.add(title, Case::Any, Meaning::Title(number));
                    if PLURAL.contains(&title.as_str()) {
                        self.names.add(&format!("{title}s"), Case::Any, Meaning::Titles(number));
                    }
                }
                titles[number as usize].push(office);
            }
        }
        titles.into_iter().collect()
    }

    /// All terms of public office, in the order of the people.
    fn terms(&self, entities: &[Entity]) -> Vec<Held> {
        let presided: Vec<&str> =
            entities.iter().filter_map(|entity| entity.id.strip_prefix("office-president-")).collect();
        // Who leads a party or runs a company is not in office.
        let is_public = |entity: &Entity| !matches!(entity.sector.as_deref(), Some("PTY" | "MNC"));
        let offices =
            (0_u32..).zip(entities).filter(|(_, entity)| entity.kind == Kind::Office && is_public(entity));
        let terms = offices
            .flat_map(|(number, office)| office.holders.iter().map(move |term| (number, office, term)));
        let mut terms: Vec<_> = terms
            .filter_map(|(office, entity, term)| {
                let person = self.number(&term.person)?;
                Some(Held {
                    person,
                    from: term.from,
                    until: term.until,
                    post: post_of(entity, &presided),
                    office,
                })
            })
            .collect();
        terms.sort_unstable();
        terms
    }

    fn add_blockers(&mut self, blockers: &[Blocker]) -> Vec<Block> {
        let mut blocks = Vec::with_capacity(blockers.len());
        for (number, blocker) in (0_u32..).zip(blockers) {
            let case = if blocker.any_case { Case::Any } else { Case::Capitals };
            self.names.add(&blocker.text, case, Meaning::Blocker(number));
            let block = Block { after: self.phrases(&blocker.after), before: self.phrases(&blocker.before) };
            blocks.push(block);
        }
        blocks
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
                phrase.push(self.names.vocabulary.add(&scratch));
            }
            if !phrase.is_empty() {
                phrases.push(phrase.into());
            }
        }
        phrases
    }
}

/// What who holds an office serves; `presided` are the countries that have a president.
fn post_of(office: &Entity, presided: &[&str]) -> Post {
    const LEADERS: [&str; 8] = [
        "office-president-",
        "office-prime-minister-",
        "office-chancellor-",
        "office-supreme-leader-",
        "office-leader-",
        "office-king-",
        "office-crown-prince-",
        "office-pope",
    ];
    const LOCAL: [&str; 4] =
        ["office-mayor-", "office-governor-", "office-premier-", "office-chief-minister-"];
    let premier = office.id.strip_prefix("office-prime-minister-");
    if office.sector.as_deref() == Some("IGO") {
        Post::International
    } else if premier.is_some_and(|country| presided.contains(&country)) {
        Post::Premier
    } else if office.country.is_some() && LEADERS.iter().any(|start| office.id.starts_with(start)) {
        Post::Leader
    } else if LOCAL.iter().any(|start| office.id.starts_with(start)) {
        Post::Local
    } else {
        Post::Other
    }
}

/// The number of a king or a pope: `Harald V`.
fn is_numeral(word: &str) -> bool {
    word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}

/// `O.S.C.E.` for `OSCE`.
fn dotted(entity: &Entity, alias: &Alias) -> Option<String> {
    let letters = alias.text.bytes();
    let is_acronym =
        (2..=6).contains(&alias.text.len()) && letters.clone().all(|byte| byte.is_ascii_uppercase());
    let is_dotted = is_acronym && !matches!(entity.kind, Kind::Person | Kind::Company);
    is_dotted.then(|| letters.flat_map(|byte| [byte as char, '.']).collect())
}

/// Short names all in capitals are acronyms: only exactly.
fn case_of(alias: &Alias) -> Case {
    let mut letters = alias.text.chars().filter(|c| c.is_alphabetic());
    let is_short = alias.text.len() <= 5 && letters.all(char::is_uppercase);
    if alias.exact || is_short { Case::Exact } else { Case::Capitals }
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
    found.and_then(|number| u32::try_from(number).ok())
}
