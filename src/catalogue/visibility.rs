//! The one filter: what the public may see, and when.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::briefing::model::{Head, Moment};

/// When we look, and how far behind the curtain.
#[derive(Debug, Clone)]
pub struct Visibility {
    /// The moment of the build: given by the caller, never read from a clock here.
    pub now: Timestamp,
    /// The zone of dates without an offset.
    pub time_zone: TimeZone,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Whether what is scheduled for later is shown.
    pub future: bool,
}

/// Why a briefing is in or out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Public now.
    Public,
    /// Not to be published.
    Draft,
    /// Public from this moment on.
    Scheduled(Timestamp),
    /// Public until this moment.
    Expired(Timestamp),
}

impl Visibility {
    /// How a briefing stands at this moment. A day in the future schedules it for that day's first moment.
    #[must_use]
    pub fn standing(&self, head: &Head, date: Option<Date>) -> Standing {
        if head.draft {
            return Standing::Draft;
        }
        if let Some(expires) = head.expires.and_then(|moment| self.exact(moment))
            && expires <= self.now
        {
            return Standing::Expired(expires);
        }
        let publish = match head.publish {
            Some(moment) => self.exact(moment),
            None => date.and_then(|date| self.exact(Moment::Local(date.at(0, 0, 0, 0)))),
        };
        match publish {
            Some(publish) if publish > self.now => Standing::Scheduled(publish),
            _ => Standing::Public,
        }
    }

    /// The next moment at which a briefing stands otherwise than now; `None` if it never will.
    #[must_use]
    pub fn next_change(&self, head: &Head, standing: Standing) -> Option<Timestamp> {
        let expires =
            || head.expires.and_then(|moment| self.exact(moment)).filter(|expires| *expires > self.now);
        match standing {
            Standing::Scheduled(publish) => Some(publish).into_iter().chain(expires()).min(),
            Standing::Public => expires(),
            Standing::Draft | Standing::Expired(_) => None,
        }
    }

    /// Whether a briefing of this standing belongs to the site.
    #[must_use]
    pub fn shows(&self, standing: Standing) -> bool {
        match standing {
            Standing::Public => true,
            Standing::Draft => self.drafts,
            Standing::Scheduled(_) => self.future,
            Standing::Expired(_) => false,
        }
    }

    /// A written moment as a point in time. A time that a change of clocks skips is moved on by the gap.
    #[must_use]
    pub fn exact(&self, moment: Moment) -> Option<Timestamp> {
        match moment {
            Moment::Exact(timestamp) => Some(timestamp),
            Moment::Local(local) => self.time_zone.to_timestamp(local).ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn at(now: &str) -> Visibility {
        Visibility {
            now: now.parse().expect("a timestamp"),
            time_zone: TimeZone::get("America/New_York").expect("a zone"),
            drafts: false,
            future: false,
        }
    }

    #[test]
    fn a_briefing_dated_today_is_public_in_the_desks_own_zone() {
        let head = Head::default();
        let day = Some(date(2025, 6, 5));
        assert_eq!(at("2025-06-05T04:00:00Z").standing(&head, day), Standing::Public);
        assert!(matches!(at("2025-06-05T03:59:59Z").standing(&head, day), Standing::Scheduled(_)));
    }

    #[test]
    fn an_embargo_ends_at_its_local_minute() {
        let head = Head { publish: Some(Moment::Local(date(2025, 6, 5).at(5, 0, 0, 0))), ..Head::default() };
        assert!(matches!(at("2025-06-05T08:59:59Z").standing(&head, None), Standing::Scheduled(_)));
        assert_eq!(at("2025-06-05T09:00:00Z").standing(&head, None), Standing::Public);
    }

    #[test]
    fn expired_stays_out_even_when_the_future_is_shown() {
        let expires = Some(Moment::Exact("2025-01-01T00:00:00Z".parse().expect("a timestamp")));
        let visibility = Visibility { drafts: true, future: true, ..at("2025-06-05T00:00:00Z") };
        let standing = visibility.standing(&Head { expires, ..Head::default() }, None);
        assert!(!visibility.shows(standing));
    }
}
