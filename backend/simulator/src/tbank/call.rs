//! What every call shares: the terminal, the token, the faults, the shape of an answer.

use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::web::{Bytes, Data};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use serde_json::{Map, Value, json};

use crate::api::Bank;
use crate::bank::BankOrder;
use crate::service::Service;
use crate::signature::tbank::token;
use crate::simulator::Simulator;

/// A call that was refused: code, message, details.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Refusal(
    pub(crate) &'static str,
    pub(crate) &'static str,
    pub(crate) &'static str,
);

/// There is no such order or payment.
pub(crate) const NOT_FOUND: Refusal = Refusal("7", "Неверный запрос.", "Заказ не найден.");
/// A field is missing or makes no sense.
pub(crate) const WRONG_FIELD: Refusal = Refusal(
    "9",
    "Неверные параметры.",
    "Поле не передано или передано неверно.",
);
/// The payment's status does not allow it.
pub(crate) const WRONG_STATUS: Refusal = Refusal("8", "Неверный статус транзакции.", "");
/// The order has been paid.
pub(crate) const DUPLICATE: Refusal = Refusal("20", "Повторный идентификатор заказа.", "");

pub(crate) type Outcome = Result<Value, Refusal>;

/// A call, as the framework hands it over.
pub(crate) struct Call {
    request: HttpRequest,
    pub(crate) simulator: Data<Simulator>,
    /// The terminal's account; empty when there is none.
    pub(crate) account: String,
    fields: Map<String, Value>,
}

impl FromRequest for Call {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Self::Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let parts = <(Data<Simulator>, Bytes)>::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let (simulator, body) = parts.await?;
            let fields: Map<String, Value> = serde_json::from_slice(&body).unwrap_or_default();
            let account = account(&simulator, &fields).unwrap_or_default();
            Ok(Self {
                request,
                simulator,
                account,
                fields,
            })
        })
    }
}

fn account(simulator: &Simulator, fields: &Map<String, Value>) -> Option<String> {
    let terminal = fields.get("TerminalKey")?.as_str()?;
    let world = simulator.world();
    world
        .account_of_merchant(Bank::Tbank, terminal)
        .map(|(name, _)| name.to_owned())
}

impl Call {
    /// Answers a question under the account's query faults.
    pub(crate) async fn ask(self, run: impl FnOnce(&Self) -> Outcome) -> HttpResponse {
        let number = self.order_number().unwrap_or_default();
        self.service()
            .query(&number, || self.reply(self.enter().and_then(|()| run(&self))))
            .await
    }

    /// Does an operation under the account's `operation_mode`.
    pub(crate) async fn operate(self, run: impl FnOnce(&Self) -> Outcome) -> HttpResponse {
        self.service()
            .operation(|| self.reply(self.enter().and_then(|()| run(&self))))
            .await
    }

    fn service(&self) -> Service<'_> {
        Service {
            simulator: &self.simulator,
            request: &self.request,
            bank: Bank::Tbank,
            account: &self.account,
            system_error,
        }
    }

    fn enter(&self) -> Result<(), Refusal> {
        let mut world = self.simulator.world();
        let books =
            world
                .account(Bank::Tbank, &self.account)
                .ok_or(Refusal("501", "Терминал не найден.", ""))?;
        let ours = token(
            books.settings.password.as_deref().unwrap_or_default(),
            &self.fields,
        );
        if self.fields.get("Token").and_then(Value::as_str) == Some(ours.as_str()) {
            Ok(())
        } else {
            Err(Refusal(
                "204",
                "Неверный токен.",
                "Проверьте пару TerminalKey/SecretKey.",
            ))
        }
    }

    fn reply(&self, outcome: Outcome) -> HttpResponse {
        let mut answer = match outcome {
            Ok(answer) => {
                let mut all = json!({"Success": true, "ErrorCode": "0"});
                merge(&mut all, answer);
                all
            }
            Err(refusal) => refused(refusal),
        };
        if let Some(terminal) = self.fields.get("TerminalKey") {
            answer["TerminalKey"] = terminal.clone();
        }
        HttpResponse::Ok().json(answer)
    }

    /// A field's text; numbers are taken for text and text for numbers, as the bank does.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let text = match self.fields.get(name)? {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        Some(text).filter(|text| !text.is_empty())
    }

    /// A sum in kopecks that is there and positive.
    pub(crate) fn amount(&self) -> Result<Option<i64>, Refusal> {
        let Some(text) = self.text("Amount") else {
            return Ok(None);
        };
        let sum = text.parse().ok().filter(|sum: &i64| *sum > 0);
        sum.map(Some).ok_or(WRONG_FIELD)
    }

    /// The number of the order that is meant, by `OrderId` or `PaymentId`.
    pub(crate) fn order_number(&self) -> Option<String> {
        if let Some(number) = self.text("OrderId") {
            return Some(number);
        }
        let id = self.text("PaymentId")?;
        let mut world = self.simulator.world();
        world.account(Bank::Tbank, &self.account)?.orders.number_of(&id)
    }

    /// The order that is meant.
    pub(crate) fn order(&self) -> Result<BankOrder, Refusal> {
        let number = self.order_number().ok_or(NOT_FOUND)?;
        let mut world = self.simulator.world();
        let order = world
            .account(Bank::Tbank, &self.account)
            .and_then(|books| books.orders.get(&number));
        order.cloned().ok_or(NOT_FOUND)
    }
}

fn merge(into: &mut Value, more: Value) {
    if let (Some(into), Value::Object(more)) = (into.as_object_mut(), more) {
        into.extend(more);
    }
}

fn refused(Refusal(code, message, details): Refusal) -> Value {
    json!({"Success": false, "ErrorCode": code, "Message": message, "Details": details})
}

fn system_error() -> HttpResponse {
    HttpResponse::Ok().json(refused(Refusal("9999", "Внутренняя ошибка системы.", "")))
}
