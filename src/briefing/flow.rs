//! Opens the parts of a briefing and lets blocks flow into the one that is open.

use std::borrow::Cow;
use std::ops::Range;

use super::category;
use super::date;
use super::element::{BOLD, Element, Kind, Rank};
use super::headings::{self, Sign, escaped};
use super::letters::is_blank;
use super::model::{Block, Body, Implication, Role, Section};
use super::names::{Opens, calmed, fold};
use super::outline::{At, Folder};

impl Folder<'_, '_> {
    pub fn open_implications(&mut self, rank: Rank, span: Range<usize>) {
        self.place(&span, Role::ImplicationsHeading);
        self.at = At::Implications { rank, audience: None };
        self.named_otherwise = false;
        self.folded.empty_implications = Some(span);
        self.begin_body();
    }

    /// The facts, said to be facts.
    pub fn open_lead(&mut self, span: Range<usize>) {
        self.place(&span, Role::Lead);
        self.at = At::Lead;
        self.begin_body();
    }

    pub fn open_audience(&mut self, who: String, rank: Rank, span: Range<usize>, otherwise: bool) {
        self.place(&span, Role::Audience(self.folded.implications.len()));
        let who = if otherwise { calmed(who.strip_prefix("For ").unwrap_or(&who)).into_owned() } else { who };
        let (who, rest) = match headings::named_run_in(self.rules.names, &format!("For {who}")) {
            Some((Opens::Audience(who), rest)) => (who, Some(rest)),
            _ => (who, None),
        };
        let audience = Some(self.phrase(who, &span));
        self.folded.implications.push(Implication { audience, body: Body::default() });
        self.folded.empty_implications = None;
        self.named_otherwise |= otherwise;
        if let At::Implications { rank: own, .. } = self.at {
            self.at = At::Implications { rank: own, audience: Some(rank) };
        }
        self.begin_body();
        self.fresh = false;
        if let Some(rest) = rest {
            self.behind_colon(&rest, &span);
        }
    }

    /// What stands behind the colon of a heading is its first paragraph.
    pub fn behind_colon(&mut self, rest: &str, heading: &Range<usize>) {
        let text = format!(" {rest}");
        let kind = Kind::Paragraph { heads: false };
        let element =
            Element { kind, span: heading.end..heading.end, text: Cow::Owned(text), start: heading.end };
        self.paragraph(&element, 1, false);
    }

    pub fn open_view(&mut self, sign: &Sign, span: Range<usize>) {
        let same = |view: &Section| {
            let words = fold(&sign.words);
            words == fold(&view.heading.text) || words == fold(self.rules.view)
        };
        if self.folded.view.as_ref().is_some_and(|view| !same(view)) {
            return self.open_section(sign, span);
        }
        self.place(&span, Role::ViewHeading);
        self.at = At::View { rank: sign.rank };
        let again = self.folded.view.is_some();
        if !again {
            let heading = self.phrase(calmed(&sign.words).into_owned(), &span);
            self.folded.view = Some(Section { heading, body: Body::default() });
        }
        self.begin_body();
        if again {
            self.torn = true;
        }
    }

    pub fn open_section(&mut self, sign: &Sign, span: Range<usize>) {
        self.place(&span, Role::SectionHeading(self.folded.sections.len()));
        let heading = self.phrase(calmed(&sign.words).into_owned(), &span);
        self.folded.sections.push(Section { heading, body: Body::default() });
        self.at = At::Section { rank: sign.rank };
        self.begin_body();
    }

    pub fn begin_body(&mut self) {
        self.fresh = true;
        self.inner_for = false;
        self.torn = false;
    }

