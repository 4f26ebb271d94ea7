//! `LISTEN` and `NOTIFY` of PostgreSQL: what one process has committed wakes up the workers of the others.
//!
//! On a connection of its own, outside of all transactions: a transaction that notifies takes a lock of the whole server
//! at its commit, which would put all others in a row. What rings often is told once.

use std::collections::HashSet;
use std::str::FromStr as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::prelude::RunQueryDsl as _;
use diesel::sql_types::Integer;
use diesel::{PgConnection, QueryResult};
use sverka_app::ports::bells::{Bell, Bells};
use url::Url;

use crate::connect;
use crate::connection::AnyConn;
use crate::open_error::OpenError;
use crate::place::Place;

/// What others tell is looked for so often, which is a system call and no query; what rang here is told as often.
const LISTEN_EVERY: Duration = Duration::from_millis(50);
/// A server that is away is tried again after so long.
const RECONNECT_AFTER: Duration = Duration::from_secs(2);

/// Rings for the thread that has the connection.
struct Rope(Arc<Shared>);

#[derive(Default)]
struct Shared {
    /// A bit for each bell that rang.
    rung: AtomicU8,
    is_over: AtomicBool,
}

/// The connection.
struct Line {
    conn: PgConnection,
    /// By this the server names us: what we told ourselves is no news.
    process: i32,
}

/// Connects the bells of this process with those of the others on the same database: what they ring comes to `heard`, on
/// a thread of its own. `None` for SQLite, where one process has the file. A server that is away is waited for.
///
/// # Errors
/// [`OpenError`]: the URL, or no thread.
pub fn bells(
    database_url: &str,
    heard: impl Fn(Bell) + Send + 'static,
) -> Result<Option<Arc<dyn Bells>>, OpenError> {
    let Place::Postgres(url) = Place::read(database_url)? else {
        return Ok(None);
    };
    let shared = Arc::new(Shared::default());
    let of_thread = Arc::clone(&shared);
    let shown = Place::Postgres(url.clone()).shown();
    let spawned = thread::Builder::new()
        .name("store-bells".to_owned())
        .spawn(move || run(&url, &of_thread, &heard));
    spawned.map_err(|error| OpenError::Broken {
        place: shown,
        reason: format!("a thread cannot be started: {error}"),
    })?;
    Ok(Some(Arc::new(Rope(shared))))
}

impl Bells for Rope {
    fn ring(&self, bell: Bell) {
        self.0.rung.fetch_or(bit(bell), Ordering::AcqRel);
    }
}

impl Drop for Rope {
    fn drop(&mut self) {
        self.0.is_over.store(true, Ordering::Release);
    }
}

fn bit(bell: Bell) -> u8 {
    let place = Bell::ALL.iter().position(|known| *known == bell);
    1 << place.unwrap_or_default()
}

fn run(url: &Url, shared: &Shared, heard: &dyn Fn(Bell)) {
    let is_over = || shared.is_over.load(Ordering::Acquire);
    while !is_over() {
        if let Err(error) = listen(url, shared, heard) {
            tracing::debug!(%error, "the other processes cannot be heard");
            thread::park_timeout(RECONNECT_AFTER);
        }
    }
}

/// Tells and listens until the connection is lost, or the store is closed.
fn listen(url: &Url, shared: &Shared, heard: &dyn Fn(Bell)) -> Result<(), diesel::result::Error> {
    let mut line = Line::open(url)?;
    // Whatever rang before was not heard here.
    Bell::ALL.into_iter().for_each(heard);
    while !shared.is_over.load(Ordering::Acquire) {
        line.tell(shared.rung.swap(0, Ordering::AcqRel))?;
        for bell in line.heard()? {
            heard(bell);
        }
        // What rings in the meantime is told with the next turn, however often it rang.
        thread::park_timeout(LISTEN_EVERY);
    }
    Ok(())
}

impl Line {
    fn open(url: &Url) -> QueryResult<Self> {
        let lost = |error: diesel::ConnectionError| diesel::result::Error::QueryBuilderError(Box::new(error));
        let AnyConn::Pg(mut conn) = connect::postgres(url).map_err(lost)? else {
            return Err(diesel::result::Error::NotFound);
        };
        conn.batch_execute("listen sverka")?;
        let process = diesel::select(sql::<Integer>("pg_backend_pid()")).get_result(&mut conn)?;
        Ok(Self { conn, process })
    }

    fn tell(&mut self, rung: u8) -> QueryResult<()> {
        let names = Bell::ALL.iter().filter(|bell| rung & bit(**bell) != 0);
        let statements: Vec<String> = names.map(|bell| format!("notify sverka, '{bell}'")).collect();
        if statements.is_empty() {
            return Ok(());
        }
        self.conn.batch_execute(&statements.join("; "))
    }

    /// What others told since the last time, each once.
    fn heard(&mut self) -> QueryResult<HashSet<Bell>> {
        let process = self.process;
        let mut bells = HashSet::new();
        for told in self.conn.notifications_iter() {
            let told = told?;
            // What we do not know, a newer program told.
            if told.process_id != process
                && let Ok(bell) = Bell::from_str(&told.payload)
            {
                bells.insert(bell);
            }
        }
        Ok(bells)
    }
}
