//! Sending: late if so planned, as often as the bank tries, each try written down.

use std::time::Duration;

use super::Outgoing;
use super::message::is_taken;
use super::retry;
use crate::api::{Bank, CallbackMethod, CallbackOutcome, CallbackRecord};
use crate::clock;
use crate::signature::hmac;
use crate::simulator::Simulator;
use crate::world::CAPACITY;

/// Sets every planned callback on its way.
pub(crate) fn dispatch(simulator: &Simulator, planned: Vec<Outgoing>) {
    for callback in planned {
        if callback.dropped {
            keep(simulator, &callback);
            log(simulator, &callback, 1, CallbackOutcome::Dropped, None, None);
        } else if callback.url.is_none() {
            log(simulator, &callback, 1, CallbackOutcome::NoTarget, None, None);
        } else {
            let counted = simulator.wait_counted();
            let task = simulator.clone();
            simulator.spawn(async move {
                deliver(&task, &callback).await;
                drop(counted);
            });
        }
    }
}

async fn deliver(simulator: &Simulator, callback: &Outgoing) {
    if callback.delay_ms > 0 {
        clock::sleep_on_errand_ms(callback.delay_ms).await;
    }
    if let Some(hold_ms) = callback.reorder_ms {
        // Another one goes first.
        callback.gone.wait(hold_ms).await;
    }
    for attempt in 1.. {
        let accepted = try_once(simulator, callback, attempt).await;
        if attempt == 1 && callback.reorder_ms.is_none() {
            callback.gone.ring();
        }
        if accepted {
            forget(simulator, callback);
            return;
        }
        if attempt == 1 {
            keep(simulator, callback);
        }
        let Some(pause_ms) = retry::pause_ms(callback.bank, attempt) else {
            return;
        };
        clock::sleep_on_errand_ms(callback.retry_interval_ms.unwrap_or(pause_ms)).await;
    }
}

/// Keeps what was not taken, where the merchant can ask for it: only T-Bank can be told to send again.
fn keep(simulator: &Simulator, callback: &Outgoing) {
    if callback.bank != Bank::Tbank || callback.forged {
        return;
    }
    forget(simulator, callback);
    if let Some(books) = simulator.world().account(callback.bank, &callback.account) {
        books.undelivered.push_back(Outgoing {
            dropped: false,
            delay_ms: 0,
            reorder_ms: None,
            ..callback.clone()
        });
        if books.undelivered.len() > CAPACITY {
            books.undelivered.pop_front();
        }
    }
}

fn forget(simulator: &Simulator, callback: &Outgoing) {
    if let Some(books) = simulator.world().account(callback.bank, &callback.account) {
        let is_it = |one: &Outgoing| one.message.params == callback.message.params;
        books.undelivered.retain(|one| !is_it(one));
    }
}

async fn try_once(simulator: &Simulator, callback: &Outgoing, attempt: u32) -> bool {
    let url = callback.url.as_deref().unwrap_or_default();
    let message = &callback.message;
    let mut request = match message.method {
        CallbackMethod::Get => simulator.http().get(url),
        CallbackMethod::Post => simulator.http().post(url),
    };
    if !message.query.is_empty() {
        request = request.query(&message.query);
    }
    for (name, value) in &message.headers {
        request = request.header(*name, value);
    }
    if let Some((content_type, text)) = &message.body {
        request = request.header("content-type", *content_type).body(text.clone());
        if let Some(key) = &message.timed_key {
            let now_s = clock::now_ms().div_euclid(1_000);
            request = request.header("Stripe-Signature", hmac::stripe(key, now_s, text));
        }
    }
    match request
        .timeout(Duration::from_millis(callback.timeout_ms))
        .send()
        .await
    {
        Ok(answer) => {
            let status = answer.status().as_u16();
            // An answer that breaks off says nothing.
            let body = answer.text().await.unwrap_or_default();
            log(
                simulator,
                callback,
                attempt,
                CallbackOutcome::Sent,
                Some(status),
                None,
            );
            is_taken(callback.bank, &callback.order_number, status, &body)
        }
        Err(error) => {
            log(
                simulator,
                callback,
                attempt,
                CallbackOutcome::Failed,
                None,
                Some(error.without_url().to_string()),
            );
            false
        }
    }
}

fn log(
    simulator: &Simulator,
    callback: &Outgoing,
    attempt: u32,
    outcome: CallbackOutcome,
    http_status: Option<u16>,
    error: Option<String>,
) {
    tracing::debug!(
        order.number = callback.order_number,
        ?outcome,
        attempt,
        http_status,
        "callback"
    );
    simulator.world().log_callback(CallbackRecord {
        id: 0,
        at: clock::now_ms(),
        bank: callback.bank,
        account: callback.account.clone(),
        order_number: callback.order_number.clone(),
        bank_order_id: callback.bank_order_id.clone(),
        operation: callback.notice.operation,
        success: callback.notice.success,
        forged: callback.forged,
        attempt,
        outcome,
        http_status,
        error,
        method: callback.message.method,
        url: callback.url.clone().unwrap_or_default(),
        params: callback.message.params.clone(),
    });
}
