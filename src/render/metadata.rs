//! What machines read on a page: JSON-LD (schema.org).

use serde_json::{Value, json};

use super::whole::Whole;
use crate::catalogue::{EntryId, Taxonomy};
use crate::route::Route;

/// A briefing as an `AnalysisNewsArticle`. That type is pending at schema.org and has no properties of its own, so
/// its parent is named too.
pub(super) fn article(whole: &Whole, id: EntryId) -> String {
    let entry = whole.entry(id);
    let head = &entry.briefing.head;
    let config = &whole.config;
    let about: Vec<Value> = [Taxonomy::Actor, Taxonomy::Country, Taxonomy::Region]
        .into_iter()
        .flat_map(|taxonomy| entry.tagged(taxonomy))
        .map(|tag| {
            let term = whole.catalogue.term(tag);
            json!({
                "@type": schema_type(tag.taxonomy, term.kind),
                "name": &*term.name,
                "url": whole.absolute(&whole.term_route(tag.taxonomy, term)),
            })
        })
        .collect();
    let publisher = if config.publisher.is_empty() { &config.title } else { &config.publisher };
    let organisation = json!({
        "@type": "NewsMediaOrganization",
        "name": publisher,
        "url": whole.absolute(&Route::home()),
    });
    let authors: Vec<Value> =
        head.authors.iter().map(|name| json!({ "@type": "Organization", "name": name })).collect();
    let mut article = json!({
        "@context": "https://schema.org",
        "@type": ["NewsArticle", "AnalysisNewsArticle"],
        "headline": entry.briefing.title.text,
        "description": whole.summary(id),
        "datePublished": entry.date.to_string(),
        "dateModified": entry.updated().to_string(),
        "inLanguage": config.language,
        "mainEntityOfPage": whole.absolute(&entry.route),
        "url": whole.absolute(&entry.route),
        "wordCount": super::article::words(whole, id),
        "author": if authors.is_empty() { organisation.clone() } else { Value::Array(authors) },
        "publisher": organisation,
        "about": about,
    });
    if let Some(tag) = entry.tagged(Taxonomy::Category).next() {
        article["articleSection"] = json!(&*whole.catalogue.term(tag).name);
    }
    let citations: Vec<Value> = head
        .sources
        .iter()
        .map(|source| match &source.url {
            Some(url) => json!({ "@type": "CreativeWork", "name": source.title, "url": url }),
            None => json!({ "@type": "CreativeWork", "name": source.title }),
        })
        .collect();
    if !citations.is_empty() {
        article["citation"] = Value::Array(citations);
    }
    for_script(&article)
}

/// The newsletter itself, on the home page.
pub(super) fn site(whole: &Whole) -> String {
    let config = &whole.config;
    for_script(&json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": config.title,
        "description": config.description,
        "inLanguage": config.language,
        "url": whole.absolute(&Route::home()),
    }))
}

fn schema_type(taxonomy: Taxonomy, kind: &str) -> &'static str {
    match (taxonomy, kind) {
        (Taxonomy::Country, _) | (_, "country" | "territory") => "Country",
        (_, "person") => "Person",
        (Taxonomy::Region, _) | (_, "area" | "place") => "Place",
        (_, "company") => "Corporation",
        (_, "government") => "GovernmentOrganization",
        (_, "igo" | "body" | "party" | "armed-group") => "Organization",
        _ => "Thing",
    }
}

/// JSON that can stand inside `<script>`: nothing in it ends the element or opens a comment (HTML, section 4.12.1.3).
fn for_script(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}
