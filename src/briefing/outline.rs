//! Folds the pieces of either dialect into briefings.

use std::ops::Range;

use super::element::{BARE, BOLD, Element, Item, Kind, Rank, Sheet};
use super::headings::{self, Place, Sign};
use super::ledger::Ledger;
use super::markdown::as_paragraph;
use super::model::{Block, Body, Implication, Phrase, Role, Section};
use super::names::{Names, Opens, bare_words, calmed};
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
pub enum At {
    Lead,
    Implications { rank: Rank, audience: Option<Rank> },
    View { rank: Rank },
    Section { rank: Rank },
}

/// Folds one briefing.
#[expect(clippy::struct_excessive_bools, reason = "each remembers one thing about the text above")]
pub struct Folder<'r, 'l> {
    pub(super) rules: Rules<'r>,
    pub(super) ledger: &'l mut Ledger,
    pub(super) part: usize,
    pub(super) at: At,
    /// A new implication begins with the next text, as its heading stands right above.
    pub(super) fresh: bool,
    /// Something that is no part of the text's flow was taken out since the last block.
    pub(super) torn: bool,
    pub(super) rule: Option<Range<usize>>,
    /// An audience was named by other words than "For".
    pub(super) named_otherwise: bool,
    /// "For X" is a heading inside the section we are in.
    pub(super) inner_for: bool,
    pub(super) has_sure_view: bool,
    pub(super) folded: Folded,
}

