//! The Markdown dialect: CommonMark, cut into its top-level blocks, each the author's own words to the byte.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag};

use super::category;
use super::element::{Element, Item, Kind};
use super::headings::DIALECT;
use super::letters::{continues, ends_sentence, trim};
use super::names::{Names, Opens};

/// Cuts a text into its top-level blocks, in order; what stands between two of them and is not blank is definitions.
#[must_use]
pub fn elements(text: &str) -> Vec<Element<'_>> {
    let mut elements = Vec::new();
    let mut depth = 0_usize;
    let mut items: Vec<Range<usize>> = Vec::new();
    let mut block: Option<(Block, Range<usize>)> = None;
    let mut done = 0;
    // Where the last thing with words in it ends: containers reach over definitions below them.
    let mut words_end = 0;
    for (event, range) in Parser::new_ext(text, DIALECT).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                let is_container = matches!(tag, Tag::Item | Tag::List(_) | Tag::FootnoteDefinition(_));
                if !is_container {
                    words_end = words_end.max(range.end);
                }
                if depth == 0 {
                    items.clear();
                    block = Some((Block::of(&tag), range));
                } else if depth == 1 && matches!(tag, Tag::Item) {
                    items.push(range);
                }
                depth += 1;
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if depth == 0
                    && let Some((kind, range)) = block.take()
                {
                    let last_item = items.last().map_or(0, |item| item.start + 1);
                    let range = kind.without_tail(text, range, words_end.max(last_item));
                    let range = whole_lines(text, &kind, range, done);
                    gap(text, done..range.start, &mut elements);
                    let is_torn =
                        matches!(kind, Block::Paragraph) && follows_definition(text, &range, elements.last());
                    done = range.end.max(done);
                    let mut element = kind.element(text, range, &items);
                    if is_torn {
                        element.text = Cow::Owned(as_paragraph(&element.text).into_owned());
                    }
                    elements.push(element);
                }
            }
            Event::Rule if depth == 0 => {
                let range = trimmed(text, range);
                gap(text, done..range.start.max(done), &mut elements);
                done = range.end.max(done);
                elements.push(slice(Kind::Rule, text, range));
            }
            _ => words_end = words_end.max(range.end),
        }
    }
    gap(text, done..text.len(), &mut elements);
    elements
}

/// A top-level block that has begun.
enum Block {
    Heading(u8),
    Paragraph,
    List,
    Fenced,
    Indented,
    Html,
    Footnote,
    Other,
}

impl Block {
    fn of(tag: &Tag<'_>) -> Self {
        match tag {
            Tag::Paragraph => Self::Paragraph,
            Tag::Heading { level, .. } => Self::Heading(match level {
                HeadingLevel::H1 => 1,
                HeadingLevel::H2 => 2,
                HeadingLevel::H3 => 3,
                HeadingLevel::H4 => 4,
                HeadingLevel::H5 => 5,
                HeadingLevel::H6 => 6,
            }),
            Tag::List(_) => Self::List,
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => Self::Fenced,
            Tag::CodeBlock(CodeBlockKind::Indented) => Self::Indented,
            Tag::HtmlBlock => Self::Html,
            Tag::FootnoteDefinition(_) => Self::Footnote,
            _ => Self::Other,
        }
    }

    /// Without the definitions that stand below it, unindented.
    fn without_tail(&self, text: &str, range: Range<usize>, words_end: usize) -> Range<usize> {
        if !matches!(self, Self::List | Self::Footnote) || !range.contains(&words_end) {
            return range;
        }
        let line_end = match text[words_end..range.end].find('\n') {
            _ if text[..words_end].ends_with('\n') => words_end - 1,
            Some(newline) => words_end + newline,
            None => range.end,
        };
        let tail = text[line_end..range.end].trim_start_matches(['\n', ' ']);
        let is_own_line = text[..range.end - tail.len()].ends_with('\n');
        if tail.starts_with('[') && is_own_line { range.start..line_end } else { range }
    }

    fn element<'t>(self, text: &'t str, range: Range<usize>, items: &[Range<usize>]) -> Element<'t> {
        match self {
            Self::Heading(level) => heading(level, text, range),
            Self::Paragraph => slice(Kind::Paragraph { heads: false }, text, range),
            Self::List => {
                let items = items.iter().map(|item| cut_item(text, item.clone())).collect();
                slice(Kind::List(items), text, range)
            }
            Self::Fenced => closed(slice(Kind::Code, text, range), missing_fence),
            Self::Indented => slice(Kind::Code, text, range),
            Self::Html => {
                let is_comment =
                    text[range.clone()].starts_with("<!--") && text[range.clone()].ends_with("-->");
                let kind = if is_comment { Kind::Comment } else { Kind::Other };
                closed(slice(kind, text, range), missing_end_of_html)
            }
            Self::Footnote => slice(Kind::Definition, text, range),
            Self::Other => slice(Kind::Other, text, range),
        }
    }
}

fn slice<'t>(kind: Kind<'t>, text: &'t str, range: Range<usize>) -> Element<'t> {
    Element { kind, start: range.start, text: Cow::Borrowed(&text[range.clone()]), span: range }
}

