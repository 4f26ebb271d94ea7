//! The connection of a thread that runs crowds.

use diesel::connection::SimpleConnection;
use diesel::r2d2::R2D2Connection;
use sverka_app::ports::store::StoreError;
use url::Url;

use crate::connect;
use crate::connection::AnyConn;
use crate::error::translate;

const BEGIN: &str = "begin isolation level read committed read write";

/// Every statement is a look-up by keys, whatever the planner believes about tables that it has no statistics of yet; and
/// each is planned once. A crowd waits for nobody for long: its members can go by themselves.
const SETTINGS: &str = "set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; \
     set plan_cache_mode = force_generic_plan; set lock_timeout = '500ms';";

/// A connection that is made when it is needed, and again when it is lost.
pub(crate) struct Session {
    url: Url,
    conn: Option<AnyConn>,
}

impl Session {
    pub(crate) fn new(url: Url) -> Self {
        Self { url, conn: None }
    }

    /// A connection with an open transaction. One that died while it was idle is made anew, once.
    pub(crate) fn begin(&mut self) -> Result<&mut AnyConn, StoreError> {
        if let Some(mut conn) = self.conn.take()
            && conn.batch_execute(BEGIN).is_ok()
        {
            return Ok(self.conn.insert(conn));
        }
        let mut conn =
            connect::postgres(&self.url).map_err(|error| StoreError::Unavailable(Box::new(error)))?;
        conn.batch_execute(SETTINGS).map_err(translate)?;
        conn.batch_execute(BEGIN).map_err(translate)?;
        Ok(self.conn.insert(conn))
    }

    /// Keeps what the transaction did.
    pub(crate) fn commit(&mut self) -> Result<(), StoreError> {
        match self.conn.as_mut() {
            Some(conn) => conn.batch_execute("commit").map_err(translate),
            None => Err(crate::error::unavailable("the connection was lost")),
        }
    }

    /// Forgets what the transaction did, and the connection with it where it is of no more use.
    pub(crate) fn roll_back(&mut self) {
        let Some(conn) = self.conn.as_mut() else { return };
        if let Err(error) = conn.batch_execute("rollback") {
            tracing::debug!(%error, "there was nothing left to roll back");
            self.conn = None;
            return;
        }
        if conn.is_broken() {
            self.conn = None;
        }
    }
}
