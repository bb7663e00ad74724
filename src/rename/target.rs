//! What somebody means by the old name: a file, an address, a slug, `actor:…`, or a name that only one thing has.

use super::renaming::Refusal;
use crate::catalogue::Taxonomy;
use crate::diagnostic::nearest;
use crate::route::{Route, slug};
use crate::site::Site;
use crate::source::SitePath;

/// What can be renamed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The briefing of a file.
    Briefing(SitePath),
    /// A term, by its id.
    Term(Taxonomy, String),
}

const RENAMED: [Taxonomy; 3] = [Taxonomy::Actor, Taxonomy::Region, Taxonomy::Lens];

/// Finds what is meant.
///
/// # Errors
/// Nothing is called so, or several things are.
pub fn find(site: &Site, old: &str) -> Result<Target, Refusal> {
    let old = old.trim();
    if let Some((word, name)) = old.split_once(':')
        && let Some(taxonomy) = RENAMED.into_iter().find(|taxonomy| taxonomy.word() == word)
    {
        return term(site, taxonomy, name.trim()).ok_or_else(|| unknown(site, old));
    }
    let path = SitePath::new(old);
    if site.files.contains_key(&path) {
        return Ok(Target::Briefing(path));
    }
    let base = &site.whole.config.base_url;
    let address =
        old.strip_prefix(&base.to_string()).map_or_else(|| old.to_owned(), |rest| format!("/{rest}"));
    let mut found = Vec::new();
    if let Ok(route) = Route::written(&address) {
        found.extend(by_route(site, &route));
    }
    if found.is_empty() {
        let name = slug(old);
        let stem = |path: &SitePath| path.stem().to_owned();
        for (path, file) in &site.files {
            let is_it = stem(path) == old
                || path.file_name() == old
                || file.briefings.iter().any(|found| found.briefing.slug == name);
            if is_it {
                found.push(Target::Briefing(path.clone()));
            }
        }
        found.extend(RENAMED.into_iter().filter_map(|taxonomy| term(site, taxonomy, old)));
    }
    match found.len() {
        0 => Err(unknown(site, old)),
        1 => Ok(found.remove(0)),
        _ => Err(Refusal::new(
            format!("`{old}` may be {}", found.iter().map(words).collect::<Vec<_>>().join(" or ")),
            "say which: a file, or `actor:…`, `region:…`, `lens:…`",
        )),
    }
}

fn words(target: &Target) -> String {
    match target {
        Target::Briefing(path) => path.to_string(),
        Target::Term(taxonomy, id) => format!("{}:{id}", taxonomy.word()),
    }
}

fn by_route(site: &Site, route: &Route) -> Option<Target> {
    let briefing = site.whole.catalogue.entries.iter().find(|entry| entry.route == *route);
    if let Some(entry) = briefing {
        return Some(Target::Briefing(entry.briefing.source.clone()));
    }
    let mut parts = route.as_str().trim_matches('/').split('/');
    let (folder, id) = (parts.next()?, parts.next()?);
    let taxonomy = RENAMED.into_iter().find(|taxonomy| taxonomy.folder() == folder)?;
    site.whole.catalogue.index(taxonomy).term(id).map(|term| Target::Term(taxonomy, term.id.to_string()))
}

fn term(site: &Site, taxonomy: Taxonomy, name: &str) -> Option<Target> {
    let index = site.whole.catalogue.index(taxonomy);
    let id = slug(name);
    let found = index.term(name).or_else(|| index.term(&id));
    let found = found.or_else(|| index.terms.iter().find(|term| slug(&term.name) == id));
    found.map(|term| Target::Term(taxonomy, term.id.to_string()))
}

fn unknown(site: &Site, old: &str) -> Refusal {
    let name = old.split_once(':').map_or(old, |(_, name)| name);
    let files = site.files.keys().map(SitePath::stem);
    let indexes = RENAMED.into_iter().flat_map(|taxonomy| &site.whole.catalogue.index(taxonomy).terms);
    let near = nearest(name, files.chain(indexes.flat_map(|term| [&*term.id, &*term.name])));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name a briefing's file, an address, or `actor:…`, `region:…`, `lens:…`".into(),
    };
    Refusal::new(format!("no briefing, actor, region or lens is called `{old}`"), help)
}
