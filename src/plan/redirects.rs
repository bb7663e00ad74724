//! Old addresses and where they lead: `aliases:` of briefings and pages, `redirects:` of newsgen.yaml.

use std::collections::{BTreeMap, BTreeSet};

use super::page::{Page, PageKind};
use crate::catalogue::Catalogue;
use crate::config;
use crate::diagnostic::Diagnostic;
use crate::redirect::Redirect;
use crate::route::Route;
use crate::source::SitePath;
use crate::standing;

/// Plans a page for every old address. One that leads to another old address leads to where that one leads.
pub fn plan(catalogue: &Catalogue, redirects: &[Redirect], pages: &mut Vec<Page>) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    let mut old: BTreeMap<Route, Route> = BTreeMap::new();
    for (alias, target, place) in aliases(catalogue, &mut notes) {
        let is_dead = alias == target || old.get(&alias) == Some(&target);
        if is_dead {
            let message = format!("the alias {} is the address that this already has", alias.as_str());
            let note = Diagnostic::warning("dead-alias", message).at(&place.0, place.1);
            notes.push(note.help("take it out"));
            continue;
        }
        pages.push(Page { route: alias.clone(), kind: PageKind::Redirect(target.clone()) });
        old.entry(alias).or_insert(target);
    }
    let taken: BTreeSet<Route> = pages.iter().map(|page| page.route.clone()).collect();
    let chains: BTreeMap<Route, Route> =
        redirects.iter().map(|one| (one.from.clone(), one.to.clone())).chain(old).collect();
    let config = SitePath::new(config::FILE);
    for redirect in redirects {
        let from = redirect.from.as_str();
        if taken.contains(&redirect.from) {
            let message = format!("{from} cannot lead elsewhere: there is a page at this address");
            let note = Diagnostic::error("address-taken", message).at(&config, redirect.span.clone());
            notes.push(note.help("take the line out, or give the page another address"));
            continue;
        }
        let Some(target) = last(redirect, &chains) else {
            let message = format!("{from} leads back to itself");
            let note = Diagnostic::error("redirect-loop", message).at(&config, redirect.span.clone());
            notes.push(note.help("let it lead to a page"));
            continue;
        };
        if !taken.contains(&target) {
            let message = format!("{from} leads to {}, where there is nothing", target.as_str());
            let note = Diagnostic::warning("dead-redirect", message).at(&config, redirect.span.clone());
            notes.push(note.help("let it lead to a page, or take the line out"));
        } else if target != redirect.to {
            let message = format!("{from} leads to {}, an old address itself", redirect.to.as_str());
            let note = Diagnostic::note("redirect-chain", message).at(&config, redirect.span.clone());
            notes.push(note.help(format!("write {}, where readers are sent in any case", target.as_str())));
        }
        pages.push(Page { route: redirect.from.clone(), kind: PageKind::Redirect(target) });
    }
    notes
}

/// Where a redirect leads in the end; `None` if it leads round in a circle.
fn last(redirect: &Redirect, chains: &BTreeMap<Route, Route>) -> Option<Route> {
    let mut seen = BTreeSet::from([&redirect.from]);
    let mut target = &redirect.to;
    while let Some(next) = chains.get(target) {
        if !seen.insert(target) {
            return None;
        }
        target = next;
    }
    (*target != redirect.from).then(|| target.clone())
}

type Alias = (Route, Route, (SitePath, std::ops::Range<usize>));

fn aliases(catalogue: &Catalogue, notes: &mut Vec<Diagnostic>) -> Vec<Alias> {
    let mut aliases = Vec::new();
    for entry in &catalogue.entries {
        let source = &entry.briefing.source;
        for alias in &entry.briefing.head.aliases {
            match Route::written(&alias.text) {
                Ok(route) => {
                    aliases.push((route, entry.route.clone(), (source.clone(), alias.span.range())));
                }
                Err(why) => notes.push(
                    Diagnostic::error("bad-alias", why)
                        .at(source, alias.span.range())
                        .help("write it as `/old/name/`"),
                ),
            }
        }
    }
    for page in &catalogue.pages {
        let Some(target) = standing::route(&page.source) else {
            continue;
        };
        for (alias, span) in &page.aliases {
            aliases.push((alias.clone(), target.clone(), (page.source.clone(), span.clone())));
        }
    }
    aliases
}
