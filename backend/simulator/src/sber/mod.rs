//! The RBS gateway, as Sber runs it: form in, JSON out, HTTP 200 whatever happened.

mod call;
mod last_orders;
mod operations;
mod register;
mod status;

use actix_web::web;

/// The gateway's routes.
pub(crate) fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::scope("/sber/{account}/payment/rest")
            .service(call::both("/register.do").to(register::one_stage))
            .service(call::both("/registerPreAuth.do").to(register::two_stages))
            .service(call::both("/getOrderStatusExtended.do").to(status::extended))
            .service(call::both("/getLastOrdersForMerchants.do").to(last_orders::page))
            .service(call::both("/deposit.do").to(operations::deposit))
            .service(call::both("/reverse.do").to(operations::reverse))
            .service(call::both("/refund.do").to(operations::refund))
            .service(call::both("/decline.do").to(operations::decline)),
    );
}
