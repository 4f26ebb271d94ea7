//! The callback address of an account, and what came to it.

use actix_web::get;
use actix_web::web::{Data, Json};
use serde::Serialize;
use sverka_app::App;
use utoipa::ToSchema;

use super::self_test::SelfTestView;
use crate::auth::{Allowed, View};
use crate::extract::AccountPath;
use crate::notifications::NotificationView;
use crate::problem::Problem;

/// What the callback address takes.
const METHODS: [&str; 2] = ["GET", "POST"];

/// A callback address, and what came to it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CallbackCheckView {
    /// Code of the bank.
    bank: String,
    /// Name of the account.
    bank_account: String,
    /// The address to paste into the bank's cabinet.
    callback_url: String,
    /// The HTTP methods that it takes.
    #[schema(example = json!(["GET", "POST"]))]
    methods: [&'static str; 2],
    /// The newest genuine notification.
    #[schema(required = true)]
    last_genuine: Option<NotificationView>,
    /// The newest one without a good signature.
    #[schema(required = true)]
    last_rejected: Option<NotificationView>,
    /// The newest one for an unknown order.
    #[schema(required = true)]
    last_orphan: Option<NotificationView>,
    /// The newest self-test.
    #[schema(required = true)]
    last_self_test: Option<SelfTestView>,
}

/// The callback address of an account, the last notifications of each kind, and the last self-test.
#[utoipa::path(operation_id = "check_callbacks", tag = "bank-accounts",
    params(("bank" = String, Path, description = "Code of the bank"), ("bank_account" = String, Path, description = "Name of the account")),
    responses((status = 200, description = "What is known", body = CallbackCheckView)))]
#[get("/bank-accounts/{bank}/{bank_account}/callback-check")]
pub(crate) async fn check_callbacks(
    app: Data<App>,
    _: Allowed<View>,
    account: AccountPath,
) -> Result<Json<CallbackCheckView>, Problem> {
    let check = app.callback_check(account.0).await?;
    Ok(Json(CallbackCheckView {
        bank: check.key.bank,
        bank_account: check.key.account,
        callback_url: check.callback_url,
        methods: METHODS,
        last_genuine: check.last_genuine.map(NotificationView::from),
        last_rejected: check.last_rejected.map(NotificationView::from),
        last_orphan: check.last_orphan.map(NotificationView::from),
        last_self_test: check.last_self_test.and_then(SelfTestView::of),
    }))
}
