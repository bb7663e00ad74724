//! Folds the pieces of either dialect into briefings.

use std::ops::Range;

use super::element::{BARE, BOLD, Element, Item, Kind, Rank, Sheet};
use super::headings::{self, Place, Sign, escaped};
use super::ledger::Ledger;
use super::markdown::as_paragraph;
use super::model::{Block, Body, Implication, Phrase, Role, Section};
use super::names::{Names, Opens, calmed, fold};
use super::parts::contents_from;

/// What a text is folded by.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'r> {
    /// The way from the sheet to the file.
    pub sheet: &'r Sheet<'r>,
    /// The names of parts.
    pub names: &'r Names,
    /// The site's own words above the view.
    pub view: &'r str,
    /// Whether the text came in the plain dialect.
    pub is_plain: bool,
}

/// The parts of one briefing, as they come together.
#[derive(Debug, Default)]
pub struct Folded {
    /// What happened.
    pub lead: Body,
    /// What it means for whom.
    pub implications: Vec<Implication>,
    /// What we think.
    pub view: Option<Section>,
    /// The rest, in order.
    pub sections: Vec<Section>,
    /// What serves all parts.
    pub definitions: Vec<Block>,
    /// Where a heading of the implications stands that nothing follows.
    pub empty_implications: Option<Range<usize>>,
    /// Headings that only their look told, as ranges of the sheet.
    pub guessed: Vec<Range<usize>>,
}

/// In which part the next text falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Lead,
    Implications { rank: Rank, audience: Option<Rank> },
    View { rank: Rank },
    Section { rank: Rank },
}

/// What the last block of a part was, as far as it matters for the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Open,
    Closed,
}

/// Folds one briefing.
pub struct Folder<'r, 'l> {
    rules: Rules<'r>,
    ledger: &'l mut Ledger,
    part: usize,
    at: At,
    /// A new implication begins with the next text, as its heading stands right above.
    fresh: bool,
    last: Last,
    /// Something that is no part of the text's flow was taken out since the last block.
    torn: bool,
    rule: Option<Range<usize>>,
    /// An audience was named by other words than "For".
    named_otherwise: bool,
    /// "For X" is a heading inside the section we are in.
    inner_for: bool,
    has_sure_view: bool,
    folded: Folded,
}