    /// A heading inside a part: it keeps its depth below the part's own heading.
    pub fn subheading(&mut self, sign: &Sign, span: Range<usize>, raw: Option<&str>) {
        if let (BOLD, Some(raw)) = (sign.rank, raw) {
            return self.block(raw.trim(), span);
        }
        let least = if matches!(self.at, At::Implications { .. }) { 4 } else { 3 };
        let depth = if sign.rank < BOLD { sign.rank.max(least) } else { least };
        let mut words = match raw {
            Some(raw) if sign.rank < BOLD => raw.replace('\n', " "),
            _ => escaped(&sign.words),
        };
        if words.ends_with('#') && !words.ends_with("\\#") {
            words.insert(words.len() - 1, '\\');
        }
        let heading = format!("{} {words}", "#".repeat(usize::from(depth)));
        self.block(&heading, span);
    }

    pub fn body(&mut self) -> &mut Body {
        match self.at {
            At::Implications { .. } if !self.folded.implications.is_empty() => {
                let last = self.folded.implications.len() - 1;
                &mut self.folded.implications[last].body
            }
            At::View { .. } if self.folded.view.is_some() => match &mut self.folded.view {
                Some(view) => &mut view.body,
                None => &mut self.folded.lead,
            },
            At::Section { .. } if !self.folded.sections.is_empty() => {
                let last = self.folded.sections.len() - 1;
                &mut self.folded.sections[last].body
            }
            _ => &mut self.folded.lead,
        }
    }

    pub fn role(&self) -> Role {
        match self.at {
            At::Lead => Role::Lead,
            At::Implications { .. } => Role::Implication(self.folded.implications.len().saturating_sub(1)),
            At::View { .. } => Role::View,
            At::Section { .. } => Role::Section(self.folded.sections.len().saturating_sub(1)),
        }
    }

    /// Puts a block where we are.
    pub fn block(&mut self, markdown: &str, span: Range<usize>) {
        if is_blank(markdown) {
            return self.place(&span, Role::Layout);
        }
        if matches!(self.at, At::Implications { audience: None, .. }) && self.fresh {
            self.folded.implications.push(Implication { audience: None, body: Body::default() });
            self.folded.empty_implications = None;
        }
        self.fresh = false;
        let rule = self.rule.take();
        if let Some(rule) = rule {
            if self.body().is_empty() {
                self.place(&rule, Role::Layout);
            } else {
                self.put("---", &rule);
                self.torn = false;
            }
        }
        // Two lists that were apart would grow together.
        let above = self.body().blocks.last().and_then(|block| grows(&block.markdown));
        let apart = match (above, grows(markdown)) {
            (Some(above), Some(below)) => self.torn || above == below || below == ' ',
            _ => false,
        };
        if apart {
            let empty = span.start..span.start;
            self.put("<!-- -->", &empty);
        }
        let first = self.at == At::Lead && self.says_nothing();
        self.put(&if first { guarded(markdown) } else { Cow::Borrowed(markdown) }, &span);
        self.torn = false;
    }

    pub fn put(&mut self, markdown: &str, span: &Range<usize>) {
        let role = self.role();
        self.place(span, role);
        let span = self.rules.sheet.span(span);
        self.body().blocks.push(Block { markdown: markdown.into(), span });
    }
}

/// Brackets and dates that begin the facts without being their category and day, so written that they stay text.
fn guarded(markdown: &str) -> Cow<'_, str> {
    if category::split(markdown).is_some() {
        return Cow::Owned(markdown.replacen('[', "\\[", 1));
    }
    let line = markdown.split('\n').next().unwrap_or(markdown);
    match markdown.chars().next() {
        Some(first) if date::line(line).is_some() => {
            Cow::Owned(format!("&#{};{}", u32::from(first), &markdown[first.len_utf8()..]))
        }
        _ => Cow::Borrowed(markdown),
    }
}

/// The mark of a list, or a space for indented code: blocks that take in one of their kind that follows.
fn grows(block: &str) -> Option<char> {
    let inner = block.trim_start_matches(' ');
    if block.len() - inner.len() >= 4 || inner.starts_with('\t') {
        return Some(' ');
    }
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let mut behind = inner[digits..].chars();
    let mark = behind.next().filter(|mark| if digits > 0 { ".)" } else { "-*+" }.contains(*mark))?;
    behind.next().is_none_or(|c| matches!(c, ' ' | '\t' | '\n')).then_some(mark)
}
