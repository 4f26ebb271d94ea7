//! `sverka serve`: HTTP, and the workers unless told otherwise.

use std::net::SocketAddr;
use std::time::Duration;

use metrics_exporter_prometheus::PrometheusBuilder;
use sverka_app::App;
use sverka_http::{HttpSettings, Serving};
use sverka_workers::Running;
use tokio::time::timeout;

use crate::config::Config;
use crate::failure::Failure;
use crate::{assemble, shutdown};

/// What is still running after this is left to whoever starts next: every intent is on disk.
const DRAIN: Duration = Duration::from_secs(9);

/// HTTP and workers that run.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    serving: Serving,
    workers: Option<Running>,
}

/// Serves until the program is asked to stop.
pub(super) async fn run(config: &Config, with_workers: bool) -> Result<(), Failure> {
    let app = assemble::app(config)?;
    assemble::bells(config, &app)?;
    let server = start_server(config, &app, with_workers)?;
    tracing::info!(address = %server.address, workers = with_workers, "Sverka is ready");
    shutdown::asked().await?;
    tracing::info!("draining");
    server.stop().await;
    Ok(())
}

/// Starts HTTP, and the workers if wanted.
pub(crate) fn start_server(config: &Config, app: &App, with_workers: bool) -> Result<Server, Failure> {
    let metrics = PrometheusBuilder::new()
        .install_recorder()
        .map_err(Failure::refused)?;
    let settings = HttpSettings {
        listen: config.listen,
        jwt_secret: config.jwt_secret.clone().into_bytes(),
        secure_cookies: config.catalog.public_url.starts_with("https://"),
        trusted_proxies: config.trusted_proxies.clone(),
        threads: config.http_threads,
        metrics,
        chance: assemble::chance(),
    };
    let serving = sverka_http::serve(app.clone(), settings)
        .map_err(Failure::io(format!("cannot listen on {}", config.listen)))?;
    let workers = with_workers.then(|| sverka_workers::start(app));
    Ok(Server {
        address: serving.address,
        serving,
        workers,
    })
}

impl Server {
    /// Drains and ends within ten seconds.
    pub(crate) async fn stop(self) {
        let workers = async {
            if let Some(workers) = self.workers {
                workers.stop().await;
            }
        };
        let all = async { tokio::join!(self.serving.stop(), workers) };
        if timeout(DRAIN, all).await.is_err() {
            tracing::warn!("something was still running; it is taken up at the next start");
        }
    }
}
