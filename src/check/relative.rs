//! "Yesterday": words that were right on the day and are read in the archive.

use super::document::{Document, Form};
use super::quotes;
use crate::diagnostic::{Diagnostic, Severity};

const WORDS: [&str; 16] = [
    "yesterday",
    "tomorrow",
    "tonight",
    "last night",
    "this morning",
    "this afternoon",
    "this evening",
    "earlier today",
    "later today",
    "this week",
    "this weekend",
    "last week",
    "next week",
    "this month",
    "last month",
    "next month",
];

/// Days and weeks that are counted from the day of writing, outside quotations. Worth knowing, never more: on the
/// day itself they are what everybody writes.
pub fn rule(document: &Document<'_>, notes: &mut Vec<Diagnostic>) {
    for passage in document.passages.iter().filter(|passage| passage.form != Form::Quotation) {
        let folded = passage.plain.to_ascii_lowercase();
        if !["yesterday", "tomorrow", "to", "last ", "this ", "next "]
            .iter()
            .any(|word| folded.contains(word))
        {
            continue;
        }
        let quoted = quotes::pair(&passage.plain).ranges;
        for word in WORDS {
            for (at, _) in folded.match_indices(word) {
                let end = at + word.len();
                let is_word = !folded[..at].ends_with(char::is_alphanumeric)
                    && !folded[end..].starts_with(char::is_alphanumeric);
                // "The wars of tomorrow" do not age.
                let is_general = folded[..at].ends_with("of ");
                if !is_word || is_general || quoted.iter().any(|range| range.contains(&at)) {
                    continue;
                }
                let mut note = document.object(
                    "relative-date",
                    format!(
                        "`{}` will age: in the archive nobody knows from which day to count",
                        &passage.plain[at..end]
                    ),
                    passage.span(at..end),
                );
                note.severity = Severity::Note;
                notes.push(note.help("name the day, or the month"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::prose;

    fn check(text: &str) -> Vec<String> {
        prose(super::rule, text)
    }

    #[test]
    fn a_day_counted_from_the_day_of_writing_is_noted() {
        assert_eq!(check("Yesterday the ministers met."), ["relative-date [Yesterday]"]);
        assert_eq!(check("They meet again next week."), ["relative-date [next week]"]);
    }

    #[test]
    fn quotations_and_turns_of_phrase_may_say_so() {
        for text in [
            "“We leave tomorrow,” he said.",
            "> We leave tomorrow.",
            "The wars of tomorrow; yesterdays; the following week.",
        ] {
            assert_eq!(check(text), Vec::<String>::new(), "{text}");
        }
    }
}
