//! The document to create: the bytes are fixed at the first try.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use sverka_app::ports::accounting::Order;
use sverka_domain::delivery::DeliveryKind;
use sverka_domain::ids::DeliveryId;
use sverka_domain::money::Money;
use url::Url;
use uuid::{Uuid, uuid};

/// Of the keys that documents are created under: UUIDv5 of the delivery's id in it.
const DOCUMENTS: Uuid = uuid!("5c3a5c0e-5d0c-5b7e-9d8e-6a7f0f2b9c41");

/// The key of a delivery's document.
pub(super) fn sync_id(delivery: DeliveryId) -> Uuid {
    Uuid::new_v5(&DOCUMENTS, delivery.0.as_bytes())
}

/// A kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Entity {
    /// Входящий платёж.
    PaymentIn,
    /// Исходящий платёж.
    PaymentOut,
}

impl Entity {
    pub(super) fn of(kind: DeliveryKind) -> Self {
        match kind {
            DeliveryKind::Payment => Self::PaymentIn,
            DeliveryKind::Refund => Self::PaymentOut,
        }
    }

    /// As it stands in addresses and in `meta`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::PaymentIn => "paymentin",
            Self::PaymentOut => "paymentout",
        }
    }
}

/// What is sent, and what has to be known to send it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Parcel {
    pub(super) entity: Entity,
    /// The sum with its currency, which the document does not name.
    pub(super) amount: Money,
    pub(super) document: Document,
}

/// A document as it is created. Sums are whole kopecks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document {
    pub(super) sync_id: Uuid,
    pub(super) external_code: String,
    pub(super) organization: Link,
    #[serde(skip_serializing_if = "Option::is_none")]
    organization_account: Option<Link>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) agent: Option<Link>,
    sum: i64,
    moment: String,
    applicable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    incoming_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    incoming_date: Option<String>,
    payment_purpose: String,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) expense_item: Option<Link>,
    #[serde(skip_serializing_if = "Option::is_none")]
    project: Option<Link>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sales_channel: Option<Link>,
}

/// A link to an object of the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Link {
    meta: Meta,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Meta {
    href: String,
    #[serde(rename = "type")]
    kind: String,
    media_type: String,
}

impl Link {
    /// A link to `entity/{kind}/{id}`.
    pub(super) fn new(base: &Url, kind: &str, id: Uuid) -> Self {
        Self::at(format!("{base}entity/{kind}/{id}"), kind)
    }

    fn at(href: String, kind: &str) -> Self {
        Self {
            meta: Meta {
                href,
                kind: kind.to_owned(),
                media_type: "application/json".to_owned(),
            },
        }
    }

    pub(super) fn href(&self) -> &str {
        &self.meta.href
    }
}

/// What all documents of a connection have in common.
#[derive(Debug)]
pub(super) struct Letterhead {
    pub(super) base: Url,
    pub(super) zone: TimeZone,
    pub(super) organization: Uuid,
    pub(super) account: Option<Uuid>,
    pub(super) expense_item: Option<Uuid>,
    pub(super) project: Option<Uuid>,
    pub(super) sales_channel: Option<Uuid>,
    pub(super) counterparty: Option<Uuid>,
}

impl Letterhead {
    pub(super) fn organization(&self) -> Link {
        Link::new(&self.base, "organization", self.organization)
    }

    pub(super) fn expense_item(&self) -> Option<Link> {
        self.link("expenseitem", self.expense_item)
    }

    pub(super) fn link(&self, kind: &str, id: Option<Uuid>) -> Option<Link> {
        id.map(|id| Link::new(&self.base, kind, id))
    }

    /// The client's counterparty: the one for all, or the one that was found.
    pub(super) fn agent(&self, order: &Order) -> Option<Uuid> {
        let found = || order.client_key.as_deref()?.parse().ok();
        self.counterparty.or_else(found)
    }

    /// A time as the service reads it: `2026-11-24 13:00:00`, on the account's clock.
    pub(super) fn moment(&self, at: Timestamp) -> String {
        let local = self.zone.to_datetime(at);
        local.strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    /// The document of an order.
    pub(super) fn compose(&self, order: &Order) -> Parcel {
        let (attempt, delivery) = (&order.attempt, &order.delivery);
        let entity = Entity::of(delivery.kind);
        let is_payment = entity == Entity::PaymentIn;
        let number = &attempt.order_number;
        let at = match delivery.kind {
            DeliveryKind::Payment => attempt.state.paid_at.unwrap_or(delivery.created_at),
            DeliveryKind::Refund => delivery.created_at,
        };
        let moment = self.moment(at);
        let account = self.account.map(|id| {
            let href = format!("{}/accounts/{id}", self.organization().href());
            Link::at(href, "account")
        });
        let bank_number = attempt.bank_order_id.clone().or_else(|| attempt.rrn.clone());
        Parcel {
            entity,
            amount: delivery.amount,
            document: Document {
                sync_id: sync_id(delivery.id),
                external_code: delivery.id.to_string(),
                organization: self.organization(),
                organization_account: account,
                agent: self.link("counterparty", self.agent(order)),
                sum: delivery.amount.amount,
                incoming_number: bank_number.filter(|_| is_payment),
                incoming_date: is_payment.then(|| moment.clone()),
                moment,
                applicable: true,
                payment_purpose: if is_payment {
                    format!("Оплата заказа {number}")
                } else {
                    format!("Возврат оплаты заказа {number}")
                },
                description: description(order),
                // Required for a payment that goes out, unknown to one that comes in.
                expense_item: self.expense_item().filter(|_| !is_payment),
                project: self.link("project", self.project),
                sales_channel: self.link("saleschannel", self.sales_channel),
            },
        }
    }
}

/// For the person who reads the document. Payments cannot be linked to payments over there: a refund names its own.
fn description(order: &Order) -> String {
    let (attempt, delivery) = (&order.attempt, &order.delivery);
    let mut text = match delivery.kind {
        DeliveryKind::Payment => "Создано автоматически (Сверка)".to_owned(),
        DeliveryKind::Refund => match &order.payment_document {
            Some(id) => format!("Создано автоматически (Сверка), возврат по входящему платежу {id}"),
            None => "Создано автоматически (Сверка), возврат".to_owned(),
        },
    };
    text.push_str(", ");
    text.push_str(&attempt.bank);
    for number in [&attempt.bank_order_id, &attempt.rrn].into_iter().flatten() {
        text.push(' ');
        text.push_str(number);
    }
    text.push_str(". Вручную не вводить.");
    text
}

impl Parcel {
    pub(super) fn bytes(&self) -> Vec<u8> {
        // Plain text and numbers: there is nothing in them that JSON could refuse.
        serde_json::to_vec(self).unwrap_or_default()
    }

    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}
