//! A receiver of webhooks that remembers numbers and times alone, so that it can take any number of them.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::proxy::wire;

/// The receiver; ends when it is dropped.
pub(super) struct Sink {
    /// Where it listens.
    pub(super) address: SocketAddr,
    kept: Arc<Mutex<Kept>>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Kept {
    refused_number: String,
    came: Vec<(Instant, String, bool)>,
}

/// What came.
pub(super) struct Came {
    /// Numbers of orders, as they were posted.
    pub(super) posted: Vec<String>,
    /// Requests that were refused.
    pub(super) refused: usize,
    /// Posted after the first refusal.
    pub(super) posted_after_refused: usize,
    /// The most requests within any second.
    pub(super) fastest_second: usize,
}

impl Sink {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let kept = Arc::new(Mutex::new(Kept::default()));
        Self {
            address: listener.local_addr().expect("an address"),
            kept: kept.clone(),
            task: tokio::spawn(listen(listener, kept)),
        }
    }

    /// Refuses the payment of that number for good.
    pub(super) fn refuse(&self, number: &str) {
        number.clone_into(&mut self.kept.lock().unwrap().refused_number);
    }

    pub(super) fn came(&self) -> Came {
        let kept = self.kept.lock().unwrap();
        let first_refusal = kept.came.iter().position(|(_, _, is_taken)| !is_taken);
        let posted = kept.came.iter().filter(|(_, _, is_taken)| *is_taken);
        let (mut fastest, mut begin) = (0, 0);
        for (nth, (at, _, _)) in kept.came.iter().enumerate() {
            while at.duration_since(kept.came[begin].0) >= Duration::from_secs(1) {
                begin += 1;
            }
            fastest = fastest.max(nth - begin + 1);
        }
        Came {
            posted: posted.map(|(_, number, _)| number.clone()).collect(),
            refused: kept.came.iter().filter(|(_, _, is_taken)| !is_taken).count(),
            posted_after_refused: first_refusal.map_or(0, |at| kept.came.len() - at - 1),
            fastest_second: fastest,
        }
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn listen(listener: TcpListener, kept: Arc<Mutex<Kept>>) {
    loop {
        let Ok((mut client, _)) = listener.accept().await else {
            continue;
        };
        let kept = kept.clone();
        tokio::spawn(async move {
            let Ok(Some(request)) = wire::request(&mut client).await else {
                return;
            };
            let answer = take(&kept, &request);
            let _ = client.write_all(answer.as_bytes()).await;
            let _ = client.shutdown().await;
        });
    }
}

fn take(kept: &Mutex<Kept>, request: &[u8]) -> String {
    let head = request.windows(4).position(|four| four == b"\r\n\r\n");
    let body = &request[head.expect("a whole request has a head") + 4..];
    let event: Value = serde_json::from_slice(body).expect("a webhook is JSON");
    let number = event["data"]["order_number"]
        .as_str()
        .expect("a number")
        .to_owned();
    let mut kept = kept.lock().unwrap();
    let is_taken = number != kept.refused_number;
    let (status, body) = if is_taken {
        ("200 OK", format!(r#"{{"document_ref":"{number}"}}"#))
    } else {
        ("422 Refused", r#"{"error":"client_not_found"}"#.to_owned())
    };
    kept.came.push((Instant::now(), number, is_taken));
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}
