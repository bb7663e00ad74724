//! Other people's pages, asked whether they are still there: only when somebody wants to know.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::Context;
use indicatif::ProgressBar;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::whole_file;
use crate::diagnostic::{Diagnostic, Place};

/// How many are asked at once.
const AT_ONCE: usize = 8;

/// How long a good answer counts, in seconds: a week.
const GOOD_FOR: i64 = 7 * 24 * 3600;

/// What `newsgen check` may be told about other people's pages.
#[derive(Debug, Clone, clap::Args)]
pub struct External {
    /// Ask other sites whether what the briefings link to is still there
    #[arg(long)]
    pub external: bool,
    /// How long to wait for an answer, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 10, requires = "external")]
    pub timeout: u64,
    /// Where good answers are kept for a week [default: newsgen/links.json in your cache folder]
    #[arg(long, value_name = "FILE", requires = "external")]
    pub link_cache: Option<PathBuf>,
}

/// What came back.
#[derive(Debug, Default)]
pub struct Answers {
    /// How many addresses were looked up, in the cache or outside.
    pub asked: usize,
    /// What is wrong with them.
    pub notes: Vec<Diagnostic>,
}

/// Good answers: address and moment, in seconds since 1970.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Cache {
    good: BTreeMap<String, i64>,
}

/// What one address answers.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Answer {
    Good,
    Gone(u16),
    Unsure(String),
}

/// Asks all addresses that did not answer well within the last week.
///
/// # Errors
/// The cache cannot be written.
pub fn ask(
    how: &External,
    addresses: BTreeMap<String, Option<Place>>,
    progress: &ProgressBar,
) -> anyhow::Result<Answers> {
    let file = how.link_cache.clone().or_else(cache_file);
    let now = Timestamp::now().as_second();
    let mut cache: Cache = file
        .as_ref()
        .and_then(|file| std::fs::read(file).ok())
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default();
    cache.good.retain(|_, moment| (now - GOOD_FOR..=now).contains(moment));
    // A page is asked for once, whichever part of it is linked to.
    let mut pages: BTreeMap<String, Vec<(String, Option<Place>)>> = BTreeMap::new();
    let asked = addresses.len();
    for (address, place) in addresses {
        let page = address.split('#').next().unwrap_or(&address).to_owned();
        let page = if page.starts_with("//") { format!("https:{page}") } else { page };
        pages.entry(page).or_default().push((address, place));
    }
    let unknown: Vec<&String> = pages.keys().filter(|page| !cache.good.contains_key(*page)).collect();
    progress.set_length(unknown.len() as u64);
    let answers = ask_all(&unknown, Duration::from_secs(how.timeout.max(1)), progress);
    let mut notes = Vec::new();
    for (page, answer) in &answers {
        if *answer == Answer::Good {
            cache.good.insert(page.clone(), now);
        }
        for (address, place) in pages.get(page).into_iter().flatten() {
            notes.extend(note(address, place.as_ref(), answer));
        }
    }
    if let Some(file) = file {
        let text = serde_json::to_string_pretty(&cache)?;
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        whole_file::write(&file, text.as_bytes())?;
    }
    Ok(Answers { asked, notes })
}

fn note(address: &str, place: Option<&Place>, answer: &Answer) -> Option<Diagnostic> {
    let mut note = match answer {
        Answer::Good => return None,
        Answer::Gone(status) => Diagnostic::error("dead-link", format!("{address} is gone (HTTP {status})"))
            .help("link to a copy of it, or take the link out"),
        Answer::Unsure(why) => {
            Diagnostic::warning("unreachable-link", format!("{address} does not answer: {why}"))
                .help("open it in a browser; many sites refuse programs")
        }
    };
    note.place = place.cloned();
    Some(note)
}

/// The cache folder of the machine's user: nothing is written into the site.
fn cache_file() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = if cfg!(windows) {
        set("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        set("HOME").map(|home| home.join("Library/Caches"))
    } else {
        set("XDG_CACHE_HOME").or_else(|| set("HOME").map(|home| home.join(".cache")))
    };
    folder.map(|folder| folder.join("newsgen").join("links.json"))
}

