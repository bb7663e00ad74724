//! A text as a row of words: the shadow in which names are looked for.
//!
//! Every word keeps its bytes in the text, so nothing has to be mapped back: soft hyphens and zero-width characters
//! count as part of a word, accents are folded and case is lowered for the look-up only, and what stands between two
//! words (spaces, dashes and quotes of every kind) becomes a [`Gap`].

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What stands before a word: a set of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Gap(pub u16);

impl Gap {
    /// Spaces, NBSP, tabs.
    pub const SPACE: u16 = 1;
    /// One line end inside a paragraph.
    pub const LINE: u16 = 2;
    /// A new paragraph, or the start of a passage.
    pub const PARAGRAPH: u16 = 4;
    /// `-` between two words.
    pub const HYPHEN: u16 = 8;
    /// An apostrophe, straight or curly.
    pub const APOSTROPHE: u16 = 16;
    /// A full stop.
    pub const DOT: u16 = 32;
    /// A comma.
    pub const COMMA: u16 = 64;
    /// `&`
    pub const AND: u16 = 128;
    /// `/`
    pub const SLASH: u16 = 256;
    /// A dash with space around it, or a long one.
    pub const DASH: u16 = 512;
    /// An opening bracket.
    pub const OPEN: u16 = 1024;
    /// A closing bracket.
    pub const CLOSE: u16 = 2048;
    /// A quotation mark.
    pub const QUOTE: u16 = 4096;
    /// A colon or semicolon.
    pub const COLON: u16 = 8192;
    /// A question or exclamation mark, an ellipsis.
    pub const STOP: u16 = 16384;
    /// Anything else.
    pub const OTHER: u16 = 32768;

    /// Whether any of these marks is there.
    #[must_use]
    pub fn has(self, marks: u16) -> bool {
        self.0 & marks != 0
    }

    /// Whether there is white space and nothing else.
    #[must_use]
    pub fn is_space(self) -> bool {
        self.0 != 0 && self.0 & !(Self::SPACE | Self::LINE) == 0
    }

    /// Whether there is a hyphen and nothing else.
    #[must_use]
    pub fn is_hyphen(self) -> bool {
        self.0 == Self::HYPHEN
    }

    /// Whether there is an apostrophe and nothing else.
    #[must_use]
    pub fn is_apostrophe(self) -> bool {
        self.0 == Self::APOSTROPHE
    }

    /// Whether there is a comma, and white space.
    #[must_use]
    pub fn is_comma(self) -> bool {
        self.has(Self::COMMA) && self.0 & !(Self::COMMA | Self::SPACE | Self::LINE) == 0
    }

    /// Whether a name that is written with the gap `self` may be written with the gap `text` as well.
    #[must_use]
    pub fn allows(self, text: Self) -> bool {
        const WHITE: u16 = Gap::SPACE | Gap::LINE;
        let bare = text.0 & !WHITE;
        match self.0 & !WHITE {
            0 => bare == 0 || text.is_hyphen() || (bare == Self::DOT && text.has(WHITE)),
            Self::HYPHEN => bare == Self::HYPHEN || text.is_space(),
            Self::DOT if self.has(WHITE) => bare == Self::DOT || text.is_space(),
            own => bare == own,
        }
    }
}

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

