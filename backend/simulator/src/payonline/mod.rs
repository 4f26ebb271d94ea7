//! PayOnline: signed parameters in, `Name=value` text, CSV or XML out.

mod answer;
mod call;
mod list;
mod operations;
mod page;
mod search;

use actix_web::web;

/// PayOnline's routes. A trailing slash, which its own addresses have, is trimmed before.
pub(crate) fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::scope("/payonline")
            .service(web::resource("/payment/search").to(search::search))
            .service(web::resource("/payment/transaction/list").to(list::list))
            .service(web::resource("/payment/transaction/complete").to(operations::complete))
            .service(web::resource("/payment/transaction/void").to(operations::void))
            .service(web::resource("/payment/transaction/refund").to(operations::refund))
            .service(web::resource("/{lang}/payment").to(page::open))
            .service(web::resource("/{lang}/payment/select").to(page::open))
            .configure(crate::page::payment_routes),
    );
}
