//! The 1C bases.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, Json, Path, Query};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::error::{ControlError, body};
use crate::api::{OnecByHand, OnecCalled, OnecClient, OnecDocument, OnecFaults, OnecSettings, OnecSummary};
use crate::clock;
use crate::onec::{self, Base};
use crate::simulator::Simulator;

/// Which documents.
#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    entity: Option<String>,
}

pub(crate) async fn list(simulator: Data<Simulator>) -> Json<Vec<String>> {
    Json(simulator.world().onec.keys().cloned().collect())
}

pub(crate) async fn get(
    simulator: Data<Simulator>,
    name: Path<String>,
) -> Result<Json<OnecSummary>, ControlError> {
    with(&simulator, &name, |base| Ok(base.summary()))
}

pub(crate) async fn put(
    simulator: Data<Simulator>,
    name: Path<String>,
    bytes: Bytes,
) -> Result<Json<OnecSettings>, ControlError> {
    let settings: OnecSettings = body(&bytes)?;
    let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    if name.len() > 64 || !name.chars().all(fits) {
        return Err(ControlError::Invalid(format!(
            "{name} cannot be the name of a base"
        )));
    }
    {
        let mut world = simulator.world();
        if !world.onec.contains_key(name.as_str()) {
            let mut base = Base::new(&name);
            if let Some(directory) = &world.state_dir {
                base.keep_in(directory)
                    .map_err(|error| ControlError::Invalid(error.to_string()))?;
            }
            world.onec.insert(name.clone(), base);
        }
    }
    with(&simulator, &name, |base| {
        base.set(settings)?;
        Ok(base.settings.clone())
    })
}

pub(crate) async fn get_faults(
    simulator: Data<Simulator>,
    name: Path<String>,
) -> Result<Json<OnecFaults>, ControlError> {
    with(&simulator, &name, |base| Ok(base.faults.clone()))
}

pub(crate) async fn put_faults(
    simulator: Data<Simulator>,
    name: Path<String>,
    bytes: Bytes,
) -> Result<Json<OnecFaults>, ControlError> {
    let faults: OnecFaults = body(&bytes)?;
    with(&simulator, &name, |base| {
        base.faults = faults;
        Ok(base.faults.clone())
    })
}

pub(crate) async fn clients(
    simulator: Data<Simulator>,
    name: Path<String>,
) -> Result<Json<Vec<OnecClient>>, ControlError> {
    with(&simulator, &name, |base| Ok(onec::clients(base)))
}

pub(crate) async fn add_client(
    simulator: Data<Simulator>,
    name: Path<String>,
    bytes: Bytes,
) -> Result<HttpResponse, ControlError> {
    let client: OnecClient = body(&bytes)?;
    let added = with(&simulator, &name, |base| Ok(onec::add_client(base, &client)?))?;
    Ok(HttpResponse::Created().json(added))
}

pub(crate) async fn documents(
    simulator: Data<Simulator>,
    name: Path<String>,
    which: Query<Which>,
) -> Result<Json<Vec<OnecDocument>>, ControlError> {
    with(&simulator, &name, |base| {
        Ok(onec::documents(base, which.entity.as_deref()))
    })
}

pub(crate) async fn add_by_hand(
    simulator: Data<Simulator>,
    name: Path<String>,
    bytes: Bytes,
) -> Result<HttpResponse, ControlError> {
    let wish: OnecByHand = body(&bytes)?;
    let now = clock::now_ms();
    let added = with(&simulator, &name, |base| Ok(onec::add_by_hand(base, &wish, now)?))?;
    Ok(HttpResponse::Created().json(added))
}

pub(crate) async fn act(
    simulator: Data<Simulator>,
    at: Path<(String, String, String)>,
    bytes: Bytes,
) -> Result<Json<Option<OnecDocument>>, ControlError> {
    let (name, key, verb) = &*at;
    let attributes: Map<String, Value> = body(&bytes)?;
    with(&simulator, name, |base| {
        Ok(onec::act_by_hand(base, (key, verb), &attributes)?)
    })
}

pub(crate) async fn calls(
    simulator: Data<Simulator>,
    name: Path<String>,
) -> Result<Json<Vec<OnecCalled>>, ControlError> {
    with(&simulator, &name, |base| Ok(base.calls.iter().cloned().collect()))
}

fn with<T: serde::Serialize>(
    simulator: &Simulator,
    name: &str,
    act: impl FnOnce(&mut Base) -> Result<T, ControlError>,
) -> Result<Json<T>, ControlError> {
    let mut world = simulator.world();
    let base = world
        .onec
        .get_mut(name)
        .ok_or_else(|| ControlError::NotFound(format!("there is no base {name}")))?;
    Ok(Json(act(base)?))
}