impl<'r, 'l> Folder<'r, 'l> {
    /// Begins a briefing of which the pieces are known.
    pub fn new(
        rules: Rules<'r>,
        ledger: &'l mut Ledger,
        part: usize,
        elements: &[Element<'_>],
    ) -> Self {
        Self {
            rules,
            ledger,
            part,
            at: At::Lead,
            fresh: false,
            last: Last::Nothing,
            torn: false,
            rule: None,
            named_otherwise: false,
            inner_for: false,
            has_sure_view: elements
                .iter()
                .any(|element| is_sure_view(element, rules.names)),
            folded: Folded::default(),
        }
    }

    /// Ends it.
    pub fn finish(mut self) -> Folded {
        self.drop_rule();
        self.folded
    }

    /// Takes a piece in; of a paragraph or heading, the part from byte `from` of its text on.
    pub fn take(&mut self, element: &Element<'_>, from: usize) {
        match &element.kind {
            Kind::Heading(rank) => {
                let words = &element.text[from..];
                let sign = headings::marked(self.rules.names, words, *rank);
                let span = element.at(from).min(element.span.end)..element.span.end;
                let span = if from == 0 {
                    element.span.clone()
                } else {
                    span
                };
                self.heading(&sign, span, Some(words));
            }
            Kind::Paragraph { heads } => self.paragraph(element, from, *heads),
            Kind::List(items) => self.list(element, items),
            Kind::Code => {
                let indented = element.text.starts_with("    ") || element.text.starts_with('\t');
                self.block(
                    &element.text,
                    element.span.clone(),
                    if indented { Last::Open } else { Last::Closed },
                );
            }
            Kind::Other | Kind::Comment => {
                self.block(&element.text, element.span.clone(), Last::Closed)
            }
            Kind::Rule => {
                self.drop_rule();
                self.rule = Some(element.span.clone());
            }
            Kind::Definition => {
                let span = self.rules.sheet.span(&element.span);
                self.ledger.place(span, Role::Definition, self.part);
                self.folded.definitions.push(Block {
                    markdown: element.text.as_ref().into(),
                    span,
                });
                self.torn = true;
            }
        }
    }

    /// A rule next to a heading, or at the end, only carried the layout.
    fn drop_rule(&mut self) {
        if let Some(span) = self.rule.take() {
            self.place(&span, Role::Layout);
            self.torn = true;
        }
    }

    fn place(&mut self, span: &Range<usize>, role: Role) {
        let span = self.rules.sheet.span(span);
        self.ledger.place(span, role, self.part);
    }

    fn phrase(&self, text: String, span: &Range<usize>) -> Phrase {
        Phrase {
            text,
            span: self.rules.sheet.span(span),
        }
    }

    fn paragraph(&mut self, element: &Element<'_>, from: usize, heads: bool) {
        let mut at = from;
        loop {
            let rest = &element.text[at..];
            if rest.is_empty() {
                return;
            }
            let is_line = !rest.contains('\n');
            let span = element.at(at)..element.span.end;
            if is_line && let Some(sign) = headings::line(self.rules.names, rest) {
                return self.heading(&sign, span, Some(rest));
            }
            if heads && at == 0 {
                self.folded.guessed.push(span.clone());
                let words = headings::plain_text(rest);
                return self.heading(
                    &Sign {
                        opens: None,
                        words,
                        rank: BARE,
                        rest: 0,
                    },
                    span,
                    None,
                );
            }
            let place = Place {
                among_implications: matches!(self.at, At::Implications { .. }),
                in_item: false,
            };
            match headings::run_in(self.rules.names, rest, place)
                .filter(|sign| self.takes_run_in(sign))
            {
                Some(sign) => {
                    let words = &rest[..sign.rest];
                    let span = element.at(at)..element.at(at + sign.rest);
                    self.heading(&sign, span, Some(words));
                    at += sign.rest;
                }
                None => break,
            }
        }
        let rest = &element.text[at..];
        let span = element.at(at)..element.span.end;
        if self.rules.is_plain || at > 0 {
            self.block(&as_paragraph(rest), span, Last::Closed);
        } else {
            self.block(rest, span, Last::Closed);
        }
    }

    fn takes_run_in(&self, sign: &Sign) -> bool {
        let nothing_yet = self.folded.lead.is_empty();
        match &sign.opens {
            None | Some(Opens::Implications | Opens::View { surely: true } | Opens::Section) => {
                true
            }
            Some(Opens::View { surely: false }) => {
                !self.has_sure_view && self.folded.view.is_none()
            }
            Some(Opens::Lead) => self.at == At::Lead && nothing_yet,
            Some(Opens::Audience(_)) => match self.at {
                At::Implications { .. } => true,
                At::Lead => sign.rank == BOLD || !nothing_yet,
                At::View { .. } | At::Section { .. } => false,
            },
        }
    }

    /// A list among the implications may be the implications themselves.
    fn list(&mut self, element: &Element<'_>, items: &[Item<'_>]) {
        let place = Place {
            among_implications: matches!(self.at, At::Implications { .. }),
            in_item: true,
        };
        let audience = |item: &Item<'_>| {
            let sign = headings::run_in(self.rules.names, &item.text, place).or_else(|| {
                let first = item.text.split('\n').next().unwrap_or(&item.text);
                headings::line(self.rules.names, first).map(|sign| Sign {
                    rest: (first.len() + 1).min(item.text.len()),
                    ..sign
                })
            })?;
            match (&sign.opens, place.among_implications) {
                (Some(Opens::Audience(_)), true) => Some(sign),
                (Some(Opens::Audience(_)), false) if self.at == At::Lead && sign.rank == BOLD => {
                    Some(sign)
                }
                (None, true) if sign.rank == BOLD => Some(sign),
                _ => None,
            }
        };
        let signs: Vec<Sign> = items.iter().map_while(audience).collect();
        if items.is_empty() || signs.len() < items.len() {
            return self.block(&element.text, element.span.clone(), Last::Open);
        }
        for (item, sign) in items.iter().zip(&signs) {
            let start = item.start.min(item.span.end);
            self.place(&(item.span.start..start), Role::Layout);
            let rest = (item.start + sign.rest).min(item.span.end);
            self.heading(
                &Sign {
                    rank: BOLD,
                    ..sign.clone()
                },
                start..rest,
                None,
            );
            for piece in contents_from(item, sign.rest) {
                match piece.kind {
                    Kind::Heading(_) | Kind::Definition | Kind::Rule | Kind::Paragraph { .. } => {
                        self.take(&piece, 0)
                    }
                    Kind::List(_) => self.block(&piece.text, piece.span.clone(), Last::Open),
                    Kind::Code | Kind::Other | Kind::Comment => self.take(&piece, 0),
                }
            }
        }
    }

    /// A heading opens a part, or stays inside the one we are in.
    fn heading(&mut self, sign: &Sign, span: Range<usize>, raw: Option<&str>) {
        self.drop_rule();
        if sign.words.is_empty() {
            self.torn = true;
            return self.place(&span, Role::Layout);
        }
        let deeper = self.is_deeper(sign.rank);
        match &sign.opens {
            Some(Opens::Implications) => self.open_implications(sign.rank, span),
            Some(Opens::View { surely }) if *surely || (!self.has_sure_view && !deeper) => {
                self.open_view(sign, span)
            }
            Some(Opens::Audience(who)) => self.audience_heading(sign, who, span, raw),
            Some(Opens::Lead) if self.at == At::Lead && self.folded.lead.is_empty() => {
                self.place(&span, Role::Lead)
            }
            // Below "Implications", `### Risks` is about somebody's risks, whatever it means elsewhere.
            Some(_) if deeper && matches!(self.at, At::Implications { .. }) => {
                self.unknown_heading(sign, span, raw)
            }
            Some(_) if deeper => self.subheading(sign, span, raw),
            Some(_) => self.open_section(sign, span),
            None => self.unknown_heading(sign, span, raw),
        }
    }

    /// Whether a heading of `#`s stands below the heading of the part we are in.
    fn is_deeper(&self, rank: Rank) -> bool {
        match self.at {
            At::Lead => false,
            At::Implications { rank: own, .. }
            | At::View { rank: own }
            | At::Section { rank: own } => rank < BOLD && rank > own,
        }
    }

    fn unknown_heading(&mut self, sign: &Sign, span: Range<usize>, raw: Option<&str>) {
        let rank = sign.rank;
        match self.at {
            At::Lead => self.open_section(sign, span),
            At::Implications {
                rank: own,
                audience,
            } if rank > own => match audience {
                Some(other) if rank > other => self.subheading(sign, span, raw),
                _ => self.open_audience(sign.words.clone(), rank, span, true),
            },
            // Without levels, only what stands right below "Implications", or goes on as the first ones did, is an audience.
            At::Implications {
                rank: own,
                audience,
            } if rank == own && rank >= BOLD => {
                if (audience.is_none() && self.fresh)
                    || (audience.is_some() && self.named_otherwise)
                {
                    self.open_audience(sign.words.clone(), rank, span, true);
                } else {
                    self.open_section(sign, span);
                }
            }
            At::Implications { .. } => self.open_section(sign, span),
            At::View { rank: own } | At::Section { rank: own } if rank > own => {
                self.subheading(sign, span, raw)
            }
            At::View { .. } | At::Section { .. } => self.open_section(sign, span),
        }
    }

    fn audience_heading(&mut self, sign: &Sign, who: &str, span: Range<usize>, raw: Option<&str>) {
        let inside = match self.at {
            At::Lead | At::Implications { .. } => false,
            At::View { .. } | At::Section { .. } => {
                self.is_deeper(sign.rank) || self.inner_for || self.body().is_empty()
            }
        };
        if inside {
            self.inner_for = true;
            return self.subheading(sign, span, raw);
        }
        if !matches!(self.at, At::Implications { .. }) {
            self.at = At::Implications {
                rank: sign.rank,
                audience: None,
            };
            self.named_otherwise = false;
        }
        let shouted = !sign.words.chars().any(char::is_lowercase);
        let who = if shouted {
            calmed(who).into_owned()
        } else {
            who.to_owned()
        };
        self.open_audience(who, sign.rank, span, false);
    }

    fn open_implications(&mut self, rank: Rank, span: Range<usize>) {
        self.place(&span, Role::ImplicationsHeading);
        self.at = At::Implications {
            rank,
            audience: None,
        };
        self.named_otherwise = false;
        self.folded.empty_implications = Some(span);
        self.begin_body();
    }

    fn open_audience(&mut self, who: String, rank: Rank, span: Range<usize>, otherwise: bool) {
        self.place(&span, Role::Audience(self.folded.implications.len()));
        let who = if otherwise {
            calmed(&who).into_owned()
        } else {
            who
        };
        let audience = Some(self.phrase(who, &span));
        self.folded.implications.push(Implication {
            audience,
            body: Body::default(),
        });
        self.folded.empty_implications = None;
        self.named_otherwise |= otherwise;
        if let At::Implications { rank: own, .. } = self.at {
            self.at = At::Implications {
                rank: own,
                audience: Some(rank),
            };
        }
        self.begin_body();
        self.fresh = false;
    }

    fn open_view(&mut self, sign: &Sign, span: Range<usize>) {
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
            self.folded.view = Some(Section {
                heading,
                body: Body::default(),
            });
        }
        self.begin_body();
        if again {
            self.last = Last::Open;
            self.torn = true;
        }
    }

    fn open_section(&mut self, sign: &Sign, span: Range<usize>) {
        self.place(&span, Role::SectionHeading(self.folded.sections.len()));
        let heading = self.phrase(calmed(&sign.words).into_owned(), &span);
        self.folded.sections.push(Section {
            heading,
            body: Body::default(),
        });
        self.at = At::Section { rank: sign.rank };
        self.begin_body();
    }

    fn begin_body(&mut self) {
        self.fresh = true;
        self.inner_for = false;
        self.last = Last::Nothing;
        self.torn = false;
    }

    /// A heading inside a part: it keeps its depth below the part's own heading.
    fn subheading(&mut self, sign: &Sign, span: Range<usize>, raw: Option<&str>) {
        if let (BOLD, Some(raw)) = (sign.rank, raw) {
            return self.block(raw, span, Last::Closed);
        }
        let least = if matches!(self.at, At::Implications { .. }) {
            4
        } else {
            3
        };
        let depth = if sign.rank < BOLD {
            sign.rank.max(least)
        } else {
            least
        };
        let mut words = match raw {
            Some(raw) if sign.rank < BOLD => raw.replace('\n', " "),
            _ => escaped(&sign.words),
        };
        if words.ends_with('#') && !words.ends_with("\\#") {
            words.insert(words.len() - 1, '\\');
        }
        let heading = format!("{} {words}", "#".repeat(usize::from(depth)));
        self.block(&heading, span, Last::Closed);
    }

    fn body(&mut self) -> &mut Body {
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

    fn role(&self) -> Role {
        match self.at {
            At::Lead => Role::Lead,
            At::Implications { .. } => {
                Role::Implication(self.folded.implications.len().saturating_sub(1))
            }
            At::View { .. } => Role::View,
            At::Section { .. } => Role::Section(self.folded.sections.len().saturating_sub(1)),
        }
    }

    /// Puts a block where we are.
    fn block(&mut self, markdown: &str, span: Range<usize>, kind: Last) {
        if matches!(self.at, At::Implications { audience: None, .. }) && self.fresh {
            self.folded.implications.push(Implication {
                audience: None,
                body: Body::default(),
            });
            self.folded.empty_implications = None;
        }
        self.fresh = false;
        let rule = self.rule.take();
        if let Some(rule) = rule {
            if self.body().is_empty() {
                self.place(&rule, Role::Layout);
            } else {
                self.put("---", &rule);
                self.last = Last::Closed;
                self.torn = false;
            }
        }
        // Two lists that were apart would grow together.
        if self.last == Last::Open && kind == Last::Open && (self.torn || self.rules.is_plain) {
            let empty = span.start..span.start;
            self.put("<!-- -->", &empty);
        }
        self.put(markdown, &span);
        self.last = kind;
        self.torn = false;
    }

    fn put(&mut self, markdown: &str, span: &Range<usize>) {
        let role = self.role();
        self.place(span, role);
        let span = self.rules.sheet.span(span);
        self.body().blocks.push(Block {
            markdown: markdown.into(),
            span,
        });
    }
}

/// Whether a piece is a heading that can only be the view's.
fn is_sure_view(element: &Element<'_>, names: &Names) -> bool {
    let sure = |sign: Sign| sign.opens == Some(Opens::View { surely: true });
    match element.kind {
        Kind::Heading(rank) => sure(headings::marked(names, &element.text, rank)),
        Kind::Paragraph { .. } => {
            headings::line(names, &element.text).is_some_and(sure)
                || headings::run_in(names, &element.text, Place::default()).is_some_and(sure)
        }
        _ => false,
    }
}
