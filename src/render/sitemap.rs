//! `sitemap.xml` (sitemaps.org protocol 0.9) and `robots.txt`.

use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::lists;
use super::whole::Whole;
use crate::plan::{Page, PageKind, SITEMAP_LIMIT};
use crate::route::Route;

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

/// The sitemap, or the list of its parts if there are too many addresses for one file.
pub(super) fn whole_or_index(whole: &Whole) -> Vec<u8> {
    let parts = whole.plan.pages.iter().filter_map(|page| match page.kind {
        PageKind::SitemapPart(_) => Some(&page.route),
        _ => None,
    });
    let parts: Vec<&Route> = parts.collect();
    if parts.is_empty() {
        return urls(whole, listed(whole)).unwrap_or_default();
    }
    let write = || {
        let mut xml = declared()?;
        xml.create_element("sitemapindex").with_attribute(NAMESPACE).write_inner_content(|xml| {
            parts.iter().try_for_each(|route| {
                let address = whole.absolute(route);
                xml.create_element("sitemap").write_inner_content(|xml| text(xml, "loc", &address))?;
                Ok(())
            })
        })?;
        Ok::<_, std::io::Error>(finished(xml))
    };
    write().unwrap_or_default()
}

/// One part of a large sitemap, from 1.
pub(super) fn part(whole: &Whole, number: usize) -> Vec<u8> {
    urls(whole, listed(whole).skip((number - 1) * SITEMAP_LIMIT).take(SITEMAP_LIMIT)).unwrap_or_default()
}

fn listed(whole: &Whole) -> impl Iterator<Item = &Page> {
    whole.plan.pages.iter().filter(|page| page.kind.is_listed())
}

fn urls<'a>(whole: &Whole, pages: impl Iterator<Item = &'a Page>) -> std::io::Result<Vec<u8>> {
    let mut xml = declared()?;
    xml.create_element("urlset").with_attribute(NAMESPACE).write_inner_content(|xml| {
        for page in pages {
            let modified = modified(whole, &page.kind);
            xml.create_element("url").write_inner_content(|xml| {
                text(xml, "loc", &whole.absolute(&page.route))?;
                match modified {
                    Some(date) => text(xml, "lastmod", &date.to_string()),
                    None => Ok(()),
                }
            })?;
        }
        Ok(())
    })?;
    Ok(finished(xml))
}

/// When a page last changed: a list is as old as its newest briefing.
fn modified(whole: &Whole, kind: &PageKind) -> Option<Date> {
    let catalogue = &whole.catalogue;
    match kind {
        PageKind::Briefing(id) => Some(whole.entry(*id).updated()),
        PageKind::Issue(at) => Some(catalogue.issues[*at].date),
        PageKind::Term { taxonomy, term, .. } => Some(catalogue.index(*taxonomy).terms[*term].latest),
        PageKind::ArchiveYear(year) => {
            lists::period(whole, *year, None).first().map(|id| whole.entry(*id).date)
        }
        PageKind::ArchiveMonth(year, month) => {
            lists::period(whole, *year, Some(*month)).first().map(|id| whole.entry(*id).date)
        }
        PageKind::Home { .. } | PageKind::Issues { .. } | PageKind::Terms(_) | PageKind::Archive => {
            catalogue.newest()
        }
        PageKind::Standing(at) => catalogue.pages[*at].date,
        PageKind::BriefingMarkdown(_)
        | PageKind::Feed { .. }
        | PageKind::Search
        | PageKind::SearchIndex
        | PageKind::Sitemap
        | PageKind::SitemapPart(_)
        | PageKind::Robots
        | PageKind::NotFound
        | PageKind::NoJekyll
        | PageKind::Redirect(_)
        | PageKind::ThemeAsset(_)
        | PageKind::Copied(_) => None,
    }
}

fn declared() -> std::io::Result<Writer<Vec<u8>>> {
    let mut xml = Writer::new_with_indent(Vec::with_capacity(64 * 1024), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    Ok(xml)
}

fn text(xml: &mut Writer<Vec<u8>>, name: &str, value: &str) -> std::io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(value))?;
    Ok(())
}

fn finished(xml: Writer<Vec<u8>>) -> Vec<u8> {
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    bytes
}

/// `robots.txt` (RFC 9309): everything may be read.
pub(super) fn robots(whole: &Whole) -> Vec<u8> {
    let sitemap = whole.absolute(&Route::file_at_top("sitemap.xml"));
    format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n").into_bytes()
}
