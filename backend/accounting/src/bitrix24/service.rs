//! A Bitrix24 portal as the accounting port.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sverka_app::ports::accounting::{
    AccountingPort, Check, Class, ClientMatch, Order, Outgoing, Profile, Sent,
};
use sverka_domain::delivery::{DeliveryKind, FoundDocument, Verdict};

use super::look::DEALS;
use super::parcel::Parcel;
use super::pay_deal::ROWS;
use super::portal::{Failed, Portal};
use super::refund::refused;
use super::settings::{Bitrix24Settings, DealRule, PaymentRoad, RefundRoad, address, check};
use crate::settings::SettingsError;
use crate::transport::{Limits, Transport};

const TIMEOUT: u32 = 20;
/// What the smaller tariffs allow for any length of time.
const REQUESTS_PER_SECOND: u32 = 2;
/// The portal cuts a request after 60 seconds.
const SETTLING: u32 = 90;

/// A portal.
pub(crate) struct Bitrix24 {
    pub(super) portal: Portal,
    pub(super) payments: PaymentRoad,
    pub(super) pay_system_id: Option<u64>,
    pub(super) deals: DealRule,
    pub(super) deal_field: String,
    pub(super) deal_category: Option<u64>,
    pub(super) client_originator: Option<String>,
    pub(super) create_clients: bool,
    pub(super) refunds: RefundRoad,
    settling: SignedDuration,
}

impl Bitrix24 {
    pub(crate) fn new(settings: Bitrix24Settings) -> Result<Self, SettingsError> {
        check(&settings)?;
        let address = address(&settings)?;
        let limits = Limits {
            allow_private_network: settings.allow_private_network,
            ca_certificates: settings.ca_certificates.as_deref(),
            connect_timeout_seconds: settings.connect_timeout_seconds,
            timeout_seconds: settings.timeout_seconds.unwrap_or(TIMEOUT),
            requests_per_second: Some(settings.requests_per_second.unwrap_or(REQUESTS_PER_SECOND)),
        };
        let transport = Transport::new(&address.base, &limits)?;
        let settling = settings.settling_seconds.unwrap_or(SETTLING);
        Ok(Self {
            portal: Portal::new(transport, address),
            payments: settings.payments,
            pay_system_id: settings.pay_system_id,
            deals: settings.deals,
            deal_field: settings.deal_field.unwrap_or_else(|| "originId".to_owned()),
            deal_category: settings.deal_category,
            client_originator: settings.client_originator,
            create_clients: settings.create_clients,
            refunds: settings.refunds,
            settling: SignedDuration::from_secs(i64::from(settling)),
        })
    }

    /// How many requests a whole try or a whole search may take.
    fn requests(&self) -> u32 {
        let search = 4 + 2 * u32::try_from(DEALS).unwrap_or(u32::MAX);
        match self.payments {
            PaymentRoad::Order => search.max(5),
            PaymentRoad::Deal => search.max(5 + u32::try_from(ROWS).unwrap_or(u32::MAX)),
        }
    }

    async fn go(&self, parcel: &Parcel, outgoing: &Outgoing) -> Result<Sent, Failed> {
        if parcel.kind == DeliveryKind::Refund {
            return self.refund(parcel, outgoing).await;
        }
        if self.deals == DealRule::Client && parcel.contact.is_none() {
            return Ok(refused("the client is not known"));
        }
        match self.payments {
            PaymentRoad::Order => self.pay_order(parcel, outgoing).await,
            PaymentRoad::Deal => self.pay_deal(parcel, outgoing).await,
        }
    }

    async fn go_on(&self, outgoing: &Outgoing, key: &str) -> Result<Sent, Failed> {
        let Some(parcel) = Parcel::read(&outgoing.body) else {
            return Ok(refused(FOREIGN));
        };
        if parcel.kind == DeliveryKind::Refund {
            return self.refund(&parcel, outgoing).await;
        }
        let Ok(id) = key.parse::<u64>() else {
            return Ok(refused("the key of the payment is not one of Bitrix24"));
        };
        match self.payments {
            PaymentRoad::Order => self.finish_order(&parcel, id, outgoing.at).await,
            PaymentRoad::Deal => self.finish_deal(&parcel, id, outgoing.at).await,
        }
    }
}

/// The bytes of another kind of connection.
const FOREIGN: &str = "this delivery was composed for a connection of another kind";

#[async_trait]
impl AccountingPort for Bitrix24 {
    fn profile(&self) -> Profile {
        Profile {
            class: Class::LookUpOnly,
            settling: self.settling,
            longest_try: self.portal.transport.longest(self.requests()),
            looks_up: true,
            matches_clients: self.deals == DealRule::Client,
            is_strict: false,
        }
    }

    fn compose(&self, order: &Order) -> Vec<u8> {
        Parcel::of(order).bytes()
    }

    async fn send(&self, outgoing: &Outgoing) -> Sent {
        let Some(parcel) = Parcel::read(&outgoing.body) else {
            return refused(FOREIGN);
        };
        self.go(&parcel, outgoing).await.unwrap_or_else(|failed| *failed)
    }

    async fn finish(&self, outgoing: &Outgoing, document_key: &str) -> Sent {
        let end = self.go_on(outgoing, document_key).await;
        end.unwrap_or_else(|failed| *failed)
    }

    async fn look_up(&self, order: &Order, at: Timestamp) -> Result<Vec<FoundDocument>, Box<Sent>> {
        self.search(order, at).await
    }

    async fn find_client(&self, order: &Order, at: Timestamp) -> Result<ClientMatch, Box<Sent>> {
        self.client(order, at).await
    }

    async fn probe(&self, at: Timestamp) -> Option<Sent> {
        Some(match self.portal.read("profile", json!({}), at).await {
            Ok(reply) => {
                let verdict = Verdict::Applied { document_ref: None };
                self.portal.sent(&reply.answer, verdict, None)
            }
            Err(failed) => *failed,
        })
    }

    async fn self_test(&self, posted: Option<Order>, at: Timestamp) -> Vec<Check> {
        self.test(posted, at).await
    }
}
