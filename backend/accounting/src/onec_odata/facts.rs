//! What is stored of an order at its first try: the facts, not the document. The key never changes again; the document
//! is made of the facts anew at each try, so that a mapping that was wrong can be mended.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sverka_app::ports::accounting::Order;
use sverka_domain::delivery::DeliveryKind;
use sverka_domain::ids::DeliveryId;
use sverka_domain::money::Money;
use uuid::Uuid;

/// The facts of one payment or refund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Facts {
    pub(super) kind: DeliveryKind,
    pub(super) delivery_id: DeliveryId,
    /// The entity at the first try; empty where none was configured.
    pub(super) entity: String,
    /// The document's key, of our choice.
    pub(super) key: Uuid,
    pub(super) amount: Money,
    /// When it happened.
    pub(super) at: Timestamp,
    pub(super) order_number: String,
    pub(super) bank_order_id: Option<String>,
    pub(super) rrn: Option<String>,
    pub(super) client_key: Option<String>,
    pub(super) payment_document: Option<String>,
}

impl Facts {
    /// The facts of an order; the key and the entity are those of its first try, if there was one.
    pub(super) fn of(order: &Order, base: &str, entity: Option<&str>) -> Self {
        let (attempt, delivery) = (&order.attempt, &order.delivery);
        let before = delivery.body.as_deref().and_then(Self::read);
        let entity = entity.unwrap_or_default();
        let (key, entity) = match before {
            Some(before) => (before.key, before.entity),
            None => (key(base, entity, delivery.id.0.as_bytes()), entity.to_owned()),
        };
        let at = match delivery.kind {
            DeliveryKind::Payment => attempt.state.paid_at.unwrap_or(delivery.created_at),
            DeliveryKind::Refund => delivery.created_at,
        };
        Self {
            kind: delivery.kind,
            delivery_id: delivery.id,
            entity,
            key,
            amount: delivery.amount,
            at,
            order_number: attempt.order_number.clone(),
            bank_order_id: attempt.bank_order_id.clone(),
            rrn: attempt.rrn.clone(),
            client_key: order.client_key.clone(),
            payment_document: order.payment_document.clone(),
        }
    }

    /// What is stored.
    pub(super) fn bytes(&self) -> Vec<u8> {
        // Plain structs of text and numbers: there is nothing in them that JSON could refuse.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// What was stored; `None` where a connection of another kind stored it.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// Our reference on the document.
    pub(super) fn reference(&self) -> String {
        format!("{MARK}{}", self.delivery_id)
    }

    /// A sentence on the document, for those who might enter it a second time.
    pub(super) fn comment(&self) -> String {
        let what = match self.kind {
            DeliveryKind::Payment => "оплата",
            DeliveryKind::Refund => "возврат по заказу",
        };
        format!("{MADE_BY_US}: {what} {}, вручную не вводить", self.order_number)
    }
}

/// Every reference of ours begins with it.
pub(super) const MARK: &str = "Сверка ";
/// Every comment of ours begins with it.
pub(super) const MADE_BY_US: &str = "Создано автоматически (Сверка)";

/// The key that we choose for an object: the same for the same thing, another one in another base.
pub(super) fn key(base: &str, entity: &str, name: &[u8]) -> Uuid {
    let connection = Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("{base}{entity}").as_bytes());
    Uuid::new_v5(&connection, name)
}
