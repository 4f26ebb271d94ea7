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
    config
        .service(web::resource("/payonline/payment/search").to(search::search))
        .service(web::resource("/payonline/payment/transaction/list").to(list::list))
        .service(web::resource("/payonline/payment/transaction/complete").to(operations::complete))
        .service(web::resource("/payonline/payment/transaction/void").to(operations::void))
        .service(web::resource("/payonline/payment/transaction/refund").to(operations::refund))
        .service(web::resource("/payonline/{lang}/payment").to(page::open))
        .service(web::resource("/payonline/{lang}/payment/select").to(page::open));
}
