//! What stands above the first sentence: category, headline and date line, in any order and on any number of lines.

use std::ops::Range;

use super::category;
use super::date::{self, DateLine};
use super::element::{Element, Kind, Rank};
use super::headings::{self, Place, Sign, plain_text};
use super::letters::{ends_sentence, is_blank, offset_in, one_line, trim};
use super::names::{Names, Opens, fold};

/// What was found above the first sentence.
#[derive(Debug, Default)]
pub struct Opening {
    /// The headline and where it stands, as a range of the sheet.
    pub title: Option<(String, Range<usize>)>,
    /// Further lines that repeat the headline or could be one, each with its words.
    pub other_titles: Vec<(String, Range<usize>)>,
    /// The words of the category.
    pub category: Option<(String, Range<usize>)>,
    /// The date lines.
    pub dates: Vec<(DateLine, Range<usize>)>,
    /// The first element of the text proper, and the byte of its text at which it begins.
    pub text: (usize, usize),
    /// Comments and definitions on the way, which belong to the text all the same.
    pub kept: Vec<usize>,
    /// Rules and empty headings on the way.
    pub layout: Vec<Range<usize>>,
    /// Words such as "What happened", which only say that this is the lead.
    pub labels: Vec<Range<usize>>,
}

/// What is known before the text is looked at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'k> {
    /// The headline that the head gives. A text's own first line is then taken for it only if it says the same
    /// or is marked as a title (`# Words`).
    pub title: Option<&'k str>,
    /// The headline was made from the first sentence: nothing in the text repeats it.
    pub is_derived: bool,
}

