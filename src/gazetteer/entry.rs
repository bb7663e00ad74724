//! Reads entities, blockers, regions and word lists out of YAML values, and says what is wrong with them.
//!
//! Shared with the build script, so it speaks of no file and no line: a [`Slip`] names the entity, and whoever
//! knows the file finds the line.

use super::entity::{
    Alias, Blocker, Conditions, Day, Entity, Kind, Knowledge, OPEN, Region, Sense, Term, day,
};
use super::gather;
use crate::yaml::Value;

/// Something wrong in a data file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// The id of the entity or region, or the blocker's text; empty for the file as a whole.
    pub id: String,
    /// A stable name.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// Reads the top of a data file into `into`. Entities that extend others are handed back, to be added when all are read.
pub fn read_file(top: &Value, into: &mut Knowledge, slips: &mut Vec<Slip>) -> Vec<Entity> {
    let mut extending = Vec::new();
    let mut reader = Reader { id: String::new(), slips };
    if top.is_null() {
        return extending;
    }
    reader.keys(
        top,
        &[
            "version",
            "as_of",
            "entities",
            "blockers",
            "scheme",
            "regions",
            "subregions",
            "preset",
            "presets",
            "words",
        ],
    );
    into.as_of = into.as_of.max(reader.day(top, "as_of").unwrap_or(0));
    for item in reader.items(top, "entities") {
        match entity(item, reader.slips) {
            Some((entity, true)) => extending.push(entity),
            Some((entity, false)) => gather::add(entity, false, into, reader.slips),
            None => {}
        }
    }
    for item in reader.items(top, "blockers") {
        if let Some(blocker) = blocker(item, reader.slips) {
            into.blockers.push(blocker);
        }
    }
    for item in reader.items(top, "regions") {
        if let Some(region) = region(item, reader.slips) {
            into.regions.push(region);
        }
    }
    if let Some(Value::Mapping(presets)) = top.get("presets") {
        for (name, list) in presets {
            let mut regions = Vec::new();
            for item in list.as_sequence().into_iter().flatten() {
                regions.extend(region(item, reader.slips));
            }
            into.presets.push((text_of(name).unwrap_or_default(), regions));
        }
    }
    if let Some(Value::Mapping(words)) = top.get("words") {
        for (class, list) in words {
            let words = text_of(list).unwrap_or_default();
            let words = words.split_whitespace().map(|word| word.replace('_', " "));
            into.words.push((text_of(class).unwrap_or_default(), words.collect()));
        }
    }
    extending
}

/// One entity, and whether it extends another.
pub fn entity(item: &Value, slips: &mut Vec<Slip>) -> Option<(Entity, bool)> {
    let id = item.get("id").and_then(text_of).unwrap_or_default();
    let mut reader = Reader { id, slips };
    if reader.id.is_empty() {
        let help = Some("give it one, in lower case: `id: harbour-watch`".into());
        reader.slip("no-id", "this entity has no `id`".into(), help);
        return None;
    }
    reader.keys(
        item,
        &[
            "id",
            "name",
            "kind",
            "country",
            "region",
            "sector",
            "wikidata",
            "iso",
            "aliases",
            "offices",
            "holders",
            "body",
            "titles",
            "extend",
            "m49_parents",
            "note",
        ],
    );
    let extends = item.get("extend").and_then(Value::as_bool) == Some(true);
    let name = reader.text(item, "name").unwrap_or_default();
    let kind = reader.text(item, "kind");
    let known = kind.as_deref().and_then(|word| Kind::ALL.into_iter().find(|kind| kind.word() == word));
    if !extends && name.is_empty() {
        let message = format!("the entity `{}` is new and has no `name`", reader.id);
        reader.slip("no-name", message, Some("give it a `name`, or correct the id".into()));
        return None;
    }
    if known.is_none() && !(extends && kind.is_none()) {
        let kinds: Vec<_> = Kind::ALL.iter().map(|kind| kind.word()).collect();
        let help = format!("one of: {}", kinds.join(", "));
        let said = kind.unwrap_or_default();
        let message = match said.as_str() {
            "" => format!("the entity `{}` has no `kind`", reader.id),
            said => format!("`{said}` is not a kind"),
        };
        reader.slip("unknown-kind", message, Some(help));
        return None;
    }
    let mut entity = Entity::new(reader.id.clone(), name, known.unwrap_or(Kind::Area));
    entity.country = reader.text(item, "country");
    entity.region = reader.text(item, "region");
    entity.sector = reader.text(item, "sector");
    entity.wikidata = reader.text(item, "wikidata");
    entity.a2 = item.get("iso").and_then(|iso| iso.get("a2")).and_then(text_of);
    entity.m49 = Reader::texts(item, "m49_parents");
    entity.body = reader.text(item, "body");
    entity.titles = Reader::texts(item, "titles");
    if entity.kind.is_land() && !extends {
        entity.country = Some(entity.id.clone());
    }
    for alias in reader.items(item, "aliases") {
        let Some(alias) = reader.alias(alias) else {
            continue;
        };
        // A name repeated among its own aliases is there to carry a rule.
        match entity.aliases.iter_mut().find(|old| old.text == alias.text) {
            Some(old) if old.text == entity.name => *old = alias,
            _ => entity.aliases.push(alias),
        }
    }
    for term in reader.items(item, "holders") {
        entity.holders.extend(reader.term(term));
    }
    Some((entity, extends))
}

