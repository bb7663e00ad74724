//! What `import` made of a text, so that an editor can check it in ten seconds and a program can check it too.

use serde::Serialize;

use super::model::{Body, Briefing, Role};

/// The receipt for one briefing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The file that it becomes; none without a date.
    pub file: Option<String>,
    /// The headline.
    pub title: String,
    /// Whether the headline was made from the first sentence.
    pub title_is_derived: bool,
    /// The day, `2025-06-05`.
    pub date: Option<String>,
    /// The category.
    pub category: Option<String>,
    /// The facts.
    pub lead: Part,
    /// Each implication; its heading is the audience.
    pub implications: Vec<Part>,
    /// What we think.
    pub view: Option<Part>,
    /// Other sections.
    pub sections: Vec<Part>,
    /// Link and footnote definitions, counted.
    pub definitions: usize,
    /// Proposed tags; whoever knows the gazetteer fills them in.
    pub tags: Vec<ProposedTag>,
    /// Every text that found no place.
    pub not_placed: Vec<Leftover>,
}

/// A part and how much is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its heading, or the audience; none for the facts and for an implication that names nobody.
    pub heading: Option<String>,
    /// Paragraphs, lists, tables and so on, counted.
    pub blocks: usize,
    /// Words, counted.
    pub words: usize,
}

/// A tag and the words that speak for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProposedTag {
    /// `region`, `country` or `actor`.
    pub kind: String,
    /// As in addresses: `donald-trump`.
    pub id: String,
    /// As printed.
    pub name: String,
    /// The words of the text.
    pub words: Vec<String>,
}

/// A text that found no place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Leftover {
    /// Its first byte in the file.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// Its first line, from 1.
    pub first_line: usize,
    /// Its last line, from 1.
    pub last_line: usize,
    /// What it says.
    pub text: String,
}

impl Part {
    fn of(heading: Option<&str>, body: &Body) -> Self {
        let words = |text: &str| {
            text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
        };
        Self {
            heading: heading.map(String::from),
            blocks: body.blocks.len(),
            words: body.blocks.iter().map(|block| words(&block.markdown)).sum(),
        }
    }
}

impl Receipt {
    /// The receipt for a briefing that becomes `file`.
    #[must_use]
    pub fn of(briefing: &Briefing, file: Option<String>, not_placed: Vec<Leftover>) -> Self {
        let audience = |part: &super::model::Implication| part.audience.as_ref().map(|who| who.text.clone());
        Self {
            file,
            title: briefing.title.text.clone(),
            title_is_derived: briefing.title.derived,
            date: briefing.date.map(|date| date.to_string()),
            category: briefing.category.as_ref().map(|category| category.text.clone()),
            lead: Part::of(None, &briefing.lead),
            implications: briefing
                .implications
                .iter()
                .map(|part| Part::of(audience(part).as_deref(), &part.body))
                .collect(),
            view: briefing.view.as_ref().map(|view| Part::of(Some(&view.heading.text), &view.body)),
            sections: briefing
                .sections
                .iter()
                .map(|section| Part::of(Some(&section.heading.text), &section.body))
                .collect(),
            definitions: briefing.definitions.len(),
            tags: Vec::new(),
            not_placed,
        }
    }

    /// The receipt for people, one line a part.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        let mut line = |name: &str, value: &str| out.push_str(&format!("{name:<13} {value}\n"));
        if let Some(file) = &self.file {
            line("file", file);
        }
        let derived = if self.title_is_derived { "  (from the first sentence: please confirm)" } else { "" };
        line("title", &format!("{}{derived}", self.title));
        line("date", self.date.as_deref().unwrap_or("missing"));
        line("category", self.category.as_deref().unwrap_or("none"));
        line("facts", &self.lead.amount());
        for part in &self.implications {
            let audience = part
                .heading
                .as_ref()
                .map_or_else(|| "for nobody named".to_owned(), |who| format!("For {who}"));
            line("implication", &format!("{audience}: {}", part.amount()));
        }
        match &self.view {
            Some(view) => {
                line("view", &format!("{}: {}", view.heading.as_deref().unwrap_or(""), view.amount()));
            }
            None => line("view", "none"),
        }
        for part in &self.sections {
            line("section", &format!("{}: {}", part.heading.as_deref().unwrap_or(""), part.amount()));
        }
        for tag in &self.tags {
            line(&tag.kind, &format!("{} ({})", tag.name, tag.words.join(", ")));
        }
        for leftover in &self.not_placed {
            line("not placed", &leftover.shown());
        }
        if self.not_placed.is_empty() {
            line("not placed", "nothing");
        }
        out
    }
}

impl Part {
    fn amount(&self) -> String {
        let many = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
        format!("{}, {}", many(self.blocks, "paragraph"), many(self.words, "word"))
    }
}

impl Leftover {
    fn shown(&self) -> String {
        let lines = if self.first_line == self.last_line {
            format!("line {}", self.first_line)
        } else {
            format!("lines {} to {}", self.first_line, self.last_line)
        };
        let start: String = self.text.chars().take(60).collect();
        format!("{lines}: {}", super::letters::one_line(&start))
    }
}

/// The texts of a reading that found no place, with their lines.
#[must_use]
pub fn leftovers(text: &str, placements: &[super::model::Placement], part: usize) -> Vec<Leftover> {
    let mut leftovers = Vec::new();
    let mut line = 1;
    let mut counted = 0;
    for place in placements {
        if place.role != Role::NotPlaced || place.part != part {
            continue;
        }
        let range = place.span.range();
        line += text[counted..range.start].matches('\n').count();
        let inside = text[range.clone()].matches('\n').count();
        counted = range.start;
        leftovers.push(Leftover {
            start: range.start,
            end: range.end,
            first_line: line,
            last_line: line + inside,
            text: text[range].to_owned(),
        });
    }
    leftovers
}
