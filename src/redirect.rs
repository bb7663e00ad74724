//! Old addresses that lead to new ones: `redirects:` of newsgen.yaml, for pages that have no file of their own to
//! keep their `aliases:` in, such as those of actors and regions.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::route::Route;
use crate::source::SitePath;
use crate::yaml::{self, Fields, Value};

/// An old address, and the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// What readers may still have in their bookmarks.
    pub from: Route,
    /// Where they are led.
    pub to: Route,
    /// The old address's place in newsgen.yaml, in bytes.
    pub span: Range<usize>,
}

/// Reads `redirects:`, a mapping of old addresses to new ones.
pub fn read(fields: &mut Fields<'_>, path: &SitePath) -> Vec<Redirect> {
    let mapping = match fields.take("redirects") {
        None | Some(Value::Null) => return Vec::new(),
        Some(Value::Mapping(mapping)) => mapping,
        Some(_) => {
            fields.wrong("redirects", "lines of the form `/old/address/: /new/address/`");
            return Vec::new();
        }
    };
    let mut redirects = Vec::with_capacity(mapping.len());
    for (from, to) in &mapping {
        let (Some(from), Some(to)) = (yaml::scalar(from), yaml::scalar(to)) else {
            fields.wrong("redirects", "lines of the form `/old/address/: /new/address/`");
            continue;
        };
        let span = fields.span_of_inner("redirects", &from);
        let target = if to.trim() == "/" { Ok(Route::home()) } else { Route::written(&to) };
        match (Route::written(&from), target) {
            (Ok(from), Ok(to)) => redirects.push(Redirect { from, to, span }),
            (Err(why), _) | (_, Err(why)) => fields.note(
                Diagnostic::error("bad-alias", why)
                    .at(path, span)
                    .help("write it as `/old/name/: /new/name/`"),
            ),
        }
    }
    redirects
}
