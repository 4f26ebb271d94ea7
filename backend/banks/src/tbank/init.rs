//! `Init`: opens a payment of one stage and gives its page. Each call makes a payment of its own, so it is not
//! repeated after a lost answer.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use serde_json::{Map, Value, json};
use sverka_app::ports::bank::{BankError, NewOrder, Registered};
use sverka_domain::money::Currency;

use super::wire::Opened;

/// The bank's limits, in characters.
const MAX_ORDER_ID: usize = 36;
const MAX_DESCRIPTION: usize = 140;

/// The fields of `Init`, without the terminal and the token.
pub(super) fn fields(
    order: &NewOrder,
    notification_url: Option<&str>,
) -> Result<Map<String, Value>, BankError> {
    if order.amount.currency != Currency::RUB {
        return Err(BankError::Refused("T-Bank takes roubles only".to_owned()));
    }
    if order.order_number.chars().count() > MAX_ORDER_ID {
        return Err(BankError::Refused(format!(
            "OrderId is longer than {MAX_ORDER_ID} characters"
        )));
    }
    let description = order.description.as_ref().map(|text| {
        let short: String = text.chars().take(MAX_DESCRIPTION).collect();
        short
    });
    let fields = [
        ("Amount", Some(json!(order.amount.amount))),
        ("OrderId", Some(json!(order.order_number))),
        ("PayType", Some(json!("O"))),
        ("SuccessURL", Some(json!(order.return_url))),
        ("FailURL", Some(json!(order.return_url))),
        (
            "Description",
            description.filter(|text| !text.is_empty()).map(Value::String),
        ),
        ("NotificationURL", notification_url.map(|url| json!(url))),
        (
            "RedirectDueDate",
            order.valid_until.map(|until| json!(due(until))),
        ),
        ("DATA", data(order)),
    ];
    Ok(fields
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect())
}

/// `2016-08-31T12:28:00+03:00`.
fn due(until: Timestamp) -> String {
    let moscow = TimeZone::fixed(Offset::constant(3));
    until
        .to_zoned_datetime(moscow)
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

fn data(order: &NewOrder) -> Option<Value> {
    let contacts: Map<String, Value> = [("Email", &order.email), ("Phone", &order.phone)]
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), json!(value.as_ref()?))))
        .collect();
    (!contacts.is_empty()).then_some(Value::Object(contacts))
}

/// What came of it.
pub(super) fn registered(opened: Opened) -> Result<Registered, BankError> {
    match opened.payment_url {
        Some(url) if url.starts_with("https://") || url.starts_with("http://") => Ok(Registered {
            bank_order_id: opened.payment_id,
            payment_url: url,
        }),
        _ => Err(BankError::Unavailable("the answer has no PaymentURL".to_owned())),
    }
}
