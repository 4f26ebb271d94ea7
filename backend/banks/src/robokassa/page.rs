//! The payment page: no call to the bank, only a signed address.

use sverka_app::ports::bank::{BankError, NewOrder, Registered};
use sverka_domain::money::Currency;
use url::Url;

use super::hash::HashKind;
use super::number;
use crate::settings::Secret;

/// Robokassa's limit on a description, in characters.
const MAX_DESCRIPTION: usize = 100;

/// What all pages of a shop have in common.
#[derive(Debug)]
pub(super) struct Shop {
    pub(super) base_url: Url,
    pub(super) login: String,
    pub(super) password1: Secret,
    pub(super) hash: HashKind,
    pub(super) test_mode: bool,
    pub(super) hold: bool,
    pub(super) result_url2: Option<String>,
    pub(super) language: String,
}

/// The address where an order is paid.
pub(super) fn page(shop: &Shop, order: &NewOrder) -> Result<Registered, BankError> {
    let number = number::required(&order.order_number)?;
    if order.amount.currency != Currency::RUB {
        return Err(BankError::Refused(format!(
            "Robokassa takes roubles, not {}",
            order.amount.currency
        )));
    }
    let sum = order.amount.to_decimal();
    let mut fields = vec![
        ("MerchantLogin", shop.login.as_str()),
        ("OutSum", sum.as_str()),
        ("InvId", number),
    ];
    // In the order in which they are signed.
    if shop.hold {
        fields.push(("StepByStep", "true"));
    }
    if let Some(url) = &shop.result_url2 {
        fields.push(("ResultUrl2", url));
    }
    for (url, method) in [
        ("SuccessUrl2", "SuccessUrl2Method"),
        ("FailUrl2", "FailUrl2Method"),
    ] {
        fields.extend([(url, order.return_url.as_str()), (method, "GET")]);
    }
    let signature = signature(&fields, shop);
    let url = shop.base_url.join("Index.aspx");
    let mut url = url.map_err(|_| BankError::Refused("base_url is not an address".to_owned()))?;
    let mut query = url.query_pairs_mut();
    query
        .extend_pairs(&fields)
        .append_pair("SignatureValue", &signature)
        .append_pair("Culture", &shop.language)
        .append_pair("Encoding", "utf-8");
    if let Some(description) = &order.description {
        let short: String = description.chars().take(MAX_DESCRIPTION).collect();
        query.append_pair("Description", &short);
    }
    if let Some(email) = &order.email {
        query.append_pair("Email", email);
    }
    if let Some(until) = order.valid_until {
        let text = until.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string();
        query.append_pair("ExpirationDate", &text);
    }
    if shop.test_mode {
        query.append_pair("IsTest", "1");
    }
    drop(query);
    Ok(Registered {
        bank_order_id: None,
        payment_url: url.into(),
    })
}

/// Over the values in their order and password #1; addresses un-encoded.
fn signature(fields: &[(&str, &str)], shop: &Shop) -> String {
    let mut text: Vec<&str> = fields.iter().map(|(_, value)| *value).collect();
    text.push(shop.password1.expose());
    shop.hash.hex(text.join(":").as_bytes())
}
