//! Code blocks, coloured by CSS classes. The syntaxes are loaded when the first block of a known language is met.

use std::sync::OnceLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

use super::links::escaped;

/// A code block as HTML.
pub(super) struct Block {
    /// The HTML.
    pub text: String,
    /// Whether it has classes for colours.
    pub coloured: bool,
}

/// Larger blocks are shown plain: colouring costs far more than setting.
const LARGEST: usize = 256 * 1024;

/// Sets a code block. An unknown language, or none, is shown plain.
pub(super) fn block(text: &str, language: Option<&str>, highlight: bool) -> Block {
    let class =
        language.map(|language| format!(" class=\"language-{}\"", escaped(language))).unwrap_or_default();
    let coloured =
        language.filter(|_| highlight && text.len() <= LARGEST).and_then(|language| coloured(text, language));
    let is_coloured = coloured.is_some();
    let inner = coloured.unwrap_or_else(|| escaped(text));
    Block { text: format!("<pre tabindex=\"0\"><code{class}>{inner}</code></pre>\n"), coloured: is_coloured }
}

fn coloured(text: &str, language: &str) -> Option<String> {
    static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
    let syntaxes = SYNTAXES.get_or_init(two_face::syntax::extra_newlines);
    let syntax = syntaxes.find_syntax_by_token(language)?;
    let style = ClassStyle::SpacedPrefixed { prefix: "hl-" };
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, syntaxes, style);
    for line in LinesWithEndings::from(text) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize())
}
