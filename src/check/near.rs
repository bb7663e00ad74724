//! One thing filed under two names: near-duplicate tags over the whole site.

use std::collections::{BTreeSet, HashMap};

use crate::catalogue::{Catalogue, Taxonomy, Term};
use crate::diagnostic::{Diagnostic, Place};
use crate::gazetteer::{Gazetteer, Sort};

/// The shortest name in which one wrong letter is more likely than another name, in letters.
const LONG_ENOUGH: usize = 6;

/// Terms of one taxonomy whose names differ by a letter, a plural, an accent, an article.
pub fn rule(catalogue: &Catalogue, gazetteer: &Gazetteer, notes: &mut Vec<Diagnostic>) {
    for taxonomy in [Taxonomy::Actor, Taxonomy::Category, Taxonomy::Lens, Taxonomy::Series] {
        let terms = &catalogue.index(taxonomy).terms;
        let known =
            |term: &Term| taxonomy == Taxonomy::Actor && gazetteer.find(Sort::Actor, &term.id).is_some();
        for (one, other) in pairs(terms) {
            let (one, other) = (&terms[one], &terms[other]);
            // Niger and Nigeria: what the lists tell apart is two things.
            if known(one) && known(other) {
                continue;
            }
            let is_rarer = (known(other), other.entries.len()) >= (known(one), one.entries.len());
            let (rare, usual) = if is_rarer { (one, other) } else { (other, one) };
            notes.push(note(catalogue, taxonomy, rare, usual));
        }
    }
}

fn note(catalogue: &Catalogue, taxonomy: Taxonomy, rare: &Term, usual: &Term) -> Diagnostic {
    let word = taxonomy.word();
    let message = format!("the {word} \"{}\" is nearly \"{}\"", rare.name, usual.name);
    let mut note = Diagnostic::warning("near-duplicate-tag", message)
        .help(format!("if they are one, run `newsgen rename {word}:{} \"{}\"`", rare.id, usual.name));
    let place = |term: &Term| {
        let entry = &catalogue.entries[*term.entries.first()?];
        Some(Place::file(&entry.briefing.source))
    };
    note.place = place(rare);
    match place(usual) {
        Some(other) => note.also(other, format!("files under \"{}\"", usual.name)),
        None => note,
    }
}

/// Positions of terms that are nearly the same. Linear: names that differ by one letter are the same without it.
fn pairs(terms: &[Term]) -> Vec<(usize, usize)> {
    let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, term) in terms.iter().enumerate() {
        let key = key(&term.name);
        let letters: Vec<char> = key.chars().collect();
        if letters.len() >= LONG_ENOUGH {
            for gone in 0..letters.len() {
                let shorter: String =
                    letters.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, c)| *c).collect();
                by_key.entry(shorter).or_default().push(at);
            }
        }
        by_key.entry(key).or_default().push(at);
    }
    let mut found = BTreeSet::new();
    for group in by_key.values() {
        for (number, one) in group.iter().enumerate() {
            for other in &group[number + 1..] {
                let pair = (*one.min(other), *one.max(other));
                if pair.0 != pair.1 && is_near(&terms[pair.0].name, &terms[pair.1].name) {
                    found.insert(pair);
                }
            }
        }
    }
    found.into_iter().collect()
}

fn is_near(one: &str, other: &str) -> bool {
    let (one, other) = (key(one), key(other));
    if one == other {
        return true;
    }
    // "Phase 1" and "Phase 2" are two things.
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    digits(&one) == digits(&other) && strsim::damerau_levenshtein(&one, &other) <= 1
}

/// A name without what people write now this way, now that.
fn key(name: &str) -> String {
    let folded = deunicode::deunicode(name).to_lowercase().replace('&', " and ");
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric());
    let words = words.filter(|word| !matches!(*word, "" | "the" | "a" | "an"));
    words.map(|word| if word.len() > 3 { word.strip_suffix('s').unwrap_or(word) } else { word }).collect()
}

#[cfg(test)]
mod tests {
    use crate::check::tests::site_notes;

    fn check(heads: &[&str]) -> Vec<String> {
        let texts: Vec<(String, String)> = heads
            .iter()
            .enumerate()
            .map(|(at, head)| {
                let text = format!("---\ntitle: \"Text {at}\"\ndate: \"2026-06-05\"\ntags: manual\n{head}\n---\n\nThey met.\n");
                (format!("content/briefings/{at}.md"), text)
            })
            .collect();
        let texts: Vec<(&str, &str)> =
            texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let notes = site_notes(&texts).into_iter().filter(|note| note.code == "near-duplicate-tag");
        notes.map(|note| note.message).collect()
    }

    #[test]
    fn two_spellings_of_one_thing_are_found() {
        assert_eq!(
            check(&["actors: [Harbour Watch]", "actors: [Harbor Watch]", "actors: [Harbour Watch]"]),
            ["the actor \"Harbor Watch\" is nearly \"Harbour Watch\""]
        );
        assert_eq!(check(&["category: Economy", "category: Ecnomy"]).len(), 1);
        assert_eq!(check(&["lens: [Investors & markets]", "lens: [the investor and market]"]).len(), 1);
    }

    #[test]
    fn two_things_with_like_names_are_left_alone() {
        assert_eq!(check(&["actors: [Niger]", "actors: [Nigeria]"]), Vec::<String>::new());
        assert_eq!(check(&["series: Phase 1 of it", "series: Phase 2 of it"]), Vec::<String>::new());
        assert_eq!(check(&["category: Oil", "category: Gas"]), Vec::<String>::new());
    }
}
