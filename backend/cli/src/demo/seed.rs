//! The journal's first two days, told through the use cases with a clock that stands in the past.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use sverka_app::App;
use sverka_app::attempts::{MarkPosted, OverrideStatus, Report, SearchQuery};
use sverka_app::auth::Caller;
use sverka_app::polling::Asker;
use sverka_app::ports::accounting::{Connection, Connections};
use sverka_app::ports::alarm::Channels;
use sverka_app::ports::bank::{AccountKey, BankAccount, Banks, RawCallback};
use sverka_app::ports::clock::Clock;
use sverka_app::ports::store::ActorKind;
use sverka_app::{Parts, ports::clock::Chance};
use sverka_banks::HttpCallbackSender;
use sverka_domain::attempt::{Attempt, BankFact};
use sverka_domain::delivery::Verdict;
use sverka_domain::ids::AttemptId;
use sverka_domain::money::Money;
use sverka_domain::role::Role;
use sverka_domain::status::BankStatus;

use super::bank::{PastAccounting, PastBank};
use super::scenario::{STORIES, Scenario};
use super::{clients, order};
use crate::failure::Failure;

/// So many attempts.
const SEEDED: usize = 72;
/// Between two of them.
const GAP: SignedDuration = SignedDuration::from_mins(41);

/// A clock that is set by hand.
struct PastClock(AtomicI64);

