//! `newsgen.yaml`: the settings of a site, as written, then as meant.

use std::ops::Range;

use jiff::tz::TimeZone;

use crate::diagnostic::{Diagnostic, Noted, nearest};
use crate::redirect::{self, Redirect};
use crate::route::{BaseUrl, Route};
use crate::source::{SitePath, Sources};
use crate::yaml::{self, Fields, Piece, Value};

/// The name of the file, at the top of the site folder.
pub const FILE: &str = "newsgen.yaml";

/// The settings of a site. Every value has a default, so that an empty file is a site.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The newsletter's name.
    pub title: String,
    /// One sentence about it, for readers and search engines.
    pub description: String,
    /// Where it is published.
    pub base_url: BaseUrl,
    /// Whether `base_url` was given; feeds of a site without one carry a placeholder host.
    pub base_url_given: bool,
    /// A BCP 47 language tag.
    pub language: String,
    /// The zone of `publish:` and `expires:`, an IANA name.
    pub time_zone: TimeZone,
    /// That name as written.
    pub time_zone_name: String,
    /// Who publishes: printed in the footer, in feeds and in JSON-LD.
    pub publisher: String,
    /// The headings of the parts every briefing may have.
    pub headings: Headings,
    /// How many briefings a page of a list shows.
    pub page_size: usize,
    /// How many briefings a feed holds, newest first.
    pub feed_size: usize,
    /// What happens to raw HTML in briefings.
    pub content_policy: ContentPolicy,
    /// Whether code blocks are coloured.
    pub highlight: bool,
    /// Links in the head of every page, after the built-in ones.
    pub navigation: Vec<NavigationItem>,
    /// The look.
    pub theme: Theme,
    /// Settings of the e-mail edition.
    pub email: Email,
    /// The scheme of links back to the source in the preview: `vscode://file{path}:{line}`.
    pub editor: Option<String>,
    /// Codes of checks that are allowed everywhere, each with its place in the file.
    pub allow: Vec<(String, Range<usize>)>,
    /// The categories there are; empty if any is as good as any other.
    pub categories: Vec<String>,
    /// Old addresses that lead to new ones.
    pub redirects: Vec<Redirect>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Newsletter".into(),
            description: String::new(),
            base_url: BaseUrl::parse("https://example.org/").expect("a constant address is well formed"),
            base_url_given: false,
            language: "en".into(),
            time_zone: TimeZone::UTC,
            time_zone_name: "UTC".into(),
            publisher: String::new(),
            headings: Headings::default(),
            page_size: 20,
            feed_size: 20,
            content_policy: ContentPolicy::Safe,
            highlight: true,
            navigation: Vec::new(),
            theme: Theme::default(),
            email: Email::default(),
            editor: None,
            allow: Vec::new(),
            categories: Vec::new(),
            redirects: Vec::new(),
        }
    }
}

/// The words that open the parts every briefing may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headings {
    /// As printed above the implications of every page.
    pub implications: String,
    /// As printed above the view of every page.
    pub view: String,
    /// What a site adds to the built-in synonyms of "Implications".
    pub implications_synonyms: Vec<String>,
    /// What a site adds to the built-in synonyms of "What we think".
    pub view_synonyms: Vec<String>,
}

impl Default for Headings {
    fn default() -> Self {
        Self {
            implications: "Implications".into(),
            view: "What we think".into(),
            implications_synonyms: Vec::new(),
            view_synonyms: Vec::new(),
        }
    }
}

/// What happens to raw HTML and unsafe links in briefings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ContentPolicy {
    /// Raw HTML is shown as text; links that could run a script lose their target.
    #[default]
    Safe,
    /// All of it is passed through: for desks that trust everything they paste.
    Trusted,
}

/// A link in the head of every page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavigationItem {
    /// As printed.
    pub name: String,
    /// An address of this site, or of another.
    pub target: Target,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Inside the site.
    Inside(Route),
    /// Elsewhere, as written.
    Outside(String),
}

/// Options of the built-in theme.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Theme {
    /// A CSS colour for links and marks, `#1f5fa8`.
    pub accent: Option<String>,
    /// A picture below `static/`, shown beside the title.
    pub logo: Option<String>,
    /// A line in the footer (plain text).
    pub footer: Option<String>,
}

/// Settings of the e-mail edition.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Email {
    /// The sender, `Desk <desk@example.org>`.
    pub from: Option<String>,
    /// Where answers go.
    pub reply_to: Option<String>,
    /// A line at the end of each message (how to unsubscribe, the postal address).
    pub footer: Option<String>,
}

/// Reads `newsgen.yaml` of a site; without one, the defaults.
pub fn read(sources: &Sources) -> Noted<Config> {
    let path = SitePath::new(FILE);
    match sources.text(&path) {
        Some(text) => parse(&path, &text.text),
        None => Noted::clean(Config::default()),
    }
}

