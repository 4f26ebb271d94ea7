//! What every call of the gateway shares: credentials, faults, the shape of an error.

use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{FromRequest, HttpRequest, HttpResponse, Resource, web};
use serde_json::{Value, json};

use crate::api::{Bank, BankSettings, ServiceMode};
use crate::fault::Fault;
use crate::form::Form;
use crate::simulator::Simulator;

/// A path; the gateway takes GET and POST alike.
pub(crate) fn both(path: &str) -> Resource {
    web::resource(path)
}

/// A call, as the framework hands it over.
pub(crate) struct Call {
    request: HttpRequest,
    simulator: Data<Simulator>,
    account: String,
    form: Form,
}

impl FromRequest for Call {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Self::Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let parts = <(Data<Simulator>, Path<String>, Bytes)>::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let (simulator, account, body) = parts.await?;
            let form = Form::read(&request, &body);
            Ok(Self {
                request,
                simulator,
                account: account.into_inner(),
                form,
            })
        })
    }
}

/// Does an operation under the account's `operation_mode`.
pub(crate) async fn operation(
    call: Call,
    run: impl FnOnce(&Simulator, &str, &Form) -> Value,
) -> HttpResponse {
    answer(
        call,
        |simulator, account, _| {
            Some(
                simulator
                    .world()
                    .account(Bank::Sber, account)?
                    .faults
                    .operation_mode,
            )
        },
        run,
    )
    .await
}

/// Answers a question about one order under the account's query faults.
pub(crate) async fn query(call: Call, run: impl FnOnce(&Simulator, &str, &Form) -> Value) -> HttpResponse {
    let fault = |simulator: &Simulator, account: &str, form: &Form| {
        let number = order_number(simulator, account, form).unwrap_or_default();
        let chance = simulator.chance();
        Some(
            simulator
                .world()
                .account(Bank::Sber, account)?
                .next_query_fault(account, &number, chance),
        )
    };
    answer(call, fault, run).await
}

async fn answer(
    Call {
        request,
        simulator,
        account,
        form,
    }: Call,
    fault: impl FnOnce(&Simulator, &str, &Form) -> Option<ServiceMode>,
    run: impl FnOnce(&Simulator, &str, &Form) -> Value,
) -> HttpResponse {
    let Some(mode) = fault(&simulator, &account, &form) else {
        return HttpResponse::NotFound().json(json!({"error": "no such account"}));
    };
    let hang_ms = simulator
        .world()
        .account(Bank::Sber, &account)
        .map_or(0, |books| books.faults.hang_ms);
    let fault = Fault { mode, hang_ms };
    if let Some(instead) = fault.instead(&request, system_error).await {
        return instead;
    }
    let allowed = simulator
        .world()
        .account(Bank::Sber, &account)
        .is_some_and(|books| may_enter(&books.settings, &form));
    let value = if allowed {
        run(&simulator, &account, &form)
    } else {
        error(5, "Доступ запрещён")
    };
    fault.afterwards(&request, HttpResponse::Ok().json(value)).await
}

fn may_enter(settings: &BankSettings, form: &Form) -> bool {
    let is = |setting: &Option<String>, name: &str| setting.is_some() && setting.as_deref() == form.get(name);
    is(&settings.token, "token")
        || (is(&settings.user_name, "userName") && is(&settings.password, "password"))
}

/// The merchant's number of the order that is meant: `orderId` wins over `orderNumber`.
pub(crate) fn order_number(simulator: &Simulator, account: &str, form: &Form) -> Option<String> {
    let mut world = simulator.world();
    let orders = &world.account(Bank::Sber, account)?.orders;
    if let Some(id) = form.get("orderId") {
        return orders.number_of(id);
    }
    let number = form.get("orderNumber")?;
    orders.get(number).map(|order| order.truth.order_number.clone())
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
