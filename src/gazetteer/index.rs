//! All names newsgen knows, ready to look for and to look up.

use std::sync::OnceLock;

use hashbrown::HashTable;

use super::compile::compile;
use super::engine::{Engine, Rules};
use super::entity::{Alias, Entity, Knowledge};
use super::spoken::Spoken;
use super::vocabulary::hash;

/// The engine over the built-in names, as the build script packed it.
static ENGINE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/engine"));

/// All that the data files say, for sites that add to it.
static KNOWLEDGE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/knowledge"));

/// All names newsgen knows, ready to look for.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    /// What reading needs.
    pub(super) engine: Engine,
    /// The numbers of the entities, by their ids.
    ids: HashTable<u32>,
    /// Who answers to a word in front matter; made when the first one is looked up.
    pub(super) spoken: OnceLock<Spoken>,
}

impl Gazetteer {
    /// The built-in names.
    ///
    /// # Panics
    /// Never: the build script packs the engine with the same types.
    #[must_use]
    pub fn built_in() -> Self {
        Self::over(postcard::from_bytes(ENGINE).expect("the build script packed the engine"))
    }

    /// The built-in knowledge, as the data files have it.
    ///
    /// # Panics
    /// Never: the build script packs the knowledge with the same types.
    #[must_use]
    pub fn knowledge() -> Knowledge {
        postcard::from_bytes(KNOWLEDGE).expect("the build script packed the knowledge")
    }

    /// Makes the indexes over all that is known.
    #[must_use]
    pub fn of(known: Knowledge) -> Self {
        Self::over(compile(known))
    }

    fn over(engine: Engine) -> Self {
        let mut ids = HashTable::with_capacity(engine.entities.len());
        for (number, entity) in (0_u32..).zip(&engine.entities) {
            let hash = hash(&entity.id);
            ids.insert_unique(hash, number, |_| hash);
        }
        Self { engine, ids, spoken: OnceLock::new() }
    }

    /// The rules of an alias.
    pub(super) fn rules(&self, entity: u32, alias: u32) -> Option<&Rules> {
        self.engine.rules(entity, alias)
    }

    /// An alias; `None` for a surname that nobody wrote down.
    pub(super) fn alias(&self, entity: u32, alias: u32) -> Option<&Alias> {
        self.engine.alias(entity, alias)
    }

    /// The number of an entity.
    pub(super) fn number(&self, id: &str) -> Option<u32> {
        self.ids.find(hash(id), |number| self.at(*number).id == id).copied()
    }

    /// An entity by its number.
    pub(super) fn at(&self, number: u32) -> &Entity {
        &self.engine.entities[number as usize]
    }

    /// The newest day against which the dated part was checked, as `yyyymmdd`.
    #[must_use]
    pub fn as_of(&self) -> u32 {
        self.engine.as_of
    }
}