impl Clock for PastClock {
    fn now(&self) -> Timestamp {
        let micros = self.0.fetch_add(1_000, Ordering::Relaxed);
        Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

struct Past {
    app: App,
    clock: Arc<PastClock>,
    bank: Arc<PastBank>,
    accounting: Arc<PastAccounting>,
}

/// Fills an empty journal; leaves any other as it is. Returns how many attempts were made.
pub(crate) async fn seed(present: &App, chance: Arc<dyn Chance>) -> Result<usize, Failure> {
    let query = SearchQuery {
        limit: 1,
        ..SearchQuery::default()
    };
    let journal = present.search_attempts(query).await.map_err(Failure::refused)?;
    if !journal.items.is_empty() {
        return Ok(0);
    }
    let past = Past::of(present, chance);
    let now = present.now();
    for n in 0..SEEDED {
        let back = GAP * i32::try_from(SEEDED - n).unwrap_or(0);
        past.set(now - back);
        past.tell(n).await?;
    }
    Ok(SEEDED)
}

impl Past {
    fn of(present: &App, chance: Arc<dyn Chance>) -> Self {
        let clock = Arc::new(PastClock(AtomicI64::new(0)));
        let bank = Arc::new(PastBank::new());
        let accounting = Arc::new(PastAccounting::new());
        let accounts = present.banks().all().into_iter().map(|account| BankAccount {
            key: account.key.clone(),
            merchant: account.merchant.clone(),
            port: bank.clone(),
        });
        let connections = present.connections().all().iter().map(|connection| Connection {
            name: connection.name.clone(),
            kind: connection.kind.clone(),
            takes: connection.takes.clone(),
            port: accounting.clone(),
        });
        let app = App::new(Parts {
            store: present.store().clone(),
            banks: Banks::new(accounts),
            connections: Connections::new(connections.collect()),
            channels: Channels::default(),
            catalog: present.catalog().clone(),
            callback_sender: Arc::new(HttpCallbackSender::default()),
            registry_files: Arc::new(sverka_registries::KnownFiles),
            clock: clock.clone(),
            chance,
        });
        Self {
            app,
            clock,
            bank,
            accounting,
        }
    }

    fn set(&self, at: Timestamp) {
        self.clock.0.store(at.as_microsecond(), Ordering::Relaxed);
    }

    fn wait(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1_000_000, Ordering::Relaxed);
    }

    async fn tell(&self, n: usize) -> Result<(), Failure> {
        let new = clients::attempt(n, format!("A-{}", 10_400 + n));
        let key = new.account.clone();
        let id = order::record(&self.app, new).await?;
        self.wait(35);
        let document = format!("ПКО-{:06}", 400 + n);
        self.accounting.will_say(Verdict::Applied {
            document_ref: Some(document.clone()),
        });
        match STORIES[n % STORIES.len()] {
            Scenario::Synced => self.notify(id, &key, BankStatus::Paid, None).await?,
            Scenario::Healed => self.ask(id, BankStatus::Paid).await?,
            Scenario::Declined => self.ask(id, BankStatus::Declined).await?,
            Scenario::Expired => self.ask(id, BankStatus::Expired).await?,
            Scenario::Abandoned => self.abandon(id).await?,
            Scenario::Refunded => {
                self.notify(id, &key, BankStatus::Paid, None).await?;
                self.deliver().await?;
                self.wait(5400);
                self.notify(id, &key, BankStatus::Refunded, None).await?;
            }
            Scenario::PostedByHand => {
                self.notify(id, &key, BankStatus::Paid, None).await?;
                return self.post_by_hand(id, document).await;
            }
            Scenario::Refused => {
                self.notify(id, &key, BankStatus::Paid, None).await?;
                self.accounting.will_say(Verdict::Refused {
                    reason: "Контрагент не найден: карта клиента закрыта".to_owned(),
                });
            }
            Scenario::Mismatch => self.notify(id, &key, BankStatus::Paid, Some(-10_000)).await?,
            Scenario::Overridden => self.override_status(id).await?,
        }
        self.deliver().await
    }

    async fn attempt(&self, id: AttemptId) -> Result<Attempt, Failure> {
        Ok(self.app.attempt(id).await.map_err(Failure::refused)?.attempt)
    }

    /// What the bank has on an attempt, `more` than it should be.
    fn fact(attempt: &Attempt, status: BankStatus, more: i64) -> BankFact {
        let amount = attempt.state.amount;
        let told = Money::new(amount.amount + more, amount.currency);
        BankFact {
            status,
            amount: Some(told),
            refunded: None,
            paid_at: None,
        }
    }

    async fn notify(
        &self,
        id: AttemptId,
        key: &AccountKey,
        status: BankStatus,
        more: Option<i64>,
    ) -> Result<(), Failure> {
        let attempt = self.attempt(id).await?;
        self.bank
            .will_say(Some(Self::fact(&attempt, status, more.unwrap_or(0))));
        let operation = if status == BankStatus::Refunded {
            "refunded"
        } else {
            "deposited"
        };
        let number = &attempt.order_number;
        let raw = RawCallback {
            method: "GET".to_owned(),
            query: format!(
                "mdOrder={}&operation={operation}&status=1&orderNumber={number}",
                attempt.id
            ),
            body: Vec::new(),
            headers: vec![("user-agent".to_owned(), "seeded journal".to_owned())],
            from: None,
        };
        self.app
            .receive_callback(key.clone(), raw)
            .await
            .map_err(Failure::refused)?;
        if more.is_none() {
            // A notification is a hint; the bank's answer is the fact.
            self.wait(2);
            self.ask(id, status).await?;
        }
        Ok(())
    }

    async fn ask(&self, id: AttemptId, status: BankStatus) -> Result<(), Failure> {
        let attempt = self.attempt(id).await?;
        self.bank.will_say(Some(Self::fact(&attempt, status, 0)));
        self.app
            .ask_bank(id, Asker::Poller)
            .await
            .map_err(Failure::refused)?;
        Ok(())
    }

    async fn abandon(&self, id: AttemptId) -> Result<(), Failure> {
        let expected_version = self.attempt(id).await?.version;
        let report = Report {
            bank_order_id: None,
            bank_status: Some(BankStatus::Abandoned),
            expected_version,
        };
        self.app
            .report(order::the_app(), id, report)
            .await
            .map_err(Failure::refused)?;
        Ok(())
    }

    async fn post_by_hand(&self, id: AttemptId, document: String) -> Result<(), Failure> {
        let expected_version = self.attempt(id).await?.version;
        let mark = MarkPosted {
            document_ref: Some(document),
            reason: "Администратор клуба провёл оплату на ресепшене".to_owned(),
            expected_version,
        };
        self.app
            .mark_posted(operator(), id, mark)
            .await
            .map_err(Failure::refused)?;
        Ok(())
    }

    async fn override_status(&self, id: AttemptId) -> Result<(), Failure> {
        let expected_version = self.attempt(id).await?.version;
        let decision = OverrideStatus {
            bank_status: BankStatus::Paid,
            reason: "Банк не отвечал; в кабинете банка платёж есть".to_owned(),
            evidence: Some("Строка кабинета, код авторизации 045781".to_owned()),
            expected_version,
        };
        self.app
            .override_status(operator(), id, decision)
            .await
            .map_err(Failure::refused)?;
        Ok(())
    }

    async fn deliver(&self) -> Result<(), Failure> {
        self.wait(1);
        for connection in self.app.connections().all() {
            let claimed = self
                .app
                .claim_deliveries(connection.name.clone(), 10)
                .await
                .map_err(Failure::refused)?;
            for held in claimed {
                self.app.deliver(held).await.map_err(Failure::refused)?;
            }
        }
        Ok(())
    }
}

fn operator() -> Caller {
    Caller {
        kind: ActorKind::User,
        id: "seeded".to_owned(),
        email: None,
        name: "Ольга Петрова".to_owned(),
        role: Role::Operator,
    }
}