/// Without blank space at its end, and beginning where its first line does if indentation matters for it.
fn whole_lines(text: &str, kind: &Block, range: Range<usize>, done: usize) -> Range<usize> {
    let mut range = trimmed(text, range);
    if !matches!(kind, Block::Paragraph | Block::Heading(_)) {
        let before = &text[done.min(range.start)..range.start];
        let indent = before.len() - before.trim_end_matches([' ', '\t']).len();
        let line_start = range.start - indent;
        if line_start == 0 || text[..line_start].ends_with('\n') {
            range.start = line_start;
        }
    }
    range.start = range.start.max(done);
    range.end = range.end.max(range.start);
    range
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let end = range.start + text[range.clone()].trim_end_matches(['\n', ' ', '\t']).len();
    range.start..end
}

/// What stands between two blocks: nothing, or definitions, which make no event.
fn gap<'t>(text: &'t str, range: Range<usize>, elements: &mut Vec<Element<'t>>) {
    if range.start >= range.end {
        return;
    }
    let between = &text[range.clone()];
    let inner = between.trim_matches(['\n', ' ', '\t']);
    if inner.is_empty() {
        return;
    }
    let start = range.start + (between.len() - between.trim_start_matches(['\n', ' ', '\t']).len());
    // One element a definition: each begins with a bracket at the start of a line.
    let mut from = start;
    let end = start + inner.len();
    let mut at = start;
    while let Some(next) = text[at..end].find('\n').map(|newline| at + newline + 1) {
        let indented = text[next..end].trim_start_matches(' ');
        if indented.starts_with('[') && !text[from..next].trim_end().ends_with(':') {
            elements.push(slice(Kind::Definition, text, trimmed(text, from..next)));
            from = end - text[next..end].len() + (text[next..end].len() - indented.len());
        }
        at = next;
    }
    elements.push(slice(Kind::Definition, text, trimmed(text, from..end)));
}

/// Whether a paragraph stands right below a definition: what opens no block there may open one elsewhere.
fn follows_definition(text: &str, paragraph: &Range<usize>, above: Option<&Element<'_>>) -> bool {
    above.is_some_and(|above| {
        above.kind == Kind::Definition && !text[above.span.end..paragraph.start].contains("\n\n")
    })
}

/// The words of a heading, without `#` or underline.
fn heading(level: u8, text: &str, range: Range<usize>) -> Element<'_> {
    let whole = &text[range.clone()];
    let words = if let Some(after) = whole.strip_prefix('#') {
        let inner = trim_ascii(after.trim_start_matches('#'));
        let unclosed = inner.trim_end_matches('#');
        if unclosed.is_empty() || unclosed.ends_with([' ', '\t']) { trim_ascii(unclosed) } else { inner }
    } else {
        trim_ascii(whole.rsplit_once('\n').map_or(whole, |(words, _)| words))
    };
    let start = range.start + super::letters::offset_in(whole, words);
    Element { kind: Kind::Heading(level), start, text: Cow::Borrowed(words), span: range }
}

fn trim_ascii(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n'])
}

/// An item's content, its bullet and indentation taken away.
fn cut_item(text: &str, range: Range<usize>) -> Item<'_> {
    let range = trimmed(text, range);
    let whole = &text[range.clone()];
    let unindented = whole.trim_start_matches([' ', '\t']);
    let digits = unindented.bytes().take_while(u8::is_ascii_digit).count();
    let after_mark = whole.len() - unindented.len() + digits + usize::from(unindented.len() > digits);
    let behind = &whole[after_mark..];
    let blank = behind.len() - behind.trim_start_matches([' ', '\t']).len();
    let padding = if blank > 4 || behind.starts_with('\n') { blank.min(1) } else { blank };
    let content = after_mark + padding;
    let body = &whole[content..];
    let start = range.start + content;
    if !body.contains('\n') {
        return Item { span: range, text: Cow::Borrowed(body), start, lines: Vec::new() };
    }
    let column = range.start - text[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
    let indent = column + content;
    let mut dedented = String::with_capacity(body.len());
    let mut lines = Vec::new();
    for (number, line) in body.split('\n').enumerate() {
        let kept = if number > 0 { without_columns(line, indent) } else { line };
        if number > 0 {
            dedented.push('\n');
        }
        lines.push((dedented.len(), start + super::letters::offset_in(body, kept)));
        dedented.push_str(kept);
    }
    Item { span: range, text: Cow::Owned(dedented), start, lines }
}

/// A line without up to `columns` columns of white space at its start; a tab that reaches beyond goes whole.
fn without_columns(line: &str, columns: usize) -> &str {
    let mut column = 0;
    for (at, byte) in line.bytes().enumerate() {
        if column >= columns {
            return &line[at..];
        }
        match byte {
            b' ' => column += 1,
            b'\t' => column += 4 - column % 4,
            _ => return &line[at..],
        }
    }
    &line[line.len()..]
}

