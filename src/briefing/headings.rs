//! Which lines are headings, and which paragraphs begin with one: `## Words`, bold lines, bare lines, `For X: text`.

use std::borrow::Cow;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser};

use super::element::{BARE, BOLD, Rank};
use super::letters::{continues, ends_sentence, is_bullet, is_space, one_line, trim};
use super::names::{LONGEST, Names, Opens, bare_words};

/// The Markdown that briefings are written in: CommonMark with tables, footnotes, strikethrough and task lists.
/// Whoever renders a briefing's blocks uses the same.
pub const DIALECT: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM);

/// A heading that was recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// What it opens; `None` if only its form says that it is a heading.
    pub opens: Option<Opens>,
    /// Its words: plain text, without marks, numbering of known names and closing colon.
    pub words: String,
    /// How deep it stands.
    pub rank: Rank,
    /// Where the text behind it begins, in bytes of the text that was looked at; its length if there is none.
    pub rest: usize,
}

/// Where a paragraph stands, as far as it changes what its first words mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// Among the implications, bold first words name an audience.
    pub among_implications: bool,
    /// In an item of a list, a dash is enough behind "For X".
    pub in_item: bool,
}

/// The words of a heading whose form is a heading's (`## Words`).
#[must_use]
pub fn marked(names: &Names, words: &str, rank: Rank) -> Sign {
    let plain = Some(plain_text(without_attributes(words))).filter(|plain| !plain.is_empty());
    let plain = plain.unwrap_or_else(|| one_line(words));
    let opens = names.opens(&plain);
    let words = if opens.is_some() { bare_words(&plain).to_owned() } else { plain };
    Sign { opens, words, rank, rest: 0 }
}

/// The same of a heading that goes on behind a colon (`## The bottom line: talks go on`), with the place of what follows.
#[must_use]
pub fn marked_run_in(names: &Names, words: &str, rank: Rank) -> Option<Sign> {
    let sign = bare_run_in(names, words, Place::default())?;
    let is_part = matches!(sign.opens, Some(Opens::Implications | Opens::View { .. } | Opens::Audience(_)));
    is_part.then_some(Sign { rank, ..sign })
}

/// The same of plain words: what the heading opens, and the Markdown of what follows the colon.
#[must_use]
pub fn named_run_in(names: &Names, plain: &str) -> Option<(Opens, String)> {
    if !plain.contains([':', '：']) {
        return None;
    }
    let words = escaped(plain);
    let sign = marked_run_in(names, &words, BARE)?;
    let rest = words[sign.rest..].to_owned();
    sign.opens.map(|opens| (opens, rest))
}

/// A paragraph of one line that is a heading: bold from end to end, or bare words that are known.
#[must_use]
pub fn line(names: &Names, text: &str) -> Option<Sign> {
    let line = trim(text);
    if line.is_empty() || line.len() > LONGEST || line.contains('\n') {
        return None;
    }
    let unbulleted = line.trim_start_matches(|c| is_bullet(c) || is_space(c));
    let (inner, mark) = unwrapped(unbulleted);
    if mark == 0 && !may_be_bare(unbulleted) {
        return None;
    }
    let plain = plain_text(inner);
    let words = bare_words(&plain);
    let opens = names.opens(&plain).filter(|opens| {
        mark >= 2 || matches!(opens, Opens::Implications | Opens::View { .. }) || !continues(words)
    });
    let sign = |opens, words: &str| {
        let rank = if mark == 0 { BARE } else { BOLD };
        Some(Sign { opens, words: words.to_owned(), rank, rest: text.len() })
    };
    match opens {
        Some(opens) => sign(Some(opens), words),
        None if mark >= 2 && looks_like_heading(&plain) => sign(None, plain.trim_end_matches([':', ' '])),
        None => None,
    }
}

/// A paragraph that begins with a heading: `**For markets:** text`, `Implications: text`, a bold first line.
#[must_use]
pub fn run_in(names: &Names, text: &str, place: Place) -> Option<Sign> {
    let start = text.len() - text.trim_start_matches(|c| is_bullet(c) || is_space(c)).len();
    let start =
        start + super::letters::after_emoji(&text[start..]).map_or(0, |rest| text.len() - start - rest.len());
    let body = &text[start..];
    if body.starts_with("**") || body.starts_with("__") {
        return bold_run_in(names, body, place).map(|sign| Sign { rest: sign.rest + start, ..sign });
    }
    bare_run_in(names, body, place).map(|sign| Sign { rest: sign.rest + start, ..sign })
}

