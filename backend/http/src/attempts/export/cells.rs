//! A row of the file, whatever its form.

use jiff::Timestamp;
use sverka_domain::attempt::Attempt;
use sverka_domain::money::Money;

/// A value of a cell.
pub(super) enum Cell {
    /// A word of ours: a code, an id, a status.
    Word(String),
    /// A text from outside.
    Text(String),
    /// A sum.
    Sum(Money),
    /// A time.
    Time(Timestamp),
    /// Yes or no.
    Flag(bool),
    /// Nothing.
    Empty,
}

/// The names of the columns, as in the API.
pub(super) const COLUMNS: [&str; 22] = [
    "id",
    "created_at",
    "merchant",
    "order_number",
    "bank",
    "bank_account",
    "bank_order_id",
    "rrn",
    "payment_type",
    "amount",
    "currency",
    "refunded",
    "client_name",
    "client_phone",
    "client_email",
    "client_external_id",
    "bank_status",
    "bank_status_source",
    "paid_at",
    "lost_callback",
    "crm_status",
    "crm_document_ref",
];

/// The cells of an attempt, in the order of the columns.
pub(super) fn cells(attempt: Attempt) -> [Cell; COLUMNS.len()] {
    let text = |text: Option<String>| text.map_or(Cell::Empty, Cell::Text);
    let state = attempt.state;
    let refunded = Money::new(state.refunded, state.amount.currency);
    let client = attempt.client;
    [
        Cell::Word(attempt.id.to_string()),
        Cell::Time(attempt.created_at),
        Cell::Word(attempt.merchant),
        Cell::Text(attempt.order_number),
        Cell::Word(attempt.bank),
        Cell::Word(attempt.bank_account),
        text(attempt.bank_order_id),
        text(attempt.rrn),
        Cell::Text(attempt.payment_type),
        Cell::Sum(state.amount),
        Cell::Word(state.amount.currency.to_string()),
        Cell::Sum(refunded),
        Cell::Text(client.name),
        // Digits with a plus, made so by us: no formula.
        client.phone.map_or(Cell::Empty, Cell::Word),
        text(client.email),
        text(client.external_id),
        Cell::Word(state.bank_status.to_string()),
        Cell::Word(state.bank_status_source.to_string()),
        state.paid_at.map_or(Cell::Empty, Cell::Time),
        Cell::Flag(state.facts.lost_callback()),
        Cell::Word(state.crm_status.to_string()),
        text(state.crm_document_ref),
    ]
}
