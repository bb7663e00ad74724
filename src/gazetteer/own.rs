//! A site's own `entities.yaml` and `regions.yaml`, merged over the built-in names by id.

use std::ops::Range;

use super::coherence;
use super::entity::{Knowledge, Region};
use super::entry::{self, Slip};
use super::gather;
use super::index::Gazetteer;
use crate::diagnostic::{Diagnostic, Noted, nearest};
use crate::source::SitePath;
use crate::yaml::{self, Piece, Value};

/// The largest `entities.yaml` or `regions.yaml` that is read, in bytes.
pub const LARGEST: usize = 1024 * 1024;

impl Gazetteer {
    /// The built-in names with a site's own regions and entities over them: an entry with a known id adds to it or,
    /// where it has a name of its own, replaces its name; a new id needs a `name` and a `kind`.
    pub fn with_site(regions: Option<(&SitePath, &str)>, entities: Option<(&SitePath, &str)>) -> Noted<Self> {
        if regions.is_none() && entities.is_none() {
            return Noted::with(Self::built_in(), Vec::new());
        }
        let mut known = Self::knowledge();
        let mut notes = Vec::new();
        if let Some((path, text)) = regions {
            own_regions(path, text, &mut known, &mut notes);
        }
        if let Some((path, text)) = entities {
            own_entities(path, text, &mut known, &mut notes);
        }
        if let Some((path, text)) = regions {
            let own = entities.map(|(_, text)| Self::own_ids(text)).unwrap_or_default();
            division(path, text, &known, &own, &mut notes);
        }
        Noted::with(Self::of(known), notes)
    }
}

impl Gazetteer {
    /// The ids of a site's own `entities.yaml`, in order.
    #[must_use]
    pub fn own_ids(text: &str) -> Vec<String> {
        let path = SitePath::new("entities.yaml");
        let Ok(mut fields) = yaml::read(Piece { path: &path, text, offset: 0 }, LARGEST) else {
            return Vec::new();
        };
        let list = fields.take("entities");
        let items = list.iter().filter_map(Value::as_sequence).flatten();
        items.filter_map(|item| item.get("id")?.as_str().map(str::to_owned)).collect()
    }
}

fn own_entities(path: &SitePath, text: &str, known: &mut Knowledge, notes: &mut Vec<Diagnostic>) {
    let piece = Piece { path, text, offset: 0 };
    let mut fields = match yaml::read(piece, LARGEST) {
        Ok(fields) => fields,
        Err(note) => return notes.push(note),
    };
    fields.number("version");
    fields.date("as_of");
    let lists = [fields.take("entities"), fields.take("blockers")];
    notes.extend(fields.finish());
    let mut slips = Vec::new();
    let mut own: Vec<String> = Vec::new();
    for (at, item) in items(lists[0].as_ref(), "entities", &mut slips).iter().enumerate() {
        let before = slips.len();
        let id = item.get("id").and_then(Value::as_str).unwrap_or_default();
        let extends = known.entities.iter().any(|entity| entity.id == id);
        let mut item = item.clone();
        if let (true, Value::Mapping(mapping)) = (extends, &mut item) {
            mapping.insert("extend".into(), true.into());
        }
        if let Some((entity, extends)) = entry::entity(&item, &mut slips) {
            own.push(entity.id.clone());
            gather::add(entity, extends, known, &mut slips);
        }
        notes.extend(slips.drain(before..).map(|slip| note(path, text, &slip, ("entities", at))));
    }
    for (at, item) in items(lists[1].as_ref(), "blockers", &mut slips).iter().enumerate() {
        let before = slips.len();
        known.blockers.extend(entry::blocker(item, &mut slips));
        notes.extend(slips.drain(before..).map(|slip| note(path, text, &slip, ("blockers", at))));
    }
    slips.extend(coherence::check(known).into_iter().filter(|slip| own.contains(&slip.id)));
    notes.extend(slips.iter().map(|slip| note(path, text, slip, ("", 0))));
}

fn own_regions(path: &SitePath, text: &str, known: &mut Knowledge, notes: &mut Vec<Diagnostic>) {
    let piece = Piece { path, text, offset: 0 };
    let mut fields = match yaml::read(piece, LARGEST) {
        Ok(fields) => fields,
        Err(note) => return notes.push(note),
    };
    fields.number("version");
    fields.text("scheme");
    if let Some(preset) = fields.text("preset") {
        let names: Vec<&str> = known.presets.iter().map(|(name, _)| name.as_str()).collect();
        match known.presets.iter().find(|(name, _)| *name == preset) {
            Some((_, regions)) => known.regions.clone_from(regions),
            None if preset == "newsletter-8" => {}
            None => {
                let help = match nearest(&preset, names.iter().copied()) {
                    Some(name) => format!("did you mean `{name}`?"),
                    None => format!("known: newsletter-8, {}", names.join(", ")),
                };
                let span = fields.span_of("preset");
                let message = format!("there is no division of the world called `{preset}`");
                fields.note(Diagnostic::error("unknown-preset", message).at(path, span).help(help));
            }
        }
    }
    let list = fields.take("regions");
    notes.extend(fields.finish());
    let mut slips = Vec::new();
    for (at, item) in items(list.as_ref(), "regions", &mut slips).iter().enumerate() {
        let before = slips.len();
        if let Some(region) = entry::region(item, &mut slips) {
            merge(region, &mut known.regions, &mut slips);
        }
        notes.extend(slips.drain(before..).map(|slip| note(path, text, &slip, ("regions", at))));
    }
    notes.extend(slips.iter().map(|slip| note(path, text, slip, ("", 0))));
}

