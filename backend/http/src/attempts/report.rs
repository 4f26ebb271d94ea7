//! What the app learned about an attempt.

use actix_web::patch;
use actix_web::web::{Data, Json};
use serde::{Deserialize, Serialize};
use sverka_app::App;
use sverka_app::attempts::Report;
use sverka_domain::status::BankStatus;
use utoipa::ToSchema;

use super::AttemptView;
use crate::auth::{Allowed, Record};
use crate::extract::{AttemptPath, JsonBody};
use crate::problem::{Faults, Problem};

/// What an app may report.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Reported {
    /// The client is paying.
    Pending,
    /// The client gave up.
    Abandoned,
}

/// What the app learned. What is left out stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReportBody {
    /// The bank's id of the order.
    #[schema(
        min_length = 1,
        max_length = 100,
        pattern = "^[^\\s\\x00-\\x1f\\x7f-\\x9f]+( [^\\s\\x00-\\x1f\\x7f-\\x9f]+)*$"
    )]
    bank_order_id: Option<String>,
    bank_status: Option<Reported>,
    /// The version that the app has seen.
    expected_version: i64,
}

/// Report what the app learned.
///
/// The bank's order id after registering the order; that the client began to pay, or gave up.
#[utoipa::path(operation_id = "patch_attempt", tag = "payment-attempts", request_body = ReportBody,
    params(("id" = uuid::Uuid, Path, description = "Id of the attempt")),
    responses((status = 200, description = "The attempt as it is now", body = AttemptView)))]
#[patch("/payment-attempts/{id}")]
pub(crate) async fn patch_attempt(
    app: Data<App>,
    caller: Allowed<Record>,
    id: AttemptPath,
    body: JsonBody<ReportBody>,
) -> Result<Json<AttemptView>, Problem> {
    let (report, role) = (checked(body.value)?, caller.role());
    let reported = app.report(caller.0, id.0, report).await;
    let seen = reported.map_err(|error| Problem::from(error).seen_as(role))?;
    Ok(Json(AttemptView::new(seen, role)))
}

fn checked(body: ReportBody) -> Result<Report, Problem> {
    let mut faults = Faults::default();
    if let Some(id) = &body.bank_order_id {
        faults.token("bank_order_id", id, 100);
    }
    faults.finish()?;
    Ok(Report {
        bank_order_id: body.bank_order_id,
        bank_status: body.bank_status.map(|status| match status {
            Reported::Pending => BankStatus::Pending,
            Reported::Abandoned => BankStatus::Abandoned,
        }),
        expected_version: body.expected_version,
    })
}