fn parse(path: &SitePath, text: &str) -> Noted<Config> {
    let mut config = Config::default();
    let trimmed = text.trim_start_matches('\u{feff}');
    let piece = Piece { path, text: trimmed, offset: text.len() - trimmed.len() };
    let mut fields = match yaml::read(piece, yaml::LARGEST) {
        Ok(fields) => fields,
        Err(note) => return Noted::with(config, vec![note]),
    };
    let mut notes = Vec::new();
    set(&mut config.title, fields.text("title"));
    set(&mut config.description, fields.text("description"));
    set(&mut config.language, language(&mut fields, path));
    set(&mut config.publisher, fields.text("publisher"));
    if let Some(address) = fields.text("base_url") {
        match BaseUrl::parse(&address) {
            Ok(base) => {
                config.base_url = base;
                config.base_url_given = true;
            }
            Err(why) => fields.note(
                Diagnostic::error("bad-base-url", why)
                    .at(path, fields.span_of_value("base_url", &address))
                    .help("write the whole address, such as `https://desk.github.io/newsletter/`"),
            ),
        }
    }
    if let Some(name) = fields.text("time_zone") {
        match TimeZone::get(&name) {
            Ok(zone) => {
                config.time_zone = zone;
                config.time_zone_name = name;
            }
            Err(_) => fields.note(
                Diagnostic::error("bad-time-zone", format!("unknown time zone `{name}`"))
                    .at(path, fields.span_of_value("time_zone", &name))
                    .help("use a name of the IANA list, such as `America/New_York`"),
            ),
        }
    }
    set(&mut config.page_size, count(&mut fields, path, "page_size"));
    set(&mut config.feed_size, count(&mut fields, path, "feed_size"));
    set(&mut config.highlight, fields.flag("highlight"));
    set(&mut config.content_policy, content_policy(&mut fields, path));
    config.navigation = navigation(&mut fields, path);
    config.editor = fields.text("editor");
    config.allow = fields.texts("allow").unwrap_or_default();
    config.categories =
        fields.texts("categories").unwrap_or_default().into_iter().map(|(name, _)| name).collect();
    config.redirects = redirect::read(&mut fields, path);
    if let Some(inner) = fields.inner("headings") {
        notes.extend(headings(inner, &mut config.headings));
    }
    if let Some(mut inner) = fields.inner("theme") {
        config.theme = Theme {
            accent: accent(&mut inner, path),
            logo: inner.text("logo"),
            footer: inner.text("footer"),
        };
        notes.extend(inner.finish());
    }
    if let Some(mut inner) = fields.inner("email") {
        config.email = Email {
            from: inner.text("from"),
            reply_to: inner.text("reply_to"),
            footer: inner.text("footer"),
        };
        notes.extend(inner.finish());
    }
    notes.extend(fields.finish());
    Noted::with(config, notes)
}

fn set<T>(value: &mut T, given: Option<T>) {
    if let Some(given) = given {
        *value = given;
    }
}

/// A number of things, at least one.
fn count(fields: &mut Fields<'_>, path: &SitePath, key: &'static str) -> Option<usize> {
    let number = fields.number(key)?;
    if number == 0 || number > 10_000 {
        let span = fields.span_of(key);
        fields.note(
            Diagnostic::error("out-of-range", format!("`{key}` should be between 1 and 10000"))
                .at(path, span)
                .help("20 is a good number"),
        );
        return None;
    }
    usize::try_from(number).ok()
}

/// A language tag: letters, digits and hyphens (BCP 47, section 2.1, as far as it matters in an attribute).
fn language(fields: &mut Fields<'_>, path: &SitePath) -> Option<String> {
    let tag = fields.text("language")?;
    let good = tag
        .split('-')
        .all(|part| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()))
        && tag.starts_with(|c: char| c.is_ascii_alphabetic());
    if good {
        return Some(tag);
    }
    let span = fields.span_of_value("language", &tag);
    fields.note(
        Diagnostic::error("bad-language", format!("`{tag}` is not a language tag"))
            .at(path, span)
            .help("write a tag such as `en`, `en-GB` or `de`"),
    );
    None
}

fn content_policy(fields: &mut Fields<'_>, path: &SitePath) -> Option<ContentPolicy> {
    let policy = fields.text("content_policy")?;
    match policy.as_str() {
        "safe" => Some(ContentPolicy::Safe),
        "trusted" => Some(ContentPolicy::Trusted),
        other => {
            let note = Diagnostic::error("bad-content-policy", format!("unknown content policy `{other}`"))
                .at(path, fields.span_of_value("content_policy", other));
            let near = nearest(other, ["safe", "trusted"]);
            fields.note(note.help(match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write `safe` (the default) or `trusted`".into(),
            }));
            None
        }
    }
}

/// A colour that can stand in a style sheet without closing anything: `#abc`, `#aabbcc`, or a name.
fn accent(fields: &mut Fields<'_>, path: &SitePath) -> Option<String> {
    let colour = fields.text("accent")?;
    let hex = colour
        .strip_prefix('#')
        .is_some_and(|digits| matches!(digits.len(), 3 | 6) && digits.chars().all(|c| c.is_ascii_hexdigit()));
    if hex || (!colour.is_empty() && colour.chars().all(|c| c.is_ascii_alphabetic())) {
        return Some(colour);
    }
    let span = fields.span_of_value("accent", &colour);
    fields.note(
        Diagnostic::error("bad-colour", format!("`{colour}` is not a colour"))
            .at(path, span)
            .help("write it as `\"#1f5fa8\"`, with quotes, because `#` starts a comment"),
    );
    None
}

