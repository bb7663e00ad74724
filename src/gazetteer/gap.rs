//! What stands between two words: spaces, dashes and quotes of every kind, as a set of marks.

use serde::{Deserialize, Serialize};

use super::vocabulary::is_invisible;

/// What stands before a word: a set of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
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

/// The marks between two words. An indented line starts a paragraph.
pub fn gap_of(between: &str) -> Gap {
    if between == " " {
        return Gap(Gap::SPACE);
    }
    let mut marks = 0;
    let mut lines = 0;
    let mut dashes = 0;
    let mut indent = 0;
    let mut emphasis = false;
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
            '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{2bb}' | '\u{b4}' | '`' => Gap::APOSTROPHE,
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
            // Emphasis in Markdown.
            '*' | '_' => {
                emphasis = true;
                0
            }
            _ => Gap::OTHER,
        };
    }
    if lines > 1 || (lines == 1 && (indent >= 2 || emphasis || marks & (Gap::OTHER | Gap::HYPHEN) != 0)) {
        marks |= Gap::PARAGRAPH;
    } else if lines == 1 {
        marks |= Gap::LINE;
    }
    if marks & Gap::HYPHEN != 0 && (dashes > 1 || marks & (Gap::SPACE | Gap::LINE | Gap::PARAGRAPH) != 0) {
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
