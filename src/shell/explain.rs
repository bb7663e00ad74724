//! Tags for people: each with its points, each match with its line and rule, and what was left out.

use std::fmt::Write;

use super::tags::{Lines, section};
use crate::gazetteer::{Findings, Mention, Options, Proposal};

/// A report on one text.
#[must_use]
pub fn report(file: &str, text: &str, findings: &Findings, options: Options, everything: bool) -> String {
    let mut out = String::new();
    let day =
        options.date.map_or_else(|| "no date: offices stay offices".to_owned(), |date| date.to_string());
    let _ = writeln!(out, "{file} ({day})");
    let lines = Lines::of(text);
    for (name, proposals) in
        [("regions", &findings.regions), ("countries", &findings.countries), ("actors", &findings.actors)]
    {
        let _ = writeln!(out, "\n  {name}");
        if proposals.is_empty() {
            out.push_str("    none\n");
        }
        for proposal in proposals {
            tag(&mut out, proposal, everything);
            if everything {
                matches(&mut out, text, &lines, &findings.mentions, proposal);
            }
        }
    }
    if everything {
        passed_over(&mut out, findings);
        rejected(&mut out, text, &lines, &findings.mentions);
        stub(&mut out, findings);
    }
    out.push('\n');
    out
}

fn tag(out: &mut String, proposal: &Proposal, everything: bool) {
    let new = if proposal.new { ", new" } else { "" };
    let _ = write!(out, "    {} ({}{new})", proposal.name, proposal.id);
    if everything {
        let _ = write!(out, "  {:.1} = {}", proposal.score, proposal.reasons.join(", "));
    }
    out.push('\n');
}

fn matches(out: &mut String, text: &str, lines: &Lines, mentions: &[Mention], proposal: &Proposal) {
    for mention in mentions.iter().filter(|mention| mention.accepted) {
        if mention.entity.as_deref() == Some(&proposal.id) {
            line(out, text, lines, mention, "");
        } else if mention.country.as_deref() == Some(&proposal.id) && proposal.kind == "country" {
            line(out, text, lines, mention, " counts for it");
        }
    }
}

fn line(out: &mut String, text: &str, lines: &Lines, mention: &Mention, entity: &str) {
    let words = text.get(mention.start..mention.end).unwrap_or("").replace('\n', " ");
    let (number, section) = (lines.number(mention.start), section(mention.part));
    let _ = writeln!(out, "        line {number} ({section}): \"{words}\"{entity}: {}", mention.rule);
}

fn passed_over(out: &mut String, findings: &Findings) {
    if findings.passed_over.is_empty() {
        return;
    }
    out.push_str("\n  mentioned, but the text is not about them\n");
    for proposal in &findings.passed_over {
        tag(out, proposal, true);
    }
}

fn rejected(out: &mut String, text: &str, lines: &Lines, mentions: &[Mention]) {
    let mut any = false;
    for mention in mentions.iter().filter(|mention| !mention.accepted) {
        if !any {
            out.push_str("\n  names that mean something else here\n");
            any = true;
        }
        let entity = mention.entity.as_ref().map_or(String::new(), |id| format!(" is not {id}"));
        line(out, text, lines, mention, &entity);
    }
}

/// What to put into `entities.yaml` for those whom no list names.
fn stub(out: &mut String, findings: &Findings) {
    let listed = |id: &str| findings.actors.iter().any(|actor| actor.id == id);
    let people: Vec<_> = findings.newcomers.iter().filter(|person| listed(&person.id)).collect();
    if people.is_empty() {
        return;
    }
    out.push_str("\n  nobody lists these; to keep them, put this into entities.yaml:\n    entities:\n");
    for person in people {
        let country = person.country.as_ref().map_or(String::new(), |id| format!(", country: {id}"));
        let role =
            person.role.as_ref().map_or(String::new(), |role| format!("  # {}", role.replace('\n', " ")));
        let (id, name) = (&person.id, crate::yaml::quoted(&person.name));
        let surname = person.name.rsplit(' ').next().unwrap_or("");
        let surname = crate::yaml::quoted(surname);
        let _ = writeln!(
            out,
            "      - {{id: {id}, name: {name}, kind: person{country}, aliases: [{{t: {surname}, as: surname}}]}}{role}"
        );
    }
}
