//! Our side: the deliveries as the database has them.

use std::str::FromStr as _;

use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl as _, SqliteConnection, sql_query};
use serde_json::Value;
use uuid::Uuid;

/// What is passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A payment.
    Payment,
    /// Money that went back.
    Refund,
}

/// A delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its attempt.
    pub attempt: String,
    /// Payment or refund.
    pub kind: Kind,
    /// Where it stands, in the database's words.
    pub state: String,
    /// Why it is held, if it is.
    pub hold: Option<String>,
    /// Tries that were begun.
    pub tries: i64,
    /// The last reason why it did not work.
    pub last_error: Option<String>,
}

impl Row {
    /// Whether nothing more happens to it by itself.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(
            self.state.as_str(),
            "synced" | "held" | "needs_attention" | "posted_by_hand" | "withdrawn"
        )
    }
}

#[derive(QueryableByName)]
struct Raw {
    #[diesel(sql_type = Text)]
    attempt: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = Nullable<Text>)]
    hold: Option<String>,
    #[diesel(sql_type = BigInt)]
    tries: i64,
    #[diesel(sql_type = Nullable<Text>)]
    last_error: Option<String>,
}

const POSTGRES: &str = "select attempt_id::text as attempt, kind, state, hold::text as hold, tries, last_error \
                        from deliveries order by queue_number";
const SQLITE: &str = "select lower(hex(attempt_id)) as attempt, kind, state, hold, tries, last_error \
                      from deliveries order by queue_number";

/// Every delivery of the database at `url`; an error while it is away.
pub(super) async fn deliveries(url: &str) -> Result<Vec<Row>, String> {
    let url = url.to_owned();
    let read = tokio::task::spawn_blocking(move || read(&url));
    read.await.expect("reading does not panic")
}

fn read(url: &str) -> Result<Vec<Row>, String> {
    // As the storage does: or the process may end by a signal.
    openssl_sys::init();
    let raw: Vec<Raw> = match url.strip_prefix("sqlite://") {
        Some(path) => {
            let mut connection = SqliteConnection::establish(path).map_err(|error| error.to_string())?;
            let waits = sql_query("pragma busy_timeout = 10000").execute(&mut connection);
            waits.map_err(|error| error.to_string())?;
            sql_query(SQLITE).load(&mut connection)
        }
        None => {
            let mut connection = PgConnection::establish(url).map_err(|error| error.to_string())?;
            sql_query(POSTGRES).load(&mut connection)
        }
    }
    .map_err(|error| error.to_string())?;
    Ok(raw.into_iter().map(row).collect())
}

fn row(raw: Raw) -> Row {
    let hold = raw.hold.map(|text| {
        let hold: Value = serde_json::from_str(&text).expect("a hold is JSON");
        hold["reason"].as_str().expect("a hold has a reason").to_owned()
    });
    Row {
        attempt: Uuid::from_str(&raw.attempt).expect("an id").to_string(),
        kind: match raw.kind.as_str() {
            "payment" => Kind::Payment,
            "refund" => Kind::Refund,
            other => panic!("a delivery of kind {other}"),
        },
        state: raw.state,
        hold,
        tries: raw.tries,
        last_error: raw.last_error,
    }
}
