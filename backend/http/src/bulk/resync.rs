//! «Синхронизировать с CRM» of many at once, or a rehearsal of it.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use serde::Deserialize;
use sverka_app::App;
use sverka_app::bulk::NewBulkRun;
use sverka_app::ports::store::BulkAction;
use sverka_domain::ids::AttemptId;
use utoipa::ToSchema;

use super::BulkRunView;
use super::body::{JournalFilter, chosen};
use crate::auth::{Allowed, Mend};
use crate::extract::LargeBody;
use crate::problem::Problem;

/// Which attempts: `ids` or `filter`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BulkResyncBody {
    /// These.
    #[schema(max_items = 10_000)]
    ids: Option<Vec<AttemptId>>,
    /// Those that match now; at most 100 000.
    filter: Option<JournalFilter>,
    /// Only ask the accounting systems what would happen. Nothing is sent.
    #[serde(default)]
    rehearse: bool,
}

/// Pass many payments on now, or ask what would happen.
///
/// Which attempts is fixed at once, row by row; what becomes of each is told by the run. What needs nothing is left
/// alone.
#[utoipa::path(operation_id = "bulk_resync", tag = "bulk", request_body = BulkResyncBody,
    responses((status = 202, description = "It began", body = BulkRunView)))]
#[post("/payment-attempts/bulk/resync")]
pub(crate) async fn bulk_resync(
    app: Data<App>,
    caller: Allowed<Mend>,
    body: LargeBody<BulkResyncBody>,
) -> Result<HttpResponse, Problem> {
    let body = body.value;
    let new = NewBulkRun {
        action: BulkAction::Resync,
        is_rehearsal: body.rehearse,
        chosen: chosen(body.ids, body.filter)?,
    };
    let run = app.start_bulk_run(caller.0, new).await?;
    Ok(HttpResponse::Accepted().json(BulkRunView::from(run)))
}
