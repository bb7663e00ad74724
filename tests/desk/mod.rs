//! A running preview and a plain client, for tests: real sockets, no library between.
#![allow(dead_code, reason = "each test uses its own part of it")]
#![allow(clippy::disallowed_methods, reason = "a test writes files and reads the clock")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Nothing that is waited for takes so long unless it is broken.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// A preview of a site folder of its own.
pub struct Preview {
    pub folder: TempDir,
    pub child: Child,
    pub port: u16,
    pub home: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// Writes a file, its folders first.
pub fn write(root: &Path, path: &str, text: impl AsRef<[u8]>) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// Waits until something is so.
pub fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + DEADLINE;
    while !is_so() {
        assert!(Instant::now() < end, "in vain: {what}");
        std::thread::park_timeout(Duration::from_millis(5));
    }
}

impl Preview {
    /// Starts a preview of these texts, below `/repo/` unless they say otherwise.
    pub fn of(texts: &[(&str, &str)], arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        if !texts.iter().any(|(path, _)| *path == "newsgen.yaml") {
            write(folder.path(), "newsgen.yaml", "title: Test\nbase_url: https://example.org/repo/\n");
        }
        texts.iter().for_each(|(path, text)| write(folder.path(), path, text));
        Self::start(folder, arguments)
    }

    pub fn start(folder: TempDir, arguments: &[&str]) -> Self {
        let mut child =
            command(folder.path()).args(["serve", "--port", "0"]).args(arguments).spawn().expect("newsgen");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("a pipe");
        let mut lines = BufReader::new(stdout);
        lines.read_line(&mut line).expect("an address");
        // What else it says must not fill the pipe.
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        let home = line.trim().to_owned();
        let host = home.split('/').nth(2).unwrap_or_else(|| panic!("an address: {home:?}"));
        let port = host.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
        Self { folder, child, port, home }
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        write(self.folder.path(), path, text);
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(DEADLINE)).expect("a deadline");
        stream
    }

    /// Sends a request as it is written here, and reads the whole answer.
    pub fn raw(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).expect("it listens");
        let mut bytes = Vec::new();
        // A connection that is cut after the answer has given it.
        let _ = stream.read_to_end(&mut bytes);
        parse(&bytes)
    }

    pub fn ask(&self, method: &str, path: &str, headers: &[&str]) -> Answer {
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|header| header.to_ascii_lowercase().starts_with("host:")) {
            request.push_str(&format!("Host: localhost:{}\r\n", self.port));
        }
        headers.iter().for_each(|header| request.push_str(&format!("{header}\r\n")));
        self.raw(&format!("{request}\r\n"))
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// Listens as an open page does.
    pub fn listen(&self, page: &str) -> Listener {
        let mut stream = self.connect();
        write!(stream, "GET /_newsgen/events?page={page} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port)
            .expect("it listens");
        Listener { lines: BufReader::new(stream) }
    }

    /// Waits until a page says something.
    pub fn until_says(&self, path: &str, words: &str) {
        eventually(&format!("{path} says {words:?}"), || self.get(path).text().contains(words));
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// newsgen in a folder.
pub fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_newsgen"));
    command.arg("--root").arg(folder).stdout(Stdio::piped()).stderr(Stdio::null());
    command.env_remove("SOURCE_DATE_EPOCH");
    command
}

/// An open page.
pub struct Listener {
    lines: BufReader<TcpStream>,
}

impl Listener {
    /// What it is told next.
    pub fn next(&mut self) -> serde_json::Value {
        loop {
            let mut line = String::new();
            let read = self.lines.read_line(&mut line).expect("it is told in time");
            assert!(read > 0, "the stream ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).expect("JSON");
            }
        }
    }

    /// What it is told, up to what fulfils a wish.
    pub fn until(&mut self, wish: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        loop {
            let state = self.next();
            if wish(&state) {
                return state;
            }
        }
    }
}

fn parse(bytes: &[u8]) -> Answer {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(bytes.len());
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    let body = bytes.get(end + 4..).unwrap_or_default().to_vec();
    Answer { status, head, body }
}

/// A page as it is published: without the element that the preview adds.
pub fn without_script(html: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(html).into_owned();
    match text.rfind("<script src=\"/_newsgen/client.js\"") {
        Some(start) => {
            let end = text[start..].find("</script>").map_or(text.len(), |at| start + at + "</script>".len());
            format!("{}{}", &text[..start], &text[end..]).into_bytes()
        }
        None => html.to_vec(),
    }
}
