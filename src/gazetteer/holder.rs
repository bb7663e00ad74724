//! Who held an office on the document's day, before it and after it: `the ousted president`, `the president-elect`.

use super::context::Reading;
use super::entity::Day;
use super::hit::{Hit, Role, Target};
use super::vocabulary::class;

/// Who is next takes office, and who was ousted was in office, within so long of the document's day: about two years.
const WITHIN: u32 = 2_0000;

/// Whether a day is at most so many days after another that the newspapers still write about it: two weeks.
fn is_fresh(end: Day, day: Day) -> bool {
    const FRESH: u32 = 14;
    // Months of 31 days: what counts is the distance, to a day or two.
    let count = |day: Day| (day / 10_000) * 372 + (day / 100 % 100) * 31 + day % 100;
    count(day).saturating_sub(count(end)) <= FRESH
}

/// Which holder of an office is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// Whoever holds it on the day.
    Now,
    /// `president-elect`: whoever is next.
    Next,
    /// `ousted president`: whoever held it last before the one of the day.
    Last,
    /// `the president died`: whoever held it until a few days ago.
    Leaving,
    /// Somebody else, who cannot be told.
    Never,
}

/// Which holder is meant, and the last word that says so.
pub(super) fn when(reading: &Reading<'_, '_>, lead: usize, first: usize, last: usize) -> (When, usize) {
    let document = reading.document;
    // `president-elect`, `prime minister designate`
    if let Some(next) = document.words.get(last + 1)
        && (next.gap.is_hyphen() || next.gap.is_space())
        && matches!(document.text(last + 1), "elect" | "designate")
    {
        return (When::Next, last + 1);
    }
    let words = (lead..first).chain(lead.checked_sub(1)).filter(|at| document.before(*at + 1) == Some(*at));
    for at in words {
        match document.text(at) {
            "outgoing" | "departing" => return (When::Now, last),
            "incoming" => return (When::Next, last),
            "ousted" | "deposed" | "suspended" | "toppled" | "overthrown" | "impeached" => {
                return (When::Last, last);
            }
            _ => {}
        }
    }
    let when = match () {
        () if is_past(reading, lead) => When::Never,
        () if leaves(reading, last) => When::Leaving,
        () => When::Now,
    };
    (when, last)
}

/// Whether somebody goes out of office in the words after a title: `Iran's president died`, `the prime minister was ousted`.
fn leaves(reading: &Reading<'_, '_>, last: usize) -> bool {
    let document = reading.document;
    let Some(mut at) = document.after(last).filter(|at| document.words[*at].gap.is_space()) else {
        return false;
    };
    if matches!(document.text(at), "was" | "has" | "had" | "is" | "been") {
        at = (at + 1).min(document.words.len() - 1);
    }
    matches!(
        document.text(at),
        "died"
            | "killed"
            | "assassinated"
            | "ousted"
            | "deposed"
            | "overthrown"
            | "toppled"
            | "removed"
            | "resigned"
            | "fled"
            | "quit"
            | "abdicated"
            | "impeached"
    )
}

/// Whether somebody is meant who no longer holds, or does not yet hold, the office.
fn is_past(reading: &Reading<'_, '_>, first: usize) -> bool {
    let document = reading.document;
    let mut at = first;
    for _ in 0..2 {
        let Some(before) = document.before(at) else {
            return false;
        };
        if document.words[at].gap.has(super::gap::Gap::COMMA) {
            return false;
        }
        // `a would-be president`, `who would be president of France`
        let would_be = document.text(before) == "be" && document.words[at].gap.is_space() && at == first
            || document.text(before) == "become" && at == first;
        if document.is(before, class::NOT_HOLDER) || would_be {
            return true;
        }
        at = before;
    }
    false
}

/// The person who held an office on the document's day; the office itself if nobody can tell; nothing if the text
/// names the holder right there.
pub(super) fn holder(
    reading: &Reading<'_, '_>,
    office: u32,
    first: u32,
    last: u32,
    when: When,
) -> Option<Hit> {
    let document = reading.document;
    if when == When::Never || named_here(reading, last as usize) {
        return None;
    }
    let names = reading.names;
    let holders = &names.at(office).holders;
    let by_day = document.day.and_then(|day| {
        let mut on = holders.iter().filter(|term| term.from <= day && day <= term.until);
        // On the day on which one follows another, the old one is in the news, unless the text says `new`.
        let is_new = (first.saturating_sub(2)..first)
            .any(|at| matches!(document.text(at as usize), "new" | "New" | "acting" | "interim"))
            || begins(reading, last as usize);
        let now = if is_new { on.next_back() } else { on.next() };
        match when {
            When::Next => holders.iter().find(|term| term.from > day && term.from < day + WITHIN),
            When::Last | When::Leaving => {
                let within = |end| if when == When::Last { day < end + WITHIN } else { is_fresh(end, day) };
                let mut before = holders.iter().filter(|term| term.until <= day && within(term.until));
                let before = before.rfind(|term| now.is_none_or(|now| now.person != term.person));
                if when == When::Last { before } else { before.or(now) }
            }
            _ => now,
        }
    });
    if by_day.is_none() && !matches!(when, When::Now | When::Leaving) {
        return None;
    }
    let person = match by_day {
        Some(term) => names.number(&term.person),
        None if document.day.is_none() => {
            // Without a day, whoever of the holders the text names.
            let mut people = holders.iter().rev().filter_map(|term| names.number(&term.person));
            people.find(|person| reading.is_present(*person))
        }
        None => None,
    };
    Some(Hit {
        first,
        last,
        target: Target::Known(person.unwrap_or(office)),
        role: Role::Office,
        rule: match (person, document.day) {
            (Some(_), Some(_)) => "held the office on the document's day",
            (Some(_), None) => "office of somebody named in the text",
            (None, _) => "office; nobody says of which day",
        },
        accepted: true,
        acts: true,
    })
}

/// Whether somebody takes office in the words after a title: `spent her first day in office`, `was sworn in`.
fn begins(reading: &Reading<'_, '_>, last: usize) -> bool {
    let document = reading.document;
    let sentence = document.sentence(last);
    (last + 1..sentence.end.min(last + 8)).any(|at| match document.text(at) {
        "sworn" | "inaugurated" => true,
        "first" => {
            document.after(at).is_some_and(|day| matches!(document.text(day), "day" | "speech" | "words"))
        }
        "took" | "takes" => {
            document.after(at).is_some_and(|office| matches!(document.text(office), "office" | "over"))
        }
        _ => false,
    })
}

/// Whether a person's name follows a title: `President Vladimir Putin`, `the president, Vladimir Putin`.
pub(super) fn named_here(reading: &Reading<'_, '_>, last: usize) -> bool {
    let document = reading.document;
    let Some(next) = document.words.get(last + 1) else {
        return false;
    };
    if next.sentence != document.words[last].sentence || document.words[last].loud {
        return false;
    }
    let person = reading.hit_at(last + 1).is_some_and(|hit| hit.role == Role::Person);
    if next.gap.is_comma() {
        return person;
    }
    if !next.gap.is_space() {
        return false;
    }
    let other = reading.hit_at(last + 1).is_some();
    let name = document.is_capital(last + 1) && !document.is(last + 1, class::CALENDAR | class::COMMON);
    person || (name && !other && !document.is_headline(last))
}
