//! Moments as an editor reads them: the desk's own time, UTC, and how long it is until then.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// `Mon 05:00 America/New_York = 09:00 UTC, in 7 h`. The date is added where the weekday alone could mislead.
#[must_use]
pub fn words(moment: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let is_near = (moment.as_second() - now.as_second()).abs() < 6 * 24 * 3600;
    let pattern = if is_near { "%a %H:%M" } else { "%a %Y-%m-%d %H:%M" };
    format!("{}, {}", both(moment, pattern, zone), distance(moment, now))
}

/// `Mon 2026-03-02 22:00 America/New_York = Tue 03:00 UTC`.
#[must_use]
pub fn now(now: Timestamp, zone: &TimeZone) -> String {
    both(now, "%a %Y-%m-%d %H:%M", zone)
}

/// The zone's name as people know it.
#[must_use]
pub fn name(zone: &TimeZone) -> String {
    zone.iana_name().unwrap_or("UTC").to_owned()
}

fn both(moment: Timestamp, pattern: &str, zone: &TimeZone) -> String {
    let (local, utc) = (moment.to_zoned(zone.clone()), moment.to_zoned(TimeZone::UTC));
    let text = format!("{} {}", local.strftime(pattern), name(zone));
    if local.datetime() == utc.datetime() && matches!(zone.iana_name(), Some("UTC" | "Etc/UTC") | None) {
        return text;
    }
    let pattern = if local.date() == utc.date() { "%H:%M" } else { "%a %H:%M" };
    format!("{text} = {} UTC", utc.strftime(pattern))
}

/// `in 7 h`, `25 min ago`.
fn distance(moment: Timestamp, now: Timestamp) -> String {
    let seconds = moment.as_second() - now.as_second();
    let minutes = (seconds.abs() + 30) / 60;
    let length = match minutes {
        0 => return "now".to_owned(),
        1..90 => format!("{minutes} min"),
        90..2160 => format!("{} h", (minutes + 30) / 60),
        _ => format!("{} d", (minutes + 720) / 1440),
    };
    if seconds > 0 { format!("in {length}") } else { format!("{length} ago") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(moment: &str, now: &str, zone: &str, expected: &str) {
        let time = |text: &str| text.parse::<Timestamp>().expect("a timestamp");
        let zone = TimeZone::get(zone).expect("a zone");
        assert_eq!(words(time(moment), time(now), &zone), expected);
    }

    #[test]
    fn an_embargo_is_told_in_local_time_and_utc() {
        check(
            "2025-06-09T09:00:00Z",
            "2025-06-09T02:00:00Z",
            "America/New_York",
            "Mon 05:00 America/New_York = 09:00 UTC, in 7 h",
        );
    }

    #[test]
    fn another_day_in_utc_is_named() {
        check(
            "2026-03-03T03:00:00Z",
            "2026-03-03T02:35:00Z",
            "America/New_York",
            "Mon 22:00 America/New_York = Tue 03:00 UTC, in 25 min",
        );
    }

    #[test]
    fn far_moments_have_a_date_and_utc_stands_alone() {
        check("2026-03-03T03:00:00Z", "2026-01-03T03:00:00Z", "UTC", "Tue 2026-03-03 03:00 UTC, in 59 d");
        check("2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z", "UTC", "Thu 00:00 UTC, 2 d ago");
    }

    #[test]
    fn distances_change_their_unit_where_people_do() {
        let from = |seconds: i64| {
            let now: Timestamp = "2026-01-01T00:00:00Z".parse().expect("a timestamp");
            distance(now + jiff::SignedDuration::from_secs(seconds), now)
        };
        assert_eq!(from(10), "now");
        assert_eq!(from(89 * 60), "in 89 min");
        assert_eq!(from(6 * 3600 + 2400), "in 7 h");
        assert_eq!(from(-35 * 3600), "35 h ago");
        assert_eq!(from(36 * 3600), "in 2 d");
    }
}
