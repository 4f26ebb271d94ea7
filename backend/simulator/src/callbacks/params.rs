//! The parameters of a callback, signed rightly or wrongly.

use std::collections::BTreeMap;

use crate::api::{Bank, BankSettings, Operation, TransactionKind};
use crate::bank::{BankOrder, Notice};
use crate::clock;
use crate::money;
use crate::signature::{payonline, rbs};

/// A key nobody was given.
const FORGERS_KEY: &str = "the forger does not know the key";

/// What a callback claims.
#[derive(Clone, Copy)]
pub(crate) struct Claim {
    pub(crate) notice: Notice,
    pub(crate) forged: bool,
    pub(crate) amount: Option<i64>,
}

/// The parameters in the account's protocol.
pub(crate) fn build(order: &BankOrder, settings: &BankSettings, claim: Claim) -> BTreeMap<String, String> {
    match order.truth.bank {
        Bank::Sber => sber(order, settings, claim),
        Bank::PayOnline => pay_online(order, settings, claim),
    }
}

fn sber(order: &BankOrder, settings: &BankSettings, claim: Claim) -> BTreeMap<String, String> {
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

fn pay_online(order: &BankOrder, settings: &BankSettings, claim: Claim) -> BTreeMap<String, String> {
    let purchase = order
        .truth
        .transactions
        .iter()
        .rev()
        .find(|one| one.kind == TransactionKind::Purchase);
    let at = clock::utc_text(purchase.map_or(order.truth.created_at, |one| one.at));
    let sum = claim
        .amount
        .or(purchase.map(|one| one.amount))
        .unwrap_or(order.truth.amount);
    let sum = money::decimal(sum);
    let key = if claim.forged {
        FORGERS_KEY
    } else {
        settings.private_security_key.as_deref().unwrap_or_default()
    };
    let signed = [
        ("DateTime", at.as_str()),
        ("TransactionID", &order.truth.bank_order_id),
        ("OrderId", &order.truth.order_number),
        ("Amount", &sum),
        ("Currency", &order.truth.currency),
    ];
    let security_key = payonline::security_key(key, &signed);
    let mut params: BTreeMap<String, String> = order.page.extra.iter().cloned().collect();
    let rest = [
        ("SecurityKey", security_key.as_str()),
        ("PaymentAmount", &sum),
        ("PaymentCurrency", &order.truth.currency),
        ("CardHolder", "TEST CARDHOLDER"),
        ("CardNumber", "************1111"),
        ("Country", "RU"),
        ("IpAddress", "203.0.113.7"),
        ("IpCountry", "RU"),
        ("BinCountry", "RU"),
        ("Provider", "Card"),
        ("ECI", "5"),
    ];
    params.extend(
        signed
            .iter()
            .chain(&rest)
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    );
    if !claim.notice.success {
        params.insert("Code".to_owned(), "5205".to_owned());
        params.insert("ErrorCode".to_owned(), "3".to_owned());
    }
    params
}

/// Whether PayOnline says anything about this event: it documents success and decline of a payment, no more.
pub(crate) fn is_told(bank: Bank, operation: Operation) -> bool {
    bank == Bank::Sber || matches!(operation, Operation::Approved | Operation::Deposited)
}
