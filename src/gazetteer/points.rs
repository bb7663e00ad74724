//! Points for a tag, each with its reason; and how many a text asks for.

use super::entity::Kind;
use super::findings::{Part, Proposal};
use super::hit::Role;
use super::tally::Tally;

/// How much a mention counts for a country.
pub fn country_weight(role: Role, kind: Kind, sector: Option<&str>) -> f32 {
    match (role, kind) {
        (Role::Name | Role::Acting, _) => 1.0,
        (Role::Demonym, _) => 0.7,
        (Role::Place, _) => 0.6,
        (Role::Source | Role::Noun, _) => 0.0,
        (Role::Person, _) if sector == Some("GOV") => 0.6,
        (Role::Person, _) => 0.4,
        (Role::Body, Kind::Government) => 0.8,
        (Role::Currency, _) | (Role::Body, Kind::Company) => 0.3,
        (Role::Office | Role::Dateline | Role::Body, _) => 0.5,
    }
}

/// The points a tag needs: the longer the text, the more is a passing mention.
pub fn bar(words: usize, salience: bool) -> f32 {
    if !salience {
        return f32::NEG_INFINITY;
    }
    (0.91 * (words.max(1) as f32).ln() - 2.4).clamp(0.5, 2.1)
}

/// Points and their reasons.
pub fn score(tally: &Tally, total: f32) -> Points {
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
    if tally.audience {
        points.add(0.4, || "an implication is for it".into());
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
    points
}

/// Takes points from what only the implications or the view mention.
pub fn aside(tally: &Tally, less: f32, points: &mut Points) {
    if tally.parts.iter().all(|part| matches!(part, Part::Implication(_) | Part::View)) {
        points.add(-less, || "not in what happened".into());
    }
}

/// Points that add up.
#[derive(Debug, Default)]
pub struct Points {
    /// So far.
    pub sum: f32,
    /// Each with its points.
    pub reasons: Vec<String>,
}

impl Points {
    /// Adds points and their reason.
    pub fn add(&mut self, points: f32, reason: impl FnOnce() -> String) {
        self.sum += points;
        self.reasons.push(format!("{points:+.1} {}", reason()));
    }
}

/// The higher score first; then the earlier mention.
pub fn best_first(one: &Proposal, other: &Proposal) -> std::cmp::Ordering {
    other.score.total_cmp(&one.score).then(one.first.cmp(&other.first)).then_with(|| one.id.cmp(&other.id))
}

/// A tag with all that is known of it.
#[must_use]
pub fn proposal(
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
