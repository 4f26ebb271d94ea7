//! `Init`: a payment and its page. A number may be used again as long as nobody has paid under it.

use actix_web::HttpResponse;
use serde_json::json;

use super::call::{Call, DUPLICATE, Outcome, WRONG_FIELD};
use super::state::status;
use crate::api::{Bank, NewOrder, Order};
use crate::bank::BankOrder;
use crate::clock;
use crate::events::{self, EventError};

/// A page lives for a day when nobody says how long.
const LIFE_SECS: i64 = 86_400;

/// Opens a payment.
pub(crate) async fn open(call: Call) -> HttpResponse {
    call.operate(|call| {
        let new = new_order(call)?;
        let shape = |order: &mut BankOrder| {
            order.page.fail_url = call.text("FailURL");
            order.callback_url = call.text("NotificationURL");
        };
        let (simulator, account) = (&call.simulator, &call.account);
        let made = match events::register(simulator, Bank::Tbank, account, &new, shape) {
            Err(EventError::Taken(_)) => events::renew(simulator, Bank::Tbank, account, &new, shape),
            made => made,
        };
        match made {
            Ok(order) => shown(call, &order),
            Err(EventError::Taken(_)) => Err(DUPLICATE),
            Err(_) => Err(WRONG_FIELD),
        }
    })
    .await
}

fn new_order(call: &Call) -> Result<NewOrder, super::call::Refusal> {
    let order_number = call.text("OrderId").filter(|number| number.chars().count() <= 36);
    let two_stage = match call.text("PayType").as_deref() {
        None | Some("O") => false,
        Some("T") => true,
        Some(_) => return Err(WRONG_FIELD),
    };
    let until = call.text("RedirectDueDate");
    let until = until.map(|text| clock::parse_zoned(&text).ok_or(WRONG_FIELD));
    let life_secs = until
        .transpose()?
        .map_or(LIFE_SECS, |until| (until - clock::now_ms()) / 1_000);
    Ok(NewOrder {
        order_number: order_number.ok_or(WRONG_FIELD)?,
        amount: call.amount()?.ok_or(WRONG_FIELD)?,
        two_stage,
        description: call.text("Description"),
        return_url: call.text("SuccessURL"),
        life_secs: Some(life_secs),
        ..NewOrder::default()
    })
}

fn shown(call: &Call, order: &Order) -> Outcome {
    let status = status(&call.order()?);
    Ok(json!({
        "Status": status,
        "PaymentId": order.bank_order_id,
        "OrderId": order.order_number,
        "Amount": order.amount,
        "PaymentURL": order.payment_url,
    }))
}
