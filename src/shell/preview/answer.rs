//! A request becomes an answer.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use tokio::sync::watch;
use tower_http::services::ServeFile;

use super::address::{self, Found};
use super::edition::{Edition, Sent};
use super::guard::{self, Names, Refusal};
use super::{editor, mime, reload};
use crate::plan::{Page, PageKind};
use crate::route::Route;
use crate::source::SitePath;

/// What all answers are made of.
#[derive(Debug)]
pub struct Preview {
    /// The current edition.
    pub editions: watch::Receiver<Arc<Edition>>,
    /// Where the site folder is; absolute, without links.
    pub root: PathBuf,
    /// The names we answer to.
    pub names: Names,
}

/// Answers a request.
pub async fn answer(
    State((preview, local)): State<(Arc<Preview>, SocketAddr)>,
    request: Request,
) -> Response {
    let checked = guard::check(request.method(), request.uri(), request.headers(), &preview.names, local);
    let mut response = match checked {
        Ok(()) => reply(&preview, request).await,
        Err(refusal) => refused(refusal),
    };
    guard::protect(response.headers_mut());
    response
}

fn refused(refusal: Refusal) -> Response {
    let mut response = plain(refusal.status(), refusal.words());
    if refusal == Refusal::Method {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

async fn reply(preview: &Preview, request: Request) -> Response {
    let edition = preview.editions.borrow().clone();
    let path = request.uri().path().to_owned();
    let query = request.uri().query().unwrap_or("").to_owned();
    match address::find(&edition.site, &path) {
        Found::Page(page) => match &page.kind {
            PageKind::Copied(source) => copied(preview, source, request.headers()).await,
            _ => made(edition.clone(), page.clone(), StatusCode::OK).await,
        },
        Found::Desk(below) => desk(preview, edition, below, query).await,
        Found::Elsewhere(to) => {
            let to = if query.is_empty() { to } else { format!("{to}?{query}") };
            let mut response = plain(StatusCode::FOUND, "");
            if let Ok(to) = HeaderValue::from_str(&to) {
                response.headers_mut().insert(LOCATION, to);
            }
            response
        }
        Found::Missing => missing(edition).await,
        Found::Refused => plain(StatusCode::BAD_REQUEST, "400: this is not an address of this site\n"),
    }
}

/// A page that is rendered for this answer. Rendering is work, not waiting: it must not hold up other answers.
async fn made(edition: Arc<Edition>, page: Page, status: StatusCode) -> Response {
    let made = tokio::task::spawn_blocking(move || edition.made(&page)).await;
    let Ok(Some(cell)) = made else {
        return plain(StatusCode::INTERNAL_SERVER_ERROR, "500: this page cannot be rendered\n");
    };
    let (mime, is_failure) = cell.get().map_or((mime::HTML, true), |made| (made.mime, made.is_failure));
    let status = if is_failure { StatusCode::INTERNAL_SERVER_ERROR } else { status };
    typed(status, mime, Body::from(Bytes::from_owner(Sent::new(cell))))
}

/// A file of the site folder as it is, in whole or in part.
async fn copied(preview: &Preview, source: &SitePath, asked: &HeaderMap) -> Response {
    let path = preview.root.join(source.as_str());
    // A link may have been put in the place of the file since the folder was read.
    let is_inside = tokio::fs::canonicalize(&path).await.is_ok_and(|real| real.starts_with(&preview.root));
    if !is_inside {
        return plain(StatusCode::NOT_FOUND, "404: this file is not there any more\n");
    }
    let mut request = Request::new(Body::empty());
    let range = HeaderName::from_static("range");
    if let Some(value) = asked.get(&range) {
        request.headers_mut().insert(range, value.clone());
    }
    match ServeFile::new(path).try_call(request).await {
        Ok(response) if response.status().is_success() => {
            let mut response = response.map(Body::new);
            let mime = mime::of_name(source.as_str()).unwrap_or("application/octet-stream");
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(mime));
            response
        }
        Ok(response) => response.map(Body::new),
        Err(_) => plain(StatusCode::NOT_FOUND, "404: this file cannot be read\n"),
    }
}

/// The site's own page for wrong addresses.
async fn missing(edition: Arc<Edition>) -> Response {
    let page = edition.site.whole.plan.page(&Route::file_at_top("404.html")).cloned();
    match page {
        Some(page) if page.kind == PageKind::NotFound => made(edition, page, StatusCode::NOT_FOUND).await,
        _ => plain(StatusCode::NOT_FOUND, "404: nothing of this site is here\n"),
    }
}

/// The preview's own pages.
async fn desk(preview: &Preview, edition: Arc<Edition>, below: String, query: String) -> Response {
    match below.as_str() {
        "client.js" => typed(StatusCode::OK, mime::SCRIPT, Body::from(reload::CLIENT)),
        "desk.css" => typed(StatusCode::OK, mime::STYLE, Body::from(editor::STYLE)),
        "events" => {
            let page = editor::field(&query, "page").unwrap_or_else(|| "/".to_owned());
            reload::stream(preview.editions.clone(), page).into_response()
        }
        _ => {
            let view = tokio::task::spawn_blocking(move || editor::page(&edition, &below, &query)).await;
            match view {
                Ok(Some(view)) => typed(view.status, view.mime, Body::from(view.body)),
                _ => plain(StatusCode::NOT_FOUND, "404: the desk has no such page\n"),
            }
        }
    }
}

fn typed(status: StatusCode, mime: &'static str, body: Body) -> Response {
    (status, [(CONTENT_TYPE, mime)], body).into_response()
}

fn plain(status: StatusCode, words: &'static str) -> Response {
    typed(status, mime::TEXT, Body::from(words))
}
