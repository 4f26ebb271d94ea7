//! Starting and stopping.

use std::net::SocketAddr;
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::ServerHandle;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::{Next, NormalizePath, from_fn};
use actix_web::{App, Error, HttpServer, web};
use tokio::task::JoinHandle;

use crate::accounting::Receiver;
use crate::bank::Account;
use crate::chance::Chance;
use crate::onec::{Base, JournalError};
use crate::options::Options;
use crate::simulator::Simulator;
use crate::world::World;
use crate::{
    accounting, cloudpayments, control, events, onec, page, payonline, rbs, robokassa, stripe, tbank, wire,
    yookassa,
};

/// How often orders that nobody paid are looked for.
const SWEEP_MS: u64 = 500;

/// Large enough for any payment, small enough for a mistake.
const MAX_BODY: usize = 1024 * 1024;

/// Why it did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is taken or not ours.
    #[error("cannot listen on {listen}")]
    Listen {
        /// The address.
        listen: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The client that sends callbacks cannot be made.
    #[error("cannot make the HTTP client for callbacks")]
    Client(#[source] reqwest::Error),
    /// The files of the 1C bases cannot be used.
    #[error("cannot go on from the files of the 1C bases")]
    State(#[from] JournalError),
}

/// A simulator at work.
pub struct Running {
    /// Where it listens.
    pub addr: SocketAddr,
    simulator: Simulator,
    handle: ServerHandle,
    server: JoinHandle<std::io::Result<()>>,
    sweep: JoinHandle<()>,
}

impl Running {
    /// `http://HOST:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Stops at once: hanging requests are part of its work and are not waited for.
    pub async fn stop(self) {
        self.sweep.abort();
        self.simulator.abort_tasks();
        self.handle.stop(false).await;
        if let Ok(Err(error)) = self.server.await {
            tracing::warn!(%error, "the simulator's server ended badly");
        }
    }
}

/// Starts a simulator on the current tokio runtime.
pub async fn start(options: Options) -> Result<Running, StartError> {
    let listen = |source| StartError::Listen {
        listen: options.listen,
        source,
    };
    let listener = std::net::TcpListener::bind(options.listen).map_err(listen)?;
    let addr = listener.local_addr().map_err(listen)?;
    // The merchant's address is taken literally: no proxy, and a redirect is not an acknowledgement.
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .map_err(StartError::Client)?;
    let base_url = options
        .public_url
        .clone()
        .unwrap_or_else(|| format!("http://{addr}"));
    let base_url = base_url.trim_end_matches('/').to_owned();
    let initial = world(&options);
    let mut opened = initial.clone();
    opened.open()?;
    let simulator = Simulator::new((initial, opened), Chance::new(options.seed), base_url, http);

    let data = web::Data::new(simulator.clone());
    let server = HttpServer::new(move || {
        App::new()
            .app_data(data.clone())
            .app_data(web::PayloadConfig::new(MAX_BODY))
            .wrap(NormalizePath::trim())
            .wrap(from_fn(by_our_clock))
            .configure(control::routes)
            .configure(rbs::routes)
            .configure(yookassa::routes)
            .configure(payonline::routes)
            .configure(tbank::routes)
            .configure(robokassa::routes)
            .configure(cloudpayments::routes)
            .configure(stripe::routes)
            .configure(accounting::routes)
            .configure(onec::routes)
            .configure(page::routes)
    })
    .on_connect(wire::remember)
    .workers(2)
    .disable_signals()
    .listen(listener)
    .map_err(listen)?
    .run();
    let handle = server.handle();
    let sweeper = simulator.clone();
    let sweep = tokio::spawn(async move {
        loop {
            sweeper
                .clock()
                .run(async { events::expire_overdue(&sweeper) })
                .await;
            tokio::time::sleep(Duration::from_millis(SWEEP_MS)).await;
        }
    });
    tracing::info!(%addr, "the simulator listens");
    Ok(Running {
        addr,
        simulator,
        handle,
        server: tokio::spawn(server),
        sweep,
    })
}

/// Whatever a request asks the time for, it is the simulator's.
async fn by_our_clock<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    match request.app_data::<web::Data<Simulator>>().cloned() {
        Some(simulator) => simulator.clock().run(next.call(request)).await,
        None => next.call(request).await,
    }
}

fn world(options: &Options) -> World {
    let mut world = World::default();
    world.state_dir.clone_from(&options.state_dir);
    for base in &options.onec {
        world.onec.insert(base.name.clone(), Base::from_start(base));
    }
    for bank in &options.banks {
        let account = Account {
            settings: bank.settings.clone(),
            faults: bank.faults.clone(),
            ..Account::default()
        };
        world.banks.insert((bank.bank, bank.account.clone()), account);
    }
    for (name, faults) in &options.accounting {
        let mut receiver = Receiver::default();
        receiver.set(faults.clone());
        world.receivers.insert(name.clone(), receiver);
    }
    world
}
