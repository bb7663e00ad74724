//! `newsgen.yaml`.

/// The words that open the parts every briefing may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headings {
    /// As printed above the implications of every page.
    pub implications: String,
    /// As printed above the view of every page.
    pub view: String,
    /// What a site adds to the built-in synonyms of "Implications".
    pub implications_synonyms: Vec<String>,
    /// What a site adds to the built-in synonyms of "What we think".
    pub view_synonyms: Vec<String>,
}

impl Default for Headings {
    fn default() -> Self {
        Self {
            implications: "Implications".into(),
            view: "What we think".into(),
            implications_synonyms: Vec::new(),
            view_synonyms: Vec::new(),
        }
    }
}
