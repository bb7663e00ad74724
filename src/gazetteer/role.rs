//! Who acts and what is only a place: `Moscow said` against `in Moscow`, `talks in Istanbul`, `told Reuters`.

use super::agency;
use super::context::Reading;
use super::entity::{Kind, Sense};
use super::enumeration::opens_clause;
use super::gap::Gap;
use super::hit::{Hit, Role, Target};
use super::index::Gazetteer;
use super::recipient::is_object;
use super::vocabulary::class;

/// The rule by which a capital acts that an organ of its state sits in.
pub const ORGAN_THERE: &str = "an organ of the state that sits there";

/// The role of a match by its name alone.
#[must_use]
pub fn of(names: &Gazetteer, entity: u32, alias: u32) -> Role {
    let kind = names.at(entity).kind;
    let written = names.alias(entity, alias);
    match kind {
        Kind::Country | Kind::Territory => match written.map(|alias| (alias.sense, alias.also_place)) {
            Some((Sense::Demonym | Sense::Prefix, _)) => Role::Demonym,
            Some((Sense::Metonym, _)) => Role::Acting,
            Some((Sense::Currency, _)) => Role::Currency,
            Some((Sense::Capital | Sense::City, _)) => Role::Place,
            _ => Role::Name,
        },
        Kind::Area | Kind::Place => Role::Place,
        Kind::Person => Role::Person,
        Kind::Office => Role::Office,
        Kind::Government
        | Kind::Body
        | Kind::Treaty
        | Kind::Igo
        | Kind::Party
        | Kind::ArmedGroup
        | Kind::Company => Role::Body,
    }
}

/// The role of a country or place where it stands, and the rule that says so.
#[must_use]
pub fn decide(reading: &Reading<'_, '_>, number: usize) -> (Role, &'static str) {
    let hit = reading.hits[number];
    let document = reading.document;
    if document.in_dateline(hit.first as usize) {
        return (Role::Dateline, "dateline");
    }
    if !is_seat(reading, &hit) {
        return (hit.role, hit.rule);
    }
    let before = number.checked_sub(1).map(|number| reading.hits[number]);
    match acts(reading, &hit, before.as_ref()) {
        Some((true, rule)) => (Role::Acting, rule),
        Some((false, rule)) => (Role::Place, rule),
        None if hit.role == Role::Acting => (Role::Acting, "capital that stands for the state"),
        None => (Role::Place, hit.rule),
    }
}

/// Whether a match is a capital or seat that may be meant as a place or as the state.
fn is_seat(reading: &Reading<'_, '_>, hit: &Hit) -> bool {
    match hit.rule {
        "capital" => true,
        _ => hit.role == Role::Acting && may_be_place(reading, hit),
    }
}

fn may_be_place(reading: &Reading<'_, '_>, hit: &Hit) -> bool {
    let Target::Known(entity) = hit.target else {
        return false;
    };
    let text = reading.document.span(hit.first as usize, hit.last as usize);
    reading
        .names
        .at(entity)
        .aliases
        .iter()
        .any(|alias| alias.also_place && alias.text.eq_ignore_ascii_case(text))
}

