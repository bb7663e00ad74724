//! Feeds with the full content and absolute links: Atom (RFC 4287), RSS 2.0, JSON Feed 1.1.

use std::io::Write;

use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use serde_json::{Value, json};

use super::article;
use super::whole::Whole;
use crate::catalogue::{EntryId, Taxonomy, Visibility};
use crate::plan::{FeedFormat, Scope};
use crate::route::Route;

/// What a feed is of.
struct Subject<'a> {
    title: String,
    page: Route,
    own: Route,
    entries: Vec<EntryId>,
    whole: &'a Whole,
}

/// A feed as bytes. It is as old as its newest briefing: no clock is asked.
pub(super) fn of(whole: &Whole, route: &Route, scope: Scope, format: FeedFormat) -> Vec<u8> {
    let size = whole.config.feed_size;
    let subject = match scope {
        Scope::Site => Subject {
            title: whole.config.title.clone(),
            page: Route::home(),
            own: route.clone(),
            entries: (0..whole.catalogue.entries.len().min(size)).collect(),
            whole,
        },
        Scope::Term(taxonomy, at) => {
            let term = &whole.catalogue.index(taxonomy).terms[at];
            Subject {
                title: format!("{}: {}", whole.config.title, term.name),
                page: whole.term_route(taxonomy, term),
                own: route.clone(),
                entries: term.entries.iter().copied().take(size).collect(),
                whole,
            }
        }
    };
    match format {
        FeedFormat::Atom => atom(&subject).unwrap_or_default(),
        FeedFormat::Rss => rss(&subject).unwrap_or_default(),
        FeedFormat::Json => json_feed(&subject),
    }
}

/// The briefing's id in feeds: what its front matter says, else a `tag:` URI (RFC 4151) of its first address.
pub fn id(whole: &Whole, entry: EntryId) -> String {
    let entry = whole.entry(entry);
    let made = || format!("tag:{},{}:{}", whole.config.base_url.host(), entry.date, entry.briefing.slug);
    entry.briefing.head.id.clone().unwrap_or_else(made)
}

/// A briefing's whole text as feeds carry it: HTML with absolute links.
#[must_use]
pub fn content(whole: &Whole, id: EntryId) -> std::sync::Arc<str> {
    whole.feed_body(id, || for_xml(&article::for_feed(whole, id)))
}

/// Without the characters that XML 1.0 (section 2.2) does not allow, escaped or not.
fn for_xml(text: &str) -> String {
    let allowed = |c: &char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}');
    text.chars().filter(allowed).collect()
}

/// The first moment of a day in the site's zone, RFC 3339: days have no time of their own.
fn moment(whole: &Whole, date: Date) -> jiff::Zoned {
    let zone = whole.config.time_zone.clone();
    zone.to_ambiguous_zoned(date.at(0, 0, 0, 0)).compatible().unwrap_or_else(|_| jiff::Zoned::default())
}

fn published(whole: &Whole, id: EntryId) -> jiff::Zoned {
    let entry = whole.entry(id);
    let zone = whole.config.time_zone.clone();
    let visibility = Visibility {
        now: jiff::Timestamp::UNIX_EPOCH,
        time_zone: zone.clone(),
        drafts: false,
        future: false,
    };
    match entry.briefing.head.publish.and_then(|publish| visibility.exact(publish)) {
        Some(exact) => exact.to_zoned(zone),
        None => moment(whole, entry.date),
    }
}

/// When a briefing was last changed: its publication, or the day of a later change of substance.
fn updated(whole: &Whole, id: EntryId) -> jiff::Zoned {
    let day = moment(whole, whole.entry(id).updated());
    published(whole, id).max(day)
}

fn rfc3339(moment: &jiff::Zoned) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

fn rfc822(moment: &jiff::Zoned) -> String {
    moment.strftime("%a, %d %b %Y %H:%M:%S %z").to_string()
}

