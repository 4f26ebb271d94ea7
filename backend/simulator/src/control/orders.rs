//! Orders: the truth about them, and making it.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, Json, Path};
use serde_json::json;

use super::error::{ControlError, bank, body};
use crate::api::{Move, NewOrder, Order, Resend, Verb};
use crate::simulator::Simulator;
use crate::{callbacks, events};

pub(crate) async fn list(
    simulator: Data<Simulator>,
    at: Path<(String, String)>,
) -> Result<Json<Vec<Order>>, ControlError> {
    let mut world = simulator.world();
    let account = world
        .account(bank(&at.0)?, &at.1)
        .ok_or_else(|| ControlError::NotFound(format!("there is no account {}/{}", at.0, at.1)))?;
    Ok(Json(
        account.orders.newest().map(|order| order.truth.clone()).collect(),
    ))
}

pub(crate) async fn create(
    simulator: Data<Simulator>,
    at: Path<(String, String)>,
    bytes: Bytes,
) -> Result<HttpResponse, ControlError> {
    let new: NewOrder = body(&bytes)?;
    let order = events::register(&simulator, bank(&at.0)?, &at.1, &new, |_| {})?;
    Ok(HttpResponse::Created().json(order))
}

pub(crate) async fn get(
    simulator: Data<Simulator>,
    at: Path<(String, String, String)>,
) -> Result<Json<Order>, ControlError> {
    Ok(Json(events::truth(&simulator, bank(&at.0)?, &at.1, &at.2)?))
}

pub(crate) async fn act(
    simulator: Data<Simulator>,
    at: Path<(String, String, String, String)>,
    bytes: Bytes,
) -> Result<Json<Order>, ControlError> {
    let (bank_name, account, number, verb) = &*at;
    let verb = Verb::ALL
        .into_iter()
        .find(|known| known.as_str() == verb)
        .ok_or_else(|| ControlError::NotFound(format!("there is no verb {verb}")))?;
    let how: Move = body(&bytes)?;
    Ok(Json(events::act(
        &simulator,
        bank(bank_name)?,
        account,
        number,
        verb,
        &how,
    )?))
}

pub(crate) async fn callback(
    simulator: Data<Simulator>,
    at: Path<(String, String, String)>,
    bytes: Bytes,
) -> Result<HttpResponse, ControlError> {
    let (bank_name, account, number) = &*at;
    let how: Resend = body(&bytes)?;
    let bank = bank(bank_name)?;
    events::truth(&simulator, bank, account, number)?;
    let planned = simulator
        .world()
        .account(bank, account)
        .map(|books| callbacks::for_resend(books, number, &how))
        .unwrap_or_default();
    let sent = planned.len();
    callbacks::dispatch(&simulator, planned);
    Ok(HttpResponse::Accepted().json(json!({"sent": sent})))
}
