//! Sets the texts of one page, event by event.

use std::collections::{BTreeMap, HashSet};

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, Parser, Tag, TagEnd, html,
};

use super::dialect::DIALECT;
use super::links::{Addresses, Kept};
use super::{code, links};
use crate::config::ContentPolicy;
use crate::route::slug;

/// Sets the texts of one page: footnotes are numbered and ids are unique across all of them.
pub struct Typesetter<'a> {
    addresses: &'a dyn Addresses,
    policy: ContentPolicy,
    highlight: bool,
    definitions: String,
    ids: HashSet<String>,
    footnotes: Vec<String>,
    footnote_texts: BTreeMap<String, String>,
    has_code: bool,
    tables: usize,
}

impl<'a> Typesetter<'a> {
    /// For one page. `definitions` are the link and footnote definitions that serve all its texts, as Markdown;
    /// `reserved` are the ids that the page's template uses.
    pub fn new(
        addresses: &'a dyn Addresses,
        policy: ContentPolicy,
        highlight: bool,
        definitions: String,
        reserved: &[&str],
    ) -> Self {
        Self {
            addresses,
            policy,
            highlight,
            definitions,
            ids: reserved.iter().map(|id| (*id).to_owned()).collect(),
            footnotes: Vec::new(),
            footnote_texts: BTreeMap::new(),
            has_code: false,
            tables: 0,
        }
    }

    /// One text as HTML. Headings in it are at least of level `floor` (2 to 6).
    pub fn body(&mut self, markdown: &str, floor: u8) -> String {
        let joined;
        let text = if self.definitions.is_empty() {
            markdown
        } else {
            joined = format!("{markdown}\n\n{}", self.definitions);
            &joined
        };
        let events = Parser::new_ext(text, DIALECT);
        let mut out =
            Setter { page: self, floor, stacks: vec![Vec::new()], labels: Vec::new(), links: Vec::new() };
        events.for_each(|event| out.event(event));
        let mut html = String::with_capacity(markdown.len() + markdown.len() / 8);
        html::push_html(&mut html, out.stacks.swap_remove(0).into_iter());
        html
    }

    /// An id made of a heading's text that no other element of the page has.
    pub fn id_of(&mut self, text: &str) -> String {
        let base = Some(slug(text)).filter(|id| !id.is_empty()).unwrap_or_else(|| "section".into());
        let mut id = base.clone();
        let mut number = 2;
        while !self.ids.insert(id.clone()) {
            id = format!("{base}-{number}");
            number += 1;
        }
        id
    }

    /// Whether a coloured code block was set.
    #[must_use]
    pub fn has_code(&self) -> bool {
        self.has_code
    }

    /// The footnotes that the texts so far refer to, as an ordered list; empty if there are none.
    #[must_use]
    pub fn footnotes(&self) -> String {
        if self.footnotes.is_empty() {
            return String::new();
        }
        let mut html = String::from("<ol class=\"footnotes\">\n");
        for (at, label) in self.footnotes.iter().enumerate() {
            let number = at + 1;
            let text = self.footnote_texts.get(label).map_or("", |text| text.trim_end());
            let back = format!(
                " <a href=\"#fnref-{number}\" class=\"footnote-back\" role=\"doc-backlink\" \
                 aria-label=\"Back to reference {number}\">\u{21a9}\u{fe0e}</a>"
            );
            let text = match text.strip_suffix("</p>") {
                Some(open) => format!("{open}{back}</p>"),
                None => format!("{text}{back}"),
            };
            html.push_str(&format!("<li id=\"fn-{number}\">{text}</li>\n"));
        }
        html.push_str("</ol>\n");
        html
    }

    fn footnote_number(&mut self, label: &str) -> (usize, bool) {
        match self.footnotes.iter().position(|known| known == label) {
            Some(at) => (at + 1, false),
            None => {
                self.footnotes.push(label.to_owned());
                (self.footnotes.len(), true)
            }
        }
    }
}

/// Takes events in, hands other events on. A stack holds what is being collected: the text itself at the bottom,
/// above it a footnote, a heading, a code block, an image's description.
struct Setter<'p, 'a, 'e> {
    page: &'p mut Typesetter<'a>,
    floor: u8,
    stacks: Vec<Vec<Event<'e>>>,
    labels: Vec<Label<'e>>,
    links: Vec<bool>,
}

