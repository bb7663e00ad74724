//! What readers who cannot see, or who only skim, would miss: descriptions of pictures, the order of headings, a
//! summary that is one.

use super::document::Document;
use crate::briefing::Briefing;
use crate::diagnostic::Diagnostic;

/// The longest summary, in characters: search engines cut at about 160, feed readers and cards at about 300.
pub const LONGEST_SUMMARY: usize = 300;

/// Pictures that nobody describes.
pub fn alt(document: &Document<'_>, notes: &mut Vec<Diagnostic>) {
    for picture in document.pictures.iter().filter(|picture| picture.alt.trim().is_empty()) {
        let note = document.object(
            "missing-alt",
            format!("the picture {} is not described", picture.address),
            picture.span.clone(),
        );
        notes.push(note.help(format!("say what it shows: `![Exports by month]({})`", picture.address)));
    }
}

/// Headings that leave out a level.
pub fn headings(document: &Document<'_>, notes: &mut Vec<Diagnostic>) {
    for pair in document.headings.windows(2) {
        let ((above, _), (below, span)) = (&pair[0], &pair[1]);
        if *below > above + 1 {
            let note = document.object(
                "heading-jump",
                format!("this heading of level {below} follows one of level {above}"),
                span.clone(),
            );
            notes.push(note.help(format!("write it with {} `#`", above + 1)));
        }
    }
}

/// A summary that is an article.
#[must_use]
pub fn summary(briefing: &Briefing, document: &Document<'_>) -> Option<Diagnostic> {
    let summary = briefing.head.summary.as_ref()?;
    let length = summary.chars().count();
    if length <= LONGEST_SUMMARY {
        return None;
    }
    let at = document.text.find("summary:").unwrap_or(0);
    let end = document.text[at..].find('\n').map_or(document.text.len(), |end| at + end);
    let message = format!("the summary has {length} characters");
    let note = document.object("long-summary", message, at..end);
    Some(note.help(format!("keep it below {LONGEST_SUMMARY}: lists, feeds and cards cut the rest off")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::tests::{prose, site};

    #[test]
    fn a_picture_without_a_description_is_found() {
        assert_eq!(prose(alt, "![](chart.png)"), ["missing-alt [![](chart.png)]"]);
        assert_eq!(prose(alt, "![Exports by month](chart.png)"), Vec::<String>::new());
    }

    #[test]
    fn a_heading_that_leaves_out_a_level_is_found() {
        assert_eq!(prose(headings, "## A\n\n#### B\n"), ["heading-jump [#### B]"]);
        assert_eq!(prose(headings, "## A\n\n### B\n\n#### C\n\n## D\n"), Vec::<String>::new());
    }

    #[test]
    fn a_summary_that_is_an_article_is_found() {
        let briefing = |length: usize| {
            format!(
                "---\ntitle: \"A\"\ndate: \"2025-06-05\"\nsummary: \"{}\"\n---\n\nThey met.\n",
                "word ".repeat(length / 5)
            )
        };
        assert!(site(&[("content/briefings/a.md", &briefing(400))]).contains(&"long-summary".to_owned()));
        assert!(!site(&[("content/briefings/a.md", &briefing(250))]).contains(&"long-summary".to_owned()));
    }
}
