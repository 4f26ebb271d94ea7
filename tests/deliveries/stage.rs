//! Sverka's use cases over a store of the test's own, a clock that stands still, and a scripted accounting system.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use sverka_app::attempts::{Decide, DecideError, MarkPosted, OverrideStatus, Seen};
use sverka_app::auth::Caller;
use sverka_app::catalog::Catalog;
use sverka_app::deliveries::{Claimed, Delivered};
use sverka_app::ports::accounting::{AccountingPort, Class, Connection, Connections, Takes};
use sverka_app::ports::alarm::Channels;
use sverka_app::ports::bank::{Banks, RawCallback};
use sverka_app::ports::callback_sender::{CallbackSender, NotSent, SentAnswer};
use sverka_app::ports::clock::{Chance, Clock};
use sverka_app::ports::store::{ActorKind, ConnectionState, EventKind, Page, Store, StoreError, Tx};
use sverka_app::{App, Parts};
use sverka_domain::attempt::{Attempt, AttemptState};
use sverka_domain::client::Client;
use sverka_domain::delivery::{Decision, Delivery, DeliveryState};
use sverka_domain::ids::AttemptId;
use sverka_domain::money::{Currency, Money};
use sverka_domain::role::Role;
use sverka_domain::status::BankStatus;
use sverka_storage::{Storage, StorageSettings, migrate};
use uuid::Uuid;

use crate::system::System;

/// What every payment is over, in kopecks.
pub(crate) const AMOUNT: i64 = 450_000;
/// The lane takes so many at once.
pub(crate) const BATCH: u32 = 10;

/// A clock that stands still until it is moved.
pub(crate) struct StandingClock(AtomicI64);

impl Clock for StandingClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

struct Counted(AtomicU64);

impl Chance for Counted {
    fn id(&self, at: Timestamp) -> Uuid {
        let nth = self.0.fetch_add(1, Ordering::SeqCst);
        let mut tail = [0_u8; 10];
        tail[2..].copy_from_slice(&nth.to_be_bytes());
        let millis = u64::try_from(at.as_millisecond()).unwrap();
        uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()
    }

    fn secret(&self) -> [u8; 32] {
        panic!("nothing here is secret")
    }
}

struct Nobody;

#[async_trait]
impl CallbackSender for Nobody {
    async fn send(&self, _: &str, _: &RawCallback) -> Result<SentAnswer, NotSent> {
        panic!("no notifications are sent here")
    }
}

/// Everything that a scenario needs.
pub(crate) struct Stage {
    pub(crate) app: App,
    pub(crate) clock: Arc<StandingClock>,
    pub(crate) system: Arc<System>,
    connections: Connections,
    chance: Arc<Counted>,
    _folder: tempfile::TempDir,
}

impl Stage {
    pub(crate) async fn new(class: Class) -> Self {
        Self::over(System::new(class)).await
    }

    pub(crate) async fn over(system: System) -> Self {
        let system = Arc::new(system);
        let crm = connection("crm", Takes::default(), system.clone());
        Self::with(system, vec![crm]).await
    }

    pub(crate) async fn with(system: Arc<System>, connections: Vec<Connection>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/sverka.db", folder.path().display());
        let opened = tokio::task::spawn_blocking(move || {
            migrate(&url).unwrap();
            Storage::open(&StorageSettings::new(&url)).unwrap()
        });
        let store = Store::new(Arc::new(opened.await.unwrap()));
        let start = "2026-11-24T09:00:00Z".parse::<Timestamp>().unwrap();
        let clock = Arc::new(StandingClock(AtomicI64::new(start.as_microsecond())));
        let chance = Arc::new(Counted(AtomicU64::new(0)));
        let connections = Connections::new(connections);
        let app = app(store, connections.clone(), (&clock, &chance));
        Self {
            app,
            clock,
            system,
            connections,
            chance,
            _folder: folder,
        }
    }

