//! `OpStateExt`: where an operation stands, in XML. A refund made later is not shown by any state.

use actix_web::HttpResponse;

use super::call::{Call, Password};
use crate::api::{Bank, OrderState};
use crate::bank::BankOrder;
use crate::page::escape;
use crate::{clock, money};

/// The state of one operation.
pub(crate) async fn extended(call: Call) -> HttpResponse {
    let number = call.form.get("InvoiceID").unwrap_or_default().to_owned();
    call.service(|| result(1000, "Внутренняя ошибка сервиса."))
        .query(&number, || answer(&call, &number))
        .await
}

fn answer(call: &Call, number: &str) -> HttpResponse {
    let Some(account) = call.account() else {
        return result(2, "Магазин не найден.");
    };
    let login = call.form.get("MerchantLogin").unwrap_or_default();
    if !call.is_signed("Signature", &[login, number], Password::Second) {
        return result(1, "Неверная подпись запроса.");
    }
    let mut world = call.simulator.world();
    let order = world
        .account(Bank::Robokassa, account)
        .and_then(|books| books.orders.get(number));
    order.map_or_else(|| result(3, "Операция не найдена."), found)
}

fn result(code: u16, words: &str) -> HttpResponse {
    xml(&format!(
        "<Result><Code>{code}</Code><Description>{}</Description></Result>",
        escape(words)
    ))
}

fn xml(inner: &str) -> HttpResponse {
    HttpResponse::Ok().content_type("text/xml; charset=utf-8").body(format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
         <OperationStateResponse xmlns=\"http://merchant.roboxchange.com/WebService/\">{inner}</OperationStateResponse>"
    ))
}

fn found(order: &BankOrder) -> HttpResponse {
    let truth = &order.truth;
    let changed_at = [order.deposited_at, order.reversed_at, truth.paid_at]
        .into_iter()
        .flatten()
        .max();
    let sum = match truth.state {
        OrderState::Held => truth.approved,
        // Refunds do not lower it.
        OrderState::Paid | OrderState::PartiallyRefunded | OrderState::Refunded => {
            truth.deposited + truth.refunded
        }
        OrderState::Registered
        | OrderState::Acs
        | OrderState::Reversed
        | OrderState::Declined
        | OrderState::Expired => truth.amount,
    };
    let sum = money::decimal(sum);
    let rrn = if truth.paid_at.is_some() {
        "123456789012"
    } else {
        ""
    };
    xml(&format!(
        "<Result><Code>0</Code></Result>\
         <State><Code>{state}</Code><RequestDate>{now}</RequestDate><StateDate>{changed}</StateDate></State>\
         <Info><IncCurrLabel>BankCardPSR</IncCurrLabel><IncSum>{sum}</IncSum><IncAccount>411111******1111</IncAccount>\
         <PaymentMethod><Code>BankCard</Code></PaymentMethod><OutCurrLabel>RUR</OutCurrLabel><OutSum>{sum}0000</OutSum>\
         <OpKey>{key}</OpKey><BankCardRRN>{rrn}</BankCardRRN></Info>",
        state = state(order),
        now = clock::moscow_precise(clock::now_ms()),
        changed = clock::moscow_precise(changed_at.unwrap_or(truth.created_at)),
        key = escape(&truth.bank_order_id),
    ))
}

fn state(order: &BankOrder) -> u16 {
    match order.truth.state {
        OrderState::Registered | OrderState::Acs => 5,
        OrderState::Held => 20,
        OrderState::Paid | OrderState::PartiallyRefunded | OrderState::Refunded => 100,
        // The money was there and went back.
        OrderState::Reversed if order.deposited_at.is_some() => 60,
        OrderState::Reversed | OrderState::Declined | OrderState::Expired => 10,
    }
}
