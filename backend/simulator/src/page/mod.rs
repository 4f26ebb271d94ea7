//! Pages for a person: paying, and looking at everything.

mod index;
mod onec;
mod payment;
mod shell;

use actix_web::web;

pub(crate) use shell::{escape, notice};

/// The pages' routes.
pub(crate) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/", web::get().to(index::show))
        .route("/ui/accounting/{name}", web::post().to(index::switch_accounting))
        .route("/ui/onec/{base}", web::post().to(onec::switch))
        .route("/ui/onec/{base}/documents", web::post().to(onec::enter))
        .route("/ui/banks/{bank}/{account}", web::post().to(index::switch_bank))
        .route(
            "/ui/banks/{bank}/{account}/orders",
            web::post().to(index::new_order),
        )
        .route("/{bank}/{account}/pay/{id}", web::get().to(payment::show))
        .route("/{bank}/{account}/pay/{id}", web::post().to(payment::choose));
}
