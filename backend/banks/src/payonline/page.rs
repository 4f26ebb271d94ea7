//! The payment page: no call to the bank, only a signed address.

use sverka_app::ports::bank::{BankError, NewOrder, Registered};
use url::Url;

use super::signature::security_key;
use super::wire::DATE;
use crate::settings::Secret;

/// PayOnline's limits, in characters.
const MAX_ORDER_ID: usize = 50;
const MAX_DESCRIPTION: usize = 100;

/// The address where an order is paid. Without `ValidUntil` the page lives as long as the merchant's settings at
/// PayOnline say.
pub(super) fn page(
    base: &Url,
    language: &str,
    merchant_id: &str,
    secret: &Secret,
    order: &NewOrder,
) -> Result<Registered, BankError> {
    if order.order_number.chars().count() > MAX_ORDER_ID {
        return Err(BankError::Refused(format!(
            "OrderId is longer than {MAX_ORDER_ID} characters"
        )));
    }
    let (amount, currency) = (order.amount.to_decimal(), order.amount.currency.to_string());
    let description: Option<String> = order
        .description
        .as_ref()
        .map(|text| text.chars().take(MAX_DESCRIPTION).collect());
    let until = order.valid_until.map(|until| until.strftime(DATE).to_string());
    let mut fields = vec![
        ("MerchantId", merchant_id),
        ("OrderId", order.order_number.as_str()),
        ("Amount", &amount),
        ("Currency", &currency),
    ];
    if let Some(until) = &until {
        fields.push(("ValidUntil", until));
    }
    if let Some(description) = description.as_deref().filter(|text| !text.is_empty()) {
        fields.push(("OrderDescription", description));
    }
    let signed: Vec<_> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_bytes()))
        .collect();
    let key = security_key(&signed, secret);
    let url = base.join(&format!("{language}/payment/"));
    let mut url = url.map_err(|_| BankError::Refused("base_url is not an address".to_owned()))?;
    url.query_pairs_mut()
        .extend_pairs(fields)
        .append_pair("SecurityKey", &key)
        .append_pair("ReturnUrl", &order.return_url)
        .append_pair("FailUrl", &order.return_url);
    Ok(Registered {
        bank_order_id: None,
        payment_url: url.into(),
    })
}
