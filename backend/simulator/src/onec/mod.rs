//! 1C:Enterprise bases with the standard OData interface (version 3), and an HTTP service such as a 1C developer would write.
//!
//! Written from the Developer Guide of the platform, chapter 17.4, and from what public clients are seen to send. Where
//! neither tells, a setting does; the README of this crate lists what it decides by itself.

mod answer;
mod atom;
mod base;
mod by_hand;
mod call;
mod change;
mod create;
mod fault;
mod filter;
mod journal;
mod list;
mod log;
mod make;
mod metadata;
mod path;
mod posting;
mod query;
mod refusal;
mod rows;
mod schema;
mod seed;
mod select;
mod service;
mod value;

use actix_web::web;

pub(crate) use base::Base;
pub(crate) use by_hand::{act_by_hand, add_by_hand, add_client, clients, documents};
pub use journal::JournalError;
pub(crate) use journal::{Journal, bases_in};
pub(crate) use refusal::Refusal;
pub(crate) use seed::demo;

/// The routes of every base.
pub(crate) fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::scope("/onec/{base}")
            .route("/odata/standard.odata", web::route().to(call::root))
            .route(
                "/odata/standard.odata/{resource:.*}",
                web::route().to(call::resource),
            )
            .route("/hs/sverka/payments", web::post().to(service::take))
            .route("/hs/sverka/payments/{id}", web::get().to(service::give)),
    );
}
