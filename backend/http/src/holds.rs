//! What waits for a person's decision.

use actix_web::get;
use actix_web::web::{Data, Json};
use serde::{Deserialize, Serialize};
use sverka_app::App;
use sverka_app::connections::{DeliverySeen, HoldQuery};
use sverka_app::paging::Listed;
use sverka_app::ports::store::HoldFilter;
use sverka_domain::delivery::HoldReason;
use sverka_domain::role::Role;
use utoipa::{IntoParams, ToSchema};

use crate::attempts::search::limit;
use crate::attempts::{AttemptView, HoldView};
use crate::auth::{Allowed, View};
use crate::extract::{QueryOf, present};
use crate::problem::Problem;
use crate::views::PageOf;

/// Which of them.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct HoldParams {
    /// Why a person has to decide.
    #[serde(default, deserialize_with = "present")]
    reason: Option<HoldReason>,
    /// Name of the connection.
    connection: Option<String>,
    /// From `next_cursor` of the page before.
    #[param(pattern = "^[A-Za-z0-9_-]{32}$")]
    #[serde(default, deserialize_with = "present")]
    cursor: Option<String>,
    /// Rows of the page.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "present")]
    limit: Option<u32>,
}

/// An attempt, and what is to be decided about it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HeldAttempt {
    attempt: AttemptView,
    hold: HoldView,
}

/// What waits for a person's decision, the longest first.
#[utoipa::path(operation_id = "list_holds", tag = "connections", params(HoldParams),
    responses((status = 200, description = "One page", body = PageOf<HeldAttempt>)))]
#[get("/holds")]
pub(crate) async fn list_holds(
    app: Data<App>,
    caller: Allowed<View>,
    params: QueryOf<HoldParams>,
) -> Result<Json<PageOf<HeldAttempt>>, Problem> {
    let params = params.0;
    let query = HoldQuery {
        filter: HoldFilter {
            reason: params.reason,
            connection: params.connection,
        },
        cursor: params.cursor,
        limit: limit(params.limit)?,
    };
    let found = app.list_holds(query).await?;
    let role = caller.role();
    let rows = found.items.into_iter().filter_map(|seen| view(seen, role));
    let page = Listed {
        items: rows.collect(),
        next_cursor: found.next_cursor,
        total: found.total,
    };
    Ok(Json(PageOf::new(page, |row| row)))
}

fn view(seen: DeliverySeen, role: Role) -> Option<HeldAttempt> {
    Some(HeldAttempt {
        hold: HoldView::new(seen.delivery)?,
        attempt: AttemptView::new(seen.seen, role),
    })
}