impl<'r, 'l> Folder<'r, 'l> {
    /// Begins a briefing of which the pieces are known.
    pub fn new(rules: Rules<'r>, ledger: &'l mut Ledger, part: usize, elements: &[Element<'_>]) -> Self {
        Self {
            rules,
            ledger,
            part,
            at: At::Lead,
            fresh: false,
            torn: false,
            rule: None,
            named_otherwise: false,
            inner_for: false,
            has_sure_view: elements.iter().any(|element| is_sure_view(element, rules.names)),
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
            Kind::Heading(rank) => self.marked_heading(element, from, *rank),
            Kind::Paragraph { heads } => self.paragraph(element, from, *heads),
            Kind::List(items) => self.list(element, items),
            Kind::Code | Kind::Other | Kind::Comment => self.block(&element.text, element.span.clone()),
            Kind::Rule => {
                self.drop_rule();
                self.rule = Some(element.span.clone());
            }
            Kind::Definition => {
                let span = self.rules.sheet.span(&element.span);
                self.ledger.place(span, Role::Definition, self.part);
                self.folded.definitions.push(Block { markdown: element.text.as_ref().into(), span });
                self.torn = true;
            }
        }
    }

    fn marked_heading(&mut self, element: &Element<'_>, from: usize, rank: Rank) {
        let words = &element.text[from..];
        let sign = headings::marked(self.rules.names, words, rank);
        let span = element.from(from)..element.span.end;
        let run_in = || headings::marked_run_in(self.rules.names, words, rank);
        match Some(&sign).filter(|sign| sign.opens.is_none()).and_then(|_| run_in()) {
            Some(sign) => {
                self.heading(&sign, span.start..element.at(from + sign.rest), None);
                self.paragraph(element, from + sign.rest, false);
            }
            None => self.heading(&sign, span, Some(words)),
        }
    }

    /// A rule next to a heading, or at the end, only carried the layout.
    pub fn drop_rule(&mut self) {
        if let Some(span) = self.rule.take() {
            self.place(&span, Role::Layout);
            self.torn = true;
        }
    }

    pub fn place(&mut self, span: &Range<usize>, role: Role) {
        let span = self.rules.sheet.span(span);
        self.ledger.place(span, role, self.part);
    }

    pub fn phrase(&self, text: String, span: &Range<usize>) -> Phrase {
        Phrase { text, span: self.rules.sheet.span(span) }
    }

    pub fn paragraph(&mut self, element: &Element<'_>, from: usize, heads: bool) {
        let mut at = from;
        loop {
            let rest = &element.text[at..];
            if rest.is_empty() {
                return;
            }
            let is_line = !rest.contains('\n');
            let span = element.from(at)..element.span.end;
            if is_line && let Some(sign) = headings::line(self.rules.names, rest) {
                return self.heading(&sign, span, Some(rest));
            }
            if heads && at == 0 {
                self.folded.guessed.push(span.clone());
                let words = headings::plain_text(rest);
                return self.heading(&Sign { opens: None, words, rank: BARE, rest: 0 }, span, None);
            }
            let place =
                Place { among_implications: matches!(self.at, At::Implications { .. }), in_item: false };
            match headings::run_in(self.rules.names, rest, place).filter(|sign| self.takes_run_in(sign)) {
                Some(sign) => {
                    let words = &rest[..sign.rest];
                    let span = element.from(at)..element.at(at + sign.rest);
                    if sign.opens.is_none() {
                        self.audience(&sign, span);
                    } else {
                        self.heading(&sign, span, Some(words));
                    }
                    at += sign.rest;
                }
                None => break,
            }
        }
        let rest = &element.text[at..];
        let span = element.from(at)..element.span.end;
        if self.rules.is_plain || at > 0 {
            self.block(&as_paragraph(rest), span);
        } else {
            self.block(rest, span);
        }
    }

    pub fn takes_run_in(&self, sign: &Sign) -> bool {
        let nothing_yet = self.folded.lead.is_empty();
        match &sign.opens {
            Some(Opens::Implications | Opens::View { surely: true } | Opens::Section) => true,
            // A bold first line below a heading of `#`s is only bold.
            None => match self.at {
                At::Lead => true,
                At::Implications { audience, .. } => audience.is_none_or(|audience| audience >= BOLD),
                At::View { rank } | At::Section { rank } => rank == BOLD,
            },
            Some(Opens::View { surely: false }) => !self.has_sure_view && self.folded.view.is_none(),
            Some(Opens::Lead) => self.may_be_lead(),
            Some(Opens::Audience(_)) => match self.at {
                At::Implications { .. } => true,
                At::Lead => sign.rank == BOLD || !nothing_yet,
                At::View { .. } | At::Section { .. } => false,
            },
        }
    }

    /// A list among the implications may be the implications themselves.
    pub fn list(&mut self, element: &Element<'_>, items: &[Item<'_>]) {
        let place = Place { among_implications: matches!(self.at, At::Implications { .. }), in_item: true };
        let audience = |item: &Item<'_>| {
            let sign = headings::run_in(self.rules.names, &item.text, place).or_else(|| {
                let first = item.text.split('\n').next().unwrap_or(&item.text);
                headings::line(self.rules.names, first)
                    .map(|sign| Sign { rest: (first.len() + 1).min(item.text.len()), ..sign })
            })?;
            match (&sign.opens, place.among_implications) {
                (Some(Opens::Audience(_)), true) => Some(sign),
                (Some(Opens::Audience(_)), false) if self.at == At::Lead && sign.rank == BOLD => Some(sign),
                (None, true) if sign.rank == BOLD => Some(sign),
                _ => None,
            }
        };
        let signs: Vec<Sign> = items.iter().map_while(audience).collect();
        if items.is_empty() || signs.len() < items.len() {
            return self.block(&element.text, element.span.clone());
        }
        for (item, sign) in items.iter().zip(&signs) {
            let start = item.start.min(item.span.end);
            self.place(&(item.span.start..start), Role::Layout);
            let rest = item.at(sign.rest);
            self.audience(sign, start..rest);
            for piece in contents_from(item, sign.rest) {
                match piece.kind {
                    Kind::Heading(_) | Kind::Definition | Kind::Rule | Kind::Paragraph { .. } => {
                        self.take(&piece, 0);
                    }
                    Kind::List(_) => self.block(&piece.text, piece.span.clone()),
                    Kind::Code | Kind::Other | Kind::Comment => self.take(&piece, 0),
                }
            }
        }
    }

    /// An audience that runs into its text.
    fn audience(&mut self, sign: &Sign, span: Range<usize>) {
        let sign = Sign { rank: BOLD, ..sign.clone() };
        match (&sign.opens, self.at) {
            (None, At::Implications { .. }) => {
                self.drop_rule();
                self.open_audience(sign.words, BOLD, span, true);
            }
            _ => self.heading(&sign, span, None),
        }
    }

    /// A heading opens a part, or stays inside the one we are in.
    pub fn heading(&mut self, sign: &Sign, span: Range<usize>, raw: Option<&str>) {
        self.drop_rule();
        if sign.words.is_empty() {
            self.torn = true;
            return self.place(&span, Role::Layout);
        }
        let deeper = self.is_deeper(sign.rank);
        match &sign.opens {
            Some(Opens::Implications) => self.open_implications(sign.rank, span),
            Some(Opens::View { surely }) if *surely || (!self.has_sure_view && !deeper) => {
                self.open_view(sign, span);
            }
            Some(Opens::Audience(who)) => self.audience_heading(sign, who, span, raw),
            Some(Opens::Lead) if self.may_be_lead() => self.open_lead(span),
            // Below "Implications", `### Risks` is about somebody's risks, whatever it means elsewhere.
            Some(_) if deeper && matches!(self.at, At::Implications { .. }) => {
                self.unknown_heading(sign, span, raw);
            }
            Some(_) if deeper => self.subheading(sign, span, raw),
            Some(_) => self.open_section(sign, span),
            None => self.unknown_heading(sign, span, raw),
        }
    }

    /// Whether the lead has no words yet.
    pub fn says_nothing(&self) -> bool {
        self.folded.lead.blocks.iter().all(|block| block.markdown.starts_with("<!--"))
    }

    /// Whether a heading such as "What happened" opens the lead: nothing was said yet.
    fn may_be_lead(&self) -> bool {
        let may_come = match self.at {
            At::Lead => true,
            At::Implications { .. } => self.folded.implications.is_empty(),
            At::View { .. } | At::Section { .. } => false,
        };
        may_come && self.says_nothing()
    }

    /// Whether a heading of `#`s stands below the heading of the part we are in.
    pub fn is_deeper(&self, rank: Rank) -> bool {
        match self.at {
            At::Lead => false,
            At::Implications { rank: own, .. } | At::View { rank: own } | At::Section { rank: own } => {
                rank < BOLD && rank > own
            }
        }
    }

    pub fn unknown_heading(&mut self, sign: &Sign, span: Range<usize>, raw: Option<&str>) {
        let rank = sign.rank;
        if let Some((opens, rest)) = headings::named_run_in(self.rules.names, &sign.words) {
            let words = sign.words.split([':', '：']).next().unwrap_or(&sign.words);
            let named = Sign { opens: Some(opens), words: bare_words(words).to_owned(), ..sign.clone() };
            self.heading(&named, span.clone(), None);
            return self.behind_colon(&rest, &span);
        }
        match self.at {
            At::Implications { rank: own, audience } if is_below(rank, own) => match audience {
                Some(other) if is_below(rank, other) => self.subheading(sign, span, raw),
                _ => self.open_audience(sign.words.clone(), rank, span, true),
            },
            // Without levels, only what stands right below "Implications", or goes on as the first ones did, is an
            // audience.
            At::Implications { rank: own, audience }
                if rank == own
                    && rank >= BOLD
                    && ((audience.is_none() && self.fresh)
                        || (audience.is_some() && self.named_otherwise)) =>
            {
                self.open_audience(sign.words.clone(), rank, span, true);
            }
            At::View { rank: own } | At::Section { rank: own } if is_below(rank, own) => {
                self.subheading(sign, span, raw);
            }
            At::Lead | At::Implications { .. } | At::View { .. } | At::Section { .. } => {
                self.open_section(sign, span);
            }
        }
    }

    pub fn audience_heading(&mut self, sign: &Sign, who: &str, span: Range<usize>, raw: Option<&str>) {
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
            self.at = At::Implications { rank: sign.rank, audience: None };
            self.named_otherwise = false;
        }
        let shouted = !sign.words.chars().any(char::is_lowercase);
        let who = if shouted { calmed(who).into_owned() } else { who.to_owned() };
        self.open_audience(who, sign.rank, span, false);
    }
}

/// Whether a piece is a heading that can only be the view's.
pub fn is_sure_view(element: &Element<'_>, names: &Names) -> bool {
    let sure = |sign: Sign| sign.opens == Some(Opens::View { surely: true });
    match element.kind {
        Kind::Heading(rank) => {
            sure(headings::marked(names, &element.text, rank))
                || headings::marked_run_in(names, &element.text, rank).is_some_and(sure)
        }
        Kind::Paragraph { .. } => {
            headings::line(names, &element.text).is_some_and(sure)
                || headings::run_in(names, &element.text, Place::default()).is_some_and(sure)
        }
        _ => false,
    }
}

/// Whether a heading stands below another one, as far as their forms tell. Bold and bare lines have no level of their
/// own: each stands below the other.
fn is_below(rank: Rank, other: Rank) -> bool {
    if rank >= BOLD && other >= BOLD { rank != other } else { rank > other }
}
