//! Mail by SMTP. `Message-ID` is the same at every try, so that mailboxes show one letter.

use std::time::{Duration, UNIX_EPOCH};

use async_trait::async_trait;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use serde::Deserialize;
use sverka_app::ports::alarm::{AlarmError, AlarmPort, Notice};

use crate::settings::{Secret, SettingsError};

const TIMEOUT: Duration = Duration::from_secs(20);

/// How the connection is protected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Protection {
    /// Begins in the clear and must be protected before anything is said (port 587).
    #[default]
    Starttls,
    /// Protected from the first byte (port 465).
    Tls,
    /// Not at all (port 25): a relay on the same machine or in one's own network.
    None,
}

/// Settings of a mailbox.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmailSettings {
    /// The mail server.
    pub host: String,
    /// Its port; by `tls` when left out.
    pub port: Option<u16>,
    /// How the connection is protected.
    #[serde(default)]
    pub tls: Protection,
    /// Who signs in; nobody when left out.
    pub user_name: Option<String>,
    /// With what.
    pub password: Option<Secret>,
    /// Further root certificates, PEM.
    pub ca_certificates: Option<String>,
    /// The sender: `Sverka <sverka@example.ru>`.
    pub from: String,
    /// Who gets it.
    pub to: Vec<String>,
}

pub(crate) struct Email {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    to: Vec<Mailbox>,
}

impl Email {
    pub(crate) fn new(settings: &EmailSettings) -> Result<Self, SettingsError> {
        let from = mailbox("from", &settings.from)?;
        let to: Vec<Mailbox> = settings
            .to
            .iter()
            .map(|address| mailbox("to", address))
            .collect::<Result<_, _>>()?;
        if to.is_empty() {
            return Err(SettingsError::new("to", "is empty", "give at least one address"));
        }
        Ok(Self {
            transport: transport(settings)?,
            from,
            to,
        })
    }

    fn message(&self, notice: &Notice) -> Result<Message, AlarmError> {
        let mut builder = Message::builder()
            .from(self.from.clone())
            .message_id(Some(format!("<{}@{}>", notice.id, self.from.email.domain())))
            .date(UNIX_EPOCH + Duration::from_secs(u64::try_from(notice.now.as_second()).unwrap_or(0)))
            .subject(&notice.subject);
        for to in &self.to {
            builder = builder.to(to.clone());
        }
        builder
            .header(ContentType::TEXT_PLAIN)
            .body(notice.text.clone())
            .map_err(|error| AlarmError(format!("the letter cannot be written: {error}")))
    }
}

fn mailbox(field: &'static str, text: &str) -> Result<Mailbox, SettingsError> {
    text.parse().map_err(|_| {
        SettingsError::new(
            field,
            format!("{text:?} is no address"),
            "write it as name@example.ru",
        )
    })
}

fn transport(settings: &EmailSettings) -> Result<AsyncSmtpTransport<Tokio1Executor>, SettingsError> {
    use lettre::transport::smtp::client::Tls;
    let host = settings.host.trim();
    if host.is_empty() {
        return Err(SettingsError::new(
            "host",
            "is empty",
            "give the mail server's name",
        ));
    }
    let (mode, usual_port) = match settings.tls {
        Protection::Starttls => (Tls::Required(protection(host, settings)?), 587),
        Protection::Tls => (Tls::Wrapper(protection(host, settings)?), 465),
        Protection::None => (Tls::None, 25),
    };
    let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
        .port(settings.port.unwrap_or(usual_port))
        .tls(mode)
        .timeout(Some(TIMEOUT));
    match (&settings.user_name, &settings.password) {
        (None, None) => Ok(builder.build()),
        (Some(_), Some(_)) if settings.tls == Protection::None => Err(SettingsError::new(
            "tls",
            "is none, and the password would cross the network in the clear",
            "use starttls or tls, or leave user_name and password out",
        )),
        (Some(user), Some(password)) => Ok(builder
            .credentials(Credentials::new(user.clone(), password.expose().to_owned()))
            .build()),
        (Some(_), None) => Err(SettingsError::new(
            "password",
            "is missing",
            "give it, or leave user_name out",
        )),
        (None, Some(_)) => Err(SettingsError::new(
            "user_name",
            "is missing",
            "give it, or leave password out",
        )),
    }
}

fn protection(host: &str, settings: &EmailSettings) -> Result<TlsParameters, SettingsError> {
    let wrong = |problem| {
        let remedy = "give the root certificates as PEM text, -----BEGIN CERTIFICATE-----";
        SettingsError::new("ca_certificates", problem, remedy)
    };
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(pem) = &settings.ca_certificates {
        let certificate = Certificate::from_pem(pem.as_bytes()).map_err(|_| wrong("holds no certificate"))?;
        builder = builder.add_root_certificate(certificate);
    }
    builder
        .build_rustls()
        .map_err(|_| wrong("cannot be used for TLS"))
}

#[async_trait]
impl AlarmPort for Email {
    async fn send(&self, notice: &Notice) -> Result<(), AlarmError> {
        let message = self.message(notice)?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => Err(AlarmError(format!("the mail server did not take it: {error}"))),
        }
    }
}
