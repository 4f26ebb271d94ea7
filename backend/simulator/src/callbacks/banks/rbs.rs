//! The RBS gateway's callbacks: GET or a POST form, with a checksum over everything when one is ordered.

use std::collections::BTreeMap;

use crate::api::BankSettings;
use crate::bank::BankOrder;
use crate::callbacks::message::{Claim, FORGERS_KEY, Message};
use crate::signature::rbs;

/// The callback.
pub(crate) fn message(order: &BankOrder, settings: &BankSettings, claim: Claim) -> Message {
    Message::form(
        settings.callback_method.unwrap_or_default(),
        params(order, settings, claim),
    )
}

fn params(order: &BankOrder, settings: &BankSettings, claim: Claim) -> BTreeMap<String, String> {
    let mut params = BTreeMap::from([
        ("mdOrder".to_owned(), order.truth.bank_order_id.clone()),
        ("orderNumber".to_owned(), order.truth.order_number.clone()),
        ("operation".to_owned(), claim.notice.operation.as_str().to_owned()),
        (
            "status".to_owned(),
            if claim.notice.success { "1" } else { "0" }.to_owned(),
        ),
    ]);
    if settings.send_amount.unwrap_or(false) || claim.amount.is_some() {
        params.insert(
            "amount".to_owned(),
            claim.amount.unwrap_or(order.truth.amount).to_string(),
        );
    }
    let is_rsa = settings.callback_private_key.is_some();
    let checksum = match (&settings.callback_private_key, &settings.callback_secret) {
        (None, None) => None,
        // As long as the real one, so that only the arithmetic tells them apart.
        (key, _) if claim.forged => {
            rbs::hmac_checksum(FORGERS_KEY, &params).map(|hex| hex.repeat(if key.is_some() { 8 } else { 1 }))
        }
        (Some(key), _) => rbs::rsa_checksum(key, &params),
        (None, Some(secret)) => rbs::hmac_checksum(secret, &params),
    };
    if let Some(checksum) = checksum {
        params.insert("checksum".to_owned(), checksum);
        if is_rsa {
            params.insert("sign_alias".to_owned(), "SHA-512 with RSA".to_owned());
        }
    }
    params
}
