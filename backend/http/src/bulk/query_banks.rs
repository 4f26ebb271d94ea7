//! «Запросить банк» about many at once.

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
pub(crate) struct BulkQueryBody {
    /// These.
    #[schema(max_items = 10_000)]
    ids: Option<Vec<AttemptId>>,
    /// Those that match now; at most 100 000.
    filter: Option<JournalFilter>,
}

/// Ask the banks about many payments.
///
/// Each bank at the pace that its account allows.
#[utoipa::path(operation_id = "bulk_query_bank", tag = "bulk", request_body = BulkQueryBody,
    responses((status = 202, description = "It began", body = BulkRunView)))]
#[post("/payment-attempts/bulk/bank-query")]
pub(crate) async fn bulk_query_bank(
    app: Data<App>,
    caller: Allowed<Mend>,
    body: LargeBody<BulkQueryBody>,
) -> Result<HttpResponse, Problem> {
    let new = NewBulkRun {
        action: BulkAction::BankQuery,
        is_rehearsal: false,
        chosen: chosen(body.value.ids, body.value.filter)?,
    };
    let run = app.start_bulk_run(caller.0, new).await?;
    Ok(HttpResponse::Accepted().json(BulkRunView::from(run)))
}