/// When the newest briefing of the feed was changed; a feed of nothing is as old as the first feed format.
fn newest(subject: &Subject<'_>) -> jiff::Zoned {
    let newest = subject.entries.iter().map(|id| updated(subject.whole, *id)).max();
    newest.unwrap_or_else(|| moment(subject.whole, Date::constant(1999, 3, 15)))
}

type Xml = Writer<Vec<u8>>;

fn text(xml: &mut Xml, name: &str, value: &str) -> std::io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&for_xml(value)))?;
    Ok(())
}

fn atom(subject: &Subject<'_>) -> std::io::Result<Vec<u8>> {
    let whole = subject.whole;
    let mut xml = Writer::new_with_indent(Vec::with_capacity(64 * 1024), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let publisher = publisher(whole);
    xml.create_element("feed")
        .with_attributes([
            ("xmlns", "http://www.w3.org/2005/Atom"),
            ("xml:lang", whole.config.language.as_str()),
        ])
        .write_inner_content(|xml| {
            text(xml, "title", &subject.title)?;
            if !whole.config.description.is_empty() {
                text(xml, "subtitle", &whole.config.description)?;
            }
            link(xml, "alternate", "text/html", &whole.absolute(&subject.page))?;
            link(xml, "self", "application/atom+xml", &whole.absolute(&subject.own))?;
            text(xml, "id", &whole.absolute(&subject.own))?;
            text(xml, "updated", &rfc3339(&newest(subject)))?;
            xml.create_element("author").write_inner_content(|xml| text(xml, "name", &publisher))?;
            xml.create_element("generator")
                .with_attribute(("uri", "https://crates.io/crates/newsgen"))
                .write_text_content(BytesText::new("newsgen"))?;
            subject.entries.iter().try_for_each(|id| atom_entry(xml, whole, *id))
        })?;
    finished(xml)
}

fn atom_entry(xml: &mut Xml, whole: &Whole, entry: EntryId) -> std::io::Result<()> {
    let place = whole.entry(entry);
    xml.create_element("entry").write_inner_content(|xml| {
        text(xml, "title", &place.briefing.title.text)?;
        link(xml, "alternate", "text/html", &whole.absolute(&place.route))?;
        text(xml, "id", &id(whole, entry))?;
        text(xml, "published", &rfc3339(&published(whole, entry)))?;
        text(xml, "updated", &rfc3339(&updated(whole, entry)))?;
        for author in &place.briefing.head.authors {
            xml.create_element("author").write_inner_content(|xml| text(xml, "name", author))?;
        }
        for tag in place.tags.iter().filter(|tag| tag.taxonomy != Taxonomy::Lens) {
            let term = whole.catalogue.term(tag);
            let scheme = whole.absolute(&Route::page(&[tag.taxonomy.folder()]));
            xml.create_element("category")
                .with_attributes([
                    ("term", &*term.id),
                    ("scheme", scheme.as_str()),
                    ("label", for_xml(&term.name).as_str()),
                ])
                .write_empty()?;
        }
        let summary = whole.summary(entry);
        if !summary.is_empty() {
            text(xml, "summary", &summary)?;
        }
        xml.create_element("content")
            .with_attribute(("type", "html"))
            .write_text_content(BytesText::new(&content(whole, entry)))?;
        Ok(())
    })?;
    Ok(())
}

fn link(xml: &mut Xml, relation: &str, mime: &str, href: &str) -> std::io::Result<()> {
    xml.create_element("link")
        .with_attributes([("rel", relation), ("type", mime), ("href", href)])
        .write_empty()?;
    Ok(())
}

fn rss(subject: &Subject<'_>) -> std::io::Result<Vec<u8>> {
    let whole = subject.whole;
    let mut xml = Writer::new_with_indent(Vec::with_capacity(64 * 1024), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let description =
        if whole.config.description.is_empty() { &subject.title } else { &whole.config.description };
    xml.create_element("rss")
        .with_attributes([
            ("version", "2.0"),
            ("xmlns:atom", "http://www.w3.org/2005/Atom"),
            ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ])
        .write_inner_content(|xml| {
            xml.create_element("channel").write_inner_content(|xml| {
                text(xml, "title", &subject.title)?;
                text(xml, "link", &whole.absolute(&subject.page))?;
                text(xml, "description", description)?;
                text(xml, "language", &whole.config.language)?;
                text(xml, "lastBuildDate", &rfc822(&newest(subject)))?;
                text(xml, "generator", "newsgen")?;
                xml.create_element("atom:link")
                    .with_attributes([
                        ("href", whole.absolute(&subject.own).as_str()),
                        ("rel", "self"),
                        ("type", "application/rss+xml"),
                    ])
                    .write_empty()?;
                subject.entries.iter().try_for_each(|id| rss_item(xml, whole, *id))
            })?;
            Ok(())
        })?;
    finished(xml)
}

fn rss_item(xml: &mut Xml, whole: &Whole, entry: EntryId) -> std::io::Result<()> {
    let place = whole.entry(entry);
    xml.create_element("item").write_inner_content(|xml| {
        text(xml, "title", &place.briefing.title.text)?;
        text(xml, "link", &whole.absolute(&place.route))?;
        xml.create_element("guid")
            .with_attribute(("isPermaLink", "false"))
            .write_text_content(BytesText::new(&for_xml(&id(whole, entry))))?;
        text(xml, "pubDate", &rfc822(&published(whole, entry)))?;
        for author in &place.briefing.head.authors {
            text(xml, "dc:creator", author)?;
        }
        for tag in place.tags.iter().filter(|tag| tag.taxonomy != Taxonomy::Lens) {
            text(xml, "category", &whole.catalogue.term(tag).name)?;
        }
        let summary = whole.summary(entry);
        if !summary.is_empty() {
            text(xml, "description", &summary)?;
        }
        text(xml, "content:encoded", &content(whole, entry))
    })?;
    Ok(())
}

fn json_feed(subject: &Subject<'_>) -> Vec<u8> {
    let whole = subject.whole;
    let items: Vec<Value> = subject
        .entries
        .iter()
        .map(|entry| {
            let place = whole.entry(*entry);
            let tags: Vec<&str> = place
                .tags
                .iter()
                .filter(|tag| tag.taxonomy != Taxonomy::Lens)
                .map(|tag| &*whole.catalogue.term(tag).name)
                .collect();
            let mut item = json!({
                "id": id(whole, *entry),
                "url": whole.absolute(&place.route),
                "title": place.briefing.title.text,
                "content_html": &*content(whole, *entry),
                "summary": whole.summary(*entry),
                "date_published": rfc3339(&published(whole, *entry)),
                "date_modified": rfc3339(&updated(whole, *entry)),
                "tags": tags,
            });
            let authors: Vec<Value> =
                place.briefing.head.authors.iter().map(|name| json!({ "name": name })).collect();
            if !authors.is_empty() {
                item["authors"] = Value::Array(authors);
            }
            item
        })
        .collect();
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": subject.title,
        "home_page_url": whole.absolute(&subject.page),
        "feed_url": whole.absolute(&subject.own),
        "language": whole.config.language,
        "authors": [{ "name": publisher(whole) }],
        "items": items,
    });
    if !whole.config.description.is_empty() {
        feed["description"] = json!(whole.config.description);
    }
    let mut bytes = serde_json::to_vec_pretty(&feed).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn publisher(whole: &Whole) -> String {
    let config = &whole.config;
    if config.publisher.is_empty() { config.title.clone() } else { config.publisher.clone() }
}

fn finished(xml: Xml) -> std::io::Result<Vec<u8>> {
    let mut bytes = xml.into_inner();
    bytes.write_all(b"\n")?;
    Ok(bytes)
}