/// The classes of words that the rules speak of, as bits.
pub mod class {
    macro_rules! classes {
        ($($(#[$doc:meta])* $name:ident = $bit:literal, $word:literal;)*) => {
            $($(#[$doc])* pub const $name: u32 = 1 << $bit;)*
            /// The names of the classes in `data/words.yaml`.
            pub const ALL: &[(&str, u32)] = &[$(($word, $name)),*];
        };
    }
    classes! {
        /// Given names of people.
        GIVEN = 0, "given";
        /// `Mr`, `Dr`, `Sir`: a person follows.
        HONORIFIC = 1, "honorific";
        /// `president`, `minister`, `analyst`: what people are.
        ROLE = 2, "role";
        /// `said`, `told`: people and states do it.
        SPEECH = 3, "speech";
        /// `accused`, `rejected`, `vowed`, `has`, `will`: whoever stands before acts.
        ACT = 4, "act";
        /// `in`, `at`, `near`: a place follows.
        WHERE = 5, "where";
        /// `flew`, `visit`, `arrived`: going somewhere.
        GOING = 6, "going";
        /// `January` … and the days of the week.
        CALENDAR = 7, "calendar";
        /// States of the U.S. and provinces of Canada, whole and short.
        STATE = 8, "state";
        /// `St`, `Gen`, `Jan`: their full stop ends no sentence.
        SHORT = 9, "short";
        /// Common words that happen to be capitalised: `The`, `But`, `New`.
        COMMON = 10, "common";
        /// `Inc`, `Bank`, `Ministry`: a name that ends so is not a person's.
        ORGANISATION = 11, "organisation";
        /// `airport`, `mayor`, `suburbs`: what cities have.
        URBAN = 12, "urban";
        /// `former`, `deputy`, `vice`: not the holder of the office.
        NOT_HOLDER = 13, "not-holder";
        /// `talks`, `summit`, `conference`: what is held at a venue.
        MEETING = 14, "meeting";
        /// `with`, `against`, `between`: somebody who acts follows.
        TOWARDS = 15, "towards";
        /// `de`, `bin`, `van`: small words inside names of people.
        PARTICLE = 16, "particle";
        /// `Airlines`, `Post`, `Times`: with a country's name before, a brand.
        BRAND = 17, "brand";
        /// Nouns of government: `government`, `troops`, `officials`, `economy`.
        STATEHOOD = 18, "statehood";
        /// `River`, `Valley`, `County`: with a name before, another place.
        FEATURE = 19, "feature";
    }
}

/// A fast hash for short words (FxHash's recipe: rotate, xor, multiply).
#[derive(Debug, Default, Clone, Copy)]
pub struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            let mut eight = [0; 8];
            eight.copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(eight));
        }
        let rest = chunks.remainder();
        if !rest.is_empty() {
            let mut eight = [0; 8];
            eight[..rest.len()].copy_from_slice(rest);
            self.write_u64(u64::from_le_bytes(eight));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.write_u64(u64::from(byte));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

/// A map keyed by words or small numbers. Never iterated for output.
pub type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

/// Every word that some name or some rule speaks of, folded to lower-case letters without accents.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    ids: QuickMap<Box<str>, u32>,
    classes: Vec<u32>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self {
            ids: QuickMap::default(),
            classes: vec![0],
        }
    }
}

impl Vocabulary {
    /// The number of a word, adding it if it is new. The word must be [`folded`].
    pub fn add(&mut self, word: &str) -> u32 {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = u32::try_from(self.classes.len()).unwrap_or(0);
        self.classes.push(0);
        self.ids.insert(word.into(), id);
        id
    }

    /// Adds a class to a word.
    pub fn mark(&mut self, id: u32, class: u32) {
        self.classes[id as usize] |= class;
    }

    /// The number of a folded word; 0 if nothing speaks of it.
    #[must_use]
    pub fn id(&self, word: &str) -> u32 {
        self.ids.get(word).copied().unwrap_or(0)
    }

    /// The classes of a word, by its number.
    #[must_use]
    pub fn classes(&self, id: u32) -> u32 {
        self.classes[id as usize]
    }

