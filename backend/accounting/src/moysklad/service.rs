//! A MoySklad account as the accounting port.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use sverka_app::ports::accounting::{
    AccountingPort, Check, Class, ClientMatch, Order, Outgoing, Profile, Sent,
};
use sverka_domain::delivery::{FoundDocument, Verdict};
use sverka_domain::money::Currency;

use super::office::Office;
use super::parcel::{Letterhead, Parcel};
use super::post::refused;
use super::settings::{MoySkladSettings, address, credentials, currency, id, optional_id, zone};
use crate::settings::SettingsError;
use crate::transport::{Limits, Transport};

const TIMEOUT: u32 = 30;
/// With a password or a user's token: 11 in three seconds from December 2026.
const REQUESTS_PER_SECOND: u32 = 3;
const SETTLING: u32 = 60;
/// The longest search: the key, the code, the bank's numbers, the counterparty.
const REQUESTS: u32 = 4;

/// An account.
pub(crate) struct MoySklad {
    pub(super) office: Office,
    pub(super) letterhead: Letterhead,
    pub(super) currency: Currency,
    pub(super) create_clients: bool,
    pub(super) is_strict: bool,
    settling: SignedDuration,
}

impl MoySklad {
    pub(crate) fn new(settings: MoySkladSettings) -> Result<Self, SettingsError> {
        let base = address(&settings)?;
        let limits = Limits {
            allow_private_network: settings.allow_private_network,
            ca_certificates: settings.ca_certificates.as_deref(),
            connect_timeout_seconds: settings.connect_timeout_seconds,
            timeout_seconds: settings.timeout_seconds.unwrap_or(TIMEOUT),
            requests_per_second: Some(settings.requests_per_second.unwrap_or(REQUESTS_PER_SECOND)),
        };
        if settings.create_clients && settings.counterparty.is_some() {
            return Err(SettingsError::new(
                "create_clients",
                "is not looked at: all payments go to one counterparty",
                "leave out create_clients or counterparty",
            ));
        }
        let letterhead = Letterhead {
            zone: zone(&settings)?,
            organization: id("organization", &settings.organization)?,
            account: optional_id("organization_account", settings.organization_account.as_deref())?,
            expense_item: optional_id("expense_item", settings.expense_item.as_deref())?,
            project: optional_id("project", settings.project.as_deref())?,
            sales_channel: optional_id("sales_channel", settings.sales_channel.as_deref())?,
            counterparty: optional_id("counterparty", settings.counterparty.as_deref())?,
            base: base.clone(),
        };
        let transport = Transport::new(&base, &limits)?;
        let settling = settings.settling_seconds.unwrap_or(SETTLING);
        Ok(Self {
            office: Office::new(transport, base, credentials(&settings)?),
            letterhead,
            currency: currency(&settings)?,
            create_clients: settings.create_clients,
            is_strict: settings.strict,
            settling: SignedDuration::from_secs(i64::from(settling)),
        })
    }
}

/// The bytes of another kind of connection.
const FOREIGN: &str = "this delivery was composed for a connection of another kind";

#[async_trait]
impl AccountingPort for MoySklad {
    fn profile(&self) -> Profile {
        Profile {
            class: Class::KeyEnforced,
            settling: self.settling,
            longest_try: self.office.transport.longest(REQUESTS),
            looks_up: true,
            matches_clients: self.letterhead.counterparty.is_none(),
            is_strict: self.is_strict,
        }
    }

    fn compose(&self, order: &Order) -> Vec<u8> {
        self.letterhead.compose(order).bytes()
    }

    async fn send(&self, outgoing: &Outgoing) -> Sent {
        let Some(parcel) = Parcel::read(&outgoing.body) else {
            return refused(FOREIGN.to_owned());
        };
        let end = self.create(parcel, outgoing).await;
        end.unwrap_or_else(|failed| *failed)
    }

    async fn finish(&self, outgoing: &Outgoing, document_key: &str) -> Sent {
        let Some(parcel) = Parcel::read(&outgoing.body) else {
            return refused(FOREIGN.to_owned());
        };
        let Ok(id) = document_key.parse() else {
            return refused("the key of the document is not one of MoySklad".to_owned());
        };
        let end = self.post(&parcel, id, outgoing.at).await;
        end.unwrap_or_else(|failed| *failed)
    }

    async fn look_up(&self, order: &Order, at: Timestamp) -> Result<Vec<FoundDocument>, Box<Sent>> {
        self.search(order, at).await
    }

    async fn find_client(&self, order: &Order, at: Timestamp) -> Result<ClientMatch, Box<Sent>> {
        self.client(order, at).await
    }

    async fn probe(&self, at: Timestamp) -> Option<Sent> {
        Some(match self.employee(at).await {
            Ok(read) => {
                let verdict = Verdict::Applied { document_ref: None };
                // Who works there is nobody's business.
                Sent {
                    answer: None,
                    ..self.office.sent(&read.answer, verdict, None)
                }
            }
            Err(failed) => *failed,
        })
    }

    async fn self_test(&self, posted: Option<Order>, at: Timestamp) -> Vec<Check> {
        self.test(posted, at).await
    }
}
