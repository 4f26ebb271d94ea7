//! The HTTP server.

use std::net::SocketAddr;
use std::sync::Arc;

use actix_web::dev::ServerHandle;
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{self, Data};
use actix_web::{App as ActixApp, HttpServer};
use ipnet::IpNet;
use metrics_exporter_prometheus::PrometheusHandle;
use sverka_app::App;
use sverka_app::ports::clock::Chance;
use tokio::task::JoinHandle;
use tracing_actix_web::TracingLogger;
use utoipa_actix_web::AppExt as _;
use utoipa_swagger_ui::SwaggerUi;

use crate::auth::{SecureCookies, Tokens, identify};
use crate::limits::SignInLimits;
use crate::proxies::TrustedProxies;
use crate::span::QuietSpan;
use crate::{api, docs, document, middleware, spa};

/// How long running requests are waited for when the server stops.
const DRAIN_SECONDS: u64 = 8;

/// What the server needs besides the use cases.
pub struct HttpSettings {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Signs access tokens; at least 32 bytes.
    pub jwt_secret: Vec<u8>,
    /// Cookies are for TLS only: so wherever people come by `https`.
    pub secure_cookies: bool,
    /// Where the proxies are whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Worker threads.
    pub threads: usize,
    /// Renders the metrics.
    pub metrics: PrometheusHandle,
    /// Makes the nonces of pages.
    pub chance: Arc<dyn Chance>,
}

/// A server that runs.
pub struct Serving {
    /// Where it listens, with the port that was really taken.
    pub address: SocketAddr,
    handle: ServerHandle,
    task: JoinHandle<std::io::Result<()>>,
}

impl Serving {
    /// Refuses new connections, finishes running requests, and ends.
    pub async fn stop(self) {
        self.handle.stop(true).await;
        match self.task.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(error = %error, "the HTTP server ended badly"),
            Err(error) => tracing::error!(error = %error, "the HTTP server's task ended badly"),
        }
    }
}

/// Makes the nonces of pages.
pub(crate) struct Nonces(Arc<dyn Chance>);

impl Nonces {
    pub(crate) fn next(&self) -> [u8; 16] {
        let secret = self.0.secret();
        let mut nonce = [0; 16];
        nonce.copy_from_slice(&secret[..16]);
        nonce
    }
}

/// Starts the server on the current tokio runtime.
///
/// # Errors
/// The address cannot be listened on.
pub fn serve(app: App, settings: HttpSettings) -> std::io::Result<Serving> {
    let app = Data::new(app);
    let tokens = Data::new(Tokens::new(&settings.jwt_secret));
    let limits = Data::new(SignInLimits::default());
    let secure = Data::new(SecureCookies(settings.secure_cookies));
    let proxies = Data::new(TrustedProxies::new(settings.trusted_proxies));
    let metrics = Data::new(settings.metrics);
    let nonces = Data::new(Nonces(settings.chance));
    let contract = document();
    let served = Data::new(contract.clone());
    let server = HttpServer::new(move || {
        let (actix, _) = ActixApp::new()
            .wrap(from_fn(identify))
            .wrap(Compress::default())
            .wrap(from_fn(middleware::finish))
            .wrap(TracingLogger::<QuietSpan>::new())
            .app_data(app.clone())
            .app_data(tokens.clone())
            .app_data(limits.clone())
            .app_data(secure.clone())
            .app_data(proxies.clone())
            .app_data(metrics.clone())
            .app_data(nonces.clone())
            .app_data(served.clone())
            .into_utoipa_app()
            .configure(api::configure)
            .split_for_parts();
        actix
            .service(docs::errors)
            .service(web::redirect("/docs", "/docs/"))
            .service(SwaggerUi::new("/docs/{_:.*}").url("/docs/openapi.json", contract.clone()))
            .default_service(web::to(spa::fallback))
    })
    .workers(settings.threads)
    .shutdown_timeout(DRAIN_SECONDS)
    .disable_signals()
    .bind(settings.listen)?;
    let address = server.addrs().first().copied().unwrap_or(settings.listen);
    let server = server.run();
    Ok(Serving {
        address,
        handle: server.handle(),
        task: tokio::spawn(server),
    })
}
