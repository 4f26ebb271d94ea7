//! Confirming and cancelling a hold.

use actix_web::HttpResponse;

use super::call::{Call, Password};
use crate::api::{Bank, Move, OrderState, Verb};
use crate::{events, money};

/// Takes held money.
pub(crate) async fn confirm(call: Call) -> HttpResponse {
    act(call, Verb::Pay).await
}

/// Releases it.
pub(crate) async fn cancel(call: Call) -> HttpResponse {
    act(call, Verb::Reverse).await
}

async fn act(call: Call, verb: Verb) -> HttpResponse {
    call.service(|| text("false"))
        .operation(|| {
            text(if run(&call, verb).is_some() {
                "true"
            } else {
                "false"
            })
        })
        .await
}

/// `None`: no such shop or hold, or a wrong signature.
fn run(call: &Call, verb: Verb) -> Option<()> {
    let form = &call.form;
    let (account, number) = (call.account()?, form.get("InvoiceID")?);
    // The slot of the sum stays empty when a hold is cancelled.
    let sum = match verb {
        Verb::Pay => form.get("OutSum")?,
        _ => "",
    };
    let mut parts = vec![form.get("MerchantLogin")?, sum, number];
    parts.extend(form.get("Receipt"));
    if !call.is_signed("SignatureValue", &parts, Password::First) {
        return None;
    }
    let held = events::truth(&call.simulator, Bank::Robokassa, account, number).ok()?;
    if held.state != OrderState::Held {
        return None;
    }
    let how = Move {
        amount: match verb {
            Verb::Pay => Some(money::minor(sum)?),
            _ => None,
        },
        ..Move::default()
    };
    events::act(&call.simulator, Bank::Robokassa, account, number, verb, &how)
        .ok()
        .map(drop)
}

fn text(words: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body(words)
}
