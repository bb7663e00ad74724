//! The templates, and the one door to Tera. A site's own `templates/` win over the built-in ones, file by file.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use serde::Serialize;
use tera::{Context, Tera};

use crate::diagnostic::{Diagnostic, Noted};
use crate::source::{SitePath, Sources};

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static ASSETS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// Templates ready to be filled.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    own: BTreeMap<String, SitePath>,
}

/// The built-in style sheets, scripts and pictures, by path below `static/`, in order.
#[must_use]
pub fn assets() -> Vec<&'static str> {
    let mut names = Vec::new();
    walk(&ASSETS, &mut |name, _| names.push(name));
    names.sort_unstable();
    names
}

/// The bytes of a built-in file.
#[must_use]
pub fn asset(name: &str) -> Option<&'static [u8]> {
    ASSETS.get_file(name).map(include_dir::File::contents)
}

/// The names and texts of the built-in templates.
#[must_use]
pub fn built_in() -> Vec<(&'static str, &'static str)> {
    let mut templates = Vec::new();
    walk(&TEMPLATES, &mut |name, bytes| {
        if let Ok(text) = std::str::from_utf8(bytes) {
            templates.push((name, text));
        }
    });
    templates.sort_unstable();
    templates
}

fn walk(dir: &'static Dir<'static>, visit: &mut impl FnMut(&'static str, &'static [u8])) {
    for file in dir.files() {
        if let Some(name) = file.path().to_str() {
            visit(name, file.contents());
        }
    }
    dir.dirs().for_each(|dir| walk(dir, visit));
}

impl Theme {
    /// The built-in templates with a site's own over them. A template that does not parse is an error;
    /// the built-in one serves in its place, so that the rest of the site can still be looked at.
    ///
    /// # Panics
    /// Never: that the built-in templates parse is held by a test that renders them all.
    pub fn of(sources: &Sources) -> Noted<Self> {
        let own: BTreeMap<String, SitePath> = sources
            .texts_in("templates")
            .filter_map(|(path, _)| Some((path.below("templates")?.to_owned(), path.clone())))
            .collect();
        let text_of = |path: &SitePath| sources.text(path).map(|text| text.text.to_string());
        let mut all: BTreeMap<String, String> =
            built_in().into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
        all.extend(own.iter().filter_map(|(name, path)| Some((name.clone(), text_of(path)?))));
        let mut tera = Tera::new();
        match tera.add_raw_templates(all) {
            Ok(()) => Noted::clean(Self { tera, own }),
            Err(error) => {
                let mut fallback = Tera::new();
                fallback
                    .add_raw_templates(built_in())
                    .expect("the built-in templates parse: a test renders them all");
                let path = own.values().next().cloned().unwrap_or_else(|| SitePath::new("templates"));
                let path = named_in(&error.to_string(), &own).unwrap_or(path);
                let note = template_note("bad-template", &error).in_file(&path);
                Noted::with(Self { tera: fallback, own: BTreeMap::new() }, vec![note])
            }
        }
    }

    /// Templates that are part of the program and have nothing to do with a site's theme.
    ///
    /// # Panics
    /// A template does not parse: a slip of ours, which a test finds.
    #[must_use]
    pub fn fixed(templates: &[(&'static str, &'static str)]) -> Self {
        let mut tera = Tera::new();
        tera.add_raw_templates(templates.to_vec())
            .expect("the program's own templates parse: a test fills them");
        Self { tera, own: BTreeMap::new() }
    }

    /// Fills a template.
    ///
    /// # Errors
    /// What Tera says: the place in the template, and what it may use there.
    pub fn fill(&self, template: &str, data: &Context) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut bytes = Vec::with_capacity(16 * 1024);
        match self.tera.render_to(template, data, &mut bytes) {
            Ok(()) => Ok(bytes),
            Err(error) => {
                let note = template_note("template-failed", &error);
                let path = named_in(&error.to_string(), &self.own)
                    .unwrap_or_else(|| SitePath::new(&format!("templates/{template}")));
                Err(Box::new(note.in_file(&path)))
            }
        }
    }

    /// Whether a template of this name exists.
    #[must_use]
    pub fn has(&self, template: &str) -> bool {
        self.tera.contains_template(template)
    }
}

/// Data for a template.
#[derive(Debug, Default)]
pub struct Data(Context);

impl Data {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self(Context::new())
    }

    /// Adds a value under a name.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &impl Serialize) -> Self {
        self.0.insert(name, value);
        self
    }

    /// Adds a value that was prepared before.
    #[must_use]
    pub fn with_value(mut self, name: &'static str, value: Prepared) -> Self {
        self.0.insert_value(name, value.0);
        self
    }

    /// As Tera takes it.
    #[must_use]
    pub fn context(&self) -> &Context {
        &self.0
    }
}

/// A value in Tera's own form: cheap to hand to many pages.
#[derive(Debug, Clone)]
pub struct Prepared(tera::Value);

impl Prepared {
    /// Prepares a value.
    #[must_use]
    pub fn of(value: &impl Serialize) -> Self {
        Self(tera::Value::from_serializable(value))
    }

    /// A list of prepared values.
    #[must_use]
    pub fn list(values: impl IntoIterator<Item = Self>) -> Self {
        Self(values.into_iter().map(|value| value.0).collect::<Vec<_>>().into())
    }
}

/// Tera's errors come drawn, with place and hints: they are shown as they are.
fn template_note(code: &'static str, error: &tera::Error) -> Diagnostic {
    let mut message = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        message.push_str(&format!("\n{cause}"));
        source = cause.source();
    }
    Diagnostic::error(code, message).help("the manual's chapter on templates lists what each of them may use")
}

/// The site's own template that a message names.
fn named_in(message: &str, own: &BTreeMap<String, SitePath>) -> Option<SitePath> {
    own.iter().find(|(name, _)| message.contains(name.as_str())).map(|(_, path)| path.clone())
}
