//! What holds for every text: all bytes are placed, reading undoes writing, Markdown keeps its meaning, nothing panics.

use newsgen::briefing::headings::DIALECT;
use newsgen::briefing::model::{Block, Body, Briefing, Head, Phrase, Role, Span, TagRule};
use newsgen::briefing::{self, import};
use newsgen::config::Headings;
use newsgen::source::SitePath;
use proptest::prelude::*;
use pulldown_cmark::{Parser, html};

/// Lines that mean something to the reader, and some that only look so.
#[rustfmt::skip]
const LINES: &[&str] = &[
    "Implications", "**Implications**", "## Implications", "IMPLICATIONS:", "📉 Implications", "1. Implications", "Why it matters: rates rise.",
    "For investors", "For Ukraine and the region", "**For markets:** Oil rose.", "- **For markets** — Oil rose.", "- **For banks:** Rates fall.",
    "For markets: oil rose.", "### For banks", "### Markets", "#### Detail", "**Bold line**", "__Bold line__", "For decades, nothing moved.",
    "What we think", "## What we think", "**Our view**", "Our take: it will not last.", "The bottom line", "Assessment", "## Assessment", "Outlook",
    "## Outlook", "Background: a long story.", "**Sources**", "Summary", "What happened", "Market reaction", "Recommendations", "[WORLD] A call.",
    "[WORLD]", "[ECONOMY] Rates rose.", "[US & CANADA]", "[Axios](https://a.example) says so.", "[UPDATE] More.", "[1] Note", "# A title",
    "A title without a stop", "## A title", "June 5, 2025", "2025-06-06", "June 5", "05.06.2025", "London, 5 June 2025", "- one", "- two", "* three",
    "+ four", "1. one", "2. two", "1986. A year", "• five", "•six", "– seven", "🟢 eight", "🟢 nine", "  - deeper", "    code", "\tcode", "```",
    "```rust", "~~~~", "> quoted", "> > deeper", "| a | b |", "|---|---|", "---", "***", "===", "- - -", "[a]: https://a.example", "[^1]: A note.",
    "See [a] and[^1].", "<div>", "</div>", "<!-- remark -->", "<!--", "<script>", "<b>bold</b> text", "<https://a.example>",
    "The bank kept its rate and", "said that it would wait.", "It rained.",
    "It rained again on the coast, and the harvest was lost, the ministry said on Monday evening.", "#hashtag", "#", "## ", "+", "-", "*",
    "\\[WORLD] x", "\\", "&amp; x", "a  ", "trailing\\", "x: y", "Note: x", "\u{a0}", "\u{200b}", "\u{feff}", "“Quoted,” he said.", "For the U.S.",
    "FOR INVESTORS", "Implications of the deal are wide.", "title: x", "- [ ] task", "- [x] done", "1) one", "2) two", "- # x", "- - x", "-\tx",
    "[WORLD] Implications", "## The bottom line: it lasts", "### For banks: rates fall", "**The bottom line: it lasts**", "### Markets: oil rises", "### For x: y: z", "o\tnine", "**For A:** Implications: b", "## [WORLD] A title", "=> x", ": x", "~x~",
];

fn line() -> impl Strategy<Value = String> {
    let known = prop::sample::select(LINES).prop_map(String::from);
    prop_oneof![12 => known, 1 => "[ -~]{0,40}", 1 => "\\PC{0,20}"]
}

