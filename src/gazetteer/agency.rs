//! Whether a state acts where it is named: `Iran rejected`, `with France`, `Russian troops`; not `in Iran`, `Iran's
//! exports`, `a Russian tourist`. PLOVER's question: who does what to whom?

use super::context::Reading;
use super::document::Document;
use super::enumeration::{after_list, head_of_list};
use super::gap::Gap;
use super::hit::Role;
use super::recipient::{is_done_to, is_object, is_party};
use super::vocabulary::class;
use super::words::Shape;

/// Whether a hit on a country, by any of its names, makes it an actor.
#[must_use]
pub fn acts(reading: &Reading<'_, '_>, number: usize) -> bool {
    let hit = &reading.hits[number];
    let document = reading.document;
    let (first, last) = (hit.first as usize, hit.last as usize);
    if is_sport(document, first) {
        return false;
    }
    match hit.role {
        Role::Acting => !is_outside(document, first),
        Role::Demonym => {
            has_statehood(document, last) || is_paired(reading, number) || is_people(document, first, last)
        }
        // States that are gone act by their organs and words: `Burma's generals`, `Macedonia told`; not `Zaire became`.
        Role::Name if hit.rule == "former name" => {
            let speaks = document.after(last).is_some_and(|at| document.is(at, class::SPEECH));
            has_statehood(document, last) || speaks
        }
        Role::Name => {
            if document.is_possessive(last) {
                return has_statehood(document, last);
            }
            is_party(reading, number)
                || has_statehood(document, last)
                || is_object(document, first)
                || is_done_to(reading, number)
                || is_owner(document, first, last)
                || has_organ(document, last)
                || is_sender(document, first)
                || (is_subject(document, last) && !is_adverbial(document, first))
        }
        _ => false,
    }
}

/// Whether a verb of acting follows: `Russia said`, `Russia and Ukraine agreed`, `Russia, which fears`, `Russia also says`.
#[must_use]
pub fn is_subject(document: &Document<'_>, last: usize) -> bool {
    let Some(mut at) = document.after(last).filter(|_| !document.is_possessive(last)) else {
        return false;
    };
    if document.words[at].gap.is_comma() {
        // `Israel, which …,` and lists: `France, Germany and Italy said`.
        let relative = matches!(document.text(at), "which" | "who");
        if relative && document.after(at).is_some_and(|at| is_verb(document, at)) {
            return true;
        }
        // `Saudi Arabia, the Emirates and Egypt cut ties`
        let article = usize::from(document.text(at) == "the");
        if !relative && document.is_capital(at + article) {
            let at = at + article;
            let several = |at| is_verb(document, at) || document.is(at, class::BASE);
            if after_list(document, at).is_some_and(several) {
                return true;
            }
        }
        if is_named_after(document, last) && is_verb(document, at) {
            return true;
        }
        // `France, unlike Germany, signed`
        let close = (at + 1..document.words.len().min(at + 14)).find(|at| document.words[*at].gap.is_comma());
        return close.is_some_and(|close| {
            document.words[close].sentence == document.words[at].sentence && is_verb(document, close)
        });
    }
    if !document.is_tied(at) {
        return false;
    }
    if ["and", "or", "nor"].iter().any(|word| document.text(at).eq_ignore_ascii_case(word)) {
        let article = document.words.get(at + 1).is_some_and(|_| document.text(at + 1) == "the");
        let next = at + 1 + usize::from(article);
        if document.words.get(next).is_some_and(|word| word.shape != Shape::Lower) {
            let several = |at| is_verb(document, at) || document.is(at, class::BASE);
            // `… and the M23 rebels signed`
            let noun = |at| {
                document.after(at).is_some_and(|next| is_verb(document, next))
                    && document.is(at, class::GROUP)
            };
            return after_list(document, next).is_some_and(|at| several(at) || noun(at));
        }
    }
    // `CHINA TO CUT TARIFFS`
    if document.is_headline(at)
        && document.text(at).eq_ignore_ascii_case("to")
        && document.after(at).is_some_and(|next| document.is(next, class::BASE))
    {
        return true;
    }
    // `SRI LANKA TO IMF: GIVE US MORE TIME`
    if document.is_headline(at)
        && document.text(at).eq_ignore_ascii_case("to")
        && (at + 1..document.words.len().min(at + 5)).any(|word| document.words[word].gap.has(Gap::COLON))
    {
        return true;
    }
    // `it was Hungary that blocked the text`
    if document.text(at) == "that"
        && let Some(next) = document.after(at).filter(|next| document.words[*next].gap.is_space())
    {
        at = next;
    }
    // `Turkey at once rejected it`
    if matches!(document.text(at), "at" | "in")
        && let Some(next) = document.after(at).filter(|next| {
            matches!(
                document.text(*next),
                "once" | "last" | "first" | "turn" | "return" | "response" | "effect"
            )
        })
        && let Some(verb) = document.after(next)
    {
        at = verb;
    }
    for _ in 0..2 {
        let word = document.text(at);
        let adverb = word.ends_with("ly") || document.is(at, class::ADVERB);
        if !adverb {
            break;
        }
        match document.after(at).filter(|at| document.words[*at].gap.is_space()) {
            Some(next) => at = next,
            None => return false,
        }
    }
    is_verb(document, at) || (document.is(at, class::BASE) && ends_list(document, last))
}

