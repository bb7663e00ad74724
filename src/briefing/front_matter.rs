//! The fenced head of a file: `---`, lines of YAML, `---`.

use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use super::letters::{is_blank, is_invisible, is_space, one_line, trim};
use super::model::{Correction, Head, Moment, Phrase, Reference, Span, TagRule};
use crate::diagnostic::Diagnostic;
use crate::source::SitePath;
use crate::yaml::{self, Fields, Piece, Value};

/// What the head says, and what of it becomes a part of the briefing itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FrontMatter {
    /// Whether there is a head at all.
    pub is_there: bool,
    /// `title:`.
    pub title: Option<Phrase>,
    /// `date:`.
    pub date: Option<Date>,
    /// `category:`.
    pub category: Option<Phrase>,
    /// `slug:`.
    pub slug: Option<Phrase>,
    /// Everything else.
    pub head: Head,
}

/// Finds the head: the byte range of its YAML, without the fences, and where the text below begins.
/// A byte order mark and invisible characters before and around the fences do not matter.
///
/// ```
/// # use newsgen::briefing::front_matter::split;
/// assert_eq!(split("---\ntitle: A\n---\nText"), (Some(4..13), 17));
/// assert_eq!(split("Text"), (None, 0));
/// ```
#[must_use]
pub fn split(text: &str) -> (Option<Range<usize>>, usize) {
    let skipped = text.len() - text.trim_start_matches(is_invisible).len();
    let none = (None, skipped);
    let mut lines = lines_of(text, skipped);
    if !lines.next().is_some_and(|first| is_fence(&text[first], &["---"])) {
        return none;
    }
    let mut start = None;
    let mut looks_like_yaml = None;
    for line in lines {
        let start = *start.get_or_insert(line.start);
        if is_fence(&text[line.clone()], &["---", "..."]) {
            return match looks_like_yaml {
                Some(false) => none,
                _ => (Some(start..line.start), line.end),
            };
        }
        if looks_like_yaml.is_none() && !is_blank(&text[line.clone()]) {
            let yes = is_yaml_line(&text[line]);
            looks_like_yaml = Some(yes);
            if !yes {
                return none;
            }
        }
    }
    none
}

/// A head that begins and never ends: the byte range of its opening fence.
#[must_use]
pub fn unclosed(text: &str) -> Option<Range<usize>> {
    let skipped = text.len() - text.trim_start_matches(is_invisible).len();
    let mut lines = lines_of(text, skipped);
    let first = lines.next().filter(|first| is_fence(&text[first.clone()], &["---"]))?;
    let second = lines.next()?;
    let is_head = is_yaml_line(&text[second]) && split(text).0.is_none();
    is_head.then(|| first.start..first.start + trim(&text[first]).len())
}

fn lines_of(text: &str, from: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = from;
    text[from..].split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        start..at
    })
}

fn is_fence(line: &str, fences: &[&str]) -> bool {
    let line = line.trim_end_matches(is_space);
    fences.contains(&line)
}

/// `key: …`, a comment or a mapping in braces.
fn is_yaml_line(line: &str) -> bool {
    let line = trim(line);
    let key = line.split_once(':').map(|(key, _)| key.trim_matches(['"', '\'']));
    let is_key = key.is_some_and(|key| {
        !key.is_empty()
            && key.len() < 40
            && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
    });
    is_key || line.starts_with('#') && !line.starts_with("##") || line.starts_with('{')
}

/// Reads the YAML of a head; all slips are noted, what can be understood is.
pub fn read(path: &SitePath, text: &str, range: Range<usize>, notes: &mut Vec<Diagnostic>) -> FrontMatter {
    let offset = range.start;
    let piece = Piece { path, text: &text[range], offset };
    let mut fields = match yaml::read(piece, yaml::LARGEST) {
        Ok(fields) => fields,
        Err(note) => {
            notes.push(note);
            return FrontMatter { is_there: true, ..FrontMatter::default() };
        }
    };
    let front = take(path, &mut fields);
    notes.extend(fields.finish());
    front
}

fn take(path: &SitePath, fields: &mut Fields<'_>) -> FrontMatter {
    let title = line(fields, "title");
    let date = fields.date("date");
    let category = line(fields, "category");
    let slug = slug(path, fields);
    let head = Head {
        id: fields.text("id").filter(|id| !id.is_empty()),
        derived: texts(fields, "derived"),
        updated: fields.date("updated"),
        regions: tag_rule(fields, "regions"),
        countries: tag_rule(fields, "countries"),
        actors: tag_rule(fields, "actors"),
        summary: fields.text("summary").filter(|summary| !is_blank(summary)),
        authors: texts(fields, "authors"),
        draft: fields.flag("draft").unwrap_or(false),
        publish: moment(path, fields, "publish"),
        expires: moment(path, fields, "expires"),
        aliases: phrases(fields, "aliases"),
        sources: sources(path, fields),
        lens: phrases(fields, "lens"),
        series: line(fields, "series"),
        corrections: corrections(path, fields),
        manual_tags: manual_tags(path, fields),
        allow: phrases(fields, "allow"),
    };
    FrontMatter { is_there: true, title, date, category, slug, head }
}

