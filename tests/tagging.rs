//! The gazetteer against the tuning set: no score below its recorded floor, and laws that hold for any text.

#[path = "tagging/scoring.rs"]
mod scoring;

use std::collections::BTreeMap;

use newsgen::gazetteer::{Findings, Gazetteer, Options, Part, Passage};
use proptest::prelude::*;

#[test]
fn no_score_is_below_its_floor() {
    let floors: BTreeMap<String, f64> =
        serde_yaml::from_str(include_str!("tagging/floors.yaml")).expect("floors are numbers by name");
    let report = scoring::run(None);
    let mut scores: BTreeMap<String, f64> = BTreeMap::new();
    for (name, count) in &report.rows {
        scores.insert(format!("{name}, precision"), count.precision());
        scores.insert(format!("{name}, recall"), count.recall());
        scores.insert(format!("{name}, F1"), count.f1());
    }
    scores.insert("hard sentences exactly right".into(), report.exact_share());
    let mut low = Vec::new();
    for (name, floor) in &floors {
        let score = scores.get(name).unwrap_or_else(|| panic!("`{name}` is no score"));
        if score < floor {
            low.push(format!("{name}: {score:.3} is below {floor}"));
        }
    }
    let wrong: Vec<&str> = report.wrong.iter().map(|(_, line)| line.as_str()).collect();
    assert!(low.is_empty(), "{}\n{}\n{}", low.join("\n"), report.table(), wrong.join("\n"));
}

fn read(names: &Gazetteer, text: &str, date: Option<&str>, salience: bool) -> Findings {
    let date = date.and_then(|date| date.parse().ok());
    let passage = Passage { text, offset: 0, part: Part::Facts };
    names.read(&[passage], Options { date, salience, explain: true })
}