/// A longer name that yields nothing.
pub fn blocker(item: &Value, slips: &mut Vec<Slip>) -> Option<Blocker> {
    let text = text_of(item).or_else(|| item.get("t").and_then(text_of));
    let mut reader = Reader { id: text.clone().unwrap_or_default(), slips };
    let Some(text) = text else {
        let help = Some("write the words that are no name: `t: Turkey sandwich`".into());
        reader.slip("no-text", "this blocker has no text".into(), help);
        return None;
    };
    if item.is_mapping() {
        reader.keys(item, &["t", "case", "after", "before", "note"]);
    }
    Some(Blocker {
        text,
        after: Reader::texts(item, "after"),
        before: Reader::texts(item, "before"),
        any_case: item.get("case").and_then(text_of).as_deref() == Some("any"),
    })
}

/// One region.
pub fn region(item: &Value, slips: &mut Vec<Slip>) -> Option<Region> {
    let id = item.get("id").and_then(text_of).unwrap_or_default();
    let mut reader = Reader { id, slips };
    if reader.id.is_empty() {
        let help = Some("give it one, in lower case: `id: high-north`".into());
        reader.slip("no-id", "this region has no `id`".into(), help);
        return None;
    }
    reader.keys(item, &["id", "name", "m49", "add", "drop", "members", "areas"]);
    let mut add = Reader::texts(item, "add");
    add.extend(Reader::texts(item, "members"));
    Some(Region {
        name: reader.text(item, "name").unwrap_or_default(),
        m49: Reader::texts(item, "m49"),
        add,
        drop: Reader::texts(item, "drop"),
        areas: Reader::texts(item, "areas"),
        id: reader.id,
    })
}

struct Reader<'s> {
    id: String,
    slips: &'s mut Vec<Slip>,
}

