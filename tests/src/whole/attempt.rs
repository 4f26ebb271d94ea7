//! Attempts to begin a scenario with.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};
use sverka_simulator::api::NewOrder;

use super::TestApp;

/// Order numbers are unique within a process.
static NEXT: AtomicU32 = AtomicU32::new(10_001);

/// An attempt to record.
#[derive(Debug, Clone)]
pub struct AttemptBuilder {
    /// The body of the request.
    pub body: Value,
    is_known_to_bank: bool,
}

/// An attempt that stands in the journal.
#[derive(Debug, Clone)]
pub struct Given {
    /// Its id.
    pub id: String,
    /// The order number.
    pub order_number: String,
    /// Code of the bank.
    pub bank: String,
    /// Name of the bank account.
    pub account: String,
    /// The bank's id; empty when the bank does not know the order.
    pub bank_order_id: String,
    /// The sum in minor units.
    pub amount: i64,
}

impl Given {
    /// The path of an operation on it, such as `/resync`.
    #[must_use]
    pub fn path(&self, operation: &str) -> String {
        format!("/api/v1/payment-attempts/{}{operation}", self.id)
    }
}

/// An attempt to pay 4 500 roubles for a membership at `sber/main`, for which the bank has an order.
#[must_use]
pub fn attempt() -> AttemptBuilder {
    let number = NEXT.fetch_add(1, Ordering::SeqCst);
    AttemptBuilder {
        body: json!({
            "order_number": format!("A-{number}"),
            "bank": "sber",
            "bank_account": "main",
            "payment_type": "membership",
            "amount": { "amount": 450_000, "currency": "RUB" },
            "client": { "name": "Иванова Мария Петровна", "phone": "+7 916 123-45-67" },
        }),
        is_known_to_bank: true,
    }
}

impl AttemptBuilder {
    /// At this bank account.
    #[must_use]
    pub fn at(mut self, bank: &str, account: &str) -> Self {
        self.body["bank"] = bank.into();
        self.body["bank_account"] = account.into();
        self
    }

    /// Over this sum, in minor units.
    #[must_use]
    pub fn over(mut self, amount: i64) -> Self {
        self.body["amount"]["amount"] = amount.into();
        self
    }

    /// By this client.
    #[must_use]
    pub fn by(mut self, name: &str, phone: &str) -> Self {
        self.body["client"] = json!({ "name": name, "phone": phone });
        self
    }

    /// With this value of a field.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.body[field] = value.into();
        self
    }

    /// The bank never heard of the order.
    #[must_use]
    pub fn unknown_to_bank(mut self) -> Self {
        self.is_known_to_bank = false;
        self
    }

    /// As the bank will know it, without an id: it is not recorded yet.
    #[must_use]
    pub fn unrecorded(&self) -> Given {
        let text = |field: &str| self.body[field].as_str().unwrap().to_owned();
        Given {
            id: String::new(),
            order_number: text("order_number"),
            bank: text("bank"),
            account: text("bank_account"),
            bank_order_id: String::new(),
            amount: self.body["amount"]["amount"].as_i64().unwrap(),
        }
    }
}

impl TestApp {
    /// Makes the bank's order, if the bank knows it, and records the attempt over HTTP.
    pub async fn given(&self, builder: AttemptBuilder) -> Given {
        let known = self.at_bank(&builder).await;
        self.record(&builder, known).await
    }

    /// Makes the bank's order only.
    pub async fn at_bank(&self, builder: &AttemptBuilder) -> Given {
        let given = builder.unrecorded();
        if !builder.is_known_to_bank {
            return given;
        }
        let new = NewOrder {
            order_number: given.order_number.clone(),
            amount: given.amount,
            ..NewOrder::default()
        };
        let order = self.control.create_order(&given.bank, &given.account, &new).await;
        Given {
            bank_order_id: order.unwrap().bank_order_id,
            ..given
        }
    }

    /// Records the attempt over HTTP.
    pub async fn record(&self, builder: &AttemptBuilder, known: Given) -> Given {
        let recorded = self
            .integrator()
            .post("/api/v1/payment-attempts", &builder.body)
            .await;
        assert_eq!(recorded.status, 201, "{}", recorded.text());
        Given {
            id: recorded.ok()["id"].as_str().unwrap().to_owned(),
            ..known
        }
    }
}
