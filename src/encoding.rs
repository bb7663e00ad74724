//! Bytes to text: UTF-8, or Windows-1252 when a file can only be that.

use crate::diagnostic::Diagnostic;
use crate::source::SitePath;

/// How a text was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// Windows-1252, recognised because it cannot be UTF-8 (read as the WHATWG Encoding Standard defines it).
    Windows1252,
}

/// Reads bytes as text.
///
/// # Errors
/// A note that points at the first byte that is no text: a NUL, UTF-16, or a mixture of encodings.
/// Its offset counts bytes of the raw file.
pub fn decode(path: &SitePath, bytes: Vec<u8>) -> Result<(String, Encoding), Diagnostic> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Diagnostic::error("not-utf8", "this file is UTF-16, which newsgen does not read")
            .in_file(path)
            .help("save it as UTF-8"));
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        let (line, column) = line_and_column(&bytes, at);
        return Err(Diagnostic::error(
            "nul-byte",
            format!("line {line}, column {column} holds a NUL byte: this is not a text"),
        )
        .in_file(path)
        .help("export the briefing as plain text again, or move the file out of content/"));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok((text, Encoding::Utf8)),
        Err(failed) => {
            let at = failed.utf8_error().valid_up_to();
            let bytes = failed.into_bytes();
            if is_windows_1252(&bytes) {
                let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
                Ok((text.into_owned(), Encoding::Windows1252))
            } else {
                let (line, column) = line_and_column(&bytes, at);
                Err(Diagnostic::error(
                    "not-utf8",
                    format!("line {line}, column {column}: byte 0x{:02x} is not UTF-8", bytes[at]),
                )
                .in_file(path)
                .help("save the file as UTF-8"))
            }
        }
    }
}

/// Whether bytes that are not UTF-8 can be Windows-1252: every high byte has a meaning there, and none
/// of them stands in a valid UTF-8 sequence (that would be a mixture of two encodings).
fn is_windows_1252(bytes: &[u8]) -> bool {
    const UNDEFINED: [u8; 5] = [0x81, 0x8d, 0x8f, 0x90, 0x9d];
    let defined = bytes.iter().all(|byte| !UNDEFINED.contains(byte));
    let unmixed = bytes.utf8_chunks().all(|chunk| chunk.valid().is_ascii());
    let printable = bytes.iter().all(|byte| *byte >= 0x20 || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c));
    defined && unmixed && printable
}

/// 1-based line and byte column of an offset.
fn line_and_column(bytes: &[u8], at: usize) -> (usize, usize) {
    let before = &bytes[..at];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = at - before.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1) + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8]) -> Result<(String, Encoding), String> {
        decode(&SitePath::new("a.txt"), bytes.to_vec()).map_err(|note| note.message)
    }

    #[test]
    fn utf8_is_read_as_it_is() {
        assert_eq!(check("détente".as_bytes()), Ok(("détente".into(), Encoding::Utf8)));
    }

    #[test]
    fn a_word_processor_file_is_read_as_windows_1252() {
        assert_eq!(check(b"Iran\x92s \x93offer\x94"), Ok(("Iran’s “offer”".into(), Encoding::Windows1252)));
    }

    #[test]
    fn a_mixture_of_encodings_is_refused_with_its_place() {
        let mixed = [b"one\nd\xc3\xa9tente ".as_slice(), b"\x93bad\x94"].concat();
        assert_eq!(check(&mixed), Err("line 2, column 10: byte 0x93 is not UTF-8".into()));
    }

    #[test]
    fn a_nul_byte_is_refused_with_its_place() {
        assert!(check(b"ab\0c").is_err_and(|message| message.starts_with("line 1, column 3")));
    }

    #[test]
    fn utf16_is_refused_by_name() {
        assert!(check(b"\xff\xfea\0").is_err_and(|message| message.contains("UTF-16")));
    }
}
