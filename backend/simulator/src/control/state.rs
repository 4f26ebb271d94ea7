//! The simulator as a whole.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json};
use serde_json::{Value, json};

use crate::api::CallbackLog;
use crate::simulator::Simulator;

pub(crate) async fn health() -> Json<Value> {
    Json(json!({"status": "ok"}))
}

pub(crate) async fn reset(simulator: Data<Simulator>) -> HttpResponse {
    simulator.reset();
    HttpResponse::NoContent().finish()
}

pub(crate) async fn callbacks(simulator: Data<Simulator>) -> Json<CallbackLog> {
    // Counted first: a callback that ends in between is then in both, and never in neither.
    let pending = simulator.pending();
    Json(CallbackLog {
        pending,
        items: simulator.world().callbacks.iter().cloned().collect(),
    })
}
