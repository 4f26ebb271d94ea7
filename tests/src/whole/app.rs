//! Sverka at work, and the turns of its machines by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::SignedDuration;
use metrics_exporter_prometheus::PrometheusBuilder;
use sverka_app::deliveries::{Claimed, Delivered};
use sverka_app::polling::{Asker, DueQueries};
use sverka_app::ports::accounting::Connections;
use sverka_app::ports::alarm::Channels;
use sverka_app::ports::bank::Banks;
use sverka_app::ports::clock::Chance;
use sverka_app::ports::store::Store;
use sverka_app::{App, Parts};
use sverka_http::{HttpSettings, Serving};
use sverka_simulator::Options;
use sverka_simulator::api::BankSettings;
use sverka_simulator::client::Control;

use super::clock::{CountedChance, MovedClock};
use super::detour::{Detour, Way};
use super::engine::{Database, Engine};
use super::gate::{Gate, Held};
use super::people::Tokens;
use super::{adapters, people};

/// Where notifications go before Sverka listens.
const NOWHERE: &str = "http://127.0.0.1:1";

/// How Sverka is set up for a test.
#[derive(Debug, Clone)]
pub struct Setup {
    /// On which engine.
    pub engine: Engine,
    /// Whether the workers run; otherwise their turns are taken by hand.
    pub workers: bool,
    /// The bank accounts, pointed at a simulator.
    pub banks: fn(&str) -> Banks,
    /// Decides the simulator's chances.
    pub seed: u64,
    /// Another accounting system than the simulator's; an empty text: none is configured.
    pub accounting: Option<String>,
    /// Where alarms go.
    pub channels: Channels,
}

impl Setup {
    /// The usual one.
    #[must_use]
    pub fn on(engine: Engine) -> Self {
        Self {
            engine,
            workers: false,
            banks: adapters::banks,
            seed: 1,
            accounting: None,
            channels: Channels::default(),
        }
    }
}

/// Sverka at work, with banks and an accounting system beside it.
pub struct TestApp {
    /// The use cases.
    pub sverka: App,
    /// The time.
    pub clock: Arc<MovedClock>,
    /// The other side: banks and the accounting system.
    pub control: Control,
    /// The engine of the store.
    pub engine: Engine,
    pub(super) url: String,
    pub(super) http: reqwest::Client,
    pub(super) tokens: Tokens,
    gate: Arc<Gate>,
    detour: Arc<Detour>,
    chance: Arc<dyn Chance>,
    serving: Option<Serving>,
    workers: Option<sverka_workers::Running>,
    simulator: Option<sverka_simulator::Running>,
    is_left_open: AtomicBool,
    has_own_accounting: bool,
    // The last field: it goes when nothing uses it any more.
    _database: Database,
}

impl TestApp {
    /// Sverka without workers.
    pub async fn spawn(engine: Engine) -> Self {
        Self::set_up(Setup::on(engine)).await
    }

    /// Sverka with its workers.
    pub async fn with_workers(engine: Engine) -> Self {
        Self::set_up(Setup {
            workers: true,
            ..Setup::on(engine)
        })
        .await
    }

    /// Sverka as the setup wants it.
    pub async fn set_up(setup: Setup) -> Self {
        let engine = setup.engine;
        let opened = tokio::task::spawn_blocking(move || {
            let database = Database::create(engine);
            let storage = database.open();
            (database, storage)
        });
        let (database, storage) = opened.await.unwrap();
        let options = Options {
            seed: setup.seed,
            ..Options::demo("127.0.0.1:0".parse().unwrap(), NOWHERE)
        };
        let simulator = sverka_simulator::start(options).await.unwrap();
        let control = Control::new(simulator.url()).unwrap();
        let gate = Arc::new(Gate::new(Arc::new(storage)));
        let clock = Arc::new(MovedClock::default());
        let chance: Arc<dyn Chance> = Arc::new(CountedChance::default());
        let own = setup.accounting.clone();
        let connections = match own.as_deref() {
            Some("") => Connections::default(),
            Some(url) => adapters::connections(url),
            None => adapters::connections(&format!("{}/accounting/crm/payments", simulator.url())),
        };
        let detour = Arc::new(Detour::default());
        let sverka = App::new(Parts {
            store: Store::new(gate.clone()),
            banks: (setup.banks)(&simulator.url()),
            connections,
            channels: setup.channels,
            catalog: adapters::catalog(),
            callback_sender: detour.clone(),
            registry_files: Arc::new(sverka_registries::KnownFiles),
            clock: clock.clone(),
            chance: chance.clone(),
        });
        let serving = serve(sverka.clone(), chance.clone());
        let url = format!("http://{}", serving.address);
        detour.lead_to(&url);
        send_callbacks_to(&control, &url).await;
        Self {
            workers: setup.workers.then(|| sverka_workers::start(&sverka)),
            sverka,
            clock,
            control,
            engine,
            url,
            http: reqwest::Client::builder()
                .no_proxy()
                // Reading the machine's certificates takes longer than most scenarios.
                .tls_certs_only([])
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .unwrap(),
            tokens: people::Tokens::default(),
            gate,
            detour,
            chance,
            serving: Some(serving),
            simulator: Some(simulator),
            is_left_open: AtomicBool::new(false),
            has_own_accounting: setup.accounting.is_some(),
            _database: database,
        }
    }

