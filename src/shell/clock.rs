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
        if let Ok(date) = today.parse::<Date>() {
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
