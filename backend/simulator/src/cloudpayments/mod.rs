//! CloudPayments: form or JSON over HTTP Basic; the unit is a transaction, not an order.

mod call;
mod check;
mod operations;
mod orders;
mod payments;
mod view;

use actix_web::web;

pub(crate) use check::merchant_agrees;
pub(crate) use view::{echoed, fee, invoice, rrn};

/// CloudPayments' routes; no scope, because the payment page stands under the same beginning.
pub(crate) fn routes(config: &mut web::ServiceConfig) {
    let path = |call: &str| format!("/cloudpayments/{{account}}/{call}");
    config
        .route(&path("orders/create"), web::post().to(orders::create))
        .route(&path("payments/get"), web::post().to(payments::get))
        .route(&path("payments/find"), web::post().to(payments::find))
        .route(&path("v2/payments/find"), web::post().to(payments::find_any))
        .route(&path("payments/list"), web::post().to(payments::list_day))
        .route(&path("v2/payments/list"), web::post().to(payments::list))
        .route(&path("payments/confirm"), web::post().to(operations::confirm))
        .route(&path("payments/void"), web::post().to(operations::void))
        .route(&path("payments/refund"), web::post().to(operations::refund));
}
