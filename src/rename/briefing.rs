//! Another name for a briefing: its file, its slug, the links of other texts to its file.

use std::collections::BTreeMap;
use std::ops::Range;

use super::hand;
use super::renaming::{Refusal, Renaming};
use crate::briefing::Briefing;
use crate::briefing::front_matter;
use crate::check::document::Document;
use crate::render;
use crate::route::{Route, slug};
use crate::site::Site;
use crate::source::SitePath;
use crate::yaml;

/// Prepares another name for the briefing of a file.
///
/// # Errors
/// The file holds several briefings, the name is taken, or no address can be made of it.
pub fn prepare(site: &Site, path: &SitePath, new: &str) -> Result<Renaming, Refusal> {
    let briefing = only(site, path)?;
    let Some(date) = briefing.date else {
        return Err(Refusal::new(format!("{path} has no date"), "add `date: 2025-06-05` to its head first"));
    };
    let (file, new_slug) = new_name(path, new, &date.to_string())?;
    if file == *path && new_slug == briefing.slug {
        return Err(Refusal::new(format!("{path} is called so already"), "give it another name"));
    }
    let taken = site.sources.text(&file).is_some() || site.sources.statics().any(|(known, _)| *known == file);
    if file != *path && taken {
        return Err(Refusal::new(
            format!("{file} is there already"),
            "choose another name; nothing is ever overwritten",
        ));
    }
    let text = site.sources.text(path).map(|text| text.text.to_string()).unwrap_or_default();
    let (from, to) = (Route::briefing(date, &briefing.slug), Route::briefing(date, &new_slug));
    let mut texts = links(site, path, &file);
    let text = texts.remove(path).unwrap_or(text);
    texts.insert(path.clone(), head(site, briefing, text, &from, &new_slug, from != to));
    let moved = (file != *path).then(|| (path.clone(), file));
    Ok(Renaming { texts, moved, from, to })
}

fn only<'s>(site: &'s Site, path: &SitePath) -> Result<&'s Briefing, Refusal> {
    match site.files.get(path).map(|file| file.briefings.as_slice()) {
        Some([one]) => Ok(&one.briefing),
        Some([]) | None => {
            Err(Refusal::new(format!("there is no briefing in {path}"), "name a file that has one"))
        }
        Some(several) => Err(Refusal::new(
            format!("{path} holds {} briefings", several.len()),
            "make files of them first: `newsgen import` does",
        )),
    }
}

/// The new file and the new slug.
fn new_name(path: &SitePath, new: &str, date: &str) -> Result<(SitePath, String), Refusal> {
    let folder = path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
    let typed = SitePath::new(new);
    let name = match typed.as_str().rsplit_once('/') {
        Some((other, name)) if other == folder => name.to_owned(),
        Some((other, name))
            if other.is_empty() || Route::written(other).is_ok_and(|at| at.as_str() == "/briefings/") =>
        {
            name.to_owned()
        }
        Some(_) if new.starts_with("/briefings/") => {
            new.trim_end_matches('/').rsplit('/').next().unwrap_or("").to_owned()
        }
        Some((other, _)) => {
            return Err(Refusal::new(
                format!("{other}/ is another folder"),
                "give only the new name: a briefing stays in its folder",
            ));
        }
        None => new.to_owned(),
    };
    let name = name.strip_suffix(&format!(".{}", path.extension())).unwrap_or(&name).to_owned();
    let mut words = slug(&name);
    if let Some(day) = words.get(..10).filter(|day| day.parse::<jiff::civil::Date>().is_ok()) {
        if day != date {
            return Err(Refusal::new(
                format!("the briefing is of {date}, not of {day}"),
                "change `date:` in its head; rename only changes names",
            ));
        }
        let rest = words.split_off(10);
        rest.trim_start_matches('-').clone_into(&mut words);
    }
    if words.is_empty() {
        return Err(Refusal::new(format!("no address can be made of `{new}`"), "use letters and digits"));
    }
    let stem = if path.stem().starts_with(date) { format!("{date}-{words}") } else { words.clone() };
    let slash = if folder.is_empty() { "" } else { "/" };
    Ok((SitePath::new(&format!("{folder}{slash}{stem}.{}", path.extension())), words))
}

