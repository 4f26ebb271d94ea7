//! Recording an attempt.

use actix_web::http::header::LOCATION;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};
use sverka_app::App;
use sverka_app::attempts::{IdempotencyKey, NewAttempt, Recorded, Seen};
use sverka_app::checkout::CheckoutRequest;
use sverka_app::ports::bank::AccountKey;
use sverka_domain::client::Client;
use sverka_domain::money::Money;
use sverka_domain::role::Role;
use utoipa::ToSchema;

use super::checkout::CheckoutBody;
use super::{AttemptView, checkout};
use crate::auth::{Allowed, Record};
use crate::extract::JsonBody;
use crate::problem::{ErrorCode, Faults, Problem, clean};

/// The person who pays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewClient {
    /// Full name, surname first.
    #[schema(
        min_length = 1,
        max_length = 200,
        pattern = "[^\\s\\x00-\\x1f\\x7f-\\x9f]",
        example = "Иванова Мария Петровна"
    )]
    name: String,
    /// In any spelling; kept as E.164 where it can be read.
    #[schema(max_length = 40, example = "+7 916 123-45-67")]
    phone: Option<String>,
    #[schema(max_length = 200)]
    email: Option<String>,
    /// The app's or the CRM's own id of the client.
    #[schema(max_length = 100)]
    external_id: Option<String>,
}

/// An attempt that the app is about to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAttemptBody {
    /// The merchant's own number of the order; unique at the bank account.
    #[schema(
        min_length = 1,
        max_length = 64,
        example = "A-10452",
        pattern = "^[^\\s\\x00-\\x1f\\x7f-\\x9f]+( [^\\s\\x00-\\x1f\\x7f-\\x9f]+)*$"
    )]
    order_number: String,
    /// Code of the bank.
    #[schema(
        min_length = 1,
        max_length = 40,
        example = "sber",
        pattern = "^[^\\s\\x00-\\x1f\\x7f-\\x9f]+( [^\\s\\x00-\\x1f\\x7f-\\x9f]+)*$"
    )]
    bank: String,
    /// Name of the bank account.
    #[schema(
        min_length = 1,
        max_length = 64,
        example = "main",
        pattern = "^[^\\s\\x00-\\x1f\\x7f-\\x9f]+( [^\\s\\x00-\\x1f\\x7f-\\x9f]+)*$"
    )]
    bank_account: String,
    /// Code of what is paid for.
    #[schema(
        min_length = 1,
        max_length = 64,
        example = "membership",
        pattern = "^[^\\s\\x00-\\x1f\\x7f-\\x9f]+( [^\\s\\x00-\\x1f\\x7f-\\x9f]+)*$"
    )]
    payment_type: String,
    /// What has to be paid: more than zero.
    amount: Money,
    client: NewClient,
    #[schema(max_length = 500)]
    description: Option<String>,
    /// The bank's id of the order, if the app registered it.
    #[schema(
        min_length = 1,
        max_length = 100,
        pattern = "^[^\\s\\x00-\\x1f\\x7f-\\x9f]+( [^\\s\\x00-\\x1f\\x7f-\\x9f]+)*$"
    )]
    bank_order_id: Option<String>,
    /// Open a payment page: Sverka registers the order at the bank, and answers with `payment_url`. Not together with
    /// `bank_order_id`.
    checkout: Option<CheckoutBody>,
    /// Anything to keep with it, up to 16 KiB.
    #[schema(value_type = Option<Object>)]
    metadata: Option<Map<String, Value>>,
}

/// Record an attempt.
///
/// Before the client is sent to the bank. The same order number at the same bank account is refused; with
/// `Idempotency-Key` the same request may be repeated safely. With `checkout` the order is registered at the bank; when the
/// bank did not answer (503 `checkout_unavailable`) or refused (422 `checkout_refused`), the attempt stands in the journal,
/// and `attempt` of the problem shows it: repeat with the same key, or open the page later.
#[utoipa::path(operation_id = "record_attempt", tag = "payment-attempts", request_body = NewAttemptBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes repeating this request safe for 48 hours",
        min_length = 1, max_length = 255)),
    responses((status = 201, description = "Recorded", body = AttemptView)))]
