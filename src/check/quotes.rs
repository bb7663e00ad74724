//! Quotation marks that open and never close, or close what was never opened.

use std::ops::Range;

use super::document::{Document, Form};
use crate::diagnostic::Diagnostic;

/// What the double quotation marks of one paragraph come to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quoted {
    /// What stands between marks, the marks included, in bytes of the plain words.
    pub ranges: Vec<Range<usize>>,
    /// A mark that opens and is not closed in this paragraph.
    pub open: Option<usize>,
    /// A mark that closes nothing.
    pub stray: Option<usize>,
    /// Whether the paragraph begins with an opening mark.
    pub begins: bool,
}

/// Pairs the marks: “…”, "…", „…“, «…». Apostrophes, inches and ditto marks are none.
#[must_use]
pub fn pair(plain: &str) -> Quoted {
    let mut quoted = Quoted::default();
    let mut open: Vec<(char, usize)> = Vec::new();
    let first = plain.find(|c: char| !c.is_whitespace());
    let mut before = None;
    for (at, mark) in plain.char_indices() {
        let previous = before.replace(mark);
        let after = plain[at + mark.len_utf8()..].chars().next();
        let top = open.last().map(|(mark, _)| *mark);
        let measures = previous.is_some_and(|c| c.is_ascii_digit()) && top.is_none();
        let step = match mark {
            '“' if top == Some('„') => Step::Close,
            '“' if top.is_some_and(|top| matches!(top, '“' | '"')) => Step::Forgotten,
            '«' if top == Some('»') => Step::Close,
            '»' if top == Some('«') => Step::Close,
            '«' | '»' if top.is_none() => Step::Open,
            '”' if measures => Step::Nothing,
            '”' if top.is_some() => Step::Close,
            '”' => Step::Stray,
            '"' if top.is_some() && closes(previous, after) => Step::Close,
            '"' if measures => Step::Nothing,
            '"' if top == Some('"') => Step::Forgotten,
            '"' if closes(previous, after) && !previous.is_none_or(char::is_whitespace) => Step::Stray,
            '“' | '„' | '"' => Step::Open,
            _ => Step::Nothing,
        };
        match step {
            Step::Open => {
                quoted.begins |= first == Some(at);
                open.push((mark, at));
            }
            Step::Close => {
                if let Some((_, start)) = open.pop() {
                    quoted.ranges.push(start..at + mark.len_utf8());
                }
            }
            Step::Forgotten => {
                // The one before was never closed: report that one, and begin anew with this one.
                if let Some((_, start)) = open.pop() {
                    quoted.open = quoted.open.or(Some(start));
                }
                open.push((mark, at));
            }
            Step::Stray => quoted.stray = quoted.stray.or(Some(at)),
            Step::Nothing => {}
        }
    }
    if let Some((_, start)) = open.first() {
        quoted.ranges.push(*start..plain.len());
        quoted.open = quoted.open.or(Some(*start));
    }
    quoted
}

enum Step {
    Open,
    Close,
    Forgotten,
    Stray,
    Nothing,
}

/// Whether a straight mark between these two letters closes: it leans on a word, and none leans on it.
fn closes(previous: Option<char>, after: Option<char>) -> bool {
    let leans = previous.is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '[' | '—' | '–' | '‘'));
    let free = after.is_none_or(|c| !c.is_alphanumeric());
    leans && free
}

