//! What a text is about, and why we say so: points that add up, each with its reason.

use super::document::Document;
use super::entity::Kind;
use super::findings::{Findings, Options, Proposal};
use super::hit::{Hit, Role, Target};
use super::index::Gazetteer;
use super::people::Newcomer;
use super::tally::{Layout, Tally, listed};
use super::vocabulary::QuickMap;

/// At most so many regions; beyond, the text is about the world.
const REGIONS: usize = 4;
/// At most so many actors, besides those known only by their office.
const ACTORS: usize = 8;

/// What a document is about, from its hits.
#[must_use]
pub fn weigh(
    names: &Gazetteer,
    document: &Document<'_>,
    hits: &[Hit],
    people: &[Newcomer],
    options: Options,
) -> Findings {
    let layout = Layout::of(document);
    let lists = listed(document, hits);
    let mut lands: Tallies<u32> = Tallies::default();
    let mut actors: Tallies<Actor> = Tallies::default();
    let mut areas: Tallies<u32> = Tallies::default();
    for (hit, in_list) in hits.iter().zip(&lists) {
        let standing = layout.standing(document, hit, *in_list);
        match hit.target {
            _ if hit.role == Role::Source => {}
            // Where the reporter sat is no mention.
            _ if hit.role == Role::Dateline && !options.salience => {}
            Target::Nothing => {}
            Target::New(number) => {
                actors.of(Actor::New(number)).add(standing, hit.role, 1.0, false);
                if let Some(country) = people[number as usize].country {
                    lands.of(country).add(standing, hit.role, 0.4, true);
                }
            }
            Target::Known(number) => {
                let entity = names.at(number);
                let direct = entity.kind.is_land();
                let home = entity.kind == Kind::Company && !options.salience;
                if let Some(country) = names.country[number as usize].filter(|_| !home) {
                    let weight = country_weight(hit.role, entity.kind, entity.sector.as_deref());
                    lands.of(country).add(
                        standing,
                        hit.role,
                        weight,
                        !direct && hit.role != Role::Place && hit.role != Role::Dateline,
                    );
                } else if let Some(region) = names.region[number as usize] {
                    let weight = if entity.kind == Kind::Area { 1.0 } else { 0.5 };
                    areas.of(region).add(standing, Role::Name, weight, false);
                }
                let acts = !matches!(hit.role, Role::Place | Role::Dateline);
                if entity.kind.acts() && acts && (hit.acts || options.salience) {
                    let weight = match hit.role {
                        _ if hit.acts => 1.0,
                        Role::Demonym => 0.2,
                        _ => 0.4,
                    };
                    actors.of(Actor::Known(number)).add(standing, hit.role, weight, false);
                }
            }
        }
    }
    let mut findings = Findings::default();
    let bar = bar(layout.words, options.salience);
    let country_total: f32 = lands.all.iter().map(|(_, tally)| tally.weight).sum();
    let mut regions: Vec<(u32, f32, Vec<String>, Tally)> = Vec::new();
    for (country, tally) in &lands.all {
        let (score, reasons) = score(tally, country_total);
        let entity = names.at(*country);
        let proposal = proposal(&entity.id, &entity.name, entity.kind.word(), false, score, reasons, tally);
        if score >= bar {
            if let Some(region) = names.region[*country as usize] {
                add_region(&mut regions, region, score, format!("{} ({score:.1})", entity.name), tally);
            }
            findings.countries.push(proposal);
        } else if options.explain {
            findings.passed_over.push(proposal);
        }
    }
    let area_total: f32 = areas.all.iter().map(|(_, tally)| tally.weight).sum::<f32>() + country_total;
    for (region, tally) in &areas.all {
        let (score, reasons) = score(tally, area_total);
        if score >= bar {
            add_region(&mut regions, *region, score, reasons.join(", "), tally);
        }
    }
    rank_regions(names, regions, options, &mut findings);
    rank_actors(names, people, &actors.all, bar, options, &mut findings);
    findings.countries.sort_by(best_first);
    findings
}

/// How much a mention counts for a country.
fn country_weight(role: Role, kind: Kind, sector: Option<&str>) -> f32 {
    match (role, kind) {
        (Role::Name | Role::Acting, _) => 1.0,
        (Role::Demonym, _) => 0.7,
        (Role::Place, _) => 0.6,
        (Role::Source, _) => 0.0,
        (Role::Person, _) if sector == Some("GOV") => 0.6,
        (Role::Person, _) => 0.4,
        (Role::Body, Kind::Government) => 0.8,
        (Role::Body, Kind::Company) => 0.3,
        (Role::Office | Role::Dateline | Role::Body, _) => 0.5,
    }
}

/// The points a tag needs: the longer the text, the more is a passing mention.
fn bar(words: usize, salience: bool) -> f32 {
    if !salience {
        return f32::NEG_INFINITY;
    }
    (0.91 * (words.max(1) as f32).ln() - 2.4).clamp(0.5, 2.9)
}

