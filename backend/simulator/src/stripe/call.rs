//! What every call shares: the bearer's key, `Idempotency-Key`, the shape of an error, the faults.

use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use serde_json::{Value, json};

use super::view::intent_id;
use crate::api::Bank;
use crate::bank::{Account, BankOrder, Repeat};
use crate::credentials;
use crate::form::Form;
use crate::service::Service;
use crate::simulator::Simulator;

/// A call that was refused: status, type, code, words.
pub(crate) struct Refusal(
    pub(crate) u16,
    pub(crate) &'static str,
    pub(crate) &'static str,
    pub(crate) String,
);

pub(crate) type Outcome = Result<Value, Refusal>;

/// A parameter is missing or wrong.
pub(crate) fn invalid(words: &str) -> Refusal {
    Refusal(
        400,
        "invalid_request_error",
        "parameter_invalid",
        words.to_owned(),
    )
}

/// A call, as the framework hands it over.
pub(crate) struct Call {
    request: HttpRequest,
    pub(crate) simulator: Data<Simulator>,
    pub(crate) account: String,
    /// The object that is meant.
    pub(crate) id: String,
    pub(crate) form: Form,
    body: Bytes,
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
                form: Form::read(&request, &body),
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

    /// Does an operation under the account's `operation_mode`, once for each idempotency key.
    pub(crate) async fn operate(self, run: impl FnOnce(&Self) -> Outcome) -> HttpResponse {
        self.service()
            .operation(|| reply(self.enter().and_then(|()| self.once(run))))
            .await
    }

    fn once(&self, run: impl FnOnce(&Self) -> Outcome) -> Outcome {
        let Some(key) = self.header("idempotency-key") else {
            return run(self);
        };
        let asked = format!("{} {}", self.request.path(), String::from_utf8_lossy(&self.body));
        match self.books(|books| books.kept.repeat(key, &asked)) {
            Some(Repeat::Same(answer)) => Ok(answer),
            Some(Repeat::Other) => {
                let words = "Keys for idempotent requests can only be used with the same parameters";
                Err(Refusal(400, "idempotency_error", "", words.to_owned()))
            }
            Some(Repeat::No) | None => {
                let answer = run(self)?;
                self.books(|books| books.kept.keep(key, &asked, answer.clone()));
                Ok(answer)
            }
        }
    }

    /// Something about the account, if it is there.
    pub(crate) fn books<T>(&self, take: impl FnOnce(&mut Account) -> T) -> Option<T> {
        self.simulator
            .world()
            .account(Bank::Stripe, &self.account)
            .map(take)
    }

    /// The number of the order behind a session, an intent or a charge.
    pub(crate) fn number_of(&self, id: &str) -> Option<String> {
        let id = intent_id(id)?;
        self.books(|books| books.orders.number_of(&id)).flatten()
    }

    /// A view of the order behind an id.
    pub(crate) fn view<T>(&self, id: &str, show: impl FnOnce(&BankOrder) -> T) -> Result<T, Refusal> {
        let missing = || {
            let words = format!("No such object: '{id}'");
            Refusal(404, "invalid_request_error", "resource_missing", words)
        };
        let number = self.number_of(id).ok_or_else(missing)?;
        self.books(|books| books.orders.get(&number).map(show))
            .flatten()
            .ok_or_else(missing)
    }

    /// Whether the caller wants an object in place of its id.
    pub(crate) fn wants(&self, path: &str) -> bool {
        self.form.iter().any(|(name, value)| {
            name.starts_with("expand[") && (value == path || value.starts_with(&format!("{path}.")))
        })
    }

    /// The path of the call, as lists name it.
    pub(crate) fn path(&self) -> &str {
        let path = self.request.path();
        path.find("/v1/").map_or(path, |at| &path[at..])
    }

    fn enter(&self) -> Result<(), Refusal> {
        let wanted = self.books(|books| books.settings.secret_key.clone()).flatten();
        // The key may also stand as the user of HTTP Basic, without a password.
        let given = credentials::bearer(&self.request).map(str::to_owned).or_else(|| {
            credentials::basic(&self.request)
                .filter(|(_, password)| password.is_empty())
                .map(|(user, _)| user)
        });
        if given.is_some() && wanted == given {
            Ok(())
        } else {
            Err(Refusal(
                401,
                "invalid_request_error",
                "",
                "Invalid API Key provided".to_owned(),
            ))
        }
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.request.headers().get(name)?.to_str().ok()
    }

    fn service(&self) -> Service<'_> {
        Service {
            simulator: &self.simulator,
            request: &self.request,
            bank: Bank::Stripe,
            account: &self.account,
            system_error,
        }
    }
}

fn reply(outcome: Outcome) -> HttpResponse {
    match outcome {
        Ok(value) => HttpResponse::Ok().json(value),
        Err(Refusal(status, kind, code, words)) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
            let mut error = json!({"type": kind, "message": words});
            if !code.is_empty() {
                error["code"] = json!(code);
            }
            HttpResponse::build(status).json(json!({"error": error}))
        }
    }
}

fn system_error() -> HttpResponse {
    let words = "An error occurred while processing the request";
    reply(Err(Refusal(500, "api_error", "", words.to_owned())))
}