fn bold_run_in(names: &Names, body: &str, place: Place) -> Option<Sign> {
    let mark = &body[..2];
    let inner = &body[2..];
    if inner.starts_with(mark.as_bytes()[0] as char) {
        return None;
    }
    let head = &inner[..floor(inner, LONGEST)];
    let close = head.find(mark)?;
    let bold = &inner[..close];
    if bold.contains('\n') || trim(bold).is_empty() {
        return None;
    }
    let after = &inner[close + 2..];
    let behind = after.trim_start_matches([' ', '\t', '\u{a0}']);
    let glued = behind.len() == after.len();
    let bold_words = trim(bold);
    // What parts the heading from the text.
    let (parted, rest) = if let Some(rest) = behind.strip_prefix([':', '：', '—', '–']) {
        (true, rest)
    } else if let Some(rest) = behind.strip_prefix("- ").filter(|_| !glued) {
        (true, rest)
    } else if behind.starts_with('\n') {
        (true, behind)
    } else {
        // A bold sentence is emphasis; a bold word or two with a full stop is a heading.
        let stopped = bold_words.ends_with('.') && bold_words.split(is_space).count() <= 2;
        let is_known = bold_words.ends_with('.') && names.opens(bold_words.trim_end_matches('.')).is_some();
        (bold_words.ends_with([':', '：', '—', '–']) || stopped || is_known, behind)
    };
    let on_own_line = behind.starts_with('\n');
    let rest = rest.trim_start_matches(is_space);
    if rest.is_empty() {
        return None;
    }
    let plain = plain_text(bold_words);
    let stopped = plain.strip_suffix('.').filter(|_| plain.matches('.').count() == 1).unwrap_or(&plain);
    let words = bare_words(stopped);
    let opens = names.opens(stopped);
    let fresh_start = rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '‘')) && !glued;
    let takes = match &opens {
        Some(Opens::Audience(_)) => parted || (place.among_implications && fresh_start),
        Some(_) => parted,
        None => {
            looks_like_heading(stopped)
                && if place.among_implications { parted || fresh_start } else { on_own_line }
        }
    };
    takes.then(|| Sign {
        words: if opens.is_some() {
            words.to_owned()
        } else {
            stopped.trim_end_matches([':', ' ', '—', '–']).to_owned()
        },
        opens,
        rank: BOLD,
        rest: body.len() - rest.len(),
    })
}

fn bare_run_in(names: &Names, body: &str, place: Place) -> Option<Sign> {
    if !body.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '*' | '_' | '(')) {
        return None;
    }
    let head = &body[..floor(body, LONGEST)];
    let line = head.split('\n').next().unwrap_or(head);
    let colon = line.find([':', '：']).filter(|at| {
        let behind = body[*at..].trim_start_matches([':', '：', '*', '_']);
        behind.starts_with(is_space)
    });
    let dash = || {
        let is_loud =
            |line: &str| !line.split(is_space).next().is_some_and(|word| word.contains(char::is_lowercase));
        if !(place.in_item || is_loud(line)) {
            return None;
        }
        let at = [" — ", " – ", " - ", "—"].iter().filter_map(|dash| line.find(dash)).min()?;
        let shouted = !line[..at].chars().any(char::is_lowercase);
        (shouted || place.in_item).then_some(at)
    };
    let own_line = || (line.len() < body.len() && body[line.len()..].starts_with('\n')).then_some(line.len());
    for at in [colon, dash(), own_line()].into_iter().flatten() {
        let words = trim(&line[..at.min(line.len())]);
        let words = words.trim_matches(['*', '_']);
        if words.is_empty() || words.contains(['[', '`', '<']) || continues(bare_words(words)) {
            continue;
        }
        let Some(opens) = names.opens(words) else {
            continue;
        };
        let rest = body[at..].trim_start_matches([':', '：']);
        let is_marked = body.starts_with(['*', '_']);
        let rest = if is_marked { rest.trim_start_matches(['*', '_']) } else { rest };
        let rest = rest.trim_start_matches(is_space);
        let rest = ["—", "–", "- "].iter().find_map(|dash| rest.strip_prefix(dash)).unwrap_or(rest);
        let rest = rest.trim_start_matches(is_space);
        if rest.is_empty() {
            return None;
        }
        return Some(Sign {
            opens: Some(opens),
            words: bare_words(words).to_owned(),
            rank: BARE,
            rest: body.len() - rest.len(),
        });
    }
    None
}

