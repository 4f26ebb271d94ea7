//! A proxy on 127.0.0.1 that misbehaves by seed: one fate a request, one connection a request.
//!
//! What was forwarded is forwarded: the other side works on, whatever becomes of the answer and of the client.

mod counts;
mod fate;
pub(super) mod wire;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use counts::Counts;
pub use fate::{Fate, Rates};

use super::super::process::free_port;

/// The proxy; it ends when it is dropped.
pub struct Proxy {
    /// `http://127.0.0.1:PORT`, the same after every outage.
    pub url: String,
    port: u16,
    shared: Arc<Shared>,
    listening: Option<JoinHandle<()>>,
}

struct Shared {
    seed: u64,
    to: Mutex<SocketAddr>,
    rates: Mutex<Rates>,
    counts: Mutex<Counts>,
    requests: watch::Sender<u64>,
}

impl Proxy {
    /// Starts one before `to`.
    ///
    /// # Panics
    /// When there is no port.
    pub async fn start(seed: u64, to: SocketAddr, rates: Rates) -> Self {
        let port = free_port();
        let shared = Arc::new(Shared {
            seed,
            to: Mutex::new(to),
            rates: Mutex::new(rates),
            counts: Mutex::new(Counts::default()),
            requests: watch::Sender::new(0),
        });
        let mut proxy = Self {
            url: format!("http://127.0.0.1:{port}"),
            port,
            shared,
            listening: None,
        };
        proxy.come_back().await;
        proxy
    }

    /// Misbehaves so from now on.
    pub fn set(&self, rates: Rates) {
        *self.shared.rates.lock().unwrap() = rates;
    }

    /// The other side is there from now on.
    pub fn lead_to(&self, to: SocketAddr) {
        *self.shared.to.lock().unwrap() = to;
    }

    /// Nobody listens any more, and every connection of a client is cut. What was forwarded is worked on.
    pub fn go_away(&mut self) {
        if let Some(listening) = self.listening.take() {
            listening.abort();
            self.shared.counts.lock().unwrap().outages += 1;
        }
    }

    /// Listens again, at the same address.
    ///
    /// # Panics
    /// When somebody else took the port.
    pub async fn come_back(&mut self) {
        if self.listening.is_some() {
            return;
        }
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let found = crate::process::within(Duration::from_secs(10), async || {
            TcpListener::bind(address).await.ok()
        });
        let listener = found.await.expect("the proxy's port is free");
        self.listening = Some(tokio::spawn(listen(listener, self.shared.clone())));
    }

    /// What it did so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.shared.counts.lock().unwrap().clone()
    }

    /// How many requests came so far, and a way to wait for more.
    #[must_use]
    pub fn requests(&self) -> watch::Receiver<u64> {
        self.shared.requests.subscribe()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.go_away();
    }
}

async fn listen(listener: TcpListener, shared: Arc<Shared>) {
    // Ends with this task: so an outage cuts who is connected.
    let mut clients = tokio::task::JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((client, _)) = accepted else { continue };
                clients.spawn(serve(client, shared.clone()));
            }
            Some(_) = clients.join_next() => {}
        }
    }
}

/// One request, one fate. A client that went away is no fault of the proxy.
async fn serve(mut client: TcpStream, shared: Arc<Shared>) {
    let Ok(Some(request)) = wire::request(&mut client).await else {
        return;
    };
    let fate = shared.next();
    let to = *shared.to.lock().unwrap();
    match fate {
        Fate::CloseBefore => {}
        Fate::DelayRequest(by) => {
            // It goes on its way though the client may have given up: that is how networks are.
            let forwarded = tokio::spawn(async move {
                tokio::time::sleep(by).await;
                wire::exchange(to, request).await
            });
            answer(&mut client, forwarded, |answer| answer).await;
        }
        Fate::Reset => {
            let forwarded = tokio::spawn(wire::exchange(to, request));
            // So that it has left before the client hears of it.
            tokio::task::yield_now().await;
            let _ = client.set_zero_linger();
            drop(client);
            let _ = forwarded.await;
        }
        Fate::DropAnswer => {
            let _ = tokio::spawn(wire::exchange(to, request)).await;
        }
        Fate::DelayAnswer(by) => {
            let forwarded = tokio::spawn(wire::exchange(to, request));
            tokio::time::sleep(by).await;
            answer(&mut client, forwarded, |answer| answer).await;
        }
        Fate::CutAnswer(short) => {
            let forwarded = tokio::spawn(wire::exchange(to, request));
            answer(&mut client, forwarded, |answer| {
                &answer[..answer.len().saturating_sub(short)]
            })
            .await;
        }
        Fate::Pass => {
            let forwarded = tokio::spawn(wire::exchange(to, request));
            answer(&mut client, forwarded, |answer| answer).await;
        }
    }
}

/// Hands the answer back, or what is left of it. Without one, the connection closes without a byte.
async fn answer(
    client: &mut TcpStream,
    forwarded: JoinHandle<std::io::Result<Vec<u8>>>,
    left: impl FnOnce(&[u8]) -> &[u8],
) {
    if let Ok(Ok(whole)) = forwarded.await {
        // The client may be gone.
        let _ = client.write_all(left(&whole)).await;
        let _ = client.shutdown().await;
    }
}

impl Shared {
    fn next(&self) -> Fate {
        let rates = self.rates.lock().unwrap().clone();
        let mut counts = self.counts.lock().unwrap();
        let fate = rates.fate(self.seed, counts.requests());
        counts.add(fate);
        let requests = counts.requests();
        drop(counts);
        self.requests.send_replace(requests);
        fate
    }
}
