//! The one maker of addresses, and of the file names behind them. Nobody else glues paths.

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;

/// An address below the base path, decoded: `/regions/europe/`, `/feed.xml`. Starts with `/`; has no `..`, no empty part.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route(Arc<str>);

impl Route {
    /// `/`.
    #[must_use]
    pub fn home() -> Self {
        Self("/".into())
    }

    /// A page in folders: `["regions", "europe"]` is `/regions/europe/`. Parts come from slugs and ids.
    #[must_use]
    pub fn page(parts: &[&str]) -> Self {
        let mut path = String::from("/");
        for part in parts {
            path.push_str(part);
            path.push('/');
        }
        Self(path.into())
    }

    /// `/briefings/2025-06-05-call/`.
    #[must_use]
    pub fn briefing(date: Date, slug: &str) -> Self {
        Self::page(&["briefings", &format!("{date}-{slug}")])
    }

    /// `/issues/2025-06-05/`.
    #[must_use]
    pub fn issue(date: Date) -> Self {
        Self::page(&["issues", &date.to_string()])
    }

    /// `/regions/europe/`.
    #[must_use]
    pub fn term(folder: &str, id: &str) -> Self {
        Self::page(&[folder, id])
    }

    /// `/archive/2025/`.
    #[must_use]
    pub fn archive_year(year: i16) -> Self {
        Self::page(&["archive", &format!("{year:04}")])
    }

    /// `/archive/2025-06/`.
    #[must_use]
    pub fn archive_month(year: i16, month: i8) -> Self {
        Self::page(&["archive", &format!("{year:04}-{month:02}")])
    }

    /// A file at the top: `/robots.txt`, `/css/site.css`.
    #[must_use]
    pub fn file_at_top(name: &str) -> Self {
        Self(format!("/{name}").into())
    }

    /// A file in this page's folder: `feed.xml`, `index.md`.
    #[must_use]
    pub fn file_in(&self, name: &str) -> Self {
        Self(format!("{}{name}", self.0).into())
    }

    /// The n-th page of a list; the first is the list itself.
    #[must_use]
    pub fn numbered(&self, number: usize) -> Self {
        if number <= 1 { self.clone() } else { Self(format!("{}page/{number}/", self.0).into()) }
    }

    /// An address a person wrote (an alias): made absolute, checked.
    ///
    /// # Errors
    /// Says what is wrong with it: another site's address, `..`, a query, a control character.
    pub fn written(address: &str) -> Result<Self, &'static str> {
        let address = address.trim();
        if address.contains("://") || address.starts_with("//") {
            return Err("this is not an address of this site");
        }
        if address.contains(['?', '#', '\\']) || address.chars().any(char::is_control) {
            return Err("an address of a page has no `?`, `#`, backslash or control character");
        }
        let parts: Vec<&str> = address.split('/').filter(|part| !part.is_empty()).collect();
        if parts.is_empty() {
            return Err("the home page cannot be given to another page");
        }
        if parts.iter().any(|part| *part == "." || *part == "..") {
            return Err("an address of a page has no part `.` or `..`");
        }
        let is_file = !address.ends_with('/') && parts.last().is_some_and(|last| last.contains('.'));
        let path = format!("/{}{}", parts.join("/"), if is_file { "" } else { "/" });
        Ok(Self(path.into()))
    }

    /// A path as written in a link, from the top: percent-decoded; `None` if it leads out of the site.
    #[must_use]
    pub fn decoded(path: &str) -> Option<Self> {
        let mut bytes = Vec::with_capacity(path.len());
        let mut rest = path.as_bytes();
        while let Some((first, tail)) = rest.split_first() {
            let digit = |at: usize| tail.get(at).and_then(|byte| char::from(*byte).to_digit(16));
            match (first, digit(0), digit(1)) {
                (b'%', Some(high), Some(low)) => {
                    bytes.push(u8::try_from(high * 16 + low).ok()?);
                    rest = &tail[2..];
                }
                _ => {
                    bytes.push(*first);
                    rest = tail;
                }
            }
        }
        let path = String::from_utf8(bytes).ok()?;
        let bad = path.contains('\\')
            || path.chars().any(char::is_control)
            || path.split('/').any(|part| part == "..");
        let mut tidy = String::from("/");
        let folder = path.ends_with('/');
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
        tidy.push_str(&parts.join("/"));
        if folder && !parts.is_empty() {
            tidy.push('/');
        }
        (!bad).then(|| Self(tidy.into()))
    }

    /// A file that is only copied: its path below `static/`.
    #[must_use]
    pub fn copied(path: &str) -> Self {
        Self(format!("/{path}").into())
    }

    /// The address, decoded, without the base path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file behind it, relative to the output folder: `regions/europe/index.html`.
    #[must_use]
    pub fn file(&self) -> String {
        let path = self.0.trim_start_matches('/');
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
    }
}

