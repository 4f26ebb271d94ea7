//! A page for an attempt that stands in the journal.

use jiff::Timestamp;
use sverka_domain::ids::AttemptId;

use super::begin::Begun;
use crate::App;
use crate::attempts::{RecordError, Seen};
use crate::auth::Caller;
use crate::ports::bank::AccountKey;
use crate::ports::store::StoreError;

/// What the app wants of a page. The texts are checked before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckoutRequest {
    /// Where the client's browser goes afterwards.
    pub return_url: String,
    /// When the page has to stop taking money; in the future.
    pub valid_until: Option<Timestamp>,
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum CheckoutError {
    /// The attempt was not recorded.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// There is no such attempt.
    #[error("payment attempt {0} does not exist")]
    NotFound(AttemptId),
    /// Its bank account is not configured any more.
    #[error("bank account {0} is not configured")]
    UnknownAccount(AccountKey),
    /// Somebody changed it since the caller looked.
    #[error("the attempt has changed: version {expected} was expected, it has {}", current.attempt.version)]
    Stale {
        /// What the caller saw.
        expected: i64,
        /// How it is.
        current: Box<Seen>,
    },
    /// It is paid, or its order is over.
    #[error("the attempt is {}: there is nothing to pay", current.attempt.state.bank_status)]
    Closed {
        /// How it is.
        current: Box<Seen>,
    },
    /// The bank refused to register the order.
    #[error("the bank refused to register the order: {words}")]
    Refused {
        /// In the bank's words.
        words: String,
        /// How it is.
        current: Box<Seen>,
    },
    /// There is no page for now.
    #[error("there is no payment page yet: {words}")]
    Unavailable {
        /// Why.
        words: String,
        /// When to try again, in seconds.
        retry_after: u32,
        /// How it is.
        current: Box<Seen>,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// Returns the attempt with its payment page: the one that it has, or a new one.
    ///
    /// # Errors
    /// [`CheckoutError`]. However it ends, the bank has at most one order of the attempt.
    pub async fn open_checkout(
        &self,
        caller: Caller,
        id: AttemptId,
        wanted: CheckoutRequest,
        expected_version: i64,
    ) -> Result<Seen, CheckoutError> {
        let _turn = self.turns().take(id).await;
        self.obtain_page(&caller, id, wanted, Some(expected_version))
            .await
    }

    /// The same, by whoever has the attempt's turn.
    pub(super) async fn obtain_page(
        &self,
        caller: &Caller,
        id: AttemptId,
        wanted: CheckoutRequest,
        expected_version: Option<i64>,
    ) -> Result<Seen, CheckoutError> {
        match self.begin_checkout(caller, id, wanted, expected_version).await? {
            Begun::HasPage(seen) => Ok(*seen),
            Begun::Call(order) => self.call_bank(*order).await,
            Begun::LookUp(order) => self.look_up_order(*order).await,
        }
    }
}
