//! Who may ask. A preview shows drafts: no other site in the same browser may read them, by whatever name it calls us.
//!
//! A page elsewhere cannot choose the `Host` that a browser sends, so a name of its own that leads to this machine (DNS
//! rebinding) is recognised by it; and browsers say in `Origin` and `Sec-Fetch-Site` who is asking (W3C Fetch Metadata).

use std::net::{IpAddr, SocketAddr};

use axum::http::header::{HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN};
use axum::http::{Method, StatusCode, Uri};

/// The names that the preview answers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// What `--bind` says, where it is a name and not an address.
    bound: Option<String>,
}

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It asks for a host that is not this one, or for none.
    ForeignHost,
    /// Another site asks.
    ForeignSite,
    /// It wants to change something.
    Method,
}

impl Refusal {
    /// As a status.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::ForeignHost | Self::ForeignSite => StatusCode::FORBIDDEN,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
        }
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::ForeignHost => {
                "403: this preview answers to localhost, 127.0.0.1, [::1] and to what `newsgen serve --bind` names\n"
            }
            Self::ForeignSite => "403: this preview answers to its own pages, not to those of other sites\n",
            Self::Method => "405: a preview can be read, nothing else\n",
        }
    }
}

impl Names {
    /// The names for what `--bind` says.
    #[must_use]
    pub fn of(bind: &str) -> Self {
        let name = bind.trim_matches(['[', ']']);
        let is_address = name.parse::<IpAddr>().is_ok();
        Self { bound: (!is_address).then(|| name.to_ascii_lowercase()) }
    }

    /// Whether a `Host` is ours. `local` is the address that the client reached: an address names itself, so it can
    /// be trusted where a name cannot.
    fn allow(&self, host: &str, local: IpAddr) -> bool {
        let name = host_name(host).to_ascii_lowercase();
        if name == "localhost" || self.bound.as_deref() == Some(&*name) {
            return true;
        }
        let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        let is_v6_written_right = !name.contains("::") || name.starts_with('[');
        address.is_ok_and(|address| {
            is_v6_written_right && (is_home(address) || address.to_canonical() == local.to_canonical())
        })
    }
}

/// 127.0.0.1 and `::1`, the two that people type.
fn is_home(address: IpAddr) -> bool {
    address == IpAddr::from([127, 0, 0, 1]) || address == IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1])
}

/// The host without its port.
fn host_name(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Whether a request must be refused, and why.
///
/// # Errors
/// The reason.
pub fn check(
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    names: &Names,
    local: SocketAddr,
) -> Result<(), Refusal> {
    let host = only(headers, &HOST).ok_or(Refusal::ForeignHost)?;
    // A request in absolute form names the host twice.
    let twin = uri.authority().is_none_or(|authority| authority.as_str().eq_ignore_ascii_case(host));
    if !twin || !names.allow(host, local.ip()) {
        return Err(Refusal::ForeignHost);
    }
    if headers.contains_key(ORIGIN) {
        let origin = only(headers, &ORIGIN).ok_or(Refusal::ForeignSite)?;
        let own = origin.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http://"))
            && origin[7..].eq_ignore_ascii_case(host);
        if !own {
            return Err(Refusal::ForeignSite);
        }
    }
    let site = HeaderName::from_static("sec-fetch-site");
    if headers.contains_key(&site) {
        match only(headers, &site) {
            Some("same-origin" | "none") => {}
            // Another server on this machine may lead here by a link, but not read or frame us.
            Some("same-site") if is_visit(headers) => {}
            _ => return Err(Refusal::ForeignSite),
        }
    }
    if matches!(*method, Method::GET | Method::HEAD) { Ok(()) } else { Err(Refusal::Method) }
}

/// Somebody follows a link in a window of their own.
fn is_visit(headers: &HeaderMap) -> bool {
    let says = |name: &'static str, value| only(headers, &HeaderName::from_static(name)) == Some(value);
    says("sec-fetch-mode", "navigate") && says("sec-fetch-dest", "document")
}

/// The value of a header that is there exactly once, in plain ASCII.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(first)
}

/// What every answer says, refusals included: nobody keeps it, nobody guesses its type, no other site reads or frames it.
pub fn protect(headers: &mut HeaderMap) {
    for (name, value) in [
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("x-frame-options", "SAMEORIGIN"),
        ("referrer-policy", "no-referrer"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    // What would let a browser ask again whether it may keep what it has.
    for name in ["last-modified", "etag", "access-control-allow-origin"] {
        headers.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_host(host: &str, bind: &str) -> bool {
        Names::of(bind).allow(host, IpAddr::from([192, 168, 1, 7]))
    }

    #[test]
    fn only_this_machine_and_what_bind_names_are_answered() {
        for host in
            ["localhost", "LOCALHOST:1111", "127.0.0.1:1111", "[::1]", "[::1]:1111", "192.168.1.7:1111"]
        {
            assert!(check_host(host, "127.0.0.1"), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example:1111",
            "127.0.0.2",
            "192.168.1.8",
            "::1",
            "localhost:",
            "localhost:1x",
            "0.0.0.0",
            "localhost@evil.example",
        ] {
            assert!(!check_host(host, "127.0.0.1"), "{host}");
        }
        assert!(check_host("desk.lan:1111", "desk.lan"));
        assert!(!check_host("desk.lan:1111", "0.0.0.0"));
    }
}
