//! Who acts in a text, and who of them it is about.

use super::entity::Kind;
use super::findings::{Findings, Options};
use super::index::Gazetteer;
use super::people::Discovered;
use super::points::{Points, aside, best_first, proposal, score};
use super::tally::{Tallies, Tally};

/// At most so many actors, besides those known only by their office: what editors give a briefing, and one more.
const ACTORS: usize = 9;
/// At most so many more whom no list names: the editor has yet to say whether they are to have a page.
const NEWCOMERS: usize = 2;
/// At most so many who are known only by their office.
const BY_OFFICE: usize = 2;

/// Somebody who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Actor {
    /// Known, by number.
    Known(u32),
    /// Discovered, by number.
    New(u32),
}

/// States that act only by their people and bodies: `the president said`, `Congress voted`.
pub fn speak_through(
    names: &Gazetteer,
    lands: &[(u32, Tally)],
    actors: &mut Tallies<Actor>,
    findings: &Findings,
) {
    for (country, tally) in lands {
        let id = &names.at(*country).id;
        let salient = findings.countries.iter().any(|proposal| proposal.id == *id);
        let absent = !actors.all.iter().any(|(actor, _)| *actor == Actor::Known(*country));
        if salient && absent && tally.through >= 2 {
            actors.of(Actor::Known(*country)).clone_from(tally);
        }
    }
}

/// Ranks those who act. A state is an actor where its country is salient and more than a place; the others earn their
/// points, and more easily where they belong to the story's countries.
pub fn rank_actors(
    names: &Gazetteer,
    people: &[Discovered],
    tallies: &[(Actor, Tally)],
    bar: f32,
    options: Options,
    findings: &mut Findings,
) {
    let total: f32 = tallies.iter().map(|(_, tally)| tally.weight).sum();
    let bar = 0.6 * bar + 0.12;
    let salient = |id: &str| findings.countries.iter().find(|country| country.id == id);
    let mut by_office = Vec::new();
    let mut ranked = Vec::new();
    let mut passed = Vec::new();
    for (actor, tally) in tallies {
        let mut points = score(tally, total);
        aside(tally, 0.2, &mut points);
        let (id, name, kind, new, country) = match actor {
            Actor::Known(number) => {
                let entity = names.at(*number);
                (&entity.id, &entity.name, entity.kind, false, entity.country.as_deref())
            }
            Actor::New(number) => {
                let person = &people[*number as usize];
                let country = person.country.map(|country| names.at(country).id.as_str());
                (&person.id, &person.name, Kind::Person, true, country)
            }
        };
        let mut enough = true;
        if kind.is_land() {
            match salient(id) {
                // Beside a country that is salient, what counts is that it is more than a place.
                Some(country) if options.salience => {
                    let more = 0.5 * country.score - 0.2;
                    let enough = bar - points.sum;
                    points.add(more.max(enough), || "the country is salient".into());
                }
                _ => enough = !options.salience,
            }
        } else {
            let connected = country.is_some_and(|country| salient(country).is_some());
            match kind {
                Kind::Person | Kind::Office => points.add(0.4, || "a person".into()),
                Kind::Igo => points.add(0.4, || "an international organisation".into()),
                _ => {}
            }
            if tally.by_office && tally.count == 1 {
                points.add(-0.8, || "only by the office, and once".into());
            }
            if new && tally.count == 1 && !tally.title && !tally.first_sentence {
                let introduced =
                    matches!(actor, Actor::New(number) if people[*number as usize].role.is_some());
                if !introduced {
                    points.add(-0.5, || "nobody lists the name, and it comes once".into());
                }
            }
            if connected && kind != Kind::Government {
                let more = if kind == Kind::Company { 0.3 } else { 0.5 };
                points.add(more, || "of a country that is salient".into());
            }
        }
        let Points { sum, reasons } = points;
        let proposal = proposal(id, name, kind.word(), new, sum, reasons, tally);
        if sum < bar || !enough {
            passed.push(proposal);
        } else if tally.by_office {
            by_office.push(proposal);
        } else {
            ranked.push(proposal);
        }
    }
    ranked.sort_by(best_first);
    by_office.sort_by(best_first);
    if options.salience {
        let mut room = NEWCOMERS;
        for proposal in ranked.split_off(ranked.len().min(ACTORS)) {
            if proposal.new && room > 0 {
                room -= 1;
                ranked.push(proposal);
            } else {
                passed.push(proposal);
            }
        }
        passed.extend(by_office.split_off(by_office.len().min(BY_OFFICE)));
    }
    if options.explain {
        findings.passed_over.extend(passed);
    }
    ranked.extend(by_office);
    ranked.sort_by(best_first);
    findings.actors = ranked;
}
