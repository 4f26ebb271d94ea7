//! Asking the bank for its notifications once more.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use serde_json::json;
use sverka_app::App;

use crate::auth::{Allowed, Mend};
use crate::extract::AccountPath;
use crate::problem::Problem;

/// Ask the bank to send again the notifications that it could not deliver.
///
/// 409 `resend_not_supported` where `abilities.resends` of the account is false.
#[utoipa::path(operation_id = "resend_notifications", tag = "bank-accounts",
    params(("bank" = String, Path, description = "Code of the bank"), ("bank_account" = String, Path, description = "Name of the account")),
    responses((status = 202, description = "The bank was asked", body = Object)))]
#[post("/bank-accounts/{bank}/{bank_account}/resend")]
pub(crate) async fn resend_notifications(
    app: Data<App>,
    _: Allowed<Mend>,
    account: AccountPath,
) -> Result<HttpResponse, Problem> {
    app.resend_notifications(account.0).await?;
    Ok(HttpResponse::Accepted().json(json!({})))
}
