//! A briefing's own days: in the right order, and not in a year that somebody mistyped.

use jiff::ToSpan;
use jiff::civil::Date;

use super::document::Document;
use crate::briefing::Briefing;
use crate::catalogue::Visibility;
use crate::diagnostic::Diagnostic;

/// How far ahead a day may lie before it looks like a slip, in days.
const FAR: i64 = 60;

/// Days in the future, and days in the wrong order.
pub fn rule(
    briefing: &Briefing,
    document: &Document<'_>,
    visibility: &Visibility,
    notes: &mut Vec<Diagnostic>,
) {
    let head = &briefing.head;
    let today = visibility.now.to_zoned(visibility.time_zone.clone()).date();
    let key = |key: &str| line_of(document.text, key);
    if let (Some(date), None) = (briefing.date, head.publish)
        && date > today.checked_add(FAR.days()).unwrap_or(Date::MAX)
    {
        let message = format!("this briefing is of {date}, which is far ahead: until then nobody sees it");
        let note = document.object("future-date", message, key("date"));
        notes.push(note.help("correct the year, or say when it becomes public: `publish: 2025-06-05T06:00`"));
    }
    let later =
        [("updated", head.updated), ("corrections", head.corrections.iter().map(|one| one.date).max())];
    for (name, day) in later {
        let Some(day) = day else { continue };
        if day > today && briefing.date.is_none_or(|date| date <= today) {
            let message = format!("`{name}` says {day}, which has not come yet");
            notes.push(document.object("future-date", message, key(name)).help("correct the day"));
        } else if briefing.date.is_some_and(|date| day < date) {
            let message = format!("`{name}` says {day}, before the day of the briefing");
            notes.push(
                document.object("days-out-of-order", message, key(name)).help("correct one of the two days"),
            );
        }
    }
    let moment = |moment| visibility.exact(moment);
    if let (Some(publish), Some(expires)) = (head.publish.and_then(moment), head.expires.and_then(moment))
        && expires <= publish
    {
        let message = "this briefing expires before it becomes public";
        notes.push(
            document
                .object("days-out-of-order", message, key("expires"))
                .help("correct one of the two times"),
        );
    }
}

/// The line of a key at the left margin; the first line if it is not there.
pub fn line_of(text: &str, key: &str) -> std::ops::Range<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')) {
            return at..at + line.trim_end().len();
        }
        at += line.len();
    }
    0..text.lines().next().map_or(0, str::len)
}

#[cfg(test)]
mod tests {
    use crate::check::tests::site;

    /// The moment is the end of 2026.
    fn check(head: &str) -> Vec<String> {
        let text = format!("---\ntitle: \"A\"\n{head}\n---\n\nThey met.\n");
        let mut codes = site(&[("content/briefings/a.md", &text)]);
        codes.retain(|code| code.contains("date") || code.contains("days"));
        codes
    }

    #[test]
    fn a_mistyped_year_is_found() {
        assert_eq!(check("date: \"2062-06-05\""), ["future-date"]);
        assert_eq!(check("date: \"2026-06-05\"\nupdated: \"2062-06-05\""), ["future-date"]);
    }

    #[test]
    fn days_in_the_wrong_order_are_found() {
        assert_eq!(check("date: \"2026-06-05\"\nupdated: \"2025-06-05\""), ["days-out-of-order"]);
        let times = "date: \"2027-01-05\"\npublish: \"2027-01-05T06:00\"\nexpires: \"2027-01-05T05:00\"";
        assert_eq!(check(times), ["days-out-of-order"]);
    }

    #[test]
    fn a_scheduled_briefing_and_a_later_correction_are_normal() {
        for head in [
            "date: \"2027-01-05\"",
            "date: \"2028-01-05\"\npublish: \"2028-01-05T06:00\"",
            "date: \"2026-06-05\"\nupdated: \"2026-06-07\"",
        ] {
            assert_eq!(check(head), Vec::<String>::new(), "{head}");
        }
    }
}