/// Whether the site's own division of the world still takes every country once, and names no other. The entities in
/// `own` are looked at with their file.
fn division(path: &SitePath, text: &str, known: &Knowledge, own: &[String], notes: &mut Vec<Diagnostic>) {
    let mut slips = Vec::new();
    coherence::partition(known, &mut slips);
    slips.retain(|slip| slip.code == "bad-partition" && !own.contains(&slip.id));
    for slip in slips {
        let land = known.entities.iter().find(|entity| entity.id == slip.id);
        let code = land.and_then(|land| land.a2.as_deref()).unwrap_or_default();
        let place = word(text, code).unwrap_or_else(|| first_line(text));
        notes.push(said(&slip).at(path, place));
    }
    let codes: Vec<&str> = known.entities.iter().filter_map(|entity| entity.a2.as_deref()).collect();
    for code in known.regions.iter().flat_map(|region| region.add.iter().chain(&region.drop)) {
        if !codes.contains(&code.as_str())
            && let Some(place) = word(text, code)
        {
            let message = format!("`{code}` is no country's code");
            let note = Diagnostic::error("unknown-country", message).at(path, place);
            notes.push(note.help("write its two letters of ISO 3166-1, such as `GR` for Greece"));
        }
    }
}

/// Puts a region over the known one with the same id, or beside the others. Countries it adds leave their old region.
fn merge(own: Region, regions: &mut Vec<Region>, slips: &mut Vec<Slip>) {
    for other in regions.iter_mut().filter(|other| other.id != own.id) {
        other.add.retain(|a2| !own.add.contains(a2));
        other.areas.retain(|area| !own.areas.contains(area));
        other.m49.retain(|group| !own.m49.contains(group));
    }
    match regions.iter_mut().find(|region| region.id == own.id) {
        Some(region) => {
            if !own.name.is_empty() {
                region.name = own.name;
            }
            region.add.retain(|a2| !own.drop.contains(a2));
            region.m49.extend(own.m49);
            region.add.extend(own.add);
            region.drop.extend(own.drop);
            region.areas.extend(own.areas);
        }
        None if own.name.is_empty() => slips.push(Slip {
            code: "no-name",
            message: format!("the region `{}` is new and has no `name`", own.id),
            help: Some(match nearest(&own.id, regions.iter().map(|region| region.id.as_str())) {
                Some(id) => format!("did you mean `{id}`?"),
                None => "give it a `name`".into(),
            }),
            id: own.id,
        }),
        None => regions.push(own),
    }
}

fn items<'v>(value: Option<&'v Value>, key: &str, slips: &mut Vec<Slip>) -> &'v [Value] {
    match value {
        None | Some(Value::Null) => &[],
        Some(Value::Sequence(items)) => items,
        Some(_) => {
            slips.push(Slip {
                id: String::new(),
                code: "wrong-type",
                message: format!("`{key}` should be a list"),
                help: Some(format!("write `{key}:`, and below it one entry a line: `- {{id: …}}`")),
            });
            &[]
        }
    }
}

/// A slip at the line of its id; without one, at the line where the entry of its list begins.
fn note(path: &SitePath, text: &str, slip: &Slip, (list, at): (&str, usize)) -> Diagnostic {
    let place = line_of(text, &slip.id).or_else(|| entry_line(text, list, at));
    said(slip).at(path, place.unwrap_or_else(|| first_line(text)))
}

fn said(slip: &Slip) -> Diagnostic {
    let note = Diagnostic::error(slip.code, slip.message.clone());
    match &slip.help {
        Some(help) => note.help(help.clone()),
        None => note,
    }
}

/// The line on which an id is given.
fn line_of(text: &str, id: &str) -> Option<Range<usize>> {
    lines(text).find(|line| {
        let line = &text[line.clone()];
        !id.is_empty()
            && line.find(id).is_some_and(|at| {
                let before = line[..at].trim_end_matches(['"', '\'', ' ']);
                let after = line[at + id.len()..].chars().next();
                before.ends_with("id:") && after.is_none_or(|c| !c.is_alphanumeric() && c != '-')
            })
    })
}

