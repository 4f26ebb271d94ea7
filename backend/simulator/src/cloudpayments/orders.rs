//! `orders/create`: a page where a payer can pay.

use actix_web::HttpResponse;
use serde_json::json;

use super::call::{Call, failure, model};
use super::view::number;
use crate::api::{Bank, NewOrder, Order};
use crate::events::{self, EventError};
use crate::{clock, money};

/// An order that nobody pays lives for a month.
const LIFE_SECS: i64 = 30 * 24 * 3_600;
/// What is echoed in notifications and answers.
const ECHOED: [&str; 3] = ["InvoiceId", "AccountId", "Email"];

/// Makes an order.
pub(crate) async fn create(call: Call) -> HttpResponse {
    call.operate(|call| {
        let sum = match call.sum() {
            Ok(Some(sum)) => sum,
            Ok(None) => return failure("Amount is required"),
            Err(refusal) => return refusal,
        };
        let Some(description) = call.form.get("Description") else {
            return failure("Description is required");
        };
        let made = register(call, sum, description);
        made.map_or_else(
            || failure("Order was not created"),
            |order| model(view(call, &order, sum)),
        )
    })
    .await
}

/// Nothing hinders a shop from making several orders for one invoice.
fn register(call: &Call, sum: i64, description: &str) -> Option<Order> {
    let form = &call.form;
    let invoice = form
        .get("InvoiceId")
        .map_or_else(|| format!("order-{}", clock::now_ms()), str::to_owned);
    let mut new = NewOrder {
        order_number: invoice.clone(),
        amount: sum,
        currency: Some(form.get("Currency").unwrap_or("RUB").to_owned()),
        two_stage: form.get("RequireConfirmation") == Some("true"),
        description: Some(description.to_owned()),
        return_url: form.get("SuccessRedirectUrl").map(str::to_owned),
        life_secs: Some(LIFE_SECS),
    };
    for nth in 2.. {
        let made = events::register(
            &call.simulator,
            Bank::CloudPayments,
            &call.account,
            &new,
            |order| {
                order.page.fail_url = form.get("FailRedirectUrl").map(str::to_owned);
                let echoed = ECHOED.iter().filter_map(|name| Some((*name, form.get(name)?)));
                order.page.extra = echoed
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .collect();
            },
        );
        match made {
            Ok(order) => return Some(order),
            Err(EventError::Taken(_)) => new.order_number = format!("{invoice}~{nth}"),
            Err(_) => break,
        }
    }
    None
}

fn view(call: &Call, order: &Order, sum: i64) -> serde_json::Value {
    json!({
        "Id": format!("o{}", order.bank_order_id),
        "Number": 1,
        "Amount": number(&money::decimal(sum)),
        "Currency": order.currency,
        "CurrencyCode": 0,
        "Email": call.form.get("Email"),
        "Description": call.form.get("Description"),
        "RequireConfirmation": order.two_stage,
        "Url": order.payment_url,
        "InternalId": order.bank_order_id,
    })
}
