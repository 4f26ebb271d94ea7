//! New connections, set up for their use.

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::prelude::Connection;
use diesel::{ConnectionError, PgConnection, SqliteConnection};
use url::Url;

use crate::connection::AnyConn;

/// What a connection to SQLite is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// The one that writes.
    Writing,
    /// Any of those that read.
    Reading,
}

/// `synchronous = full`: what was answered survives a power cut. The cache is each connection's own, and small, above all
/// where one only reads: what is not in it comes from that of the operating system.
const SQLITE: &str = "pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full; \
     pragma foreign_keys = on; pragma temp_store = memory; pragma cache_size = -8192; \
     pragma wal_autocheckpoint = 4000;";

/// Limits, so that one bad statement or a stuck transaction cannot stop the others. A commit that was answered must
/// survive a crash of the server, whatever its configuration says. Plans in parallel or compiled cost more than they
/// save in statements of milliseconds.
const POSTGRES: &str = "set time zone 'UTC'; set statement_timeout = '30s'; set lock_timeout = '5s'; \
     set idle_in_transaction_session_timeout = '60s'; set jit = off; set max_parallel_workers_per_gather = 0; \
     select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off';";

/// A connection to a file of SQLite.
pub(crate) fn sqlite(path: &Path, purpose: Use) -> Result<AnyConn, ConnectionError> {
    // A name is a name: without a folder before it, `file:…` would be read as a URL.
    let path = if path.is_absolute() {
        path.to_owned()
    } else {
        Path::new(".").join(path)
    };
    let Some(path) = path.to_str() else {
        return Err(ConnectionError::BadConnection("the path is not UTF-8".to_owned()));
    };
    let mut conn = SqliteConnection::establish(path)?;
    conn.batch_execute(SQLITE)
        .map_err(ConnectionError::CouldntSetupConfiguration)?;
    if purpose == Use::Reading {
        let only = conn.batch_execute("pragma query_only = on; pragma cache_size = -3072");
        only.map_err(ConnectionError::CouldntSetupConfiguration)?;
    }
    Ok(AnyConn::Sqlite(conn))
}

/// A connection to a server of PostgreSQL.
pub(crate) fn postgres(url: &Url) -> Result<AnyConn, ConnectionError> {
    // Before libpq does it: OpenSSL would otherwise tidy up when the process ends, under the hands of a thread of the
    // pool that is still opening or closing a connection, and the process would end by a signal.
    openssl_sys::init();
    let mut url = url.clone();
    let given: Vec<String> = url.query_pairs().map(|(name, _)| name.into_owned()).collect();
    for (name, value) in [("connect_timeout", "5"), ("application_name", "sverka")] {
        if !given.iter().any(|given| given == name) {
            url.query_pairs_mut().append_pair(name, value);
        }
    }
    let mut conn = PgConnection::establish(url.as_str())?;
    conn.batch_execute(POSTGRES)
        .map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(AnyConn::Pg(conn))
}
