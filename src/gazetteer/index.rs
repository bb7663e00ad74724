//! All names newsgen knows, ready to look for and to look up.

use std::sync::OnceLock;

use super::compile::compile;
use super::engine::{Engine, Rules};
use super::entities::Entities;
use super::entity::{Alias, Entity, Knowledge};
use super::spoken::Spoken;

/// The engine over the built-in names, as the build script packed it.
static ENGINE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/engine"));

/// The entities that the engine speaks of.
static ENTITIES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/entities"));

/// All that the data files say, for sites that add to it.
static KNOWLEDGE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/knowledge"));

/// All names newsgen knows, ready to look for.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    /// What reading needs.
    pub(super) engine: Engine,
    /// Who and what there is.
    pub(super) entities: Entities,
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
        let mut engine: Engine = postcard::from_bytes(ENGINE).expect("the build script packed the engine");
        let entities = Entities::packed(ENTITIES, std::mem::take(&mut engine.starts));
        Self { engine, entities, spoken: OnceLock::new() }
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
        let (engine, entities) = compile(known);
        Self { engine, entities: Entities::of(entities), spoken: OnceLock::new() }
    }

    /// The rules of an alias.
    pub(super) fn rules(&self, entity: u32, alias: u32) -> Option<&Rules> {
        self.engine.rules(entity, alias)
    }

    /// An alias; `None` for a surname that nobody wrote down.
    pub(super) fn alias(&self, entity: u32, alias: u32) -> Option<&Alias> {
        self.at(entity).aliases.get(alias as usize)
    }

    /// The number of an entity.
    pub(super) fn number(&self, id: &str) -> Option<u32> {
        let by_id = &self.engine.by_id;
        let found = by_id.binary_search_by(|number| self.at(*number).id.as_str().cmp(id)).ok()?;
        Some(by_id[found])
    }

    /// An entity by its number.
    pub(super) fn at(&self, number: u32) -> &Entity {
        self.entities.at(number)
    }

    /// The newest day against which the dated part was checked, as `yyyymmdd`.
    #[must_use]
    pub fn as_of(&self) -> u32 {
        self.engine.as_of
    }
}
