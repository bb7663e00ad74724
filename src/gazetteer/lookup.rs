//! Looks up what an author means by a word in front matter, and what there is.

use std::collections::BTreeMap;

use super::entity::Entity;
use super::findings::{Known, Sort};
use super::index::Gazetteer;
use super::spoken::{Spoken, plain};
use crate::diagnostic::nearest;

impl Gazetteer {
    /// What an author means by a word in front matter: an id, a name or an alias, whatever its case and accents;
    /// `None` if nothing is known by it.
    #[must_use]
    pub fn find(&self, sort: Sort, text: &str) -> Option<Known> {
        let wanted = plain(text);
        if wanted.is_empty() {
            return None;
        }
        if sort == Sort::Region {
            let mut regions = self.engine.regions.iter();
            let found = regions.find(|region| {
                region.id == text.trim() || plain(&region.name) == wanted || plain(&region.id) == wanted
            });
            return found.map(|region| Known {
                id: region.id.clone(),
                name: region.name.clone(),
                kind: "region",
            });
        }
        let fits = |number: u32| match sort {
            Sort::Country => self.at(number).kind.is_land(),
            _ => self.at(number).kind.acts(),
        };
        let by_id = self.number(text.trim()).or_else(|| self.number(&text.trim().to_lowercase()));
        // `Meta` the company, though `meta` is the id of a place.
        let number = by_id
            .filter(|number| fits(*number))
            .or_else(|| self.spoken.get_or_init(|| Spoken::of(self.entities())).find(text, fits));
        number.map(|number| self.at(number)).map(|entity| Known {
            id: entity.id.clone(),
            name: entity.name.clone(),
            kind: entity.kind.word(),
        })
    }

    /// The nearest name to a word that nothing is known by, if one is near enough to be a slip of the hand.
    #[must_use]
    pub fn nearest(&self, sort: Sort, text: &str) -> Option<&str> {
        match sort {
            Sort::Region => nearest(
                text,
                self.engine.regions.iter().flat_map(|region| [region.id.as_str(), region.name.as_str()]),
            ),
            Sort::Country => nearest(
                text,
                self.entities().filter(|entity| entity.kind.is_land()).map(|entity| entity.name.as_str()),
            ),
            Sort::Actor => nearest(
                text,
                self.entities().filter(|entity| entity.kind.acts()).map(|entity| entity.name.as_str()),
            ),
        }
    }

    /// Everything known, in the order of the data files.
    pub fn entities(&self) -> impl Iterator<Item = &Entity> {
        self.entities.iter()
    }

    /// How many names there are, counting every way to write something.
    #[must_use]
    pub fn name_count(&self) -> usize {
        self.engine.matcher.len()
    }

    /// Something known, by its id.
    #[must_use]
    pub fn entity(&self, id: &str) -> Option<&Entity> {
        self.number(id).map(|number| self.at(number))
    }

    /// A country or territory by ISO 3166-1 alpha-3, in lower case.
    #[must_use]
    pub fn country(&self, id: &str) -> Option<&Entity> {
        self.entity(id).filter(|entity| entity.kind.is_land())
    }

    /// The regions, in the order in which a newsletter prints them: id and name.
    pub fn regions(&self) -> impl Iterator<Item = (&str, &str)> {
        self.engine.regions.iter().map(|region| (region.id.as_str(), region.name.as_str()))
    }

    /// The ids of the regions, in that order.
    #[must_use]
    pub fn region_order(&self) -> Vec<String> {
        self.regions().map(|(id, _)| id.to_owned()).collect()
    }

    /// The region of each country, by ids.
    #[must_use]
    pub fn country_regions(&self) -> BTreeMap<String, String> {
        let lands = self.entities().filter(|entity| entity.kind.is_land());
        lands.filter_map(|land| Some((land.id.clone(), self.region_of(&land.id)?.to_owned()))).collect()
    }

    /// A region's name.
    #[must_use]
    pub fn region(&self, id: &str) -> Option<&str> {
        self.regions().find(|(known, _)| *known == id).map(|(_, name)| name)
    }

    /// The region of a country (or of anything else that lies in one): its id.
    #[must_use]
    pub fn region_of(&self, id: &str) -> Option<&str> {
        let number = self.number(id)?;
        let region = self.engine.region[number as usize]?;
        Some(&self.engine.regions[region as usize].id)
    }
}
