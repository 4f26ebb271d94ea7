//! What is fixed at the first try: the payment in our own words. The deal is found anew at each try, since a person may
//! have mended it meanwhile; the sum, the key and the client are not.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sverka_app::ports::accounting::Order;
use sverka_domain::delivery::DeliveryKind;
use sverka_domain::money::Money;

/// A payment or refund to enter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Parcel {
    pub(super) kind: DeliveryKind,
    /// Our key: the delivery's id.
    pub(super) key: String,
    pub(super) amount: Money,
    /// When the client paid.
    pub(super) paid_at: Timestamp,
    pub(super) order_number: String,
    /// The portal's key of the contact, where deals are found by it.
    pub(super) contact: Option<String>,
    /// The bank's number of the payment.
    pub(super) bank_number: Option<String>,
    pub(super) rrn: Option<String>,
    /// For the person who reads the payment.
    pub(super) comment: String,
    /// The portal's key of the payment that a refund belongs to.
    pub(super) refund_of: Option<String>,
}

impl Parcel {
    pub(super) fn of(order: &Order) -> Self {
        let (attempt, delivery) = (&order.attempt, &order.delivery);
        let number = &attempt.order_number;
        Self {
            kind: delivery.kind,
            key: delivery.id.to_string(),
            amount: delivery.amount,
            paid_at: attempt.state.paid_at.unwrap_or(delivery.created_at),
            order_number: number.clone(),
            contact: order.client_key.clone(),
            bank_number: attempt.bank_order_id.clone(),
            rrn: attempt.rrn.clone(),
            comment: format!(
                "Создано автоматически (Сверка), оплата {number}, {}. Вручную не вводить.",
                attempt.bank
            ),
            refund_of: order
                .payment_document
                .clone()
                .filter(|_| delivery.kind == DeliveryKind::Refund),
        }
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        // Plain text and numbers: there is nothing in them that JSON could refuse.
        serde_json::to_vec(self).unwrap_or_default()
    }

    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// When it was paid, as the portal reads times.
    pub(super) fn paid_at(&self) -> String {
        time(self.paid_at)
    }
}

/// A time as the portal reads it: ISO 8601 with the offset in numbers.
pub(super) fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string()
}
