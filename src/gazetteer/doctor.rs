//! Looks over the tags of a whole newsletter: actors that are one, names nobody lists, offices that are stale.

use std::collections::{BTreeMap, BTreeSet};

use super::entity::{Kind, OPEN};
use super::findings::Findings;
use super::index::Gazetteer;
use super::read::day_of;
use super::vocabulary::kebab;

/// One briefing, as far as its tags go.
#[derive(Debug, Clone)]
pub struct Case<'a> {
    /// The file.
    pub file: &'a str,
    /// Its day.
    pub date: Option<jiff::civil::Date>,
    /// What was found in it.
    pub findings: &'a Findings,
    /// The actors that its author typed.
    pub typed: Vec<String>,
}

/// What to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// Two actors that seem to be one.
    NearDuplicate,
    /// A way of writing that a known actor should have.
    MissingAlias,
    /// An office whose holder nobody knows on the day of a briefing, or data that is old.
    StaleOffice,
    /// An actor that only one briefing mentions, and that no list knows.
    SingleUse,
    /// An entry of the site's own that no briefing uses.
    Unused,
}

/// One piece of advice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Advice {
    /// What it is about.
    pub matter: Matter,
    /// What is the matter: lower case, no full stop.
    pub message: String,
    /// One thing to do.
    pub help: String,
    /// The files it is about, in order.
    pub files: Vec<String>,
}

