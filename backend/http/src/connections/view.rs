//! A connection as the API shows it.

use jiff::Timestamp;
use serde::Serialize;
use sverka_app::catalog::{Catalog, Title};
use sverka_app::connections::{ConnectionSeen, ConnectionStanding};
use sverka_app::ports::accounting::{Check, CheckKind, CheckOutcome, Class};
use sverka_app::ports::store::{Backlog, ByHand, Tested};
use sverka_domain::money::Money;
use utoipa::ToSchema;

/// A name in both languages.
#[derive(Debug, Serialize, ToSchema)]
struct SystemTitle {
    ru: String,
    en: String,
}

/// What a connection's system can do.
#[derive(Debug, Serialize, ToSchema)]
struct ConnectionAbilities {
    /// Documents can be looked for.
    looks_up: bool,
    /// The client is found before anything is sent.
    matches_clients: bool,
}

/// Which payments go through a connection; an empty list takes all.
#[derive(Debug, Serialize, ToSchema)]
struct TakesView {
    /// Codes of merchants.
    merchants: Vec<String>,
    /// Bank accounts, as `bank/account`.
    bank_accounts: Vec<String>,
    /// Codes of payment types.
    payment_types: Vec<String>,
}

/// A pause that a person made.
#[derive(Debug, Serialize, ToSchema)]
struct PausedView {
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
    /// Who, by name.
    by: String,
    /// Why.
    reason: String,
}

/// What stands before a connection.
#[derive(Debug, Serialize, ToSchema)]
struct BacklogView {
    /// Waits to be sent, or is being sent.
    waiting: u64,
    /// Since when the oldest of it waits.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    oldest_at: Option<Timestamp>,
    /// Its sums, one a currency.
    amount: Vec<Money>,
    /// Waits for a person's decision.
    held: u64,
    /// Was refused.
    refused: u64,
}

/// One line of a self-test.
#[derive(Debug, Serialize, ToSchema)]
struct CheckView {
    kind: CheckKind,
    outcome: CheckOutcome,
    /// What was seen, in the system's words.
    #[schema(required = true)]
    detail: Option<String>,
}

/// A self-test and what it said.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConnectionTest {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Nothing failed.
    passed: bool,
    checks: Vec<CheckView>,
}

/// A connection to an accounting system.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConnectionView {
    name: String,
    /// The kind of system, as in the configuration.
    #[schema(example = "webhook")]
    kind: String,
    /// The name of that kind.
    title: SystemTitle,
    /// Whether the system itself refuses a second document under our key.
    class: Class,
    abilities: ConnectionAbilities,
    takes: TakesView,
    state: ConnectionStanding,
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    failing_since: Option<Timestamp>,
    /// When it is used again, if it is being left alone.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    next_try_at: Option<Timestamp>,
    /// The last failure, in the system's words.
    #[schema(required = true)]
    last_error: Option<String>,
    /// Its last answer that was no failure.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    last_good_at: Option<Timestamp>,
    #[schema(required = true)]
    paused: Option<PausedView>,
    backlog: BacklogView,
    #[schema(required = true)]
    self_test: Option<ConnectionTest>,
}

impl ConnectionView {
    /// The connection with the name of its kind.
    pub(crate) fn new(seen: ConnectionSeen, catalog: &Catalog) -> Self {
        let (connection, state) = (seen.connection, seen.state);
        Self {
            title: title(catalog, &connection.kind),
            name: connection.name,
            kind: connection.kind,
            class: seen.profile.class,
            abilities: ConnectionAbilities {
                looks_up: seen.profile.looks_up,
                matches_clients: seen.profile.matches_clients,
            },
            takes: TakesView {
                merchants: connection.takes.merchants,
                bank_accounts: connection.takes.bank_accounts,
                payment_types: connection.takes.payment_types,
            },
            state: seen.standing,
            failing_since: state.failing_since,
            next_try_at: seen.next_try_at,
            last_error: state.stopped.or(state.last_error),
            last_good_at: state.last_good_at,
            paused: state.held.map(PausedView::from),
            backlog: seen.backlog.into(),
            self_test: state.test.map(ConnectionTest::from),
        }
    }
}

fn title(catalog: &Catalog, kind: &str) -> SystemTitle {
    let known = catalog.systems.iter().find(|known| known.code == kind);
    let title = known.map_or_else(
        || Title {
            ru: kind.to_owned(),
            en: kind.to_owned(),
        },
        |known| known.title.clone(),
    );
    SystemTitle {
        ru: title.ru,
        en: title.en,
    }
}

impl From<ByHand> for PausedView {
    fn from(held: ByHand) -> Self {
        Self {
            since: held.since,
            by: held.by,
            reason: held.why,
        }
    }
}

impl From<Backlog> for BacklogView {
    fn from(backlog: Backlog) -> Self {
        Self {
            waiting: backlog.waiting,
            oldest_at: backlog.oldest_at,
            amount: backlog.amounts,
            held: backlog.held,
            refused: backlog.refused,
        }
    }
}

impl From<Tested> for ConnectionTest {
    fn from(tested: Tested) -> Self {
        let view = |check: Check| CheckView {
            kind: check.kind,
            outcome: check.outcome,
            detail: check.detail,
        };
        Self {
            at: tested.at,
            passed: tested
                .checks
                .iter()
                .all(|check| check.outcome != CheckOutcome::Failed),
            checks: tested.checks.into_iter().map(view).collect(),
        }
    }
}
