//! A text as a row of words: the shadow in which names are looked for.
//!
//! Every word keeps its bytes in the text, so nothing has to be mapped back: soft hyphens and zero-width characters
//! count as part of a word, accents are folded and case is lowered for the look-up only, and what stands between two
//! words (spaces, dashes and quotes of every kind) becomes a [`Gap`].

use unicode_normalization::char::is_combining_mark;

use super::gap::{Gap, gap_of};
use super::vocabulary::{Vocabulary, class, folded, is_invisible};

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `word`
    Lower,
    /// `Word`, `McKay`
    Capital,
    /// `WORD`, and single capitals
    Capitals,
    /// Starts with a digit.
    Number,
}

/// One word.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// First byte in its passage.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Its number in the [`Vocabulary`]; 0 for words that no name and no rule speaks of.
    pub id: u32,
    /// The passage it stands in.
    pub passage: u16,
    /// What stands before it.
    pub gap: Gap,
    /// How it is written.
    pub shape: Shape,
    /// Its whole line is in capitals.
    pub loud: bool,
    /// The sentence it stands in, counted through the document.
    pub sentence: u32,
    /// The paragraph it stands in, counted through the document.
    pub paragraph: u32,
}

/// Whether a character is part of a word (letters and digits of any script, marks on them, invisible joiners).
fn is_inside(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || is_invisible(c)
}

/// How many bytes a line has that was wrapped by hand.
const WRAPPED: std::ops::Range<usize> = 40..160;

/// The words of a passage, appended to `words`. `scratch` is only there to be used again.
pub fn cut(text: &str, passage: u16, known: &Vocabulary, words: &mut Vec<Word>, scratch: &mut String) {
    // Offsets have 32 bits. Nobody reads on after four billion bytes.
    let text = text.get(..u32::MAX as usize).unwrap_or(text);
    let bytes = text.as_bytes();
    let (mut sentence, mut paragraph) =
        words.last().map_or((0, 0), |word| (word.sentence + 1, word.paragraph + 1));
    let first = words.len();
    let mut at = 0;
    let mut line_start = 0;
    let mut loud = loud_line(&text[..line_end(text, 0)]);
    while at < bytes.len() {
        let gap_start = at;
        at = word_start(text, at);
        if at >= bytes.len() {
            break;
        }
        let mut gap = gap_of(&text[gap_start..at]);
        if gap.has(Gap::LINE | Gap::PARAGRAPH) || gap_start == 0 {
            // A line much shorter or longer than a wrapped one is a paragraph of its own.
            let before = gap_start - line_start;
            if gap.has(Gap::LINE) && !(WRAPPED.contains(&before)) {
                gap.0 |= Gap::PARAGRAPH;
            }
            line_start = text[gap_start..at].rfind('\n').map_or(gap_start, |end| gap_start + end + 1);
            loud = loud_line(&text[line_start..line_end(text, at)]);
        }
        let start = at;
        at = word_end(text, at);
        let word = &text[start..at];
        folded(word, scratch);
        if scratch.is_empty() {
            continue;
        }
        let shape = shape_of(word);
        let id = known.id(scratch);
        if words.len() == first {
            gap.0 |= Gap::PARAGRAPH;
        } else {
            let last = &words[words.len() - 1];
            if gap.has(Gap::PARAGRAPH) {
                sentence += 1;
                paragraph += 1;
            } else if ends_sentence(gap, last, shape, known) {
                sentence += 1;
            }
        }
        words.push(Word {
            start: start as u32,
            end: at as u32,
            id,
            passage,
            gap,
            shape,
            loud,
            sentence,
            paragraph,
        });
    }
}

fn ends_sentence(gap: Gap, last: &Word, shape: Shape, known: &Vocabulary) -> bool {
    let spaced = gap.has(Gap::SPACE | Gap::LINE);
    if gap.has(Gap::STOP) {
        return spaced && shape != Shape::Lower;
    }
    if !gap.has(Gap::DOT) || !spaced || shape == Shape::Lower {
        return false;
    }
    let single = last.end - last.start == 1 && last.shape == Shape::Capitals;
    let short = known.classes(last.id) & class::SHORT != 0 && last.shape != Shape::Lower;
    !(single || short) || gap.has(Gap::QUOTE)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end)
}

/// Whether a line shouts: several words, nearly all letters in capitals.
fn loud_line(line: &str) -> bool {
    let (mut upper, mut lower) = (0_usize, 0_usize);
    for byte in line.bytes() {
        upper += usize::from(byte.is_ascii_uppercase());
        lower += usize::from(byte.is_ascii_lowercase());
    }
    upper >= 8 && lower * 8 <= upper && line.trim().contains(' ')
}

fn word_start(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    while at < bytes.len() {
        let byte = bytes[at];
        if byte < 128 {
            if byte.is_ascii_alphanumeric() {
                return at;
            }
            at += 1;
        } else {
            let Some(c) = text[at..].chars().next() else {
                break;
            };
            if c.is_alphanumeric() {
                return at;
            }
            at += c.len_utf8();
        }
    }
    at
}

fn word_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    while at < bytes.len() {
        let byte = bytes[at];
        if byte < 128 {
            if !byte.is_ascii_alphanumeric() {
                // `OPEC+`, `LGBTQ+`: the plus sign belongs to the word it ends.
                let plus = byte == b'+' && !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
                return at + usize::from(plus);
            }
            at += 1;
        } else {
            let Some(c) = text[at..].chars().next() else {
                break;
            };
            if !is_inside(c) {
                return at;
            }
            at += c.len_utf8();
        }
    }
    at
}

fn shape_of(word: &str) -> Shape {
    let mut letters = word.chars().filter(|c| !is_combining_mark(*c) && !is_invisible(*c));
    let Some(first) = letters.next() else {
        return Shape::Lower;
    };
    if first.is_numeric() {
        return Shape::Number;
    }
    if !first.is_uppercase() {
        return Shape::Lower;
    }
    if letters.any(char::is_lowercase) { Shape::Capital } else { Shape::Capitals }
}
