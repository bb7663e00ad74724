//! The editor's view.

use axum::http::StatusCode;
use std::sync::Arc;

use super::edition::Edition;
use super::mime;

/// Its style sheet.
pub const STYLE: &str = "";
/// Its script.
pub const SCRIPT: &str = "";

/// A page of the editor's view.
pub struct View {
    /// The status.
    pub status: StatusCode,
    /// The type.
    pub mime: &'static str,
    /// The page.
    pub body: Vec<u8>,
}

/// A page by its address.
pub fn page(_edition: &Edition, _below: &str, _query: &str) -> Option<View> {
    Some(View { status: StatusCode::OK, mime: mime::HTML, body: b"desk".to_vec() })
}

/// The state of a page of the editor's view.
pub fn version(edition: &Edition, _below: &str) -> Arc<str> {
    edition.number.to_string().into()
}

/// A field of a query, decoded.
pub fn field(query: &str, name: &str) -> Option<String> {
    let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    let bytes = value.replace('+', " ").into_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).ok()?);
                at += 3;
            }
            (byte, _, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).ok()
}
