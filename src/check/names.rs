//! Names that an author files a briefing under: regions, countries, actors and lenses that nothing is known by.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::document::Document;
use crate::briefing::Briefing;
use crate::briefing::model::{Phrase, TagRule};
use crate::catalogue::Taxonomy;
use crate::catalogue::lens::Lenses;
use crate::diagnostic::{Diagnostic, Severity, is_slip, nearest};
use crate::gazetteer::{Gazetteer, Sort};
use crate::route::slug;

/// What a briefing can be filed under.
#[derive(Debug)]
pub struct Known<'a> {
    /// The lenses that `lenses.yaml` declares.
    pub lenses: &'a Lenses,
    /// The categories of `newsgen.yaml`; empty if it names none, and then every category is as good.
    pub categories: &'a [String],
    /// Every audience that some implication of the site is for, by slug: its words.
    pub audiences: &'a BTreeMap<String, String>,
    /// The names that nothing is known by.
    pub strangers: &'a Strangers<'a>,
}

/// What authors file under and nothing is known by, each with the nearest known name. A name is compared with all known
/// ones once, however many briefings have it.
#[derive(Debug)]
pub struct Strangers<'a>(BTreeMap<(Taxonomy, &'a str), Option<&'a str>>);

impl<'a> Strangers<'a> {
    /// Of these briefings.
    pub fn of(briefings: impl Iterator<Item = &'a Briefing>, gazetteer: &'a Gazetteer) -> Self {
        let mut names = BTreeSet::new();
        for briefing in briefings {
            for (taxonomy, rule) in filed(briefing) {
                names.extend(named(rule).map(|(phrase, _)| (taxonomy, phrase.text.as_str())));
            }
        }
        let sort = |taxonomy| match taxonomy {
            Taxonomy::Region => Sort::Region,
            Taxonomy::Country => Sort::Country,
            _ => Sort::Actor,
        };
        names.retain(|(taxonomy, name)| gazetteer.find(sort(*taxonomy), name).is_none());
        let nearest = names
            .into_par_iter()
            .map(|(taxonomy, name)| ((taxonomy, name), gazetteer.nearest(sort(taxonomy), name)));
        Self(nearest.collect())
    }
}

/// The rules of a briefing's head that name regions, countries and actors.
fn filed(briefing: &Briefing) -> [(Taxonomy, &TagRule); 3] {
    let head = &briefing.head;
    [(Taxonomy::Region, &head.regions), (Taxonomy::Country, &head.countries), (Taxonomy::Actor, &head.actors)]
}

/// Names in a briefing's head that nothing is known by.
pub fn rule(briefing: &Briefing, document: &Document<'_>, known: &Known<'_>, notes: &mut Vec<Diagnostic>) {
    let head = &briefing.head;
    for (taxonomy, rule) in filed(briefing) {
        for (phrase, is_refused) in named(rule) {
            if let Some(near) = known.strangers.0.get(&(taxonomy, phrase.text.as_str())) {
                notes.push(unknown(document, taxonomy, phrase, is_refused, *near));
            }
        }
    }
    if let Some(category) = &briefing.category
        && !known.categories.is_empty()
        && !known.categories.iter().any(|name| slug(name) == slug(&category.text))
    {
        let near = nearest(&category.text, known.categories.iter().map(String::as_str));
        let message = format!("`{}` is none of the categories of newsgen.yaml", category.text);
        let note = document.object("unknown-category", message, category.span.range());
        notes.push(match near {
            Some(near) => note.help(format!("did you mean `{near}`?")),
            None => note.help(format!("use {}, or add it to `categories:`", known.categories.join(", "))),
        });
    }
    for phrase in &head.lens {
        lens(phrase, document, known, notes);
    }
}

fn named(rule: &TagRule) -> impl Iterator<Item = (&Phrase, bool)> {
    let (added, removed): (&[Phrase], &[Phrase]) = match rule {
        TagRule::Found => (&[], &[]),
        TagRule::Only(names) => (names, &[]),
        TagRule::Adjusted { add, remove } => (add, remove),
    };
    added.iter().map(|phrase| (phrase, false)).chain(removed.iter().map(|phrase| (phrase, true)))
}

