//! What speaks for a tag: every mention counted, by how and where it stands.

use super::agency;
use super::document::Document;
use super::findings::Part;
use super::hit::{Hit, Role, Target};
use super::vocabulary::QuickMap;

/// The evidence for one tag.
#[allow(clippy::struct_excessive_bools, reason = "each is a point that is given or not")]
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Mentions, each weighed.
    pub weight: f32,
    /// Mentions.
    pub count: u32,
    /// Mentions by name, or by what stands for it and acts.
    pub named: u32,
    /// Mentions by adjective only.
    pub demonym: u32,
    /// Mentions only of where something is.
    pub place: u32,
    /// Mentions by way of people, bodies and groups that count for it.
    pub through: u32,
    /// Mentions in a long list.
    pub listed: u32,
    /// Mentions whose next word is a verb of acting.
    pub acting: u32,
    /// Whether the headline mentions it.
    pub title: bool,
    /// Whether the first paragraph does.
    pub first_paragraph: bool,
    /// Whether the first sentence does.
    pub first_sentence: bool,
    /// Whether the dateline does.
    pub dateline: bool,
    /// Whether an implication is for it.
    pub audience: bool,
    /// By office only so far.
    pub by_office: bool,
    /// The parts that mention it.
    pub parts: Vec<Part>,
    /// First byte in the file of the first mention.
    pub first: usize,
}

/// Where a mention stands.
#[allow(clippy::struct_excessive_bools, reason = "each is a point that is given or not")]
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    part: Part,
    title: bool,
    first_paragraph: bool,
    first_sentence: bool,
    acting: bool,
    listed: bool,
    audience: bool,
    start: usize,
}

/// The layout of a document as far as counting needs it.
#[derive(Debug)]
pub struct Layout {
    /// The first paragraph of the body.
    opening: u32,
    /// The first sentence of the body.
    sentence: u32,
    /// How many words there are.
    pub words: usize,
}

impl Layout {
    /// Looks for the first paragraph.
    #[must_use]
    pub fn of(document: &Document<'_>) -> Self {
        let body = (0..document.words.len())
            .find(|at| document.part(*at) != Part::Title && !document.in_dateline(*at));
        let first = body.map(|at| &document.words[at]);
        Self {
            opening: first.map_or(0, |word| word.paragraph),
            sentence: first.map_or(0, |word| word.sentence),
            words: document.words.len(),
        }
    }

    /// Where a word stands that is no hit.
    #[must_use]
    pub fn at(&self, document: &Document<'_>, word: usize) -> Standing {
        let hit = Hit {
            first: word as u32,
            last: word as u32,
            target: Target::Nothing,
            role: Role::Office,
            rule: "",
            accepted: true,
            acts: false,
        };
        self.standing(document, &hit, false)
    }

    /// Where a hit stands.
    #[must_use]
    pub fn standing(&self, document: &Document<'_>, hit: &Hit, listed: bool) -> Standing {
        let (first, last) = (hit.first as usize, hit.last as usize);
        let word = &document.words[first];
        let part = document.part(first);
        let acting = agency::is_subject(document, last);
        let body = part != Part::Title;
        Standing {
            part,
            title: !body,
            first_paragraph: body && word.paragraph == self.opening,
            first_sentence: body && word.sentence == self.sentence,
            acting,
            listed,
            audience: matches!(part, Part::Implication(_)) && is_audience(document, first),
            start: document.bytes(first).0,
        }
    }
}

impl Tally {
    /// Counts one mention.
    pub fn add(&mut self, standing: Standing, role: Role, weight: f32, through: bool) {
        if self.count == 0 {
            self.first = standing.start;
            self.by_office = true;
        }
        self.count += 1;
        self.weight += if standing.listed { weight * 0.4 } else { weight };
        match role {
            _ if through => self.through += 1,
            Role::Name | Role::Acting | Role::Person | Role::Body | Role::Noun | Role::Office => {
                self.named += 1;
            }
            Role::Demonym => self.demonym += 1,
            Role::Place => self.place += 1,
            Role::Dateline => self.dateline = true,
            Role::Source | Role::Currency => {}
        }
        self.by_office &= role == Role::Office;
        self.listed += u32::from(standing.listed);
        self.acting += u32::from(standing.acting && !matches!(role, Role::Place | Role::Dateline));
        self.title |= standing.title;
        self.audience |= standing.audience;
        let counts = role != Role::Dateline;
        self.first_paragraph |= standing.first_paragraph && counts;
        self.first_sentence |= standing.first_sentence && counts;
        if !self.parts.contains(&standing.part) {
            self.parts.push(standing.part);
        }
    }
}

/// Whether a word stands in the `For the Gulf states` that opens an implication.
fn is_audience(document: &Document<'_>, word: usize) -> bool {
    const LONG: usize = 6;
    let passage = document.words[word].passage;
    let from = word.saturating_sub(LONG);
    let start = (from..word).find(|at| *at == 0 || document.words[*at - 1].passage != passage);
    start.is_some_and(|start| {
        document.text(start).eq_ignore_ascii_case("for")
            && document.words[start].paragraph == document.words[word].paragraph
    })
}

/// Tallies in the order of the first mention.
#[derive(Debug)]
pub struct Tallies<K> {
    /// What, and its tally.
    pub all: Vec<(K, Tally)>,
    places: QuickMap<K, usize>,
}

impl<K> Default for Tallies<K> {
    fn default() -> Self {
        Self { all: Vec::new(), places: QuickMap::default() }
    }
}

impl<K: Copy + Eq + std::hash::Hash> Tallies<K> {
    /// The tally of something, a new one if it has none yet.
    pub fn of(&mut self, key: K) -> &mut Tally {
        let next = self.all.len();
        let place = *self.places.entry(key).or_insert(next);
        if place == next {
            self.all.push((key, Tally::default()));
        }
        &mut self.all[place].1
    }
}
