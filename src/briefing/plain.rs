//! The plain-text dialect: text as it comes out of a mail, a chat or a word processor. Lines are paragraphs, or were
//! broken at a width; headings are bare; and whatever Markdown somebody put in is understood all the same.

use std::borrow::Cow;
use std::ops::Range;

use super::bullet::{self, Mark, PlainItem};
use super::category;
use super::date;
use super::element::{Element, Item, Kind};
use super::headings::{self, Place, looks_like_heading};
use super::layout::{self, Evidence, Layout};
use super::letters::{continues, ends_sentence, is_space, offset_in, trim};
use super::markdown;
use super::names::{Names, Opens};

/// One line, without white space around it.
#[derive(Debug, Clone, Copy)]
struct Line<'t> {
    text: &'t str,
    start: usize,
    indent: usize,
}

impl Line<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

/// What a line is by its first characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Blank,
    Fence,
    Atx(u8),
    Rule,
    Quote,
    Definition,
    Table,
    Item(Mark, usize),
    Text,
}

/// Cuts a plain text into its pieces, in order.
#[must_use]
pub fn elements<'t>(text: &'t str, names: &Names) -> Vec<Element<'t>> {
    let lines = lines(text);
    let (numbers, fences) = (numbers(&lines), fences(&lines));
    let mut cutter = Cutter {
        numbers,
        fences,
        wrapped: None,
        lines,
        names,
        elements: Vec::new(),
    };
    cutter.wrapped = cutter.layout();
    cutter.cut();
    cutter.elements
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let line = |whole: &'_ str| -> (usize, usize) {
        let inner = whole.trim_start_matches(is_space);
        (
            whole.len() - inner.len(),
            whole[..whole.len() - inner.len()]
                .chars()
                .map(|c| if c == '\t' { 4 } else { 1 })
                .sum(),
        )
    };
    text.split('\n')
        .map(|whole| {
            let (skip, indent) = line(whole);
            Line {
                text: trim(whole),
                start: offset_in(text, whole) + skip.min(whole.len()),
                indent,
            }
        })
        .collect()
}

/// Which numbers below 100 stand before lines.
fn numbers(lines: &[Line<'_>]) -> [bool; 101] {
    let mut seen = [false; 101];
    for line in lines {
        if let Some((Mark::Number(number), _)) = bullet::of(line.text) {
            seen[number as usize] = true;
        }
    }
    seen
}

/// The fences that close, by first and last line. One that never closes is text.
fn fences(lines: &[Line<'_>]) -> Vec<(usize, usize)> {
    let mut fences = Vec::new();
    // From which length on nothing closes any more: backquotes, tildes.
    let mut unclosed = [usize::MAX; 2];
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at].text;
        at += 1;
        let mark = match line.as_bytes().first() {
            Some(b'`') => '`',
            Some(b'~') => '~',
            _ => continue,
        };
        let length = line
            .bytes()
            .take_while(|byte| char::from(*byte) == mark)
            .count();
        let least = &mut unclosed[usize::from(mark == '~')];
        if length < 3 || (mark == '`' && line[length..].contains('`')) || length >= *least {
            continue;
        }
        let closes =
            |line: &Line<'_>| line.text.len() >= length && line.text.chars().all(|c| c == mark);
        match (at..lines.len()).find(|at| closes(&lines[*at])) {
            Some(end) => {
                fences.push((at - 1, end));
                at = end + 1;
            }
            None => *least = length,
        }
    }
    fences
}

struct Cutter<'t, 'n> {
    lines: Vec<Line<'t>>,
    numbers: [bool; 101],
    wrapped: Option<Layout>,
    /// First and last line of everything fenced.
    fences: Vec<(usize, usize)>,
    names: &'n Names,
    elements: Vec<Element<'t>>,
}

