//! A merchant's address: keeps what comes and answers as the account does.

use std::sync::{Arc, Mutex};

use sverka_app::ports::bank::{BankPort, Genuineness, RawCallback};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

type Port = Arc<Mutex<Option<Arc<dyn BankPort>>>>;

/// The address and what came to it.
pub(crate) struct Merchant {
    pub(crate) base: String,
    port: Port,
    heard: Arc<Mutex<Vec<RawCallback>>>,
}

impl Merchant {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let merchant = Self {
            base: format!("http://{}", listener.local_addr().unwrap()),
            port: Port::default(),
            heard: Arc::default(),
        };
        let (port, heard) = (Arc::clone(&merchant.port), Arc::clone(&merchant.heard));
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, Arc::clone(&port), Arc::clone(&heard)));
            }
        });
        merchant
    }

    pub(crate) fn answers_as(&self, port: Arc<dyn BankPort>) {
        *self.port.lock().unwrap() = Some(port);
    }

    pub(crate) fn heard(&self) -> Vec<RawCallback> {
        self.heard.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, port: Port, heard: Arc<Mutex<Vec<RawCallback>>>) {
    let Some(raw) = read(&mut stream).await else {
        return;
    };
    let port = port.lock().unwrap().clone().unwrap();
    let reply = match port.read(&raw).genuineness {
        Genuineness::Forged => port.refuse(),
        Genuineness::Genuine | Genuineness::Unsigned => port.acknowledge(&raw),
    };
    heard.lock().unwrap().push(raw);
    let answer = format!(
        "HTTP/1.1 {} X\r\ncontent-type: {}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{}",
        reply.status,
        reply.content_type,
        reply.body.len(),
        reply.body
    );
    let _ = stream.write_all(answer.as_bytes()).await;
}

async fn read(stream: &mut TcpStream) -> Option<RawCallback> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = end {
            let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
            let raw = callback(&head);
            let length = raw.headers.iter().find(|(name, _)| name == "content-length");
            let length: usize = length.map_or(0, |(_, value)| value.parse().unwrap());
            let body = &bytes[end + 4..];
            if body.len() >= length {
                let body = body[..length].to_vec();
                return Some(RawCallback { body, ..raw });
            }
        }
        match stream.read(&mut chunk).await.ok()? {
            0 => return None,
            count => bytes.extend_from_slice(&chunk[..count]),
        }
    }
}

fn callback(head: &str) -> RawCallback {
    let mut lines = head.lines();
    let mut request = lines.next().unwrap().split(' ');
    let method = request.next().unwrap().to_owned();
    let target = request.next().unwrap();
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let header = |line: &str| {
        let (name, value) = line.split_once(':').unwrap();
        (name.to_lowercase(), value.trim().to_owned())
    };
    RawCallback {
        method,
        query: query.to_owned(),
        body: Vec::new(),
        headers: lines.map(header).collect(),
        from: Some("127.0.0.1".parse().unwrap()),
    }
}
