//! Servers on this machine: one for HTTP, one for SMTP. Both speak to one connection after another, by a script.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

pub(crate) struct Server {
    pub(crate) port: u16,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Requests or letters so far.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }

    /// Answers each HTTP request with the next status line and body; the last one again and again.
    pub(crate) async fn http(answers: Vec<(&'static str, &'static str)>) -> Self {
        let (listener, server) = Self::listen().await;
        let seen = Arc::clone(&server.seen);
        tokio::spawn(async move {
            for turn in 0.. {
                let (mut stream, _) = listener.accept().await.unwrap();
                let (status, body) = answers[answers.len().min(turn + 1) - 1];
                let request = read_request(&mut stream).await;
                seen.lock().unwrap().push(request);
                let answer = format!(
                    "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                    body.len()
                );
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        server
    }

    /// Takes letters by SMTP, and answers what stands before the letter with `ready`.
    pub(crate) async fn smtp(ready: &'static str) -> Self {
        let (listener, server) = Self::listen().await;
        let seen = Arc::clone(&server.seen);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                if let Some(letter) = take_letter(stream, ready).await {
                    seen.lock().unwrap().push(letter);
                }
            }
        });
        server
    }

    async fn listen() -> (TcpListener, Self) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::default();
        (listener, Self { port, seen })
    }
}

async fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
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
        let mut chunk = [0; 4096];
        match stream.read(&mut chunk).await.unwrap() {
            0 => return text,
            count => bytes.extend_from_slice(&chunk[..count]),
        }
    }
}

/// The server's side of RFC 5321. The letter is what stood in the envelope and after DATA.
async fn take_letter(stream: TcpStream, ready: &str) -> Option<String> {
    let mut stream = BufReader::new(stream);
    say(&mut stream, "220 mail.example ESMTP").await;
    let mut letter = String::new();
    loop {
        let line = hear(&mut stream).await?;
        let verb = line.split(' ').next().unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "EHLO" => say(&mut stream, "250-mail.example\r\n250 8BITMIME").await,
            "MAIL" | "RCPT" => {
                letter.push_str(&format!("{line}\n"));
                say(&mut stream, "250 2.1.0 Ok").await;
            }
            "DATA" => {
                say(&mut stream, ready).await;
                if !ready.starts_with("354") {
                    continue;
                }
                loop {
                    let line = hear(&mut stream).await?;
                    if line == "." {
                        break;
                    }
                    letter.push_str(&format!("{line}\n"));
                }
                say(&mut stream, "250 2.0.0 Queued").await;
                return Some(letter);
            }
            "QUIT" => {
                say(&mut stream, "221 Bye").await;
                return None;
            }
            _ => say(&mut stream, "250 Ok").await,
        }
    }
}

async fn say(stream: &mut BufReader<TcpStream>, line: &str) {
    stream.write_all(format!("{line}\r\n").as_bytes()).await.unwrap();
}

async fn hear(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    match stream.read_line(&mut line).await {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(line.trim_end_matches(['\r', '\n']).to_owned()),
    }
}
