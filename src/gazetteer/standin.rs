//! Nouns that stand in for somebody named before: `the court` after the International Criminal Court, `the bloc` after
//! ECOWAS, `the company` after Nexperia. A text that is about a body names it once and then says what it is.

use super::context::Reading;
use super::entity::Kind;
use super::hit::{Hit, Role, Target};
use super::vocabulary::class;
use super::words::Shape;

/// Nobody looks further back than so many names for whom a noun stands.
const BACK: usize = 200;

/// Nor further than so many for whose army `the army` is.
const NEAR: usize = 12;

const BODIES: &[Kind] = &[Kind::Igo, Kind::Government, Kind::Body];
const SOCIETIES: &[Kind] = &[Kind::Igo, Kind::Body];
const COMPANIES: &[Kind] = &[Kind::Company];
const GROUPS: &[Kind] = &[Kind::ArmedGroup];

/// Whom a noun may stand for: the kinds, and the words of which the name must hold one (any name if there are none).
fn meant(noun: &str) -> Option<(&'static [Kind], &'static [&'static str])> {
    Some(match noun {
        "court" | "tribunal" => (BODIES, &["court", "tribunal"]),
        "bank" => (&[Kind::Igo, Kind::Government, Kind::Company], &["bank", "reserve", "banco", "banque"]),
        "fund" => (&[Kind::Igo, Kind::Government, Kind::Body, Kind::Company], &["fund"]),
        "agency" | "watchdog" => (BODIES, &["agency", "authority", "administration"]),
        "regulator" => (BODIES, &["authority", "commission", "agency", "regulator"]),
        "commission" => (BODIES, &["commission"]),
        "council" => (BODIES, &["council"]),
        "committee" => (BODIES, &["committee"]),
        "assembly" => (BODIES, &["assembly"]),
        "ministry" => (&[Kind::Government], &["ministry", "office"]),
        "department" => (&[Kind::Government], &["department"]),
        "league" => (SOCIETIES, &["league"]),
        "union" => (&[Kind::Igo, Kind::Body, Kind::Company], &["union"]),
        "forum" => (SOCIETIES, &["forum"]),
        "organization" | "organisation" | "body" => (SOCIETIES, &[]),
        "bloc" => {
            (&[Kind::Igo], &["union", "community", "association", "ecowas", "asean", "brics", "mercosur"])
        }
        "alliance" => (&[Kind::Igo, Kind::Party, Kind::ArmedGroup], &["nato", "alliance", "treaty"]),
        "cartel" => (&[Kind::Igo, Kind::ArmedGroup], &["opec", "cartel"]),
        "company" | "firm" | "carmaker" | "automaker" | "chipmaker" | "miner" | "airline" | "lender"
        | "retailer" | "conglomerate" | "manufacturer" | "operator" | "planemaker" | "drugmaker" => {
            (COMPANIES, &[])
        }
        "group" => (&[Kind::Company, Kind::ArmedGroup], &[]),
        "party" => (&[Kind::Party], &[]),
        // Organs of a state: the only one that the text speaks of.
        "government" | "administration" | "army" | "military" | "junta" | "regime" | "authorities"
        | "cabinet" | "parliament" | "kingdom" => (&[], &[]),
        "movement" => (&[Kind::Party, Kind::ArmedGroup], &[]),
        "militia" | "militias" | "rebels" | "insurgents" | "militants" | "guerrillas" | "jihadists"
        | "paramilitaries" | "gang" | "gunmen" => (GROUPS, &[]),
        _ => return None,
    })
}

/// Finds the nouns that stand in for somebody, and counts them for whom the text named last.
pub fn resolve(reading: &mut Reading<'_, '_>) {
    let document = reading.document;
    let mut nouns = Vec::new();
    for at in 1..document.words.len() {
        let is_noun = document.text(at - 1).eq_ignore_ascii_case("the")
            && document.words[at].gap.is_space()
            && reading.hit_at(at).is_none()
            && ends_there(reading, at);
        if !is_noun {
            continue;
        }
        let Some((kinds, words)) = meant(&document.text(at).to_ascii_lowercase()) else { continue };
        let entity =
            if kinds.is_empty() { only_state(reading, at) } else { last_named(reading, at, kinds, words) };
        if let Some(entity) = entity {
            nouns.push(Hit {
                first: at as u32,
                last: at as u32,
                target: Target::Known(entity),
                role: Role::Noun,
                rule: "stands in for it",
                accepted: true,
                acts: true,
            });
        }
    }
    if !nouns.is_empty() {
        reading.hits.extend(nouns);
        reading.settle_order();
    }
}

/// Whether the noun is not the beginning of something longer: `the party leader`, `the court of appeal`, `the Bank Group`.
pub(super) fn ends_there(reading: &Reading<'_, '_>, at: usize) -> bool {
    let document = reading.document;
    let Some(next) = document.words.get(at + 1).filter(|next| next.sentence == document.words[at].sentence)
    else {
        return true;
    };
    if next.gap.is_hyphen() {
        return false;
    }
    if !next.gap.is_space() || document.is_possessive(at) {
        return true;
    }
    let word = document.text(at + 1);
    let goes_on = document.is(at + 1, class::ACT | class::SPEECH | class::PREPOSITION)
        || word.ends_with("ed")
        || matches!(
            word,
            "and"
                | "or"
                | "but"
                | "that"
                | "which"
                | "who"
                | "whose"
                | "is"
                | "was"
                | "are"
                | "were"
                | "be"
                | "to"
                | "as"
                | "by"
                | "itself"
                | "also"
                | "not"
                | "does"
                | "did"
                | "do"
                | "where"
                | "when"
                | "while"
                | "because"
                | "if"
                | "so"
                | "may"
                | "might"
                | "could"
                | "would"
                | "should"
        );
    goes_on && word != "of" && next.shape == Shape::Lower
}

/// The state whose organ a noun is: the only country of its sentence up to there, or of the sentence before.
fn only_state(reading: &Reading<'_, '_>, at: usize) -> Option<u32> {
    let document = reading.document;
    let sentence = document.words[at].sentence;
    let earlier = reading.hits.partition_point(|hit| (hit.first as usize) < at);
    let mut only = None;
    for hit in reading.hits[..earlier].iter().rev().take(NEAR) {
        if document.words[hit.first as usize].sentence + 1 < sentence {
            break;
        }
        let Some(country) = reading.country_of(hit) else { continue };
        if only.is_some_and(|other| other != country) {
            return None;
        }
        only = Some(country);
    }
    only
}

/// Whom a noun stands for: the one named in this sentence or the last, or else the one named most so far.
fn last_named(reading: &Reading<'_, '_>, at: usize, kinds: &[Kind], words: &[&str]) -> Option<u32> {
    let document = reading.document;
    let earlier = reading.hits.partition_point(|hit| (hit.first as usize) < at);
    let mut named: Vec<(u32, u32)> = Vec::new();
    for hit in reading.hits[..earlier].iter().rev().take(BACK) {
        let Target::Known(number) = hit.target else { continue };
        if hit.role != Role::Body || !fits(reading, number, kinds, words) {
            continue;
        }
        if document.words[hit.first as usize].sentence + 1 >= document.words[at].sentence {
            return Some(number);
        }
        match named.iter_mut().find(|(known, _)| *known == number) {
            Some((_, count)) => *count += 1,
            None => named.push((number, 1)),
        }
    }
    // Of those named as often, the last.
    named.iter().rev().max_by_key(|(_, count)| *count).map(|(number, _)| *number)
}

fn fits(reading: &Reading<'_, '_>, number: u32, kinds: &[Kind], words: &[&str]) -> bool {
    let entity = reading.names.at(number);
    let holds = |name: &str| {
        let name = name.to_lowercase();
        name.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word))
    };
    kinds.contains(&entity.kind) && (words.is_empty() || holds(&entity.name))
}
