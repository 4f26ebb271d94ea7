//! «Это она — связать», «Другая оплата — провести», «Отложить»: what a person decides about what was found.

use actix_web::post;
use actix_web::web::{Data, Json};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use sverka_app::App;
use sverka_app::attempts::Decide;
use sverka_domain::delivery::{Choice, Decision};
use sverka_domain::ids::DeliveryId;
use utoipa::ToSchema;

use super::AttemptView;
use crate::auth::{Allowed, Mend};
use crate::extract::{AttemptPath, JsonBody};
use crate::problem::{Faults, Problem, clean};

/// A key of the accounting system is no longer than so many characters.
const LONGEST_KEY: usize = 500;
/// Nothing is put off for longer.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(24 * 366);

/// What the person decides.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionBody {
    /// The version that the person has seen.
    expected_version: i64,
    /// The delivery that waits, as `hold` tells it.
    delivery_id: DeliveryId,
    decision: Choice,
    /// With `link`: the key of the document that is the payment, one of the hold's.
    #[schema(min_length = 1, max_length = 500)]
    document_key: Option<String>,
    /// With `choose_client`: the system's key of the client, one of the hold's if it lists any.
    #[schema(min_length = 1, max_length = 500)]
    client_key: Option<String>,
    /// With `postpone`: when it is looked at again, a year ahead at most.
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
    /// How they know.
    #[schema(
        min_length = 3,
        max_length = 1000,
        pattern = "^\\s*[^\\s\\x00-\\x1f\\x7f-\\x9f][\\s\\S]{1,}[^\\s\\x00-\\x1f\\x7f-\\x9f]\\s*$"
    )]
    reason: String,
}

/// Decide about what was found in the accounting system.
///
/// `hold.decisions` lists what fits. It beats a worker that is about to act.
#[utoipa::path(operation_id = "decide", tag = "payment-attempts", request_body = DecisionBody,
    params(("id" = uuid::Uuid, Path, description = "Id of the attempt")),
    responses((status = 200, description = "The attempt as it is now", body = AttemptView)))]
#[post("/payment-attempts/{id}/decision")]
pub(crate) async fn decide(
    app: Data<App>,
    caller: Allowed<Mend>,
    id: AttemptPath,
    body: JsonBody<DecisionBody>,
) -> Result<Json<AttemptView>, Problem> {
    let (decide, role) = (checked(body.value, app.now())?, caller.role());
    let seen = app.decide(caller.0, id.0, decide).await?;
    Ok(Json(AttemptView::new(seen, role)))
}

fn checked(body: DecisionBody, now: Timestamp) -> Result<Decide, Problem> {
    let mut faults = Faults::default();
    faults.text("reason", &body.reason, 3, 1000);
    let decision = match body.decision {
        Choice::Link => key(&mut faults, "document_key", body.document_key)
            .map(|document_key| Decision::Link { document_key }),
        Choice::Send => Some(Decision::Send),
        Choice::ChooseClient => key(&mut faults, "client_key", body.client_key)
            .map(|client_key| Decision::ChooseClient { client_key }),
        Choice::Postpone => until(&mut faults, body.until, now).map(|until| Decision::Postpone { until }),
        Choice::Dismiss => Some(Decision::Dismiss),
    };
    faults.finish()?;
    let Some(decision) = decision else {
        return Err(Problem::plain(crate::problem::ErrorCode::ValidationFailed));
    };
    Ok(Decide {
        delivery_id: body.delivery_id,
        decision,
        reason: clean(&body.reason),
        expected_version: body.expected_version,
    })
}

/// A key as the system gave it.
fn key(faults: &mut Faults, field: &str, key: Option<String>) -> Option<String> {
    let key = key.unwrap_or_default();
    if key.is_empty() {
        faults.add(field, "required", "this decision needs it");
        return None;
    }
    if key.chars().count() > LONGEST_KEY {
        faults.add(field, "too_long", format!("at most {LONGEST_KEY} characters"));
        return None;
    }
    Some(key)
}

fn until(faults: &mut Faults, until: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
    let Some(until) = until else {
        faults.add("until", "required", "this decision needs it");
        return None;
    };
    if until <= now || until.duration_since(now) > LONGEST_WAIT {
        faults.add("until", "out_of_range", "from now to a year ahead");
        return None;
    }
    Some(until)
}
