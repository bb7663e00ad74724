//! The words that open parts: what desks write above their implications, their view and everything else.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::letters::{after_emoji, ends_sentence, is_bullet, is_invisible, is_space, trim};
use super::title::first_sentence;
use crate::config::Headings;

/// What a heading opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opens {
    /// The implications.
    Implications,
    /// One implication, for somebody: the words without "For".
    Audience(String),
    /// The view. `surely` is false for words that are a view only where no plainer one stands (`Assessment`).
    View {
        /// Whether the words can mean nothing else.
        surely: bool,
    },
    /// What happened, said so.
    Lead,
    /// A section of its own, by a name that desks use.
    Section,
}

/// The names known to a site: the built-in ones and its own.
#[derive(Debug)]
pub struct Names {
    implications: Vec<String>,
    view: Vec<String>,
    longest: usize,
}

/// The built-in names, each with what it opens.
static BUILT_IN: LazyLock<HashMap<&str, Opens>> = LazyLock::new(|| {
    let lists: [(&[&str], Opens); 5] = [
        (&IMPLICATIONS, Opens::Implications),
        (&VIEW, Opens::View { surely: true }),
        (&VIEW_IF_ALONE, Opens::View { surely: false }),
        (&LEAD, Opens::Lead),
        (&SECTIONS, Opens::Section),
    ];
    lists.into_iter().flat_map(|(list, opens)| list.iter().map(move |name| (*name, opens.clone()))).collect()
});

/// The longest heading that is read as one, in bytes.
pub const LONGEST: usize = 120;

#[rustfmt::skip]
const IMPLICATIONS: [&str; 38] = [
    "broader implications", "consequences", "impact", "impacts", "implication", "implications", "implications and impact",
    "key implications", "likely consequences", "likely impact", "likely implications", "main implications", "policy implications",
    "possible implications", "potential impact", "potential implications", "ramifications", "repercussions", "significance",
    "so what", "so what does it mean", "so what does this mean", "so, what", "stakes", "strategic implications",
    "what are the implications", "what does it mean", "what does this mean", "what is at stake", "what it all means",
    "what it could mean", "what it means", "what that means", "what this means", "what's at stake", "why it matters",
    "why this matters", "wider implications",
];

#[rustfmt::skip]
const VIEW: [&str; 33] = [
    "editor's view", "house view", "how we read it", "how we see it", "in our view", "our analysis", "our assessment",
    "our bottom line", "our call", "our comment", "our conclusion", "our judgement", "our judgment", "our opinion",
    "our perspective", "our position", "our read", "our reading", "our take", "our take on it", "our thoughts", "our verdict",
    "our view", "our viewpoint", "our views", "the way we see it", "we think", "what do we think", "what we believe",
    "what we make of it", "what we think", "where we come down", "where we stand",
];

#[rustfmt::skip]
const VIEW_IF_ALONE: [&str; 27] = [
    "analysis", "analyst comment", "analyst take", "analyst view", "analyst's comment", "analyst's take", "analyst's view",
    "analysts' comment", "analysts' view", "assessment", "bottom line", "comment", "commentary", "conclusion", "conclusions",
    "desk comment", "editor's comment", "editorial comment", "final thoughts", "opinion", "overall assessment", "perspective",
    "take", "takeaway", "verdict", "view", "viewpoint",
];

#[rustfmt::skip]
const LEAD: [&str; 20] = [
    "event", "executive summary", "facts", "in brief", "key facts", "lead", "news", "overview", "situation", "situation report",
    "story", "summary", "what happened", "what has happened", "what is happening", "what we know", "what's going on",
    "what's happened", "what's happening", "what's new",
];

