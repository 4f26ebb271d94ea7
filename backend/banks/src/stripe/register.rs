//! A checkout session: an order with a payment page.

use jiff::SignedDuration;
use serde_json::Value;
use sverka_app::ports::bank::{BankError, NewOrder, Registered};

use super::{map, money};

/// Stripe's limit on a product's name, in characters.
const MAX_NAME: usize = 250;
/// A session lives so long at least, and so long at most and by default.
const SHORTEST: SignedDuration = SignedDuration::from_mins(30);
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// The fields of `checkout/sessions`.
pub(super) fn fields(order: &NewOrder, hold: bool) -> Result<Vec<(&'static str, String)>, BankError> {
    let sum = money::to_stripe(order.amount).ok_or_else(|| {
        BankError::Refused(format!(
            "Stripe takes whole units of {} only",
            order.amount.currency
        ))
    })?;
    let name = order.description.as_deref().filter(|text| !text.is_empty());
    let name: String = name
        .unwrap_or(&order.order_number)
        .chars()
        .take(MAX_NAME)
        .collect();
    let number = order.order_number.clone();
    let mut fields = vec![
        ("mode", "payment".to_owned()),
        ("client_reference_id", number.clone()),
        ("metadata[order_number]", number.clone()),
        ("payment_intent_data[metadata][order_number]", number),
        ("line_items[0][quantity]", "1".to_owned()),
        (
            "line_items[0][price_data][currency]",
            order.amount.currency.as_str().to_ascii_lowercase(),
        ),
        ("line_items[0][price_data][unit_amount]", sum.to_string()),
        ("line_items[0][price_data][product_data][name]", name),
        ("success_url", order.return_url.clone()),
        ("cancel_url", order.return_url.clone()),
    ];
    if hold {
        fields.push(("payment_intent_data[capture_method]", "manual".to_owned()));
    }
    if let Some(email) = &order.email {
        fields.push(("customer_email", email.clone()));
    }
    if let Some(until) = order.valid_until
        && (SHORTEST..=LONGEST).contains(&until.duration_since(order.now))
    {
        fields.push(("expires_at", until.as_second().to_string()));
    }
    Ok(fields)
}

/// What came of a registration.
pub(super) fn registered(session: Option<&Value>) -> Result<Registered, BankError> {
    let url = session.and_then(|session| map::text(session, "url"));
    match (session, url.filter(|url| url.starts_with("http"))) {
        (Some(session), Some(payment_url)) => Ok(Registered {
            bank_order_id: map::text(session, "id"),
            payment_url,
        }),
        _ => Err(BankError::Unavailable("the answer has no url".to_owned())),
    }
}
