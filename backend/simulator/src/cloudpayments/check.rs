//! Check: before a payment the merchant is asked whether it wants it, and silence is a refusal.

use std::time::Duration;

use crate::api::Bank;
use crate::bank::BankOrder;
use crate::callbacks::{check_message, is_taken};
use crate::simulator::Simulator;

const TIMEOUT_MS: u64 = 30_000;

/// Whether the merchant agrees to a payment. It is asked only where `check_payments` is set; everywhere else it does.
pub(crate) async fn merchant_agrees(simulator: &Simulator, order: &BankOrder) -> bool {
    let truth = &order.truth;
    let Some((url, message, timeout_ms)) = question(simulator, order) else {
        return true;
    };
    let (content_type, body) = message.body.unwrap_or_default();
    let mut request = simulator
        .http()
        .post(url)
        .header("content-type", content_type)
        .body(body)
        .timeout(Duration::from_millis(timeout_ms));
    for (name, value) in message.headers {
        request = request.header(name, value);
    }
    let Ok(answer) = request.send().await else {
        return false;
    };
    let status = answer.status().as_u16();
    let body = answer.text().await.unwrap_or_default();
    is_taken(Bank::CloudPayments, &truth.order_number, status, &body)
}

fn question(simulator: &Simulator, order: &BankOrder) -> Option<(String, crate::callbacks::Message, u64)> {
    if order.truth.bank != Bank::CloudPayments {
        return None;
    }
    let mut world = simulator.world();
    let settings = &world.account(Bank::CloudPayments, &order.truth.account)?.settings;
    if settings.check_payments != Some(true) {
        return None;
    }
    let url = settings.callback_url.as_ref()?.replace("{type}", "check");
    let timeout_ms = settings.callback_timeout_ms.unwrap_or(TIMEOUT_MS);
    Some((url, check_message(order, settings), timeout_ms))
}
