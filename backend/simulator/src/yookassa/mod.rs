//! YooKassa: JSON over HTTP Basic, idempotence keys, payments and refunds as objects.

mod call;
mod payments;
mod refunds;
mod view;

use actix_web::web;

pub(crate) use view::{amount, payment, refund};

/// YooKassa's routes.
pub(crate) fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::scope("/yookassa/{account}/v3")
            .route("/payments", web::post().to(payments::create))
            .route("/payments", web::get().to(payments::list))
            .route("/payments/{id}", web::get().to(payments::get))
            .route("/payments/{id}/capture", web::post().to(payments::capture))
            .route("/payments/{id}/cancel", web::post().to(payments::cancel))
            .route("/refunds", web::post().to(refunds::create))
            .route("/refunds", web::get().to(refunds::list))
            .route("/refunds/{id}", web::get().to(refunds::get)),
    );
}