/// Whether a capital acts; `None` if nothing says so or otherwise.
fn acts(reading: &Reading<'_, '_>, hit: &Hit, previous: Option<&Hit>) -> Option<(bool, &'static str)> {
    const ACTS: &str = "capital that acts for the state";
    const PLACE: &str = "capital as a place";
    let document = reading.document;
    let (first, last) = (hit.first as usize, hit.last as usize);
    let after = document.after(last);
    if document.is_possessive(last) {
        // A capital that is rarely a metonym needs more than an ending.
        // `Addis Ababa's port deal` is a state's.
        let deals = |at: usize| document.after(at).is_some_and(|next| document.is(next, class::DEALING));
        let urban = after.is_some_and(|after| {
            document.is(after, class::URBAN) && !document.is(after, class::STATEHOOD) && !deals(after)
        });
        let state = after.is_some_and(|after| document.is(after, class::STATEHOOD | class::DEALING));
        let acts = if hit.role == Role::Acting { !urban } else { state };
        return Some(if acts { (true, ACTS) } else { (false, PLACE) });
    }
    if let Some(after) = after {
        let gap = document.words[after].gap;
        if gap.is_hyphen() {
            let place = document.is(after, class::URBAN) || document.text(after) == "based";
            return Some(if place { (false, PLACE) } else { (true, ACTS) });
        }
        if gap.is_space() && (document.is(after, class::URBAN) || document.is(after, class::HELD)) {
            return Some((false, PLACE));
        }
        // `Islamabad, a city of wide avenues`
        let article = gap.is_comma() && matches!(document.text(after), "a" | "the");
        let is_city = |at| matches!(document.text(at), "city" | "town" | "capital" | "port");
        if article && document.after(after).is_some_and(is_city) {
            return Some((false, PLACE));
        }
    }
    // `in Paris, Berlin and Moscow`: a list is of one kind.
    if let Some(previous) = previous
        && previous.accepted
        && matches!(previous.role, Role::Place | Role::Acting)
    {
        let end = previous.last as usize;
        let comma = end + 1 == first && document.words[first].gap.is_comma();
        let and = end + 2 == first
            && matches!(document.text(first - 1), "and" | "or")
            && !opens_clause(document, first)
            && document.words[first - 1].gap.0 & !(Gap::SPACE | Gap::LINE | Gap::COMMA) == 0;
        if comma || and {
            let acting = previous.role == Role::Acting;
            return Some(if acting { (true, ACTS) } else { (false, PLACE) });
        }
    }
    let before = document
        .before(first)
        .filter(|_| document.words[first].gap.is_space() || document.words[first].gap.is_hyphen());
    if let Some(before) = before {
        if document.words[first].gap.is_hyphen() {
            return Some((true, ACTS));
        }
        let word = document.text(before);
        // `the army in Khartoum`, `police from Pristina`, `the administration in Washington`
        let organ = matches!(word, "in" | "from")
            && document
                .before(before)
                .is_some_and(|at| document.is(at, class::ORGAN) && document.is_tied(before));
        if organ {
            return Some((true, ORGAN_THERE));
        }
        if matches!(word, "to" | "from" | "for") {
            let from = before.saturating_sub(5).max(document.sentence(first).start);
            let any = |class| (from..before).any(|at| document.is(at, class));
            if any(class::GOING) {
                return Some((false, "where somebody goes"));
            }
            let sent = any(class::SENDING | class::DEALING) || agency::is_sender(document, first);
            let acts = word != "from" || sent;
            return Some(if acts { (true, ACTS) } else { (false, PLACE) });
        }
        if matches!(word, "of") {
            if is_object(document, first) {
                return Some((true, ACTS));
            }
            let urban = document.before(before).is_some_and(|at| document.is(at, class::URBAN));
            return urban.then_some((false, PLACE));
        }
        if document.is(before, class::WHERE) {
            return Some((false, "where something is"));
        }
        if document.is(before, class::GOING) {
            return Some((false, "where somebody goes"));
        }
        if document.is(before, class::URBAN) {
            return Some((false, PLACE));
        }
        if document.is(before, class::FIRING) {
            return Some((false, PLACE));
        }
        if document.is(before, class::TOWARDS | class::SPEECH | class::ACT) {
            return Some((true, ACTS));
        }
    }
    let verb = after.is_some_and(|after| {
        document.words[after].gap.is_space() && document.is(after, class::ACT | class::SPEECH)
    });
    (verb || agency::is_subject(document, last)).then_some((true, ACTS))
}

/// Whether a news agency is only quoted.
#[must_use]
pub fn is_source(reading: &Reading<'_, '_>, hit: &Hit) -> bool {
    let Target::Known(entity) = hit.target else {
        return false;
    };
    let entity = reading.names.at(entity);
    if entity.sector.as_deref() != Some("MED") {
        return false;
    }
    let document = reading.document;
    let (first, last) = (hit.first as usize, hit.last as usize);
    if document.in_dateline(first) {
        return true;
    }
    // An outlet acts where something other than reporting is done, by it or to it.
    let does = document.after(last).is_some_and(|at| {
        document.words[at].gap.is_space() && document.is(at, class::DOING) && !document.is(at, class::SPEECH)
    });
    let done = document
        .before(first)
        .is_some_and(|at| document.is(at, class::DOING) && !document.is(at, class::SPEECH));
    !(does || done)
}
