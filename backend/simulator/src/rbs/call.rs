//! What every call of the gateway shares: credentials, faults, the shape of an error.

use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::error::ErrorNotFound;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{FromRequest, HttpRequest, HttpResponse, Resource, web};
use serde_json::{Value, json};

use crate::api::{Bank, BankSettings};
use crate::form::Form;
use crate::service::Service;
use crate::simulator::Simulator;

/// A path; the old gateway takes GET and POST alike.
pub(crate) fn both(path: &str) -> Resource {
    web::resource(path)
}

/// A call, as the framework hands it over.
pub(crate) struct Call {
    request: HttpRequest,
    pub(crate) simulator: Data<Simulator>,
    pub(crate) bank: Bank,
    pub(crate) account: String,
    pub(crate) form: Form,
    /// The newer gateway's body is JSON and nothing else.
    malformed: bool,
}

impl FromRequest for Call {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Self::Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let parts = <(Data<Simulator>, Path<(String, String)>, Bytes)>::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let (simulator, at, body) = parts.await?;
            let (bank, account) = at.into_inner();
            let bank = Bank::from_name(&bank).ok_or_else(|| ErrorNotFound("no such bank"))?;
            let form = match bank {
                Bank::SberEcom => Form::from_json(&body),
                _ => Some(Form::read(&request, &body)),
            };
            Ok(Self {
                malformed: form.is_none() || (bank == Bank::SberEcom && request.method() != "POST"),
                form: form.unwrap_or_default(),
                request,
                simulator,
                bank,
                account,
            })
        })
    }
}

impl Call {
    /// Does an operation under the account's `operation_mode`.
    pub(crate) async fn operation(self, run: impl FnOnce(&Self) -> Value) -> HttpResponse {
        self.service().operation(|| self.enter(run)).await
    }

    /// Answers a question about one order under the account's query faults.
    pub(crate) async fn query(self, run: impl FnOnce(&Self) -> Value) -> HttpResponse {
        let number = self.order_number().unwrap_or_default();
        self.service().query(&number, || self.enter(run)).await
    }

    fn service(&self) -> Service<'_> {
        Service {
            simulator: &self.simulator,
            request: &self.request,
            bank: self.bank,
            account: &self.account,
            system_error,
        }
    }

    fn enter(&self, run: impl FnOnce(&Self) -> Value) -> HttpResponse {
        let settings = self
            .simulator
            .world()
            .account(self.bank, &self.account)
            .map(|books| books.settings.clone());
        let Some(settings) = settings else {
            return HttpResponse::NotFound().json(json!({"error": "no such account"}));
        };
        if self.malformed {
            return HttpResponse::BadRequest().json(error(5, "Ожидается JSON методом POST"));
        }
        HttpResponse::Ok().json(if may_enter(&settings, &self.form) {
            run(self)
        } else {
            error(5, "Доступ запрещён")
        })
    }

    /// The merchant's number of the order that is meant: `orderId` wins over `orderNumber`.
    pub(crate) fn order_number(&self) -> Option<String> {
        let mut world = self.simulator.world();
        let orders = &world.account(self.bank, &self.account)?.orders;
        if let Some(id) = self.form.get("orderId") {
            return orders.number_of(id);
        }
        let number = self.form.get("orderNumber")?;
        orders.get(number).map(|order| order.truth.order_number.clone())
    }

    /// No such order, in the gateway's number for it.
    pub(crate) fn no_order(&self) -> Value {
        let code = if self.bank == Bank::SberEcom { 5 } else { 6 };
        error(code, "Заказ не найден")
    }
}

fn may_enter(settings: &BankSettings, form: &Form) -> bool {
    let is = |setting: &Option<String>, name: &str| setting.is_some() && setting.as_deref() == form.get(name);
    is(&settings.token, "token")
        || (is(&settings.user_name, "userName") && is(&settings.password, "password"))
}

/// An error; the code is text, as the gateway sends it.
pub(crate) fn error(code: i64, message: &str) -> Value {
    json!({"errorCode": code.to_string(), "errorMessage": message})
}

/// Everything went well.
pub(crate) fn success() -> Value {
    error(0, "Успешно")
}

fn system_error() -> HttpResponse {
    HttpResponse::Ok().json(error(7, "Системная ошибка"))
}