/// Whether an organ of it does something in a clause behind: `the Cook Islands, whose leaders had signed`.
fn has_organ(document: &Document<'_>, last: usize) -> bool {
    let whose =
        document.after(last).filter(|at| document.text(*at) == "whose" && document.words[*at].gap.is_comma());
    let organ = whose.and_then(|whose| document.after(whose));
    organ.is_some_and(|at| document.is(at, class::ORGAN | class::AGENTS))
}

/// Whether a name is the last of several: `Palau, Tuvalu and the |Marshall Islands|`.
fn ends_list(document: &Document<'_>, last: usize) -> bool {
    const LONG: usize = 8;
    let mut at = last;
    for _ in 0..LONG {
        match document.before(at).filter(|_| document.is_tied(at)) {
            Some(before) if document.is_capital(before) || document.text(before) == "the" => at = before,
            _ => break,
        }
    }
    let joined = document.before(at).filter(|and| matches!(document.text(*and), "and" | "or" | "nor"));
    joined.and_then(|and| document.before(and)).is_some_and(|other| document.is_capital(other))
}

/// Whether a name says who it is that words before the comma speak of: `ASEAN's chair, Malaysia, will not`.
fn is_named_after(document: &Document<'_>, name: usize) -> bool {
    let Some(before) = document.before(name).filter(|_| document.words[name].gap.is_comma()) else {
        return false;
    };
    document.words[before].shape == Shape::Lower && document.is(before, class::ROLE | class::PARTNER)
}

/// Whether a name is no subject because a preposition stands before its list: `in Chad and Niger`. Before a clause,
/// `after` and `before` are none: `after Russia invaded Ukraine`.
fn is_adverbial(document: &Document<'_>, first: usize) -> bool {
    let head = head_of_list(document, first);
    // `At the talks in Belém, Colombia and the Netherlands said`
    let sentence = document.sentence(first);
    if document.is(sentence.start, class::PREPOSITION)
        && let Some(pause) = (sentence.start + 1..=first).find(|at| document.words[*at].gap.is_comma())
        && head < pause
        && !document.is_governed(pause)
    {
        return false;
    }
    let article = document.before(head).filter(|at| document.text(*at) == "the");
    let before = document.before(article.unwrap_or(head)).map(|at| document.text(at));
    let clause = before.is_some_and(|word| {
        ["after", "before", "than"].iter().any(|conjunction| word.eq_ignore_ascii_case(conjunction))
    });
    !clause && document.is_governed(head)
}

/// Whether those who act for it are named before: `the government of Lesotho`, `soldiers in Guinea-Bissau said`, `the
/// foreign ministers of Armenia and Azerbaijan`.
fn is_owner(document: &Document<'_>, first: usize, last: usize) -> bool {
    let head = head_of_list(document, first);
    let Some(of) = document.before(head).filter(|_| document.is_tied(head)) else { return false };
    let Some(who) = document.before(of) else { return false };
    if document.words[who].shape != Shape::Lower && !document.starts_sentence(who) {
        return false;
    }
    match document.text(of) {
        "of" => document.is(who, class::ORGAN | class::AGENTS),
        "in" => {
            document.is(who, class::ORGAN | class::AGENTS)
                && document.after(last).is_some_and(|at| is_verb(document, at))
        }
        _ => false,
    }
}

/// Whether somebody whom it sent does something: `envoys from Kyiv and Moscow sat down`.
pub fn is_sender(document: &Document<'_>, first: usize) -> bool {
    let head = head_of_list(document, first);
    let Some(from) = document.before(head).filter(|at| document.text(*at) == "from") else { return false };
    document.before(from).is_some_and(|at| document.is(at, class::AGENTS))
}

