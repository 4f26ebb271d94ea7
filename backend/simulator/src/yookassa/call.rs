//! What every call shares: HTTP Basic, the idempotence key, the shape of an error, the faults.

use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::api::Bank;
use crate::bank::Repeat;
use crate::form::Form;
use crate::service::Service;
use crate::simulator::Simulator;

/// A call that was refused: status, code, words, and the parameter that is wrong.
pub(crate) struct Refusal(
    pub(crate) u16,
    pub(crate) &'static str,
    pub(crate) &'static str,
    pub(crate) &'static str,
);

pub(crate) type Outcome = Result<Value, Refusal>;

/// There is no such object.
pub(crate) const NOT_FOUND: Refusal = Refusal(404, "not_found", "Object doesn't exist", "");

/// A call, as the framework hands it over.
pub(crate) struct Call {
    request: HttpRequest,
    pub(crate) simulator: Data<Simulator>,
    pub(crate) account: String,
    /// The object that is meant.
    pub(crate) id: String,
    body: Bytes,
    pub(crate) query: Form,
}

impl FromRequest for Call {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Self::Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let parts = <(Data<Simulator>, Bytes)>::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let (simulator, body) = parts.await?;
            let part = |name| request.match_info().get(name).unwrap_or_default().to_owned();
            Ok(Self {
                simulator,
                account: part("account"),
                id: part("id"),
                query: Form::read(&request, b""),
                body,
                request: request.clone(),
            })
        })
    }
}

impl Call {
    /// Answers a question under the account's query faults.
    pub(crate) async fn ask(self, run: impl FnOnce(&Self) -> Outcome) -> HttpResponse {
        let number = self.number_of(&self.id).unwrap_or_default();
        self.service()
            .query(&number, || reply(self.enter().and_then(|()| run(&self))))
            .await
    }

    /// Does an operation under the account's `operation_mode`, once for each idempotence key.
    pub(crate) async fn operate(self, run: impl FnOnce(&Self, &Value) -> Outcome) -> HttpResponse {
        self.service()
            .operation(|| reply(self.enter().and_then(|()| self.once(run))))
            .await
    }

    fn once(&self, run: impl FnOnce(&Self, &Value) -> Outcome) -> Outcome {
        let key = self
            .header("idempotence-key")
            .filter(|key| (1..=64).contains(&key.len()));
        let Some(key) = key else {
            let words = "Idempotence key is missing or too long";
            return Err(Refusal(400, "invalid_request", words, "Idempotence-Key"));
        };
        let body = match self.body.as_ref() {
            b"" => json!({}),
            text => serde_json::from_slice(text)
                .map_err(|_| Refusal(400, "invalid_request", "The body is not JSON", ""))?,
        };
        let asked = format!("{} {body}", self.request.path());
        let repeat = self
            .books(|books| books.kept.repeat(key, &asked))
            .unwrap_or(Repeat::No);
        match repeat {
            Repeat::Same(answer) => Ok(answer),
            Repeat::Other => Err(Refusal(
                400,
                "invalid_request",
                "Idempotence key duplicated",
                "Idempotence-Key",
            )),
            Repeat::No => {
                let answer = run(self, &body)?;
                self.books(|books| books.kept.keep(key, &asked, answer.clone()));
                Ok(answer)
            }
        }
    }

    /// Something about the account, if it is there.
    pub(crate) fn books<T>(&self, take: impl FnOnce(&mut crate::bank::Account) -> T) -> Option<T> {
        self.simulator
            .world()
            .account(Bank::YooKassa, &self.account)
            .map(take)
    }

    /// The number of the order behind a payment.
    pub(crate) fn number_of(&self, id: &str) -> Option<String> {
        self.books(|books| books.orders.number_of(id)).flatten()
    }

    fn enter(&self) -> Result<(), Refusal> {
        let wanted = self
            .books(|books| {
                let settings = &books.settings;
                Some(format!(
                    "{}:{}",
                    settings.shop_id.as_deref()?,
                    settings.secret_key.as_deref()?
                ))
            })
            .flatten();
        let given = self
            .header("authorization")
            .and_then(|value| STANDARD.decode(value.strip_prefix("Basic ")?).ok());
        if wanted.is_some() && wanted.map(String::into_bytes) == given {
            Ok(())
        } else {
            let words = "Error in shopId or secret key. Check their validity.";
            Err(Refusal(401, "invalid_credentials", words, "Authorization"))
        }
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.request.headers().get(name)?.to_str().ok()
    }

    fn service(&self) -> Service<'_> {
        Service {
            simulator: &self.simulator,
            request: &self.request,
            bank: Bank::YooKassa,
            account: &self.account,
            system_error,
        }
    }
}

fn reply(outcome: Outcome) -> HttpResponse {
    match outcome {
        Ok(value) => HttpResponse::Ok().json(value),
        Err(Refusal(status, code, words, parameter)) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
            let mut body = json!({"type": "error", "id": "00000000-0000-0000-0000-000000000000", "code": code, "description": words});
            if !parameter.is_empty() {
                body["parameter"] = json!(parameter);
            }
            HttpResponse::build(status).json(body)
        }
    }
}

fn system_error() -> HttpResponse {
    reply(Err(Refusal(
        500,
        "internal_server_error",
        "Internal server error",
        "",
    )))
}
