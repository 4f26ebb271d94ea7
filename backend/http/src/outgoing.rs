//! The request that Sverka itself makes: a delivery to a receiver of webhooks. Documented here so that a receiver can be
//! written from the contract; sent by the accounting adapter, and held to this description by `tests/contracts`.

use utoipa::openapi::path::{PathItem, Paths};
use utoipa::openapi::{ComponentsBuilder, HttpMethod, OpenApi};
use utoipa::{Path as _, ToSchema};

use sverka_domain::money::Money;

/// A payment or a refund to enter. Signed by Standard Webhooks: docs/webhook.md.
#[derive(ToSchema)]
#[schema(as = WebhookDelivery)]
#[expect(dead_code, reason = "described, and composed elsewhere")]
pub(crate) struct Delivery {
    /// `payment.succeeded` or `payment.refunded`.
    #[schema(rename = "type", example = "payment.succeeded")]
    r#type: String,
    /// When it happened; the same at every repeat.
    #[schema(format = DateTime)]
    timestamp: String,
    data: DeliveryData,
}

/// What is to be entered.
#[derive(ToSchema)]
#[schema(as = WebhookDeliveryData)]
#[expect(dead_code, reason = "described, and composed elsewhere")]
pub(crate) struct DeliveryData {
    /// Also the value of `webhook-id`: the key by which a repeat is known.
    #[schema(format = Uuid)]
    delivery_id: String,
    /// The payment attempt.
    #[schema(format = Uuid)]
    attempt_id: String,
    /// The merchant's own number of the order.
    order_number: String,
    /// Code of the bank, `sber`.
    bank: String,
    /// Name of the bank account among those of the bank.
    bank_account: String,
    /// The bank's id of the order.
    #[schema(required, nullable)]
    bank_order_id: Option<String>,
    /// What was paid for: a code of the merchant's own.
    payment_type: String,
    /// How much was paid, or went back.
    amount: Money,
    client: DeliveryClient,
    /// When the client paid.
    #[schema(required, nullable, format = DateTime)]
    paid_at: Option<String>,
    /// The payment's `delivery_id`; only with a refund.
    #[schema(format = Uuid)]
    refund_of: Option<String>,
}

/// Who paid. Personal data.
#[derive(ToSchema)]
#[schema(as = WebhookDeliveryClient)]
#[expect(dead_code, reason = "described, and composed elsewhere")]
pub(crate) struct DeliveryClient {
    /// Full name, usually surname first.
    name: String,
    /// In E.164 where the number could be read.
    #[schema(required, nullable)]
    phone: Option<String>,
    /// E-mail address.
    #[schema(required, nullable)]
    email: Option<String>,
    /// The app's own id of the client.
    #[schema(required, nullable)]
    external_id: Option<String>,
}

/// The document, where the receiver names it.
#[derive(ToSchema)]
#[schema(as = WebhookAnswer)]
#[expect(dead_code, reason = "described, and read elsewhere")]
pub(crate) struct Taken {
    /// The number that people know the document by.
    document_ref: Option<String>,
    /// The receiver's own key of it.
    document_key: Option<String>,
}

/// The document that the receiver has.
#[derive(ToSchema)]
#[schema(as = WebhookDocument)]
#[expect(dead_code, reason = "described, and read elsewhere")]
pub(crate) struct Known {
    /// The number that people know the document by.
    document_ref: String,
    /// The receiver's own key of it; `document_ref` where there is none.
    document_key: Option<String>,
    /// Whether it counts in the books; `true` when left out.
    posted: Option<bool>,
    /// Its sum, to be compared with what was paid.
    amount: Option<Money>,
}

/// A payment or a refund is passed on.
///
/// The same bytes under the same `webhook-id` at every repeat; the time and the signature are those of the try. Sent
/// once a try, without redirects. Every other answer, and none, is unknown: the receiver is asked, or the same request
/// comes again. How to verify the signature, with vectors: docs/webhook.md.
#[utoipa::path(post, path = "delivery", operation_id = "webhook_delivery", tag = "webhooks", security(()),
    params(
        ("webhook-id" = String, Header, description = "The delivery's id: the key by which a repeat is known"),
        ("webhook-timestamp" = i64, Header, description = "Unix seconds of this try; refuse what is more than 5 minutes away"),
        ("webhook-signature" = String, Header,
            description = "`v1,` and base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; several, \
                           separated by spaces, while a key is changed"),
    ),
    request_body = Delivery,
    responses(
        (status = 200, description = "Applied. Any 2xx with nothing, text, or JSON; a page, broken JSON or an endless \
                                      answer is unknown", body = Taken),
        (status = 400, description = "Refused for good, in the receiver's words (`detail`, `message`, `error`, `title`, \
                                      or plain text): a person mends it. So is any 4xx that is not listed"),
        (status = 401, description = "The connection stops until a person mends it; the same for 403, and for any 3xx"),
        (status = 409, description = "With `document_ref`: it was there before, and counts as applied. A body that says \
                                      \"in progress\": an earlier try is under way, asked again soon. Else unknown", body = Taken),
        (status = 410, description = "The receiver was switched off: the connection stops"),
        (status = 429, description = "Surely not applied; comes again after `Retry-After`. The same for 503"),
        (status = 500, description = "Unknown, like every other 5xx, a time-out and an answer cut short"),
    ))]
#[expect(dead_code, reason = "only its description is used")]
fn webhook_delivery() {}

/// A receiver is asked whether it has a delivery.
///
/// Only where `look_up_url` is configured: `GET {look_up_url}/{webhook-id}`. Needed for `class = "look_up_only"`, where
/// a repeat would make a second document.
#[utoipa::path(get, path = "look_up", operation_id = "webhook_look_up", tag = "webhooks", security(()),
    params(
        ("webhook-id" = String, Header, description = "The delivery that is asked for; also the end of the address"),
        ("webhook-timestamp" = i64, Header, description = "Unix seconds of the question"),
        ("webhook-signature" = String, Header, description = "As with a delivery, over an empty body"),
    ),
    responses(
        (status = 200, description = "It is there", body = Known),
        (status = 404, description = "It is not there; a page is no answer"),
        (status = 401, description = "The connection stops until a person mends it; the same for 403, 410 and any 3xx"),
        (status = 503, description = "No answer: asked again, and nothing is sent before"),
    ))]
#[expect(dead_code, reason = "only its description is used")]
fn webhook_look_up() {}

/// Adds the requests that Sverka makes, and their shapes.
pub(crate) fn describe(document: &mut OpenApi) {
    let mut webhooks = Paths::new();
    webhooks.paths.insert(
        "delivery".to_owned(),
        PathItem::new(HttpMethod::Post, __path_webhook_delivery::operation()),
    );
    webhooks.paths.insert(
        "look_up".to_owned(),
        PathItem::new(HttpMethod::Get, __path_webhook_look_up::operation()),
    );
    document.webhooks = Some(webhooks);
    let components = document.components.take().unwrap_or_default();
    let mut builder: ComponentsBuilder = components.into();
    let mut schemas = Vec::new();
    <Delivery as ToSchema>::schemas(&mut schemas);
    <Known as ToSchema>::schemas(&mut schemas);
    for (name, schema) in schemas {
        builder = builder.schema(name, schema);
    }
    document.components = Some(
        builder
            .schema(Delivery::name(), <Delivery as utoipa::PartialSchema>::schema())
            .schema(Taken::name(), <Taken as utoipa::PartialSchema>::schema())
            .schema(Known::name(), <Known as utoipa::PartialSchema>::schema())
            .build(),
    );
}
