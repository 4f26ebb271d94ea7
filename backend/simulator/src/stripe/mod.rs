//! Stripe: nested forms in, JSON out, a bearer's key; checkout sessions, payment intents, charges, refunds.

mod call;
mod intents;
mod list;
mod refunds;
mod sessions;
mod view;

use actix_web::web;

pub(crate) use view::{charge, intent, session};

/// Stripe's routes.
pub(crate) fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::scope("/stripe/{account}/v1")
            .route("/checkout/sessions", web::post().to(sessions::create))
            .route("/checkout/sessions", web::get().to(sessions::list))
            .route("/checkout/sessions/{id}", web::get().to(sessions::get))
            .route("/checkout/sessions/{id}/expire", web::post().to(sessions::expire))
            .route("/payment_intents", web::get().to(intents::list))
            .route("/payment_intents/search", web::get().to(intents::search))
            .route("/payment_intents/{id}", web::get().to(intents::get))
            .route("/payment_intents/{id}/capture", web::post().to(intents::capture))
            .route("/payment_intents/{id}/cancel", web::post().to(intents::cancel))
            .route("/charges", web::get().to(intents::charges))
            .route("/charges/{id}", web::get().to(intents::charge))
            .route("/refunds", web::post().to(refunds::create))
            .route("/refunds", web::get().to(refunds::list))
            .route("/refunds/{id}", web::get().to(refunds::get)),
    );
}
