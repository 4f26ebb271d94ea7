//! The accounting receivers.

use actix_web::web::{Bytes, Data, Json, Path};

use super::error::{ControlError, body};
use crate::accounting::Receiver;
use crate::api::{AccountingFaults, AccountingSummary, Receipt};
use crate::simulator::Simulator;

pub(crate) async fn summary(
    simulator: Data<Simulator>,
    name: Path<String>,
) -> Result<Json<AccountingSummary>, ControlError> {
    with(&simulator, &name, |receiver| receiver.summary.clone())
}

pub(crate) async fn payments(
    simulator: Data<Simulator>,
    name: Path<String>,
) -> Result<Json<Vec<Receipt>>, ControlError> {
    with(&simulator, &name, |receiver| receiver.receipts())
}

pub(crate) async fn get_faults(
    simulator: Data<Simulator>,
    name: Path<String>,
) -> Result<Json<AccountingFaults>, ControlError> {
    with(&simulator, &name, |receiver| receiver.faults.clone())
}

pub(crate) async fn put_faults(
    simulator: Data<Simulator>,
    name: Path<String>,
    bytes: Bytes,
) -> Result<Json<AccountingFaults>, ControlError> {
    let faults: AccountingFaults = body(&bytes)?;
    let mut world = simulator.world();
    let receiver = world.receivers.entry(name.into_inner()).or_default();
    receiver.set(faults);
    Ok(Json(receiver.faults.clone()))
}

fn with<T>(
    simulator: &Simulator,
    name: &str,
    take: impl FnOnce(&Receiver) -> T,
) -> Result<Json<T>, ControlError> {
    let world = simulator.world();
    let receiver = world
        .receivers
        .get(name)
        .ok_or_else(|| ControlError::NotFound(format!("there is no receiver {name}")))?;
    Ok(Json(take(receiver)))
}
