//! Another name for an actor, a region or a lens: in every head that names it, in the site's own lists, and in the
//! redirects of newsgen.yaml.

use std::collections::BTreeMap;
use std::ops::Range;

use super::hand;
use super::renaming::{Refusal, Renaming};
use crate::briefing::front_matter;
use crate::catalogue::{Taxonomy, lens};
use crate::config;
use crate::gazetteer::Sort;
use crate::route::{Route, slug};
use crate::site::Site;
use crate::source::SitePath;
use crate::yaml;

/// Prepares another name for a term.
///
/// # Errors
/// No address can be made of the name, or it is the same.
pub fn prepare(site: &Site, taxonomy: Taxonomy, old: &str, new: &str) -> Result<Renaming, Refusal> {
    let name = site.whole.catalogue.index(taxonomy).term(old).map_or(old, |term| &term.name).to_owned();
    let known = known(site, taxonomy, new);
    let mut id = known.clone().unwrap_or_else(|| slug(new));
    if id.is_empty() {
        return Err(Refusal::new(format!("no address can be made of `{new}`"), "use letters and digits"));
    }
    let declares = declares(site, taxonomy, old);
    // What newsgen knows by itself keeps its id, and so its address: only the printed name is the site's to change.
    let is_built_in = taxonomy != Taxonomy::Lens && !declares && self::known(site, taxonomy, old).is_some();
    if is_built_in && known.as_deref().is_none_or(|known| known == old) {
        old.clone_into(&mut id);
    } else if is_built_in {
        return Err(Refusal::new(
            format!("newsgen's own lists tell `{name}` and `{new}` apart"),
            "refuse the wrong one where it is found: `actors: {remove: […], add: […]}`",
        ));
    }
    if id == *old && name == new {
        return Err(Refusal::new(format!("`{name}` is called so already"), "give it another name"));
    }
    let mut texts = BTreeMap::new();
    let lists = declares || is_built_in || taxonomy == Taxonomy::Lens;
    if lists {
        let (file, key) = list(taxonomy);
        let path = SitePath::new(file);
        let text = site.sources.text(&path).map(|text| text.text.to_string()).unwrap_or_default();
        let edited = if declares {
            change_item(text, key, old, &id, &name, new)
        } else {
            add_item(text, key, taxonomy, &id, &name, new)
        };
        texts.insert(path, edited);
    }
    if id != *old {
        heads(site, taxonomy, old, new, &mut texts);
        redirect(site, taxonomy, old, &id, &mut texts);
    }
    Ok(Renaming { texts, moved: None, from: term_route(taxonomy, old), to: term_route(taxonomy, &id) })
}

/// The address of a term.
fn term_route(taxonomy: Taxonomy, id: &str) -> Route {
    Route::term(taxonomy.folder(), id)
}

/// The id that a name has already.
fn known(site: &Site, taxonomy: Taxonomy, name: &str) -> Option<String> {
    match taxonomy {
        Taxonomy::Lens => {
            let (id, _) = site.lenses().of(name);
            site.lenses().declared().iter().any(|(declared, _)| *declared == id).then_some(id)
        }
        Taxonomy::Region => site.gazetteer.find(Sort::Region, name).map(|known| known.id),
        _ => site.gazetteer.find(Sort::Actor, name).map(|known| known.id),
    }
}

fn id_of(site: &Site, taxonomy: Taxonomy, name: &str) -> String {
    match taxonomy {
        Taxonomy::Lens => site.lenses().of(name).0,
        _ => known(site, taxonomy, name).unwrap_or_else(|| slug(name)),
    }
}

/// The site's own list of a taxonomy, and its key.
fn list(taxonomy: Taxonomy) -> (&'static str, &'static str) {
    match taxonomy {
        Taxonomy::Lens => (lens::FILE, "lenses"),
        Taxonomy::Region => ("regions.yaml", "regions"),
        _ => ("entities.yaml", "entities"),
    }
}

/// Whether the site's own list has an entry with this id.
fn declares(site: &Site, taxonomy: Taxonomy, id: &str) -> bool {
    let (file, key) = list(taxonomy);
    let text = site.sources.text(&SitePath::new(file));
    text.is_some_and(|text| item(&text.text, key, id).is_some())
}