impl<'t> Cutter<'t, '_> {
    fn cut(&mut self) {
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

    fn form(&self, at: usize) -> Form {
        let line = self.lines[at].text;
        let Some(first) = line.chars().next() else {
            return Form::Blank;
        };
        if first.is_ascii_alphabetic() {
            return if self.is_table(at) {
                Form::Table
            } else {
                Form::Text
            };
        }
        match first {
            '`' | '~' if self.fence_end(at).is_some() => Form::Fence,
            '#' => atx_level(line, self.names).map_or(Form::Text, Form::Atx),
            '>' => Form::Quote,
            '-' | '*' | '_' | '=' | '—' | '⸻' | '•' | '·' if is_rule(line) => Form::Rule,
            '[' if is_definition(line) => Form::Definition,
            _ if self.is_table(at) => Form::Table,
            _ => match bullet::of(line) {
                Some((mark, length)) if self.is_item(at, mark) => {
                    self.item_or_heading(line, mark, length)
                }
                _ => Form::Text,
            },
        }
    }

    /// A bullet before a known heading only decorates it.
    fn item_or_heading(&self, line: &str, mark: Mark, length: usize) -> Form {
        let behind = &line[length..];
        let known = headings::line(self.names, behind).and_then(|sign| sign.opens);
        if known.is_some() {
            Form::Text
        } else {
            Form::Item(mark, length)
        }
    }

    fn is_item(&self, at: usize, mark: Mark) -> bool {
        let alike = |other: Mark| match (mark, other) {
            (Mark::Doubtful(one), Mark::Doubtful(other)) => one == other,
            (Mark::Emoji, Mark::Emoji) => true,
            _ => false,
        };
        match mark {
            Mark::Bullet => true,
            Mark::Number(number) => {
                let number = number as usize;
                self.numbers[number + 1]
                    || number
                        .checked_sub(1)
                        .is_some_and(|before| self.numbers[before])
            }
            Mark::Doubtful(_) | Mark::Emoji => {
                let near = [
                    at.checked_sub(1),
                    Some(at + 1),
                    at.checked_sub(2),
                    Some(at + 2),
                ];
                near.into_iter().flatten().any(|near| {
                    self.lines
                        .get(near)
                        .and_then(|line| bullet::of(line.text))
                        .is_some_and(|(other, _)| alike(other))
                })
            }
        }
    }

    fn is_text(&self, at: usize) -> bool {
        at < self.lines.len() && self.form(at) == Form::Text
    }

    /// What the whole text tells about its layout.
    fn layout(&self) -> Option<Layout> {
        let mut evidence = Evidence::default();
        for pair in self.lines.windows(2) {
            let plain = |line: &Line<'_>| {
                !line.is_blank()
                    && !line
                        .text
                        .starts_with(['#', '>', '|', '-', '*', '•', '`', '~', '='])
            };
            if plain(&pair[0])
                && plain(&pair[1])
                && !self.is_known(pair[0].text)
                && !self.is_known(pair[1].text)
            {
                evidence.joint(pair[0].text, pair[1].text);
            }
        }
        evidence.verdict(1)
    }

    fn is_known(&self, line: &str) -> bool {
        headings::line(self.names, line).is_some()
    }

    fn push(&mut self, kind: Kind<'t>, lines: Range<usize>, text: Cow<'t, str>) {
        let (first, last) = (self.lines[lines.start], self.lines[lines.end - 1]);
        self.elements.push(Element {
            kind,
            span: first.start..last.end().max(first.start),
            text,
            start: first.start,
        });
    }

    fn one_line(&mut self, kind: Kind<'t>, at: usize) -> usize {
        self.push(kind, at..at + 1, Cow::Borrowed(self.lines[at].text));
        at + 1
    }

    fn atx(&mut self, at: usize, level: u8) -> usize {
        let line = self.lines[at];
        let words = trim(line.text.trim_start_matches('#'));
        let unclosed = words.trim_end_matches('#');
        let words = if unclosed.is_empty() || unclosed.ends_with(is_space) {
            trim(unclosed)
        } else {
            words
        };
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
    fn fence_end(&self, at: usize) -> Option<usize> {
        self.fences
            .binary_search_by_key(&at, |(first, _)| *first)
            .ok()
            .map(|found| self.fences[found].1)
    }

    fn code(&mut self, at: usize) -> usize {
        let end = self.fence_end(at).unwrap_or(at);
        let indent = self.lines[at].indent;
        let mut code = String::new();
        for line in &self.lines[at..=end] {
            if !code.is_empty() {
                code.push('\n');
            }
            let fence = offset_in(self.lines[at].text, line.text) == 0;
            let extra = if fence || line.is_blank() {
                0
            } else {
                line.indent.saturating_sub(indent)
            };
            code.extend(std::iter::repeat_n(' ', extra));
            code.push_str(line.text);
        }
        self.push(Kind::Code, at..end + 1, Cow::Owned(code));
        end + 1
    }

    fn quote(&mut self, at: usize) -> usize {
        let end = (at..self.lines.len())
            .find(|at| !self.lines[*at].text.starts_with('>'))
            .unwrap_or(self.lines.len());
        let text = self.joined_lines(at..end);
        self.push(Kind::Other, at..end, text);
        end
    }

    /// The lines as they are, without indentation.
    fn joined_lines(&self, lines: Range<usize>) -> Cow<'t, str> {
        if lines.len() == 1 {
            return Cow::Borrowed(self.lines[lines.start].text);
        }
        let texts: Vec<&str> = self.lines[lines].iter().map(|line| line.text).collect();
        Cow::Owned(texts.join("\n"))
    }

    fn is_table(&self, at: usize) -> bool {
        let delimits = |line: &Line<'_>| {
            line.text.contains('-')
                && line.text.contains('|')
                && line
                    .text
                    .chars()
                    .all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
        };
        self.lines[at].text.contains('|') && self.lines.get(at + 1).is_some_and(delimits)
    }

    fn table(&mut self, at: usize) -> usize {
        let end = (at + 2..self.lines.len())
            .find(|at| !self.lines[*at].text.contains('|'))
            .unwrap_or(self.lines.len());
        let text = self.joined_lines(at..end);
        let is_one =
            matches!(markdown::elements(&text).as_slice(), [only] if only.kind == Kind::Other);
        if is_one {
            self.push(Kind::Other, at..end, text);
        } else {
            for at in at..end {
                self.one_line(Kind::Paragraph { heads: false }, at);
            }
        }
        end
    }

    fn list(&mut self, from: usize) -> usize {
        let mut items: Vec<PlainItem> = Vec::new();
        let mut spans: Vec<(Range<usize>, usize)> = Vec::new();
        let mut at = from;
        let mut end = from;
        while at < self.lines.len() {
            let line = self.lines[at];
            match self.form(at) {
                Form::Item(mark, length) => {
                    let base = items.first().map_or(line.indent, |item| item.indent);
                    let kind_changes = items.first().is_some_and(|first| {
                        line.indent < base + 2
                            && matches!(first.mark, Mark::Number(_))
                                != matches!(mark, Mark::Number(_))
                    });
                    if kind_changes {
                        break;
                    }
                    spans.push((line.start..line.end(), line.start + length));
                    items.push(PlainItem {
                        indent: line.indent.max(base),
                        mark,
                        text: line.text[length..].to_owned(),
                    });
                    end = at + 1;
                }
                Form::Blank if at == end => {
                    // One blank line between items is layout.
                    if !self.lines.get(at + 1).is_some_and(|next| !next.is_blank())
                        || !matches!(self.form(at + 1), Form::Item(..))
                    {
                        break;
                    }
                }
                Form::Text if at == end && self.carries_on(at, &items) => {
                    if let (Some(item), Some((span, _))) = (items.last_mut(), spans.last_mut()) {
                        item.text = layout::joined([item.text.as_str(), line.text].into_iter());
                        span.end = line.end();
                    }
                    end = at + 1;
                }
                _ => break,
            }
            at += 1;
        }
        self.push_list(from..end, &items, &spans);
        end
    }

    /// Whether a line without a mark belongs to the item above.
    fn carries_on(&self, at: usize, items: &[PlainItem]) -> bool {
        let line = self.lines[at];
        let above = self.lines[at - 1].text;
        let indented = items
            .last()
            .is_some_and(|item| line.indent >= item.indent + 2);
        if self.is_known(line.text) || category::split(line.text).is_some() {
            return false;
        }
        let broken = matches!(self.wrapped, Some(Layout::Wrapped(_))) && !ends_sentence(above);
        indented
            || broken && above.chars().count() > 30
            || continues(line.text) && !ends_sentence(above)
    }

    fn push_list(
        &mut self,
        lines: Range<usize>,
        items: &[PlainItem],
        spans: &[(Range<usize>, usize)],
    ) {
        let (list, top) = bullet::markdown(items);
        let cut = markdown::elements(&list);
        let (
            [
                Element {
                    kind: Kind::List(cut_items),
                    ..
                },
            ],
            true,
        ) = (cut.as_slice(), !items.is_empty())
        else {
            return self.push_items_as_text(items, spans);
        };
        if cut_items.len() != top.len() {
            return self.push_items_as_text(items, spans);
        }
        let items = cut_items
            .iter()
            .enumerate()
            .map(|(number, item)| {
                let first = top[number];
                let last = top.get(number + 1).map_or(spans.len(), |next| *next) - 1;
                Item {
                    span: spans[first].0.start..spans[last].0.end,
                    text: Cow::Owned(item.text.clone().into_owned()),
                    start: spans[first].1,
                }
            })
            .collect();
        self.push(Kind::List(items), lines, Cow::Owned(list));
    }

    fn push_items_as_text(&mut self, items: &[PlainItem], spans: &[(Range<usize>, usize)]) {
        for (item, (span, start)) in items.iter().zip(spans) {
            let text = Cow::Owned(item.text.clone());
            self.elements.push(Element {
                kind: Kind::Paragraph { heads: false },
                span: span.clone(),
                text,
                start: *start,
            });
        }
    }

    fn running_text(&mut self, from: usize) -> usize {
        let mut end = from + 1;
        while self.is_text(end) {
            end += 1;
        }
        // Words underlined with `===` or `---` are a heading.
        let last = self.lines[end - 1].text;
        let underline = self.lines.get(end).map_or("", |line| line.text);
        let level = match underline.as_bytes().first() {
            Some(b'=') => 1,
            _ => 2,
        };
        let is_underline = underline.len() >= 3
            && (underline.bytes().all(|byte| byte == b'=')
                || underline.bytes().all(|byte| byte == b'-'))
            && looks_like_heading(last)
            && last.len() <= 90
            && (end - 1 == from || ends_sentence(self.lines[end - 2].text));
        let text_end = if is_underline { end - 1 } else { end };
        if text_end > from {
            self.paragraphs(from..text_end);
        }
        if is_underline {
            self.push(Kind::Heading(level), end - 1..end + 1, Cow::Borrowed(last));
            return end + 1;
        }
        end
    }

    /// Lines without a blank one between them become paragraphs.
    fn paragraphs(&mut self, run: Range<usize>) {
        let mut evidence = Evidence::default();
        for at in run.start + 1..run.end {
            let (above, below) = (self.lines[at - 1].text, self.lines[at].text);
            if !self.is_known(above) && !self.is_known(below) {
                evidence.joint(above, below);
            }
        }
        let layout = evidence
            .verdict(3)
            .or(self.wrapped)
            .unwrap_or(Layout::LineByLine);
        let mut start = run.start;
        for at in run.start + 1..=run.end {
            if at == run.end || self.parts(layout, start, at, run.end) {
                self.paragraph(start..at, layout);
                start = at;
            }
        }
    }

    /// Whether a new paragraph begins at line `at`, when the last one began at `start`.
    fn parts(&self, layout: Layout, start: usize, at: usize, end: usize) -> bool {
        let (above, below) = (self.lines[at - 1].text, self.lines[at].text);
        let next = (at + 1 < end).then(|| self.lines[at + 1].text);
        if category::split(below).is_some() && (ends_sentence(above) || looks_like_heading(above)) {
            return true;
        }
        if self.is_heading(
            above,
            (at - 1 > start).then(|| self.lines[at - 2].text),
            Some(below),
        ) && at - 1 == start
            || self.is_heading(below, Some(above), next)
        {
            return true;
        }
        if date::line(above).is_some() && at - 1 == start || date::line(below).is_some() {
            return true;
        }
        if layout::parts(layout, above, below) || self.begins_run_in(above, below) {
            return true;
        }
        let Layout::Wrapped(width) = layout else {
            return false;
        };
        let room = |line: &str, next: &str| {
            layout::has_room(line, next, width) && line.chars().count() * 10 <= width * 6
        };
        let head_above =
            at - 1 == start && could_head(above) && !continues(below) && room(above, below);
        let head_below = ends_sentence(above)
            && could_head(below)
            && next.is_some_and(|next| !continues(next) && room(below, next));
        let indented = self.lines[at].indent >= self.lines[at - 1].indent + 2
            && at - 1 != start
            && ends_sentence(above);
        head_above || head_below || indented
    }

    /// A known heading, or a bold line, that does not stand in mid-sentence.
    fn is_heading(&self, line: &str, above: Option<&str>, below: Option<&str>) -> bool {
        let Some(sign) = headings::line(self.names, line) else {
            return false;
        };
        if line.starts_with(['*', '_']) {
            return true;
        }
        let after_stop = above.is_none_or(|above| {
            ends_sentence(above)
                || above.ends_with(':')
                || looks_like_heading(above) && above.len() < 60
        });
        let before_start = below.is_none_or(|below| !continues(below));
        let surely = matches!(
            sign.opens,
            Some(Opens::Implications | Opens::View { surely: true })
        ) && !continues(line);
        (after_stop || surely) && before_start
    }

    fn begins_run_in(&self, above: &str, below: &str) -> bool {
        let place = Place {
            among_implications: true,
            in_item: false,
        };
        ends_sentence(above)
            && (below.starts_with("**") || headings::run_in(self.names, below, place).is_some())
    }

    fn paragraph(&mut self, lines: Range<usize>, layout: Layout) {
        if lines.len() > 1 {
            let text = layout::joined(self.lines[lines.clone()].iter().map(|line| line.text));
            return self.push(Kind::Paragraph { heads: false }, lines, Cow::Owned(text));
        }
        let line = self.lines[lines.start];
        let heads = could_head(line.text)
            && self.has_text_below(lines.start, layout)
            && self.is_clear_above(lines.start);
        self.push(Kind::Paragraph { heads }, lines, Cow::Borrowed(line.text));
    }

    /// Whether running text stands below a line, longer than the line.
    fn has_text_below(&self, at: usize, layout: Layout) -> bool {
        let Some(below) =
            (at + 1..self.lines.len().min(at + 4)).find(|at| !self.lines[*at].is_blank())
        else {
            return false;
        };
        let (line, next) = (self.lines[at].text, self.lines[below].text);
        let room = match layout {
            Layout::Wrapped(width) if below == at + 1 => layout::has_room(line, next, width),
            _ => true,
        };
        self.is_text(below)
            && next.len() > line.len()
            && (next.len() > 60 || ends_sentence(next))
            && !continues(next)
            && room
    }

    /// Whether a sentence ends, or nothing stands, above a line.
    fn is_clear_above(&self, at: usize) -> bool {
        let Some(above) = at.checked_sub(1).map(|above| self.lines[above].text) else {
            return true;
        };
        above.is_empty() || ends_sentence(above) || self.is_known(above) || above.starts_with('#')
    }
}