/// A single opening mark that nothing closes. Apostrophes look like closing ones, so only this can be told.
fn single(plain: &str) -> Option<usize> {
    let found = plain.char_indices().find(|(at, mark)| {
        let rest = &plain[at + mark.len_utf8()..];
        let starts = plain[..*at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let folded = rest.to_lowercase();
        let is_elision =
            ["tis", "twas", "em ", "til ", "cause ", "n’", "n'"].iter().any(|word| folded.starts_with(word));
        let is_year = rest.starts_with(|c: char| c.is_ascii_digit());
        *mark == '‘' && starts && !is_elision && !is_year && !rest.contains(['’', '\''])
    });
    found.map(|(at, _)| at)
}

/// Quotations that are not whole. A quotation of several paragraphs opens each of them and closes the last.
pub fn rule(document: &Document<'_>, notes: &mut Vec<Diagnostic>) {
    let passages = &document.passages;
    let mut is_explained = false;
    for (at, passage) in passages.iter().enumerate() {
        let quoted = pair(&passage.plain);
        let next = passages.get(at + 1).filter(|next| next.form == passage.form);
        let goes_on = next.is_some_and(|next| pair(&next.plain).begins)
            && quoted.open.is_some_and(|open| !passage.plain[open..].contains(['”', '»']));
        let was_explained = std::mem::take(&mut is_explained);
        if let Some(open) = quoted.open.filter(|_| !goes_on) {
            let length = passage.plain[open..].chars().next().map_or(1, char::len_utf8);
            let note = document.object(
                "unbalanced-quotes",
                "this quotation is opened and never closed",
                passage.span(open..open + length),
            );
            let closed_later = next.is_some_and(|next| pair(&next.plain).stray.is_some());
            is_explained = closed_later;
            notes.push(note.help(if closed_later {
                "open the next paragraph with a mark too: a quotation of several paragraphs opens each of them"
            } else if passage.form == Form::Paragraph {
                "close it where the quoted words end"
            } else {
                "close it, or take the mark out"
            }));
        } else if let Some(stray) = quoted.stray.filter(|_| !was_explained) {
            let length = passage.plain[stray..].chars().next().map_or(1, char::len_utf8);
            let note = document.object(
                "unbalanced-quotes",
                "this mark closes a quotation that was never opened",
                passage.span(stray..stray + length),
            );
            notes.push(note.help("open it where the quoted words begin, or take the mark out"));
        } else if let Some(open) = single(&passage.plain) {
            let note = document.object(
                "unbalanced-quotes",
                "this quotation is opened and never closed",
                passage.span(open..open + '‘'.len_utf8()),
            );
            notes.push(note.help("close it, or write an apostrophe: ’"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::prose;

    fn check(text: &str) -> Vec<String> {
        prose(super::rule, text)
    }

    #[test]
    fn a_quotation_that_never_closes_is_found_at_its_mark() {
        assert_eq!(check("He said: “we stay until spring."), ["unbalanced-quotes [“]"]);
        assert_eq!(check("He said: \"we stay until spring."), ["unbalanced-quotes [\"]"]);
        assert_eq!(check("A “b c “d” e."), ["unbalanced-quotes [“]"]);
        assert_eq!(check("The ‘zone opened."), ["unbalanced-quotes [‘]"]);
    }

    #[test]
    fn a_mark_that_closes_nothing_is_found() {
        assert_eq!(check("We stay until spring”, he said."), ["unbalanced-quotes [”]"]);
    }

    #[test]
    fn a_quotation_over_two_paragraphs_that_opens_only_the_first_is_found_once() {
        assert_eq!(check("He said: “We stay.\n\nAnd we go on.”"), ["unbalanced-quotes [“]"]);
    }

    #[test]
    fn quotations_that_are_whole_are_left_alone() {
        for text in [
            "“We stay,” he said, “until spring.”",
            "\"We stay,\" he said, \"until spring.\"",
            "He called it an “ironclad \"commitment\" of sorts” yesterday.",
            "“He said ‘no’ twice.”",
            "“We stay.\n\n“And we go on.\n\n“To the end.”",
            "Putin’s offer, the '90s, the ministers’ talks, rock ‘n’ roll, ‘tis true.",
            "A barrel of 5'10\" and a 12\" pipe, 6’ 2”.",
            "„Wir bleiben“, sagte er. «Nous restons», dit-il.",
            "It was “open\", in a mixed hand.",
            "The (\"small\") print—\"fine\"—matters.",
        ] {
            assert_eq!(check(text), Vec::<String>::new(), "{text}");
        }
    }
}
