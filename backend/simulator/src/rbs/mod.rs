//! The RBS gateway, as Sber, Alfa-Bank and VTB run it (form in, JSON out, HTTP 200 whatever happened), and Sber's newer
//! gateway, which takes the same calls as JSON.

mod call;
mod last_orders;
mod operations;
mod register;
mod status;

use actix_web::web;

/// The gateway's routes.
pub(crate) fn routes(config: &mut web::ServiceConfig) {
    let old = web::scope("/{bank:sber|alfa|vtb}/{account}/payment/rest")
        .service(call::both("/getLastOrdersForMerchants.do").to(last_orders::page));
    // The newer gateway has no list of orders.
    let ecom = web::scope("/{bank:sber_ecom}/{account}/ecomm/gw/partner/api/v1");
    config.service(shared(old)).service(shared(ecom));
}

fn shared(scope: actix_web::Scope) -> actix_web::Scope {
    scope
        .service(call::both("/register.do").to(register::one_stage))
        .service(call::both("/registerPreAuth.do").to(register::two_stages))
        .service(call::both("/getOrderStatusExtended.do").to(status::extended))
        .service(call::both("/deposit.do").to(operations::deposit))
        .service(call::both("/reverse.do").to(operations::reverse))
        .service(call::both("/refund.do").to(operations::refund))
        .service(call::both("/decline.do").to(operations::decline))
}