    /// The program started anew over the same store, with other connections if told so.
    pub(crate) fn restart(&mut self, connections: Option<Vec<Connection>>) {
        if let Some(connections) = connections {
            self.connections = Connections::new(connections);
        }
        let store = self.app.store().clone();
        self.app = app(store, self.connections.clone(), (&self.clock, &self.chance));
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn advance(&self, by: SignedDuration) {
        let micros = i64::try_from(by.as_micros()).unwrap();
        self.clock.0.fetch_add(micros, Ordering::SeqCst);
    }

    pub(crate) fn seconds(&self, seconds: i64) {
        self.advance(SignedDuration::from_secs(seconds));
    }

    /// A paid attempt, its payment queued.
    pub(crate) async fn paid(&self) -> AttemptId {
        self.paid_for("membership").await
    }

    pub(crate) async fn paid_for(&self, payment_type: &str) -> AttemptId {
        let id = self.record(payment_type).await;
        self.set(id, BankStatus::Paid).await;
        id
    }

    pub(crate) async fn set(&self, id: AttemptId, bank_status: BankStatus) -> Seen {
        let decision = OverrideStatus {
            bank_status,
            reason: "the bank's cabinet shows it".to_owned(),
            evidence: None,
            expected_version: self.see(id).await.attempt.version,
        };
        self.app.override_status(operator(), id, decision).await.unwrap()
    }

    async fn record(&self, payment_type: &str) -> AttemptId {
        let now = self.now();
        let id = AttemptId(self.chance.id(now));
        let attempt = Attempt {
            id,
            merchant: "main".to_owned(),
            order_number: format!("A-{id}"),
            bank: "sber".to_owned(),
            bank_account: "main".to_owned(),
            bank_order_id: None,
            rrn: None,
            payment_url: None,
            payment_type: payment_type.to_owned(),
            client: Client {
                name: "Иванова Мария".to_owned(),
                phone: None,
                email: None,
                external_id: None,
            },
            description: None,
            metadata: serde_json::Map::new(),
            state: AttemptState::new(Money::new(AMOUNT, Currency::RUB)),
            next_query_at: None,
            last_query_at: None,
            last_query_error: None,
            created_at: now,
            updated_at: now,
            version: 1,
        };
        self.write(move |tx| tx.attempts().insert(&attempt, false)).await;
        id
    }

    pub(crate) async fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut dyn Tx) -> Result<T, StoreError> + Send + 'static,
    ) -> T {
        self.app.store().write(job).await.unwrap()
    }

    pub(crate) async fn see(&self, id: AttemptId) -> Seen {
        self.app.attempt(id).await.unwrap()
    }

    pub(crate) async fn deliveries(&self, id: AttemptId) -> Vec<Delivery> {
        let read = self
            .app
            .store()
            .read(move |tx| tx.deliveries().of_attempts(&[id]));
        read.await.unwrap()
    }

    /// The first delivery of an attempt: its payment.
    pub(crate) async fn payment(&self, id: AttemptId) -> Delivery {
        self.deliveries(id).await.swap_remove(0)
    }

    pub(crate) async fn connection(&self) -> ConnectionState {
        let read = self.app.store().read(|tx| tx.deliveries().connection("crm"));
        read.await.unwrap()
    }

    /// The kinds of the timeline's entries, oldest first.
    pub(crate) async fn story(&self, id: AttemptId) -> Vec<EventKind> {
        let page = Page {
            after: None,
            limit: 1_000,
        };
        let read = self.app.store().read(move |tx| tx.events().list(id, page));
        let mut kinds: Vec<EventKind> = read.await.unwrap().iter().map(|(event, ..)| event.kind).collect();
        kinds.reverse();
        kinds
    }

    pub(crate) async fn claim(&self) -> Vec<Claimed> {
        self.app.claim_deliveries("crm".to_owned(), BATCH).await.unwrap()
    }

    /// Does what is due now, as the lane does.
    pub(crate) async fn turn(&self) -> Vec<Delivered> {
        let mut done = Vec::new();
        loop {
            let claimed = self.claim().await;
            if claimed.is_empty() {
                return done;
            }
            for held in claimed {
                done.push(self.app.deliver(held).await.unwrap());
            }
        }
    }

    /// Moves the time to when something is due, and does it. Returns how long that was.
    pub(crate) async fn next_turn(&self) -> SignedDuration {
        let due = self.app.next_delivery_due("crm".to_owned()).await.unwrap();
        let wait = due.expect("something is due").duration_since(self.now());
        self.advance(wait.max(SignedDuration::ZERO));
        self.turn().await;
        wait
    }

    /// Does whatever comes due, until nothing is.
    pub(crate) async fn settle(&self) {
        for _ in 0..100 {
            self.turn().await;
            if self
                .app
                .next_delivery_due("crm".to_owned())
                .await
                .unwrap()
                .is_none()
            {
                return;
            }
            self.next_turn().await;
        }
        panic!("it never comes to an end");
    }

    /// Like [`Stage::settle`], however much there is.
    pub(crate) async fn settle_all(&self) {
        while self
            .app
            .next_delivery_due("crm".to_owned())
            .await
            .unwrap()
            .is_some()
        {
            self.next_turn().await;
        }
    }

    pub(crate) async fn decide(&self, id: AttemptId, decision: Decision) -> Result<Seen, DecideError> {
        let waiting = self.deliveries(id).await;
        let held = waiting.iter().find(|delivery| delivery.hold.is_some());
        let decide = Decide {
            delivery_id: held.unwrap_or(&waiting[0]).id,
            decision,
            reason: "looked it up over there".to_owned(),
            expected_version: self.see(id).await.attempt.version,
        };
        self.app.decide(operator(), id, decide).await
    }

    pub(crate) async fn resync(&self, id: AttemptId) {
        let version = self.see(id).await.attempt.version;
        self.app.resync(operator(), id, version).await.unwrap();
    }

    pub(crate) fn by_hand(expected_version: i64) -> MarkPosted {
        MarkPosted {
            document_ref: Some("ПКО-7".to_owned()),
            reason: "entered this morning".to_owned(),
            expected_version,
        }
    }

    /// Fails unless the payment stands so.
    #[track_caller]
    pub(crate) fn check(is: &Delivery, state: DeliveryState, last_error: Option<&str>) {
        assert_eq!((is.state, is.last_error.as_deref()), (state, last_error));
    }
}

fn app(store: Store, connections: Connections, (clock, chance): (&Arc<StandingClock>, &Arc<Counted>)) -> App {
    App::new(Parts {
        store,
        banks: Banks::new([]),
        connections,
        channels: Channels::default(),
        catalog: Catalog::default(),
        callback_sender: Arc::new(Nobody),
        registry_files: Arc::new(sverka_registries::KnownFiles),
        clock: clock.clone(),
        chance: chance.clone(),
    })
}

pub(crate) fn connection(name: &str, takes: Takes, port: Arc<dyn AccountingPort>) -> Connection {
    Connection {
        name: name.to_owned(),
        kind: "scripted".to_owned(),
        takes,
        port,
    }
}

pub(crate) fn operator() -> Caller {
    Caller {
        kind: ActorKind::User,
        id: "7".to_owned(),
        email: None,
        name: "Олег".to_owned(),
        role: Role::Operator,
    }
}
