//! A receiver on this machine that answers by a script, one line a connection.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What happens on one connection.
#[derive(Clone)]
pub(crate) enum Play {
    /// A whole answer with this status line and body.
    Answer(&'static str, String),
    /// The same with further headers, each with its line end.
    With(&'static str, &'static str, String),
    /// A whole answer of these bytes, with further headers.
    Bytes(&'static str, &'static str, Vec<u8>),
    /// More is announced than comes.
    Cut(String),
    /// Nothing is ever said.
    Hang,
    /// The connection is closed without a word.
    Close,
}

/// A 200 with this body.
pub(crate) fn ok(body: &str) -> Play {
    Play::Answer("200 OK", body.to_owned())
}

pub(crate) struct Server {
    pub(crate) base: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Plays the lines in turn; the last one again and again.
    pub(crate) async fn start(plays: Vec<Play>) -> Self {
        Self::scripted(|_| plays).await
    }

    /// The same, where the script depends on the address.
    pub(crate) async fn scripted(plays: impl FnOnce(&str) -> Vec<Play>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/", listener.local_addr().unwrap());
        let plays = plays(&base);
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        tokio::spawn(async move {
            let mut turn = 0;
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let play = plays[turn.min(plays.len() - 1)].clone();
                turn += 1;
                tokio::spawn(serve(stream, play, Arc::clone(&seen)));
            }
        });
        Self { base, requests }
    }

    /// The requests so far: head and body as they came.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, play: Play, seen: Arc<Mutex<Vec<String>>>) {
    let request = read(&mut stream).await;
    seen.lock().unwrap().push(request);
    let (head, body, missing) = match play {
        Play::Bytes(status, headers, bytes) => {
            let head = format!(
                "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n",
                bytes.len()
            );
            let _ = stream.write_all(&[head.as_bytes(), &bytes].concat()).await;
            return;
        }
        Play::Answer(status, body) => (format!("HTTP/1.1 {status}\r\n"), body, 0),
        Play::With(status, headers, body) => (format!("HTTP/1.1 {status}\r\n{headers}"), body, 0),
        Play::Cut(body) => ("HTTP/1.1 200 OK\r\n".to_owned(), body, 10),
        Play::Hang => return std::future::pending().await,
        Play::Close => return,
    };
    let length = body.len() + missing;
    let answer = format!("{head}content-length: {length}\r\n\r\n{body}");
    let _ = stream.write_all(answer.as_bytes()).await;
}

async fn read(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                line.to_ascii_lowercase()
                    .strip_prefix("content-length: ")?
                    .parse()
                    .ok()
            });
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        match stream.read(&mut chunk).await.unwrap() {
            0 => return text,
            count => bytes.extend_from_slice(&chunk[..count]),
        }
    }
}

/// The first line of a request without the version, and its body as JSON (`null` if it has none).
pub(crate) fn asked(request: &str) -> (String, serde_json::Value) {
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let line = head.lines().next().unwrap().trim_end_matches(" HTTP/1.1");
    (line.to_owned(), serde_json::from_str(body).unwrap_or_default())
}
