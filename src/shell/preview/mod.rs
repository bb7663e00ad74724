//! `newsgen serve`: the site from memory, at its real base path, shown anew when it changes.

mod address;
mod answer;
mod desk;
mod edition;
mod editor;
mod forms;
mod guard;
mod listing;
mod mime;
mod patience;
mod reload;
mod server;

use std::collections::BTreeSet;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;

use super::build::What;
use super::cli::{Common, Outcome};
use super::report::{Reporter, counted};
use super::watch::Watch;
use crate::diagnostic::Diagnostic;
use crate::route::Route;
use answer::Preview;
use desk::{Changed, Desk};
use edition::Edition;

/// How many pages are rendered at the same time. More than there are cores, since some wait for the disk; not as many
/// as may be asked for, since each costs the memory of a page on its way.
const RENDERERS: usize = 16;

/// What `newsgen serve` may be told.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  newsgen serve                    the site as it will be published, at http://localhost:1111/\n  newsgen serve --drafts --open    with drafts, in the browser\n\nThe editor's view is at /_newsgen/."
)]
pub struct Serve {
    /// The port
    #[arg(short, long, value_name = "PORT", default_value_t = 1111)]
    pub port: u16,
    /// The address or name to listen on; others than this machine's own show drafts to the network
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub bind: String,
    /// Open the browser
    #[arg(long)]
    pub open: bool,
    /// Look at the files again and again, for network drives whose changes the system does not tell
    #[arg(long)]
    pub poll: bool,
    /// Which site, as of when
    #[command(flatten)]
    pub what: What,
}

/// Serves the site until Ctrl-C.
///
/// # Errors
/// The port is taken, or the folder cannot be read or watched.
pub fn run(common: &Common, serve: &Serve) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let root = common.root()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(RENDERERS)
        .build()
        .context("cannot start the server")?;
    let inside = runtime.enter();
    let listener = server::bind(&serve.bind, serve.port)?;
    let local = listener.local_addr().context("cannot listen")?;
    // Listening before reading: what changes in between is not missed.
    let watch = Watch::start(&root, serve.poll)?;
    let (desk, editions) = Desk::open(&root, &serve.what)?;
    let first = editions.borrow().clone();
    let reporter = common.reporter();
    let _ = reporter.show(&first.notes, first.folder());
    let address = address(&first, &serve.bind, local);
    announce(&first, &address, started, local, common.quiet)?;
    if serve.open {
        open(&address);
    }
    drop(first);
    let quiet = common.quiet;
    let mut told = Told::default();
    std::thread::Builder::new()
        .name("desk".into())
        .spawn(move || desk.follow(watch, |changed| told.tell(changed, reporter, quiet)))
        .context("cannot start a thread")?;
    let names = guard::Names::of(&serve.bind);
    let preview = Arc::new(Preview { editions, root, names });
    drop(inside);
    runtime.block_on(async {
        tokio::select! {
            () = server::serve(listener, preview) => {}
            () = interrupted() => {}
        }
    });
    // Open connections, and pages that are being rendered, are not waited for.
    runtime.shutdown_background();
    Ok(Outcome::Fine)
}

/// Ctrl-C, or a polite request to end.
async fn interrupted() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        if let Ok(mut terminate) = terminate {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
        let _ = tokio::signal::ctrl_c().await;
    }
    #[cfg(not(unix))]
    let _ = interrupt.await;
}

/// The address to type. `localhost` where that is what is bound: browsers trust it as much as https.
fn address(edition: &Edition, bind: &str, local: SocketAddr) -> String {
    let host = match bind.trim_matches(['[', ']']) {
        "127.0.0.1" | "::1" | "0.0.0.0" | "::" => "localhost".to_owned(),
        name if name.contains(':') => format!("[{name}]"),
        name => name.to_owned(),
    };
    format!("http://{host}:{}{}", local.port(), edition.site.whole.href(&Route::home()))
}

fn announce(
    edition: &Edition,
    address: &str,
    started: Instant,
    local: SocketAddr,
    quiet: bool,
) -> anyhow::Result<()> {
    let mut stdout = anstream::stdout().lock();
    // The address is the result: it is said even when only what is wrong should be.
    writeln!(stdout, "{address}")?;
    if !quiet {
        writeln!(
            stdout,
            "{} in {:.2} s; the editor's view is at {}; Ctrl-C ends",
            counted(edition.site.whole.catalogue.entries.len(), "briefing"),
            started.elapsed().as_secs_f64(),
            address::DESK,
        )?;
    }
    stdout.flush()?;
    if !local.ip().is_loopback() {
        anstream::eprintln!("warning: everybody on the network can read this preview, drafts included");
    }
    Ok(())
}

/// What the terminal has said already.
#[derive(Default)]
struct Told {
    problems: BTreeSet<String>,
}

impl Told {
    /// One line for a change, and what is newly wrong.
    fn tell(&mut self, changed: &Changed, reporter: Reporter, quiet: bool) {
        let edition = &changed.edition;
        let drawn: BTreeSet<String> = edition.problems.iter().map(|problem| problem.drawn.clone()).collect();
        let is_new = |note: &&Diagnostic| {
            note.severity == crate::diagnostic::Severity::Error
                && !self.problems.contains(&super::report::plain(note, edition.folder()))
        };
        let new: Vec<Diagnostic> = edition.notes.iter().filter(is_new).cloned().collect();
        let _ = reporter.show(&new, edition.folder());
        if !quiet {
            let took = changed.took.as_secs_f64() * 1000.0;
            let state = match edition.problems.len() {
                0 => String::new(),
                1 => "; 1 error: the last good version is shown".to_owned(),
                count => format!("; {count} errors: the last good version is shown"),
            };
            anstream::eprintln!("{} in {took:.0} ms{state}", words(&changed.paths));
        }
        self.problems = drawn;
    }
}

/// Which files changed, as short as it can be said.
fn words(paths: &BTreeSet<crate::source::SitePath>) -> String {
    match paths.len() {
        0 => "the clock changed what is public".to_owned(),
        1..=3 => paths.iter().map(crate::source::SitePath::as_str).collect::<Vec<_>>().join(", "),
        count => format!("{count} files"),
    }
}

/// Opens a browser; that there is none is no reason to end.
fn open(address: &str) {
    let (program, first): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("explorer", &[])
    } else {
        ("xdg-open", &[])
    };
    let quiet = std::process::Stdio::null;
    let started = std::process::Command::new(program)
        .args(first)
        .arg(address)
        .stdin(quiet())
        .stdout(quiet())
        .stderr(quiet())
        .spawn();
    if started.is_err() {
        anstream::eprintln!("no browser could be opened: go to {address}");
    }
}
