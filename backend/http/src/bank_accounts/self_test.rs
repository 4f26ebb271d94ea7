//! «Проверить адрес уведомлений».

use actix_web::post;
use actix_web::web::{Data, Json};
use jiff::Timestamp;
use serde::Serialize;
use sverka_app::App;
use sverka_app::ports::store::{SelfTest, SelfTestCode};
use sverka_domain::ids::NotificationId;
use utoipa::ToSchema;

use crate::auth::{Allowed, Mend};
use crate::extract::AccountPath;
use crate::problem::{ErrorCode, Problem};

/// What a self-test came to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SelfTestView {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// The public address that it was sent to.
    sent_to: String,
    /// Whether it stands in the journal.
    arrived: bool,
    /// Whether it was found genuine there.
    genuine: bool,
    /// Whether it was signed as the bank signs; where only the bank can, it is not, and shows only that the address is
    /// reached.
    signed: bool,
    /// Status of the answer that came back.
    #[schema(required = true)]
    http_status: Option<u16>,
    /// How long that took, in milliseconds.
    took_ms: u64,
    code: SelfTestCode,
    /// The same in plain words.
    #[schema(required = true)]
    detail: Option<String>,
    /// The notification in the journal.
    #[schema(required = true)]
    notification_id: Option<NotificationId>,
}

impl SelfTestView {
    /// A self-test that has ended.
    pub(super) fn of(test: SelfTest) -> Option<Self> {
        let result = test.result?;
        Some(Self {
            at: test.at,
            sent_to: test.sent_to,
            arrived: test.notification_id.is_some(),
            genuine: test.genuine,
            signed: test.signed,
            http_status: result.http_status,
            took_ms: result.took_ms,
            code: result.code,
            detail: result.detail,
            notification_id: test.notification_id,
        })
    }
}

/// Send a notification of our own to the public callback address, and see whether it arrives.
///
/// It is for an order that does not exist, signed where the key is ours, and marked as a self-test in the journal.
#[utoipa::path(operation_id = "test_callbacks", tag = "bank-accounts",
    params(("bank" = String, Path, description = "Code of the bank"), ("bank_account" = String, Path, description = "Name of the account")),
    responses((status = 200, description = "What became of it", body = SelfTestView)))]
#[post("/bank-accounts/{bank}/{bank_account}/callback-self-test")]
pub(crate) async fn test_callbacks(
    app: Data<App>,
    caller: Allowed<Mend>,
    account: AccountPath,
) -> Result<Json<SelfTestView>, Problem> {
    let test = app.run_self_test(account.0, &caller.0).await?;
    SelfTestView::of(test)
        .map(Json)
        .ok_or_else(|| Problem::plain(ErrorCode::Internal))
}
