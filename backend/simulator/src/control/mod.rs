//! The control API: how tests and the demo tell the simulator what to do, and ask what was true.

mod accounting;
mod banks;
mod clock;
mod error;
mod onec;
mod orders;
mod registries;
mod state;

use actix_web::web;

/// The control API's routes.
pub(crate) fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::scope("/control")
            .route("/health", web::get().to(state::health))
            .route("/reset", web::post().to(state::reset))
            .route("/clock", web::get().to(clock::get))
            .route("/clock", web::put().to(clock::put))
            .route("/callbacks", web::get().to(state::callbacks))
            .route("/banks", web::get().to(banks::list))
            .route("/banks/{bank}/{account}", web::get().to(banks::get))
            .route("/banks/{bank}/{account}", web::put().to(banks::put))
            .route("/banks/{bank}/{account}/faults", web::get().to(banks::get_faults))
            .route("/banks/{bank}/{account}/faults", web::put().to(banks::put_faults))
            .route(
                "/banks/{bank}/{account}/registry",
                web::post().to(registries::make),
            )
            .route("/banks/{bank}/{account}/orders", web::get().to(orders::list))
            .route("/banks/{bank}/{account}/orders", web::post().to(orders::create))
            .route(
                "/banks/{bank}/{account}/orders/{number}",
                web::get().to(orders::get),
            )
            .route(
                "/banks/{bank}/{account}/orders/{number}/callback",
                web::post().to(orders::callback),
            )
            .route(
                "/banks/{bank}/{account}/orders/{number}/{verb}",
                web::post().to(orders::act),
            )
            .route("/onec", web::get().to(onec::list))
            .route("/onec/{base}", web::get().to(onec::get))
            .route("/onec/{base}", web::put().to(onec::put))
            .route("/onec/{base}/faults", web::get().to(onec::get_faults))
            .route("/onec/{base}/faults", web::put().to(onec::put_faults))
            .route("/onec/{base}/clients", web::get().to(onec::clients))
            .route("/onec/{base}/clients", web::post().to(onec::add_client))
            .route("/onec/{base}/documents", web::get().to(onec::documents))
            .route("/onec/{base}/documents", web::post().to(onec::add_by_hand))
            .route("/onec/{base}/documents/{key}/{verb}", web::post().to(onec::act))
            .route("/onec/{base}/calls", web::get().to(onec::calls))
            .route("/accounting/{name}", web::get().to(accounting::summary))
            .route("/accounting/{name}/payments", web::get().to(accounting::payments))
            .route("/accounting/{name}/faults", web::get().to(accounting::get_faults))
            .route("/accounting/{name}/faults", web::put().to(accounting::put_faults)),
    );
}
