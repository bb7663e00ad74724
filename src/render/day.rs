//! Days as a page prints them.

use jiff::civil::Date;

use super::view::Day;

/// Months as printed.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day as a page of this language prints it.
#[must_use]
pub fn day(date: Date, language: &str) -> Day {
    let iso = date.to_string();
    if !language.to_ascii_lowercase().starts_with("en") {
        return Day { long: iso.clone(), short: iso.clone(), weekday: String::new(), iso };
    }
    let month = month_name(date.month());
    let weekday = match date.weekday() {
        jiff::civil::Weekday::Monday => "Monday",
        jiff::civil::Weekday::Tuesday => "Tuesday",
        jiff::civil::Weekday::Wednesday => "Wednesday",
        jiff::civil::Weekday::Thursday => "Thursday",
        jiff::civil::Weekday::Friday => "Friday",
        jiff::civil::Weekday::Saturday => "Saturday",
        jiff::civil::Weekday::Sunday => "Sunday",
    };
    let is_american = language.eq_ignore_ascii_case("en-US");
    let (long, short) = if is_american {
        (format!("{month} {}, {}", date.day(), date.year()), format!("{} {}", &month[..3], date.day()))
    } else {
        (format!("{} {month} {}", date.day(), date.year()), format!("{} {}", date.day(), &month[..3]))
    };
    Day { iso, long, short, weekday: weekday.into() }
}

/// `June`, for a month from 1 to 12.
#[must_use]
pub fn month_name(month: i8) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or("")
}
