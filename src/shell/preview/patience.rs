//! How long the preview waits for a client that does not read: not so long that it could be stopped by one.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep};

/// How long a client may take for the head of a request, and for taking [`LEAST`] of an answer. One that stops right
/// after taking that much is let go after twice as long.
pub const PATIENCE: Duration = Duration::from_secs(7);

/// The bytes that a client takes in [`PATIENCE`] at least, if it is there at all.
const LEAST: usize = 16 * 1024;

/// A connection that ends when the other side stops taking what it asked for.
pub struct Patient {
    stream: TcpStream,
    /// Runs while the system's buffer is full.
    clock: Pin<Box<Sleep>>,
    is_running: bool,
    taken: usize,
}

impl Patient {
    /// Watches over a connection.
    #[must_use]
    pub fn new(stream: TcpStream) -> Self {
        Self { stream, clock: Box::pin(sleep(PATIENCE)), is_running: false, taken: 0 }
    }

    /// Hands on what a write came to, and loses patience where it is due.
    fn judge(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        match written {
            Poll::Ready(result) => {
                if let Ok(bytes) = result {
                    self.taken += bytes;
                }
                Poll::Ready(result)
            }
            Poll::Pending => {
                if !self.is_running {
                    self.start();
                }
                ready!(self.clock.as_mut().poll(context));
                if self.taken < LEAST {
                    return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
                }
                self.start();
                // Registers the new moment; it cannot have come yet.
                let _ = self.clock.as_mut().poll(context);
                Poll::Pending
            }
        }
    }

    fn start(&mut self) {
        self.clock.as_mut().reset(Instant::now() + PATIENCE);
        self.is_running = true;
        self.taken = 0;
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.judge(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.judge(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        // All of the answer is with the system: nobody keeps us waiting.
        self.is_running = false;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
