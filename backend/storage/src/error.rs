//! What the engines say went wrong, in the words of the port.

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error};
use sverka_app::ports::store::StoreError;

/// The unique indexes that a caller may run into, by their names in PostgreSQL and by what SQLite says instead.
const TAKEN: [(&str, &str, &str); 7] = [
    (
        "attempts_order_number",
        "payment_attempts.order_number",
        "order_number",
    ),
    (
        "attempts_bank_order_id",
        "payment_attempts.bank_order_id",
        "bank_order_id",
    ),
    ("deliveries_document", "deliveries.document_key", "document"),
    ("registries_of_file", "registries.digest", "registry"),
    ("users_email", "users.email", "email"),
    ("api_keys_name", "api_keys.name", "name"),
    ("idempotency_keys_pkey", "idempotency_keys.key", "idempotency_key"),
];

/// What both engines say when they cannot work now, though they might later. Neither gives diesel a code for it.
const PASSING: [&str; 17] = [
    // PostgreSQL
    "lock timeout",
    "statement timeout",
    "deadlock detected",
    "could not serialize access",
    "too many clients",
    "remaining connection slots",
    "the database system is",
    "terminating connection",
    "server closed the connection",
    "no connection to the server",
    "could not receive data",
    "could not send data",
    "connection to server",
    // SQLite
    "database is locked",
    "unable to open database file",
    "disk I/O error",
    "database or disk is full",
];

/// Something that should not be: a bug, or a row that we did not write.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Wrong(pub(crate) String);

/// An error of ours, as the port has it.
pub(crate) fn wrong(what: impl Into<String>) -> StoreError {
    StoreError::Failed(Box::new(Wrong(what.into())))
}

/// The database cannot be used now.
pub(crate) fn unavailable(why: impl Into<String>) -> StoreError {
    StoreError::Unavailable(Box::new(Wrong(why.into())))
}

/// What diesel reports, as the port has it.
pub(crate) fn translate(error: Error) -> StoreError {
    let verdict = match &error {
        Error::DatabaseError(kind, info) => database(kind, info.as_ref()),
        Error::BrokenTransactionManager => Verdict::Passing,
        _ => Verdict::Failed,
    };
    match verdict {
        Verdict::Taken(what) => StoreError::Taken(what),
        Verdict::Passing => StoreError::Unavailable(Box::new(error)),
        Verdict::Failed => StoreError::Failed(Box::new(error)),
    }
}

enum Verdict {
    Taken(&'static str),
    Passing,
    Failed,
}

fn database(kind: &DatabaseErrorKind, info: &dyn DatabaseErrorInformation) -> Verdict {
    match kind {
        DatabaseErrorKind::UniqueViolation => taken(info).map_or(Verdict::Failed, Verdict::Taken),
        DatabaseErrorKind::ClosedConnection
        | DatabaseErrorKind::UnableToSendCommand
        | DatabaseErrorKind::SerializationFailure => Verdict::Passing,
        _ if PASSING.iter().any(|words| info.message().contains(words)) => Verdict::Passing,
        _ => Verdict::Failed,
    }
}

/// PostgreSQL names the index; SQLite lists its columns, the telling one last.
fn taken(info: &dyn DatabaseErrorInformation) -> Option<&'static str> {
    let entry = match info.constraint_name() {
        Some(name) => TAKEN.iter().find(|(index, ..)| *index == name),
        None => TAKEN
            .iter()
            .find(|(_, column, _)| info.message().ends_with(column)),
    };
    entry.map(|(.., what)| *what)
}
