//! Who and what there is, unpacked one by one as it is asked for: a text speaks of a few of twenty thousand.

use std::sync::OnceLock;

use super::entity::Entity;

/// All entities, by number.
#[derive(Debug, Clone, Default)]
pub struct Entities {
    /// Entities one behind the other, as the build script writes them.
    packed: &'static [u8],
    /// By number: where it starts in `packed`.
    starts: Vec<u32>,
    /// By number; filled when it is asked for.
    unpacked: Vec<OnceLock<Box<Entity>>>,
}

impl Entities {
    /// Entities that the build script packed, and where each starts.
    #[must_use]
    pub fn packed(packed: &'static [u8], starts: Vec<u32>) -> Self {
        let unpacked = vec![OnceLock::new(); starts.len()];
        Self { packed, starts, unpacked }
    }

    /// Entities as they are.
    #[must_use]
    pub fn of(entities: Vec<Entity>) -> Self {
        let unpacked = entities.into_iter().map(|entity| OnceLock::from(Box::new(entity))).collect();
        Self { packed: &[], starts: Vec::new(), unpacked }
    }

    /// An entity by its number.
    ///
    /// # Panics
    /// If there is no such number.
    #[must_use]
    pub fn at(&self, number: u32) -> &Entity {
        self.unpacked[number as usize].get_or_init(|| {
            let bytes = &self.packed[self.starts[number as usize] as usize..];
            let (entity, _) = postcard::take_from_bytes(bytes).expect("the build script packed it");
            Box::new(entity)
        })
    }

    /// All of them, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &Entity> {
        (0_u32..).take(self.len()).map(|number| self.at(number))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.unpacked.len()
    }
}