#[post("/payment-attempts")]
pub(crate) async fn record_attempt(
    app: Data<App>,
    caller: Allowed<Record>,
    request: HttpRequest,
    body: JsonBody<NewAttemptBody>,
) -> Result<HttpResponse, Problem> {
    let key = idempotency_key(&request, body.digest)?;
    let (new, checkout) = checked(body.value, app.now())?;
    let role = caller.role();
    let caller = caller.0;
    let answer = move |seen: &Seen| render(seen.clone(), role);
    let recorded = match checkout {
        None => app.record_attempt(caller, new, key, answer).await?,
        Some(wanted) => {
            // What was begun at the bank is written down, even when the caller hangs up.
            let opened = actix_web::rt::spawn(async move {
                app.record_with_checkout(caller, new, wanted, key, answer).await
            });
            let opened = opened.await.map_err(|error| Problem::internal(&error))?;
            opened.map_err(|error| Problem::from(error).seen_as(role))?
        }
    };
    let (id, answer) = match recorded {
        Recorded::Now(seen) => (seen.attempt.id, render(*seen, role)),
        Recorded::Before { id, answer } => (id, answer),
    };
    Ok(HttpResponse::Created()
        .insert_header((LOCATION, format!("/api/v1/payment-attempts/{id}")))
        .content_type("application/json")
        .body(answer))
}

fn render(seen: Seen, role: Role) -> Vec<u8> {
    serde_json::to_vec(&AttemptView::new(seen, role)).unwrap_or_default()
}

fn idempotency_key(request: &HttpRequest, digest: [u8; 32]) -> Result<Option<IdempotencyKey>, Problem> {
    let Some(value) = request.headers().get("idempotency-key") else {
        return Ok(None);
    };
    // The IETF draft writes it as a quoted string; most clients do not.
    let text = value.to_str().unwrap_or_default().trim().trim_matches('"');
    if text.is_empty() || text.len() > 255 {
        return Err(Problem::new(
            ErrorCode::BadRequest,
            "Idempotency-Key is 1 to 255 printable ASCII characters",
        ));
    }
    Ok(Some(IdempotencyKey {
        key: text.to_owned(),
        request_hash: digest,
    }))
}

fn checked(body: NewAttemptBody, now: Timestamp) -> Result<(NewAttempt, Option<CheckoutRequest>), Problem> {
    let mut faults = Faults::default();
    faults.token("order_number", &body.order_number, 64);
    faults.token("bank", &body.bank, 40);
    faults.token("bank_account", &body.bank_account, 64);
    faults.token("payment_type", &body.payment_type, 64);
    faults.text("client.name", &body.client.name, 1, 200);
    let optional = [
        ("client.phone", &body.client.phone, 40),
        ("client.email", &body.client.email, 200),
        ("client.external_id", &body.client.external_id, 100),
        ("description", &body.description, 500),
    ];
    for (field, text, max) in optional {
        faults.text(field, text.as_deref().unwrap_or_default(), 0, max);
    }
    if let Some(id) = &body.bank_order_id {
        faults.token("bank_order_id", id, 100);
    }
    if !(1..=Money::MAX_AMOUNT).contains(&body.amount.amount) {
        faults.add(
            "amount.amount",
            "out_of_range",
            format!("from 1 to {} minor units", Money::MAX_AMOUNT),
        );
    }
    let metadata = body.metadata.unwrap_or_default();
    if serde_json::to_vec(&metadata).map_or(0, |bytes| bytes.len()) > 16 * 1024 {
        faults.add("metadata", "too_long", "at most 16 KiB");
    }
    let checkout = body
        .checkout
        .map(|body| checkout::checked(body, "checkout.", now, &mut faults));
    if checkout.is_some() && body.bank_order_id.is_some() {
        faults.add(
            "checkout",
            "invalid",
            "not together with bank_order_id: the order is registered already",
        );
    }
    faults.finish()?;
    let new = NewAttempt {
        order_number: body.order_number,
        account: AccountKey {
            bank: body.bank,
            account: body.bank_account,
        },
        payment_type: body.payment_type,
        amount: body.amount,
        client: Client {
            name: clean(&body.client.name),
            phone: filled(body.client.phone),
            email: filled(body.client.email),
            external_id: filled(body.client.external_id),
        },
        description: filled(body.description),
        bank_order_id: body.bank_order_id,
        metadata,
    };
    Ok((new, checkout))
}

/// An empty text says nothing.
fn filled(text: Option<String>) -> Option<String> {
    text.map(|text| clean(&text)).filter(|text| !text.is_empty())
}