    /// Moves the time on by so many seconds.
    pub fn advance(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    /// Asks the banks about every attempt that is due, as the poller does. Returns how many were asked about.
    pub async fn poll(&self) -> usize {
        let mut asked = 0;
        for account in self.sverka.banks().all() {
            loop {
                let due = self
                    .sverka
                    .claim_due_queries(account.key.clone(), DueQueries::batch(20))
                    .await
                    .unwrap();
                if due.is_empty() {
                    break;
                }
                for due in due {
                    // A bank that does not answer is written down with the attempt.
                    let _ = self.sverka.ask_bank(due.attempt_id, Asker::Poller).await;
                    asked += 1;
                }
            }
        }
        asked
    }

    /// Takes the deliveries that are due, without sending them yet.
    pub async fn claim(&self) -> Vec<Claimed> {
        self.sverka.claim_deliveries("crm".to_owned(), 10).await.unwrap()
    }

    /// Passes on everything that is due, as the deliverer does. Returns how many were sent.
    pub async fn deliver(&self) -> usize {
        let mut sent = 0;
        loop {
            let claimed = self.claim().await;
            if claimed.is_empty() {
                return sent;
            }
            for held in claimed {
                if self.sverka.deliver(held).await.unwrap() == Delivered::Sent {
                    sent += 1;
                }
            }
        }
    }

    /// The use cases over the same journal, for an account `sber/main` with another secret for notifications.
    #[must_use]
    pub fn with_callback_secret(&self, secret: &str) -> App {
        let simulator = self.simulator_url();
        App::new(Parts {
            store: self.sverka.store().clone(),
            banks: adapters::banks_with(&simulator, secret),
            connections: self.sverka.connections().clone(),
            channels: self.sverka.channels().clone(),
            catalog: adapters::catalog(),
            callback_sender: self.detour.clone(),
            registry_files: Arc::new(sverka_registries::KnownFiles),
            clock: self.clock.clone(),
            chance: self.chance.clone(),
        })
    }

    /// Where the banks and the accounting system are.
    #[must_use]
    pub fn simulator_url(&self) -> String {
        self.simulator
            .as_ref()
            .map(sverka_simulator::Running::url)
            .unwrap()
    }

    /// Changes the way from the public address to Sverka.
    pub fn public_way(&self, way: Way) {
        self.detour.set(way);
    }

    /// Says that deliveries will be left open at the end, on purpose.
    pub fn leave_deliveries_open(&self) {
        self.is_left_open.store(true, Ordering::SeqCst);
    }

    /// Holds the next transaction that writes, right before its commit.
    #[must_use]
    pub fn hold_next_write(&self) -> Held {
        self.gate.hold_next_write()
    }

    /// The next so many transactions find no database.
    pub fn take_database_away(&self, times: u32) {
        self.gate.fail(times);
    }

    /// Ends it, and checks what must hold at the end of every scenario: nothing waits to be passed on that nobody
    /// looked at, and the accounting system got nothing twice.
    pub async fn finish(mut self) {
        if let Some(workers) = self.workers.take() {
            workers.stop().await;
        }
        let waiting = self
            .sverka
            .store()
            .read(|tx| tx.deliveries().backlog("crm"))
            .await
            .unwrap();
        if !self.has_own_accounting {
            let alarms = self.control.accounting("crm").await.unwrap().alarms;
            assert!(alarms.is_empty(), "the accounting system is alarmed: {alarms:?}");
        }
        let is_left_open = self.is_left_open.load(Ordering::SeqCst);
        assert!(
            is_left_open || waiting == 0,
            "{waiting} deliveries wait that nobody looked at: call deliver(), or leave_deliveries_open() if that is the point"
        );
        if let Some(serving) = self.serving.take() {
            serving.stop().await;
        }
        if let Some(simulator) = self.simulator.take() {
            simulator.stop().await;
        }
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        let is_finished = self.simulator.is_none();
        assert!(
            is_finished || std::thread::panicking(),
            "a TestApp was dropped without finish()"
        );
    }
}

fn serve(sverka: App, chance: Arc<dyn Chance>) -> Serving {
    let settings = HttpSettings {
        listen: "127.0.0.1:0".parse().unwrap(),
        jwt_secret: b"a secret of the tests, 32 bytes long".to_vec(),
        secure_cookies: true,
        trusted_proxies: Vec::new(),
        threads: 1,
        metrics: PrometheusBuilder::new().build_recorder().handle(),
        chance,
    };
    sverka_http::serve(sverka, settings).unwrap()
}

async fn send_callbacks_to(control: &Control, url: &str) {
    for known in control.banks().await.unwrap() {
        let (bank, account) = (known.bank.as_str(), known.account);
        let callback_url = known.settings.callback_url;
        let settings = BankSettings {
            callback_url: callback_url.map(|known| known.replace(NOWHERE, url)),
            ..BankSettings::default()
        };
        control.set_bank(bank, &account, &settings).await.unwrap();
    }
}
