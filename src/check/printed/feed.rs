//! Feeds and sitemaps read back: where they lead.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

use super::html::{self, Address, Purpose};

/// The addresses in Atom, RSS or a sitemap, in order. `content`: whether the texts of entries are read too.
///
/// What is read was written by this program, so it is well formed (the tests read every kind back).
#[must_use]
pub fn xml(text: &str, content: bool) -> Vec<Address> {
    let mut feed = Feed::default();
    let mut reader = Reader::from_str(text);
    // The words of the element that is open, and its name.
    let (mut name, mut words) = (String::new(), String::new());
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                feed.start(&start);
                start.name().as_ref().clone_into(&mut name);
                words.clear();
            }
            Ok(Event::Empty(start)) => feed.start(&start),
            Ok(Event::Text(text)) => words.push_str(&text.xml10_content()),
            Ok(Event::CData(text)) => words.push_str(&text.xml10_content()),
            Ok(Event::GeneralRef(reference)) => match reference.resolve_char_ref() {
                Ok(Some(c)) => words.push(c),
                _ => words.push_str(match &*reference.xml10_content() {
                    "lt" => "<",
                    "gt" => ">",
                    "amp" => "&",
                    "quot" => "\"",
                    "apos" => "'",
                    _ => "",
                }),
            },
            Ok(Event::End(end)) => {
                if end.name().as_ref() == name {
                    feed.end(&name, &words, content);
                }
                name.clear();
                words.clear();
            }
            Ok(Event::Eof) | Err(_) => return feed.addresses,
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
        }
    }
}

#[derive(Default)]
struct Feed {
    addresses: Vec<Address>,
}

impl Feed {
    fn start(&mut self, start: &BytesStart<'_>) {
        let key = match start.name().as_ref() {
            "link" | "atom:link" => "href",
            "enclosure" => "url",
            _ => return,
        };
        if let Ok(Some(value)) = start.try_get_attribute(key) {
            let href = quick_xml::escape::unescape(&value.value).map(std::borrow::Cow::into_owned);
            self.addresses.extend(href.ok().map(|href| Address { href, purpose: Purpose::Link }));
        }
    }

    fn end(&mut self, name: &str, words: &str, content: bool) {
        match name {
            "link" | "loc" | "comments" if !words.trim().is_empty() => {
                self.addresses.push(Address { href: words.trim().to_owned(), purpose: Purpose::Link });
            }
            "content" | "content:encoded" if content => self.addresses.extend(html::read(words).addresses),
            _ => {}
        }
    }
}

/// The addresses in a JSON Feed 1.1, in order, those in the texts included.
#[must_use]
pub fn json(text: &str) -> Vec<Address> {
    let mut addresses = Vec::new();
    let value: Value = serde_json::from_str(text).unwrap_or_default();
    let items = value.get("items").and_then(Value::as_array).into_iter().flatten();
    for object in std::iter::once(&value).chain(items) {
        let links = ["home_page_url", "feed_url", "next_url", "url"].map(|key| (key, Purpose::Link));
        let pictures = ["icon", "favicon", "image", "banner_image"].map(|key| (key, Purpose::Picture));
        for (key, purpose) in links.into_iter().chain(pictures) {
            if let Some(href) = object.get(key).and_then(Value::as_str) {
                addresses.push(Address { href: href.to_owned(), purpose });
            }
        }
        if let Some(content) = object.get("content_html").and_then(Value::as_str) {
            addresses.extend(html::read(content).addresses);
        }
    }
    addresses
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(addresses: Vec<Address>) -> Vec<String> {
        addresses.into_iter().map(|address| address.href).collect()
    }

    #[test]
    fn every_address_of_a_feed_is_read() {
        let atom = "<feed><link href=\"https://x/?a&amp;b\"/><entry><content type=\"html\">&lt;a href=\"/y\"&gt;</content></entry></feed>";
        assert_eq!(check(xml(atom, true)), ["https://x/?a&b", "/y"]);
        assert_eq!(check(xml(atom, false)), ["https://x/?a&b"]);
        let rss = "<rss><channel><link>https://x/</link><item><content:encoded><![CDATA[<img src=z>]]></content:encoded></item></channel></rss>";
        assert_eq!(check(xml(rss, true)), ["https://x/", "z"]);
        assert_eq!(check(json("{\"items\":[{\"url\":\"u\",\"content_html\":\"<a href=v>\"}]}")), ["u", "v"]);
    }
}
