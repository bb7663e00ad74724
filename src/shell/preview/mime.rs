//! What kind of file an answer is, with its charset.

use crate::plan::{FeedFormat, Page, PageKind};

/// A page.
pub const HTML: &str = "text/html; charset=utf-8";
/// A message in plain words.
pub const TEXT: &str = "text/plain; charset=utf-8";
/// A script.
pub const SCRIPT: &str = "text/javascript; charset=utf-8";
/// A style sheet.
pub const STYLE: &str = "text/css; charset=utf-8";

/// The type of a page that newsgen makes.
#[must_use]
pub fn of_kind(page: &Page) -> &'static str {
    match &page.kind {
        PageKind::Feed { format: FeedFormat::Atom, .. } => "application/atom+xml; charset=utf-8",
        PageKind::Feed { format: FeedFormat::Rss, .. } => "application/rss+xml; charset=utf-8",
        PageKind::Feed { format: FeedFormat::Json, .. } => "application/feed+json; charset=utf-8",
        PageKind::BriefingMarkdown(_) => "text/markdown; charset=utf-8",
        PageKind::SearchIndex => "application/json; charset=utf-8",
        PageKind::Sitemap | PageKind::SitemapPart(_) => "application/xml; charset=utf-8",
        PageKind::Robots | PageKind::NoJekyll => TEXT,
        PageKind::ThemeAsset(name) => of_name(name).unwrap_or("application/octet-stream"),
        PageKind::Copied(path) => of_name(path.as_str()).unwrap_or("application/octet-stream"),
        PageKind::Home { .. }
        | PageKind::Briefing(_)
        | PageKind::Issues { .. }
        | PageKind::Issue(_)
        | PageKind::Terms(_)
        | PageKind::Term { .. }
        | PageKind::Archive
        | PageKind::ArchiveYear(_)
        | PageKind::ArchiveMonth(..)
        | PageKind::Standing(_)
        | PageKind::Search
        | PageKind::NotFound
        | PageKind::Redirect(_) => HTML,
    }
}

/// The type of a file by its ending; `None` if it is not one that sites commonly have.
#[must_use]
pub fn of_name(name: &str) -> Option<&'static str> {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    Some(match ending.as_str() {
        "html" | "htm" => HTML,
        "css" => STYLE,
        "js" | "mjs" => SCRIPT,
        "txt" | "log" => TEXT,
        "md" => "text/markdown; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "vtt" => "text/vtt; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "xml" | "xsl" => "application/xml; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "pdf" => "application/pdf",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "wav" => "audio/wav",
        "flac" => "audio/flac",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "mov" => "video/quicktime",
        "zip" => "application/zip",
        "epub" => "application/epub+zip",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "wasm" => "application/wasm",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_count_whatever_their_case() {
        assert_eq!(of_name("img/Chart.PNG"), Some("image/png"));
        assert_eq!(of_name("css/site.css"), Some(STYLE));
        assert_eq!(of_name("LICENSE"), None);
    }
}
