//! «Запросить банк».

use actix_web::post;
use actix_web::web::{Data, Json};
use jiff::Timestamp;
use serde::Serialize;
use sverka_app::App;
use sverka_app::polling::{Asked, Asker};
use sverka_app::ports::bank::Answered;
use sverka_domain::money::Money;
use sverka_domain::role::Role;
use sverka_domain::status::BankStatus;
use utoipa::ToSchema;

use super::AttemptView;
use crate::auth::{Allowed, Mend};
use crate::extract::AttemptPath;
use crate::problem::Problem;

/// What the bank answered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BankAnswer {
    /// Whether the bank knows the order.
    found: bool,
    #[schema(required = true)]
    bank_status: Option<BankStatus>,
    #[schema(required = true)]
    amount: Option<Money>,
    #[schema(required = true)]
    refunded: Option<Money>,
    #[schema(required = true)]
    bank_order_id: Option<String>,
    /// The bank's own code of the result.
    #[schema(required = true)]
    code: Option<String>,
    /// The bank's own words.
    #[schema(required = true)]
    message: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    asked_at: Timestamp,
}

/// What asking came to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BankQueryResult {
    answer: BankAnswer,
    /// Whether anything about the attempt changed.
    changed: bool,
    attempt: AttemptView,
}

/// Ask the bank now.
///
/// If the bank has it as paid, the attempt becomes paid by itself. 502 when the bank did not answer.
#[utoipa::path(operation_id = "query_bank", tag = "payment-attempts",
    params(("id" = uuid::Uuid, Path, description = "Id of the attempt")),
    responses((status = 200, description = "The bank answered", body = BankQueryResult)))]
#[post("/payment-attempts/{id}/bank-query")]
pub(crate) async fn query_bank(
    app: Data<App>,
    caller: Allowed<Mend>,
    id: AttemptPath,
) -> Result<Json<BankQueryResult>, Problem> {
    let role = caller.role();
    let asked = app.ask_bank(id.0, Asker::Caller(caller.0)).await?;
    Ok(Json(view(asked, role)))
}

fn view(asked: Asked, role: Role) -> BankQueryResult {
    let currency = asked.seen.attempt.state.amount.currency;
    BankQueryResult {
        answer: answer(asked.answer, asked.asked_at, currency),
        changed: asked.changed,
        attempt: AttemptView::new(asked.seen, role),
    }
}

fn answer(answer: Answered, asked_at: Timestamp, currency: sverka_domain::money::Currency) -> BankAnswer {
    let fact = answer.fact;
    BankAnswer {
        found: fact.is_some(),
        bank_status: fact.as_ref().map(|fact| fact.status),
        amount: fact.as_ref().and_then(|fact| fact.amount),
        refunded: fact
            .and_then(|fact| fact.refunded)
            .map(|amount| Money::new(amount, currency)),
        bank_order_id: answer.bank_order_id,
        code: answer.code,
        message: answer.message,
        asked_at,
    }
}
