//! The embedded table: all that is known as lines of text, quick to read at start. YAML would take a hundred times longer.
//!
//! A line is a letter and fields between tabs; lists inside a field stand between unit separators. The build script
//! writes it, the program reads it, both with this room.

use super::entity::{Alias, Blocker, Day, Entity, Kind, Knowledge, OPEN, Region, Sense, Term};

const LIST: char = '\u{1f}';

/// Writes the table.
#[must_use]
pub fn write(all: &Knowledge) -> String {
    let mut out = String::new();
    line(&mut out, 'V', &[all.as_of.to_string()]);
    for entity in &all.entities {
        let option = |text: &Option<String>| text.clone().unwrap_or_default();
        line(
            &mut out,
            'E',
            &[
                entity.id.clone(),
                entity.name.clone(),
                entity.kind.word().to_owned(),
                option(&entity.country),
                option(&entity.region),
                option(&entity.sector),
                option(&entity.wikidata),
                option(&entity.a2),
                list(&entity.m49),
                list(&entity.titles),
            ],
        );
        for alias in &entity.aliases {
            write_alias(&mut out, alias);
        }
        for term in &entity.holders {
            let until = open(term.until);
            let fields = [term.person.clone(), term.from.to_string(), until, flag(term.acting)];
            line(&mut out, 'H', &fields);
        }
    }
    for blocker in &all.blockers {
        let (after, before) = (list(&blocker.after), list(&blocker.before));
        let fields = [blocker.text.clone(), after, before, flag(blocker.any_case)];
        line(&mut out, 'B', &fields);
    }
    for region in &all.regions {
        write_region(&mut out, 'R', region);
    }
    for (name, regions) in &all.presets {
        line(&mut out, 'P', std::slice::from_ref(name));
        for region in regions {
            write_region(&mut out, 'Q', region);
        }
    }
    for (class, words) in &all.words {
        line(&mut out, 'W', &[class.clone(), list(words)]);
    }
    out
}

fn write_alias(out: &mut String, alias: &Alias) {
    let sense = Sense::ALL.iter().find(|(sense, _)| *sense == alias.sense).map_or("name", |(_, word)| word);
    let flags: String = [
        (alias.exact, 'x'),
        (alias.also_place, 'p'),
        (alias.shared, 's'),
        (alias.unique, 'u'),
        (alias.ambiguous, 'a'),
    ]
    .iter()
    .filter_map(|(set, letter)| set.then_some(*letter))
    .collect();
    let fields = [
        alias.text.clone(),
        if alias.sense == Sense::Name { String::new() } else { sense.to_owned() },
        flags,
        list(&alias.needs),
        list(&alias.needs_cue),
        list(&alias.unless_cue),
        list(&alias.unless_next),
        list(&alias.unless_prev),
        list(&alias.unless_doc),
        list(&alias.prefer_cue),
        list(&alias.reject_cue),
        if alias.from == 0 { String::new() } else { alias.from.to_string() },
        open(alias.until),
    ];
    // Most aliases are a text and nothing else.
    let used = fields.iter().rposition(|field| !field.is_empty()).map_or(1, |last| last + 1);
    line(out, 'A', &fields[..used]);
}

fn write_region(out: &mut String, letter: char, region: &Region) {
    let fields = [
        region.id.clone(),
        region.name.clone(),
        list(&region.m49),
        list(&region.add),
        list(&region.drop),
        list(&region.areas),
    ];
    line(out, letter, &fields);
}

fn line(out: &mut String, letter: char, fields: &[String]) {
    out.push(letter);
    for field in fields {
        out.push('\t');
        out.push_str(field);
    }
    out.push('\n');
}

fn list(items: &[String]) -> String {
    items.join(&LIST.to_string())
}

fn flag(set: bool) -> String {
    if set { "1".into() } else { String::new() }
}

fn open(day: Day) -> String {
    if day == OPEN { String::new() } else { day.to_string() }
}

/// Reads the table. What it cannot make sense of it skips: the table is made by [`write()`].
#[must_use]
pub fn read(table: &str) -> Knowledge {
    let mut all = Knowledge::default();
    for row in table.lines() {
        let mut fields = row.split('\t');
        let letter = fields.next().unwrap_or("");
        let mut next = || fields.next().unwrap_or("");
        match letter {
            "V" => all.as_of = next().parse().unwrap_or(0),
            "E" => {
                let (id, name, kind) = (next().to_owned(), next().to_owned(), next());
                let kind = Kind::ALL.into_iter().find(|known| known.word() == kind);
                all.entities.push(Entity {
                    id,
                    name,
                    kind: kind.unwrap_or(Kind::Area),
                    country: option(next()),
                    region: option(next()),
                    sector: option(next()),
                    wikidata: option(next()),
                    a2: option(next()),
                    m49: items(next()),
                    titles: items(next()),
                    aliases: Vec::new(),
                    holders: Vec::new(),
                });
            }
            "A" => {
                let alias = read_alias(&mut next);
                if let Some(entity) = all.entities.last_mut() {
                    entity.aliases.push(alias);
                }
            }
            "H" => {
                let term = Term {
                    person: next().to_owned(),
                    from: next().parse().unwrap_or(0),
                    until: day(next(), OPEN),
                    acting: next() == "1",
                };
                if let Some(entity) = all.entities.last_mut() {
                    entity.holders.push(term);
                }
            }
            "B" => all.blockers.push(Blocker {
                text: next().to_owned(),
                after: items(next()),
                before: items(next()),
                any_case: next() == "1",
            }),
            "R" => all.regions.push(read_region(&mut next)),
            "P" => all.presets.push((next().to_owned(), Vec::new())),
            "Q" => {
                let region = read_region(&mut next);
                if let Some((_, regions)) = all.presets.last_mut() {
                    regions.push(region);
                }
            }
            "W" => all.words.push((next().to_owned(), items(next()))),
            _ => {}
        }
    }
    all
}

fn read_alias<'t>(next: &mut impl FnMut() -> &'t str) -> Alias {
    let text = next().to_owned();
    let sense = next();
    let flags = next();
    Alias {
        text,
        sense: Sense::ALL.iter().find(|(_, word)| *word == sense).map_or(Sense::Name, |(sense, _)| *sense),
        exact: flags.contains('x'),
        also_place: flags.contains('p'),
        shared: flags.contains('s'),
        unique: flags.contains('u'),
        ambiguous: flags.contains('a'),
        needs: items(next()),
        needs_cue: items(next()),
        unless_cue: items(next()),
        unless_next: items(next()),
        unless_prev: items(next()),
        unless_doc: items(next()),
        prefer_cue: items(next()),
        reject_cue: items(next()),
        from: day(next(), 0),
        until: day(next(), OPEN),
    }
}

fn read_region<'t>(next: &mut impl FnMut() -> &'t str) -> Region {
    Region {
        id: next().to_owned(),
        name: next().to_owned(),
        m49: items(next()),
        add: items(next()),
        drop: items(next()),
        areas: items(next()),
    }
}

fn option(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn items(text: &str) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    text.split(LIST).map(str::to_owned).collect()
}

fn day(text: &str, absent: Day) -> Day {
    text.parse().unwrap_or(absent)
}