/// Everything worth saying about the tags of a newsletter. `own` are the ids of its own `entities.yaml`.
#[must_use]
pub fn examine(names: &Gazetteer, cases: &[Case<'_>], own: &[String]) -> Vec<Advice> {
    let mut new: BTreeMap<String, (String, BTreeSet<&str>)> = BTreeMap::new();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for case in cases {
        for actor in &case.findings.actors {
            if actor.new {
                let entry =
                    new.entry(actor.id.clone()).or_insert_with(|| (actor.name.clone(), BTreeSet::new()));
                entry.1.insert(case.file);
            } else {
                used.insert(&actor.id);
            }
        }
        for mention in case.findings.mentions.iter().filter(|mention| mention.accepted) {
            used.extend(mention.entity.as_deref());
        }
        for typed in &case.typed {
            match names.find(super::findings::Sort::Actor, typed).and_then(|known| names.entity(&known.id)) {
                Some(known) => {
                    used.insert(&known.id);
                }
                None => {
                    let entry = new.entry(kebab(typed)).or_insert_with(|| (typed.clone(), BTreeSet::new()));
                    entry.1.insert(case.file);
                }
            }
        }
    }
    let mut advice = Vec::new();
    twins(names, &new, &mut advice);
    offices(names, cases, &mut advice);
    for id in own.iter().filter(|id| !used.contains(id.as_str())) {
        advice.push(Advice {
            matter: Matter::Unused,
            message: format!("no briefing mentions `{id}`"),
            help: "take it out of entities.yaml, or give it the names that briefings use".into(),
            files: vec!["entities.yaml".into()],
        });
    }
    advice.sort();
    advice
}

/// Newcomers that are somebody known, or each other, under another spelling; and those who come once.
fn twins(names: &Gazetteer, new: &BTreeMap<String, (String, BTreeSet<&str>)>, advice: &mut Vec<Advice>) {
    // By the first letters of the last word, so that not everybody is compared with everybody.
    let mut people: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for entity in names.entities().filter(|entity| entity.kind == Kind::Person) {
        people.entry(key(&entity.id)).or_default().push(&entity.id);
    }
    let ids: Vec<&String> = new.keys().collect();
    let mut paired: BTreeSet<&str> = BTreeSet::new();
    for (at, id) in ids.iter().enumerate() {
        let (name, files) = &new[*id];
        let files = || files.iter().map(|file| (*file).to_owned()).collect();
        let known = people.get(&key(id)).into_iter().flatten().find(|known| is_near(id, known));
        if let Some(known) = known.and_then(|known| names.entity(known)) {
            advice.push(Advice {
                matter: Matter::MissingAlias,
                message: format!("`{name}` seems to be `{}`", known.name),
                help: format!("add to entities.yaml: - {{id: {}, aliases: [\"{name}\"]}}", known.id),
                files: files(),
            });
            continue;
        }
        for other in ids[at + 1..].iter().filter(|other| is_near(id, other)) {
            let (other_name, other_files) = &new[*other];
            paired.insert(id);
            paired.insert(other);
            let mut both: Vec<String> = files();
            both.extend(other_files.iter().map(|file| (*file).to_owned()));
            advice.push(Advice {
                matter: Matter::NearDuplicate,
                message: format!("`{name}` and `{other_name}` seem to be one"),
                help: format!("keep one as the name and the other as an alias of `{id}` in entities.yaml"),
                files: both,
            });
        }
        if new[*id].1.len() == 1 && !paired.contains(id.as_str()) {
            advice.push(Advice {
                matter: Matter::SingleUse,
                message: format!("only one briefing mentions `{name}`, whom no list knows"),
                help: "list it in entities.yaml, or refuse it with `actors: {remove: […]}`".into(),
                files: files(),
            });
        }
    }
}

fn key(id: &str) -> String {
    id.rsplit('-').next().unwrap_or(id).chars().take(2).collect()
}

/// Whether two ids are spellings of one name: nearly the same letters, or all words of one among the other's.
fn is_near(one: &str, other: &str) -> bool {
    if one == other {
        return false;
    }
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let words: Vec<&str> = long.split('-').collect();
    let within = short.contains('-') && short.split('-').all(|word| words.contains(&word));
    let slips = strsim::damerau_levenshtein(one, other);
    within || (short.len() >= 8 && slips <= 2)
}

fn offices(names: &Gazetteer, cases: &[Case<'_>], advice: &mut Vec<Advice>) {
    let mut vacant: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut newest = 0;
    for case in cases {
        let Some(day) = case.date.map(day_of) else { continue };
        newest = newest.max(day);
        for actor in case.findings.actors.iter().filter(|actor| actor.kind == "office") {
            vacant.entry(&actor.id).or_default().insert(case.file);
        }
    }
    for (id, files) in vacant {
        let Some(office) = names.entity(id) else { continue };
        let last = office.holders.last().filter(|term| term.until != OPEN);
        let since =
            last.map_or(String::new(), |term| format!(" (the last known left on {})", written(term.until)));
        advice.push(Advice {
            matter: Matter::StaleOffice,
            message: format!(
                "nobody is known as {} on the day of {} briefing(s){since}",
                office.name,
                files.len()
            ),
            help: format!("add to entities.yaml: - {{id: {id}, holders: [{{person: …, from: …}}]}}"),
            files: files.into_iter().map(str::to_owned).collect(),
        });
    }
    if months(newest) > months(names.as_of()) + 6 {
        advice.push(Advice {
            matter: Matter::StaleOffice,
            message: format!("the dates in office are of {}", written(names.as_of())),
            help: "update newsgen, or add the newer holders to entities.yaml".into(),
            files: Vec::new(),
        });
    }
}

fn months(day: u32) -> u32 {
    day / 10_000 * 12 + day / 100 % 100
}

fn written(day: u32) -> String {
    format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::{Options, Part, Passage};

    fn check(texts: &[(&str, &str)], own: &[&str]) -> Vec<String> {
        let names = Gazetteer::built_in();
        let date = "2025-06-05".parse().ok();
        let options = Options { date, salience: false, explain: true };
        let read = |text| names.read(&[Passage { text, offset: 0, part: Part::Facts }], options);
        let findings: Vec<Findings> = texts.iter().map(|(_, text)| read(text)).collect();
        let mut cases = Vec::new();
        for ((file, _), findings) in texts.iter().zip(&findings) {
            cases.push(Case { file, date, findings, typed: Vec::new() });
        }
        let own: Vec<String> = own.iter().map(|id| (*id).to_owned()).collect();
        examine(&names, &cases, &own).into_iter().map(|advice| advice.message).collect()
    }

    #[test]
    fn two_spellings_of_a_newcomer_are_set_side_by_side() {
        let one = ("a.txt", "The mayor Iwona Testowicka resigned.");
        let other = ("b.txt", "The mayor Ivona Testowicka resigned.");
        assert_eq!(check(&[one, other], &[]), ["`Ivona Testowicka` and `Iwona Testowicka` seem to be one"]);
    }

    #[test]
    fn a_slip_in_a_known_name_is_an_alias_worth_adding() {
        let text = ("a.txt", "The chancellor Fridrich Merz spoke.");
        assert_eq!(check(&[text], &[]), ["`Fridrich Merz` seems to be `Friedrich Merz`"]);
    }

    #[test]
    fn an_own_entry_that_nobody_mentions_is_named() {
        assert_eq!(
            check(&[("a.txt", "Nothing.")], &["harbour-watch"]),
            ["no briefing mentions `harbour-watch`"]
        );
    }
}
