//! What every call shares: HTTP Basic, `X-Request-ID`, the shape of an answer, the faults.

use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::web::{Bytes, Data};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use serde_json::{Value, json};

use crate::api::Bank;
use crate::bank::{Account, Repeat};
use crate::form::Form;
use crate::service::Service;
use crate::simulator::Simulator;
use crate::{credentials, money};

/// A call, as the framework hands it over.
pub(crate) struct Call {
    request: HttpRequest,
    pub(crate) simulator: Data<Simulator>,
    pub(crate) account: String,
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
            let form = Form::from_json(&body).unwrap_or_else(|| Form::read(&request, &body));
            Ok(Self {
                simulator,
                account: request.match_info().get("account").unwrap_or_default().to_owned(),
                form,
                body,
                request: request.clone(),
            })
        })
    }
}

impl Call {
    /// Answers a question under the account's query faults.
    pub(crate) async fn ask(self, run: impl FnOnce(&Self) -> Value) -> HttpResponse {
        let number = self.order_number().unwrap_or_default();
        self.service()
            .query(&number, || {
                self.enter()
                    .unwrap_or_else(|| HttpResponse::Ok().json(run(&self)))
            })
            .await
    }

    /// Does an operation under the account's `operation_mode`, once for each `X-Request-ID`.
    pub(crate) async fn operate(self, run: impl FnOnce(&Self) -> Value) -> HttpResponse {
        self.service()
            .operation(|| {
                self.enter()
                    .unwrap_or_else(|| HttpResponse::Ok().json(self.once(run)))
            })
            .await
    }

    fn once(&self, run: impl FnOnce(&Self) -> Value) -> Value {
        let Some(key) = self.header("x-request-id") else {
            return run(self);
        };
        let asked = format!("{} {}", self.request.path(), String::from_utf8_lossy(&self.body));
        match self.books(|books| books.kept.repeat(key, &asked)) {
            Some(Repeat::Same(answer)) => answer,
            Some(Repeat::Other) => failure("X-Request-ID was used for another request"),
            Some(Repeat::No) | None => {
                let answer = run(self);
                self.books(|books| books.kept.keep(key, &asked, answer.clone()));
                answer
            }
        }
    }

    /// Something about the account, if it is there.
    pub(crate) fn books<T>(&self, take: impl FnOnce(&mut Account) -> T) -> Option<T> {
        self.simulator
            .world()
            .account(Bank::CloudPayments, &self.account)
            .map(take)
    }

    /// The number of the order that is meant, by transaction or by invoice.
    pub(crate) fn order_number(&self) -> Option<String> {
        match self.form.get("TransactionId") {
            Some(id) => self.books(|books| books.orders.number_of(id)).flatten(),
            None => self.form.get("InvoiceId").map(str::to_owned),
        }
    }

    /// A sum in rubles, if one is given and is one.
    pub(crate) fn sum(&self) -> Result<Option<i64>, Value> {
        self.form
            .get("Amount")
            .map(|text| {
                money::minor(text)
                    .filter(|sum| *sum > 0)
                    .ok_or_else(|| failure("Amount is required"))
            })
            .transpose()
    }

    /// The refusal of whoever does not know the key.
    fn enter(&self) -> Option<HttpResponse> {
        let wanted = self.books(|books| {
            let settings = &books.settings;
            Some((settings.public_id.clone()?, settings.api_secret.clone()?))
        });
        let given = credentials::basic(&self.request);
        if given.is_some() && wanted.flatten() == given {
            None
        } else {
            Some(HttpResponse::Unauthorized().finish())
        }
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.request.headers().get(name)?.to_str().ok()
    }

    fn service(&self) -> Service<'_> {
        Service {
            simulator: &self.simulator,
            request: &self.request,
            bank: Bank::CloudPayments,
            account: &self.account,
            system_error,
        }
    }
}

/// It was done, and there is nothing more to say.
pub(crate) fn done() -> Value {
    json!({"Success": true, "Message": null})
}

/// It was done or found.
pub(crate) fn model(model: Value) -> Value {
    json!({"Model": model, "Success": true, "Message": null})
}

/// It was not done.
pub(crate) fn failure(message: &str) -> Value {
    json!({"Success": false, "Message": message})
}

fn system_error() -> HttpResponse {
    HttpResponse::InternalServerError().json(failure("Internal error"))
}