/// Points and their reasons.
fn score(tally: &Tally, total: f32) -> (f32, Vec<String>) {
    let mut points = Points::default();
    points.add(1.3 * tally.weight.ln_1p(), || match tally.count {
        1 => "one mention".into(),
        count => format!("{count} mentions"),
    });
    if tally.title {
        points.add(1.2, || "in the headline".into());
    }
    if tally.first_sentence {
        points.add(0.7, || "in the first sentence".into());
    } else if tally.first_paragraph {
        points.add(0.5, || "in the first paragraph".into());
    }
    if tally.dateline {
        points.add(0.4, || "in the dateline".into());
    }
    if total > 0.0 {
        let share = tally.weight / total;
        points.add(1.2 * share, || format!("{:.0}% of all mentions", share * 100.0));
    }
    if tally.parts.len() > 1 {
        let more = (tally.parts.len() - 1).min(4) as f32;
        points.add(0.25 * more, || format!("in {} parts", tally.parts.len()));
    }
    if tally.acting > 0 {
        points.add(0.4, || "acts".into());
    }
    if tally.named == 0 && tally.through == 0 {
        if tally.demonym > 0 && tally.place == 0 {
            points.add(-0.2, || "by adjective only".into());
        } else if tally.demonym == 0 && tally.place > 0 {
            points.add(-0.4, || "only as a place".into());
        } else if tally.place == 0 {
            points.add(-0.3, || "only in the dateline".into());
        }
    } else if tally.named == 0 && tally.demonym == 0 && tally.place == 0 {
        points.add(-0.3, || "only by people and bodies".into());
    }
    if tally.listed == tally.count {
        points.add(-0.6, || "only in a long list".into());
    }
    (points.sum, points.reasons)
}

#[derive(Default)]
struct Points {
    sum: f32,
    reasons: Vec<String>,
}

impl Points {
    fn add(&mut self, points: f32, reason: impl FnOnce() -> String) {
        self.sum += points;
        self.reasons.push(format!("{points:+.1} {}", reason()));
    }
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
    options: Options,
    findings: &mut Findings,
) {
    let mut ranked: Vec<Proposal> = regions
        .into_iter()
        .map(|(region, score, reasons, tally)| {
            let region = &names.known.regions[region as usize];
            proposal(&region.id, &region.name, "region", false, score, reasons, &tally)
        })
        .collect();
    ranked.sort_by(best_first);
    if options.salience && ranked.len() > REGIONS {
        let count = ranked.len();
        ranked.truncate(REGIONS - 1);
        if let Some(global) = names.known.regions.iter().find(|region| region.id == "global") {
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
    findings.regions = ranked;
}

fn rank_actors(
    names: &Gazetteer,
    people: &[Newcomer],
    tallies: &[(Actor, Tally)],
    bar: f32,
    options: Options,
    findings: &mut Findings,
) {
    let total: f32 = tallies.iter().map(|(_, tally)| tally.weight).sum();
    let mut by_office = Vec::new();
    let mut ranked = Vec::new();
    for (actor, tally) in tallies {
        let (mut score, mut reasons) = score(tally, total);
        let (id, name, kind, new) = match actor {
            Actor::Known(number) => {
                let entity = names.at(*number);
                (&entity.id, &entity.name, entity.kind.word(), false)
            }
            Actor::New(number) => {
                let person = &people[*number as usize];
                (&person.id, &person.name, "person", true)
            }
        };
        if kind == "person" {
            score += 0.4;
            reasons.push("+0.4 a person".into());
        }
        let proposal = proposal(id, name, kind, new, score, reasons, tally);
        if score < bar {
            if options.explain {
                findings.passed_over.push(proposal);
            }
        } else if tally.by_office {
            by_office.push(proposal);
        } else {
            ranked.push(proposal);
        }
    }
    ranked.sort_by(best_first);
    by_office.sort_by(best_first);
    if options.salience {
        let beyond = ranked.split_off(ranked.len().min(ACTORS));
        by_office.truncate(2);
        if options.explain {
            findings.passed_over.extend(beyond);
        }
    }
    ranked.extend(by_office);
    ranked.sort_by(best_first);
    findings.actors = ranked;
}

fn best_first(one: &Proposal, other: &Proposal) -> std::cmp::Ordering {
    other.score.total_cmp(&one.score).then(one.first.cmp(&other.first)).then_with(|| one.id.cmp(&other.id))
}

fn proposal(
    id: &str,
    name: &str,
    kind: &'static str,
    new: bool,
    score: f32,
    reasons: Vec<String>,
    tally: &Tally,
) -> Proposal {
    let mut parts = tally.parts.clone();
    parts.sort_unstable();
    Proposal {
        id: id.to_owned(),
        name: name.to_owned(),
        kind,
        new,
        score,
        reasons,
        first: tally.first,
        parts,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Actor {
    Known(u32),
    New(u32),
}

/// Tallies in the order of the first mention.
#[derive(Debug)]
struct Tallies<K> {
    all: Vec<(K, Tally)>,
    places: QuickMap<K, usize>,
}

impl<K> Default for Tallies<K> {
    fn default() -> Self {
        Self { all: Vec::new(), places: QuickMap::default() }
    }
}

impl<K: Copy + Eq + std::hash::Hash> Tallies<K> {
    fn of(&mut self, key: K) -> &mut Tally {
        let next = self.all.len();
        let place = *self.places.entry(key).or_insert(next);
        if place == next {
            self.all.push((key, Tally::default()));
        }
        &mut self.all[place].1
    }
}
