//! What becomes of the addresses and the raw HTML in a text that somebody pasted.

use pulldown_cmark::{Event, Parser, Tag};

use super::dialect::DIALECT;
use crate::config::ContentPolicy;

/// Knows where the links of a text lead.
pub trait Addresses {
    /// The address of something inside the site, as it should be printed: `/about/`, `other-briefing.md`,
    /// `chart.png`. `None` if the text does not mean something inside the site.
    fn inside(&self, written: &str) -> Option<String>;
}

/// Schemes that only ever open something.
const SAFE_SCHEMES: [&str; 8] = ["http", "https", "mailto", "tel", "sms", "ftp", "geo", "xmpp"];

/// The scheme of an address (RFC 3986, section 3.1) as a browser would see it: tabs, newlines and leading
/// control characters do not hide it.
fn scheme(address: &str) -> Option<String> {
    let seen: String = address
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .skip_while(|c| *c <= ' ')
        .take(64)
        .collect();
    let (scheme, _) = seen.split_once(':')?;
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    named.then(|| scheme.to_ascii_lowercase())
}

/// The address to print for a link or a picture; `None` if it could run a script.
pub(super) fn address(written: &str, addresses: &dyn Addresses, policy: ContentPolicy) -> Option<String> {
    match scheme(written) {
        Some(scheme) => {
            let safe = SAFE_SCHEMES.contains(&scheme.as_str()) || policy == ContentPolicy::Trusted;
            (safe && has_host(&scheme, written)).then(|| encoded(written))
        }
        None if written.starts_with('#') || written.starts_with("//") => Some(encoded(written)),
        None => Some(addresses.inside(written).unwrap_or_else(|| encoded(written))),
    }
}

/// Whether a web address names a host: `https://../` does not, and no browser opens it.
fn has_host(scheme: &str, address: &str) -> bool {
    if scheme != "http" && scheme != "https" {
        return true;
    }
    let rest = address.trim_start().get(scheme.len() + 1..).unwrap_or("").trim_start_matches(['/', '\\']);
    let host = rest.split(['/', '?', '#', '\\']).next().unwrap_or("");
    !host.trim_end_matches('.').is_empty() && !host.contains("..")
}

/// An address with the characters percent-encoded that no URL may hold (URL Standard, "URL code points"); what is
/// encoded already stays.
fn encoded(address: &str) -> String {
    let is_ipv6 = address.contains("//[");
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        let is_bracket = matches!(c, '[' | ']');
        let is_bad = c.is_ascii_control()
            || matches!(c, ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
            || (is_bracket && !is_ipv6);
        if is_bad {
            out.push_str(&format!("%{:02X}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// What a piece of raw HTML becomes in a text that is shown, never run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// `<br>` is a line break.
    Break,
    /// A comment is left out: it was never meant for readers.
    Nothing,
    /// Everything else is shown as it was typed.
    AsText,
}

/// Decides about a piece of raw HTML.
pub(super) fn kept(raw: &str) -> Kept {
    let trimmed = raw.trim();
    if trimmed.starts_with("<!--") && trimmed.ends_with("-->") {
        return Kept::Nothing;
    }
    let name =
        trimmed.strip_prefix("<br").map(|rest| rest.trim_end_matches('>').trim_end_matches('/').trim());
    if name == Some("") { Kept::Break } else { Kept::AsText }
}

/// What [`ContentPolicy::Safe`] takes from a text: raw HTML that is shown instead of run, comments, and links
/// that could run a script. Each as it was typed, in text order.
#[must_use]
pub fn removed(markdown: &str) -> Vec<(&'static str, String)> {
    // Nothing of it can be there without one of these characters; most texts have neither.
    if !markdown.contains('<') && !markdown.contains("](") && !markdown.contains("]:") {
        return Vec::new();
    }
    let found = Parser::new_ext(markdown, DIALECT).filter_map(|event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => match kept(&raw) {
            Kept::Break => None,
            Kept::Nothing => Some(("html-comment", raw.trim().to_owned())),
            Kept::AsText => Some(("raw-html", raw.trim().to_owned())),
        },
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
            let unsafe_scheme =
                scheme(&dest_url).is_some_and(|scheme| !SAFE_SCHEMES.contains(&scheme.as_str()));
            unsafe_scheme.then(|| ("unsafe-link", dest_url.into_string()))
        }
        _ => None,
    });
    found.collect()
}

/// A text with its bare `https://…` addresses as links, as HTML.
pub(super) fn with_bare_addresses(text: &str) -> String {
    let mut finder = linkify::LinkFinder::new();
    finder.kinds(&[linkify::LinkKind::Url]);
    let mut html = String::with_capacity(text.len() + 64);
    for piece in finder.spans(text) {
        let shown = escaped(piece.as_str());
        let scheme = scheme(piece.as_str()).filter(|scheme| matches!(scheme.as_str(), "http" | "https"));
        let is_web = scheme.is_some_and(|scheme| has_host(&scheme, piece.as_str()));
        if piece.kind().is_some() && is_web {
            html.push_str(&format!("<a href=\"{}\">{shown}</a>", escaped(&encoded(piece.as_str()))));
        } else {
            html.push_str(&shown);
        }
    }
    html
}

/// A text inside HTML, attributes included.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
    html
}
