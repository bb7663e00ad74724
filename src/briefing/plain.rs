//! The plain-text dialect: text as it comes out of a mail, a chat or a word processor. Lines are paragraphs, or were
//! broken at a width; headings are bare; and whatever Markdown somebody put in is understood all the same.

use std::borrow::Cow;
use std::ops::Range;

use super::bullet::{self, Mark};
use super::element::{Element, Kind};
use super::headings;
use super::layout::{Evidence, Layout};
use super::letters::{is_space, offset_in, trim};
use super::lines::{Form, Known, Line, atx_level, fences, is_definition, is_rule, lines, numbers};
use super::markdown;
use super::names::Names;

/// Cuts a plain text into its pieces, in order.
#[must_use]
pub fn elements<'t>(text: &'t str, names: &Names) -> Vec<Element<'t>> {
    let lines = lines(text, names);
    let (numbers, fences) = (numbers(&lines), fences(&lines));
    let mut cutter = Cutter { numbers, fences, wrapped: None, lines, names, elements: Vec::new() };
    cutter.wrapped = cutter.layout();
    cutter.cut();
    cutter.elements
}

/// Cuts one text.
pub struct Cutter<'t, 'n> {
    pub(super) lines: Vec<Line<'t>>,
    pub(super) numbers: [bool; 101],
    pub(super) wrapped: Option<Layout>,
    /// First and last line of everything fenced.
    pub(super) fences: Vec<(usize, usize)>,
    pub(super) names: &'n Names,
    pub(super) elements: Vec<Element<'t>>,
}