#[rustfmt::skip]
const SECTIONS: [&str; 101] = [
    "about", "alternative scenarios", "alternative views", "alternatives", "appendix", "assumptions", "background", "base case",
    "between the lines", "big picture", "by the numbers", "calendar", "catch up quick", "caveats", "charts", "chronology",
    "confidence", "confidence level", "context", "corrections", "counterarguments", "data", "details", "dissenting view",
    "driving the news", "early warning", "events to watch", "expectations", "flashback", "forecast", "forecasts",
    "further reading", "gaps", "glossary", "go deeper", "highlights", "history", "how it works", "how we got here", "indicators",
    "indicators and warnings", "indicators to watch", "intelligence gaps", "intrigue", "key dates", "key developments",
    "key figures", "key findings", "key indicators", "key judgements", "key judgments", "key messages", "key numbers",
    "key players", "key points", "key questions", "key takeaways", "latest", "links", "looking ahead", "market reaction",
    "methodology", "next", "next steps", "notes", "numbers", "open questions", "opportunities", "other side", "outlook",
    "policy options", "policy recommendations", "questions", "quotes", "reactions", "read more", "reality check",
    "recommendations", "references", "related", "risks", "risks and opportunities", "scenario", "scenarios", "signposts",
    "sources", "state of play", "takeaways", "timeline", "trigger points", "triggers", "unknowns", "warning signs", "watch list",
    "what next", "what they are saying", "what they're saying", "what to watch", "what to watch for", "what to watch next",
    "what's next",
];

/// What may stand before a name of an audience, beside "for".
#[rustfmt::skip]
const BEFORE_AUDIENCE: [&str; 26] = [
    "what it means for ", "what this means for ", "what that means for ", "what does it mean for ", "what does this mean for ",
    "what it could mean for ", "why it matters for ", "why it matters to ", "why this matters for ", "why this matters to ",
    "implications for ", "implication for ", "the implications for ", "key implications for ", "impact on ", "impact for ",
    "the impact on ", "consequences for ", "the consequences for ", "so what for ", "what's at stake for ", "what is at stake for ",
    "the stakes for ", "significance for ", "ramifications for ", "repercussions for ",
];

/// What follows "For" where nobody is meant.
#[rustfmt::skip]
const NOBODY: [&str; 45] = [
    "a long time", "a moment", "a start", "a time", "a while", "ages", "background", "better or", "centuries", "clarity", "comparison", "context", "days",
    "decades", "details", "example", "fear", "further", "generations", "good", "hours", "immediate release", "instance", "internal use", "minutes", "months",
    "more", "now", "once", "one thing", "reference", "sale", "some time", "starters", "that matter", "that reason", "the first time", "the last",
    "the moment", "the most part", "the past", "the record", "the time being", "weeks", "years",
];

impl Names {
    /// The names of a site.
    #[must_use]
    pub fn of(headings: &Headings) -> Self {
        let folded = |first: &str, more: &[String]| {
            std::iter::once(first)
                .chain(more.iter().map(String::as_str))
                .map(|name| fold(bare_words(name)))
                .filter(|name| !name.is_empty())
                .collect()
        };
        let implications: Vec<String> = folded(&headings.implications, &headings.implications_synonyms);
        let view: Vec<String> = folded(&headings.view, &headings.view_synonyms);
        let longest = implications.iter().chain(&view).map(String::len).max().unwrap_or(0);
        // Curly quotes and hard spaces make names longer than their folded form.
        Self { implications, view, longest: longest.max(40) + 24 }
    }

    /// What a heading with these words opens; `None` if no desk is known to use them.
    /// The words are plain text; numbering, emoji and a colon around them do not matter.
    #[must_use]
    pub fn opens(&self, words: &str) -> Option<Opens> {
        let words = bare_words(words);
        if words.is_empty() || words.len() > LONGEST {
            return None;
        }
        if words.len() <= self.longest {
            let name = fold(words);
            if self.implications.contains(&name) {
                return Some(Opens::Implications);
            }
            if self.view.contains(&name) {
                return Some(Opens::View { surely: true });
            }
            let name = name.strip_prefix("the ").unwrap_or(&name).trim_end_matches(['?', '!']);
            if let Some(opens) = BUILT_IN.get(name) {
                return Some(opens.clone());
            }
        }
        audience(words).map(|who| Opens::Audience(who.to_owned()))
    }
}