/// Whether words could be a heading as far as their form goes: few, and no sentence.
#[must_use]
pub fn looks_like_heading(words: &str) -> bool {
    let words = trim(words);
    !words.is_empty()
        && words.len() <= 90
        && words.split(is_space).count() <= 12
        && !ends_sentence(words)
        && !words.ends_with([',', ';'])
        && words.chars().any(char::is_alphanumeric)
}

/// Whether a line without marks can be one of the known names at all: short, no sentence, no link.
fn may_be_bare(line: &str) -> bool {
    line.len() <= 90 && !line.ends_with(['.', '!', ',', ';']) | line.ends_with("S.") | line.ends_with("K.")
}

/// The inside of a line that is emphasised from end to end, and by how many marks; 0 if it is not.
pub fn unwrapped(line: &str) -> (&str, usize) {
    let inner = line.strip_suffix(':').map_or(line, trim);
    for mark in ["***", "___", "**", "__", "*", "_"] {
        if let Some(inside) = inner.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark)) {
            let first = &mark[..1];
            if !trim(inside).is_empty() && !inside.contains(first) {
                return (inside, mark.len());
            }
        }
    }
    (line, 0)
}

/// Heading attributes (`{#id .class}`) are no words.
fn without_attributes(words: &str) -> &str {
    let words = trim(words);
    match words.rfind('{') {
        Some(at) if words.ends_with('}') && words[at + 1..].starts_with(['#', '.']) => trim(&words[..at]),
        _ => words,
    }
}

/// What inline Markdown says, on one line: without emphasis, links' addresses, code marks, footnote marks and HTML.
#[must_use]
pub fn plain_text(inline: &str) -> String {
    const MARKS: [char; 11] = ['*', '_', '[', ']', '`', '<', '&', '\\', '~', '!', '#'];
    if !inline.contains(MARKS) {
        return one_line(inline);
    }
    let heading = format!("# {}", without_notes(inline).replace(['\n', '\r'], " "));
    let mut plain = String::with_capacity(inline.len());
    // Definitions are elsewhere: `[words][label]` is a link all the same.
    let mut elsewhere = |link: BrokenLink<'_>| {
        matches!(link.link_type, LinkType::Reference | LinkType::ReferenceUnknown | LinkType::Collapsed)
            .then(|| (CowStr::Borrowed(""), CowStr::Borrowed("")))
    };
    for event in Parser::new_with_broken_link_callback(&heading, DIALECT, Some(&mut elsewhere)) {
        match event {
            Event::Text(text) | Event::Code(text) => plain.push_str(&text),
            Event::SoftBreak | Event::HardBreak => plain.push(' '),
            _ => {}
        }
    }
    one_line(&plain)
}

/// Without footnote marks, whose notes are elsewhere.
fn without_notes(inline: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let mut rest = inline;
    while let Some(at) = rest.find("[^") {
        let length = rest[at..].find(']').filter(|length| {
            *length > 2 && *length < 40 && !rest[at..at + length].contains(' ') && !rest[..at].ends_with('\\')
        });
        let Some(length) = length else { break };
        kept.push_str(&rest[..at]);
        rest = &rest[at + length + 1..];
    }
    if kept.is_empty() && rest.len() == inline.len() {
        return Cow::Borrowed(inline);
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// A plain text as inline Markdown that says exactly that.
#[must_use]
pub fn escaped(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len() + 4);
    for (at, c) in plain.char_indices() {
        let special = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '~' | '{' | '}' | '#' => true,
            '&' => plain[at + 1..].starts_with(|c: char| c == '#' || c.is_ascii_alphanumeric()),
            '!' => plain[at + 1..].starts_with('['),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The largest character boundary not beyond `limit`.
fn floor(text: &str, limit: usize) -> usize {
    text.floor_char_boundary(limit)
}