impl<'t> Cutter<'t, '_> {
    pub fn cut(&mut self) {
        let mut at = 0;
        while at < self.lines.len() {
            at = match self.form(at) {
                Form::Blank => at + 1,
                Form::Fence => self.code(at),
                Form::Atx(level) => self.atx(at, level),
                Form::Rule => self.one_line(Kind::Rule, at),
                Form::Quote => self.quote(at),
                Form::Definition => self.one_line(Kind::Definition, at),
                Form::Table => self.table(at),
                Form::Item(..) => self.list(at),
                Form::Text => self.running_text(at),
            };
        }
    }

    pub fn form(&self, at: usize) -> Form {
        let line = self.lines[at].text;
        let Some(first) = line.chars().next() else {
            return Form::Blank;
        };
        if first.is_ascii_alphabetic() && !line.starts_with("o\t") {
            return if self.is_table(at) { Form::Table } else { Form::Text };
        }
        match first {
            '`' | '~' if self.fence_end(at).is_some() => Form::Fence,
            '#' => atx_level(line, self.names).map_or(Form::Text, Form::Atx),
            '>' => Form::Quote,
            '-' | '*' | '_' | '=' | '—' | '⸻' | '•' | '·' if is_rule(line) => Form::Rule,
            '[' if is_definition(line) => Form::Definition,
            _ if self.is_table(at) => Form::Table,
            _ => match bullet::of(line) {
                Some((mark, length)) if self.is_item(at, mark) => self.item_or_heading(line, mark, length),
                _ => Form::Text,
            },
        }
    }

    /// A bullet before a known heading only decorates it.
    pub fn item_or_heading(&self, line: &str, mark: Mark, length: usize) -> Form {
        let behind = &line[length..];
        let known = headings::line(self.names, behind).and_then(|sign| sign.opens);
        if known.is_some() { Form::Text } else { Form::Item(mark, length) }
    }

    pub fn is_item(&self, at: usize, mark: Mark) -> bool {
        let alike = |other: Mark| match (mark, other) {
            (Mark::Doubtful(one), Mark::Doubtful(other)) => one == other,
            (Mark::Emoji, Mark::Emoji) => true,
            _ => false,
        };
        match mark {
            Mark::Bullet => true,
            Mark::Number(number) => {
                let number = number as usize;
                self.numbers[number + 1] || number.checked_sub(1).is_some_and(|before| self.numbers[before])
            }
            Mark::Doubtful(_) | Mark::Emoji => {
                let near = [at.checked_sub(1), Some(at + 1), at.checked_sub(2), Some(at + 2)];
                near.into_iter().flatten().any(|near| {
                    self.lines
                        .get(near)
                        .and_then(|line| bullet::of(line.text))
                        .is_some_and(|(other, _)| alike(other))
                })
            }
        }
    }

    pub fn is_text(&self, at: usize) -> bool {
        at < self.lines.len() && self.form(at) == Form::Text
    }

    /// What the whole text tells about its layout.
    pub fn layout(&self) -> Option<Layout> {
        let mut evidence = Evidence::default();
        for pair in self.lines.windows(2) {
            let plain = |line: &Line<'_>| {
                !line.is_blank() && !line.text.starts_with(['#', '>', '|', '-', '*', '•', '`', '~', '='])
            };
            if plain(&pair[0]) && plain(&pair[1]) && pair[0].known == Known::No && pair[1].known == Known::No
            {
                evidence.joint(pair[0].text, pair[1].text);
            }
        }
        evidence.verdict(1)
    }

    pub fn push(&mut self, kind: Kind<'t>, lines: Range<usize>, text: Cow<'t, str>) {
        let (first, last) = (self.lines[lines.start], self.lines[lines.end - 1]);
        self.elements.push(Element {
            kind,
            span: first.start..last.end().max(first.start),
            text,
            start: first.start,
        });
    }

    pub fn one_line(&mut self, kind: Kind<'t>, at: usize) -> usize {
        self.push(kind, at..at + 1, Cow::Borrowed(self.lines[at].text));
        at + 1
    }

    pub fn atx(&mut self, at: usize, level: u8) -> usize {
        let line = self.lines[at];
        let words = trim(line.text.trim_start_matches('#'));
        let unclosed = words.trim_end_matches('#');
        let words = if unclosed.is_empty() || unclosed.ends_with(is_space) { trim(unclosed) } else { words };
        let start = line.start + offset_in(line.text, words);
        self.elements.push(Element {
            kind: Kind::Heading(level),
            span: line.start..line.end(),
            text: Cow::Borrowed(words),
            start,
        });
        at + 1
    }

    /// The line on which the code that a fence opens ends.
    pub fn fence_end(&self, at: usize) -> Option<usize> {
        self.fences.binary_search_by_key(&at, |(first, _)| *first).ok().map(|found| self.fences[found].1)
    }

    pub fn code(&mut self, at: usize) -> usize {
        let end = self.fence_end(at).unwrap_or(at);
        let indent = self.lines[at].indent;
        let mut code = String::new();
        for line in &self.lines[at..=end] {
            if !code.is_empty() {
                code.push('\n');
            }
            let fence = offset_in(self.lines[at].text, line.text) == 0;
            let extra = if fence || line.is_blank() { 0 } else { line.indent.saturating_sub(indent) };
            code.extend(std::iter::repeat_n(' ', extra));
            code.push_str(line.text);
        }
        self.push(Kind::Code, at..end + 1, Cow::Owned(code));
        end + 1
    }

    pub fn quote(&mut self, at: usize) -> usize {
        let end = (at..self.lines.len())
            .find(|at| !self.lines[*at].text.starts_with('>'))
            .unwrap_or(self.lines.len());
        let text = self.joined_lines(at..end);
        self.push(Kind::Other, at..end, text);
        end
    }

    /// The lines as they are, without indentation.
    pub fn joined_lines(&self, lines: Range<usize>) -> Cow<'t, str> {
        if lines.len() == 1 {
            return Cow::Borrowed(self.lines[lines.start].text);
        }
        let texts: Vec<&str> = self.lines[lines].iter().map(|line| line.text).collect();
        Cow::Owned(texts.join("\n"))
    }

    pub fn is_table(&self, at: usize) -> bool {
        let delimits = |line: &Line<'_>| {
            line.text.contains('-')
                && line.text.contains('|')
                && line.text.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
        };
        self.lines[at].text.contains('|') && self.lines.get(at + 1).is_some_and(delimits)
    }

    pub fn table(&mut self, at: usize) -> usize {
        let end = (at + 2..self.lines.len())
            .find(|at| !self.lines[*at].text.contains('|'))
            .unwrap_or(self.lines.len());
        let text = self.joined_lines(at..end);
        let is_one = matches!(markdown::elements(&text).as_slice(), [only] if only.kind == Kind::Other);
        if is_one {
            self.push(Kind::Other, at..end, text);
        } else {
            for at in at..end {
                self.one_line(Kind::Paragraph { heads: false }, at);
            }
        }
        end
    }
}
