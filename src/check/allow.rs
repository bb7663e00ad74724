//! `allow:` in newsgen.yaml and in the head of a text: what the desk has decided to live with.

use std::collections::{BTreeMap, BTreeSet};

use super::codes::CODES;
use crate::config;
use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::site::Site;
use crate::source::SitePath;

/// Takes out what is allowed; adds a warning for every allowed code that there is not. Errors in a text cannot be
/// allowed: with them there is no page. What `newsgen check` finds on printed pages can.
#[must_use]
pub fn heed(notes: Vec<Diagnostic>, site: &Site) -> Vec<Diagnostic> {
    let allowed = Allowed::of(site);
    let mut kept: Vec<Diagnostic> = notes.into_iter().filter(|note| !allowed.allows(note)).collect();
    kept.extend(allowed.unknown);
    kept
}

/// All that a site allows.
struct Allowed {
    everywhere: BTreeSet<String>,
    in_file: BTreeMap<SitePath, BTreeSet<String>>,
    unknown: Vec<Diagnostic>,
}

impl Allowed {
    fn of(site: &Site) -> Self {
        let mut allowed = Self { everywhere: BTreeSet::new(), in_file: BTreeMap::new(), unknown: Vec::new() };
        let config = SitePath::new(config::FILE);
        for (code, span) in &site.whole.config.allow {
            allowed.unknown.extend(unknown(&config, code, span.clone()));
            allowed.everywhere.insert(code.clone());
        }
        for (path, file) in &site.files {
            // A file has one head, however many briefings are in it.
            for code in file.briefings.first().into_iter().flat_map(|found| &found.briefing.head.allow) {
                allowed.unknown.extend(unknown(path, &code.text, code.span.range()));
                allowed.in_file.entry(path.clone()).or_default().insert(code.text.clone());
            }
        }
        let catalogue = &site.whole.catalogue;
        let introductions = catalogue.issues.iter().filter_map(|issue| issue.introduction.as_ref());
        for text in catalogue.pages.iter().chain(introductions) {
            for (code, span) in &text.allow {
                allowed.unknown.extend(unknown(&text.source, code, span.clone()));
                allowed.in_file.entry(text.source.clone()).or_default().insert(code.clone());
            }
        }
        allowed
    }

    fn allows(&self, note: &Diagnostic) -> bool {
        if note.severity == Severity::Error && !super::codes::PRINTED.contains(&note.code) {
            return false;
        }
        let here = note.place.as_ref().and_then(|place| self.in_file.get(&place.path));
        self.everywhere.contains(note.code) || here.is_some_and(|codes| codes.contains(note.code))
    }
}

fn unknown(path: &SitePath, code: &str, span: std::ops::Range<usize>) -> Option<Diagnostic> {
    if CODES.contains(&code) {
        return None;
    }
    let note = Diagnostic::warning("unknown-allow", format!("no check is called `{code}`")).at(path, span);
    Some(match nearest(code, CODES) {
        Some(near) => note.help(format!("did you mean `{near}`?")),
        None => note.help("write the code as it stands in brackets in the message"),
    })
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{site, site_notes};

    const TK: &str = "title: \"A\"\ndate: \"2026-06-05\"\n";

    fn text(allow: &str) -> String {
        format!("---\n{TK}{allow}---\n\nExports rose by TK percent.\n")
    }

    #[test]
    fn a_text_may_allow_what_is_found_in_it() {
        let has = |allow: &str| {
            site(&[("content/briefings/a.md", &text(allow))]).contains(&"placeholder".to_owned())
        };
        assert!(has(""));
        assert!(!has("allow: [placeholder]\n"));
        assert!(has("allow: [no-view]\n"));
    }

    #[test]
    fn a_site_may_allow_it_everywhere() {
        let config = "title: T\nbase_url: https://example.org/\nallow: [placeholder]\n";
        let codes = site(&[("newsgen.yaml", config), ("content/briefings/a.md", &text(""))]);
        assert!(!codes.contains(&"placeholder".to_owned()), "{codes:?}");
    }

    #[test]
    fn an_allowed_code_that_there_is_not_is_met_with_the_nearest() {
        let notes = site_notes(&[("content/briefings/a.md", &text("allow: [placehodler]\n"))]);
        let note = notes.iter().find(|note| note.code == "unknown-allow").expect("it is noted");
        assert_eq!(note.help.as_deref(), Some("did you mean `placeholder`?"));
    }

    #[test]
    fn an_error_cannot_be_allowed() {
        let texts = [("content/briefings/a.md", "---\ntitle: \"A\"\nallow: [undated]\n---\n\nThey met.\n")];
        assert!(site_notes(&texts).iter().any(|note| note.severity == crate::diagnostic::Severity::Error));
    }
}
