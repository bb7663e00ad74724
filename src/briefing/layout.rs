//! How a pasted text is laid out: one paragraph a line, or lines that a mail program broke at a fixed width.

use super::letters::{continues, ends_sentence, is_space};

/// How the lines of a text make paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Every line is a paragraph.
    LineByLine,
    /// Lines were broken near this width, in characters; blank lines or short last lines end a paragraph.
    Wrapped(usize),
}

/// What neighbouring lines of running text tell, added up.
#[derive(Debug, Clone, Copy, Default)]
pub struct Evidence {
    joints: usize,
    broken_inside_sentence: usize,
    longest: usize,
}

/// No mail program breaks lines wider than this, in characters.
const WIDEST: usize = 140;

impl Evidence {
    /// Counts one line that follows another without a blank line.
    pub fn joint(&mut self, above: &str, below: &str) {
        let length = above.chars().count();
        self.longest = self.longest.max(length);
        let goes_on = continues(below);
        let stopped = ends_sentence(above);
        // A short line without a stop is a heading or a name, unless the next line carries on.
        if length < 40 && !goes_on && !stopped {
            return;
        }
        self.joints += 1;
        if !stopped || goes_on {
            self.broken_inside_sentence += 1;
        }
    }

    /// What the evidence says; `None` if it is too little.
    #[must_use]
    pub fn verdict(&self, least: usize) -> Option<Layout> {
        if self.joints < least || self.joints == 0 {
            return None;
        }
        let wrapped = self.longest <= WIDEST && self.broken_inside_sentence * 10 >= self.joints * 4;
        Some(if wrapped { Layout::Wrapped(self.longest) } else { Layout::LineByLine })
    }
}

/// Whether the first word of the line below would have fitted on the line above: nobody breaks a paragraph there.
#[must_use]
pub fn has_room(above: &str, below: &str, width: usize) -> bool {
    let word = below.split(is_space).next().map_or(0, |word| word.chars().count());
    above.chars().count() + 1 + word + width / 10 <= width
}

/// Whether the paragraph ends between two neighbouring lines.
#[must_use]
pub fn parts(layout: Layout, above: &str, below: &str) -> bool {
    match layout {
        Layout::LineByLine => ends_sentence(above) || !continues(below),
        Layout::Wrapped(width) => ends_sentence(above) && !continues(below) && has_room(above, below, width),
    }
}

/// Joins the lines of one paragraph; a hyphen at a line's end stays and takes no space behind it
/// unless it hangs (`short- and long-term`).
#[must_use]
pub fn joined<'l>(lines: impl Iterator<Item = &'l str>) -> String {
    let mut text = String::new();
    for line in lines {
        if text.is_empty() {
            text.push_str(line);
            continue;
        }
        let hangs = ["and ", "or ", "to ", "and", "or"].iter().any(|word| line.starts_with(word));
        let hyphen = text.ends_with('-') && !text.ends_with(" -") && !text.ends_with("--") && !hangs;
        if !(hyphen && line.starts_with(char::is_alphabetic)) {
            text.push(' ');
        }
        text.push_str(line);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Option<Layout> {
        let lines: Vec<&str> = text.lines().collect();
        let mut evidence = Evidence::default();
        for pair in lines.windows(2) {
            evidence.joint(pair[0], pair[1]);
        }
        evidence.verdict(1)
    }

    #[test]
    fn lines_that_stop_in_mid_sentence_are_wrapped() {
        let text = "The central bank kept its rate at eighteen per cent on Tuesday and\nsaid that it would not move before the election, which the opposition\nread as a sign of weakness.";
        assert_eq!(check(text), Some(Layout::Wrapped(69)));
    }

    #[test]
    fn lines_that_end_with_a_full_stop_are_paragraphs() {
        let text = "The central bank kept its rate at eighteen per cent on Tuesday, again.\nThe opposition read it as weakness, and said so in parliament.\nMarkets did not move.";
        assert_eq!(check(text), Some(Layout::LineByLine));
    }

    #[test]
    fn hyphens_at_line_ends_are_left_alone() {
        assert_eq!(joined(["the US-", "Russia call"].into_iter()), "the US-Russia call");
        assert_eq!(joined(["short-", "and long-term"].into_iter()), "short- and long-term");
        assert_eq!(joined(["a", "b"].into_iter()), "a b");
    }
}
