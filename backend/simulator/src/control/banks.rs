//! Accounts at banks.

use actix_web::web::{Bytes, Data, Json, Path};

use super::error::{ControlError, bank, body};
use crate::api::{BankAccount, BankFaults, BankSettings};
use crate::bank::Account;
use crate::simulator::Simulator;

type At = Path<(String, String)>;

pub(crate) async fn list(simulator: Data<Simulator>) -> Json<Vec<BankAccount>> {
    let world = simulator.world();
    let accounts = world.banks.iter().map(|((bank, name), account)| BankAccount {
        bank: *bank,
        account: name.clone(),
        settings: account.settings.clone(),
        faults: account.faults.clone(),
    });
    Json(accounts.collect())
}

pub(crate) async fn get(simulator: Data<Simulator>, at: At) -> Result<Json<BankSettings>, ControlError> {
    with(&simulator, &at, |account| account.settings.clone())
}

pub(crate) async fn put(
    simulator: Data<Simulator>,
    at: At,
    bytes: Bytes,
) -> Result<Json<BankSettings>, ControlError> {
    let changes: BankSettings = body(&bytes)?;
    let key = (bank(&at.0)?, at.1.clone());
    let mut world = simulator.world();
    let account = world.banks.entry(key).or_default();
    account.settings.merge(changes);
    Ok(Json(account.settings.clone()))
}

pub(crate) async fn get_faults(simulator: Data<Simulator>, at: At) -> Result<Json<BankFaults>, ControlError> {
    with(&simulator, &at, |account| account.faults.clone())
}

pub(crate) async fn put_faults(
    simulator: Data<Simulator>,
    at: At,
    bytes: Bytes,
) -> Result<Json<BankFaults>, ControlError> {
    let faults: BankFaults = body(&bytes)?;
    with(&simulator, &at, |account| {
        account.faults = faults;
        account.faults.clone()
    })
}

fn with<T>(
    simulator: &Simulator,
    at: &At,
    take: impl FnOnce(&mut Account) -> T,
) -> Result<Json<T>, ControlError> {
    let mut world = simulator.world();
    let account = world
        .account(bank(&at.0)?, &at.1)
        .ok_or_else(|| ControlError::NotFound(format!("there is no account {}/{}", at.0, at.1)))?;
    Ok(Json(take(account)))
}
