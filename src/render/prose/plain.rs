//! Markdown to plain text: for summaries, search and feeds' short forms.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use unicode_segmentation::UnicodeSegmentation;

use super::dialect::DIALECT;

/// The words of a text without its markup, one space between them. Pictures, code blocks, tables, raw HTML and
/// footnotes are left out. Stops after about `limit` bytes.
#[must_use]
pub fn plain(markdown: &str, limit: usize) -> String {
    let mut text = String::with_capacity(markdown.len().min(limit + 64));
    let mut skipped = 0_usize;
    for event in Parser::new_ext(markdown, DIALECT) {
        match event {
            Event::Start(tag) if is_skipped(&tag) => skipped += 1,
            Event::End(tag) => {
                if is_skipped_end(tag) {
                    skipped = skipped.saturating_sub(1);
                }
                if matches!(tag, TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item) {
                    space(&mut text);
                }
            }
            Event::Text(words) | Event::Code(words) if skipped == 0 => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak if skipped == 0 => space(&mut text),
            _ => {}
        }
        if text.len() > limit {
            break;
        }
    }
    let one_line: Vec<&str> = text.split_whitespace().collect();
    one_line.join(" ")
}

fn space(text: &mut String) {
    if !text.is_empty() && !text.ends_with(' ') {
        text.push(' ');
    }
}

fn is_skipped(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Image { .. } | Tag::CodeBlock(_) | Tag::Table(_) | Tag::HtmlBlock | Tag::FootnoteDefinition(_)
    )
}

fn is_skipped_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Image | TagEnd::CodeBlock | TagEnd::Table | TagEnd::HtmlBlock | TagEnd::FootnoteDefinition
    )
}

/// The start of a text as a summary of at most `limit` characters: whole sentences if one fits (sentence
/// boundaries as in UAX #29), else whole words and an ellipsis.
#[must_use]
pub fn summary(markdown: &str, limit: usize) -> String {
    shortened(&plain(markdown, limit * 4), limit)
}

/// The same for a text whose first sentence may have become the headline: that sentence is not said twice. Empty if
/// nothing else is said.
#[must_use]
pub fn summary_below(headline: &str, markdown: &str, limit: usize) -> String {
    let text = plain(markdown, limit * 4);
    if !text.starts_with(headline.trim_end_matches(['…', '.', ' '])) {
        return shortened(&text, limit);
    }
    // A boundary inside the headline ("the U.S. economy") is none.
    let mut first = 0;
    for sentence in text.split_sentence_bounds() {
        first += sentence.len();
        if first >= headline.len() {
            break;
        }
    }
    shortened(&text[first..], limit)
}

fn shortened(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let mut whole = String::new();
    for sentence in text.split_sentence_bounds() {
        let longer = whole.chars().count() + sentence.trim_end().chars().count();
        if longer > limit {
            break;
        }
        whole.push_str(sentence);
    }
    let whole = whole.trim_end();
    // A lone "U.S." is no summary: half the room or more must be used, and the sentence must have ended.
    if whole.chars().count() * 2 >= limit && whole.ends_with(['.', '!', '?', '”', '"', '’']) {
        return whole.to_owned();
    }
    let mut cut = String::new();
    for word in text.split(' ') {
        if cut.chars().count() + word.chars().count() + 2 > limit {
            break;
        }
        if !cut.is_empty() {
            cut.push(' ');
        }
        cut.push_str(word);
    }
    let kept = cut.trim_end_matches([',', ';', ':', '–', '—', '-', '(', ' ']);
    format!("{kept}…")
}
