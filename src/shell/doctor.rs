//! `newsgen tags doctor`: what an editor should look at among the tags of a whole newsletter.

use rayon::prelude::*;

use super::cli::{Common, Outcome};
use super::disk;
use crate::briefing::{self, model::TagRule};
use crate::catalogue::tags;
use crate::config;
use crate::diagnostic::Noted;
use crate::gazetteer::{Gazetteer, doctor};
use crate::source::SitePath;

/// Looks over the newsletter and prints advice. Nothing is changed.
///
/// # Errors
/// The newsletter's folder cannot be read.
pub fn run(common: &Common) -> anyhow::Result<Outcome> {
    let sources = disk::lift(&common.root()?)?;
    let Noted { value: config, mut notes } = config::read(&sources);
    let text = |name: &str| {
        let path = SitePath::new(name);
        sources.text(&path).map(|text| (path, text.text.clone()))
    };
    let (regions, entities) = (text("regions.yaml"), text("entities.yaml"));
    let gazetteer = Gazetteer::with_site(
        regions.as_ref().map(|(path, text)| (path, &**text)),
        entities.as_ref().map(|(path, text)| (path, &**text)),
    )
    .take(&mut notes);
    let _ = common.reporter().show(&notes, &sources);
    let texts: Vec<_> = sources.texts_in("content/briefings").collect();
    let read: Vec<_> = texts
        .par_iter()
        .flat_map_iter(|(path, text)| {
            let briefings = briefing::read(path, &text.text, &config.headings).value.briefings;
            briefings.into_iter().map(|briefing| {
                let findings = gazetteer.read(
                    &tags::passages(&briefing, &text.text),
                    crate::gazetteer::Options { date: briefing.date, salience: true, explain: true },
                );
                let typed = match &briefing.head.actors {
                    TagRule::Found => Vec::new(),
                    TagRule::Only(phrases) | TagRule::Adjusted { add: phrases, .. } => {
                        phrases.iter().map(|phrase| phrase.text.clone()).collect()
                    }
                };
                (path.as_str(), briefing.date, findings, typed)
            })
        })
        .collect();
    let cases: Vec<doctor::Case<'_>> = read
        .iter()
        .map(|(file, date, findings, typed)| doctor::Case {
            file,
            date: *date,
            findings,
            typed: typed.clone(),
        })
        .collect();
    let own = Gazetteer::own_ids(entities.as_ref().map_or("", |(_, text)| text));
    let advice = doctor::examine(&gazetteer, &cases, &own);
    for advice in &advice {
        anstream::println!("{}\n  in {}\n  help: {}\n", advice.message, advice.files.join(", "), advice.help);
    }
    anstream::println!("{} briefings, {} things to look at", cases.len(), advice.len());
    Ok(Outcome::Fine)
}
