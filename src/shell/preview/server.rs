//! Connections: taken in, watched over, and let go.

use std::collections::VecDeque;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpSocket};
use tokio::task::AbortHandle;

use super::answer::{self, Preview};
use super::patience::{PATIENCE, Patient};

/// More connections than these are not kept: the oldest goes, and a browser that still wants it comes back.
/// Below the 1,024 files that many systems allow a process.
const MOST: usize = 600;

/// How many may knock before they are let in: a browser with many tabs, or a crowd, comes all at once.
const KNOCKING: u32 = 1024;

/// How many ports after a taken one are tried for the hint.
const NEXT_PORTS: u16 = 50;

/// Takes the port. Must be called inside the runtime that will serve.
///
/// # Errors
/// It is taken: the message names it and the next free one; or `--bind` is no address of this machine.
pub fn bind(host: &str, port: u16) -> anyhow::Result<TcpListener> {
    let name = host.trim_matches(['[', ']']);
    let addresses: Vec<SocketAddr> = (name, port)
        .to_socket_addrs()
        .with_context(|| format!("--bind {host} is not an address of this machine"))?
        .collect();
    match listen(&addresses) {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            let is_free = |port: &u16| std::net::TcpListener::bind((name, *port)).is_ok();
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

/// Listens at the first of these addresses that can be had.
fn listen(addresses: &[SocketAddr]) -> io::Result<TcpListener> {
    let listen_at = |address: &SocketAddr| {
        let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        // Else a port that was just given up would count as taken for a minute; on Windows it means something else.
        #[cfg(not(windows))]
        socket.set_reuseaddr(true)?;
        socket.bind(*address)?;
        socket.listen(KNOCKING)
    };
    let mut failure = io::ErrorKind::AddrNotAvailable.into();
    for address in addresses {
        match listen_at(address) {
            Ok(listener) => return Ok(listener),
            Err(error) => failure = error,
        }
    }
    Err(failure)
}

/// Answers until the program ends.
pub async fn serve(listener: TcpListener, preview: Arc<Preview>) {
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