fn ids(found: &[newsgen::gazetteer::Proposal]) -> Vec<&str> {
    let mut ids: Vec<&str> = found.iter().map(|tag| tag.id.as_str()).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn an_office_is_whoever_held_it_on_the_day() {
    let names = Gazetteer::built_in();
    let text = "Iran's Supreme Leader rejected the proposal.";
    for (day, who) in [
        (Some("2025-06-05"), "ali-khamenei"),
        (Some("2026-06-05"), "mojtaba-khamenei"),
        (Some("2026-03-05"), "office-supreme-leader-irn"),
        (None, "office-supreme-leader-irn"),
    ] {
        let mut both = [who, "irn"];
        both.sort_unstable();
        assert_eq!(ids(&read(&names, text, day, false).actors), both, "{day:?}");
    }
}

#[test]
fn spellings_of_one_person_and_one_country_meet() {
    let names = Gazetteer::built_in();
    for text in ["Zelensky spoke.", "Zelenskyy spoke.", "Zelenskiy spoke.", "Volodymyr Zelenskyy spoke."] {
        assert_eq!(ids(&read(&names, text, None, false).actors), ["volodymyr-zelensky"], "{text}");
    }
    for text in [
        "The U.S. agreed.",
        "The US agreed.",
        "America agreed.",
        "After two days of talks behind closed doors the United\nStates agreed.",
        "The United\u{a0}States agreed.",
    ] {
        assert_eq!(ids(&read(&names, text, None, false).countries), ["usa"], "{text}");
    }
    for text in ["Erdogan agreed.", "Erdoğan agreed.", "Erdog\u{306}an agreed.", "Erdo\u{ad}gan agreed."] {
        assert_eq!(ids(&read(&names, text, None, false).actors), ["recep-tayyip-erdogan"], "{text:?}");
    }
}

#[test]
fn a_match_is_given_by_its_bytes_in_the_file() {
    let names = Gazetteer::built_in();
    let file = "Überschrift\nDie Lage: São Tomé and Côte d’Ivoire met the U.S. envoy.";
    let start = file.find("Die").expect("it is there");
    let passage = Passage { text: &file[start..], offset: start, part: Part::View };
    let found = names.read(&[passage], Options { date: None, salience: false, explain: true });
    let words: Vec<&str> = found
        .mentions
        .iter()
        .filter(|mention| mention.accepted)
        .map(|mention| &file[mention.start..mention.end])
        .collect();
    assert_eq!(words, ["São Tomé", "Côte d’Ivoire", "U.S."]);
    assert!(found.mentions.iter().all(|mention| mention.part == Part::View));
}

#[test]
fn a_person_nobody_lists_is_new_and_comes_back_by_surname() {
    let names = Gazetteer::built_in();
    for text in [
        "Ingvild Testad Brekke, the mayor of Tromsø, resigned. Brekke had promised a bridge.",
        "The mayor, Ingvild Testad Brekke, resigned. Brekke had promised a bridge.",
    ] {
        let found = read(&names, text, None, false);
        let person = found.actors.iter().find(|actor| actor.new).expect("somebody new");
        assert_eq!(
            (person.id.as_str(), person.name.as_str()),
            ("ingvild-testad-brekke", "Ingvild Testad Brekke")
        );
        let own = |entity: &str| entity == "ingvild-testad-brekke";
        let count =
            found.mentions.iter().filter(|mention| mention.entity.as_deref().is_some_and(own)).count();
        assert_eq!(count, 2, "{text}");
    }
}

#[test]
fn where_a_name_stands_is_kept_by_part() {
    let names = Gazetteer::built_in();
    let passage = |text, part| Passage { text, offset: 0, part };
    let passages = [
        passage("Israel struck Iran.", Part::Facts),
        passage("Iran will answer.", Part::Implication(0)),
        passage("Nobody wins.", Part::View),
    ];
    let found = names.read(&passages, Options { date: None, salience: true, explain: false });
    let iran = found.actors.iter().find(|actor| actor.id == "irn").expect("Iran");
    assert_eq!(iran.parts, [Part::Facts, Part::Implication(0)]);
}

#[test]
fn many_regions_are_the_world_and_the_three_that_matter_most() {
    let names = Gazetteer::built_in();
    let text = "France, Kenya, India, Brazil, Japan and Egypt signed. France, Kenya and India vowed more. France paid. \
                Brazil and Japan agreed. Egypt said so. Kenya and India applauded.";
    let found = read(&names, text, None, true);
    assert_eq!(found.regions.len(), 4);
    assert!(found.regions.iter().any(|region| region.id == "global"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_is_read_and_every_match_stands_on_characters(
        text in "(\\PC|[ \n\r\t.,'’\"“”()\\-–—\u{ad}\u{200b}\u{301}]|Russia|Moscow|Mr|President|U.S.|Xi|the|of|KYIV|Jordan){0,60}",
        salience: bool,
    ) {
        let names = names();
        let found = read(names, &text, Some("2025-06-05"), salience);
        for mention in &found.mentions {
            prop_assert!(text.get(mention.start..mention.end).is_some_and(|words| !words.is_empty()));
        }
        prop_assert!(found.actors.len() <= 13 || !salience);
        prop_assert!(found.regions.len() <= 4 || !salience);
        prop_assert_eq!(&found, &read(names, &text, Some("2025-06-05"), salience));
    }
}

#[test]
fn a_sentence_is_read_wherever_it_breaks_off() {
    let lines = include_str!("tagging/sentences.jsonl").lines();
    for line in lines {
        let case: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        let text = case["text"].as_str().expect("a text");
        for (at, _) in text.match_indices(|c: char| !c.is_alphanumeric()) {
            // The words before the break, and those after it.
            for half in [&text[..at], &text[at..]] {
                read(names(), half, Some("2025-06-05"), true);
            }
        }
        let loud = text.to_uppercase();
        read(names(), &loud, None, false);
    }
}

fn names() -> &'static Gazetteer {
    static NAMES: std::sync::OnceLock<Gazetteer> = std::sync::OnceLock::new();
    NAMES.get_or_init(Gazetteer::built_in)
}

#[test]
fn offices_reach_as_far_as_the_text_says() {
    let names = Gazetteer::built_in();
    for (text, day, actors) in [
        // The same office elsewhere, by nationality and by capital.
        (
            "Iran's president told his French counterpart.",
            "2024-09-10",
            "emmanuel-macron fra irn masoud-pezeshkian",
        ),
        // Several who hold one each.
        (
            "The presidents of Kenya and Senegal agreed.",
            "2025-03-03",
            "bassirou-diomaye-faye ken sen william-ruto",
        ),
        // Who went out of office a moment ago.
        ("Iran's president died in fog.", "2024-05-20", "ebrahim-raisi irn"),
        // A body's office, from either side of its name.
        ("The head of the ECB said so.", "2025-03-03", "christine-lagarde european-central-bank"),
        ("The ECB's president said so.", "2025-03-03", "christine-lagarde european-central-bank"),
        ("Amazon's head of human resources said so.", "2025-03-03", "amazon"),
        // An organ with a title is an office of its state.
        ("Pakistan's army chief said so.", "2025-07-03", "asim-munir pak"),
        // Beside a name that the lists spell otherwise, and beside one that they do not know.
        ("Somebody Unlisted, France's interior minister, said so.", "2025-03-03", "fra somebody-unlisted"),
    ] {
        assert_eq!(ids(&read(&names, text, Some(day), false).actors).join(" "), actors, "{text}");
    }
}

#[test]
fn a_seat_is_its_countrys_only_if_the_text_says_so() {
    let names = Gazetteer::built_in();
    for (text, countries) in [
        (
            "THE HAGUE, July 12 - China has no claim to the reefs off the Philippines, a tribunal ruled on Tuesday. \
             Beijing said that it would ignore the ruling. The government in Manila called for calm, and its foreign \
             minister said that the parliament would be told first. China's army held an exercise in the same waters.",
            "chn phl",
        ),
        (
            "VIENNA, July 12 - The central bank and the finance ministry cut their forecasts for growth.",
            "aut",
        ),
    ] {
        assert_eq!(
            ids(&read(&names, text, Some("2016-07-12"), true).countries).join(" "),
            countries,
            "{text}"
        );
    }
}

#[test]
fn somebody_to_whom_it_is_done_acts() {
    let names = Gazetteer::built_in();
    for (text, actors) in [
        ("TURKEY CLEARS SWEDEN FOR ENTRY AFTER LONG DELAY", "swe tur"),
        ("The World Court awarded three islets to Gabon.", "gab international-court-of-justice"),
        ("Switzerland adopted sanctions on Russia.", "che rus"),
        ("Mercosur signed a pact with Iceland, Norway and Switzerland.", "che isl mercosur nor"),
    ] {
        assert_eq!(ids(&read(&names, text, Some("2025-03-03"), false).actors).join(" "), actors, "{text}");
    }
}

#[test]
fn towns_overseas_are_no_capitals() {
    let names = Gazetteer::built_in();
    for (text, countries) in [
        ("He met farmers in Moscow, Idaho, on Friday.", "usa"),
        ("A student died in Athens, the Georgia college town, on Friday.", "usa"),
        ("At a plant in Lima, in the northwest of Ohio, he spoke.", "usa"),
        ("At a vigil in London, two hours' drive from Toronto, he spoke.", "can"),
        ("Poti, a town in Georgia, has a port.", "geo"),
        ("She spoke in Lima, in the west of Peru.", "per"),
    ] {
        assert_eq!(
            ids(&read(&names, text, Some("2025-03-03"), false).countries).join(" "),
            countries,
            "{text}"
        );
    }
}
