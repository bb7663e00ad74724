//! What a dateline tells: in a story filed from Lusaka, "the central bank" is Zambia's and "Finance Minister" somebody
//! is a Zambian, though nothing says so.

use super::document::Document;
use super::entity::Kind;
use super::hit::{Hit, Role, Target};
use super::index::Gazetteer;
use super::people::Discovered;
use super::vocabulary::class;

/// Who opens a story stands among its first words.
const LEAD: usize = 4;
/// Cities where others meet: a story filed from there is the country's only if it says so, or opens with nobody else.
const SEATS: [&str; 8] =
    ["hague", "geneva", "vienna", "brussels", "strasbourg", "luxembourg", "davos", "basel"];
/// How many institutions without a country count; more prove nothing more.
const ENOUGH: usize = 4;

/// The country a story was filed from, and what in it is that country's though it does not say so.
#[derive(Debug, Clone, Default)]
pub struct Home {
    /// The country of the dateline, by number.
    pub country: Option<u32>,
    /// Words that name an institution without a country.
    pub institutions: Vec<usize>,
    /// A body that is more than one country's opens the story: the city is only where it sits.
    pub is_seat: bool,
}

impl Home {
    /// Reads the dateline and what follows from it.
    #[must_use]
    pub fn of(names: &Gazetteer, document: &Document<'_>, hits: &[Hit]) -> Self {
        let Some(dateline) = hits.iter().find(|hit| hit.role == Role::Dateline) else {
            return Self::default();
        };
        let Target::Known(entity) = dateline.target else {
            return Self::default();
        };
        let country = names.engine.country[entity as usize];
        let opening = document.words[dateline.last as usize].paragraph;
        let after = dateline.last as usize + 1..document.words.len();
        let start = after.clone().find(|at| !document.in_dateline(*at)).unwrap_or(after.end);
        // A seat, of a country that the text does not name while its opening names others.
        let city = document.text(dateline.last as usize).to_lowercase();
        let mentions = || hits.iter().filter(|hit| hit.role != Role::Dateline);
        let known = |hit: &Hit| match hit.target {
            Target::Known(other) => names.engine.country[other as usize],
            _ => None,
        };
        let abroad = |hit: &Hit| {
            document.words[hit.first as usize].paragraph <= opening
                && known(hit).is_some_and(|other| Some(other) != country)
        };
        let is_host = SEATS.contains(&city.as_str())
            && !mentions().any(|hit| known(hit) == country)
            && mentions().any(abroad);
        let is_seat = is_host
            || hits.iter().any(|hit| {
                let Target::Known(entity) = hit.target else { return false };
                let at = hit.first as usize;
                let is_opening = document.words[at].paragraph <= opening && !document.in_dateline(at);
                let leads = at < document.sentence(at).start + LEAD || (start..start + LEAD).contains(&at);
                is_opening
                    && leads
                    && hit.role == Role::Body
                    && matches!(names.at(entity).kind, Kind::Igo | Kind::Body)
            });
        let mut institutions = Vec::new();
        let mut free = 0;
        for at in 0..document.words.len() {
            if is_seat || institutions.len() == ENOUGH {
                break;
            }
            if at >= free && is_domestic(document, hits, at) {
                institutions.push(at);
                // `the finance ministry` is one.
                free = at + 3;
            }
        }
        Self { country, institutions, is_seat }
    }

    /// The country of somebody discovered by a title of government that no country stands before.
    #[must_use]
    pub fn of_person(&self, person: &Discovered) -> Option<u32> {
        let role = person.role.as_deref()?.to_lowercase();
        let mut words = role.split_whitespace();
        let last = words.next_back()?;
        let governs = match last {
            "minister" | "premier" | "governor" | "senator" => true,
            "secretary" => !role.ends_with("general secretary") && role != "secretary",
            "president" => words.next().is_none(),
            _ => false,
        };
        self.country.filter(|_| governs)
    }
}

/// Whether a word names an institution of government and nothing beside it says whose.
fn is_domestic(document: &Document<'_>, hits: &[Hit], at: usize) -> bool {
    if !document.is(at, class::INSTITUTION) || document.in_dateline(at) {
        return false;
    }
    // `central bank`, `Reserve Bank`; any other bank is nobody's.
    let before = document.before(at).map_or("", |before| document.text(before));
    if document.text(at).eq_ignore_ascii_case("bank") {
        let is_central =
            ["central", "national", "reserve", "state"].iter().any(|word| before.eq_ignore_ascii_case(word));
        if !is_central {
            return false;
        }
    }
    let range = document.sentence(at);
    let from = at.saturating_sub(4).max(range.start);
    let to = (at + 4).min(range.end);
    let is_whose = |hit: &&Hit| {
        let (first, last) = (hit.first as usize, hit.last as usize);
        let before = last >= from
            && last < at
            && (last + 1..=at).all(|word| !document.words[word].gap.has(super::gap::Gap::COMMA));
        let over = (first..=last).contains(&at);
        let after = first > at && first < to && document.text(at + 1) == "of";
        hit.accepted && hit.role != Role::Dateline && (before || over || after)
    };
    // Hits stand in the order of the text.
    let near = hits.partition_point(|hit| (hit.last as usize) < from);
    !hits[near..].iter().take_while(|hit| (hit.first as usize) < to).any(|hit| is_whose(&hit))
}