fn unknown(
    document: &Document<'_>,
    taxonomy: Taxonomy,
    phrase: &Phrase,
    is_refused: bool,
    near: Option<&str>,
) -> Diagnostic {
    let (code, list) = match taxonomy {
        Taxonomy::Region => ("unknown-region", "regions.yaml"),
        Taxonomy::Country => ("unknown-country", "entities.yaml"),
        _ => ("unknown-actor", "entities.yaml"),
    };
    let word = taxonomy.word();
    let message = if is_refused {
        format!("the {word} `{}` cannot be removed: nothing is known by that name", phrase.text)
    } else {
        format!("nothing is known by the {word} `{}`", phrase.text)
    };
    let mut note = document.object(code, message, phrase.span.range());
    // A new person is news; a new region or country is a slip.
    let is_new = !near.is_some_and(|near| is_slip(&phrase.text, near));
    if taxonomy == Taxonomy::Actor && is_new && !is_refused {
        note.severity = Severity::Note;
    }
    match near {
        Some(near) => note.help(format!("did you mean `{near}`?")),
        None => note.help(format!("correct it, or add it to {list}")),
    }
}

fn lens(phrase: &Phrase, document: &Document<'_>, known: &Known<'_>, notes: &mut Vec<Diagnostic>) {
    let (id, _) = known.lenses.of(&phrase.text);
    let is_declared = known.lenses.declared().iter().any(|(declared, _)| *declared == id);
    if is_declared || known.audiences.contains_key(&id) {
        return;
    }
    let words = known.lenses.declared().iter().map(|(_, name)| name.as_str());
    let near = nearest(&phrase.text, words.chain(known.audiences.values().map(String::as_str)));
    let message = format!("no implication is for `{}`, and lenses.yaml does not name it", phrase.text);
    let note = document.object("unknown-lens", message, phrase.span.range());
    notes.push(match near {
        Some(near) => note.help(format!("did you mean `{near}`?")),
        None => note.help("correct it, or add it to lenses.yaml"),
    });
}

#[cfg(test)]
mod tests {
    use crate::check::tests::site_notes;

    fn check(head: &str) -> Vec<String> {
        let text = format!(
            "---\ntitle: \"A\"\ndate: \"2026-06-05\"\n{head}\n---\n\nThey met.\n\n## Implications\n\n### For investors\n\nA.\n"
        );
        let config = "title: T\nbase_url: https://example.org/\ncategories: [World, Economy]\n";
        let notes = site_notes(&[("content/briefings/a.md", &text), ("newsgen.yaml", config)]);
        let unknown = notes.into_iter().filter(|note| note.code.starts_with("unknown"));
        unknown
            .map(|note| format!("{} {} {}", note.severity.word(), note.code, note.help.unwrap_or_default()))
            .collect()
    }

    #[test]
    fn a_slip_in_a_name_is_met_with_the_nearest_name() {
        assert_eq!(check("regions: [Eurpoe]"), ["warning unknown-region did you mean `Europe`?"]);
        assert_eq!(
            check("actors: {add: [Volodymyr Zelenksy]}"),
            ["warning unknown-actor did you mean `Volodymyr Zelensky`?"]
        );
        assert_eq!(check("countries: [Turky]"), ["warning unknown-country did you mean `Turkey`?"]);
        assert_eq!(check("category: Wrold"), ["warning unknown-category did you mean `World`?"]);
        assert_eq!(check("lens: [Investers]"), ["warning unknown-lens did you mean `investors`?"]);
    }

    #[test]
    fn somebody_new_is_only_noted() {
        assert_eq!(
            check("actors: [The Harbour Watch of Piraeus]"),
            ["note unknown-actor correct it, or add it to entities.yaml"]
        );
        // Three letters apart: likely another bank.
        assert_eq!(check("actors: [Bank of Gorse]"), ["note unknown-actor did you mean `Bank of Korea`?"]);
    }

    #[test]
    fn known_names_ids_and_audiences_are_left_alone() {
        for head in [
            "regions: [europe, Asia-Pacific]",
            "actors: [Ukraine, Vladimir Putin]",
            "lens: [Investors]",
            "category: WORLD",
        ] {
            assert_eq!(check(head), Vec::<String>::new(), "{head}");
        }
    }
}