/// One line of text and where it stands.
fn line(fields: &mut Fields<'_>, key: &'static str) -> Option<Phrase> {
    let written = fields.text(key)?;
    let text = one_line(&written);
    let span = fields.span_of_value(key, &written);
    (!text.is_empty()).then(|| Phrase { text, span: Span::new(span.start, span.end) })
}

fn slug(path: &SitePath, fields: &mut Fields<'_>) -> Option<Phrase> {
    let slug = line(fields, "slug")?;
    let good = crate::route::slug(&slug.text);
    if good != slug.text {
        let note = Diagnostic::error(
            "bad-slug",
            format!("`{}` is not a slug: lower-case letters, digits and hyphens", slug.text),
        )
        .at(path, slug.span.range());
        fields.note(if good.is_empty() {
            note.help("leave the line out")
        } else {
            note.help(format!("write `slug: {good}`"))
        });
    }
    (!good.is_empty()).then_some(Phrase { text: good, span: slug.span })
}

fn texts(fields: &mut Fields<'_>, key: &'static str) -> Vec<String> {
    phrases(fields, key).into_iter().map(|phrase| phrase.text).collect()
}

fn phrases(fields: &mut Fields<'_>, key: &'static str) -> Vec<Phrase> {
    fields.texts(key).map(placed).unwrap_or_default()
}

fn placed(texts: Vec<(String, Range<usize>)>) -> Vec<Phrase> {
    let phrase = |(text, span): (String, Range<usize>)| Phrase {
        text: one_line(&text),
        span: Span::new(span.start, span.end),
    };
    texts.into_iter().map(phrase).filter(|phrase| !phrase.text.is_empty()).collect()
}

/// A bare list replaces, `{add, remove}` adjusts.
fn tag_rule(fields: &mut Fields<'_>, key: &'static str) -> TagRule {
    match fields.take(key) {
        None | Some(Value::Null) => TagRule::Found,
        Some(Value::Mapping(mut mapping)) => {
            let mut part = |name: &str| match mapping.remove(name) {
                Some(value) => fields.texts_of(key, &value).map(placed).unwrap_or_default(),
                None => Vec::new(),
            };
            let (add, remove) = (part("add"), part("remove"));
            if !mapping.is_empty() {
                fields.wrong(key, "a list, or a mapping with `add` and `remove`");
            }
            TagRule::Adjusted { add, remove }
        }
        Some(value) => {
            fields.texts_of(key, &value).map_or(TagRule::Found, |texts| TagRule::Only(placed(texts)))
        }
    }
}

fn moment(path: &SitePath, fields: &mut Fields<'_>, key: &'static str) -> Option<Moment> {
    let text = fields.text(key)?;
    let moment = read_moment(trim(&text));
    if moment.is_none() {
        let span = fields.span_of(key);
        fields.note(
            Diagnostic::error("bad-moment", format!("`{text}` is not a time"))
                .at(path, span)
                .help("write it as `2025-06-05 05:00`, or with an offset as `2025-06-05T05:00:00+02:00`"),
        );
    }
    moment
}

/// `2025-06-05`, `2025-06-05 05:00` (local), `2025-06-05T05:00:00Z`, `…+02:00` (exact).
fn read_moment(text: &str) -> Option<Moment> {
    if let Ok(exact) = text.parse::<Timestamp>() {
        return Some(Moment::Exact(exact));
    }
    text.parse::<DateTime>().ok().map(Moment::Local)
}

fn manual_tags(path: &SitePath, fields: &mut Fields<'_>) -> bool {
    match fields.text("tags").as_deref() {
        None | Some("auto") => false,
        Some("manual") => true,
        Some(other) => {
            let note =
                Diagnostic::error("wrong-type", format!("`tags` is `auto` or `manual`, not `{other}`"))
                    .at(path, fields.span_of("tags"))
                    .help("name regions and actors under `regions:` and `actors:`");
            fields.note(note);
            false
        }
    }
}

/// The mappings of a list such as `sources:`; a note for what is none.
fn mappings(
    fields: &mut Fields<'_>,
    key: &'static str,
    expected: &str,
    mut each: impl FnMut(&mut Fields<'_>, &Value) -> bool,
) {
    let items = match fields.take(key) {
        None | Some(Value::Null) => return,
        Some(Value::Sequence(items)) => items,
        Some(single) => vec![single],
    };
    let mut good = true;
    for item in &items {
        good &= each(fields, item);
    }
    if !good {
        fields.wrong(key, expected);
    }
}

fn field(item: &Value, key: &str) -> Option<String> {
    item.get(key).and_then(yaml::scalar).map(|text| one_line(&text)).filter(|text| !text.is_empty())
}

fn only_has(item: &Value, keys: &[&str]) -> bool {
    item.as_mapping()
        .is_some_and(|mapping| mapping.keys().all(|key| key.as_str().is_some_and(|key| keys.contains(&key))))
}

fn sources(path: &SitePath, fields: &mut Fields<'_>) -> Vec<Reference> {
    let mut sources = Vec::new();
    mappings(fields, "sources", "a list of `{title: …, url: …}`", |fields, item| {
        let (title, url) = match yaml::scalar(item) {
            Some(text) => {
                let text = one_line(&text);
                let is_address = text.starts_with("https://") || text.starts_with("http://");
                (text.clone(), is_address.then_some(text))
            }
            None => {
                let url = field(item, "url");
                let Some(title) = field(item, "title").or_else(|| url.clone()) else {
                    return false;
                };
                (title, url)
            }
        };
        if let Some(url) = url.as_deref().filter(|url| !is_web_address(url)) {
            let span = fields.span_of_value("sources", url);
            fields.note(
                Diagnostic::error("bad-url", format!("`{url}` is not a web address"))
                    .at(path, span)
                    .help("a source's `url` starts with `https://` or `http://`"),
            );
        }
        let url = url.filter(|url| is_web_address(url));
        if !title.is_empty() {
            sources.push(Reference { title, url });
        }
        yaml::scalar(item).is_some() || only_has(item, &["title", "url"])
    });
    sources
}

fn is_web_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty()) && !url.contains(is_space)
}

