//! Transactions as PayOnline tells of them, and the text answers that hold them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use sverka_app::ports::bank::BankError;
use sverka_domain::money::{Currency, Money};

use super::list::table;

/// How dates stand in requests and answers; UTC.
pub(super) const DATE: &str = "%Y-%m-%d %H:%M:%S";

/// One transaction of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Transaction {
    pub(super) id: String,
    pub(super) order_number: String,
    /// Money back to the client; everything else is a payment.
    pub(super) is_refund: bool,
    pub(super) state: State,
    pub(super) amount: Money,
    pub(super) at: Option<Timestamp>,
}

/// Where a transaction stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Held until the merchant completes it.
    PreAuthorized,
    /// Authorised; taken by the daily run.
    Pending,
    /// Taken.
    Settled,
    /// Cancelled.
    Voided,
    /// Refused.
    Declined,
    /// On its way, or a word that we do not know.
    Other,
}

impl State {
    fn read(text: &str) -> Self {
        match text {
            "PreAuthorized" => Self::PreAuthorized,
            "Pending" => Self::Pending,
            "Settled" => Self::Settled,
            "Voided" => Self::Voided,
            "Declined" => Self::Declined,
            _ => Self::Other,
        }
    }

    /// The name that PayOnline uses.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::PreAuthorized => "PreAuthorized",
            Self::Pending => "Pending",
            Self::Settled => "Settled",
            Self::Voided => "Voided",
            Self::Declined => "Declined",
            Self::Other => "Other",
        }
    }
}

/// Reads an answer of Search: `TransactionId=…&Amount=…&Currency=…&Order=…&DateTime=…&Status=…`; nothing
/// when there is no good payment. More than one line would be more than one payment.
pub(super) fn search(body: &str) -> Result<Vec<Transaction>, BankError> {
    refuse_error(body)?;
    body.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(found)
        .collect()
}

/// Reads an answer of List: CSV under a line of headings.
pub(super) fn list(body: &str) -> Result<Vec<Transaction>, BankError> {
    refuse_error(body)?;
    let table = table(body);
    let Some((headings, rows)) = table.split_first() else {
        return Ok(Vec::new());
    };
    let column = |name: &str| headings.iter().position(|heading| heading.trim() == name);
    rows.iter()
        .map(|row| transaction(|name| Some(row.get(column(name)?)?.trim())))
        .collect::<Option<_>>()
        .filter(|_| column("Id").is_some())
        .ok_or_else(unreadable)
}

fn unreadable() -> BankError {
    BankError::Unavailable("the answer is not in PayOnline's form".to_owned())
}

/// `Code=4024&Message=…`: 4xxx and the like are ours to mend, 1xxx and 3xxx are the other side's troubles.
fn refuse_error(body: &str) -> Result<(), BankError> {
    let Some(rest) = body.trim_start().strip_prefix("Code=") else {
        return Ok(());
    };
    let (code, rest) = rest.trim_end().split_once('&').unwrap_or((rest.trim_end(), ""));
    let message = rest.strip_prefix("Message=").unwrap_or(rest);
    let words = format!("{code} {message}").replace('\0', "");
    match code.as_bytes().first() {
        Some(b'1' | b'3') => Err(BankError::Unavailable(words)),
        _ => Err(BankError::Refused(words)),
    }
}

fn found(line: &str) -> Result<Transaction, BankError> {
    let field = |name: &str| {
        let pairs = line.split('&').filter_map(|pair| pair.split_once('='));
        pairs
            .clone()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    };
    transaction(|name| match name {
        "Id" => field("TransactionId"),
        "OrderId" => field("Order").or_else(|| field("OrderId")),
        "Date" => field("DateTime"),
        // Search is about payments only and does not say so.
        "Type" => Some("Purchase"),
        name => field(name),
    })
    .ok_or_else(unreadable)
}

fn transaction<'a>(field: impl Fn(&str) -> Option<&'a str>) -> Option<Transaction> {
    let currency: Currency = field("Currency")?.parse().ok()?;
    Some(Transaction {
        id: field("Id").filter(|id| !id.is_empty())?.to_owned(),
        order_number: field("OrderId")?.to_owned(),
        is_refund: field("Type")?.eq_ignore_ascii_case("Refund"),
        state: State::read(field("Status")?),
        amount: Money::from_decimal(field("Amount")?, currency).ok()?,
        at: field("Date").and_then(date),
    })
}

/// A date, form-encoded or not.
fn date(text: &str) -> Option<Timestamp> {
    let plain = text
        .replace('+', " ")
        .replace("%3A", ":")
        .replace("%3a", ":")
        .replace("%20", " ");
    let date = DateTime::strptime(DATE, &plain).ok()?;
    TimeZone::UTC.to_timestamp(date).ok()
}
