//! What a text is about, and why we say so: points that add up, each with its reason.

use super::actors::{self, Actor};
use super::document::Document;
use super::engine::Post;
use super::entity::Kind;
use super::enumeration::listed;
use super::findings::{Findings, Options, Proposal};
use super::hit::{Hit, Role, Target};
use super::home::Home;
use super::index::Gazetteer;
use super::people::Discovered;
use super::points::{Points, aside, bar, best_first, country_weight, proposal, score};
use super::tally::{Layout, Tallies, Tally};

/// At most so many regions; beyond, the text is about the world.
const REGIONS: usize = 4;
/// A text of so many words that is about no region is about the world.
const WORLDLY: usize = 60;

/// What a document is about, from its hits.
#[must_use]
pub fn weigh(
    names: &Gazetteer,
    document: &Document<'_>,
    hits: &[Hit],
    people: &[Discovered],
    options: Options,
) -> Findings {
    let layout = Layout::of(document);
    let lists = listed(document, hits);
    let home = Home::of(names, document, hits);
    let mut lands: Tallies<u32> = Tallies::default();
    let mut acting: Tallies<Actor> = Tallies::default();
    let mut areas: Tallies<u32> = Tallies::default();
    for (hit, in_list) in hits.iter().zip(&lists) {
        let standing = layout.standing(document, hit, *in_list);
        match hit.target {
            _ if hit.role == Role::Source => {}
            // Where the reporter sat is no mention, and money is none.
            _ if matches!(hit.role, Role::Dateline | Role::Currency) && !options.salience => {}
            Target::Nothing => {}
            Target::New(number) => {
                acting.of(Actor::New(number)).add(standing, hit.role, 1.0, false);
                let person = &people[number as usize];
                let home = || home.of_person(person).filter(|_| options.salience);
                if let Some(country) = person.country.or_else(home) {
                    lands.of(country).add(standing, hit.role, 0.4, true);
                }
            }
            Target::Known(number) => {
                let entity = names.at(number);
                let direct = entity.kind.is_land();
                let abroad = entity.kind == Kind::Person && is_abroad(names, document, number);
                // A company's home, or a boxer's, is no mention of a country.
                let private = entity.kind == Kind::Company || entity.sector.as_deref() == Some("CVL");
                let only_home = abroad || (private && !options.salience);
                let is_noun = hit.role == Role::Noun;
                if let Some(country) =
                    names.engine.country[number as usize].filter(|_| !only_home && !is_noun)
                {
                    let weight = country_weight(hit.role, entity.kind, entity.sector.as_deref());
                    lands.of(country).add(
                        standing,
                        hit.role,
                        weight,
                        hit.role == Role::Currency
                            || (!direct && hit.role != Role::Place && hit.role != Role::Dateline),
                    );
                } else if let Some((region, weight)) =
                    region_of(names, document, number, only_home && !options.salience).filter(|_| !is_noun)
                {
                    areas.of(region).add(standing, Role::Name, weight, false);
                }
                let acts = !matches!(hit.role, Role::Place | Role::Dateline | Role::Currency);
                if entity.kind.acts() && entity.kind != Kind::Treaty && acts && (hit.acts || options.salience)
                {
                    let weight = match hit.role {
                        _ if hit.acts => 1.0,
                        Role::Demonym => 0.2,
                        _ => 0.4,
                    };
                    acting.of(Actor::Known(number)).add(standing, hit.role, weight, false);
                }
            }
        }
    }
    if let (Some(country), true) = (home.country, options.salience) {
        for at in &home.institutions {
            lands.of(country).add(layout.at(document, *at), Role::Office, 0.4, true);
        }
    }
    let mut findings = Findings::default();
    let bar = bar(layout.words, options.salience);
    // What a text says of Europe as a whole is no country's, and makes each country's share the smaller.
    let total: f32 = lands.all.iter().chain(&areas.all).map(|(_, tally)| tally.weight).sum();
    let mut regions: Vec<(u32, f32, Vec<String>, Tally)> = Vec::new();
    let filed = home.country.filter(|_| options.salience && !home.is_seat);
    let weighed = |tally: &Tally| {
        let mut points = score(tally, total);
        aside(tally, 0.4, &mut points);
        points
    };
    let filed = filed.filter(|_| !lands.all.iter().any(|(_, tally)| weighed(tally).sum >= bar));
    for (country, tally) in &lands.all {
        let Points { sum: mut score, mut reasons } = weighed(tally);
        if filed == Some(*country) {
            reasons.push("filed from there, and nowhere else stands out".into());
            score = score.max(bar);
        }
        let entity = names.at(*country);
        let proposal = proposal(&entity.id, &entity.name, entity.kind.word(), false, score, reasons, tally);
        if score >= bar {
            if let Some(region) = names.engine.region[*country as usize] {
                add_region(&mut regions, region, score, format!("{} ({score:.1})", entity.name), tally);
            }
            findings.countries.push(proposal);
        } else if options.explain {
            findings.passed_over.push(proposal);
        }
    }
    for (region, tally) in &areas.all {
        let Points { sum: score, reasons } = weighed(tally);
        if score >= bar {
            add_region(&mut regions, *region, score, reasons.join(", "), tally);
        }
    }
    rank_regions(names, regions, layout.words, options, &mut findings);
    actors::speak_through(names, &lands.all, &mut acting, &findings);
    actors::rank_actors(names, people, &acting.all, bar, options, &mut findings);
    findings.countries.sort_by(best_first);
    findings
}