/// Whether a line could be a heading that nobody has listed.
fn could_head(line: &str) -> bool {
    looks_like_heading(line)
        && line.len() <= 64
        && line.split(is_space).count() <= 8
        && line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && !line.contains([':', '[', '`', '|', '"', '“', '@', '='])
        && !line.ends_with(['-', '–', '—', ')'])
        && date::line(line).is_none()
}

/// `## Words`; `##Words` only before a known name, as `#words` is a hashtag.
fn atx_level(line: &str, names: &Names) -> Option<u8> {
    let marks = line.bytes().take_while(|byte| *byte == b'#').count();
    let rest = &line[marks..];
    let spaced = rest.is_empty() || rest.starts_with(is_space);
    if marks > 6 || !(spaced || names.opens(rest).is_some()) {
        return None;
    }
    u8::try_from(marks).ok()
}

/// Three or more of one sign and nothing else.
fn is_rule(line: &str) -> bool {
    let mut signs = line.chars().filter(|c| !is_space(*c));
    let Some(first) = signs.next() else {
        return false;
    };
    let mut count = 1;
    for sign in signs {
        if sign != first {
            return false;
        }
        count += 1;
    }
    count >= 3 || first == '⸻'
}

/// A link reference or footnote definition on a line of its own.
fn is_definition(line: &str) -> bool {
    let Some(label) = line.find("]:") else {
        return false;
    };
    let behind = trim(&line[label + 2..]);
    let is_note = line.starts_with("[^") && !behind.is_empty();
    let is_address = behind.contains("://")
        || behind.starts_with(['/', '<', '#'])
        || behind.starts_with("mailto:");
    (is_note || is_address)
        && matches!(markdown::elements(line).as_slice(), [only] if only.kind == Kind::Definition)
}
