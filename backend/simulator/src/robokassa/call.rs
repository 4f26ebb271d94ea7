//! What every call shares: the shop, the signature, the faults.

use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::web::{Bytes, Data};
use actix_web::{FromRequest, HttpRequest, HttpResponse};

use crate::api::{Bank, BankSettings};
use crate::form::Form;
use crate::service::Service;
use crate::signature::robokassa::hash;
use crate::simulator::Simulator;

/// A call, as the framework hands it over.
pub(crate) struct Call {
    pub(crate) request: HttpRequest,
    pub(crate) simulator: Data<Simulator>,
    pub(crate) form: Form,
    /// The shop's account and its settings; none: there is no such shop.
    shop: Option<(String, BankSettings)>,
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
            let login = form.get("MerchantLogin").unwrap_or_default();
            let shop = simulator
                .world()
                .account_of_merchant(Bank::Robokassa, login)
                .map(|(name, books)| (name.to_owned(), books.settings.clone()));
            Ok(Self {
                request,
                simulator,
                form,
                shop,
            })
        })
    }
}

impl Call {
    /// The shop's account.
    pub(crate) fn account(&self) -> Option<&str> {
        self.shop.as_ref().map(|(name, _)| name.as_str())
    }

    /// Whether a signature fits these parts and the first or the second password.
    pub(crate) fn is_signed(&self, name: &str, parts: &[&str], password: Password) -> bool {
        let Some((_, settings)) = &self.shop else {
            return false;
        };
        let secret = match password {
            Password::First => settings.password.as_deref(),
            Password::Second => settings.second_password.as_deref(),
        };
        let own: Vec<(String, String)> = match password {
            Password::First => self
                .form
                .iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            Password::Second => Vec::new(),
        };
        let parts = [parts, &[secret.unwrap_or_default()]].concat();
        let ours = hash(settings.hash.unwrap_or_default(), &parts, &own);
        let told = self.form.get(name).unwrap_or_default();
        secret.is_some() && ours.eq_ignore_ascii_case(told)
    }

    /// The call under the shop's faults.
    pub(crate) fn service(&self, system_error: fn() -> HttpResponse) -> Service<'_> {
        Service {
            simulator: &self.simulator,
            request: &self.request,
            bank: Bank::Robokassa,
            account: self.account().unwrap_or_default(),
            system_error,
        }
    }
}

/// Which of the shop's passwords signs.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Password {
    /// Pages and operations, with the shop's own fields.
    First,
    /// Questions.
    Second,
}
