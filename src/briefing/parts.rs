//! Where one briefing of a text ends and the next begins, and lists that hold a whole briefing.

use std::borrow::Cow;
use std::ops::Range;

use super::category;
use super::date;
use super::element::{Element, Item, Kind};
use super::headings::{self, Place, looks_like_heading};
use super::markdown;
use super::names::{Names, Opens};

/// The elements of each briefing of a text, and those before the first that belong to none.
#[derive(Debug, PartialEq, Eq)]
pub struct Parts {
    /// Before the first category, where there are several briefings.
    pub preamble: Range<usize>,
    /// One range of elements a briefing; a single one if the text has at most one category.
    pub briefings: Vec<Range<usize>>,
}

/// Parts a text at its `[TAG]`s, if it has several at the start of paragraphs.
#[must_use]
pub fn split(elements: &[Element<'_>], names: &Names) -> Parts {
    let whole = || Parts { preamble: 0..0, briefings: std::iter::once(0..elements.len()).collect() };
    let tagged: Vec<usize> = (0..elements.len()).filter(|at| has_tag(&elements[*at])).collect();
    if tagged.len() < 2 {
        return whole();
    }
    let first_is_titled =
        tagged[0].checked_sub(1).is_some_and(|before| could_title(&elements[before], names));
    let mut starts: Vec<usize> = Vec::new();
    for at in &tagged {
        // A category right behind another one opens nothing: there is no text between them.
        if starts.last().is_some_and(|last| !has_substance(elements, *last..*at)) {
            continue;
        }
        let before = at.checked_sub(1).filter(|before| starts.last().is_none_or(|last| before > last));
        let titled = before.is_some_and(|before| {
            let marked = matches!(elements[before].kind, Kind::Heading(_) | Kind::Paragraph { heads: true });
            (marked || first_is_titled && !starts.is_empty()) && could_title(&elements[before], names)
        });
        starts.push(if titled { at - 1 } else { *at });
    }
    if starts.len() < 2 {
        return whole();
    }
    // A title above the first category is that briefing's own if the others have theirs too.
    if first_is_titled && starts[1..].iter().all(|start| !has_tag(&elements[*start])) {
        starts[0] = tagged[0] - 1;
    }
    let ends = starts[1..].iter().copied().chain([elements.len()]);
    let briefings = starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect();
    Parts { preamble: 0..starts[0], briefings }
}

fn has_tag(element: &Element<'_>) -> bool {
    matches!(element.kind, Kind::Heading(_) | Kind::Paragraph { .. })
        && category::split(&element.text).is_some()
}

/// Whether anything but a category stands in some elements.
fn has_substance(elements: &[Element<'_>], range: Range<usize>) -> bool {
    elements[range].iter().any(|element| match element.kind {
        Kind::Rule | Kind::Comment | Kind::Definition => false,
        _ => category::split(&element.text).is_none_or(|tag| tag.rest < element.text.len()),
    })
}

fn could_title(element: &Element<'_>, names: &Names) -> bool {
    let words = element.text.as_ref();
    match element.kind {
        Kind::Heading(rank) => headings::marked(names, words, rank).opens.is_none() && !has_tag(element),
        Kind::Paragraph { .. } => {
            looks_like_heading(words)
                && headings::line(names, words).is_none_or(|sign| sign.opens.is_none())
                && date::line(words).is_none()
                && !has_tag(element)
        }
        _ => false,
    }
}

/// Opens lists whose items carry the headings of a briefing (`- **Implications:** …`): each item stands for itself.
#[must_use]
pub fn unlisted<'t>(elements: Vec<Element<'t>>, names: &Names) -> Vec<Element<'t>> {
    let carries = |element: &Element<'_>| match &element.kind {
        Kind::List(items) => items.iter().any(|item| opens_part(&item.text, names)),
        _ => false,
    };
    if !elements.iter().any(carries) {
        return elements;
    }
    let mut opened = Vec::with_capacity(elements.len());
    for element in elements {
        let is_carrier = carries(&element);
        match element.kind {
            Kind::List(items) if is_carrier => {
                for item in items {
                    let mut pieces = contents(&item);
                    if let Some(first) = pieces.first_mut() {
                        first.span.start = item.span.start;
                    }
                    opened.extend(pieces);
                }
            }
            _ => opened.push(element),
        }
    }
    opened
}

fn opens_part(text: &str, names: &Names) -> bool {
    let sure =
        |opens: &Option<Opens>| matches!(opens, Some(Opens::Implications | Opens::View { surely: true }));
    let first = text.split('\n').next().unwrap_or(text);
    headings::line(names, first).is_some_and(|sign| sure(&sign.opens))
        || headings::run_in(names, text, Place::default()).is_some_and(|sign| sure(&sign.opens))
}

/// What an item says, as pieces of a text. Places within it are exact on its first line.
#[must_use]
pub fn contents<'t>(item: &Item<'t>) -> Vec<Element<'t>> {
    contents_from(item, 0)
}

/// The same, of what stands behind the first bytes of an item.
#[must_use]
pub fn contents_from<'t>(item: &Item<'t>, from: usize) -> Vec<Element<'t>> {
    let text = &item.text[from..];
    let own = |piece: &Element<'_>| Element {
        kind: owned(&piece.kind, item, from),
        span: item.at(from + piece.span.start)..item.at(from + piece.span.end),
        text: Cow::Owned(piece.text.clone().into_owned()),
        start: item.at(from + piece.start),
    };
    let mut pieces: Vec<Element<'t>> = markdown::elements(text).iter().map(own).collect();
    let is_joined = item.lines.is_empty() && pieces.len() > 1;
    if let Some(first) = pieces.first_mut().filter(|_| is_joined) {
        first.span.end = item.span.end;
    } else if let Some(last) = pieces.last_mut() {
        last.span.end = item.span.end;
    }
    pieces
}

/// The same kind of piece, its places those of the item that it stands in.
fn owned<'t>(kind: &Kind<'_>, within: &Item<'_>, from: usize) -> Kind<'t> {
    match kind {
        Kind::Heading(rank) => Kind::Heading(*rank),
        Kind::Paragraph { heads } => Kind::Paragraph { heads: *heads },
        Kind::List(items) => {
            let own = |item: &Item<'_>| Item {
                span: within.at(from + item.span.start)..within.at(from + item.span.end),
                text: Cow::Owned(item.text.clone().into_owned()),
                start: within.at(from + item.start),
                lines: item.lines.iter().map(|(begin, start)| (*begin, within.at(from + start))).collect(),
            };
            Kind::List(items.iter().map(own).collect())
        }
        Kind::Code => Kind::Code,
        Kind::Other => Kind::Other,
        Kind::Comment => Kind::Comment,
        Kind::Rule => Kind::Rule,
        Kind::Definition => Kind::Definition,
    }
}
