//! What every call shares: the merchant, the security key, the faults.

use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::web::{Bytes, Data};
use actix_web::{FromRequest, HttpRequest, HttpResponse};

use super::answer::{self, Failure};
use crate::api::Bank;
use crate::form::Form;
use crate::service::Service;
use crate::signature::payonline::security_key;
use crate::simulator::Simulator;

/// A call, as the framework hands it over.
pub(crate) struct Call {
    pub(crate) request: HttpRequest,
    pub(crate) simulator: Data<Simulator>,
    pub(crate) form: Form,
}

impl FromRequest for Call {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Self::Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let parts = <(Data<Simulator>, Bytes)>::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let (simulator, body) = parts.await?;
            let form = Form::read(&request, &body);
            Ok(Self {
                request,
                simulator,
                form,
            })
        })
    }
}

impl Call {
    /// The account, once the key over `MerchantId` and these fields fits. An absent field is left out of the string.
    pub(crate) fn enter(&self, signed: &[&str]) -> Result<String, Failure> {
        let merchant = self.form.get("MerchantId").ok_or(Failure::Merchant)?;
        let world = self.simulator.world();
        let (account, books) = world
            .account_of_merchant(Bank::PayOnline, merchant)
            .ok_or(Failure::Merchant)?;
        let mut fields = vec![("MerchantId", merchant)];
        fields.extend(
            signed
                .iter()
                .filter_map(|name| Some((*name, self.form.get(name)?))),
        );
        let key = security_key(
            books.settings.private_security_key.as_deref().unwrap_or_default(),
            &fields,
        );
        let presented = self.form.get("SecurityKey").unwrap_or_default();
        if key.eq_ignore_ascii_case(presented) {
            Ok(account.to_owned())
        } else {
            Err(Failure::SecurityKey)
        }
    }

    /// The merchant's account before any check: faults do not ask who calls.
    fn account(&self) -> Option<String> {
        let world = self.simulator.world();
        world
            .account_of_merchant(Bank::PayOnline, self.form.get("MerchantId")?)
            .map(|(name, _)| name.to_owned())
    }

    /// Answers a question under the account's query faults.
    pub(crate) async fn query(
        self,
        run: impl FnOnce(&Self) -> Result<HttpResponse, Failure>,
    ) -> HttpResponse {
        let account = self.account().unwrap_or_default();
        let number = self.order_number(&account).unwrap_or_default();
        self.service(&account).query(&number, || self.run(run)).await
    }

    /// Does an operation under the account's `operation_mode`.
    pub(crate) async fn operation(
        self,
        run: impl FnOnce(&Self) -> Result<HttpResponse, Failure>,
    ) -> HttpResponse {
        let account = self.account().unwrap_or_default();
        self.service(&account).operation(|| self.run(run)).await
    }

    fn service<'a>(&'a self, account: &'a str) -> Service<'a> {
        Service {
            simulator: &self.simulator,
            request: &self.request,
            bank: Bank::PayOnline,
            account,
            system_error,
        }
    }

    fn run(&self, run: impl FnOnce(&Self) -> Result<HttpResponse, Failure>) -> HttpResponse {
        run(self).unwrap_or_else(|failure| answer::failure(&self.form, failure))
    }

    /// The merchant's number of the order that is meant, by `OrderId` or `TransactionId`.
    pub(crate) fn order_number(&self, account: &str) -> Option<String> {
        if let Some(number) = self.form.get("OrderId") {
            return Some(number.to_owned());
        }
        let id = self.form.get("TransactionId")?;
        self.simulator
            .world()
            .account(Bank::PayOnline, account)?
            .orders
            .number_of(id)
    }
}

fn system_error() -> HttpResponse {
    answer::failure(&Form::default(), Failure::System)
}
