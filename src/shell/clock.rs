//! The moment of a build: `--today`, else `SOURCE_DATE_EPOCH`, else the machine's clock. Nobody else asks a clock.

use anyhow::{Context, anyhow};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// The moment, in a site's zone. A `--today` without a time means the whole of that day: everything that becomes
/// public on it is public.
///
/// # Errors
/// `--today` or `SOURCE_DATE_EPOCH` is no date.
pub fn moment(today: Option<&str>, zone: &TimeZone) -> anyhow::Result<Timestamp> {
    if let Some(today) = today {
        // A date alone: the parser would drop a time behind it.
        if let (Ok(date), 10) = (today.parse::<Date>(), today.len()) {
            let next = date.checked_add(1.day()).context("--today is too far in the future")?;
            let midnight = zone.to_timestamp(next.at(0, 0, 0, 0))?;
            return Ok(midnight - 1.second());
        }
        if let Ok(timestamp) = today.parse::<Timestamp>() {
            return Ok(timestamp);
        }
        let local: DateTime = today.parse().map_err(|_| {
            anyhow!("--today {today} is not a day: write it as 2025-06-05 or 2025-06-05T09:00")
        })?;
        return Ok(zone.to_timestamp(local)?);
    }
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) => {
            let seconds: i64 = seconds.trim().parse().map_err(|_| {
                anyhow!("SOURCE_DATE_EPOCH={seconds} is not a number of seconds: unset or correct it")
            })?;
            Timestamp::from_second(seconds).context("SOURCE_DATE_EPOCH is out of range")
        }
        Err(_) => Ok(Timestamp::now()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(today: &str, expected: &str) {
        let zone = TimeZone::get("America/New_York").expect("a zone");
        let told = moment(Some(today), &zone).map_or_else(|error| error.to_string(), |at| at.to_string());
        assert!(told.contains(expected), "{told}");
    }

    #[test]
    fn a_day_is_meant_whole_and_a_moment_to_the_minute() {
        check("2025-06-05", "2025-06-06T03:59:59Z");
        check("2025-06-05T09:00", "2025-06-05T13:00:00Z");
        check("2025-06-05T09:00Z", "2025-06-05T09:00:00Z");
    }

    #[test]
    fn a_day_is_as_long_as_its_clocks_say() {
        check("2026-03-08", "2026-03-09T03:59:59Z");
        check("2026-11-01", "2026-11-02T04:59:59Z");
        check("2026-03-08T02:30", "2026-03-08T07:30:00Z");
        check("2026-11-01T01:30", "2026-11-01T05:30:00Z");
    }

    #[test]
    fn what_is_no_day_is_told() {
        check("tomorrow", "--today tomorrow is not a day");
        check("2025-02-30", "is not a day");
    }
}
