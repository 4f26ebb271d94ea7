//! An accounting system that takes in whatever comes, at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpResponse, HttpServer, web};

/// The receiver; it ends with its handle.
pub(super) struct Receiver {
    pub(super) url: String,
    pub(super) handle: ServerHandle,
    taken: Arc<AtomicU64>,
}

impl Receiver {
    pub(super) fn start() -> Self {
        let taken = Arc::new(AtomicU64::new(0));
        let counter = taken.clone();
        let server = HttpServer::new(move || {
            let counter = counter.clone();
            let take = move |_: web::Bytes| {
                let nth = counter.fetch_add(1, Ordering::Relaxed);
                async move {
                    let document = format!(r#"{{"document_ref":"{nth}"}}"#);
                    HttpResponse::Ok().content_type("application/json").body(document)
                }
            };
            App::new().default_service(web::to(take))
        })
        .workers(1)
        .bind(("127.0.0.1", 0))
        .expect("a port");
        let url = format!("http://{}", server.addrs()[0]);
        let server = server.disable_signals().run();
        let handle = server.handle();
        tokio::spawn(server);
        Self { url, handle, taken }
    }

    /// How many came.
    pub(super) fn taken(&self) -> u64 {
        self.taken.load(Ordering::Relaxed)
    }
}
