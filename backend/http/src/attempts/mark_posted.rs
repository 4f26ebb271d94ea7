//! «Уже проведён вручную».

use actix_web::post;
use actix_web::web::{Data, Json};
use serde::Deserialize;
use sverka_app::App;
use sverka_app::attempts::MarkPosted;
use utoipa::ToSchema;

use super::AttemptView;
use crate::auth::{Allowed, Mend};
use crate::extract::{AttemptPath, JsonBody};
use crate::problem::{Faults, Problem, clean};

/// What the person says.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PostedByHandBody {
    /// The document's number in the accounting system.
    #[schema(max_length = 100, example = "ПКО-000123")]
    document_ref: Option<String>,
    /// How they know.
    #[schema(
        min_length = 3,
        max_length = 1000,
        pattern = "^\\s*[^\\s\\x00-\\x1f\\x7f-\\x9f][\\s\\S]{1,}[^\\s\\x00-\\x1f\\x7f-\\x9f]\\s*$"
    )]
    reason: String,
    /// The version that the person has seen.
    expected_version: i64,
}

/// Mark the payment as entered by hand.
///
/// From then on nothing sends it, whatever is pressed. It beats a worker that is about to send.
#[utoipa::path(operation_id = "mark_posted_by_hand", tag = "payment-attempts", request_body = PostedByHandBody,
    params(("id" = uuid::Uuid, Path, description = "Id of the attempt")),
    responses((status = 200, description = "The attempt as it is now", body = AttemptView)))]
#[post("/payment-attempts/{id}/posted-by-hand")]
pub(crate) async fn mark_posted_by_hand(
    app: Data<App>,
    caller: Allowed<Mend>,
    id: AttemptPath,
    body: JsonBody<PostedByHandBody>,
) -> Result<Json<AttemptView>, Problem> {
    let (mark, role) = (checked(body.value)?, caller.role());
    let seen = app.mark_posted(caller.0, id.0, mark).await?;
    Ok(Json(AttemptView::new(seen, role)))
}

fn checked(body: PostedByHandBody) -> Result<MarkPosted, Problem> {
    let mut faults = Faults::default();
    faults.text("reason", &body.reason, 3, 1000);
    faults.text(
        "document_ref",
        body.document_ref.as_deref().unwrap_or_default(),
        0,
        100,
    );
    faults.finish()?;
    Ok(MarkPosted {
        document_ref: body
            .document_ref
            .map(|text| clean(&text))
            .filter(|text| !text.is_empty()),
        reason: clean(&body.reason),
        expected_version: body.expected_version,
    })
}
