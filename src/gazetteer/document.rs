//! One document laid out for reading: its words, its sentences, which lines are headlines, where its dateline is.

use super::entity::Day;
use super::findings::{Part, Passage};
use super::gap::Gap;
use super::matcher::Matcher;
use super::vocabulary::class;
use super::words::{Shape, Word, cut};

/// Nobody looks further than so many words for what a sentence says.
pub const LONGEST: usize = 120;

/// A document as a row of words.
#[derive(Debug)]
pub struct Document<'a> {
    /// As handed in.
    pub passages: &'a [Passage<'a>],
    /// All words of all passages.
    pub words: Vec<Word>,
    /// By word: its classes.
    pub classes: Vec<u64>,
    /// The document's day.
    pub day: Option<Day>,
    /// Words of the dateline (`GENEVA, June 4 (Reuters) -`), of bylines and of desk labels.
    pub dateline: Vec<std::ops::Range<usize>>,
    /// By sentence: its first word.
    sentences: Vec<u32>,
    /// By sentence: most of its words have capitals, so capitals say nothing.
    headline: Vec<bool>,
    /// The words of the vocabulary that occur, as a set of bits.
    present: Vec<u64>,
}

impl<'a> Document<'a> {
    /// Cuts passages into words.
    #[must_use]
    pub fn of(passages: &'a [Passage<'a>], day: Option<Day>, matcher: &Matcher) -> Self {
        let size: usize = passages.iter().map(|passage| passage.text.len()).sum();
        let mut words: Vec<Word> = Vec::with_capacity(size / 5);
        let mut scratch = String::new();
        for (number, passage) in passages.iter().enumerate() {
            // Nobody writes a briefing with more parts than this; what is beyond is read as the last one.
            let number = u16::try_from(number).unwrap_or(u16::MAX);
            cut(passage.text, number, &matcher.vocabulary, &mut words, &mut scratch);
        }
        let classes: Vec<u64> = words.iter().map(|word| matcher.vocabulary.classes(word.id)).collect();
        let mut present = vec![0_u64; matcher.vocabulary.len() / 64 + 1];
        for word in &words {
            present[word.id as usize / 64] |= 1 << (word.id % 64);
        }
        let mut document = Self {
            passages,
            words,
            classes,
            day,
            dateline: Vec::new(),
            sentences: Vec::new(),
            headline: Vec::new(),
            present,
        };
        document.mark_sentences();
        document.mark_datelines();
        document
    }

    fn mark_sentences(&mut self) {
        let mut start = 0;
        while start < self.words.len() {
            let sentence = self.words[start].sentence;
            let rest = &self.words[start..];
            let count = rest.iter().take_while(|word| word.sentence == sentence).count();
            let here = &rest[..count];
            let long = here.iter().filter(|word| word.end - word.start > 3 && word.shape != Shape::Number);
            let (mut capital, mut all) = (0, 0);
            for word in long {
                all += 1;
                capital += usize::from(word.shape != Shape::Lower);
            }
            // A sentence that ends with a full stop is a headline only if no long word is small.
            let end = &rest[count - 1];
            let text = self.passages[end.passage as usize].text;
            let stops = text[end.end as usize..].starts_with('.') && end.end - end.start > 1;
            let mostly = if stops { capital == all } else { capital * 4 >= all * 3 };
            while self.sentences.len() <= sentence as usize {
                self.sentences.push(start as u32);
                self.headline.push(all >= 3 && mostly);
            }
            start += count;
        }
    }

    /// A dateline: capitals, months, numbers and brackets at the start of a paragraph, up to a dash.
    fn mark_datelines(&mut self) {
        let mut paragraphs = 0;
        let mut at = 0;
        while at < self.words.len() && paragraphs < 6 {
            let word = &self.words[at];
            let starts = word.gap.has(Gap::PARAGRAPH | Gap::LINE) || at == 0;
            if starts {
                paragraphs += 1;
                if let Some(end) = self.dateline_at(at) {
                    self.dateline.push(at..end);
                    at = end;
                    continue;
                }
            }
            at += 1;
        }
        // `[ASIA]` is a desk's label, not a region.
        for at in 0..self.words.len() {
            let word = &self.words[at];
            let starts = word.gap.has(Gap::PARAGRAPH | Gap::LINE) && word.gap.has(Gap::OPEN);
            if !starts || word.shape != Shape::Capitals {
                continue;
            }
            let before = &self.passages[word.passage as usize].text[..word.start as usize];
            let close = (at..self.words.len().min(at + 6))
                .find(|next| self.words.get(next + 1).is_none_or(|word| word.gap.has(Gap::CLOSE)));
            if let (true, Some(close)) = (before.ends_with('['), close)
                && self.words[at..=close].iter().all(|word| word.shape == Shape::Capitals)
            {
                self.dateline.push(at..close + 1);
            }
        }
        self.dateline.sort_by_key(|range| range.start);
    }

    fn dateline_at(&self, start: usize) -> Option<usize> {
        let first = &self.words[start];
        if first.shape != Shape::Capitals || first.end - first.start < 3 || first.loud {
            return self.dated_at(start);
        }
        let mut bracket = false;
        for at in start + 1..self.words.len().min(start + 16) {
            let word = &self.words[at];
            if word.gap.has(Gap::PARAGRAPH) {
                return None;
            }
            bracket = (bracket || word.gap.has(Gap::OPEN)) && !word.gap.has(Gap::CLOSE);
            let dash = word.gap.has(Gap::DASH) || (word.gap.has(Gap::COLON) && at <= start + 3);
            if dash && !bracket {
                return Some(at);
            }
            let lower = word.shape == Shape::Lower;
            if !bracket && (lower || word.gap.has(Gap::STOP | Gap::QUOTE)) {
                return None;
            }
        }
        None
    }

    /// `Geneva, 4 June —`: capitals are missing, but a day and a dash are there.
    fn dated_at(&self, start: usize) -> Option<usize> {
        if self.words[start].loud || self.words[start].shape != Shape::Capital {
            return None;
        }
        let mut dated = false;
        for at in start + 1..self.words.len().min(start + 8) {
            let word = &self.words[at];
            if word.gap.has(Gap::DASH) {
                return dated.then_some(at);
            }
            let calendar = self.classes[at] & class::CALENDAR != 0;
            if word.shape == Shape::Lower || word.gap.has(Gap::PARAGRAPH | Gap::STOP) {
                return None;
            }
            dated |= calendar || word.shape == Shape::Number;
        }
        None
    }

    /// The text of a word.
    #[must_use]
    pub fn text(&self, at: usize) -> &'a str {
        let word = &self.words[at];
        &self.passages[word.passage as usize].text[word.start as usize..word.end as usize]
    }

    /// The text from one word to another in the same passage.
    #[must_use]
    pub fn span(&self, first: usize, last: usize) -> &'a str {
        let (from, to) = (&self.words[first], &self.words[last]);
        let text = self.passages[from.passage as usize].text;
        text.get(from.start as usize..to.end as usize).unwrap_or("")
    }

    /// First byte in the file of a word, and one past the last.
    #[must_use]
    pub fn bytes(&self, at: usize) -> (usize, usize) {
        let word = &self.words[at];
        let offset = self.passages[word.passage as usize].offset;
        (offset + word.start as usize, offset + word.end as usize)
    }

    /// One past the last byte in the file of a name that ends with a word: `U.S.` keeps its last full stop.
    #[must_use]
    pub fn end_of(&self, at: usize) -> usize {
        let word = &self.words[at];
        let text = self.passages[word.passage as usize].text;
        let dotted = word.end - word.start == 1
            && word.gap.0 == Gap::DOT
            && text.as_bytes().get(word.end as usize) == Some(&b'.');
        self.bytes(at).1 + usize::from(dotted)
    }

    /// The part that a word stands in.
    #[must_use]
    pub fn part(&self, at: usize) -> Part {
        self.passages[self.words[at].passage as usize].part
    }

    /// Whether a word is of a class.
    #[must_use]
    pub fn is(&self, at: usize, classes: u64) -> bool {
        self.classes.get(at).is_some_and(|own| own & classes != 0)
    }

    /// Whether a word has a capital where capitals mean something.
    #[must_use]
    pub fn is_capital(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at) else {
            return false;
        };
        matches!(word.shape, Shape::Capital | Shape::Capitals)
    }

    /// Whether the sentence of a word is a headline: its capitals say nothing.
    #[must_use]
    pub fn is_headline(&self, at: usize) -> bool {
        let word = &self.words[at];
        word.loud || self.headline[word.sentence as usize]
    }

    /// Whether a word is the first of its sentence.
    #[must_use]
    pub fn starts_sentence(&self, at: usize) -> bool {
        self.sentences[self.words[at].sentence as usize] as usize == at
            || self.words[at].gap.has(Gap::QUOTE | Gap::COLON)
    }

    /// The words of the sentence that a word stands in; of a sentence without end, those near the word.
    #[must_use]
    pub fn sentence(&self, at: usize) -> std::ops::Range<usize> {
        let sentence = self.words[at].sentence as usize;
        let start = self.sentences[sentence] as usize;
        let end = self.sentences.get(sentence + 1).map_or(self.words.len(), |next| *next as usize);
        start.max(at.saturating_sub(LONGEST))..end.min(at + LONGEST)
    }

    /// Whether `'s`, or `'` after an s, follows a word.
    #[must_use]
    pub fn is_possessive(&self, at: usize) -> bool {
        let Some(next) = self.words.get(at + 1) else {
            return false;
        };
        if next.gap.is_apostrophe() {
            return matches!(self.text(at + 1), "s" | "S");
        }
        let spaced = next.gap.0 & !(Gap::SPACE | Gap::LINE) == Gap::APOSTROPHE;
        spaced && self.text(at).ends_with(['s', 'S'])
    }

    /// The word after `at` and its possessive ending, if it is in the same sentence.
    #[must_use]
    pub fn after(&self, at: usize) -> Option<usize> {
        let s = self.words.get(at + 1).is_some_and(|next| next.gap.is_apostrophe())
            && matches!(self.text(at + 1), "s" | "S");
        let next = at + 1 + usize::from(s);
        let word = self.words.get(next)?;
        (word.sentence == self.words[at].sentence).then_some(next)
    }

    /// The word before `at`, if it is in the same sentence.
    #[must_use]
    pub fn before(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1)?;
        (self.words[before].sentence == self.words[at].sentence).then_some(before)
    }

    /// Whether a phrase starts at a word. Case does not matter.
    #[must_use]
    pub fn phrase_at(&self, phrase: &[u32], at: usize) -> bool {
        phrase
            .iter()
            .enumerate()
            .all(|(step, id)| self.words.get(at + step).is_some_and(|word| word.id == *id))
    }

    /// Whether a phrase stands somewhere in these words.
    #[must_use]
    pub fn phrase_in(&self, phrase: &[u32], range: std::ops::Range<usize>) -> bool {
        self.has_word(phrase[0])
            && range.into_iter().any(|at| self.words[at].id == phrase[0] && self.phrase_at(phrase, at))
    }

    /// Whether a phrase stands anywhere.
    #[must_use]
    pub fn has_phrase(&self, phrase: &[u32]) -> bool {
        phrase.iter().all(|id| self.has_word(*id))
            && (phrase.len() == 1 || self.phrase_in(phrase, 0..self.words.len()))
    }

    fn has_word(&self, id: u32) -> bool {
        self.present[id as usize / 64] & (1 << (id % 64)) != 0
    }

    /// Whether nothing but white space, or the full stop of an abbreviation, stands before a word: `U.S. president`.
    #[must_use]
    pub fn is_tied(&self, at: usize) -> bool {
        let gap = self.words[at].gap;
        if gap.is_space() {
            return true;
        }
        let abbreviation = gap.0 & !(Gap::SPACE | Gap::LINE) == Gap::DOT && gap.has(Gap::SPACE | Gap::LINE);
        abbreviation
            && at.checked_sub(1).is_some_and(|before| {
                let word = &self.words[before];
                word.sentence == self.words[at].sentence
                    && (word.end - word.start == 1 || self.is(before, class::SHORT))
            })
    }

    /// Whether a preposition stands before a word (an article may come between): it cannot be the subject.
    #[must_use]
    pub fn is_governed(&self, at: usize) -> bool {
        let Some(mut before) = self.before(at).filter(|_| self.is_tied(at)) else { return false };
        if matches!(self.text(before), "the" | "both" | "neighbouring" | "neighboring") {
            let Some(more) = self.before(before).filter(|_| self.is_tied(before)) else { return false };
            before = more;
        }
        self.is(before, class::PREPOSITION)
    }

    /// Whether a word belongs to a dateline, byline or desk label.
    #[must_use]
    pub fn in_dateline(&self, at: usize) -> bool {
        let next = self.dateline.partition_point(|range| range.start <= at);
        next.checked_sub(1).is_some_and(|before| self.dateline[before].contains(&at))
    }
}