/// The line on which an entry of a list begins; the first is number 0.
fn entry_line(text: &str, list: &str, number: usize) -> Option<Range<usize>> {
    let mut below = lines(text).skip_while(|line| {
        let rest = text[line.clone()].strip_prefix(list);
        list.is_empty() || !rest.is_some_and(|rest| rest.starts_with(':'))
    });
    below.next()?;
    let is_entry = |line: &Range<usize>| text[line.clone()].starts_with('-');
    let mut margins = below.clone().filter(is_entry).map(|line| margin(text, line.start));
    let first = margins.next()?;
    below.filter(is_entry).filter(|line| margin(text, line.start) == first).nth(number)
}

/// How far a place lies in its line, in bytes.
fn margin(text: &str, at: usize) -> usize {
    at - text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// Where a word stands on its own.
fn word(text: &str, word: &str) -> Option<Range<usize>> {
    let is_free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '-');
    let mut found = text.match_indices(word).map(|(at, _)| at..at + word.len());
    found.find(|range| {
        !word.is_empty()
            && is_free(text[..range.start].chars().next_back())
            && is_free(text[range.end..].chars().next())
    })
}

fn first_line(text: &str) -> Range<usize> {
    lines(text).next().unwrap_or(0..0)
}

/// The lines of a text, without the spaces around them.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + Clone {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let indent = line.len() - line.trim_start().len();
        let end = line.trim_end().len();
        let range = start + indent.min(end)..start + end;
        start += line.len();
        range
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::{Options, Part, Passage, Sort};

    fn check(regions: &str, entities: &str) -> (Gazetteer, Vec<String>) {
        let (of_regions, of_entities) = (SitePath::new("regions.yaml"), SitePath::new("entities.yaml"));
        let read = Gazetteer::with_site(Some((&of_regions, regions)), Some((&of_entities, entities)));
        let show = |note: &Diagnostic| {
            let place = note.place.as_ref().expect("every note has a place");
            let text = if place.path == of_regions { regions } else { entities };
            let span = place.span.unwrap_or_default();
            format!("{}: {} [{}]", note.code, note.message, &text[span.0..span.1])
        };
        let notes = read.notes.iter().map(show).collect();
        (read.value, notes)
    }

    fn actors(gazetteer: &Gazetteer, text: &str) -> Vec<String> {
        let options = Options { date: None, salience: false, explain: false };
        let passage = Passage { text, offset: 0, part: Part::Facts };
        let found = gazetteer.read(&[passage], options);
        found.actors.into_iter().map(|actor| actor.id).collect()
    }

    #[test]
    fn a_site_adds_somebody_of_its_own() {
        let own = "entities:\n- {id: harbour-watch, name: Harbour Watch, kind: body, country: grc}\n";
        let (gazetteer, notes) = check("", own);
        assert_eq!(notes, Vec::<String>::new());
        assert_eq!(actors(&gazetteer, "Harbour Watch counted nine ships."), ["harbour-watch"]);
    }

    #[test]
    fn a_site_gives_a_country_one_more_name() {
        let (gazetteer, notes) = check("", "entities:\n- id: rus\n  aliases: [{t: Big Bear, as: metonym}]\n");
        assert_eq!(notes, Vec::<String>::new());
        assert_eq!(actors(&gazetteer, "The Big Bear rejected the offer."), ["rus"]);
        assert_eq!(actors(&gazetteer, "Russia rejected the offer."), ["rus"]);
    }

    #[test]
    fn a_slip_is_met_at_its_line() {
        let (_, notes) = check("", "entities:\n- id: somebody\n  name: Somebody Else\n  kind: persn\n");
        assert_eq!(notes, ["unknown-kind: `persn` is not a kind [- id: somebody]"]);
    }

    #[test]
    fn a_country_moves_to_another_region() {
        let (gazetteer, notes) = check("regions:\n- {id: europe, add: [UA]}\n", "");
        assert_eq!(notes, Vec::<String>::new());
        assert_eq!(gazetteer.region_of("ukr"), Some("europe"));
        assert_eq!(gazetteer.region_of("rus"), Some("eurasia"));
    }

    #[test]
    fn a_region_gets_another_name() {
        let (gazetteer, _) = check("regions:\n- {id: eurasia, name: East}\n", "");
        let known = gazetteer.find(Sort::Region, "east").expect("a region");
        assert_eq!(known.id, "eurasia");
    }

    #[test]
    fn a_preset_divides_the_world_anew() {
        let (gazetteer, notes) = check("preset: worldbank\n", "");
        assert_eq!(notes, Vec::<String>::new());
        assert_eq!(gazetteer.region_of("ukr"), Some("europe-central-asia"));
        let (_, notes) = check("preset: wordbank\n", "");
        assert_eq!(
            notes,
            ["unknown-preset: there is no division of the world called `wordbank` [preset: wordbank]"]
        );
    }
}
