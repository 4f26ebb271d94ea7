//! What has to be in Tryton in the end. Its bytes are fixed at the first try; all requests are made from them.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use sverka_app::ports::accounting::Order;
use sverka_domain::attempt::Attempt;
use sverka_domain::delivery::DeliveryKind;
use sverka_domain::money::Money;

/// The longest description of a ledger entry, in characters.
const LONGEST: usize = 200;

/// Which way the money goes: the two kinds of `account.payment`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// From the client.
    Receivable,
    /// To the client.
    Payable,
}

/// One payment or refund, as it has to be posted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Posting {
    /// Our key: the delivery's id.
    pub(super) reference: String,
    pub(super) kind: Kind,
    /// The client's record, as it is written in a delivery.
    pub(super) party: Option<String>,
    pub(super) amount: Money,
    /// The day, in the connection's zone.
    pub(super) date: Date,
    /// The ledger entry's description, for people.
    pub(super) description: String,
    /// The payment's document, for a refund.
    pub(super) pays_back: Option<String>,
}

impl Posting {
    /// What `order` comes to.
    pub(super) fn of(order: &Order, zone: &TimeZone) -> Self {
        let (attempt, delivery) = (&order.attempt, &order.delivery);
        let (kind, word, at) = match delivery.kind {
            DeliveryKind::Payment => {
                let at = attempt.state.paid_at.unwrap_or(delivery.created_at);
                (Kind::Receivable, "оплата", at)
            }
            DeliveryKind::Refund => (Kind::Payable, "возврат", delivery.created_at),
        };
        Self {
            reference: delivery.id.to_string(),
            kind,
            party: order.client_key.clone(),
            amount: delivery.amount,
            date: zone.to_datetime(at).date(),
            description: describe(attempt, word),
            pays_back: order.payment_document.clone().filter(|_| kind == Kind::Payable),
        }
    }

    /// The stored bytes.
    pub(super) fn bytes(&self) -> Vec<u8> {
        // Text, numbers and a date: there is nothing in it that JSON could refuse.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// The record of the client.
    pub(super) fn party_id(&self) -> Option<i64> {
        self.party.as_deref()?.parse().ok()
    }
}

/// Who looks at the ledger sees where the entry is from, and does not enter the payment once more.
fn describe(attempt: &Attempt, word: &str) -> String {
    let mut text = format!(
        "Sverka: {word} {}, {} {}",
        attempt.order_number, attempt.bank, attempt.bank_account
    );
    if let Some(id) = &attempt.bank_order_id {
        text += &format!(", в банке {id}");
    }
    if let Some(rrn) = &attempt.rrn {
        text += &format!(", RRN {rrn}");
    }
    let note = "; создано автоматически, вручную не вводить";
    let room = LONGEST.saturating_sub(note.chars().count());
    text.chars().take(room).chain(note.chars()).collect()
}
