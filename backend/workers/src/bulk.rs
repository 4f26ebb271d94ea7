//! Goes through actions on many attempts, a batch of rows at a time.

use futures_util::StreamExt as _;
use sverka_app::App;
use sverka_app::bulk::{BulkWork, Silence};
use sverka_app::ports::store::{BulkAction, StoreError};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::driver::{Rest, Worker};

/// Rows that are taken at once.
const BATCH: u32 = 50;
/// So many questions to banks at once: one that is slow does not hold the others up.
const AT_ONCE: usize = 4;

/// The worker.
pub(crate) struct Bulk {
    app: App,
}

impl Bulk {
    pub(crate) fn new(app: App) -> Self {
        Self { app }
    }

    /// Goes through the rows that were claimed, until the run is stopped or this process is.
    async fn go_through(&self, work: &BulkWork, stop: &CancellationToken) -> Result<(), StoreError> {
        let at_once = match work.run.action {
            BulkAction::BankQuery => AT_ONCE,
            // A connection is asked one thing at a time, as the deliverer does.
            BulkAction::Resync => 1,
        };
        let silence = Silence::default();
        let halt = stop.child_token();
        let rows = futures_util::stream::iter(work.rows.clone()).map(|row| {
            let (silence, halt) = (&silence, &halt);
            async move {
                if halt.is_cancelled() {
                    return Ok(());
                }
                if !self.app.do_bulk_row(&work.run, row, silence).await? {
                    halt.cancel();
                }
                Ok(())
            }
        });
        let mut rows = std::pin::pin!(rows.buffer_unordered(at_once));
        let mut failed = None;
        while let Some(done) = rows.next().await {
            if let Err(error) = done {
                halt.cancel();
                failed = failed.or(Some(error));
            }
        }
        failed.map_or(Ok(()), Err)
    }
}

impl Worker for Bulk {
    fn name(&self) -> String {
        "bulk".to_owned()
    }

    fn app(&self) -> &App {
        &self.app
    }

    fn bell(&self) -> Option<&Notify> {
        Some(self.app.nudges().bulk())
    }

    async fn turn(&self, stop: &CancellationToken) -> Result<Rest, StoreError> {
        let Some(work) = self.app.claim_bulk_work(BATCH).await? else {
            return Ok(Rest::Until(None));
        };
        let outcome = self.go_through(&work, stop).await;
        // Whoever starts next need not wait for the lease to run out.
        self.app.release_bulk_work(work.run.id).await?;
        outcome?;
        Ok(if stop.is_cancelled() {
            Rest::Until(None)
        } else {
            Rest::More
        })
    }
}
