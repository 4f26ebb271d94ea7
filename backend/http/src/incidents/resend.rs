//! «Попросить банк прислать уведомления ещё раз».

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use serde::Serialize;
use sverka_app::App;
use utoipa::ToSchema;

use crate::auth::{Allowed, Mend};
use crate::extract::IncidentPath;
use crate::problem::Problem;

/// The bank took the request; the notifications come by themselves.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ResendAsked {}

/// Ask the bank to send again the notifications that it could not deliver.
///
/// 409 `resend_not_supported` where the bank has no such call; 502 when it did not answer.
#[utoipa::path(operation_id = "resend_for_incident", tag = "incidents",
    params(("id" = uuid::Uuid, Path, description = "Id of the incident")),
    responses((status = 202, description = "The bank took the request", body = ResendAsked)))]
#[post("/incidents/{id}/resend")]
pub(crate) async fn resend_for_incident(
    app: Data<App>,
    _: Allowed<Mend>,
    id: IncidentPath,
) -> Result<HttpResponse, Problem> {
    app.resend_for_incident(id.0).await?;
    Ok(HttpResponse::Accepted().json(ResendAsked {}))
}
