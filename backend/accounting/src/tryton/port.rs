//! Tryton as the accounting port.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, json};
use sverka_app::ports::accounting::{
    AccountingPort, Check, Class, ClientMatch, Order, Outgoing, Profile, Sent,
};
use sverka_domain::delivery::{FoundDocument, Verdict};

use super::document::Reader;
use super::fault::Fault;
use super::posting::Posting;
use super::rpc::{Access, Rpc};
use super::settings::{Checked, TrytonSettings, check};
use crate::settings::SettingsError;
use crate::transport::Limits;

/// A database of a Tryton server.
#[derive(Debug)]
pub(crate) struct Tryton {
    pub(super) rpc: Rpc,
    pub(super) settings: TrytonSettings,
    pub(super) checked: Checked,
    pub(super) reader: Reader,
}

impl Tryton {
    pub(crate) fn new(settings: TrytonSettings) -> Result<Self, SettingsError> {
        let checked = check(&settings)?;
        let limits = Limits {
            allow_private_network: settings.allow_private_network,
            ca_certificates: settings.ca_certificates.as_deref(),
            connect_timeout_seconds: settings.connect_timeout_seconds,
            timeout_seconds: checked.timeout,
            requests_per_second: settings.requests_per_second,
        };
        let mut context = Map::new();
        context.insert("company".to_owned(), json!(settings.company));
        if let Some(language) = &settings.language {
            context.insert("language".to_owned(), json!(language));
        }
        let access = Access {
            url: &checked.url,
            database: &settings.database,
            user: &settings.user,
            password: &settings.password,
            context,
        };
        Ok(Self {
            rpc: Rpc::new(access, &limits)?,
            reader: Reader {
                url: checked.url.clone(),
                database: settings.database.clone(),
                currency: checked.currency,
            },
            settings,
            checked,
        })
    }
}

/// A question that was not answered.
pub(super) fn unanswered(fault: Fault) -> Box<Sent> {
    let verdict = fault.of_question();
    Box::new(fault.sent(verdict, None))
}

#[async_trait]
impl AccountingPort for Tryton {
    fn profile(&self) -> Profile {
        let (class, settling) = if self.settings.unique_reference {
            (Class::KeyEnforced, SignedDuration::ZERO)
        } else {
            (Class::LookUpOnly, self.checked.settling)
        };
        Profile {
            class,
            settling,
            longest_try: self.checked.longest_try,
            looks_up: true,
            matches_clients: true,
            is_strict: self.settings.strict,
        }
    }

    fn compose(&self, order: &Order) -> Vec<u8> {
        Posting::of(order, &self.checked.zone).bytes()
    }

    async fn send(&self, outgoing: &Outgoing) -> Sent {
        self.within_a_try(outgoing, None).await
    }

    async fn finish(&self, outgoing: &Outgoing, document_key: &str) -> Sent {
        self.within_a_try(outgoing, Some(document_key)).await
    }

    async fn look_up(&self, order: &Order, at: Timestamp) -> Result<Vec<FoundDocument>, Box<Sent>> {
        self.documents(order, at).await.map_err(unanswered)
    }

    async fn find_client(&self, order: &Order, at: Timestamp) -> Result<ClientMatch, Box<Sent>> {
        self.client(order, at).await.map_err(unanswered)
    }

    async fn probe(&self, at: Timestamp) -> Option<Sent> {
        // With a session, so that a password that is still wrong is seen, and a database that is still away.
        let params = vec![
            json!([["id", "=", self.settings.payment_journal]]),
            json!(0),
            json!(1),
            json!(null),
        ];
        let asked = self
            .rpc
            .call("model.account.payment.journal.search", params, at)
            .await;
        Some(match asked {
            Ok(reply) => Sent {
                verdict: Verdict::Applied { document_ref: None },
                document_key: None,
                http_status: Some(reply.http_status),
                answer: None,
            },
            Err(fault) => *unanswered(fault),
        })
    }

    async fn self_test(&self, posted: Option<Order>, at: Timestamp) -> Vec<Check> {
        self.tested(posted.as_ref(), at).await
    }
}
