//! Reads one document: words, matches, meanings, offices, newcomers, and what it all adds up to.

use super::context::Reading;
use super::document::Document;
use super::entity::Day;
use super::findings::{Findings, Mention, Newcomer, Options, Passage};
use super::hit::{Hit, Role, Target};
use super::index::Gazetteer;
use super::matcher::Meaning;
use super::people::Discovered;
use super::{counterpart, office, officials, people, salience, several, standin};

impl Gazetteer {
    /// What a document is about.
    ///
    /// ```
    /// use newsgen::gazetteer::{Gazetteer, Options, Part, Passage};
    /// let text = "Russia and Ukraine held talks in Istanbul.";
    /// let passage = Passage { text, offset: 0, part: Part::Facts };
    /// let options = Options { date: None, salience: true, explain: false };
    /// let found = Gazetteer::built_in().read(&[passage], options);
    /// let actors: Vec<_> = found.actors.iter().map(|actor| actor.name.as_str()).collect();
    /// assert_eq!(actors, ["Russia", "Ukraine"]);
    /// ```
    #[must_use]
    pub fn read(&self, passages: &[Passage<'_>], options: Options) -> Findings {
        let day = options.date.map(day_of);
        let document = Document::of(passages, day, &self.engine.matcher);
        let mut found = Vec::with_capacity(document.words.len() / 8);
        self.engine.matcher.find(
            &document.words,
            |word| &passages[word.passage as usize].text[word.start as usize..word.end as usize],
            &mut found,
        );
        let titles: Vec<_> = found
            .iter()
            .filter(|found| matches!(found.meaning, Meaning::Title(_) | Meaning::Titles(_)))
            .copied()
            .collect();
        let mut reading = Reading::of(self, &document, &mut found, options.explain);
        office::resolve(&mut reading, &titles);
        several::resolve(&mut reading, &titles);
        counterpart::resolve(&mut reading);
        let people = people::discover(&mut reading);
        officials::resolve(&mut reading, &people);
        standin::resolve(&mut reading);
        let mut findings = salience::weigh(self, &document, &reading.hits, &people, options);
        if options.explain {
            let all = reading.hits.iter().chain(&reading.rejected);
            let mut mentions: Vec<Mention> = all.map(|hit| self.mention(&document, hit, &people)).collect();
            mentions.sort_by(|one, other| {
                (one.start, one.end, !one.accepted, &one.entity).cmp(&(
                    other.start,
                    other.end,
                    !other.accepted,
                    &other.entity,
                ))
            });
            mentions.dedup();
            findings.mentions = mentions;
            findings.newcomers = people.iter().map(|person| self.newcomer(person)).collect();
        }
        findings
    }

    fn newcomer(&self, person: &Discovered) -> Newcomer {
        Newcomer {
            id: person.id.clone(),
            name: person.name.clone(),
            country: person.country.map(|country| self.at(country).id.clone()),
            role: person.role.clone(),
        }
    }

    fn mention(&self, document: &Document<'_>, hit: &Hit, people: &[Discovered]) -> Mention {
        let entity = match hit.target {
            Target::Known(number) => Some(self.at(number).id.clone()),
            Target::New(number) => Some(people[number as usize].id.clone()),
            Target::Nothing => None,
        };
        let country = match hit.target {
            _ if hit.role == Role::Noun => None,
            Target::Known(number) => {
                self.engine.country[number as usize].filter(|country| *country != number)
            }
            Target::New(number) => people[number as usize].country,
            Target::Nothing => None,
        };
        Mention {
            start: document.bytes(hit.first as usize).0,
            end: document.end_of(hit.last as usize),
            part: document.part(hit.first as usize),
            country: country.map(|number| self.at(number).id.clone()),
            entity,
            rule: hit.rule,
            accepted: hit.accepted,
        }
    }
}

/// A day as `yyyymmdd`.
pub(super) fn day_of(date: jiff::civil::Date) -> Day {
    let number = i32::from(date.year()) * 10_000 + i32::from(date.month()) * 100 + i32::from(date.day());
    Day::try_from(number).unwrap_or(0)
}
