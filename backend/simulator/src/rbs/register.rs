//! `register.do` and `registerPreAuth.do`.

use actix_web::HttpResponse;
use serde_json::{Value, json};

use super::call::{self, Call};
use crate::api::NewOrder;
use crate::clock;
use crate::events::{self, EventError};
use crate::form::Form;

/// The payment is taken at once.
pub(crate) async fn one_stage(call: Call) -> HttpResponse {
    call.operation(|call| register(call, false)).await
}

/// The payment is held, and taken by `deposit.do`.
pub(crate) async fn two_stages(call: Call) -> HttpResponse {
    call.operation(|call| register(call, true)).await
}

fn register(call: &Call, two_stage: bool) -> Value {
    let form = &call.form;
    let (Some(number), Some(return_url)) = (form.get("orderNumber"), form.get("returnUrl")) else {
        return call::error(4, "Не указан номер заказа или адрес возврата");
    };
    let Some(amount) = form.number("amount").filter(|amount| *amount > 0) else {
        return call::error(5, "Неверно указана сумма");
    };
    let new = NewOrder {
        order_number: number.to_owned(),
        amount,
        currency: form.get("currency").map(str::to_owned),
        two_stage,
        description: form.get("description").map(str::to_owned),
        return_url: Some(return_url.to_owned()),
        life_secs: life_secs(form),
    };
    let registered = events::register(&call.simulator, call.bank, &call.account, &new, |order| {
        order.page.fail_url = form.get("failUrl").map(str::to_owned);
        order.callback_url = form.get("dynamicCallbackUrl").map(str::to_owned);
    });
    match registered {
        Ok(order) => json!({"orderId": order.bank_order_id, "formUrl": order.payment_url}),
        Err(EventError::Taken(_)) => call::error(1, "Заказ с таким номером уже обработан"),
        Err(_) => call::error(7, "Системная ошибка"),
    }
}

fn life_secs(form: &Form) -> Option<i64> {
    let until = form
        .get("expirationDate")
        .and_then(|text| clock::parse_moscow("%Y-%m-%dT%H:%M:%S", text));
    form.number("sessionTimeoutSecs")
        .or_else(|| Some((until? - clock::now_ms()) / 1_000))
}