/// Adds what a block lacks to end by itself, so that whatever comes below is safe.
fn closed(mut element: Element<'_>, missing: fn(&str) -> Option<String>) -> Element<'_> {
    if let Some(end) = missing(&element.text) {
        element.text = Cow::Owned(format!("{}\n{end}", element.text));
    }
    element
}

fn missing_fence(code: &str) -> Option<String> {
    let opening = code.trim_start_matches(' ');
    let mark = opening.chars().next()?;
    let length = opening.chars().take_while(|c| *c == mark).count();
    let last = code.rsplit_once('\n').map_or("", |(_, last)| last);
    let indent = last.len() - last.trim_start_matches(' ').len();
    let fence = trim_ascii(last);
    let is_closed = indent < 4 && fence.chars().all(|c| c == mark) && fence.len() >= length;
    (!is_closed).then(|| String::from(mark).repeat(length))
}

/// CommonMark 0.31, section 4.6: HTML blocks of the first five kinds end only with their own mark.
fn missing_end_of_html(html: &str) -> Option<String> {
    let start = html.trim_start_matches(' ');
    let lower = start.get(..start.floor_char_boundary(10)).unwrap_or(start).to_ascii_lowercase();
    let need = if start.starts_with("<!--") {
        "-->"
    } else if start.starts_with("<?") {
        "?>"
    } else if start.starts_with("<![CDATA[") {
        "]]>"
    } else if start.starts_with("<!") {
        ">"
    } else {
        let raw = ["script", "pre", "style", "textarea"].into_iter().find(|name| {
            lower[1.min(lower.len())..]
                .strip_prefix(name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '>', '\t', '\n']))
        })?;
        let ends = ["</script>", "</pre>", "</style>", "</textarea>"];
        let all = start.to_ascii_lowercase();
        return (!ends.iter().any(|end| all.contains(end))).then(|| format!("</{raw}>"));
    };
    (!start.contains(need)).then(|| need.to_owned())
}

/// Whether a text, though called Markdown, is laid out as desks paste it: a heading's words on a line that touches
/// running text above it, within what Markdown calls one paragraph or one item of a list.
#[must_use]
pub fn is_pasted(elements: &[Element<'_>], names: &Names) -> bool {
    elements.iter().any(|element| match &element.kind {
        Kind::Paragraph { .. } | Kind::Heading(_) => heading_inside(&element.text, names, |_| true),
        Kind::List(_) => heading_inside(&element.text, names, |line| {
            line.starts_with(|c: char| c.is_alphabetic() || super::letters::is_emoji(c))
                || line.starts_with("**")
                || line.starts_with("__")
        }),
        _ => false,
    })
}

fn heading_inside(block: &str, names: &Names, counts: impl Fn(&str) -> bool) -> bool {
    if !block.contains('\n') {
        return false;
    }
    let mut lines = block.split('\n').peekable();
    let mut above = "";
    let mut text_above = false;
    let mut is_first = true;
    while let Some(line) = lines.next() {
        let line = if is_first { category::split(line).map_or(line, |tag| &line[tag.rest..]) } else { line };
        is_first = false;
        let opens = (line.len() <= 90 && counts(line)).then(|| bare_heading(line, names)).flatten();
        match opens {
            Some(Opens::Implications | Opens::View { surely: true }) if text_above => return true,
            Some(Opens::Audience(_))
                if text_above
                    && ends_sentence(above)
                    && lines.peek().is_some_and(|next| !continues(next)) =>
            {
                return true;
            }
            Some(_) => {}
            None => text_above = text_above || !trim(line).is_empty(),
        }
        above = line;
    }
    false
}

fn bare_heading(line: &str, names: &Names) -> Option<Opens> {
    super::headings::line(names, line).and_then(|sign| sign.opens)
}

/// Whether a text is one paragraph in Markdown, from its first byte to its last.
#[must_use]
pub fn is_paragraph(text: &str) -> bool {
    let elements = elements(text);
    matches!(elements.as_slice(), [only] if matches!(only.kind, Kind::Paragraph { .. }) && only.span == (0..text.len()))
}

/// A text that should be a paragraph, with a backslash where it would begin another block by accident
/// (`1986. A great year`, `+ 3 per cent`).
#[must_use]
pub fn as_paragraph(text: &str) -> Cow<'_, str> {
    let one_line = !text.contains('\n');
    let first = text.chars().next();
    let harmless =
        first.is_none_or(|c| !c.is_ascii() || c.is_ascii_alphabetic() || matches!(c, '"' | '\'' | '(' | '$'));
    if (one_line && harmless) || is_paragraph(text) {
        return Cow::Borrowed(text);
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let escaped = format!("{}\\{}", &text[..digits], &text[digits..]);
    if text.as_bytes().get(digits).is_some_and(u8::is_ascii_punctuation) && is_paragraph(&escaped) {
        return Cow::Owned(escaped);
    }
    // Whatever else it is, on one line and with its first mark escaped it is text.
    let joined = escaped.replace('\n', " ");
    if is_paragraph(&joined) {
        return Cow::Owned(joined);
    }
    Cow::Owned(text.replace('\n', " "))
}
