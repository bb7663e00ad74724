//! `newsgen status`: what readers do not see yet, what they see no longer, and what waits for a build.

use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, civil};
use serde_json::{Value, json};

use super::build::What;
use super::cli::{Common, Outcome};
use super::report::Format;
use super::{disk, moments};
use crate::briefing::Briefing;
use crate::briefing::model::Moment;
use crate::catalogue::{Standing, Visibility};
use crate::diagnostic::Severity;
use crate::route::Route;
use crate::site::Site;
use crate::standing;

/// Names of leaders and offices that were checked longer ago than this are worth a line, in days.
const STALE_AFTER: i32 = 90;

/// What `newsgen status` may be told.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  newsgen status                              what is scheduled, due, expired, and what is a draft\n  newsgen status --today 2025-06-05T05:00     the same at another moment\n  newsgen status --format json                for programs"
)]
pub struct Status {
    /// Look as of this day (2025-06-05) or moment (2025-06-05T09:00)
    #[arg(long, value_name = "DAY")]
    pub today: Option<String>,
    /// Where the site was built, seen from the newsletter's folder
    #[arg(short, long, value_name = "DIR", default_value = "public")]
    pub output: PathBuf,
}

/// Tells how things stand.
///
/// # Errors
/// Wrong usage, or the disk fails.
pub fn run(common: &Common, status: &Status) -> anyhow::Result<Outcome> {
    let root = common.root()?;
    let sources = disk::lift(&root)?;
    let what = What { today: status.today.clone(), ..What::default() };
    let settings = what.settings(&sources)?;
    let read = Site::of(sources, settings, None);
    let errors = read.notes.iter().filter(|note| note.severity == Severity::Error).count();
    let report = Report::of(&read.value, &root.join(&status.output), errors);
    let mut out = anstream::stdout().lock();
    match common.format.unwrap_or_default() {
        Format::Json => writeln!(out, "{}", report.as_json())?,
        Format::Human | Format::Github | Format::Sarif => {
            out.write_all(report.words(&status.output).as_bytes())?;
        }
    }
    Ok(Outcome::Fine)
}

/// A briefing with a moment that matters.
struct Item {
    file: String,
    title: String,
    moment: Option<Timestamp>,
    /// What a change of clocks does to the time as written.
    clocks: Option<String>,
}

/// How everything stands at one moment.
struct Report {
    now: Timestamp,
    zone: TimeZone,
    public: usize,
    errors: usize,
    drafts: Vec<Item>,
    scheduled: Vec<Item>,
    expires: Vec<Item>,
    expired: Vec<Item>,
    /// Public, and not in the output folder yet.
    due: Vec<Item>,
    /// No longer public, and still in the output folder.
    overdue: Vec<Item>,
    is_built: bool,
    as_of: Option<(civil::Date, i32)>,
}

impl Report {
    fn of(site: &Site, out: &Path, errors: usize) -> Self {
        let zone = site.whole.config.time_zone.clone();
        let now = site.settings().now;
        let look = Visibility { now, time_zone: zone.clone(), drafts: false, future: false };
        let mut report = Self {
            now,
            zone,
            public: 0,
            errors,
            drafts: Vec::new(),
            scheduled: Vec::new(),
            expires: Vec::new(),
            expired: Vec::new(),
            due: Vec::new(),
            overdue: Vec::new(),
            is_built: out.join("index.html").exists(),
            as_of: stale(site, now),
        };
        for found in site.files.values().flat_map(|file| &file.briefings) {
            report.place(&found.briefing, &look, out);
        }
        for (path, text) in site.sources.texts_in("content/pages") {
            let page = standing::read(path, &text.text).value;
            if page.draft {
                let (file, title) = (path.to_string(), page.title);
                report.drafts.push(Item { file, title, moment: None, clocks: None });
            }
        }
        let lists = [&mut report.scheduled, &mut report.expires, &mut report.expired];
        for list in lists.into_iter().chain([&mut report.due, &mut report.overdue, &mut report.drafts]) {
            list.sort_by(|a, b| (a.moment, &a.file).cmp(&(b.moment, &b.file)));
        }
        report
    }

    fn place(&mut self, briefing: &Briefing, look: &Visibility, out: &Path) {
        let item = |moment: Option<Timestamp>, written: Option<Moment>| Item {
            file: briefing.source.to_string(),
            title: briefing.title.text.clone(),
            moment,
            clocks: written.and_then(|written| changed_clocks(written, &look.time_zone)),
        };
        let head = &briefing.head;
        let page = briefing.date.map(|date| out.join(Route::briefing(date, &briefing.slug).file()));
        let is_there = page.is_some_and(|page| page.exists());
        let standing = look.standing(head, briefing.date);
        match standing {
            Standing::Draft => self.drafts.push(item(None, None)),
            Standing::Scheduled(publish) => self.scheduled.push(item(Some(publish), head.publish)),
            Standing::Expired(expires) => self.expired.push(item(Some(expires), head.expires)),
            Standing::Public => {
                self.public += 1;
                if let Some(expires) = head.expires.and_then(|moment| look.exact(moment)) {
                    self.expires.push(item(Some(expires), head.expires));
                }
            }
        }
        let is_public = standing == Standing::Public && briefing.date.is_some();
        if self.is_built && is_public && !is_there {
            let since = head.publish.and_then(|moment| look.exact(moment));
            self.due.push(item(since, None));
        }
        if self.is_built && !is_public && is_there {
            self.overdue.push(item(None, None));
        }
    }