/// Reads the opening of one briefing.
#[must_use]
pub fn read(elements: &[Element<'_>], known: Known<'_>, names: &Names) -> Opening {
    let mut opening = Opening::default();
    let mut at = 0;
    while at < elements.len() {
        let element = &elements[at];
        let mut from = 0;
        match element.kind {
            Kind::Rule => opening.layout.push(element.span.clone()),
            Kind::Comment | Kind::Definition => opening.kept.push(at),
            Kind::Heading(_) | Kind::Paragraph { .. } => {
                while let Some(length) = opening.step(element, from, elements.get(at + 1), known, names) {
                    from += length;
                }
                if !is_blank(&element.text[from..]) {
                    opening.text = (at, from);
                    return opening;
                }
                if is_blank(&element.text) {
                    opening.layout.push(element.span.clone());
                }
            }
            Kind::List(_) | Kind::Code | Kind::Other => {
                opening.text = (at, 0);
                return opening;
            }
        }
        at += 1;
    }
    opening.text = (at, 0);
    opening
}

impl Opening {
    /// Takes one thing off the start of an element; how many bytes of its text it took.
    fn step(
        &mut self,
        element: &Element<'_>,
        from: usize,
        next: Option<&Element<'_>>,
        known: Known<'_>,
        names: &Names,
    ) -> Option<usize> {
        let rest = element.text.get(from..).filter(|rest| !rest.is_empty())?;
        if self.category.is_none()
            && let Some(tag) = category::split(rest)
        {
            self.category =
                Some((tag.words, element.at(from + tag.span.start)..element.at(from + tag.span.end)));
            return Some(tag.rest);
        }
        if self.category.is_none()
            && self.title.is_none()
            && known.title.is_none()
            && let Some((tag, words)) = category::in_bold(rest)
        {
            let inside = element.at(from + offset_in(rest, words) + tag.span.end);
            self.category = Some((tag.words, element.at(from)..inside));
            self.title = Some((one_line(&plain_text(&words[tag.rest..])), inside..element.span.end));
            return Some(rest.len());
        }
        let line = rest.split('\n').next().unwrap_or(rest);
        let is_whole = line.len() == rest.len();
        let taken = if is_whole { rest.len() } else { line.len() + 1 };
        let span = || {
            let start = if from == 0 { element.span.start } else { element.at(from) };
            start..if is_whole { element.span.end } else { element.at(from + line.len()) }
        };
        if let Some(date) = date::line(line) {
            self.dates.push((date, span()));
            return Some(taken);
        }
        let rank = if let Kind::Heading(rank) = element.kind { Some(rank) } else { None };
        let labels = |sign: &Sign| sign.opens == Some(Opens::Lead);
        let label = match rank {
            Some(rank) => Some(headings::marked(names, line, rank)).filter(|_| is_whole),
            None => headings::line(names, rest),
        };
        if label.as_ref().is_some_and(labels) {
            self.labels.push(span());
            return Some(taken);
        }
        let run_in = rank.is_none().then(|| headings::run_in(names, rest, Place::default())).flatten();
        if let Some(sign) = run_in {
            if !labels(&sign) {
                return None;
            }
            self.labels.push(element.at(from)..element.at(from + sign.rest));
            return Some(sign.rest);
        }
        let heads = element.kind == Kind::Paragraph { heads: true };
        let words = self.title_words(line, is_whole, rank, heads, next, known, names)?;
        if self.title.is_none() {
            self.title = Some((words, span()));
        } else {
            self.other_titles.push((words, span()));
        }
        Some(taken)
    }

    #[expect(clippy::too_many_arguments, reason = "each is one fact about the line")]
    fn title_words(
        &self,
        line: &str,
        is_whole: bool,
        rank: Option<Rank>,
        heads: bool,
        next: Option<&Element<'_>>,
        known: Known<'_>,
        names: &Names,
    ) -> Option<String> {
        let marked = |rank| headings::marked(names, line, rank);
        let sign: Option<Sign> = rank.map(marked).or_else(|| headings::line(names, line));
        if sign.as_ref().is_some_and(|sign| sign.opens.is_some() || sign.words.is_empty()) {
            return None;
        }
        let words = || one_line(&plain_text(line));
        if let Some(title) = known.title {
            let repeats = || {
                !known.is_derived
                    && is_whole
                    && !line.contains(['\\', '&'])
                    && !ends_sentence(line)
                    && fold(&words()) == fold(title)
            };
            return (rank == Some(1) || (rank.is_none() && repeats())).then(words);
        }
        if let Some((title, _)) = &self.title {
            // A second headline is a heading; only a repeated one is nothing new.
            let repeats = is_whole && !line.contains(['\\', '&']) && !ends_sentence(line);
            return Some(words()).filter(|words| repeats && fold(words) == fold(title));
        }
        let is_title = rank.is_some()
            || sign.is_some()
            || (is_whole && could_be_title(line) && (heads || has_text_below(next, line)));
        is_title.then(words).filter(|words| !words.is_empty())
    }
}

/// A short line that does not end as a sentence does.
fn could_be_title(line: &str) -> bool {
    let line = trim(line);
    let stopped =
        line.ends_with(['.', '。', ',', ';', ':', '…']) && !line.ends_with("S.") && !line.ends_with("K.");
    !stopped
        && line.chars().count() <= 110
        && line.split_whitespace().count() <= 18
        && (!ends_sentence(line) || line.ends_with(['?', '!', '’', '”', '"', '.']))
        && line.chars().any(char::is_alphanumeric)
        && !line.starts_with(['`', '<', '|'])
}

/// Whether a text follows that the line can be the title of.
fn has_text_below(next: Option<&Element<'_>>, line: &str) -> bool {
    next.is_some_and(|next| match next.kind {
        Kind::Paragraph { .. } => {
            category::split(&next.text).is_some()
                || date::line(&next.text).is_some()
                || next.text.len() > line.len()
        }
        Kind::Heading(_) => category::split(&next.text).is_some() || date::line(&next.text).is_some(),
        Kind::List(_) | Kind::Code | Kind::Other | Kind::Comment | Kind::Rule | Kind::Definition => false,
    })
}
