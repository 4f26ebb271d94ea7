//! A person's decision on the bank status.

use actix_web::post;
use actix_web::web::{Data, Json};
use serde::Deserialize;
use sverka_app::App;
use sverka_app::attempts::OverrideStatus;
use sverka_domain::status::BankStatus;
use utoipa::ToSchema;

use super::AttemptView;
use crate::auth::{Allowed, Mend};
use crate::extract::{AttemptPath, JsonBody};
use crate::problem::{Faults, Problem, clean};

/// A decision.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OverrideBody {
    /// One of `override_options` of the attempt.
    bank_status: BankStatus,
    /// Why.
    #[schema(
        min_length = 10,
        max_length = 1000,
        pattern = "^\\s*[^\\s\\x00-\\x1f\\x7f-\\x9f][\\s\\S]{8,}[^\\s\\x00-\\x1f\\x7f-\\x9f]\\s*$",
        example = "В кабинете банка платёж есть, 12:04"
    )]
    reason: String,
    /// What was seen: a line of the bank's cabinet, a receipt number.
    #[schema(max_length = 1000)]
    evidence: Option<String>,
    /// The version that the person has seen.
    expected_version: i64,
}

/// Set the bank status by hand.
///
/// Where the bank is silent, or cannot be reached. Who, when, why, the old and the new value are recorded for ever.
#[utoipa::path(operation_id = "override_status", tag = "payment-attempts", request_body = OverrideBody,
    params(("id" = uuid::Uuid, Path, description = "Id of the attempt")),
    responses((status = 200, description = "The attempt as it is now", body = AttemptView)))]
#[post("/payment-attempts/{id}/status-override")]
pub(crate) async fn override_status(
    app: Data<App>,
    caller: Allowed<Mend>,
    id: AttemptPath,
    body: JsonBody<OverrideBody>,
) -> Result<Json<AttemptView>, Problem> {
    let (decision, role) = (checked(body.value)?, caller.role());
    let seen = app.override_status(caller.0, id.0, decision).await?;
    Ok(Json(AttemptView::new(seen, role)))
}

fn checked(body: OverrideBody) -> Result<OverrideStatus, Problem> {
    let mut faults = Faults::default();
    faults.text("reason", &body.reason, 10, 1000);
    faults.text("evidence", body.evidence.as_deref().unwrap_or_default(), 0, 1000);
    faults.finish()?;
    Ok(OverrideStatus {
        bank_status: body.bank_status,
        reason: clean(&body.reason),
        evidence: body
            .evidence
            .map(|text| clean(&text))
            .filter(|text| !text.is_empty()),
        expected_version: body.expected_version,
    })
}