fn is_verb(document: &Document<'_>, at: usize) -> bool {
    let word = &document.words[at];
    if word.shape != Shape::Lower && !document.is_headline(at) {
        return false;
    }
    if document.is(at, class::ACT | class::SPEECH) || (word.loud && document.is(at, class::BASE)) {
        return true;
    }
    let text = document.text(at);
    // `annexed`, `nationalises`: whatever no list of verbs can hold.
    text.len() > 4 && text.ends_with("ed") && !document.is(at, class::COMMON)
}

/// Whether a people does something, or something is done to it: `told the French to leave`, `the Saudis refused`.
fn is_people(document: &Document<'_>, first: usize, last: usize) -> bool {
    let Some(the) = document.before(first).filter(|_| document.words[first].gap.is_space()) else {
        return false;
    };
    if !document.text(the).eq_ignore_ascii_case("the") {
        return false;
    }
    let is_alone = document.after(last).is_none_or(|next| {
        !document.words[next].gap.is_space()
            || matches!(
                document.text(next),
                "to" | "that" | "not" | "and" | "of" | "in" | "at" | "on" | "for"
            )
    });
    (is_object(document, first) && is_alone) || (is_subject(document, last) && !document.is_governed(first))
}

/// Whether the other half of a pair acts: `a Sino-Russian patrol`, `Kazakh and Uzbek border guards`.
fn is_paired(reading: &Reading<'_, '_>, number: usize) -> bool {
    let document = reading.document;
    let last = reading.hits[number].last as usize;
    reading.hits.get(number + 1).is_some_and(|next| {
        let first = next.first as usize;
        let hyphen = first == last + 1 && document.words[first].gap.is_hyphen();
        let and = first == last + 2 && document.text(last + 1) == "and" && document.is_tied(first);
        (hyphen || and) && next.role == Role::Demonym && has_statehood(document, next.last as usize)
    })
}

/// Whether a word for the state follows: `Russian troops`, `Iran's parliament`, `French-led`.
fn has_statehood(document: &Document<'_>, last: usize) -> bool {
    let possessive = document.is_possessive(last);
    let Some(next) = document.after(last) else { return false };
    if document.words[next].gap.is_hyphen() {
        return matches!(
            document.text(next),
            "led" | "backed" | "brokered" | "mediated" | "proposed" | "drafted"
        );
    }
    if !possessive && !document.is_tied(next) {
        return false;
    }
    // `Thai F-16s bombed`
    let length = document.words[next].end - document.words[next].start;
    if document.is_capital(next)
        && length <= 3
        && document.words.get(next + 1).is_some_and(|number| number.gap.is_hyphen())
    {
        return document.text(next + 1).starts_with(|digit: char| digit.is_ascii_digit());
    }
    let mut at = next;
    for _ in 0..3 {
        // `summoned Mali's ambassador`, and nobody is named.
        if matches!(document.text(at), "ambassador" | "ambassadors" | "envoy" | "envoys" | "chargé") {
            return document.after(at).is_none_or(|next| !document.is_capital(next));
        }
        // `the Syrian side of the mountain`
        if document.text(at) == "side" && document.after(at).is_some_and(|of| document.text(of) == "of") {
            return false;
        }
        if document.is(at, class::STATEHOOD) {
            // `Iran's foreign minister` is somebody's title.
            let Some(after) = document.after(at) else { return true };
            let goes_on = document.words[after].gap.is_space() || document.words[after].gap.is_hyphen();
            let title = goes_on && document.is(after, class::ROLE);
            let more = goes_on && document.is(after, class::STATEHOOD);
            if more {
                at = after;
                continue;
            }
            // `India's negotiator said`; not `a former Israeli prime minister`.
            let office =
                !document.is(at, class::ROLE) || (at == next && (possessive || document.is_headline(at)));
            return !title && office;
        }
        // `the statement on Ukraine that the leaders published`
        let is_small = document.is(at, class::PREPOSITION)
            || matches!(document.text(at), "that" | "which" | "who" | "the" | "and");
        if is_small || document.is(at, class::ROLE) || document.words[at].shape != Shape::Lower {
            return false;
        }
        match document.after(at) {
            Some(after) if document.words[after].gap.is_space() => at = after,
            _ => return false,
        }
    }
    false
}

/// Whether the sentence is about a match, a race or a contest: teams are not states.
fn is_sport(document: &Document<'_>, at: usize) -> bool {
    document.sentence(at).any(|word| document.is(word, class::SPORT))
}

fn is_outside(document: &Document<'_>, first: usize) -> bool {
    let Some(mut before) = document.before(first) else { return false };
    if document.text(before) == "the" {
        let Some(more) = document.before(before) else { return false };
        before = more;
    }
    matches!(document.text(before), "outside" | "inside" | "near" | "around" | "beneath")
}
