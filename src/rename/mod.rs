//! Another name for a briefing, an actor, a region or a lens: everything that says the old one is edited, and the old
//! address leads to the new one. All of it is prepared in memory and tried on a copy of the site first.

mod briefing;
mod hand;
mod renaming;
mod target;
mod term;

use crate::diagnostic::Severity;
use crate::plan::PageKind;
use crate::route::Route;
use crate::site::Site;
use crate::source::Sources;
pub use renaming::{Refusal, Renaming};
use target::Target;

/// Prepares another name. `site` must show drafts and the future, so that nothing is forgotten.
///
/// # Errors
/// What is meant cannot be told, or the new name does not work.
pub fn prepare(site: &Site, old: &str, new: &str) -> Result<Renaming, Refusal> {
    let new = new.trim();
    if new.is_empty() {
        return Err(Refusal::new("the new name is empty", "say how it should be called"));
    }
    let renaming = match target::find(site, old)? {
        Target::Briefing(path) => briefing::prepare(site, &path, new)?,
        Target::Term(taxonomy, id) => term::prepare(site, taxonomy, &id, new)?,
    };
    try_out(site, &renaming)?;
    Ok(renaming)
}

/// Builds the site with the edits and looks whether it is what was meant.
fn try_out(site: &Site, renaming: &Renaming) -> Result<(), Refusal> {
    let after = Site::of(edited(site, renaming), site.settings().clone(), None);
    let errors = |notes: &[crate::diagnostic::Diagnostic]| {
        notes
            .iter()
            .filter(|note| note.severity == Severity::Error)
            .map(|note| note.message.clone())
            .collect::<Vec<_>>()
    };
    let before = errors(&Site::of(site.sources.clone(), site.settings().clone(), None).notes);
    if let Some(new) = errors(&after.notes).into_iter().find(|error| !before.contains(error)) {
        return Err(Refusal::new(
            format!("with the new name {new}"),
            "choose another name, or rename the other one first",
        ));
    }
    if renaming.from == renaming.to {
        return Ok(());
    }
    let kind = |route: &Route| after.value.whole.plan.page(route).map(|page| &page.kind);
    if kind(&renaming.to).is_none() && kind(&renaming.from).is_some() {
        return Err(Refusal::new(
            format!("{} is still made by what the texts say", renaming.from.as_str()),
            "give it its new name in entities.yaml, with the old one among its `aliases:`",
        ));
    }
    match kind(&renaming.from) {
        None | Some(PageKind::Redirect(_)) => Ok(()),
        Some(_) => Err(Refusal::new(
            format!("{} would still be there, because texts name it", renaming.from.as_str()),
            "give it its new name in entities.yaml, with the old one among its `aliases:`",
        )),
    }
}

/// The site's texts with the edits.
#[must_use]
pub fn edited(site: &Site, renaming: &Renaming) -> Sources {
    let mut sources = site.sources.clone();
    for (path, text) in &renaming.texts {
        let new = renaming.moved.as_ref().filter(|(from, _)| from == path).map_or(path, |(_, to)| to);
        sources.remove(path);
        sources.add_text(new.as_str(), text);
    }
    sources
}

#[cfg(test)]
mod tests;