/// The keys and values of the entry with this id, and its range.
fn item(text: &str, key: &str, id: &str) -> Option<(Range<usize>, Vec<hand::Scalar>)> {
    let lines = hand::block(text, 0..text.len(), key)?;
    let all = hand::scalars(text, lines.clone());
    let at = all.windows(2).position(|pair| pair[0].is_key && pair[0].text == "id" && pair[1].text == id)?;
    let before = all[..at].iter().rposition(|one| starts_item(text, one));
    let first = if starts_item(text, &all[at]) { at } else { before? };
    let after = all[at + 1..].iter().position(|one| starts_item(text, one)).map(|next| at + 1 + next);
    let last = after.unwrap_or(all.len());
    let end = after.map_or(lines.end, |after| {
        text[..all[after].range.start].rfind('\n').map_or(lines.end, |newline| newline + 1)
    });
    Some((all[first].range.start..end, all[first..last].to_vec()))
}

/// Whether a key is the first of its entry: `- id:`, `- {id:`.
fn starts_item(text: &str, one: &hand::Scalar) -> bool {
    let before = text[..one.range.start].trim_end_matches([' ', '{']);
    let line = before.rsplit('\n').next().unwrap_or("");
    one.is_key && line.trim() == "-"
}

fn change_item(mut text: String, key: &str, old: &str, id: &str, name: &str, new: &str) -> String {
    let Some((_, values)) = item(&text, key, old) else {
        return text;
    };
    let mut edits: Vec<(Range<usize>, &str)> = Vec::new();
    let mut has_name = false;
    for pair in values.windows(2).filter(|pair| pair[0].is_key && !pair[1].is_key) {
        match pair[0].text.as_str() {
            "id" => edits.push((pair[1].range.clone(), id)),
            "name" => {
                has_name = true;
                edits.push((pair[1].range.clone(), new));
            }
            _ => {}
        }
    }
    edits.sort_by_key(|(range, _)| range.start);
    for (range, value) in edits.into_iter().rev() {
        hand::replace(&mut text, range, value);
    }
    if !has_name {
        add_to_item(&mut text, key, id, &format!("name: {}", yaml::quoted(new)));
    }
    if slug(name) != slug(new) && key != "regions" {
        add_alias(&mut text, key, id, name);
    }
    text
}

/// Adds `key: value` behind the id of an entry.
fn add_to_item(text: &mut String, key: &str, id: &str, line: &str) {
    let Some((_, values)) = item(text, key, id) else {
        return;
    };
    let Some(pair) = values.windows(2).find(|pair| pair[0].is_key && pair[0].text == "id") else {
        return;
    };
    let (start, end) = (pair[0].range.start, pair[1].range.end);
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    if text[line_start..start].contains('{') {
        text.insert_str(end, &format!(", {line}"));
    } else {
        let indent = " ".repeat(start - line_start);
        let line_end = text[end..].find('\n').map_or(text.len(), |newline| end + newline);
        let newline = hand::newline(text);
        let at = text[..line_end].trim_end_matches('\r').len();
        text.insert_str(at, &format!("{newline}{indent}{line}"));
    }
}

fn add_alias(text: &mut String, key: &str, id: &str, alias: &str) {
    let Some((range, values)) = item(text, key, id) else {
        return;
    };
    let quoted = yaml::quoted(alias);
    let Some(at) = values.iter().position(|one| one.is_key && one.text == "aliases") else {
        return add_to_item(text, key, id, &format!("aliases: [{quoted}]"));
    };
    let after = values[at].range.end;
    let rest = &text[after..range.end];
    let opening = rest.find(|c: char| !matches!(c, ':' | ' '));
    match opening.filter(|opening| rest[*opening..].starts_with('[')) {
        Some(opening) => {
            let is_empty = rest[opening + 1..].trim_start().starts_with(']');
            let comma = if is_empty { "" } else { ", " };
            text.insert_str(after + opening + 1, &format!("{quoted}{comma}"));
        }
        None => {
            // `aliases:` and lines of `- …`: one more before the first.
            let Some(first) = rest.find('-').map(|dash| after + dash) else {
                return;
            };
            let line_start = text[..first].rfind('\n').map_or(0, |newline| newline + 1);
            let indent = text[line_start..first].to_owned();
            let newline = hand::newline(text);
            text.insert_str(line_start, &format!("{indent}- {quoted}{newline}"));
        }
    }
}

