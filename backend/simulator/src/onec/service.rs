//! An HTTP service of the base such as a 1C developer would write for signed webhooks: keyed on `webhook-id`, one
//! transaction a payment, a small answer in JSON.

use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::answer::Reply;
use super::base::Base;
use super::call::late;
use super::create::create_as;
use super::query::Format;
use super::rows::{Object, flag, text};
use super::schema::{CLIENTS, Entity, PAYMENT, REFUND, entity};
use super::value::{kopecks, number, sum_of};
use super::{fault, log};
use crate::api::OnecCall;
use crate::signature::webhook::{Signed, verify};
use crate::simulator::Simulator;
use crate::{clock, credentials, money};

const FORMAT: Format = Format::Json { with_metadata: false };

/// What the service reads of an event.
#[derive(Debug, Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
    data: Payment,
}

#[derive(Debug, Deserialize)]
struct Payment {
    #[serde(default)]
    order_number: String,
    amount: Amount,
    #[serde(default)]
    client: Client,
    paid_at: Option<String>,
    refund_of: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Amount {
    /// Minor units.
    amount: i64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Client {
    phone: Option<String>,
    email: Option<String>,
}

/// A signed request, free of the framework.
struct Delivered {
    base: String,
    user: Option<(String, String)>,
    id: String,
    timestamp: String,
    signatures: String,
    body: Bytes,
}

/// `POST …/hs/sverka/payments`.
pub(super) async fn take(
    request: HttpRequest,
    simulator: Data<Simulator>,
    base: Path<String>,
    body: Bytes,
) -> HttpResponse {
    let header = |name: &str| {
        let value = request.headers().get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let delivered = Delivered {
        base: base.into_inner(),
        user: credentials::basic(&request),
        id: header("webhook-id"),
        timestamp: header("webhook-timestamp"),
        signatures: header("webhook-signature"),
        body,
    };
    let met = simulator.world().onec.get_mut(&delivered.base).map(|base| {
        let mode = base.meet(OnecCall::Service);
        let called = log::called(clock::now_ms(), "POST", "hs/sverka/payments", &delivered.id, mode);
        let number = base.log_call(called);
        base.take_session(None, None);
        (mode, base.faults.clone(), number, base.settings.post_delay_ms)
    });
    let Some((mode, faults, number, delay)) = met else {
        return HttpResponse::NotFound().body("there is no such base");
    };
    let name = delivered.base.clone();
    let response = match fault::instead(&request, FORMAT, mode, &faults).await {
        Some(instead) => instead,
        None => {
            let reply = late(&simulator, delay, move |simulator| delivered.run(simulator)).await;
            fault::after(&request, mode, &faults, reply).await
        }
    };
    if let Some(base) = simulator.world().onec.get_mut(&name) {
        base.log_answer(number, Some(response.status().as_u16()));
    }
    response
}

/// `GET …/hs/sverka/payments/{webhook-id}`.
pub(super) async fn give(
    request: HttpRequest,
    simulator: Data<Simulator>,
    at: Path<(String, String)>,
) -> HttpResponse {
    let (name, id) = at.into_inner();
    let met = simulator.world().onec.get_mut(&name).map(|base| {
        let mode = base.meet(OnecCall::Read);
        let called = log::called(clock::now_ms(), "GET", "hs/sverka/payments", &id, mode);
        base.take_session(None, None);
        (mode, base.faults.clone(), base.log_call(called))
    });
    let Some((mode, faults, number)) = met else {
        return HttpResponse::NotFound().body("there is no such base");
    };
    let response = match fault::instead(&request, FORMAT, mode, &faults).await {
        Some(instead) => instead,
        None => {
            let reply = read(&simulator, &name, credentials::basic(&request), &id);
            fault::after(&request, mode, &faults, reply).await
        }
    };
    if let Some(base) = simulator.world().onec.get_mut(&name) {
        base.log_answer(number, Some(response.status().as_u16()));
    }
    response
}

fn read(simulator: &Simulator, name: &str, user: Option<(String, String)>, id: &str) -> Reply {
    let mut world = simulator.world();
    let Some(base) = world.onec.get_mut(name) else {
        return Reply::empty(StatusCode::NOT_FOUND);
    };
    if !is_let_in(base, user.as_ref()) {
        return fault::unauthorized();
    }
    match made_for(base, id) {
        Some((_, key)) => Reply::json(StatusCode::OK, &told(base, id, &key, None)),
        None => error(StatusCode::NOT_FOUND, "not_found", None),
    }
}

/// Basic is for the publication, the signature for the payment: both are asked.
fn is_let_in(base: &mut Base, user: Option<&(String, String)>) -> bool {
    let known = base.settings.user.clone().zip(base.settings.password.clone());
    let fits = known.is_some() && known.as_ref() == user;
    base.unauthorized += u64::from(!fits);
    fits
}

fn error(status: StatusCode, code: &str, detail: Option<&str>) -> Reply {
    Reply::json(status, &json!({"error": code, "detail": detail}))
}

/// The document that this id has made.
fn made_for(base: &Base, id: &str) -> Option<(&'static Entity, String)> {
    let key = base.key_of(&format!("webhook/{id}"));
    [PAYMENT, REFUND]
        .into_iter()
        .filter_map(entity)
        .find(|entity| base.objects.get(entity.name, &key).is_some())
        .map(|entity| (entity, key))
}

/// The small answer about a document.
fn told(base: &Base, id: &str, key: &str, status: Option<&str>) -> Json {
    let found = made_for(base, id).and_then(|(entity, _)| base.objects.get(entity.name, key));
    let Some(object) = found else {
        return Json::Null;
    };
    let state = match (flag(object, "DeletionMark"), flag(object, "Posted")) {
        (true, _) => "deleted",
        (false, true) => "posted",
        (false, false) => "draft",
    };
    let sum = object.get("СуммаДокумента").and_then(number).map_or(0, kopecks);
    json!({
        "document_ref": text(object, "Number"),
        "document_key": key,
        "status": status.unwrap_or(state),
        "state": state,
        "date": text(object, "Date"),
        "amount": money::decimal(sum),
    })
}

impl Delivered {
    fn run(&self, simulator: &Simulator) -> Reply {
        let now = clock::now_ms();
        let mut world = simulator.world();
        let Some(base) = world.onec.get_mut(&self.base) else {
            return Reply::empty(StatusCode::NOT_FOUND);
        };
        if !is_let_in(base, self.user.as_ref()) {
            return fault::unauthorized();
        }
        if let Err(reason) = self.is_believed(base, now) {
            base.unauthorized += 1;
            return error(StatusCode::UNAUTHORIZED, "bad_signature", Some(reason));
        }
        let Ok(event) = serde_json::from_slice::<Event>(&self.body) else {
            return error(StatusCode::BAD_REQUEST, "bad_body", None);
        };
        self.apply(base, &event, now)
    }

    fn is_believed(&self, base: &Base, now: i64) -> Result<(), &'static str> {
        if self.id.is_empty() {
            return Err("webhook-id is missing");
        }
        let signed = Signed {
            id: &self.id,
            timestamp: &self.timestamp,
            signatures: &self.signatures,
            body: &self.body,
        };
        let secret = base
            .settings
            .secret
            .as_deref()
            .ok_or("the service has no secret")?;
        verify(secret, &signed, now / 1_000)
    }

    /// One document an id: its key is made of the id, so that the platform itself would refuse a second one.
    fn apply(&self, base: &mut Base, event: &Event, now: i64) -> Reply {
        let name = match event.kind.as_str() {
            "payment.succeeded" => PAYMENT,
            "payment.refunded" => REFUND,
            _ => {
                return error(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "unknown_type",
                    Some(&event.kind),
                );
            }
        };
        let sum = event.data.amount.amount;
        if let Some((found, key)) = made_for(base, &self.id) {
            base.repeated_keys += 1;
            let made = base.objects.get(found.name, &key);
            let same = made
                .and_then(|made| made.get("СуммаДокумента"))
                .and_then(number)
                .map(kopecks)
                == Some(sum);
            if !same || found.name != name {
                return error(StatusCode::CONFLICT, "body_changed", None);
            }
            return Reply::json(
                StatusCode::OK,
                &told(base, &self.id, &key, Some("already_posted")),
            );
        }
        let client = client(base, &event.data.client);
        if client.is_none() && base.settings.service_demands_client {
            return error(StatusCode::UNPROCESSABLE_ENTITY, "client_not_found", None);
        }
        let sent = self.document(base, event, client, now);
        let author = base.settings.user.clone().unwrap_or_default();
        let ignored = std::mem::take(&mut base.settings.ignore_ref_key);
        let made = match entity(name) {
            Some(entity) => create_as(base, entity, &sent, &author, true),
            None => return error(StatusCode::UNPROCESSABLE_ENTITY, "unknown_type", None),
        };
        base.settings.ignore_ref_key = ignored;
        match made {
            Ok(key) => Reply::json(StatusCode::OK, &told(base, &self.id, &key, Some("created"))),
            Err(refusal) => error(StatusCode::UNPROCESSABLE_ENTITY, "refused", Some(&refusal.words)),
        }
    }

    fn document(&self, base: &Base, event: &Event, client: Option<String>, now: i64) -> Object {
        let data = &event.data;
        let paid = data.paid_at.as_deref().and_then(clock::parse_iso).unwrap_or(now);
        let mut sent = Object::new();
        let mut set = |name: &str, value: Json| sent.insert(name.to_owned(), value);
        set(
            "Ref_Key",
            Json::from(base.key_of(&format!("webhook/{}", self.id))),
        );
        set("Date", Json::from(base.clock_text(paid)));
        set("СуммаДокумента", sum_of(data.amount.amount));
        set(
            "Комментарий",
            Json::from(format!("{} ({})", data.order_number, self.id)),
        );
        if let Some(client) = client {
            set("Контрагент_Key", Json::from(client));
        }
        let ground = data.refund_of.as_deref().and_then(|id| made_for(base, id));
        if let Some((entity, key)) = ground {
            set("ДокументОснование", Json::from(key));
            set("ДокументОснование_Type", Json::from(entity.name));
        }
        sent
    }
}

/// The only client with this phone or e-mail.
fn client(base: &Base, wanted: &Client) -> Option<String> {
    let digits = |text: &str| {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        digits
            .get(digits.len().saturating_sub(10)..)
            .unwrap_or_default()
            .to_owned()
    };
    let phone = wanted
        .phone
        .as_deref()
        .map(digits)
        .filter(|phone| !phone.is_empty());
    let email = wanted
        .email
        .as_deref()
        .map(str::to_lowercase)
        .filter(|email| !email.is_empty());
    let mut fitting = base.objects.all(CLIENTS).filter(|(_, client)| {
        let by_phone = phone
            .as_ref()
            .is_some_and(|phone| digits(text(client, "НомерТелефонаДляПоиска")) == *phone);
        let by_email = email
            .as_ref()
            .is_some_and(|email| text(client, "АдресЭПДляПоиска").to_lowercase() == *email);
        !flag(client, "DeletionMark") && (by_phone || by_email)
    });
    let (key, _) = fitting.next()?;
    fitting.next().is_none().then(|| key.clone())
}
