//! Opening a payment page.

use actix_web::post;
use actix_web::web::{Data, Json};
use jiff::Timestamp;
use serde::Deserialize;
use sverka_app::App;
use sverka_app::checkout::CheckoutRequest;
use utoipa::ToSchema;

use super::AttemptView;
use crate::auth::{Allowed, Record};
use crate::extract::{AttemptPath, JsonBody};
use crate::problem::{Faults, Problem};

/// The longest address to come back to.
const MAX_URL: usize = 1000;

/// A payment page to open.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckoutBody {
    /// Where the client's browser goes afterwards.
    #[schema(
        max_length = 1000,
        example = "https://app.example.ru/paid",
        pattern = "^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?([/?#][!-~]*)?$"
    )]
    return_url: String,
    /// When the page has to stop taking money; in the future.
    #[schema(value_type = Option<String>, format = DateTime)]
    valid_until: Option<Timestamp>,
}

/// A payment page to open for an attempt that stands in the journal.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenCheckoutBody {
    /// Where the client's browser goes afterwards.
    #[schema(
        max_length = 1000,
        example = "https://app.example.ru/paid",
        pattern = "^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?([/?#][!-~]*)?$"
    )]
    return_url: String,
    /// When the page has to stop taking money; in the future.
    #[schema(value_type = Option<String>, format = DateTime)]
    valid_until: Option<Timestamp>,
    /// The version that the app has seen.
    expected_version: i64,
}

/// Open the payment page.
///
/// The page that the attempt has, or a new one: the order is registered at the bank, once. A bank that did not answer is
/// asked for the order before it is registered again; 503 `checkout_unavailable` then says when to repeat.
#[utoipa::path(operation_id = "open_checkout", tag = "payment-attempts", request_body = OpenCheckoutBody,
    params(("id" = uuid::Uuid, Path, description = "Id of the attempt")),
    responses((status = 200, description = "The attempt with its payment page", body = AttemptView)))]
#[post("/payment-attempts/{id}/checkout")]
pub(crate) async fn open_checkout(
    app: Data<App>,
    caller: Allowed<Record>,
    id: AttemptPath,
    body: JsonBody<OpenCheckoutBody>,
) -> Result<Json<AttemptView>, Problem> {
    let OpenCheckoutBody {
        return_url,
        valid_until,
        expected_version,
    } = body.value;
    let mut faults = Faults::default();
    let asked = CheckoutBody {
        return_url,
        valid_until,
    };
    let wanted = checked(asked, "", app.now(), &mut faults);
    faults.finish()?;
    let role = caller.role();
    // What was begun at the bank is written down, even when the caller hangs up.
    let opened =
        actix_web::rt::spawn(
            async move { app.open_checkout(caller.0, id.0, wanted, expected_version).await },
        );
    let seen = opened.await.map_err(|error| Problem::internal(&error))?;
    let seen = seen.map_err(|error| Problem::from(error).seen_as(role))?;
    Ok(Json(AttemptView::new(seen, role)))
}

/// What is wanted of a page; `prefix` is where its fields stand in the body.
pub(super) fn checked(
    body: CheckoutBody,
    prefix: &str,
    now: Timestamp,
    faults: &mut Faults,
) -> CheckoutRequest {
    if body.return_url.len() > MAX_URL {
        faults.add(
            &format!("{prefix}return_url"),
            "too_long",
            "at most 1000 characters",
        );
    } else if !is_web_address(&body.return_url) {
        faults.add(
            &format!("{prefix}return_url"),
            "invalid",
            "a web address in ASCII, such as https://app.example.ru/paid",
        );
    }
    if body.valid_until.is_some_and(|until| until <= now) {
        faults.add(
            &format!("{prefix}valid_until"),
            "out_of_range",
            "a time in the future",
        );
    }
    CheckoutRequest {
        return_url: body.return_url,
        valid_until: body.valid_until,
    }
}

/// As the contract's pattern has it.
fn is_web_address(text: &str) -> bool {
    let Some(rest) = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
    else {
        return false;
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (place, path) = rest.split_at(end);
    let (host, port) = place.split_once(':').unwrap_or((place, "0"));
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    !host.is_empty()
        && host.chars().all(is_host)
        && (1..=5).contains(&port.len())
        && port.chars().all(|c| c.is_ascii_digit())
        && path.chars().all(|c| c.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::is_web_address;

    #[test]
    fn a_browser_is_sent_to_web_addresses_only() {
        for good in [
            "https://app.example.ru/paid?order=A-1#done",
            "http://127.0.0.1:8080",
            "https://a.example?x",
        ] {
            assert!(is_web_address(good), "{good}");
        }
        for bad in [
            "",
            "https://",
            "javascript:alert(1)",
            "https://user:secret@a.example/",
            "https://пример.рф/",
            "https://a.example/a b",
            "https://a.example:",
            "https://a.example:123456/",
            "app://paid",
        ] {
            assert!(!is_web_address(bad), "{bad}");
        }
    }
}
