//! Days that do not exist, and weekdays that belong to another day.

use std::ops::Range;

use jiff::civil::{Date, Weekday};

use super::document::Document;
use crate::briefing::date::MONTHS;
use crate::diagnostic::Diagnostic;

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// A day named in a text: `June 5, 2025`, `5th of June`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    month: i8,
    day: i8,
    year: Option<i16>,
    /// How many words it takes.
    words: usize,
}

/// Wrong weekdays and impossible days.
pub fn rule(document: &Document<'_>, notes: &mut Vec<Diagnostic>) {
    for passage in &document.passages {
        let words = words(&passage.plain);
        let mut at = 0;
        while at < words.len() {
            let is_joined =
                words.get(at + 1).is_some_and(|next| joins(&passage.plain[words[at].1.end..next.1.start]));
            let weekday = weekday(words[at].0).filter(|_| is_joined);
            let from = at + usize::from(weekday.is_some());
            let Some(named) = words.get(from..).and_then(|rest| named(rest, &passage.plain)) else {
                at += 1;
                continue;
            };
            let end = words[from + named.words - 1].1.end;
            let span = passage.span(words[at].1.start..end);
            match day(&named, document.date) {
                None => {
                    let month = month_name(named.month);
                    let message = match named.year {
                        Some(year) => format!("there is no {month} {}, {year}", named.day),
                        None => format!("{month} has no day {}", named.day),
                    };
                    notes.push(
                        document.object("no-such-day", message, span).help("correct the day or the month"),
                    );
                }
                Some(Ok(date)) => {
                    if let Some(weekday) = weekday.filter(|weekday| *weekday != date.weekday()) {
                        let right = name(date.weekday());
                        let message = format!("{} was not a {}", spoken(date), name(weekday));
                        notes.push(
                            document
                                .object("wrong-weekday", message, span)
                                .help(format!("that day is a {right}: correct the weekday or the day")),
                        );
                    }
                }
                Some(Err(())) => {}
            }
            at = from + named.words;
        }
    }
}

/// The day that is meant: `None` if it does not exist, `Err` if nobody can tell the year.
fn day(named: &Named, near: Option<Date>) -> Option<Result<Date, ()>> {
    if let Some(year) = named.year {
        return Date::new(year, named.month, named.day).ok().map(Ok);
    }
    // A leap year has every day that any year has.
    Date::new(2024, named.month, named.day).ok()?;
    let Some(near) = near else {
        return Some(Err(()));
    };
    let years = [near.year() - 1, near.year(), near.year() + 1];
    let days = years.iter().filter_map(|year| Date::new(*year, named.month, named.day).ok());
    let distance = |day: &Date| near.until(*day).map_or(i32::MAX, |span| span.get_days().abs());
    Some(days.min_by_key(distance).ok_or(()))
}

/// A day at the beginning of some words.
fn named(words: &[(&str, Range<usize>)], plain: &str) -> Option<Named> {
    let word = |at: usize| words.get(at).map(|(word, _)| *word);
    let joined =
        |at: usize| words.get(at).is_some_and(|word| joins(&plain[words[at - 1].1.end..word.1.start]));
    let mut at = 0;
    if word(0)?.eq_ignore_ascii_case("the") && joined(1) {
        at = 1;
    }
    let (month, day, next) = if let Some(month) = month(word(at)?) {
        if !joined(at + 1) {
            return None;
        }
        (month, day_number(word(at + 1)?)?, at + 2)
    } else {
        let day = day_number(word(at)?)?;
        let of = usize::from(word(at + 1)?.eq_ignore_ascii_case("of"));
        if !joined(at + 1 + of) {
            return None;
        }
        (month(word(at + 1 + of)?)?, day, at + 2 + of)
    };
    let year = if joined(next) { word(next).and_then(year) } else { None };
    Some(Named { month, day, year, words: next + usize::from(year.is_some()) })
}

/// Only a space or a comma stands between the words of a date.
fn joins(gap: &str) -> bool {
    matches!(gap.trim(), "" | ",")
}

fn month(word: &str) -> Option<i8> {
    if !word.starts_with(char::is_uppercase) {
        return None;
    }
    let at = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(word))?;
    i8::try_from(at + 1).ok()
}

fn weekday(word: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, weekday)| *weekday)
}

fn name(weekday: Weekday) -> String {
    let found = WEEKDAYS.iter().find(|(_, known)| *known == weekday);
    found.map_or_else(String::new, |(name, _)| capitalised(name))
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `June`, by its number from 1.
fn month_name(number: i8) -> String {
    let at = usize::try_from(number).unwrap_or(1).saturating_sub(1);
    MONTHS.get(at).map_or_else(String::new, |name| capitalised(name))
}

fn spoken(date: Date) -> String {
    format!("{} {}, {}", month_name(date.month()), date.day(), date.year())
}

/// `5`, `5th`, `31`.
fn day_number(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &word[digits.len()..];
    let fits = matches!(ending, "" | "st" | "nd" | "rd" | "th") && digits.len() <= 2;
    digits.parse().ok().filter(|day| fits && (1..=31).contains(day))
}

fn year(word: &str) -> Option<i16> {
    word.parse().ok().filter(|year| word.len() == 4 && (1800..=2200).contains(year))
}

/// Words and numbers with their places.
fn words(plain: &str) -> Vec<(&str, Range<usize>)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in plain.char_indices().chain([(plain.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((&plain[from..at], from..at));
                start = None;
            }
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use crate::check::tests::prose;

    /// The texts are of 2025-06-05, a Thursday.
    fn check(text: &str) -> Vec<String> {
        prose(super::rule, text)
    }

    #[test]
    fn a_weekday_of_another_day_is_found() {
        for (text, found) in [
            ("On Thursday, June 4, 2025, they met.", "Thursday, June 4, 2025"),
            ("On Thursday 4 June 2025 they met.", "Thursday 4 June 2025"),
            ("On Friday the 5th of June they met.", "Friday the 5th of June"),
        ] {
            assert_eq!(check(text), [format!("wrong-weekday [{found}]")], "{text}");
        }
    }

    #[test]
    fn the_year_that_is_not_written_is_the_nearest() {
        // Last December is nearer to June than the next.
        for text in ["They met on Sunday, December 8.", "They met on Tuesday, March 4."] {
            assert_eq!(check(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(check("They met on Monday, March 4."), ["wrong-weekday [Monday, March 4]"]);
    }

    #[test]
    fn a_day_that_does_not_exist_is_found() {
        assert_eq!(check("It ends on June 31."), ["no-such-day [June 31]"]);
        assert_eq!(check("It began on 29 February 2025."), ["no-such-day [29 February 2025]"]);
    }

    #[test]
    fn right_days_and_other_numbers_are_left_alone() {
        for text in [
            "On Thursday, June 5, 2025, they met.",
            "On Wednesday 4 June, and on Friday.",
            "On Friday. June 5 was a Thursday.",
            "It lasted from February 29, 2024 to March 31.",
            "Sunday may 12 of them. In May 2025, 31 ships left. June 2025 was hot.",
        ] {
            assert_eq!(check(text), Vec::<String>::new(), "{text}");
        }
    }
}