impl fmt::Debug for Route {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Where the site is published: `https://desk.example/reports/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    origin: String,
    path: String,
}

impl BaseUrl {
    /// Reads an address; the path gets a slash at its end.
    ///
    /// # Errors
    /// Says what is missing.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let Some((scheme, rest)) = text.split_once("://") else {
            return Err("the address of a site begins with `https://` or `http://`".into());
        };
        let scheme = scheme.to_ascii_lowercase();
        if scheme != "http" && scheme != "https" {
            return Err("the address of a site begins with `https://` or `http://`".into());
        }
        if rest.contains(['?', '#', ' ', '"', '<', '>', '\\', '@']) || rest.chars().any(char::is_control) {
            return Err("the address of a site has a host and a path, nothing else".into());
        }
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host_name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        if host_name.is_empty() {
            return Err("the address of a site names a host, such as `https://example.org/`".into());
        }
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        if parts.iter().any(|part| *part == "." || *part == "..") {
            return Err("the address of a site has no `.` or `..` in its path".into());
        }
        let path = if parts.is_empty() { "/".to_owned() } else { format!("/{}/", parts.join("/")) };
        Ok(Self { origin: format!("{scheme}://{}", host.to_ascii_lowercase()), path })
    }

    /// The path under which the site lives: `/`, `/repo/`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Scheme and host, without a slash: `https://desk.example`.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The host without its port: the authority of feed ids.
    #[must_use]
    pub fn host(&self) -> &str {
        let host = self.origin.split_once("://").map_or(self.origin.as_str(), |(_, host)| host);
        host.rsplit_once(':').map_or(host, |(name, _)| name)
    }

    /// A route as written in a page's links: `/repo/regions/europe/`, percent-encoded (RFC 3986, section 2.1).
    #[must_use]
    pub fn href(&self, route: &Route) -> String {
        let mut href = String::with_capacity(self.path.len() + route.0.len());
        href.push_str(&self.path);
        encode(&route.0[1..], &mut href);
        href
    }

    /// A route as written in feeds, sitemaps and canonical links: with scheme and host.
    #[must_use]
    pub fn absolute(&self, route: &Route) -> String {
        format!("{}{}", self.origin, self.href(route))
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", self.origin, self.path)
    }
}

/// A path percent-encoded as in the links of pages; slashes stay.
#[must_use]
pub fn percent_encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    encode(path, &mut out);
    out
}

/// Percent-encodes all but unreserved characters, sub-delims that are harmless in HTML, and slashes.
fn encode(path: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$()*+,;=:@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

/// A text as part of an address: lower-case ASCII letters, digits, single hyphens; other scripts are transliterated,
/// apostrophes vanish (`Putin’s` is `putins`). Empty if nothing of it can be written so.
///
/// ```
/// assert_eq!(newsgen::route::slug("Putin’s “offer”: détente?"), "putins-offer-detente");
/// ```
#[must_use]
pub fn slug(text: &str) -> String {
    let text: String = text.chars().filter(|c| !matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´')).collect();
    // "U.S." and "e.g." keep together: dots between single letters vanish.
    let text = text.replace('&', " and ");
    let ascii = deunicode::deunicode(&text);
    let mut slug = String::with_capacity(ascii.len());
    let bytes = ascii.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        if byte.is_ascii_alphanumeric() {
            slug.push(char::from(byte.to_ascii_lowercase()));
        } else if *byte == b'.' && is_initial(bytes, at) {
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Whether the dot at `at` follows a single letter, as in `U.S.`.
fn is_initial(bytes: &[u8], at: usize) -> bool {
    let letter = at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_uppercase());
    let alone = at.checked_sub(2).is_none_or(|before| !bytes[before].is_ascii_alphanumeric());
    letter && alone
}

/// A slug of at most `limit` bytes, cut between words.
#[must_use]
pub fn short_slug(text: &str, limit: usize) -> String {
    let mut slug = slug(text);
    if slug.len() > limit {
        let cut = slug[..=limit].rfind('-').unwrap_or(limit);
        slug.truncate(cut);
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_knows_its_file() {
        assert_eq!(Route::home().file(), "index.html");
        assert_eq!(Route::page(&["regions", "europe"]).file(), "regions/europe/index.html");
        assert_eq!(Route::page(&["regions", "europe"]).file_in("feed.xml").file(), "regions/europe/feed.xml");
        assert_eq!(Route::page(&["actors"]).numbered(3).file(), "actors/page/3/index.html");
    }

    #[test]
    fn a_project_page_lives_below_its_base_path() {
        let base = BaseUrl::parse("https://Desk.example/repo").expect("a good address");
        assert_eq!(base.href(&Route::home()), "/repo/");
        assert_eq!(base.href(&Route::page(&["regions", "europe"])), "/repo/regions/europe/");
        assert_eq!(base.absolute(&Route::file_at_top("feed.xml")), "https://desk.example/repo/feed.xml");
        assert_eq!(base.to_string(), "https://desk.example/repo/");
    }

    #[test]
    fn odd_file_names_are_percent_encoded() {
        let base = BaseUrl::parse("http://a").expect("a good address");
        assert_eq!(base.href(&Route::copied("img/a b“ü.png")), "/img/a%20b%E2%80%9C%C3%BC.png");
    }

    #[test]
    fn an_alias_stays_inside_the_site() {
        assert!(Route::written("../up").is_err());
        assert!(Route::written("https://x/").is_err());
        assert!(Route::written("/").is_err());
        assert_eq!(
            Route::written("old/name").map(|route| route.as_str().to_owned()),
            Ok("/old/name/".into())
        );
        assert_eq!(
            Route::written("/old.html").map(|route| route.as_str().to_owned()),
            Ok("/old.html".into())
        );
    }

    #[test]
    fn slugs_keep_initials_together_and_drop_apostrophes() {
        assert_eq!(slug("For U.S. foreign policy"), "for-us-foreign-policy");
        assert_eq!(slug("Ukraine’s drones"), "ukraines-drones");
        assert_eq!(slug("S&P 500"), "s-and-p-500");
        assert_eq!(slug("???"), "");
        assert_eq!(slug("Владимир Путин"), "vladimir-putin");
    }
}
