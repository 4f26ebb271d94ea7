//! What a person does about a line.

use actix_web::post;
use actix_web::web::{Data, Json};
use serde::Deserialize;
use sverka_app::App;
use sverka_app::registries::MendLine;
use sverka_domain::ids::AttemptId;
use sverka_domain::registry::Mend as MendAction;
use utoipa::ToSchema;

use super::view::RegistryLineView;
use crate::auth::{Allowed, Mend};
use crate::extract::{JsonBody, RegistryPath};
use crate::problem::{Faults, Problem, clean};

/// Which line, and what to do.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MendBody {
    /// Its number; null for an attempt that the registry does not list.
    line: Option<u64>,
    /// That attempt.
    attempt_id: Option<AttemptId>,
    action: MendAction,
    /// With `record_attempt`: code of what was paid for, `unknown` when not given.
    #[schema(min_length = 1, max_length = 64)]
    payment_type: Option<String>,
    /// With `record_attempt`: who paid.
    #[schema(min_length = 1, max_length = 200)]
    client_name: Option<String>,
}

/// Mend a line.
///
/// `ask_bank` asks the bank about its attempt and compares again; `record_attempt` records the attempt that is not there,
/// paid by the registry's word. Nothing is ever removed.
#[utoipa::path(operation_id = "mend_registry_line", tag = "registries", request_body = MendBody,
    params(("id" = uuid::Uuid, Path, description = "Id of the registry")),
    responses((status = 200, description = "The line as it stands now", body = RegistryLineView)))]
#[post("/registries/{id}/mend")]
pub(crate) async fn mend_registry_line(
    app: Data<App>,
    caller: Allowed<Mend>,
    id: RegistryPath,
    body: JsonBody<MendBody>,
) -> Result<Json<RegistryLineView>, Problem> {
    let mend = checked(body.value)?;
    let line = app.mend_registry_line(caller.0, id.0, mend).await?;
    Ok(Json(line.into()))
}

fn checked(body: MendBody) -> Result<MendLine, Problem> {
    let mut faults = Faults::default();
    if body.line.is_none() && body.attempt_id.is_none() {
        faults.add(
            "line",
            "required",
            "a line's number, or the attempt that is missing",
        );
    }
    if let Some(kind) = &body.payment_type {
        faults.token("payment_type", kind, 64);
    }
    if let Some(name) = &body.client_name {
        faults.text("client_name", name, 1, 200);
    }
    faults.finish()?;
    Ok(MendLine {
        number: body.line,
        attempt: body.attempt_id,
        action: body.action,
        payment_type: body.payment_type,
        client_name: body.client_name.as_deref().map(clean),
    })
}
