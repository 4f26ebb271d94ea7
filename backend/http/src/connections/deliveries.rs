//! What waits at a connection.

use actix_web::get;
use actix_web::web::{Data, Json};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sverka_app::App;
use sverka_app::connections::{DeliveryQuery, DeliverySeen};
use sverka_app::ports::store::WaitsFor;
use sverka_domain::delivery::{DeliveryKind, DeliveryState};
use sverka_domain::ids::DeliveryId;
use sverka_domain::money::Money;
use sverka_domain::role::Role;
use utoipa::{IntoParams, ToSchema};

use crate::attempts::AttemptView;
use crate::attempts::search::limit;
use crate::auth::{Allowed, View};
use crate::extract::{ConnectionPath, QueryOf, present};
use crate::problem::Problem;
use crate::views::PageOf;

/// Which deliveries.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DeliveryParams {
    /// For what they wait: for the system (the default), for a decision, or to be mended after a refusal.
    #[param(inline)]
    #[serde(default, deserialize_with = "present")]
    state: Option<WaitsFor>,
    /// From `next_cursor` of the page before.
    #[param(pattern = "^[A-Za-z0-9_-]{32}$")]
    #[serde(default, deserialize_with = "present")]
    cursor: Option<String>,
    /// Rows of the page.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "present")]
    limit: Option<u32>,
}

/// A delivery that waits.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeliveryView {
    id: DeliveryId,
    attempt: AttemptView,
    kind: DeliveryKind,
    amount: Money,
    state: DeliveryState,
    /// How many times it was tried.
    tries: u32,
    /// Since when it waits so.
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
    /// Not before this time; null where a person comes first.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    next_try_at: Option<Timestamp>,
    /// The last reason why it did not work, in the system's words.
    #[schema(required = true)]
    last_error: Option<String>,
    /// The document in the accounting system, if there is one already.
    #[schema(required = true)]
    document_ref: Option<String>,
}

/// What waits at a connection, the longest first.
#[utoipa::path(operation_id = "list_connection_deliveries", tag = "connections",
    params(("name" = String, Path, description = "Name of the connection"), DeliveryParams),
    responses((status = 200, description = "One page", body = PageOf<DeliveryView>)))]
#[get("/connections/{name}/deliveries")]
pub(crate) async fn list_connection_deliveries(
    app: Data<App>,
    caller: Allowed<View>,
    name: ConnectionPath,
    params: QueryOf<DeliveryParams>,
) -> Result<Json<PageOf<DeliveryView>>, Problem> {
    let params = params.0;
    let query = DeliveryQuery {
        connection: name.0,
        waits_for: params.state.unwrap_or(WaitsFor::System),
        cursor: params.cursor,
        limit: limit(params.limit)?,
    };
    let found = app.connection_deliveries(query).await?;
    let role = caller.role();
    Ok(Json(PageOf::new(found, |seen| view(seen, role))))
}

fn view(seen: DeliverySeen, role: Role) -> DeliveryView {
    let delivery = seen.delivery;
    let waits = matches!(
        delivery.state,
        DeliveryState::Queued | DeliveryState::Retrying | DeliveryState::InDoubt
    );
    DeliveryView {
        id: delivery.id,
        attempt: AttemptView::new(seen.seen, role),
        kind: delivery.kind,
        amount: delivery.amount,
        state: delivery.state,
        tries: delivery.tries,
        since: seen.since,
        next_try_at: waits.then_some(delivery.next_try_at),
        last_error: delivery.last_error,
        document_ref: delivery.document_ref,
    }
}