    /// The next moment at which a build would make another site.
    fn next(&self) -> Option<Timestamp> {
        self.scheduled.iter().chain(&self.expires).filter_map(|item| item.moment).min()
    }

    fn words(&self, output: &Path) -> String {
        let mut text = String::new();
        let mut part = |heading: &str, items: &[Item], told: &dyn Fn(&Item) -> String| {
            if items.is_empty() {
                return;
            }
            text.push_str(heading);
            text.push('\n');
            for item in items {
                text.push_str(&format!("  {}: {}\n", item.file, item.title));
                let told = told(item);
                if !told.is_empty() {
                    text.push_str(&format!("    {told}\n"));
                }
                if let Some(clocks) = &item.clocks {
                    text.push_str(&format!("    {clocks}\n"));
                }
            }
            text.push('\n');
        };
        let at = |verb: &str, item: &Item| {
            item.moment.map_or(String::new(), |moment| {
                format!("{verb} {}", moments::words(moment, self.now, &self.zone))
            })
        };
        let output = output.display();
        part("scheduled", &self.scheduled, &|item| at("publishes", item));
        part("drafts", &self.drafts, &|_| String::new());
        part("expires", &self.expires, &|item| at("expires", item));
        part("expired", &self.expired, &|item| at("expired", item));
        part(&format!("due: public, but not in {output} yet"), &self.due, &|item| at("public since", item));
        part(&format!("due: no longer public, but still in {output}"), &self.overdue, &|_| String::new());
        if let Some((day, days)) = self.as_of {
            text.push_str(&format!(
                "stale\n  names of leaders and offices were checked on {day}, {days} d ago\n    who took office since is not known: get a newer newsgen, or name them in entities.yaml\n\n"
            ));
        }
        text.push_str(&self.summary());
        text.push('\n');
        if let Some(next) = self.next() {
            text.push_str(&format!("next change: {}\n", moments::words(next, self.now, &self.zone)));
        }
        if self.errors > 0 {
            text.push_str("the content has errors, so that nothing can be published: newsgen check\n");
        } else if !self.is_built || !self.due.is_empty() || !self.overdue.is_empty() {
            text.push_str("to publish what is due: newsgen build\n");
        }
        text
    }

    fn summary(&self) -> String {
        let mut parts = vec![format!("{} public", self.public)];
        let held = [
            (self.scheduled.len(), "scheduled"),
            (self.drafts.len(), "in draft"),
            (self.expired.len(), "expired"),
            (self.errors, if self.errors == 1 { "error" } else { "errors" }),
        ];
        parts.extend(
            held.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")),
        );
        format!("{}: {}", moments::now(self.now, &self.zone), parts.join(", "))
    }

    fn as_json(&self) -> Value {
        let list = |items: &[Item]| -> Vec<Value> {
            let item = |item: &Item| {
                json!({
                    "file": item.file,
                    "title": item.title,
                    "moment": item.moment.map(|moment| moment.to_string()),
                    "local": item.moment.map(|moment| moment.to_zoned(self.zone.clone()).datetime().to_string()),
                    "seconds": item.moment.map(|moment| moment.as_second() - self.now.as_second()),
                })
            };
            items.iter().map(item).collect()
        };
        json!({
            "now": self.now.to_string(),
            "time_zone": moments::name(&self.zone),
            "public": self.public,
            "errors": self.errors,
            "scheduled": list(&self.scheduled),
            "drafts": list(&self.drafts),
            "expires": list(&self.expires),
            "expired": list(&self.expired),
            "due": list(&self.due),
            "overdue": list(&self.overdue),
            "next": self.next().map(|moment| moment.to_string()),
            "names_as_of": self.as_of.map(|(day, _)| day.to_string()),
        })
    }
}

/// The day on which the names were checked, and how long ago that was, if that is long.
fn stale(site: &Site, now: Timestamp) -> Option<(civil::Date, i32)> {
    let day = site.gazetteer.as_of();
    let number = |from: u32, below: u32| i16::try_from(day / from % below).ok();
    let (year, month, day) = (number(10_000, 10_000)?, number(100, 100)?, number(1, 100)?);
    let checked = civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let today = now.to_zoned(TimeZone::UTC).date();
    let days = checked.until(today).ok()?.get_days();
    (days > STALE_AFTER).then_some((checked, days))
}

/// What a change of clocks does to a local time: some do not exist, some come twice.
fn changed_clocks(written: Moment, zone: &TimeZone) -> Option<String> {
    let Moment::Local(local) = written else { return None };
    let time = local.strftime("%H:%M");
    match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { .. } => None,
        AmbiguousOffset::Gap { .. } => {
            let real = zone.to_timestamp(local).ok()?.to_zoned(zone.clone());
            let real = real.strftime("%H:%M");
            Some(format!("{time} does not exist on that day, as clocks go forward: {real} counts"))
        }
        AmbiguousOffset::Fold { .. } => {
            Some(format!("{time} comes twice on that day, as clocks go back: the first counts"))
        }
    }
}
