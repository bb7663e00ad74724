//! The day of a briefing: date lines as desks write them, and dates in file names. A year is never guessed.

use jiff::civil::Date;

use super::headings::plain_text;
use super::letters::{ends_sentence, trim};

/// What a line says about the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateLine {
    /// A whole date.
    Day(Date),
    /// A day and a month without a year.
    NoYear,
    /// Numbers that could be read two ways, such as `05/06/2025`.
    Ambiguous,
}

/// The months, in English and lower case.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Reads a line that gives a date and nothing else than a weekday, a place or a time of day beside it.
#[must_use]
pub fn line(text: &str) -> Option<DateLine> {
    let text = trim(text);
    if text.is_empty()
        || text.len() > 90
        || text.contains(['\n', '\\', '&'])
        || !text.bytes().any(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let plain = plain_text(text);
    let plain = plain.trim_matches(['(', ')', '[', ']', '|', '–', '—', '-', ':', '.', ' ']);
    let plain = ["Date:", "Published:", "Published on", "Published", "DATE:", "As of"]
        .iter()
        .find_map(|label| plain.strip_prefix(label))
        .unwrap_or(plain);
    let words: Vec<&str> = plain
        .split([' ', ',', '|', '·', '(', ')', '•', ';'])
        .filter(|word| !word.is_empty() && !matches!(*word, "—" | "–" | "-"))
        .collect();
    if words.len() > 10 {
        return None;
    }
    let (mut day, mut month, mut year, mut whole) = (None, None, None, None);
    let mut place = 0;
    for word in words {
        let word = word.trim_end_matches('.');
        let lower = word.to_lowercase();
        if let Some(numbers) = numeric(word) {
            if whole.replace(numbers).is_some() {
                return None;
            }
        } else if let Some(number) =
            month_of(&lower).filter(|_| month.is_none() && word.starts_with(char::is_uppercase))
        {
            month = Some(number);
        } else if let Some(number) = day_of(&lower).filter(|_| day.is_none()) {
            day = Some(number);
        } else if let Some(number) = year_of(word).filter(|_| year.is_none()) {
            year = Some(number);
        } else if is_weekday(&lower) || is_time(&lower) || matches!(lower.as_str(), "the" | "of" | "on") {
        } else if word.starts_with(|c: char| c.is_uppercase())
            && !word.bytes().any(|byte| byte.is_ascii_digit())
        {
            place += 1;
        } else {
            return None;
        }
    }
    if place > 4 || (place > 0 && ends_sentence(text)) {
        return None;
    }
    match (whole, day, month, year) {
        (Some(line), None, None, None) => Some(line),
        (None, Some(day), Some(month), Some(year)) => Date::new(year, month, day).ok().map(DateLine::Day),
        (None, Some(_), Some(_), None) if place == 0 => Some(DateLine::NoYear),
        _ => None,
    }
}

/// `2025-06-05`, `2025/6/5`, `05.06.2025`.
fn numeric(word: &str) -> Option<DateLine> {
    let separator = ['-', '/', '.'].into_iter().find(|separator| word.matches(*separator).count() == 2)?;
    let parts: Vec<&str> = word.split(separator).collect();
    let number = |part: &str| {
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<i16>().ok()).flatten()
    };
    let (first, second, third) = (number(parts[0])?, number(parts[1])?, number(parts[2])?);
    let date = |year: i16, month: i16, day: i16| {
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(DateLine::Day)
    };
    if parts[0].len() == 4 {
        return date(first, second, third);
    }
    if parts[2].len() != 4 {
        return None;
    }
    match (first, second) {
        (1..=12, 1..=12) if first != second => Some(DateLine::Ambiguous),
        (_, 1..=12) => date(third, second, first),
        (1..=12, _) => date(third, first, second),
        _ => None,
    }
}

fn month_of(word: &str) -> Option<i8> {
    let full = MONTHS.iter().position(|month| *month == word);
    let short = || {
        MONTHS.iter().position(|month| {
            word == "sept" && *month == "september" || word.len() == 3 && month.starts_with(word)
        })
    };
    full.or_else(short).and_then(|at| i8::try_from(at + 1).ok())
}

fn day_of(word: &str) -> Option<i8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    let number = (digits.len() <= 2 && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| digits.parse::<i8>().ok())?;
    number.filter(|day| (1..=31).contains(day))
}

fn year_of(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|year| (1900..2200).contains(year))
}

fn is_weekday(word: &str) -> bool {
    WEEKDAYS.iter().any(|day| *day == word || (word.len() >= 3 && word.len() <= 5 && day.starts_with(word)))
}

