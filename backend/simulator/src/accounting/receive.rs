//! `POST /accounting/{name}/payments`.

use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

use super::answer;
use super::receiver::Applied;
use crate::clock;
use crate::signature::webhook::{Signed, verify};
use crate::simulator::Simulator;

/// The receiver's route.
pub(crate) fn routes(config: &mut web::ServiceConfig) {
    config.route("/accounting/{name}/payments", web::post().to(receive));
}

async fn receive(
    request: HttpRequest,
    simulator: Data<Simulator>,
    name: Path<String>,
    body: Bytes,
) -> HttpResponse {
    let found = simulator
        .world()
        .receivers
        .get_mut(name.as_str())
        .map(|receiver| (receiver.next_mode(), receiver.faults.clone()));
    let Some((mode, faults)) = found else {
        return HttpResponse::NotFound().json(json!({"error": "no such receiver"}));
    };
    if let Some(instead) = answer::instead(&request, mode, &faults).await {
        return instead;
    }
    match take(&simulator, &name, &request, &body, faults.secret.as_deref()) {
        Ok(Applied::Created(document)) => answer::after(&request, mode, &faults, &document, "created").await,
        Ok(Applied::Already(document)) => {
            answer::after(&request, mode, &faults, &document, "already_posted").await
        }
        Ok(Applied::Changed) => HttpResponse::Conflict().json(json!({"error": "body_changed"})),
        Err(reason) => HttpResponse::Unauthorized().json(json!({"error": reason})),
    }
}

fn take(
    simulator: &Simulator,
    name: &str,
    request: &HttpRequest,
    body: &[u8],
    secret: Option<&str>,
) -> Result<Applied, &'static str> {
    let header = |name: &str| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    let signed = Signed {
        id: header("webhook-id"),
        timestamp: header("webhook-timestamp"),
        signatures: header("webhook-signature"),
        body,
    };
    let now = clock::now_ms();
    let believed = match secret {
        _ if signed.id.is_empty() => Err("webhook-id is missing"),
        Some(secret) => verify(secret, &signed, now / 1_000),
        None => Ok(()),
    };
    let mut world = simulator.world();
    let receiver = world.receivers.get_mut(name).ok_or("no such receiver")?;
    match believed {
        Ok(()) => Ok(receiver.apply(signed.id, body, now)),
        Err(reason) => {
            receiver.summary.unauthorized += 1;
            Err(reason)
        }
    }
}