/// A new entry in the site's own list.
fn add_item(mut text: String, key: &str, taxonomy: Taxonomy, id: &str, name: &str, new: &str) -> String {
    if taxonomy == Taxonomy::Lens && item(&text, key, id).is_some() {
        add_alias(&mut text, key, id, name);
        return text;
    }
    let aliases = if taxonomy == Taxonomy::Lens {
        format!(", aliases: [{}]", yaml::quoted(name))
    } else {
        String::new()
    };
    let line = format!("- {{id: {id}, name: {}{aliases}}}", yaml::quoted(new));
    let newline = hand::newline(&text);
    match hand::block(&text, 0..text.len(), key) {
        Some(lines) => {
            let body = &text[lines.clone()];
            let first = hand::scalars(&text, lines.clone()).get(1).map(|one| one.range.start);
            let indent = first.map_or("", |first| {
                let start = text[..first].rfind('\n').map_or(0, |newline| newline + 1);
                let line = &text[start..first];
                &line[..line.len() - line.trim_start().len()]
            });
            let gap = if body.ends_with('\n') { "" } else { newline };
            let new = format!("{gap}{indent}{line}{newline}");
            text.insert_str(lines.end, &new);
        }
        None => {
            let mut end = text.len()..text.len();
            hand::add_line(&mut text, &mut end, &format!("{key}:{newline}{line}"));
        }
    }
    text
}

/// Every head that names the term.
fn heads(site: &Site, taxonomy: Taxonomy, old: &str, new: &str, texts: &mut BTreeMap<SitePath, String>) {
    let key = match taxonomy {
        Taxonomy::Lens => "lens",
        taxonomy => taxonomy.folder(),
    };
    for path in site.files.keys() {
        let Some(source) = site.sources.text(path) else {
            continue;
        };
        let mut text = source.text.to_string();
        let (Some(region), _) = front_matter::split(&text) else {
            continue;
        };
        let Some(lines) = hand::block(&text, region, key) else {
            continue;
        };
        let values: Vec<hand::Scalar> = hand::scalars(&text, lines)
            .into_iter()
            .filter(|one| !one.is_key && id_of(site, taxonomy, &one.text) == old)
            .collect();
        for value in values.iter().rev() {
            hand::replace(&mut text, value.range.clone(), new);
        }
        if !values.is_empty() {
            texts.insert(path.clone(), text);
        }
    }
}

/// The old address leads to the new one.
fn redirect(site: &Site, taxonomy: Taxonomy, old: &str, id: &str, texts: &mut BTreeMap<SitePath, String>) {
    let path = SitePath::new(config::FILE);
    let mut text = site.sources.text(&path).map(|text| text.text.to_string()).unwrap_or_default();
    let (from, to) = (term_route(taxonomy, old), term_route(taxonomy, id));
    let newline = hand::newline(&text);
    let line = format!("{}: {}", from.as_str(), to.as_str());
    match hand::block(&text, 0..text.len(), "redirects") {
        Some(lines) if text[lines.clone()].trim_end().ends_with('}') => {
            let close = lines.start + text[lines.clone()].rfind('}').unwrap_or(0);
            let has_some = hand::scalars(&text, lines).len() > 1;
            text.insert_str(close, &format!("{}{line}", if has_some { ", " } else { "" }));
        }
        Some(lines) => {
            let first = hand::scalars(&text, lines.clone()).get(1).map(|one| one.range.start);
            let indent =
                first.map_or(2, |first| first - text[..first].rfind('\n').map_or(0, |newline| newline + 1));
            let gap = if text[lines.clone()].ends_with('\n') { "" } else { newline };
            text.insert_str(lines.end, &format!("{gap}{}{line}{newline}", " ".repeat(indent)));
        }
        None => {
            let mut end = text.len()..text.len();
            hand::add_line(&mut text, &mut end, &format!("redirects:{newline}  {line}"));
        }
    }
    texts.insert(path, text);
}
