//! Connections: taken in, watched over, and let go.

use std::collections::VecDeque;
use std::io;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::task::AbortHandle;

use super::answer::{self, Preview};
use super::patience::{PATIENCE, Patient};

/// More connections than these are not kept: the oldest goes, and a browser that still wants it comes back.
/// Below the 1,024 files that many systems allow a process.
const MOST: usize = 600;

/// How many ports after a taken one are tried for the hint.
const NEXT_PORTS: u16 = 50;

/// Takes the port.
///
/// # Errors
/// It is taken: the message names it and the next free one; or `--bind` is no address of this machine.
pub fn bind(host: &str, port: u16) -> anyhow::Result<TcpListener> {
    let name = host.trim_matches(['[', ']']);
    let addresses: Vec<SocketAddr> = (name, port)
        .to_socket_addrs()
        .with_context(|| format!("--bind {host} is not an address of this machine"))?
        .collect();
    match TcpListener::bind(&*addresses) {
        Ok(listener) => {
            listener.set_nonblocking(true).context("cannot listen")?;
            Ok(listener)
        }
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            let is_free = |port: &u16| TcpListener::bind((name, *port)).is_ok();
            let next = (port.saturating_add(1)..=port.saturating_add(NEXT_PORTS)).find(is_free);
            let help =
                next.map_or_else(String::new, |next| format!("\n  help: try `newsgen serve --port {next}`"));
            anyhow::bail!("port {port} is in use{help}")
        }
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            anyhow::bail!(
                "port {port} needs more rights than you have\n  help: take one above 1023, such as 1111"
            )
        }
        Err(error) => Err(error).with_context(|| format!("cannot listen on {host}, port {port}")),
    }
}

/// Answers until the program ends.
///
/// # Errors
/// The listener cannot be used.
pub async fn serve(listener: TcpListener, preview: Arc<Preview>) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener).context("cannot listen")?;
    let mut open: VecDeque<AbortHandle> = VecDeque::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // No files left, or a client that went before it came: neither is a reason to end.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        open.retain(|connection| !connection.is_finished());
        if open.len() >= MOST
            && let Some(oldest) = open.pop_front()
        {
            oldest.abort();
        }
        let Ok(local) = stream.local_addr() else {
            continue;
        };
        let _ = stream.set_nodelay(true);
        let router = Router::new().fallback(answer::answer).with_state((preview.clone(), local));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(PATIENCE)
            .max_buf_size(64 * 1024)
            .serve_connection(TokioIo::new(Patient::new(stream)), TowerToHyperService::new(router));
        let task = tokio::spawn(async move {
            // A client that goes away, or is sent away, is nobody's concern.
            let _ = connection.await;
        });
        open.push_back(task.abort_handle());
    }
}
