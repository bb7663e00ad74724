//! The Markdown dialect, written: one briefing as the file that newsgen itself would have liked to read.
//! Reading undoes writing.

use std::borrow::Cow;

use super::date;
use super::headings::escaped;
use super::model::{Body, Briefing, Head, Moment, Phrase, TagRule};
use crate::config::Headings;
use crate::yaml::quoted;

/// A briefing as Markdown: the head with every text quoted, the facts, `##` for parts, `###` for audiences,
/// definitions at the end. The two headings that every briefing may have are printed as the site prints them.
/// The address is not in it: that is the file's name.
#[must_use]
pub fn write(briefing: &Briefing, headings: &Headings) -> String {
    let mut out = String::from("---\n");
    field(&mut out, "title", &quoted(&briefing.title.text));
    if let Some(date) = briefing.date {
        field(&mut out, "date", &date.to_string());
    }
    if let Some(category) = &briefing.category {
        field(&mut out, "category", &quoted(&category.text));
    }
    head(&mut out, &briefing.head, briefing.title.derived);
    out.push_str("---\n");
    body(&mut out, &briefing.lead);
    for (number, implication) in briefing.implications.iter().enumerate() {
        if number == 0 || implication.audience.is_none() {
            line(&mut out, &format!("## {}", escaped(&headings.implications)));
        }
        if let Some(audience) = &implication.audience {
            line(&mut out, &format!("### For {}", escaped(&audience.text)));
        }
        body(&mut out, &implication.body);
    }
    if let Some(view) = &briefing.view {
        line(&mut out, &format!("## {}", escaped(&headings.view)));
        body(&mut out, &view.body);
    }
    for section in &briefing.sections {
        line(&mut out, &format!("## {}", no_date(&escaped(&section.heading.text))));
        body(&mut out, &section.body);
    }
    for definition in &briefing.definitions {
        line(&mut out, &definition.markdown);
    }
    out
}

fn field(out: &mut String, key: &str, value: &str) {
    out.push_str(key);
    out.push_str(": ");
    out.push_str(value);
    out.push('\n');
}

/// Words that would be read as the day of the briefing, so written that they are not.
fn no_date(words: &str) -> Cow<'_, str> {
    match words.chars().next() {
        Some(first) if date::line(words).is_some() => {
            Cow::Owned(format!("&#{};{}", u32::from(first), &words[first.len_utf8()..]))
        }
        _ => Cow::Borrowed(words),
    }
}

/// A block, a blank line above it.
fn line(out: &mut String, text: &str) {
    out.push('\n');
    out.push_str(text);
    out.push('\n');
}

fn body(out: &mut String, body: &Body) {
    for block in &body.blocks {
        line(out, &block.markdown);
    }
}

/// The other keys, in the manual's order.
fn head(out: &mut String, head: &Head, title_is_derived: bool) {
    let mut text = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            field(out, key, &quoted(&value));
        }
    };
    text("id", head.id.clone());
    let mut derived: Vec<&str> = head.derived.iter().map(String::as_str).collect();
    if title_is_derived && !derived.contains(&"title") {
        derived.push("title");
    }
    if !derived.is_empty() {
        field(out, "derived", &list(derived.into_iter()));
    }
    if let Some(updated) = head.updated {
        field(out, "updated", &updated.to_string());
    }
    for (key, rule) in [("regions", &head.regions), ("countries", &head.countries), ("actors", &head.actors)]
    {
        match rule {
            TagRule::Found => {}
            TagRule::Only(only) => field(out, key, &phrases(only)),
            TagRule::Adjusted { add, remove } => {
                field(out, key, &format!("{{add: {}, remove: {}}}", phrases(add), phrases(remove)));
            }
        }
    }
    let mut text = |key: &str, value: Option<&String>| {
        if let Some(value) = value {
            field(out, key, &quoted(value));
        }
    };
    text("summary", head.summary.as_ref());
    if !head.authors.is_empty() {
        field(out, "authors", &list(head.authors.iter().map(String::as_str)));
    }
    if head.draft {
        field(out, "draft", "true");
    }
    for (key, moment) in [("publish", head.publish), ("expires", head.expires)] {
        match moment {
            None => {}
            Some(Moment::Local(local)) => field(out, key, &quoted(&local.to_string())),
            Some(Moment::Exact(exact)) => field(out, key, &quoted(&exact.to_string())),
        }
    }
    if !head.aliases.is_empty() {
        field(out, "aliases", &phrases(&head.aliases));
    }
    if !head.sources.is_empty() {
        out.push_str("sources:\n");
        for source in &head.sources {
            out.push_str(&format!("- title: {}\n", quoted(&source.title)));
            if let Some(url) = &source.url {
                out.push_str(&format!("  url: {}\n", quoted(url)));
            }
        }
    }
    if !head.lens.is_empty() {
        field(out, "lens", &phrases(&head.lens));
    }
    if let Some(series) = &head.series {
        field(out, "series", &quoted(&series.text));
    }
    if !head.corrections.is_empty() {
        out.push_str("corrections:\n");
        for correction in &head.corrections {
            out.push_str(&format!("- date: {}\n  note: {}\n", correction.date, quoted(&correction.note)));
        }
    }
    if head.manual_tags {
        field(out, "tags", "manual");
    }
    if !head.allow.is_empty() {
        field(out, "allow", &phrases(&head.allow));
    }
}

fn phrases(phrases: &[Phrase]) -> String {
    list(phrases.iter().map(|phrase| phrase.text.as_str()))
}

fn list<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let quoted: Vec<String> = texts.map(quoted).collect();
    format!("[{}]", quoted.join(", "))
}
