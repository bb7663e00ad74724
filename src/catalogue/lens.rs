//! Lenses: whom implications are for, across briefings. `lenses.yaml` folds spellings into one.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Noted, nearest};
use crate::route::slug;
use crate::source::{SitePath, Sources};
use crate::yaml::{self, Piece, Value};

/// The name of the file, at the top of the site folder.
pub const FILE: &str = "lenses.yaml";

/// What an entry may say.
const KEYS: [&str; 3] = ["id", "name", "aliases"];

/// A site's own lenses.
#[derive(Debug, Clone, Default)]
pub struct Lenses {
    known: Vec<(String, String)>,
    by_slug: HashMap<String, usize>,
}

impl Lenses {
    /// The id and printed name of an audience: "Markets", "investors and markets" …
    #[must_use]
    pub fn of(&self, audience: &str) -> (String, String) {
        let id = slug(audience);
        match self.by_slug.get(&id) {
            Some(at) => self.known[*at].clone(),
            None => (id, capitalised(audience)),
        }
    }

    /// The ids and names that `lenses.yaml` declares, in its order.
    #[must_use]
    pub fn declared(&self) -> &[(String, String)] {
        &self.known
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.trim().chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Reads `lenses.yaml`: `lenses:` with a list of `{id, name, aliases}`.
pub fn read(sources: &Sources) -> Noted<Lenses> {
    let path = SitePath::new(FILE);
    let Some(text) = sources.text(&path) else {
        return Noted::clean(Lenses::default());
    };
    let piece = Piece { path: &path, text: &text.text, offset: 0 };
    let mut fields = match yaml::read(piece, 16 * yaml::LARGEST) {
        Ok(fields) => fields,
        Err(note) => return Noted::with(Lenses::default(), vec![note]),
    };
    let mut lenses = Lenses::default();
    let list = fields.take("lenses");
    for item in list.as_ref().and_then(Value::as_sequence).into_iter().flatten() {
        for key in item.as_mapping().into_iter().flatten().filter_map(|(key, _)| yaml::scalar(key)) {
            if !KEYS.contains(&key.as_str()) {
                let span = fields.span_of_value("lenses", &key);
                let note = Diagnostic::error("unknown-key", format!("unknown key `{key}`")).at(&path, span);
                fields.note(note.help(match nearest(&key, KEYS) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("known keys: {}", KEYS.join(", ")),
                }));
            }
        }
        let get = |key: &str| item.get(key).and_then(yaml::scalar);
        let Some(id) = get("id").or_else(|| get("name").map(|name| slug(&name))) else {
            fields.wrong("lenses", "a list of `{id: markets, name: Markets, aliases: [investors]}`");
            break;
        };
        if id != slug(&id) || id.is_empty() {
            let span = fields.span_of_value("lenses", &id);
            fields.note(
                Diagnostic::error("bad-id", format!("`{id}` cannot be part of an address"))
                    .at(&path, span)
                    .help(format!("write `{}`", slug(&id))),
            );
            continue;
        }
        let name = get("name").unwrap_or_else(|| capitalised(&id.replace('-', " ")));
        let at = lenses.known.len();
        let aliases = item.get("aliases").and_then(Value::as_sequence);
        let aliases = aliases.into_iter().flatten().filter_map(yaml::scalar);
        for word in aliases.chain([name.clone(), id.clone()]) {
            lenses.by_slug.insert(slug(&word), at);
        }
        lenses.known.push((id, name));
    }
    if list.is_some_and(|list| !list.is_sequence()) {
        fields.wrong("lenses", "a list of `{id: markets, name: Markets, aliases: [investors]}`");
    }
    Noted::with(lenses, fields.finish())
}