/// The region of the body that somebody serves that day, or else of an area or body, and how much a mention counts for it;
/// not where somebody or something is only at home.
fn region_of(names: &Gazetteer, document: &Document<'_>, number: u32, only_home: bool) -> Option<(u32, f32)> {
    let entity = names.at(number);
    let weight = if matches!(entity.kind, Kind::Area | Kind::Igo) { 1.0 } else { 0.5 };
    let serves = document.day.filter(|_| entity.kind == Kind::Person);
    let serves = serves.and_then(|day| names.engine.serves(number, day));
    let own = || names.engine.region[number as usize].filter(|_| !only_home);
    Some((serves.or_else(own)?, weight))
}

/// Whether somebody serves an international body: who does so does not speak for the country of birth.
fn is_abroad(names: &Gazetteer, document: &Document<'_>, person: u32) -> bool {
    let serves = |day| names.engine.post(person, day) == Some(Post::International);
    names.at(person).sector.as_deref() == Some("IGO") || document.day.is_some_and(serves)
}

fn add_region(
    regions: &mut Vec<(u32, f32, Vec<String>, Tally)>,
    region: u32,
    score: f32,
    reason: String,
    tally: &Tally,
) {
    match regions.iter_mut().find(|(known, ..)| *known == region) {
        Some((_, sum, reasons, all)) => {
            *sum += score;
            reasons.push(reason);
            all.first = all.first.min(tally.first);
            for part in &tally.parts {
                if !all.parts.contains(part) {
                    all.parts.push(*part);
                }
            }
        }
        None => regions.push((region, score, vec![reason], tally.clone())),
    }
}

fn rank_regions(
    names: &Gazetteer,
    regions: Vec<(u32, f32, Vec<String>, Tally)>,
    words: usize,
    options: Options,
    findings: &mut Findings,
) {
    let mut ranked: Vec<Proposal> = regions
        .into_iter()
        .map(|(region, score, reasons, tally)| {
            let region = &names.engine.regions[region as usize];
            proposal(&region.id, &region.name, "region", false, score, reasons, &tally)
        })
        .collect();
    ranked.sort_by(best_first);
    if options.salience && ranked.len() > REGIONS {
        let count = ranked.len();
        ranked.truncate(REGIONS - 1);
        if let Some(global) = names.engine.regions.iter().find(|region| region.id == "global") {
            let mut tally = Tally::default();
            for region in &ranked {
                for part in &region.parts {
                    if !tally.parts.contains(part) {
                        tally.parts.push(*part);
                    }
                }
            }
            let reasons = vec![format!("{count} regions are salient")];
            let score = ranked.last().map_or(0.0, |last| last.score);
            ranked.retain(|region| region.id != global.id);
            ranked.push(proposal(&global.id, &global.name, "region", false, score, reasons, &tally));
        }
    }
    if options.salience
        && ranked.is_empty()
        && words >= WORLDLY
        && let Some(global) = names.engine.regions.iter().find(|region| region.id == "global")
    {
        let reasons = vec!["no region is salient".to_owned()];
        ranked.push(proposal(&global.id, &global.name, "region", false, 0.0, reasons, &Tally::default()));
    }
    findings.regions = ranked;
}
