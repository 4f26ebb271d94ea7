//! Registry files of an account.

use actix_web::web::{Bytes, Data, Json, Path};

use super::error::{ControlError, bank, body};
use crate::api::{RegistryMade, RegistryWish};
use crate::registry;
use crate::simulator::Simulator;

pub(crate) async fn make(
    simulator: Data<Simulator>,
    at: Path<(String, String)>,
    bytes: Bytes,
) -> Result<Json<RegistryMade>, ControlError> {
    let wish: RegistryWish = body(&bytes)?;
    // A copy, so that a great file holds nobody up.
    let account = simulator
        .world()
        .account(bank(&at.0)?, &at.1)
        .map(|account| account.clone())
        .ok_or_else(|| ControlError::NotFound(format!("there is no account {}/{}", at.0, at.1)))?;
    Ok(Json(registry::make(&account, &wish, simulator.chance())))
}
