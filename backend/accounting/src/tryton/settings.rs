//! Settings of a connection to Tryton.

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use serde::Deserialize;
use sverka_domain::money::Currency;
use url::Url;

use crate::settings::{Secret, SettingsError};
use crate::transport::{Example, checked_url};

/// The longest time for one request; posting a ledger entry is the slowest of them.
const TIMEOUT: u32 = 30;
/// The longest time for a whole try.
const TRY_TIMEOUT: u32 = 120;
/// Nobody knows how long a request that we gave up on lives on their side: at least so long.
const SETTLING: u32 = 180;

/// Settings of a connection to Tryton.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrytonSettings {
    /// Where the server stands: `https://erp.example/`.
    pub url: String,
    /// Name of its database.
    pub database: String,
    /// Log-in of a user of Sverka's own, so that people's documents can be told from ours.
    pub user: String,
    /// That user's password.
    pub password: Secret,
    /// Number of the company's record.
    pub company: i64,
    /// Number of the payment journal's record.
    pub payment_journal: i64,
    /// The journal's currency; RUB when left out.
    pub currency: Option<String>,
    /// The zone in which a payment's day is counted; Europe/Moscow when left out.
    pub timezone: Option<String>,
    /// Code of the language that Tryton speaks to us in, if that language is installed there.
    pub language: Option<String>,
    /// Whether Tryton's database has a unique index on company and reference of `account_payment`: a second
    /// payment under our key is refused then.
    #[serde(default)]
    pub unique_reference: bool,
    /// Whether the app's id of a client is the party's code.
    #[serde(default)]
    pub external_id_is_party_code: bool,
    /// Whether a client whom Tryton does not know is made there.
    #[serde(default)]
    pub create_clients: bool,
    /// Whether another client's entry of the same sum and day is reason enough to ask a person.
    #[serde(default)]
    pub strict: bool,
    /// Whether the server may stand in our own network.
    #[serde(default)]
    pub allow_private_network: bool,
    /// Further root certificates, PEM.
    pub ca_certificates: Option<String>,
    /// The longest time to connect; 5 when left out.
    pub connect_timeout_seconds: Option<u32>,
    /// The longest time for one request; 30 when left out.
    pub timeout_seconds: Option<u32>,
    /// The longest time for a whole try, which takes about ten requests; 120 when left out.
    pub try_timeout_seconds: Option<u32>,
    /// How long a request that we gave up on may still live over there; twice `timeout_seconds`, and 180 at least,
    /// when left out. Counts only without the unique index.
    pub settling_seconds: Option<u32>,
    /// At most so many requests a second; one after the other when left out.
    pub requests_per_second: Option<u32>,
}

/// What the settings come to.
#[derive(Debug, Clone)]
pub(super) struct Checked {
    /// With a slash at its end.
    pub(super) url: Url,
    pub(super) currency: Currency,
    pub(super) zone: TimeZone,
    pub(super) timeout: u32,
    pub(super) longest_try: SignedDuration,
    pub(super) settling: SignedDuration,
}

fn wrong(field: &'static str, problem: &str, remedy: &str) -> SettingsError {
    SettingsError::new(field, problem, remedy)
}

pub(super) fn check(settings: &TrytonSettings) -> Result<Checked, SettingsError> {
    let url = address(settings)?;
    texts(settings)?;
    let currency = settings.currency.as_deref().unwrap_or("RUB");
    let currency = currency
        .parse()
        .map_err(|_| wrong("currency", "is no currency", "give three letters, such as RUB"))?;
    let zone = settings.timezone.as_deref().unwrap_or("Europe/Moscow");
    let zone = TimeZone::get(zone)
        .map_err(|_| wrong("timezone", "is no time zone", "give a name such as Europe/Moscow"))?;
    let seconds = |field, told: Option<u32>, usual| match told.unwrap_or(usual) {
        0 => Err(wrong(field, "is zero", "give 1 or more, or leave it out")),
        seconds => Ok(seconds),
    };
    let timeout = seconds("timeout_seconds", settings.timeout_seconds, TIMEOUT)?;
    let whole = seconds("try_timeout_seconds", settings.try_timeout_seconds, TRY_TIMEOUT)?;
    if whole < timeout {
        return Err(wrong(
            "try_timeout_seconds",
            "is shorter than the time for one request",
            "give more than timeout_seconds (30 when left out)",
        ));
    }
    let settling = seconds(
        "settling_seconds",
        settings.settling_seconds,
        SETTLING.max(timeout.saturating_mul(2)),
    )?;
    Ok(Checked {
        url,
        currency,
        zone,
        timeout,
        longest_try: SignedDuration::from_secs(i64::from(whole)),
        settling: SignedDuration::from_secs(i64::from(settling)),
    })
}

fn address(settings: &TrytonSettings) -> Result<Url, SettingsError> {
    let example = Example {
        field: "url",
        url: "https://erp.example/",
        instead: "leave them out: they are user and password of the connection",
    };
    let mut url = checked_url(&settings.url, settings.allow_private_network, example)?;
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    url.set_query(None);
    url.set_fragment(None);
    Ok(url)
}

fn texts(settings: &TrytonSettings) -> Result<(), SettingsError> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "_-.".contains(letter);
    if settings.database.is_empty() || !settings.database.chars().all(is_plain) {
        return Err(wrong(
            "database",
            "is no database's name",
            "give it as in Tryton's log-in window",
        ));
    }
    if settings.user.is_empty() || settings.user.contains(':') {
        return Err(wrong(
            "user",
            "is no log-in",
            "give the user's log-in without a colon",
        ));
    }
    for (field, number) in [
        ("company", settings.company),
        ("payment_journal", settings.payment_journal),
    ] {
        if number < 1 {
            return Err(wrong(
                field,
                "is no record's number",
                "give the ID that Tryton shows for the record",
            ));
        }
    }
    Ok(())
}