fn navigation(fields: &mut Fields<'_>, path: &SitePath) -> Vec<NavigationItem> {
    let Some(value) = fields.take("navigation") else {
        return Vec::new();
    };
    let mut items = Vec::new();
    for item in value.as_sequence().into_iter().flatten() {
        let pair = item.as_mapping().filter(|pair| pair.len() == 1).and_then(|pair| {
            let (name, address) = pair.iter().next()?;
            Some((yaml::scalar(name)?, yaml::scalar(address)?))
        });
        let Some((name, address)) = pair else {
            fields.wrong("navigation", "a list of `- Name: /address/` lines");
            return items;
        };
        let outside = ["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
        let target = if outside {
            Target::Outside(address)
        } else if address == "/" {
            Target::Inside(Route::home())
        } else {
            match Route::written(&address) {
                Ok(route) => Target::Inside(route),
                Err(_) => {
                    let span = fields.span_of_value("navigation", &address);
                    fields.note(
                        Diagnostic::error("bad-address", format!("`{address}` is not an address"))
                            .at(path, span)
                            .help("write `/about/` for a page of this site, `https://…` for another"),
                    );
                    continue;
                }
            }
        };
        items.push(NavigationItem { name, target });
    }
    if !value.is_sequence() && !value.is_null() {
        fields.wrong("navigation", "a list of `- Name: /address/` lines");
    }
    items
}

/// `implications: So what`, or `implications: {title: So what, synonyms: [Why now]}`; the same for `view`.
fn headings(mut fields: Fields<'_>, headings: &mut Headings) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    let one = |key: &'static str,
               printed: &mut String,
               synonyms: &mut Vec<String>,
               fields: &mut Fields<'_>| {
        match fields.take(key) {
            None | Some(Value::Null) => {}
            Some(Value::String(title)) => *printed = title,
            Some(Value::Sequence(items)) => synonyms.extend(items.iter().filter_map(yaml::scalar)),
            Some(Value::Mapping(mapping)) => {
                let mut known = mapping;
                if let Some(title) = known.remove("title").as_ref().and_then(yaml::scalar) {
                    *printed = title;
                }
                match known.remove("synonyms") {
                    Some(Value::Sequence(items)) => synonyms.extend(items.iter().filter_map(yaml::scalar)),
                    None => {}
                    Some(_) => fields.wrong(key, "`{title: …, synonyms: [one, two]}`"),
                }
                if !known.is_empty() {
                    fields.wrong(key, "`{title: …, synonyms: [one, two]}`");
                }
            }
            Some(_) => fields.wrong(key, "a text, a list of synonyms, or `{title: …, synonyms: […]}`"),
        }
    };
    one("implications", &mut headings.implications, &mut headings.implications_synonyms, &mut fields);
    one("view", &mut headings.view, &mut headings.view_synonyms, &mut fields);
    notes.extend(fields.finish());
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> (Config, Vec<String>) {
        let read = parse(&SitePath::new(FILE), text);
        let show = |note: &Diagnostic| {
            let (start, end) =
                note.place.as_ref().and_then(|place| place.span).expect("every note has a place");
            format!("{} [{}]", note.code, &text[start..end])
        };
        let notes = read.notes.iter().map(show).collect();
        (read.value, notes)
    }

    #[test]
    fn an_empty_file_is_a_site() {
        assert_eq!(check(""), (Config::default(), vec![]));
    }

    #[test]
    fn everything_can_be_said() {
        let (config, notes) = check(
            "title: The Desk\nbase_url: https://desk.example/reports\nlanguage: en-GB\ntime_zone: Europe/Berlin\n\
             headings:\n  implications: So what\n  view: {title: Our take, synonyms: [House view]}\n\
             navigation:\n- About: /about/\n- Code: https://example.com/\ntheme:\n  accent: \"#123456\"\n",
        );
        assert_eq!(notes, Vec::<String>::new());
        assert_eq!(config.base_url.path(), "/reports/");
        assert_eq!(config.headings.view, "Our take");
        assert_eq!(config.headings.view_synonyms, ["House view"]);
        assert_eq!(config.headings.implications, "So what");
        assert_eq!(config.navigation.len(), 2);
    }

    #[test]
    fn every_slip_is_reported_where_it_stands() {
        let (_, notes) = check(
            "titel: x\nbase_url: desk.example\ntime_zone: Berlin\npage_size: 0\ncontent_policy: trused\n\
             theme:\n  acent: red\n  accent: \"red;}\"\n",
        );
        assert_eq!(
            notes,
            [
                "bad-colour [red;}]",
                "unknown-key [acent]",
                "bad-base-url [desk.example]",
                "bad-time-zone [Berlin]",
                "out-of-range [page_size: 0]",
                "bad-content-policy [trused]",
                "unknown-key [titel]",
            ]
        );
    }
}