fn ask_all(pages: &[&String], timeout: Duration, progress: &ProgressBar) -> BTreeMap<String, Answer> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(timeout))
        .max_redirects(8)
        .http_status_as_error(false)
        .user_agent(concat!("newsgen/", env!("CARGO_PKG_VERSION"), " (checks links)"))
        .build()
        .into();
    let answers = Mutex::new(BTreeMap::new());
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(pages.len()) {
            scope.spawn(|| {
                while let Some(page) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let answer = ask_one(&agent, page);
                    if let Ok(mut answers) = answers.lock() {
                        answers.insert((*page).clone(), answer);
                    }
                    progress.inc(1);
                }
            });
        }
    });
    answers.into_inner().unwrap_or_default()
}

/// HEAD, which costs nobody much, and GET where a site does not know it.
fn ask_one(agent: &ureq::Agent, page: &str) -> Answer {
    let status = |result: Result<ureq::http::Response<ureq::Body>, ureq::Error>| match result {
        Ok(response) => Ok(response.status().as_u16()),
        Err(error) => Err(error.to_string()),
    };
    match status(agent.head(page).call()) {
        Ok(status) if (200..400).contains(&status) => Answer::Good,
        Ok(429) => Answer::Unsure("it is asked too often (HTTP 429)".into()),
        _ => match status(agent.get(page).call()) {
            Ok(status) if (200..400).contains(&status) => Answer::Good,
            Ok(status @ (404 | 410)) => Answer::Gone(status),
            Ok(status) => Answer::Unsure(format!("HTTP {status}")),
            Err(why) => Answer::Unsure(why),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpListener;

    /// A site that answers as its paths say: `/404`, `/get-only`. Gives its address; it lives as long as the test.
    fn neighbour() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                let mut request = [0; 2048];
                let Ok(length) = stream.read(&mut request) else { continue };
                let request = String::from_utf8_lossy(&request[..length]).into_owned();
                let mut words = request.split(' ');
                let (method, path) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
                let status = match (method, path) {
                    ("HEAD", "/get-only") => "405 Method Not Allowed",
                    (_, "/gone") => "404 Not Found",
                    (_, "/busy") => "429 Too Many Requests",
                    (_, "/shy") => "403 Forbidden",
                    _ => "200 OK",
                };
                let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        address
    }

    #[test]
    fn what_is_gone_is_an_error_and_what_does_not_answer_a_warning() {
        let site = neighbour();
        let closed = "http://127.0.0.1:9/x".to_owned();
        let paths = ["/fine", "/fine#part", "/get-only", "/gone", "/busy", "/shy"];
        let addresses =
            paths.iter().map(|path| (format!("{site}{path}"), None)).chain([(closed, None)]).collect();
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("cache/links.json");
        let how = External { external: true, timeout: 5, link_cache: Some(file.clone()) };
        let answers = ask(&how, addresses, &ProgressBar::hidden()).expect("the cache can be written");
        let codes: Vec<&str> = answers.notes.iter().map(|note| note.code).collect();
        assert_eq!(codes.iter().filter(|code| **code == "dead-link").count(), 1, "{:?}", answers.notes);
        assert_eq!(
            codes.iter().filter(|code| **code == "unreachable-link").count(),
            3,
            "{:?}",
            answers.notes
        );
        let kept: Cache = serde_json::from_slice(&std::fs::read(&file).expect("a cache")).expect("JSON");
        assert_eq!(kept.good.len(), 2, "{kept:?}");
    }

    #[test]
    fn a_good_answer_counts_for_a_week() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("links.json");
        let now = Timestamp::now().as_second();
        let fresh = "http://127.0.0.1:9/fresh";
        let good = BTreeMap::from([(fresh.to_owned(), now - 60)]);
        std::fs::write(&file, serde_json::to_vec(&Cache { good }).expect("JSON")).expect("a cache");
        let how = External { external: true, timeout: 5, link_cache: Some(file) };
        let addresses = BTreeMap::from([(fresh.to_owned(), None)]);
        let answers = ask(&how, addresses, &ProgressBar::hidden()).expect("the cache can be written");
        assert_eq!(answers.notes, []);
    }
}
