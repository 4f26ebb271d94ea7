//! Creates a payment of one stage. The same key with the same body gives the same payment, so a try without an
//! answer may be repeated.

use serde_json::{Map, Value, json};
use sverka_app::ports::bank::{BankError, NewOrder, Registered};

use super::amounts::written;
use super::reasons;
use super::wire::Payment;

/// YooKassa's limits, in characters.
const MAX_DESCRIPTION: usize = 128;
const MAX_METADATA: usize = 512;

/// The body of the request: the same for every try.
pub(super) fn body(order: &NewOrder, key: &str) -> Result<Value, BankError> {
    if order.order_number.chars().count() > MAX_METADATA {
        return Err(BankError::Refused(format!(
            "the order number is longer than {MAX_METADATA} characters"
        )));
    }
    let mut body = json!({
        "amount": written(order.amount),
        "capture": true,
        "confirmation": {"type": "redirect", "return_url": order.return_url},
        "metadata": Map::from_iter([(key.to_owned(), json!(order.order_number))]),
    });
    let description: Option<String> = order
        .description
        .as_ref()
        .map(|text| text.chars().take(MAX_DESCRIPTION).collect());
    if let Some(description) = description.filter(|text| !text.is_empty()) {
        body["description"] = json!(description);
    }
    Ok(body)
}

/// What came of it.
pub(super) fn registered(payment: Payment) -> Result<Registered, BankError> {
    match payment.confirmation_url {
        Some(url) if url.starts_with("https://") || url.starts_with("http://") => Ok(Registered {
            bank_order_id: Some(payment.id),
            payment_url: url,
        }),
        _ if payment.status == "canceled" => {
            let reason = payment.reason.unwrap_or_default();
            let words = reasons::words(&reason).unwrap_or("платёж отменён");
            Err(BankError::Refused(format!("{words} ({reason})")))
        }
        _ => Err(BankError::Unavailable(
            "the answer has no confirmation_url".to_owned(),
        )),
    }
}