/// The briefing's own text: its old address among the aliases, its feed id written down, its slug.
fn head(
    site: &Site,
    briefing: &Briefing,
    mut text: String,
    from: &Route,
    new_slug: &str,
    moves: bool,
) -> String {
    let (found, _) = front_matter::split(&text);
    let mut region = if let Some(region) = found {
        region
    } else {
        let newline = hand::newline(&text);
        let start = text.len() - text.trim_start_matches('\u{feff}').len();
        let fences = format!("---{newline}---{newline}{newline}");
        text.insert_str(start, &fences);
        let at = start + 3 + newline.len();
        at..at
    };
    let entry = site.whole.catalogue.of_source(&briefing.source);
    let is_public = entry.is_some() && !briefing.head.draft;
    if let Some(lines) = hand::block(&text, region.clone(), "slug")
        && let Some(value) = hand::scalars(&text, lines).into_iter().find(|one| !one.is_key)
    {
        let before = text.len();
        hand::replace(&mut text, value.range, new_slug);
        region.end = region.end + text.len() - before;
    }
    if let Some(entry) = entry.filter(|_| briefing.head.id.is_none() && is_public) {
        let id = render::feed_id(&site.whole, entry);
        hand::add_line(&mut text, &mut region, &format!("id: {}", yaml::quoted(&id)));
    }
    let has_alias =
        briefing.head.aliases.iter().any(|alias| Route::written(&alias.text).is_ok_and(|at| at == *from));
    if is_public && moves && !has_alias {
        hand::add_to_list(&mut text, &mut region, "aliases", from.as_str());
    }
    text
}

/// The texts that link to the old file, with the new one in its place.
fn links(site: &Site, old: &SitePath, new: &SitePath) -> BTreeMap<SitePath, String> {
    let mut texts = BTreeMap::new();
    if old == new {
        return texts;
    }
    let catalogue = &site.whole.catalogue;
    let introductions = catalogue.issues.iter().filter_map(|issue| issue.introduction.as_ref());
    let standing = catalogue.pages.iter().chain(introductions).map(|text| Document::of_standing(text));
    let briefings = site.files.iter().flat_map(|(path, file)| {
        let text = site.sources.text(path);
        file.briefings
            .iter()
            .filter_map(move |found| Some(Document::of_briefing(&found.briefing, &text?.text)))
    });
    for document in standing.chain(briefings) {
        let mut places: Vec<Range<usize>> = document
            .links
            .iter()
            .filter_map(|(written, span)| place(&document, written, span, old))
            .collect();
        places.sort_by_key(|place| place.start);
        places.dedup();
        if places.is_empty() {
            continue;
        }
        let text: &mut String =
            texts.entry(document.path.clone()).or_insert_with(|| document.text.to_owned());
        // From the end, so that the places before stay where they are.
        for place in places.into_iter().rev() {
            text.replace_range(place, new.file_name());
        }
    }
    texts
}

/// Where a link names the old file: the bytes of the file's name.
fn place(
    document: &Document<'_>,
    written: &str,
    span: &Range<usize>,
    old: &SitePath,
) -> Option<Range<usize>> {
    let path = written.split(['?', '#']).next()?;
    if path.starts_with('/') || path.contains(':') || !path.ends_with(old.file_name()) {
        return None;
    }
    if document.path.beside(path)? != *old {
        return None;
    }
    let at = document.text.get(span.clone())?.rfind(path).map(|at| span.start + at);
    // A reference's address stands in its definition.
    let at = at.or_else(|| document.text.find(&format!("]: {path}")).map(|at| at + 3))?;
    let name = at + path.len() - old.file_name().len();
    Some(name..at + path.len())
}