impl Reader<'_> {
    fn slip(&mut self, code: &'static str, message: String, help: Option<String>) {
        self.slips.push(Slip { id: self.id.clone(), code, message, help });
    }

    fn keys(&mut self, item: &Value, known: &[&str]) {
        let Value::Mapping(mapping) = item else {
            self.slip("wrong-type", "expected `key: value` pairs".into(), None);
            return;
        };
        for key in mapping.keys().filter_map(text_of) {
            if !known.contains(&key.as_str()) {
                let help = Some(format!("known here: {}", known.join(", ")));
                self.slip("unknown-key", format!("unknown key `{key}`"), help);
            }
        }
    }

    fn items<'v>(&mut self, item: &'v Value, key: &str) -> &'v [Value] {
        match item.get(key) {
            None | Some(Value::Null) => &[],
            Some(Value::Sequence(items)) => items,
            Some(_) => {
                self.slip("wrong-type", format!("`{key}` should be a list"), None);
                &[]
            }
        }
    }

    fn text(&mut self, item: &Value, key: &str) -> Option<String> {
        let value = item.get(key).filter(|value| !value.is_null())?;
        let text = text_of(value).filter(|text| !text.contains(['\t', '\n', '\u{1f}']));
        if text.is_none() {
            self.slip("wrong-type", format!("`{key}` should be one line of text"), None);
        }
        text
    }

    fn texts(item: &Value, key: &str) -> Vec<String> {
        match item.get(key) {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Sequence(items)) => items.iter().filter_map(text_of).collect(),
            Some(single) => text_of(single).into_iter().collect(),
        }
    }

    fn day(&mut self, item: &Value, key: &str) -> Option<Day> {
        let text = self.text(item, key)?;
        let day = day(&text);
        if day.is_none() {
            let help = Some("write the day as `2025-06-05`".into());
            self.slip("bad-date", format!("`{key}: {text}` is not a day"), help);
        }
        day
    }

    fn alias(&mut self, item: &Value) -> Option<Alias> {
        if let Some(text) = text_of(item) {
            return Some(Alias { text, until: OPEN, ..Alias::default() });
        }
        self.keys(
            item,
            &[
                "t",
                "as",
                "case",
                "also",
                "unique",
                "ambiguous",
                "needs",
                "needs_cue",
                "unless_cue",
                "unless_next",
                "unless_prev",
                "unless_doc",
                "prefer_cue",
                "reject_cue",
                "from",
                "until",
                "note",
            ],
        );
        let Some(text) = self.text(item, "t") else {
            let help = Some("write the words to look for: `t: The Watch`".into());
            self.slip("no-text", format!("an alias of `{}` has no text", self.id), help);
            return None;
        };
        let word = self.text(item, "as").unwrap_or_else(|| "name".into());
        let sense = Sense::ALL.iter().find(|(_, name)| *name == word);
        if sense.is_none() {
            let senses: Vec<_> = Sense::ALL.iter().map(|(_, name)| *name).collect();
            let help = Some(format!("one of: {}", senses.join(", ")));
            self.slip("unknown-sense", format!("`as: {word}` is not known"), help);
        }
        let flag = |key: &str| item.get(key).and_then(Value::as_bool) == Some(true);
        Some(Alias {
            text,
            sense: sense.map_or(Sense::Name, |(sense, _)| *sense),
            exact: item.get("case").and_then(text_of).as_deref() == Some("exact"),
            also_place: Self::texts(item, "also").iter().any(|also| also == "place"),
            shared: Self::texts(item, "also").iter().any(|also| also == "shared"),
            unique: flag("unique"),
            ambiguous: flag("ambiguous"),
            conditions: Self::conditions(item),
            from: self.day(item, "from").unwrap_or(0),
            until: self.day(item, "until").unwrap_or(OPEN),
        })
    }

    fn conditions(item: &Value) -> Option<Box<Conditions>> {
        let conditions = Conditions {
            needs: Self::texts(item, "needs"),
            needs_cue: Self::texts(item, "needs_cue"),
            unless_cue: Self::texts(item, "unless_cue"),
            unless_next: Self::texts(item, "unless_next"),
            unless_prev: Self::texts(item, "unless_prev"),
            unless_doc: Self::texts(item, "unless_doc"),
            prefer_cue: Self::texts(item, "prefer_cue"),
            reject_cue: Self::texts(item, "reject_cue"),
        };
        (conditions != Conditions::default()).then(|| Box::new(conditions))
    }

    fn term(&mut self, item: &Value) -> Option<Term> {
        self.keys(item, &["person", "from", "until", "acting", "note"]);
        let person = self.text(item, "person");
        let from = self.day(item, "from");
        if person.is_none() || from.is_none() {
            let help = Some("write `{person: christine-lagarde, from: 2019-11-01}`".into());
            self.slip("bad-term", format!("a holder of `{}` has no `person` or no `from`", self.id), help);
        }
        Some(Term {
            person: person?,
            from: from?,
            until: self.day(item, "until").unwrap_or(OPEN),
            acting: item.get("acting").and_then(Value::as_bool) == Some(true),
        })
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}
