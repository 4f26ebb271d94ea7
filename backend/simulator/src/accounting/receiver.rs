//! What the receiver remembers and how it decides.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::api::{AccountingFaults, AccountingMode, AccountingSummary, Alarm, AlarmKind, Receipt};
use crate::world::CAPACITY;

/// A receiver.
#[derive(Clone, Debug, Default)]
pub(crate) struct Receiver {
    pub(crate) faults: AccountingFaults,
    pub(crate) summary: AccountingSummary,
    receipts: Vec<Kept>,
    by_id: HashMap<String, usize>,
    payments: HashSet<String>,
}

#[derive(Clone, Debug)]
struct Kept {
    receipt: Receipt,
    bytes: Vec<u8>,
}

/// What came of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Applied {
    /// A document was made.
    Created(String),
    /// It was made before.
    Already(String),
    /// Other bytes under the same id: nothing was made.
    Changed,
}

impl Receiver {
    /// The mode of the next request; counts it.
    pub(crate) fn next_mode(&mut self) -> AccountingMode {
        self.summary.deliveries += 1;
        if let Some(left) = &mut self.faults.times {
            if *left == 0 {
                self.faults.mode = AccountingMode::Ok;
                self.faults.times = None;
            } else {
                *left -= 1;
            }
        }
        self.faults.mode
    }

    /// Sets the faults; a secret that is not given stays.
    pub(crate) fn set(&mut self, mut faults: AccountingFaults) {
        faults.secret = faults.secret.or_else(|| self.faults.secret.take());
        self.faults = faults;
    }

    /// The receipts, oldest first.
    pub(crate) fn receipts(&self) -> Vec<Receipt> {
        self.receipts.iter().map(|kept| kept.receipt.clone()).collect()
    }

    /// Takes a believed request.
    pub(crate) fn apply(&mut self, webhook_id: &str, bytes: &[u8], now: i64) -> Applied {
        let known = self.by_id.get(webhook_id).copied();
        let Some(index) = known else {
            return self.first(webhook_id, bytes, now);
        };
        let again = self.faults.ignore_ids.then(|| self.next_document());
        let Some(kept) = self.receipts.get_mut(index) else {
            return self.first(webhook_id, bytes, now);
        };
        kept.receipt.count_received += 1;
        kept.receipt.last_at = now;
        if kept.bytes != bytes {
            kept.receipt.body_changed = true;
            self.alarm(
                AlarmKind::BodyChanged,
                webhook_id,
                "other bytes came under an id that was known",
            );
            return Applied::Changed;
        }
        let Some(document) = again else {
            return Applied::Already(kept.receipt.document_ref.clone());
        };
        kept.receipt.applied_times += 1;
        kept.receipt.document_refs.push(document.clone());
        self.summary.documents += 1;
        self.alarm(
            AlarmKind::DoublePayment,
            webhook_id,
            "applied again: this receiver does not key on the id",
        );
        Applied::Created(document)
    }

    fn first(&mut self, webhook_id: &str, bytes: &[u8], now: i64) -> Applied {
        let document = self.next_document();
        self.summary.documents += 1;
        let text = || Value::String(String::from_utf8_lossy(bytes).into_owned());
        let body: Value = serde_json::from_slice(bytes).unwrap_or_else(|_| text());
        if let Some(payment) = payment(&body)
            && !self.payments.insert(payment.clone())
        {
            self.alarm(
                AlarmKind::DoublePayment,
                webhook_id,
                &format!("{payment} came under another id before"),
            );
        }
        let receipt = Receipt {
            webhook_id: webhook_id.to_owned(),
            count_received: 1,
            applied_times: 1,
            document_ref: document.clone(),
            document_refs: vec![document.clone()],
            body_changed: false,
            body,
            first_at: now,
            last_at: now,
        };
        if self.receipts.len() >= CAPACITY {
            self.forget_oldest();
        }
        self.by_id.insert(webhook_id.to_owned(), self.receipts.len());
        self.receipts.push(Kept {
            receipt,
            bytes: bytes.to_vec(),
        });
        Applied::Created(document)
    }

    /// Half at a time: the index has to be made anew, which one at a time would cost at every request.
    fn forget_oldest(&mut self) {
        self.receipts.drain(..CAPACITY / 2);
        self.by_id = self
            .receipts
            .iter()
            .enumerate()
            .map(|(index, kept)| (kept.receipt.webhook_id.clone(), index))
            .collect();
        self.payments = self
            .receipts
            .iter()
            .filter_map(|kept| payment(&kept.receipt.body))
            .collect();
    }

    fn next_document(&self) -> String {
        format!("ПКО-{:06}", self.summary.documents + 1)
    }

    fn alarm(&mut self, kind: AlarmKind, webhook_id: &str, detail: &str) {
        if self.summary.alarms.len() < CAPACITY {
            self.summary.alarms.push(Alarm {
                kind,
                webhook_id: webhook_id.to_owned(),
                detail: detail.to_owned(),
            });
        }
    }
}

/// What must be posted once: a payment is its attempt; of refunds an attempt may have several, so there it is the delivery.
fn payment(body: &Value) -> Option<String> {
    let (kind, data) = (body.get("type")?.as_str()?, body.get("data")?);
    let key = if kind == "payment.succeeded" {
        "attempt_id"
    } else {
        "delivery_id"
    };
    Some(format!("{kind} {}", data.get(key)?.as_str()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAYMENT: &[u8] = br#"{"type":"payment.succeeded","data":{"attempt_id":"a","delivery_id":"d"}}"#;

    #[test]
    fn a_repeat_makes_no_second_document() {
        let mut receiver = Receiver::default();
        assert_eq!(
            receiver.apply("msg_1", PAYMENT, 1),
            Applied::Created("ПКО-000001".into())
        );
        assert_eq!(
            receiver.apply("msg_1", PAYMENT, 2),
            Applied::Already("ПКО-000001".into())
        );
        assert_eq!(receiver.apply("msg_1", b"{}", 3), Applied::Changed);
        let receipt = &receiver.receipts()[0];
        assert_eq!(
            (
                receipt.count_received,
                receipt.applied_times,
                receipt.body_changed
            ),
            (3, 1, true)
        );
        assert_eq!(receiver.summary.documents, 1);
    }

    #[test]
    fn the_same_payment_under_another_id_is_an_alarm() {
        let mut receiver = Receiver::default();
        receiver.apply("msg_1", PAYMENT, 1);
        receiver.apply("msg_2", PAYMENT, 1);
        assert_eq!(receiver.summary.alarms[0].kind, AlarmKind::DoublePayment);
    }

    #[test]
    fn a_receiver_that_ignores_ids_posts_twice() {
        let mut receiver = Receiver::default();
        receiver.faults.ignore_ids = true;
        receiver.apply("msg_1", PAYMENT, 1);
        assert_eq!(
            receiver.apply("msg_1", PAYMENT, 1),
            Applied::Created("ПКО-000002".into())
        );
        assert_eq!(receiver.receipts()[0].applied_times, 2);
    }

    #[test]
    fn memory_is_bounded() {
        let mut receiver = Receiver::default();
        for number in 0..=CAPACITY {
            receiver.apply(&number.to_string(), b"{}", 1);
        }
        assert_eq!(receiver.receipts().len(), CAPACITY / 2 + 1);
        assert_eq!(
            receiver.apply(&CAPACITY.to_string(), b"{}", 1),
            Applied::Already(format!("ПКО-{:06}", CAPACITY + 1))
        );
    }
}
