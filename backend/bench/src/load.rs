//! A load driver on loopback: requests that are ready as bytes, over connections that stay open. It takes as little of the
//! machine as it can, since the server has the same processors.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// One connection of HTTP/1.1.
pub struct Line {
    stream: TcpStream,
    read: Vec<u8>,
}

/// An answer: its status, and where its body is in what was read.
pub struct Reply<'a> {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: &'a [u8],
}

impl Line {
    /// Connects to `HOST:PORT`.
    ///
    /// # Panics
    /// When nobody listens there.
    pub async fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).await.expect("somebody listens");
        stream.set_nodelay(true).expect("a socket");
        Self {
            stream,
            read: Vec::with_capacity(1 << 16),
        }
    }

    /// Sends a request, and reads the answer, which has to tell its length.
    ///
    /// # Panics
    /// When the answer is cut, or tells no length.
    pub async fn call(&mut self, request: &[u8]) -> Reply<'_> {
        self.stream.write_all(request).await.expect("the request is sent");
        self.read.clear();
        let head = loop {
            self.more().await;
            if let Some(end) = find(&self.read, b"\r\n\r\n") {
                break end + 4;
            }
        };
        let text = String::from_utf8_lossy(&self.read[..head]).to_ascii_lowercase();
        let status = text.split(' ').nth(1).and_then(|status| status.parse().ok());
        let length = text
            .lines()
            .find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
        let end = head + length.expect("the answer tells its length");
        while self.read.len() < end {
            self.more().await;
        }
        Reply {
            status: status.expect("a status"),
            body: &self.read[head..end],
        }
    }

    async fn more(&mut self) {
        let read = self
            .stream
            .read_buf(&mut self.read)
            .await
            .expect("the answer is read");
        assert!(read > 0, "the answer was cut");
    }
}

/// A request by `get`, as bytes.
#[must_use]
pub fn get(address: &str, path: &str, key: Option<&str>) -> Vec<u8> {
    let credentials = key.map_or(String::new(), |key| format!("authorization: Bearer {key}\r\n"));
    format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n{credentials}\r\n").into_bytes()
}

/// What a load came to.
#[derive(Debug, Clone)]
pub struct Load {
    /// Requests answered a second.
    pub rate: f64,
    /// How long each took, the shortest first.
    pub times: Vec<Duration>,
}

/// Sends every request once, by so many callers at once; each answer must be 200.
///
/// # Panics
/// When an answer is another.
pub async fn drive(address: &str, requests: Vec<Vec<u8>>, callers: usize) -> Load {
    let (requests, next) = (Arc::new(requests), Arc::new(AtomicUsize::new(0)));
    let began = now();
    let tasks: Vec<_> = (0..callers)
        .map(|_| {
            let (requests, next, address) = (requests.clone(), next.clone(), address.to_owned());
            tokio::spawn(async move {
                let mut line = Line::open(&address).await;
                let mut times = Vec::new();
                while let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let sent = now();
                    let reply = line.call(request).await;
                    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(reply.body));
                    times.push(sent.elapsed());
                }
                times
            })
        })
        .collect();
    let mut times = Vec::with_capacity(requests.len());
    for task in tasks {
        times.extend(task.await.expect("a caller ends"));
    }
    let rate = times.len() as f64 / began.elapsed().as_secs_f64();
    times.sort_unstable();
    Load { rate, times }
}

/// The moment, to measure from.
#[expect(clippy::disallowed_methods, reason = "a bench measures")]
#[must_use]
pub fn now() -> Instant {
    Instant::now()
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}