/// Whom a heading names: `For investors`, `What it means for investors` and `Impact on investors` name investors.
fn audience(words: &str) -> Option<&str> {
    let who = after_prefix(words, "for ")
        .filter(|who| !NOBODY.iter().any(|phrase| starts_with_words(who, phrase)))
        .or_else(|| BEFORE_AUDIENCE.iter().find_map(|before| after_prefix(words, before)))?;
    let who = trim(who);
    let fits = !who.is_empty() && who.split(is_space).count() <= 12 && !ends_sentence(who);
    let inside = who.contains([';', '!', '?']) || who.contains(": ") || first_sentence(who).len() < who.len();
    (fits && !inside).then_some(who)
}

/// The rest of a text after an ASCII prefix, whatever its case and kind of spaces and apostrophes.
fn after_prefix<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for expected in prefix.chars() {
        let met = rest.next()?;
        let same = match expected {
            ' ' => is_space(met),
            '\'' => matches!(met, '\'' | '’' | 'ʼ' | '‘'),
            letter => met.eq_ignore_ascii_case(&letter),
        };
        if !same {
            return None;
        }
    }
    Some(rest.as_str())
}

fn starts_with_words(text: &str, phrase: &str) -> bool {
    after_prefix(text, phrase).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// The words of a heading without numbering, bullets, emoji and closing colon.
#[must_use]
pub fn bare_words(words: &str) -> &str {
    let mut words = trim(words);
    loop {
        let before = words.len();
        if let Some(rest) = after_emoji(words) {
            words = rest;
        }
        words = words.trim_start_matches(|c| is_bullet(c) || is_space(c) || matches!(c, '–' | '—' | '|'));
        if let Some(rest) = after_number(words) {
            words = rest;
        }
        if words.len() == before {
            break;
        }
    }
    let is_tail = |c: char| {
        is_space(c)
            || matches!(c, ':' | '：' | '–' | '—' | '-' | '|')
            || super::letters::is_emoji(c)
            || super::letters::is_emoji_tail(c)
    };
    words.trim_end_matches(is_tail)
}

/// The text after `1.`, `1)`, `(1)`, `IV.` or `b)`.
#[must_use]
pub fn after_number(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('(').unwrap_or(text);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let roman = inner.bytes().take_while(|byte| b"IVX".contains(byte)).count();
    let letter = usize::from(inner.starts_with(|c: char| c.is_ascii_alphabetic()));
    let length = [digits, roman, letter].into_iter().find(|length| *length > 0)?;
    if length > 4 {
        return None;
    }
    let rest = &inner[length..];
    let in_brackets = inner.len() < text.len();
    let small = digits == 0 && roman == 0 && inner.starts_with(|c: char| c.is_ascii_lowercase());
    let rest = if in_brackets || small { rest.strip_prefix(')')? } else { rest.strip_prefix(['.', ')'])? };
    let words = rest.trim_start_matches(is_space);
    (words.len() < rest.len() && !words.is_empty()).then_some(words)
}

/// Lower case, plain apostrophes, single spaces: what two spellings of one name have in common.
#[must_use]
pub fn fold(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\'' | '’' | 'ʼ' | '‘' | '´' | '`' => folded.push('\''),
            '"' | '“' | '”' => {}
            '&' => folded.push_str("and"),
            c if c.is_whitespace() => {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c if is_invisible(c) => {}
            c if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

/// Words written all in capitals, in title case; other words as they are. Known abbreviations, and words with dots or
/// digits, stay.
#[must_use]
pub fn calmed(words: &str) -> Cow<'_, str> {
    const SMALL: [&str; 17] = [
        "A", "AN", "AND", "AS", "AT", "BY", "FOR", "FROM", "IN", "IS", "OF", "ON", "OR", "THE", "TO", "VS",
        "WITH",
    ];
    #[rustfmt::skip]
    const ABBREVIATIONS: [&str; 58] = [
        "AI", "APEC", "ASEAN", "AU", "AUKUS", "BBC", "BIS", "BRICS", "CIA", "CSTO", "DPRK", "DRC", "EAC", "ECB", "ECOWAS", "EU", "FBI", "FX", "GCC",
        "GDP", "HIV", "IAEA", "ICC", "ICJ", "IDF", "IEA", "ILO", "IMF", "IRGC", "LNG", "MENA", "NATO", "NGO", "NGOS", "NPT", "OAS", "OECD", "OPEC", "OPEC+",
        "OSCE", "PLA", "PRC", "ROK", "SADC", "SCO", "UAE", "UK", "UN", "UNHCR", "UNSC", "US", "USA", "USMCA", "VAT", "WFP", "WHO", "WMD",
        "WTO",
    ];
    let shouted = words.chars().filter(|c| c.is_alphabetic()).count() > 1
        && !words.chars().any(char::is_lowercase)
        && words.chars().any(|c| c.to_lowercase().next() != Some(c));
    if !shouted {
        return Cow::Borrowed(words);
    }
    let mut calm = String::with_capacity(words.len());
    for (number, word) in words.split(' ').enumerate() {
        if number > 0 {
            calm.push(' ');
        }
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        if SMALL.contains(&word) && number > 0 {
            calm.push_str(&word.to_lowercase());
        } else if letters < word.chars().filter(|c| c.is_alphanumeric()).count()
            || word.contains('.')
            || ABBREVIATIONS.contains(&word.trim_end_matches([',', ';']))
        {
            calm.push_str(word);
        } else {
            let mut inner = false;
            for c in word.chars() {
                if inner {
                    calm.extend(c.to_lowercase());
                } else {
                    calm.push(c);
                }
                inner = c.is_alphabetic() || matches!(c, '\'' | '’');
            }
        }
    }
    Cow::Owned(calm)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str) -> String {
        match Names::of(&Headings::default()).opens(words) {
            None => "-".into(),
            Some(Opens::Implications) => "implications".into(),
            Some(Opens::Audience(who)) => format!("for {who}"),
            Some(Opens::View { surely: true }) => "view".into(),
            Some(Opens::View { surely: false }) => "view?".into(),
            Some(Opens::Lead) => "lead".into(),
            Some(Opens::Section) => "section".into(),
        }
    }

    #[test]
    fn the_lists_are_sorted_and_without_doubles() {
        for list in [&IMPLICATIONS[..], &VIEW, &VIEW_IF_ALONE, &LEAD, &SECTIONS] {
            for pair in list.windows(2) {
                assert!(pair[0] < pair[1], "{} stands before {}", pair[0], pair[1]);
            }
        }
    }

    #[test]
    fn spelling_variants_meet_in_one_name() {
        for words in [
            "IMPLICATIONS",
            "Implications:",
            "📉 Implications",
            "2. Implications",
            "II. Implications",
            "The\u{a0}implications",
        ] {
            assert_eq!(check(words), "implications", "{words}");
        }
        for words in ["What We Think", "what we think:", "• What we think", "Our take 🧭"] {
            assert_eq!(check(words), "view", "{words}");
        }
        assert_eq!(check("What’s at stake?"), "implications");
        assert_eq!(check("The Bottom Line"), "view?");
        assert_eq!(check("Outlook"), "section");
        assert_eq!(check("Key Judgments"), "section");
    }

    #[test]
    fn an_audience_is_named_in_several_ways() {
        assert_eq!(check("For investors"), "for investors");
        assert_eq!(check("FOR MARKETS:"), "for MARKETS");
        assert_eq!(check("What it means for the Gulf"), "for the Gulf");
        assert_eq!(check("Implications for Europe"), "for Europe");
        assert_eq!(check("3) For the U.S."), "for the U.S.");
    }

    #[test]
    fn what_only_begins_with_for_names_nobody() {
        for words in [
            "For decades",
            "For example",
            "For more information",
            "For the first time",
            "Forecasters",
            "For now",
        ] {
            assert_eq!(check(words), "-", "{words}");
        }
    }

    #[test]
    fn capitals_are_calmed_and_abbreviations_kept() {
        assert_eq!(calmed("UKRAINE AND REGIONAL SECURITY"), "Ukraine and Regional Security");
        assert_eq!(calmed("U.S. FOREIGN POLICY"), "U.S. Foreign Policy");
        assert_eq!(calmed("EU, G20 AND OIL"), "EU, G20 and Oil");
        assert_eq!(calmed("WHAT WE THINK"), "What We Think");
        assert_eq!(calmed("NATO allies"), "NATO allies");
    }
}
