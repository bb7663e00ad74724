//! How the gazetteer's answers are compared with the labels (README.md beside this file says by which rules).

#![allow(clippy::disallowed_methods, reason = "the labels are on disk")]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use newsgen::gazetteer::{Findings, Gazetteer, Options, Part, Passage};
use newsgen::shell::passages;
use serde_json::Value;

type Tags = BTreeSet<String>;

/// True and false answers of one kind.
#[derive(Debug, Default, Clone, Copy)]
pub struct Count {
    /// Right.
    pub right: usize,
    /// Answered, not expected.
    pub extra: usize,
    /// Expected, not answered.
    pub missed: usize,
}

impl Count {
    /// Share of the answers that are right.
    pub fn precision(&self) -> f64 {
        share(self.right, self.right + self.extra)
    }

    /// Share of what is expected that is answered.
    pub fn recall(&self) -> f64 {
        share(self.right, self.right + self.missed)
    }

    /// Harmonic mean of both.
    pub fn f1(&self) -> f64 {
        share(2 * self.right, 2 * self.right + self.extra + self.missed)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// All scores, and what was wrong.
#[derive(Debug, Default)]
pub struct Report {
    /// Name of the row, and its counts.
    pub rows: Vec<(&'static str, Count)>,
    /// Hard sentences exactly right, and all of them.
    pub exact: (usize, usize),
    /// Those of them whose countries are exactly right.
    pub countries: usize,
    /// Id and a line that says what was wrong.
    pub wrong: Vec<(String, String)>,
}

impl Report {
    #[allow(dead_code, reason = "the floors use it, the table prints it")]
    /// Share of the hard sentences that are exactly right.
    pub fn exact_share(&self) -> f64 {
        share(self.exact.0, self.exact.1)
    }

    /// The scores as a table.
    pub fn table(&self) -> String {
        let mut out = format!("{:<28}{:>10}{:>10}{:>10}\n", "", "precision", "recall", "F1");
        for (name, count) in &self.rows {
            let _ = writeln!(
                out,
                "{name:<28}{:>10.3}{:>10.3}{:>10.3}",
                count.precision(),
                count.recall(),
                count.f1()
            );
        }
        let (right, all) = self.exact;
        let _ = writeln!(
            out,
            "{:<28}{:>30.3}   ({right} of {all})",
            "hard sentences exactly right",
            share(right, all)
        );
        let _ = writeln!(
            out,
            "{:<28}{:>30.3}   ({} of {all})",
            "  their countries",
            share(self.countries, all),
            self.countries
        );
        out
    }
}

/// Scores the built-in gazetteer against a set: this folder, or another with the same files.
pub fn run(folder: Option<&str>) -> Report {
    let folder = folder.unwrap_or(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tagging"));
    let gazetteer = Gazetteer::built_in();
    let mut report = Report::default();
    sentences(&lines(folder, "sentences.jsonl"), &gazetteer, &mut report);
    let text = std::fs::read_to_string(format!("{folder}/briefings.yaml")).expect("the briefings");
    let all: Vec<Value> = serde_yaml::from_str(&text).expect("YAML");
    briefings(&all, &gazetteer, &mut report);
    stories(&lines(folder, "stories.jsonl"), &gazetteer, &mut report);
    report
}

fn lines(folder: &str, name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(format!("{folder}/{name}")).expect("the file is there");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

fn sentences(all: &[Value], gazetteer: &Gazetteer, report: &mut Report) {
    let mut counts = [Count::default(); 4];
    for case in all {
        let text = case["text"].as_str().expect("a text");
        let passage = Passage { text, offset: 0, part: Part::Facts };
        let found = gazetteer.read(&[passage], options(case, false));
        let wrong = compare(gazetteer, case, &case["also"], case, &found, &mut counts);
        report.exact.1 += 1;
        report.countries += usize::from(!wrong.as_ref().is_some_and(|wrong| wrong.starts_with("countries")));
        match wrong {
            None => report.exact.0 += 1,
            Some(wrong) => report.wrong.push((id(case), format!("{}: {text}\n    {wrong}", id(case)))),
        }
    }
    let names = ["sentences: countries", "sentences: regions", "sentences: actors", "sentences: people"];
    report.rows.extend(names.into_iter().zip(counts));
}

fn briefings(all: &[Value], gazetteer: &Gazetteer, report: &mut Report) {
    let mut counts = [Count::default(); 4];
    let mut mentions = [Count::default(); 4];
    for case in all {
        let text = case["text"].as_str().expect("a text");
        let passages = passages::of(text);
        let found = gazetteer.read(&passages, options(case, true));
        if let Some(wrong) = compare(gazetteer, &case["focus"], &case["also"], case, &found, &mut counts) {
            report.wrong.push((id(case), format!("{}\n    {wrong}", id(case))));
        }
        let found = gazetteer.read(&passages, options(case, false));
        let mut only = [Count::default(); 4];
        let also = serde_json::json!({ "countries": case["mentions"]["also"] });
        let wrong = compare(gazetteer, &case["mentions"], &also, case, &found, &mut only);
        mentions[0].right += only[0].right;
        mentions[0].extra += only[0].extra;
        mentions[0].missed += only[0].missed;
        if let (Some(wrong), true) = (wrong, only[0].extra + only[0].missed > 0) {
            let first = wrong.split("; ").next().unwrap_or("").to_owned();
            report.wrong.push((id(case), format!("{} (mentions)\n    {first}", id(case))));
        }
    }
    let names = ["briefings: countries", "briefings: regions", "briefings: actors", "briefings: people"];
    report.rows.extend(names.into_iter().zip(counts));
    report.rows.push(("briefings: mentions", mentions[0]));
}

/// Newswire: what the story would be filed under.
fn stories(all: &[Value], gazetteer: &Gazetteer, report: &mut Report) {
    let mut counts = [Count::default(); 2];
    for case in all {
        let found =
            gazetteer.read(&passages::of(case["text"].as_str().expect("a text")), options(case, true));
        let mut every = [Count::default(); 4];
        let wrong = compare(gazetteer, case, &case["also"], case, &found, &mut every);
        for (count, more) in counts.iter_mut().zip(every) {
            count.right += more.right;
            count.extra += more.extra;
            count.missed += more.missed;
        }
        // Actors are not labelled.
        let wrong = wrong.map(|wrong| wrong.split("; actors").next().unwrap_or("").to_owned());
        if let Some(wrong) = wrong.filter(|wrong| !wrong.is_empty() && !wrong.starts_with("actors")) {
            report.wrong.push((id(case), format!("{}\n    {wrong}", id(case))));
        }
    }
    report.rows.extend(["stories: countries", "stories: regions"].into_iter().zip(counts));
}

fn id(case: &Value) -> String {
    case["id"].as_str().unwrap_or("?").to_owned()
}

fn options(case: &Value, salience: bool) -> Options {
    let date = case["date"].as_str().and_then(|date| date.parse().ok());
    Options { date, salience, explain: false }
}

fn tags(value: &Value) -> Tags {
    let items = value.as_array().into_iter().flatten();
    items.filter_map(|item| item.as_str()).map(str::to_owned).collect()
}

/// The regions in `also`, and those of the countries in it.
fn regions_too(gazetteer: &Gazetteer, also: &Value) -> Tags {
    let countries = tags(&also["countries"]);
    let regions = countries.iter().filter_map(|code| gazetteer.entity(&code.to_lowercase())?.region.clone());
    tags(&also["regions"]).into_iter().chain(regions).collect()
}

/// Compares one answer with its labels, counts, and says what is wrong.
fn compare(
    gazetteer: &Gazetteer,
    expected: &Value,
    also: &Value,
    case: &Value,
    found: &Findings,
    counts: &mut [Count; 4],
) -> Option<String> {
    let mut wrong = Vec::new();
    let upper = |tags: &[newsgen::gazetteer::Proposal]| -> Tags {
        tags.iter().map(|tag| tag.id.to_uppercase()).collect()
    };
    let ids =
        |tags: &[newsgen::gazetteer::Proposal]| -> Tags { tags.iter().map(|tag| tag.id.clone()).collect() };
    check(
        "countries",
        &tags(&expected["countries"]),
        &tags(&also["countries"]),
        &upper(&found.countries),
        &mut counts[0],
        &mut wrong,
    );
    check(
        "regions",
        &tags(&expected["regions"]),
        &regions_too(gazetteer, also),
        &ids(&found.regions),
        &mut counts[1],
        &mut wrong,
    );
    let state = |id: &str| -> String {
        // An id that the data do not know is a name.
        let named = gazetteer.find(newsgen::gazetteer::Sort::Actor, &id.replace('-', " "));
        let is_place = |id: &str| gazetteer.entity(id).is_none_or(|entity| entity.kind.word() == "place");
        let id = named.filter(|_| is_place(id)).map_or(id.to_owned(), |known| known.id);
        let id = id.as_str();
        let folded =
            gazetteer.entity(id).filter(|entity| entity.kind.word() == "government" || id == "holy-see");
        folded.and_then(|entity| entity.country.clone()).unwrap_or_else(|| id.to_owned())
    };
    // Of several with one name (`Workers' Party`), the one that is answered.
    let answered_by = |id: &str| {
        let known = gazetteer.entity(id).is_some_and(|entity| entity.kind.acts());
        let mut answers = found.actors.iter().filter_map(|proposal| gazetteer.entity(&proposal.id));
        let named = answers.find(|entity| {
            entity
                .aliases
                .iter()
                .any(|alias| newsgen::gazetteer::kebab(&alias.text.replace(['\'', '’'], "")) == id)
        });
        named.filter(|_| !known).map_or_else(|| id.to_owned(), |entity| entity.id.clone())
    };
    // Somebody new to the labels may be somebody listed.
    let kebab = |name: &str| {
        let named = gazetteer.find(newsgen::gazetteer::Sort::Actor, name);
        named.map_or_else(|| newsgen::gazetteer::kebab(name), |known| known.id)
    };
    let mut wanted: Tags = tags(&expected["actors"]).iter().map(|id| state(&answered_by(id))).collect();
    let newcomers: Tags = tags(&case["people_new"]).iter().map(|name| kebab(name)).collect();
    wanted.extend(newcomers.iter().cloned());
    let mut allowed: Tags = tags(&also["actors"]).iter().map(|id| state(&answered_by(id))).collect();
    // The state behind a newcomer: no list says which, so any of the expected countries may stand there.
    if !newcomers.is_empty() {
        allowed.extend(tags(&expected["countries"]).iter().map(|id| id.to_lowercase()));
    }
    for id in &wanted {
        let behind = gazetteer.entity(id).filter(|entity| {
            matches!(entity.kind.word(), "person" | "office" | "party" | "armed-group" | "government")
        });
        if let Some(country) = behind.and_then(|entity| entity.country.clone()) {
            allowed.insert(country);
        }
    }
    let answered: Tags = found.actors.iter().map(|proposal| state(&proposal.id)).collect();
    let allowed: Tags = allowed.difference(&wanted).cloned().collect();
    check("actors", &wanted, &allowed, &answered, &mut counts[2], &mut wrong);
    let person = |id: &String| {
        newcomers.contains(id) || gazetteer.entity(id).is_some_and(|entity| entity.kind.word() == "person")
    };
    let people: Tags = found
        .actors
        .iter()
        .filter(|proposal| proposal.kind == "person")
        .map(|proposal| proposal.id.clone())
        .collect();
    let wanted: Tags = wanted.into_iter().filter(person).collect();
    check("people", &wanted, &allowed, &people, &mut counts[3], &mut Vec::new());
    (!wrong.is_empty()).then(|| wrong.join("; "))
}

fn check(
    what: &str,
    wanted: &Tags,
    allowed: &Tags,
    answered: &Tags,
    count: &mut Count,
    wrong: &mut Vec<String>,
) {
    let extra: Vec<&str> =
        answered.difference(wanted).filter(|tag| !allowed.contains(*tag)).map(String::as_str).collect();
    let missed: Vec<&str> = wanted.difference(answered).map(String::as_str).collect();
    count.right += wanted.intersection(answered).count();
    count.extra += extra.len();
    count.missed += missed.len();
    if !extra.is_empty() || !missed.is_empty() {
        wrong.push(format!("{what}: extra [{}] missed [{}]", extra.join(" "), missed.join(" ")));
    }
}