    /// How many words there are, and one for "unknown".
    #[must_use]
    pub fn len(&self) -> usize {
        self.classes.len()
    }
}

/// A word folded for look-up: lower case, without accents and invisible characters.
pub fn folded(word: &str, into: &mut String) {
    into.clear();
    if word.is_ascii() {
        into.extend(word.bytes().map(|byte| byte.to_ascii_lowercase() as char));
        return;
    }
    for letter in word
        .nfd()
        .filter(|c| !is_combining_mark(*c) && !is_invisible(*c))
    {
        match letter {
            'ø' | 'Ø' => into.push('o'),
            'ł' | 'Ł' => into.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => into.push('d'),
            'ı' | 'İ' => into.push('i'),
            'æ' | 'Æ' => into.push_str("ae"),
            'œ' | 'Œ' => into.push_str("oe"),
            'ß' => into.push_str("ss"),
            'þ' | 'Þ' => into.push_str("th"),
            'ə' | 'Ə' => into.push('a'),
            other => into.extend(other.to_lowercase()),
        }
    }
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

/// Whether a character is part of a word (letters and digits of any script, marks on them, invisible joiners).
fn is_inside(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || is_invisible(c)
}

/// How many bytes a line has that was wrapped by hand.
const WRAPPED: std::ops::Range<usize> = 40..160;

/// The words of a passage, appended to `words`. `scratch` is only there to be used again.
pub fn cut(
    text: &str,
    passage: u16,
    known: &Vocabulary,
    words: &mut Vec<Word>,
    scratch: &mut String,
) {
    let bytes = text.as_bytes();
    let (mut sentence, mut paragraph) = words
        .last()
        .map_or((0, 0), |word| (word.sentence + 1, word.paragraph + 1));
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
            line_start = text[gap_start..at]
                .rfind('\n')
                .map_or(gap_start, |end| gap_start + end + 1);
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
                let plus =
                    byte == b'+' && !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
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
    let mut letters = word
        .chars()
        .filter(|c| !is_combining_mark(*c) && !is_invisible(*c));
    let Some(first) = letters.next() else {
        return Shape::Lower;
    };
    if first.is_numeric() {
        return Shape::Number;
    }
    if !first.is_uppercase() {
        return Shape::Lower;
    }
    if letters.any(|c| c.is_lowercase()) {
        Shape::Capital
    } else {
        Shape::Capitals
    }
}

/// The marks between two words. An indented line starts a paragraph.
fn gap_of(between: &str) -> Gap {
    if between == " " {
        return Gap(Gap::SPACE);
    }
    let mut marks = 0;
    let mut lines = 0;
    let mut dashes = 0;
    let mut indent = 0;
    for c in between.chars() {
        if c == '\n' || c == '\u{2028}' || c == '\u{2029}' {
            lines += 1;
            indent = 0;
            continue;
        }
        indent += usize::from(c == ' ') + 4 * usize::from(c == '\t');
        marks |= match c {
            '-' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{2212}' => {
                dashes += 1;
                Gap::HYPHEN
            }
            '\u{2014}' | '\u{2015}' => Gap::DASH,
            '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{2bb}' | '\u{b4}' | '`' => {
                Gap::APOSTROPHE
            }
            '.' => Gap::DOT,
            ',' => Gap::COMMA,
            '&' => Gap::AND,
            '/' => Gap::SLASH,
            '(' | '[' | '{' => Gap::OPEN,
            ')' | ']' | '}' => Gap::CLOSE,
            '"' | '\u{201c}'..='\u{201f}' | '«' | '»' => Gap::QUOTE,
            ':' | ';' => Gap::COLON,
            '?' | '!' | '…' => Gap::STOP,
            c if c.is_whitespace() => Gap::SPACE,
            c if is_invisible(c) || c.is_control() => 0,
            _ => Gap::OTHER,
        };
    }
    if lines > 1 || (lines == 1 && (indent >= 2 || marks & (Gap::OTHER | Gap::HYPHEN) != 0)) {
        marks |= Gap::PARAGRAPH;
    } else if lines == 1 {
        marks |= Gap::LINE;
    }
    if marks & Gap::HYPHEN != 0
        && (dashes > 1 || marks & (Gap::SPACE | Gap::LINE | Gap::PARAGRAPH) != 0)
    {
        marks = marks & !Gap::HYPHEN | Gap::DASH;
    }
    // A quotation mark, not an apostrophe: there is white space beside it.
    if marks & Gap::APOSTROPHE != 0
        && marks & (Gap::SPACE | Gap::LINE) != 0
        && !between.starts_with(['\'', '\u{2019}'])
    {
        marks = marks & !Gap::APOSTROPHE | Gap::QUOTE;
    }
    Gap(marks)
}
