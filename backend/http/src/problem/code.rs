//! Every error code: stable, unique, with its status and what the caller should do.

use actix_web::http::StatusCode;
use serde::{Deserialize, Serialize};
use strum::{Display, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// A machine-readable error code. It never changes its meaning.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
    Display,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ErrorCode {
    /// The request is not well formed.
    BadRequest,
    /// The body is not JSON.
    InvalidJson,
    /// A query parameter is wrong.
    InvalidQuery,
    /// A field of the body is wrong.
    ValidationFailed,
    /// The cursor was not given out by this API.
    InvalidCursor,
    /// The id is not a UUID.
    InvalidId,
    /// No credentials, or bad ones.
    Unauthenticated,
    /// Wrong e-mail address or password.
    InvalidCredentials,
    /// The session is over.
    SessionExpired,
    /// The caller may not do this.
    Forbidden,
    /// There is no such thing.
    NotFound,
    /// The path knows other methods.
    MethodNotAllowed,
    /// The body's type is not taken here.
    UnsupportedMediaType,
    /// The body is too large.
    PayloadTooLarge,
    /// The bank account has that order number already.
    AttemptExists,
    /// No such bank account is configured.
    UnknownBankAccount,
    /// The attempt has changed meanwhile.
    VersionConflict,
    /// The attempt is not paid.
    NotPaid,
    /// The accounting system has it.
    AlreadySynced,
    /// It was entered by hand.
    PostedByHand,
    /// The status can't be set by hand now.
    OverrideRefused,
    /// The attempt has that status.
    StatusUnchanged,
    /// It is being sent at this moment.
    DeliveryInProgress,
    /// Nothing waits for a decision.
    NothingToDecide,
    /// The document or client is not among those found.
    NotAmongFound,
    /// The decision does not fit why the payment is held.
    UnfitDecision,
    /// The document is linked to another payment.
    DocumentTaken,
    /// A person paused the connection already.
    ConnectionPaused,
    /// Nothing holds the connection back.
    ConnectionNotPaused,
    /// Too many attempts at once.
    BulkTooLarge,
    /// Only a rehearsal is run for real.
    NotARehearsal,
    /// The rehearsal is not over yet.
    BulkRunning,
    /// The run is over.
    BulkOver,
    /// Another attempt has that bank order id.
    BankOrderIdTaken,
    /// The bank does not send notifications again.
    ResendNotSupported,
    /// The raw form of the notification was dropped.
    NotificationRawDropped,
    /// The idempotency key was used for another request.
    IdempotencyKeyReused,
    /// The first request with the idempotency key is still running.
    IdempotencyInProgress,
    /// A registry file cannot be read.
    RegistryUnreadable,
    /// No known layout fits a registry file.
    RegistryLayoutUnknown,
    /// The bank has no list of operations.
    ListNotSupported,
    /// That does not mend this line of a registry.
    MendNotPossible,
    /// Too many requests.
    RateLimited,
    /// The bank did not answer.
    BankUnavailable,
    /// The bank refused to register the order.
    CheckoutRefused,
    /// There is no payment page for now.
    CheckoutUnavailable,
    /// The attempt is paid, or its order is over.
    CheckoutClosed,
    /// The database is not available.
    DatabaseUnavailable,
    /// A fault of Sverka.
    Internal,
}

impl ErrorCode {
    /// HTTP status, title, and what the caller should do.
    #[must_use]
    #[expect(
        clippy::too_many_lines,
        reason = "a table: a line or two a code, and none can be forgotten"
    )]
    pub fn facts(self) -> (StatusCode, &'static str, &'static str) {
        use StatusCode as S;
        match self {
            Self::BadRequest => (
                S::BAD_REQUEST,
                "Bad request",
                "Mend the request; `detail` says what is wrong.",
            ),
            Self::InvalidJson => (
                S::BAD_REQUEST,
                "Not JSON",
                "Send a body that is valid JSON in UTF-8.",
            ),
            Self::InvalidQuery => (
                S::BAD_REQUEST,
                "Wrong query",
                "Mend the parameters that `errors` names.",
            ),
            Self::ValidationFailed => (
                S::UNPROCESSABLE_ENTITY,
                "Wrong field",
                "Mend the fields that `errors` names.",
            ),
            Self::InvalidCursor => (S::BAD_REQUEST, "Unknown cursor", "Start again without `cursor`."),
            Self::InvalidId => (
                S::BAD_REQUEST,
                "Wrong id",
                "Use an id as this API gave it: a UUID.",
            ),
            Self::Unauthenticated => (
                S::UNAUTHORIZED,
                "Not signed in",
                "Send `Authorization: Bearer` with a token or an API key.",
            ),
            Self::InvalidCredentials => (
                S::UNAUTHORIZED,
                "Wrong credentials",
                "Check the e-mail address and the password.",
            ),
            Self::SessionExpired => (S::UNAUTHORIZED, "Session over", "Sign in again."),
            Self::Forbidden => (
                S::FORBIDDEN,
                "Not allowed",
                "Ask an administrator for a role that may do this.",
            ),
            Self::NotFound => (S::NOT_FOUND, "Not found", "Check the address."),
            Self::MethodNotAllowed => (
                S::METHOD_NOT_ALLOWED,
                "Method not allowed",
                "Use a method of the `Allow` header.",
            ),
            Self::UnsupportedMediaType => (
                S::UNSUPPORTED_MEDIA_TYPE,
                "Unsupported media type",
                "Send `Content-Type: application/json`.",
            ),
            Self::PayloadTooLarge => (S::PAYLOAD_TOO_LARGE, "Body too large", "Send at most 256 KiB."),
            Self::AttemptExists => (
                S::CONFLICT,
                "Order number taken",
                "Find the attempt by its order number, or use a new number.",
            ),
            Self::UnknownBankAccount => (
                S::UNPROCESSABLE_ENTITY,
                "Unknown bank account",
                "Use a bank account that is configured.",
            ),
            Self::VersionConflict => (
                S::CONFLICT,
                "Changed meanwhile",
                "Look at `attempt`, and repeat with its version if still wanted.",
            ),
            Self::NotPaid => (
                S::CONFLICT,
                "Not paid",
                "Ask the bank, or set the status by hand, first.",
            ),
            Self::AlreadySynced => (
                S::CONFLICT,
                "Already there",
                "Nothing: the accounting system has it.",
            ),
            Self::PostedByHand => (
                S::CONFLICT,
                "Posted by hand",
                "Nothing: it was entered by hand and is never sent.",
            ),
            Self::OverrideRefused => (
                S::CONFLICT,
                "Override refused",
                "Choose one of `override_options` of the attempt.",
            ),
            Self::StatusUnchanged => (
                S::CONFLICT,
                "Status unchanged",
                "Nothing: the attempt has that status.",
            ),
            Self::DeliveryInProgress => (S::CONFLICT, "Being sent", "Wait a few seconds and look again."),
            Self::NothingToDecide => (
                S::CONFLICT,
                "Nothing to decide",
                "Look at the attempt again: somebody decided, or the cause is gone.",
            ),
            Self::NotAmongFound => (
                S::CONFLICT,
                "Not among those found",
                "Choose one of the documents or clients that the hold lists.",
            ),
            Self::UnfitDecision => (
                S::CONFLICT,
                "Decision does not fit",
                "Choose what the reason of the hold allows: see `hold.decisions`.",
            ),
            Self::DocumentTaken => (
                S::CONFLICT,
                "Document taken",
                "Choose another document: this one is linked to another payment already.",
            ),
            Self::ConnectionPaused => (
                S::CONFLICT,
                "Paused already",
                "Nothing: somebody paused the connection before. Look at `paused` of it.",
            ),
            Self::ConnectionNotPaused => (
                S::CONFLICT,
                "Nothing to resume",
                "Nothing: the connection is not held back.",
            ),
            Self::BulkTooLarge => (
                S::UNPROCESSABLE_ENTITY,
                "Too many at once",
                "Narrow the choice: at most 10 000 by their ids, 100 000 by a filter.",
            ),
            Self::NotARehearsal => (
                S::CONFLICT,
                "Not a rehearsal",
                "Begin a new run: only a rehearsal is run for real.",
            ),
            Self::BulkRunning => (
                S::CONFLICT,
                "Rehearsal running",
                "Wait until the rehearsal is over, or stop it.",
            ),
            Self::BulkOver => (S::CONFLICT, "Run over", "Nothing: every row had its turn."),
            Self::BankOrderIdTaken => (
                S::CONFLICT,
                "Bank order id taken",
                "Check the id: another attempt of this bank account has it.",
            ),
            Self::ResendNotSupported => (
                S::CONFLICT,
                "No resending",
                "Nothing: this bank does not send notifications again. Ask it about the payments instead.",
            ),
            Self::NotificationRawDropped => (
                S::CONFLICT,
                "Raw form dropped",
                "Nothing: it is older than the retention time, and nothing is left of it to read. Ask the bank instead.",
            ),
            Self::IdempotencyKeyReused => (
                S::UNPROCESSABLE_ENTITY,
                "Idempotency key reused",
                "Use a new key for a new request.",
            ),
            Self::IdempotencyInProgress => (
                S::CONFLICT,
                "Still running",
                "Repeat the same request in a few seconds.",
            ),
            Self::RegistryUnreadable => (
                S::UNPROCESSABLE_ENTITY,
                "Unreadable registry",
                "Mend the file or the mapping; `detail` names the line and what is wrong with it.",
            ),
            Self::RegistryLayoutUnknown => (
                S::UNPROCESSABLE_ENTITY,
                "Unknown layout",
                "Look at the preview, save a mapping of the columns, and name it in `mapping`.",
            ),
            Self::ListNotSupported => (
                S::CONFLICT,
                "No list at this bank",
                "Load the bank's registry as a file.",
            ),
            Self::MendNotPossible => (
                S::CONFLICT,
                "Not mended so",
                "Look at the line again, and choose one of its `mends`.",
            ),
            Self::RateLimited => (
                S::TOO_MANY_REQUESTS,
                "Too many requests",
                "Wait as `Retry-After` says.",
            ),
            Self::BankUnavailable => (
                S::BAD_GATEWAY,
                "Bank unavailable",
                "Try again later; Sverka goes on asking by itself.",
            ),
            Self::CheckoutRefused => (
                S::UNPROCESSABLE_ENTITY,
                "Checkout refused",
                "Mend what `detail` says, in the bank's words, and open the page again: `attempt` is recorded.",
            ),
            Self::CheckoutUnavailable => (
                S::SERVICE_UNAVAILABLE,
                "No payment page yet",
                "Repeat as `Retry-After` says, with the same `Idempotency-Key`, or by the attempt's `checkout`.",
            ),
            Self::CheckoutClosed => (
                S::CONFLICT,
                "Nothing to pay",
                "Look at `attempt`: it is paid, or its order is over and needs another number.",
            ),
            Self::DatabaseUnavailable => (
                S::SERVICE_UNAVAILABLE,
                "Database unavailable",
                "Repeat the request as `Retry-After` says.",
            ),
            Self::Internal => (
                S::INTERNAL_SERVER_ERROR,
                "Internal error",
                "Tell the administrator the `request_id`.",
            ),
        }
    }

    /// HTTP status.
    #[must_use]
    pub fn status(self) -> StatusCode {
        self.facts().0
    }
}

/// The table of all codes, for `errors.md`.
#[must_use]
pub fn table() -> String {
    let mut text = String::from(
        "# Error codes\n\nEvery problem answer (`application/problem+json`) has one of these in `code`. \
         Generated from the code; do not edit.\n\n| code | status | title | what the caller should do |\n\
         | --- | --- | --- | --- |\n",
    );
    for code in ErrorCode::VARIANTS {
        let (status, title, advice) = code.facts();
        text.push_str(&format!(
            "| `{code}` | {} | {title} | {advice} |\n",
            status.as_u16()
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_title_of_its_own() {
        let mut titles: Vec<_> = ErrorCode::VARIANTS.iter().map(|code| code.facts().1).collect();
        titles.sort_unstable();
        titles.dedup();
        assert_eq!(titles.len(), ErrorCode::VARIANTS.len());
    }
}
