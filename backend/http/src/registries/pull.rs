//! «Запросить у банка».

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use jiff::Timestamp;
use serde::Deserialize;
use sverka_app::App;
use sverka_app::ports::bank::AccountKey;
use sverka_app::registries::PullPeriod;
use utoipa::ToSchema;

use super::view::RegistryView;
use crate::auth::{Allowed, Mend};
use crate::extract::JsonBody;
use crate::problem::Problem;

/// Which operations.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PullBody {
    /// Code of the bank.
    bank: String,
    /// Name of the bank account.
    bank_account: String,
    /// From this time …
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    /// … up to but not including this one; at most 31 days.
    #[schema(value_type = String, format = DateTime)]
    to: Timestamp,
}

/// Pull a registry from the bank.
///
/// By the bank's own list call, where it has one: see `abilities.lists` of the bank account.
#[utoipa::path(operation_id = "pull_registry", tag = "registries", request_body = PullBody,
    responses((status = 201, description = "Pulled", body = RegistryView)))]
#[post("/registries/pull")]
pub(crate) async fn pull_registry(
    app: Data<App>,
    caller: Allowed<Mend>,
    body: JsonBody<PullBody>,
) -> Result<HttpResponse, Problem> {
    let wanted = body.value;
    let period = PullPeriod {
        account: AccountKey {
            bank: wanted.bank,
            account: wanted.bank_account,
        },
        from: wanted.from,
        to: wanted.to,
    };
    let registry = app.pull_registry(caller.0, period).await?;
    Ok(HttpResponse::Created().json(RegistryView::from(registry)))
}
