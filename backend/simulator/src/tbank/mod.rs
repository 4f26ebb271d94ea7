//! T-Bank: JSON under a `Token`, payments that follow one another under one order number, notifications on request.

mod call;
mod init;
mod operations;
mod state;

use actix_web::web;

/// The issuer says that there is not enough money.
pub(crate) const NO_MONEY: &str = "1051";
/// The books' code of an order that the merchant gave up.
pub(crate) const WITHDRAWN: i64 = -2006;

/// T-Bank's routes. The terminal is named in the body.
pub(crate) fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::scope("/tbank/v2")
            .route("/Init", web::post().to(init::open))
            .route("/GetState", web::post().to(state::of_payment))
            .route("/CheckOrder", web::post().to(state::of_order))
            .route("/Confirm", web::post().to(operations::confirm))
            .route("/Cancel", web::post().to(operations::cancel))
            .route("/Resend", web::post().to(operations::resend)),
    );
}