/// What the upper stacks collect.
enum Label<'e> {
    Footnote(CowStr<'e>),
    Heading(HeadingLevel),
    Code(Option<String>),
    Image { address: String, title: CowStr<'e> },
    Table(Vec<Alignment>, usize, bool),
}

impl<'e> Setter<'_, '_, 'e> {
    fn put(&mut self, event: Event<'e>) {
        if let Some(stack) = self.stacks.last_mut() {
            stack.push(event);
        }
    }

    fn html(&mut self, text: impl Into<String>) {
        self.put(Event::Html(CowStr::from(text.into())));
    }

    fn inline(&mut self, text: impl Into<String>) {
        self.put(Event::InlineHtml(CowStr::from(text.into())));
    }

    fn collect(&mut self, label: Label<'e>) {
        self.labels.push(label);
        self.stacks.push(Vec::new());
    }

    fn collected(&mut self) -> (Option<Label<'e>>, Vec<Event<'e>>) {
        let events = if self.stacks.len() > 1 { self.stacks.pop() } else { None };
        (self.labels.pop(), events.unwrap_or_default())
    }

    fn event(&mut self, event: Event<'e>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Html(raw) | Event::InlineHtml(raw) => self.raw(raw),
            Event::FootnoteReference(label) => {
                let (number, first) = self.page.footnote_number(&label);
                let id = if first { format!(" id=\"fnref-{number}\"") } else { String::new() };
                self.inline(format!(
                    "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\"{id} role=\"doc-noteref\">{number}</a></sup>"
                ));
            }
            Event::TaskListMarker(done) => {
                let (checked, label) = if done { (" checked", "done") } else { ("", "open") };
                self.inline(format!("<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> "));
            }
            Event::Text(text) => self.text(text),
            other => self.put(other),
        }
    }

    fn text(&mut self, text: CowStr<'e>) {
        let in_code = matches!(self.labels.last(), Some(Label::Code(_) | Label::Image { .. }));
        if in_code || !self.links.is_empty() || !text.contains("://") {
            return self.put(Event::Text(text));
        }
        let linked = links::with_bare_addresses(&text);
        self.inline(linked);
    }

    fn raw(&mut self, raw: CowStr<'e>) {
        if self.page.policy == ContentPolicy::Trusted {
            return self.put(Event::InlineHtml(raw));
        }
        match links::kept(&raw) {
            Kept::Break => self.put(Event::HardBreak),
            Kept::Nothing => {}
            Kept::AsText => self.put(Event::Text(raw)),
        }
    }

    fn start(&mut self, tag: Tag<'e>) {
        match tag {
            Tag::FootnoteDefinition(label) => self.collect(Label::Footnote(label)),
            Tag::Heading { level, .. } => self.collect(Label::Heading(level)),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().map(str::to_owned),
                    CodeBlockKind::Indented => None,
                };
                self.collect(Label::Code(language.filter(|language| !language.is_empty())));
            }
            Tag::Link { dest_url, title, .. } => {
                match links::address(&dest_url, self.page.addresses, self.page.policy) {
                    Some(address) => {
                        let title = attribute("title", &title);
                        self.inline(format!("<a href=\"{}\"{title}>", links::escaped(&address)));
                        self.links.push(true);
                    }
                    None => self.links.push(false),
                }
            }
            Tag::Image { dest_url, title, .. } => {
                let address = links::address(&dest_url, self.page.addresses, self.page.policy);
                self.collect(Label::Image { address: address.unwrap_or_default(), title });
            }
            Tag::Table(alignments) => {
                self.page.tables += 1;
                self.html(format!(
                    "<div class=\"table\" role=\"region\" aria-label=\"Table {}\" tabindex=\"0\">\n<table>\n",
                    self.page.tables
                ));
                self.labels.push(Label::Table(alignments, 0, true));
            }
            Tag::TableHead => self.html("<thead>\n<tr>"),
            Tag::TableRow => {
                if let Some(Label::Table(_, column, _)) = self.labels.last_mut() {
                    *column = 0;
                }
                self.html("<tr>");
            }
            Tag::TableCell => self.cell(),
            Tag::BlockQuote(Some(kind)) => {
                let (class, title) = alert(kind);
                self.html(format!(
                    "<div class=\"alert {class}\" role=\"note\">\n<p class=\"alert-title\">{title}</p>\n"
                ));
            }
            Tag::HtmlBlock if self.page.policy == ContentPolicy::Safe => {
                self.put(Event::Start(Tag::Paragraph));
            }
            other => self.put(Event::Start(other)),
        }
    }

    fn cell(&mut self) {
        let Some(Label::Table(alignments, column, is_head)) = self.labels.last_mut() else {
            return;
        };
        let class = match alignments.get(*column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::None) | None => "",
        };
        *column += 1;
        let open = if *is_head { format!("<th scope=\"col\"{class}>") } else { format!("<td{class}>") };
        self.html(open);
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::FootnoteDefinition => {
                if let (Some(Label::Footnote(label)), events) = self.collected() {
                    let mut text = String::new();
                    html::push_html(&mut text, events.into_iter());
                    self.page.footnote_texts.entry(label.into_string()).or_insert(text);
                }
            }
            TagEnd::Heading(_) => {
                if let (Some(Label::Heading(level)), events) = self.collected() {
                    self.heading(level, events);
                }
            }
            TagEnd::CodeBlock => {
                if let (Some(Label::Code(language)), events) = self.collected() {
                    let text: String = events.iter().filter_map(as_text).collect();
                    let html = code::block(&text, language.as_deref(), self.page.highlight);
                    self.page.has_code |= html.coloured;
                    self.html(html.text);
                }
            }
            TagEnd::Link => {
                if self.links.pop() == Some(true) {
                    self.inline("</a>");
                }
            }
            TagEnd::Image => {
                if let (Some(Label::Image { address, title }), events) = self.collected() {
                    let alt: String = events.iter().filter_map(as_text).collect();
                    let title = attribute("title", &title);
                    let html = if address.is_empty() {
                        links::escaped(&alt)
                    } else {
                        format!(
                            "<img src=\"{}\" alt=\"{}\"{title} loading=\"lazy\" decoding=\"async\">",
                            links::escaped(&address),
                            links::escaped(&alt)
                        )
                    };
                    self.inline(html);
                }
            }
            TagEnd::Table => {
                self.labels.pop();
                self.html("</tbody>\n</table>\n</div>\n");
            }
            TagEnd::TableHead => {
                if let Some(Label::Table(_, column, is_head)) = self.labels.last_mut() {
                    *column = 0;
                    *is_head = false;
                }
                self.html("</tr>\n</thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.html("</tr>\n"),
            TagEnd::TableCell => {
                let is_head = matches!(self.labels.last(), Some(Label::Table(_, _, true)));
                self.html(if is_head { "</th>" } else { "</td>" });
            }
            TagEnd::BlockQuote(Some(_)) => self.html("</div>\n"),
            TagEnd::HtmlBlock if self.page.policy == ContentPolicy::Safe => self.end_of_raw_block(),
            other => self.put(Event::End(other)),
        }
    }

    /// Closes the paragraph that shows a block of raw HTML as text; one that shows nothing vanishes.
    fn end_of_raw_block(&mut self) {
        let Some(stack) = self.stacks.last_mut() else {
            return;
        };
        if matches!(stack.last(), Some(Event::Start(Tag::Paragraph))) {
            stack.pop();
        } else {
            stack.push(Event::End(TagEnd::Paragraph));
        }
    }

    fn heading(&mut self, level: HeadingLevel, events: Vec<Event<'e>>) {
        let level = (level as u8).clamp(self.floor.clamp(2, 6), 6);
        let text: String = events.iter().filter_map(as_text).collect();
        let id = self.page.id_of(&text);
        self.html(format!("<h{level} id=\"{id}\">"));
        events.into_iter().for_each(|event| self.put(event));
        self.html(format!("</h{level}>\n"));
    }
}

fn as_text<'t>(event: &'t Event<'_>) -> Option<&'t str> {
    match event {
        Event::Text(text) | Event::Code(text) => Some(text),
        Event::SoftBreak | Event::HardBreak => Some(" "),
        _ => None,
    }
}

fn attribute(name: &str, value: &str) -> String {
    if value.is_empty() { String::new() } else { format!(" {name}=\"{}\"", links::escaped(value)) }
}

/// GitHub's alerts: a class and a printed title.
fn alert(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    match kind {
        BlockQuoteKind::Note => ("alert-note", "Note"),
        BlockQuoteKind::Tip => ("alert-tip", "Tip"),
        BlockQuoteKind::Important => ("alert-important", "Important"),
        BlockQuoteKind::Warning => ("alert-warning", "Warning"),
        BlockQuoteKind::Caution => ("alert-caution", "Caution"),
    }
}
