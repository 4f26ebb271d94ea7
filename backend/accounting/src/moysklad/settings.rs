//! Settings of a MoySklad account.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::tz::TimeZone;
use serde::Deserialize;
use sverka_domain::money::Currency;
use url::Url;
use uuid::Uuid;

use crate::settings::{Secret, SettingsError};
use crate::transport::{Example, checked_url};

/// Where the service stands.
const URL: &str = "https://api.moysklad.ru/api/remap/1.2/";

/// Settings of a MoySklad account.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoySkladSettings {
    /// The API's address; the service's own when left out.
    pub url: Option<String>,
    /// An access token; instead of `user_name` and `password`.
    pub token: Option<Secret>,
    /// Name of the user, `admin@club`.
    pub user_name: Option<String>,
    /// Password of the user.
    pub password: Option<Secret>,
    /// Id of the organization (юрлицо) that is paid.
    pub organization: String,
    /// Id of the organization's account that payments come to.
    pub organization_account: Option<String>,
    /// Id of the expense item (статья расходов) that refunds are entered under; without it they are refused.
    pub expense_item: Option<String>,
    /// Id of a project for all documents.
    pub project: Option<String>,
    /// Id of a sales channel for all documents.
    pub sales_channel: Option<String>,
    /// Id of one counterparty for all payments; left out, each client's own is found.
    pub counterparty: Option<String>,
    /// Whether a counterparty is made for a client whom the account does not know.
    #[serde(default)]
    pub create_clients: bool,
    /// The account's own currency; RUB when left out. Payments in others are refused.
    pub currency: Option<String>,
    /// The zone of the account's times; Europe/Moscow when left out.
    pub timezone: Option<String>,
    /// Whether a document of the same sum and day of anybody is reason enough to ask a person.
    #[serde(default)]
    pub strict: bool,
    /// Whether the API may stand in our own network.
    #[serde(default)]
    pub allow_private_network: bool,
    /// Further root certificates, PEM.
    pub ca_certificates: Option<String>,
    /// The longest time to connect; 5 when left out.
    pub connect_timeout_seconds: Option<u32>,
    /// The longest time for one request; 30 when left out.
    pub timeout_seconds: Option<u32>,
    /// At most so many requests a second; 3 when left out, as the account's own limit for users.
    pub requests_per_second: Option<u32>,
    /// How long a request that we gave up on may still live over there; 60 when left out.
    pub settling_seconds: Option<u32>,
}

/// What the credentials come to.
#[derive(Debug)]
pub(super) struct Credentials {
    /// The value of `Authorization`.
    pub(super) header: Secret,
    /// What must not be seen.
    pub(super) secrets: Vec<Secret>,
}

pub(super) fn credentials(settings: &MoySkladSettings) -> Result<Credentials, SettingsError> {
    let filled = |secret: &Secret| !secret.expose().trim().is_empty();
    match (&settings.token, &settings.user_name, &settings.password) {
        (Some(token), None, None) if filled(token) => Ok(Credentials {
            header: Secret::new(format!("Bearer {}", token.expose().trim())),
            secrets: vec![token.clone()],
        }),
        (None, Some(name), Some(password)) if filled(password) && !name.is_empty() && !name.contains(':') => {
            let pair = STANDARD.encode(format!("{name}:{}", password.expose()));
            Ok(Credentials {
                header: Secret::new(format!("Basic {pair}")),
                secrets: vec![password.clone(), Secret::new(pair)],
            })
        }
        (Some(_), Some(_), _) | (Some(_), _, Some(_)) => Err(SettingsError::new(
            "token",
            "is given together with a user name or a password",
            "give one or the other",
        )),
        _ => Err(SettingsError::new(
            "token",
            "is missing",
            "give token, or user_name and password",
        )),
    }
}

/// The API's address, with the slash at its end.
pub(super) fn address(settings: &MoySkladSettings) -> Result<Url, SettingsError> {
    let example = Example {
        field: "url",
        url: URL,
        instead: "leave them out, and give token, or user_name and password",
    };
    let text = settings.url.as_deref().unwrap_or(URL);
    let mut url = checked_url(text, settings.allow_private_network, example)?;
    url.set_query(None);
    url.set_fragment(None);
    let path = format!("{}/", url.path().trim_end_matches('/'));
    url.set_path(&path);
    Ok(url)
}

/// An id that was copied from the service.
pub(super) fn id(field: &'static str, text: &str) -> Result<Uuid, SettingsError> {
    text.trim().parse().map_err(|_| {
        SettingsError::new(
            field,
            "is not an id",
            "copy the id= from the address of its page, such as 7944ef04-f831-11e5-7a69-971500188b19",
        )
    })
}

pub(super) fn optional_id(field: &'static str, text: Option<&str>) -> Result<Option<Uuid>, SettingsError> {
    text.map(|text| id(field, text)).transpose()
}

pub(super) fn zone(settings: &MoySkladSettings) -> Result<TimeZone, SettingsError> {
    let name = settings.timezone.as_deref().unwrap_or("Europe/Moscow");
    TimeZone::get(name).map_err(|_| {
        SettingsError::new(
            "timezone",
            "is not a time zone",
            "give an IANA name, such as Europe/Moscow",
        )
    })
}

pub(super) fn currency(settings: &MoySkladSettings) -> Result<Currency, SettingsError> {
    let code = settings.currency.as_deref().unwrap_or("RUB");
    code.parse().map_err(|_| {
        SettingsError::new(
            "currency",
            "is not a currency",
            "give three upper-case letters, such as RUB",
        )
    })
}