fn corrections(path: &SitePath, fields: &mut Fields<'_>) -> Vec<Correction> {
    let mut corrections = Vec::new();
    mappings(fields, "corrections", "a list of `{date: 2025-06-05, note: …}`", |fields, item| {
        let (Some(date), Some(note)) = (field(item, "date"), field(item, "note")) else {
            return false;
        };
        match date.parse() {
            Ok(date) => corrections.push(Correction { date, note }),
            Err(_) => {
                let span = fields.span_of_value("corrections", &date);
                fields.note(
                    Diagnostic::error("bad-date", format!("`{date}` is not a day"))
                        .at(path, span)
                        .help("write the day as `2025-06-05`"),
                );
            }
        }
        only_has(item, &["date", "note"])
    });
    corrections
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(yaml: &str) -> (FrontMatter, Vec<String>) {
        let text = format!("---\n{yaml}---\n");
        let (range, _) = split(&text);
        let mut notes = Vec::new();
        let front = read(&SitePath::new("a.md"), &text, range.expect("a head"), &mut notes);
        let shown = notes
            .iter()
            .map(|note| format!("{}: {}", note.code, note.help.as_deref().unwrap_or(&note.message)));
        (front, shown.collect())
    }

    #[test]
    fn a_head_ends_at_its_second_fence() {
        assert_eq!(split("---\ntitle: A\n---\nText"), (Some(4..13), 17));
        assert_eq!(split("\u{feff}---\r\ntitle: A\r\n---\r\nText").1, 23);
        assert_eq!(split("---\u{a0}\ntitle: A\n...\nText").1, 19);
        assert_eq!(split("---\n---\nText"), (Some(4..4), 8));
    }

    #[test]
    fn a_rule_at_the_top_is_no_head() {
        assert_eq!(split("---\nThe call ended.\n---\n").0, None);
        assert_eq!(split("Text\n---\na: b\n---\n").0, None);
        assert_eq!(split("---\ntitle: A\n").0, None);
        assert_eq!(unclosed("---\ntitle: A\n"), Some(0..3));
        assert_eq!(unclosed("---\nThe call ended.\n"), None);
    }

    #[test]
    fn all_slips_of_a_head_are_told_in_one_run() {
        let (_, notes) = check(
            "titel: A\npublish: soon\ntags: some\nslug: A b\nsources: [{titl: x}]\ncorrections: [{date: x, note: y}]\n",
        );
        assert_eq!(
            notes,
            [
                "bad-slug: write `slug: a-b`",
                "bad-moment: write it as `2025-06-05 05:00`, or with an offset as `2025-06-05T05:00:00+02:00`",
                "wrong-type: `sources` should be a list of `{title: …, url: …}`",
                "bad-date: write the day as `2025-06-05`",
                "wrong-type: name regions and actors under `regions:` and `actors:`",
                "unknown-key: did you mean `title`?",
            ]
            .map(String::from)
        );
    }

    #[test]
    fn a_list_of_actors_replaces_and_a_mapping_adjusts() {
        let (front, notes) = check("actors: [Iran]\nregions: {add: [europe], remove: asia}\n");
        assert_eq!(notes, [""; 0]);
        assert!(matches!(&front.head.actors, TagRule::Only(only) if only[0].text == "Iran"));
        assert!(
            matches!(&front.head.regions, TagRule::Adjusted { add, remove } if add.len() == 1 && remove.len() == 1)
        );
        assert_eq!(front.head.countries, TagRule::Found);
    }

    #[test]
    fn a_time_is_local_unless_it_has_an_offset() {
        assert!(matches!(read_moment("2025-06-05 05:00"), Some(Moment::Local(_))));
        assert!(matches!(read_moment("2025-06-05"), Some(Moment::Local(_))));
        assert!(matches!(read_moment("2025-06-05T05:00:00+02:00"), Some(Moment::Exact(_))));
        assert!(matches!(read_moment("2025-06-05T05:00Z"), Some(Moment::Exact(_))));
        assert_eq!(read_moment("soon"), None);
    }
}
