//! The payment page's address: checks the signature, makes the order, sends the payer to the page.

use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;

use super::call::{Call, Password};
use crate::api::{Bank, NewOrder, Order};
use crate::signature::robokassa::is_own;
use crate::{clock, events, money, page};

/// What is signed behind the number, where it is given, in this order; addresses un-encoded.
const OPTIONAL: [&str; 7] = [
    "Receipt",
    "StepByStep",
    "ResultUrl2",
    "SuccessUrl2",
    "SuccessUrl2Method",
    "FailUrl2",
    "FailUrl2Method",
];

/// Opens the payment page of an order, making the order on the first visit.
pub(crate) async fn open(call: Call) -> HttpResponse {
    match order(&call) {
        Ok(order) => HttpResponse::SeeOther()
            .insert_header((LOCATION, order.payment_url))
            .finish(),
        Err((code, words)) => page::notice(&format!("Ошибка {code}"), words),
    }
}

type Failure = (u16, &'static str);

const NO_SHOP: Failure = (26, "Магазин не найден или не активирован.");
const SIGNATURE: Failure = (29, "Неверный параметр SignatureValue.");
const NUMBER: Failure = (30, "Неверный параметр InvId: нужно целое положительное число.");
const SUM: Failure = (31, "Неверный параметр OutSum.");
const REPEATED: Failure = (40, "Повторная оплата счёта с другой суммой.");
const DATE: Failure = (33, "Время, отведённое на оплату счёта, истекло.");

fn order(call: &Call) -> Result<Order, Failure> {
    let form = &call.form;
    let account = call.account().ok_or(NO_SHOP)?;
    let login = form.get("MerchantLogin").unwrap_or_default();
    let (sum, number) = (form.get("OutSum").ok_or(SUM)?, form.get("InvId").ok_or(NUMBER)?);
    let mut parts = vec![login, sum, number];
    parts.extend(OPTIONAL.iter().filter_map(|name| form.get(name)));
    if !call.is_signed("SignatureValue", &parts, Password::First) {
        return Err(SIGNATURE);
    }
    if !number.parse().is_ok_and(|number: i64| number > 0) {
        return Err(NUMBER);
    }
    let amount = money::minor(sum).filter(|sum| *sum > 0).ok_or(SUM)?;
    if let Ok(known) = events::truth(&call.simulator, Bank::Robokassa, account, number) {
        return if known.amount == amount {
            Ok(known)
        } else {
            Err(REPEATED)
        };
    }
    let until = form
        .get("ExpirationDate")
        .map(|text| clock::parse_zoned(text).ok_or(DATE))
        .transpose()?;
    let new = NewOrder {
        order_number: number.to_owned(),
        amount,
        two_stage: form.get("StepByStep") == Some("true"),
        description: form.get("Description").map(str::to_owned),
        return_url: form.get("SuccessUrl2").map(str::to_owned),
        life_secs: until.map(|until| (until - clock::now_ms()) / 1_000),
        ..NewOrder::default()
    };
    let made = events::register(&call.simulator, Bank::Robokassa, account, &new, |order| {
        order.page.fail_url = form.get("FailUrl2").map(str::to_owned);
        order.second_url = form.get("ResultUrl2").map(str::to_owned);
        let echoed = form.iter().filter(|(name, _)| is_own(name) || *name == "IsTest");
        order.page.extra = echoed
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
    });
    made.map_err(|_| SUM)
}
