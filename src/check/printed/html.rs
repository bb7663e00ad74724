//! A printed page read back as a browser would: where it leads, what it shows, what can be linked to in it. The one
//! door to html5gum, a tokenizer of the WHATWG HTML standard (section 13.2.5).

use std::convert::Infallible;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

/// What matters of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Html {
    /// What stands in `<title>` of the head, without the white space around it.
    pub title: String,
    /// Every `id`, in page order, repeated ones repeated.
    pub ids: Vec<String>,
    /// Every address, in page order.
    pub addresses: Vec<Address>,
}

/// An address in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// As printed, entities resolved.
    pub href: String,
    /// What a browser does with it.
    pub purpose: Purpose,
}

/// What a browser does with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Readers follow it.
    Link,
    /// It is shown: a picture, a film, a frame.
    Picture,
    /// The page needs it: a style sheet, a script, an icon, a feed.
    Asset,
}

/// Reads a page, or a piece of one.
#[must_use]
pub fn read(html: &str) -> Html {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut page = Html::default();
    // A drawing has a `<title>` too; only the first, in the head, is the page's.
    let mut in_title = false;
    let mut has_title = false;
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let token: Result<Token, Infallible> = token;
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = text(&tag.name);
                let get = |key: &str| tag.attributes.get(key.as_bytes()).map(|value| text(value));
                in_title = name == "title" && !has_title;
                if let Some(id) = get("id") {
                    page.ids.push(id);
                } else if name == "a"
                    && let Some(id) = get("name")
                {
                    page.ids.push(id);
                }
                addresses(&name, get, &mut page.addresses);
            }
            Token::EndTag(tag) if in_title && *tag.name == b"title"[..] => {
                in_title = false;
                has_title = true;
            }
            Token::String(words) if in_title => page.title.push_str(text(&words).trim()),
            _ => {}
        }
    }
    page
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The addresses of one element (HTML, section 4, "Attributes": those that take a URL).
fn addresses(name: &str, get: impl Fn(&str) -> Option<String>, found: &mut Vec<Address>) {
    let mut put = |key: &str, purpose| {
        if let Some(href) = get(key) {
            found.push(Address { href, purpose });
        }
    };
    match name {
        "a" | "area" => put("href", Purpose::Link),
        "form" => put("action", Purpose::Link),
        "link" => {
            let rel = get("rel").unwrap_or_default().to_ascii_lowercase();
            // To connect early is a hint, not an address that anything is at.
            if !rel.split_ascii_whitespace().any(|word| matches!(word, "preconnect" | "dns-prefetch")) {
                put("href", Purpose::Asset);
            }
        }
        "script" => put("src", Purpose::Asset),
        "img" | "source" | "audio" | "iframe" | "embed" | "track" | "input" => put("src", Purpose::Picture),
        "video" => {
            put("src", Purpose::Picture);
            put("poster", Purpose::Picture);
        }
        "object" => put("data", Purpose::Picture),
        "meta" => meta(&get, found),
        _ => {}
    }
    if matches!(name, "img" | "source")
        && let Some(set) = get("srcset")
    {
        let each = set.split(',').filter_map(|one| one.split_ascii_whitespace().next());
        found.extend(each.map(|href| Address { href: href.to_owned(), purpose: Purpose::Picture }));
    }
}

/// `<meta http-equiv="refresh" content="0; url=…">` and what cards of social networks show.
fn meta(get: &impl Fn(&str) -> Option<String>, found: &mut Vec<Address>) {
    let content = get("content").unwrap_or_default();
    if get("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh")) {
        let target = content.split_once(';').map(|(_, rest)| rest.trim()).unwrap_or_default();
        if let Some((key, href)) = target.split_once('=')
            && key.trim().eq_ignore_ascii_case("url")
        {
            let href = href.trim().trim_matches(['"', '\'']).to_owned();
            found.push(Address { href, purpose: Purpose::Link });
        }
    }
    match get("property").as_deref() {
        Some("og:image") => found.push(Address { href: content, purpose: Purpose::Picture }),
        Some("og:url") => found.push(Address { href: content, purpose: Purpose::Link }),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str) -> Vec<(String, Purpose)> {
        read(html).addresses.into_iter().map(|address| (address.href, address.purpose)).collect()
    }

    #[test]
    fn addresses_are_read_as_a_browser_reads_them() {
        assert_eq!(check("<a href='/a?b=1&amp;c=2'>x</a>"), [("/a?b=1&c=2".into(), Purpose::Link)]);
        assert_eq!(check("<IMG SRC=x.png srcset=\"y.png 2x, z.png 3x\">").len(), 3);
        assert_eq!(check("<link rel=stylesheet href=/s.css><link rel=preconnect href=//x>").len(), 1);
        assert_eq!(
            check("<meta http-equiv=refresh content=\"0; url=/new/\">"),
            [("/new/".into(), Purpose::Link)]
        );
    }

    #[test]
    fn what_only_looks_like_markup_is_none() {
        assert_eq!(check("<script>let a = '<a href=/x>';</script><!-- <a href=/y> -->"), []);
        assert_eq!(check("&lt;a href=/x&gt; <textarea><a href=/z></textarea>"), []);
    }

    #[test]
    fn the_title_is_the_heads_and_ids_are_kept_in_order() {
        let page = read("<title> A &amp; B </title><svg><title>no</title></svg><p id=x><p id=x><a name=y>");
        assert_eq!(page.title, "A & B");
        assert_eq!(page.ids, ["x", "x", "y"]);
    }
}