/// `10:30`, `6am`, `GMT`.
fn is_time(word: &str) -> bool {
    let clock = word.split_once(':').is_some_and(|(hours, minutes)| {
        hours.len() <= 2
            && hours.bytes().all(|b| b.is_ascii_digit())
            && minutes.starts_with(|c: char| c.is_ascii_digit())
    });
    let hours = word.strip_suffix("am").or_else(|| word.strip_suffix("pm"));
    clock
        || hours.is_some_and(|hours| hours.len() <= 2 && hours.bytes().all(|b| b.is_ascii_digit()))
        || matches!(word, "gmt" | "utc" | "est" | "edt" | "et" | "cet" | "cest" | "bst" | "a.m" | "p.m")
}

/// The date at the start of a file's name and the rest: `2025-06-05-call` is June 5 and `call`.
/// The name comes without its ending; `20250605-call` and `2025_06_05 call` count too.
#[must_use]
pub fn in_file_name(stem: &str) -> (Option<Date>, &str) {
    let none = (None, stem);
    let digits = |range: std::ops::Range<usize>| -> Option<i16> {
        stem.get(range).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()
    };
    let parted = matches!(stem.as_bytes().get(4), Some(b'-' | b'_' | b'.'));
    let (month_at, day_at, end) = if parted { (5, 8, 10) } else { (4, 6, 8) };
    if parted && stem.as_bytes().get(7) != stem.as_bytes().get(4) {
        return none;
    }
    let (Some(year), Some(month), Some(day)) =
        (digits(0..4), digits(month_at..month_at + 2), digits(day_at..day_at + 2))
    else {
        return none;
    };
    let rest = &stem[end..];
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return none;
    }
    let date = i8::try_from(month)
        .ok()
        .zip(i8::try_from(day).ok())
        .and_then(|(month, day)| Date::new(year, month, day).ok());
    match date {
        Some(date) => (Some(date), rest.trim_start_matches(['-', '_', '.', ' '])),
        None => none,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        match line(text) {
            None => "-".into(),
            Some(DateLine::Day(date)) => date.to_string(),
            Some(DateLine::NoYear) => "no year".into(),
            Some(DateLine::Ambiguous) => "ambiguous".into(),
        }
    }

    #[test]
    fn desks_write_the_day_in_many_ways() {
        for text in [
            "June 5, 2025",
            "5 June 2025",
            "2025-06-05",
            "Thursday, June 5, 2025",
            "Thu 5 Jun 2025",
            "June 5th, 2025",
            "the 5th of June 2025",
            "2025/06/05",
            "London, 5 June 2025",
            "BRUSSELS — June 5, 2025",
            "Date: June 5, 2025",
            "*June 5, 2025*",
            "June 5, 2025 | 10:30 GMT",
            "(June 5, 2025)",
            "June\u{a0}5, 2025",
        ] {
            assert_eq!(check(text), "2025-06-05", "{text}");
        }
        assert_eq!(check("25.06.2025"), "2025-06-25");
        assert_eq!(check("06/25/2025"), "2025-06-25");
        assert_eq!(check("05.05.2025"), "2025-05-05");
    }

    #[test]
    fn no_year_and_no_order_is_guessed() {
        assert_eq!(check("June 5"), "no year");
        assert_eq!(check("Thursday, June 5"), "no year");
        assert_eq!(check("05.06.2025"), "ambiguous");
    }

    #[test]
    fn a_sentence_with_a_date_is_no_date_line() {
        for text in [
            "The call took place on June 5, 2025.",
            "On June 5, 2025 oil rose",
            "June 31, 2025",
            "2025",
            "May 2025",
            "Trump 47",
        ] {
            assert_eq!(check(text), "-", "{text}");
        }
    }

    #[test]
    fn a_file_name_may_begin_with_its_day() {
        let check = |stem| {
            let (date, rest) = in_file_name(stem);
            (date.map(|date| date.to_string()), rest)
        };
        assert_eq!(check("2025-06-05-call"), (Some("2025-06-05".into()), "call"));
        assert_eq!(check("20250605_call"), (Some("2025-06-05".into()), "call"));
        assert_eq!(check("2025-06-05"), (Some("2025-06-05".into()), ""));
        assert_eq!(check("2025-13-05-call"), (None, "2025-13-05-call"));
        assert_eq!(check("call"), (None, "call"));
        assert_eq!(check("2025-06-051"), (None, "2025-06-051"));
        assert_eq!(check("é025-06-05"), (None, "é025-06-05"));
    }
}