fn text() -> impl Strategy<Value = String> {
    let end =
        prop::sample::select(vec!["\n", "\n", "\n\n", "\n\n", "\n\n\n", "\r\n", "\r\n\r\n", "\r", "\n \n"]);
    prop::collection::vec((line(), end), 0..14)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

fn headed() -> impl Strategy<Value = String> {
    let head = prop::sample::select(vec![
        "",
        "",
        "---\ntitle: \"A title\"\n---\n",
        "---\ndate: 2025-06-05\ncategory: World\n---\n",
        "---\ntitle: A\nactors: {add: [x], remove: [\"y: z\"]}\nregions: []\nsources: [{title: t, url: \"https://u.example\"}, v]\npublish: 2025-06-05 05:00\n---\n",
    ]);
    (head, text()).prop_map(|(head, text)| format!("{head}{text}"))
}

fn read(name: &str, text: &str) -> Vec<Briefing> {
    briefing::read(&SitePath::new(name), text, &Headings::default()).value.briefings
}

/// Without what a second reading cannot know: where things stood.
fn timeless(mut briefing: Briefing) -> Briefing {
    let nowhere = |phrase: &mut Phrase| phrase.span = Span::default();
    let tags = |rule: &mut TagRule| match rule {
        TagRule::Found => {}
        TagRule::Only(only) => only.iter_mut().for_each(nowhere),
        TagRule::Adjusted { add, remove } => add.iter_mut().chain(remove).for_each(nowhere),
    };
    let blocks = |blocks: &mut Vec<Block>| blocks.iter_mut().for_each(|block| block.span = Span::default());
    let body = |body: &mut Body| blocks(&mut body.blocks);
    briefing.source = SitePath::new("");
    briefing.part = 0;
    briefing.title.span = None;
    briefing.category.iter_mut().for_each(nowhere);
    body(&mut briefing.lead);
    for implication in &mut briefing.implications {
        implication.audience.iter_mut().for_each(nowhere);
        body(&mut implication.body);
    }
    if let Some(view) = &mut briefing.view {
        view.heading = Phrase { text: "What we think".into(), span: Span::default() };
        body(&mut view.body);
    }
    for section in &mut briefing.sections {
        nowhere(&mut section.heading);
        body(&mut section.body);
    }
    blocks(&mut briefing.definitions);
    let Head { aliases, lens, series, regions, countries, actors, allow, .. } = &mut briefing.head;
    aliases.iter_mut().chain(lens).chain(series).chain(allow).for_each(nowhere);
    [regions, countries, actors].into_iter().for_each(tags);
    briefing
}

fn reading_undoes_writing(name: &str, text: &str) -> Result<(), TestCaseError> {
    for first in read(name, text) {
        let written = briefing::write(&first, &Headings::default());
        let path = format!("2025-06-05-{}.md", first.slug);
        let again = read(&path, &written);
        prop_assert_eq!(again.len(), 1, "{}", written);
        let mut first = timeless(first);
        first.date = first.date.or(again[0].date);
        let second = timeless(again.into_iter().next().expect("one briefing"));
        prop_assert_eq!(&second, &first, "from {:?}\nwritten\n{}", text, written);
    }
    Ok(())
}

fn all_is_placed(name: &str, text: &str) -> Result<(), TestCaseError> {
    let noted = briefing::read(&SitePath::new(name), text, &Headings::default());
    let mut end = 0;
    for place in &noted.value.placements {
        prop_assert_eq!(place.span.start, end);
        prop_assert!(place.span.end > place.span.start);
        prop_assert!(text.is_char_boundary(place.span.end as usize));
        end = place.span.end;
        let words = &text[place.span.range()];
        let shows = words.chars().any(char::is_alphanumeric);
        prop_assert!(!(place.role == Role::Layout && shows), "{:?} became layout", words);
    }
    prop_assert_eq!(end as usize, text.len());
    let lost = noted.value.placements.iter().filter(|place| place.role == Role::NotPlaced).count();
    let told = noted.notes.iter().filter(|note| note.code == "not-placed").count();
    prop_assert_eq!(lost, told);
    for note in &noted.notes {
        if let Some((start, end)) = note.place.as_ref().and_then(|place| place.span) {
            prop_assert!(start <= end && end <= text.len(), "{}", note.code);
            prop_assert!(text.is_char_boundary(start) && text.is_char_boundary(end), "{}", note.code);
        }
    }
    Ok(())
}

fn html_of(markdown: &str) -> String {
    let mut out = String::new();
    html::push_html(&mut out, Parser::new_ext(markdown, DIALECT));
    // Blank lines at the end of code that nobody closed, and a heading without words, are layout.
    while out.contains(" \n") {
        out = out.replace(" \n", "\n");
    }
    while out.contains("\n</code>") {
        out = out.replace("\n</code>", "</code>");
    }
    (1..=6).fold(out, |out, level| out.replace(&format!("<h{level}></h{level}>\n"), ""))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_byte_of_a_paste_is_placed_or_listed(text in headed()) {
        all_is_placed("a.txt", &text)?;
    }

    #[test]
    fn every_byte_of_a_markdown_file_is_placed_or_listed(text in headed()) {
        all_is_placed("a.md", &text)?;
    }

    #[test]
    fn any_unicode_at_all_is_read(text in any::<String>()) {
        all_is_placed("a.txt", &text)?;
        all_is_placed("2025-06-05-a.md", &text)?;
    }

    #[test]
    fn reading_a_paste_undoes_writing_it(text in headed()) {
        reading_undoes_writing("paste.txt", &text)?;
    }

    #[test]
    fn reading_markdown_undoes_writing_it(text in headed()) {
        reading_undoes_writing("paste.md", &text)?;
    }

    #[test]
    fn importing_twice_changes_nothing(text in headed()) {
        let wishes = import::Wishes { date: Some(jiff::civil::date(2025, 6, 5)), id_for: Some("desk.example"), ..import::Wishes::default() };
        for first in import::import(&text, wishes, &Headings::default()).value {
            let again = import::Wishes { file_name: first.file_name.as_deref(), ..import::Wishes::default() };
            let second = import::import(&first.markdown, again, &Headings::default()).value;
            prop_assert_eq!(second.len(), 1);
            prop_assert_eq!(&second[0].markdown, &first.markdown);
            prop_assert_eq!(&second[0].file_name, &first.file_name);
        }
    }

    #[test]
    fn markdown_paragraphs_keep_their_meaning(lines in prop::collection::vec("[-a-z#>*_`\\[\\]()<&|1.+~ ]{1,30}", 1..12), gaps in prop::collection::vec(1_usize..3, 12)) {
        let text: String = lines.iter().zip(gaps).map(|(line, gap)| line.clone() + &"\n".repeat(gap)).collect();
        let text = format!("---\ntitle: T\n---\nOpening words.\n\n{text}");
        let briefings = read("a.md", &text);
        // Where the text has headings of its own it is more than a lead.
        if let [briefing] = briefings.as_slice() && briefing.sections.is_empty() && briefing.implications.is_empty() {
            let body = text.split_once("---\nOpening").map(|(_, rest)| format!("Opening{rest}")).unwrap_or_default();
            let definitions: Vec<&str> = briefing.definitions.iter().map(|block| &*block.markdown).collect();
            let kept = format!("{}\n\n{}", briefing.lead.markdown(), definitions.join("\n\n"));
            prop_assert_eq!(html_of(&kept), html_of(&body), "{}", kept);
        }
    }
}

#[test]
fn long_and_strange_texts_take_linear_time() {
    let size = 20_000;
    for piece in [
        "For x: ",
        "**a:** ",
        "[W] ",
        "[WORLD] ",
        "- ",
        "> ",
        "```\n",
        "````x\n",
        "# ",
        "*",
        "1. ",
        "a\n",
        "Implications\n",
        "For A\n",
        "| a |\n|---|\n",
        "(",
        "[",
        "[a]: b\n",
        "\u{a0}",
        "•",
        "🟢 a\n",
        "\r",
        "  - a\n",
        "<!--\n",
        "a. ",
        "---\n",
        "= \n",
    ] {
        let text = piece.repeat(size / piece.len());
        for name in ["a.txt", "a.md"] {
            assert!(
                briefing::read(&SitePath::new(name), &text, &Headings::default()).value.placements.len()
                    <= text.len()
            );
        }
    }
}
