//! Settings of a Bitrix24 portal.

use serde::Deserialize;
use url::Url;

use crate::settings::{Secret, SettingsError};
use crate::transport::{Example, checked_url};

/// By which methods payments are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentRoad {
    /// `sale.payment.add` in the order of the deal. It carries the sum and our key, so that it can be found again for
    /// sure. The webhook's user must be an administrator, and the deal must have an order.
    Order,
    /// `crm.item.payment.add` and `.pay` in the deal. Any user who may change deals will do; it carries neither a sum
    /// nor a key: the payment takes the products of the deal, and is only made where they come to the sum that was
    /// paid. After an unknown answer a person is asked sooner.
    Deal,
}

/// By what the deal of a payment is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DealRule {
    /// A field of the deal holds our order number.
    OrderNumber,
    /// It is the only open deal of the client, who is found by external id, phone or e-mail.
    Client,
}

/// What is done with a refund.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundRoad {
    /// A person enters it: the API has no refund of a part.
    #[default]
    ByHand,
    /// A refund of the whole payment marks it as unpaid; one of a part is entered by a person.
    Unpay,
}

/// Settings of a Bitrix24 portal.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bitrix24Settings {
    /// The address of the inbound webhook, `https://portal/rest/1/code/`. A secret as a whole.
    pub url: Secret,
    /// By which methods payments are made.
    pub payments: PaymentRoad,
    /// The payment system that payments are entered under; needed for `payments = "order"`.
    pub pay_system_id: Option<u64>,
    /// By what the deal of a payment is found.
    pub deals: DealRule,
    /// The field of the deal that holds our order number; `originId` when left out.
    pub deal_field: Option<String>,
    /// Only deals of this pipeline (`categoryId`); left out, of all.
    pub deal_category: Option<u64>,
    /// The `originatorId` under which contacts carry the app's id of the client as `originId`; left out, contacts are
    /// found by phone and e-mail only.
    pub client_originator: Option<String>,
    /// Whether a contact is made for a client whom the portal does not know.
    #[serde(default)]
    pub create_clients: bool,
    /// What is done with a refund.
    #[serde(default)]
    pub refunds: RefundRoad,
    /// Whether the portal may stand in our own network.
    #[serde(default)]
    pub allow_private_network: bool,
    /// Further root certificates, PEM.
    pub ca_certificates: Option<String>,
    /// The longest time to connect; 5 when left out.
    pub connect_timeout_seconds: Option<u32>,
    /// The longest time for one request; 20 when left out. The portal itself cuts a request after 60.
    pub timeout_seconds: Option<u32>,
    /// At most so many requests a second; 2 when left out, as the portal's own limit.
    pub requests_per_second: Option<u32>,
    /// How long a request that we gave up on may still live over there; 90 when left out.
    pub settling_seconds: Option<u32>,
}

/// The address in its parts.
#[derive(Clone)]
pub(super) struct Address {
    /// `https://portal/rest/1/code/`: methods are added to it.
    pub(super) base: Url,
    /// The code: what must never be seen.
    pub(super) code: Secret,
    /// The user that requests are made as.
    pub(super) user: u64,
}

const HOW: &str = "copy it whole from the portal: Developer resources, Inbound webhook; \
                   it looks like https://portal.bitrix24.ru/rest/1/code/";

/// The address of the webhook. What is wrong with it is told without it.
pub(super) fn address(settings: &Bitrix24Settings) -> Result<Address, SettingsError> {
    let example = Example {
        field: "url",
        url: "https://portal.bitrix24.ru/rest/1/code/",
        instead: "leave them out: the code in the address is the password",
    };
    let mut base = checked_url(settings.url.expose(), settings.allow_private_network, example)?;
    base.set_query(None);
    base.set_fragment(None);
    let parts: Vec<&str> = base.path().trim_matches('/').split('/').collect();
    let (user, code) = match parts.as_slice() {
        [.., "rest", user, code] if !code.is_empty() => (user.parse().ok(), Secret::new(*code)),
        _ => (None, Secret::new("")),
    };
    let Some(user) = user else {
        return Err(SettingsError::new("url", "is not an inbound webhook's", HOW));
    };
    let path = format!("{}/", base.path().trim_end_matches('/'));
    base.set_path(&path);
    Ok(Address { base, code, user })
}

/// What must hold between the settings.
pub(super) fn check(settings: &Bitrix24Settings) -> Result<(), SettingsError> {
    if settings.payments == PaymentRoad::Order && settings.pay_system_id.is_none() {
        return Err(SettingsError::new(
            "pay_system_id",
            "is missing",
            "give the number of the payment system (sale.paysystem.list shows them), or set payments = \"deal\"",
        ));
    }
    if let Some(field) = &settings.deal_field {
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        if field.is_empty() || !field.chars().all(is_name) {
            return Err(SettingsError::new(
                "deal_field",
                "is not the name of a field",
                "give it as crm.item.fields shows it, such as originId or ufCrm_1700000000",
            ));
        }
        if settings.deals == DealRule::Client {
            return Err(SettingsError::new(
                "deal_field",
                "is not looked at",
                "set deals = \"order_number\", or leave it out",
            ));
        }
    }
    if settings.deals == DealRule::OrderNumber
        && (settings.create_clients || settings.client_originator.is_some())
    {
        let field = if settings.create_clients {
            "create_clients"
        } else {
            "client_originator"
        };
        return Err(SettingsError::new(
            field,
            "is not looked at: deals are found by the order number",
            "set deals = \"client\", or leave it out",
        ));
    }
    if settings
        .client_originator
        .as_deref()
        .is_some_and(|name| name.trim().is_empty())
    {
        return Err(SettingsError::new(
            "client_originator",
            "is empty",
            "give the originatorId that contacts carry, or leave it out",
        ));
    }
    Ok(())
}
