//! From settings to connections. Adding a kind takes its folder and its lines here.

use std::sync::Arc;

use serde::Deserialize;
use sverka_app::ports::accounting::AccountingPort;

use crate::bitrix24::{Bitrix24, Bitrix24Settings};
use crate::moysklad::{MoySklad, MoySkladSettings};
use crate::onec_http::{OnecHttp, OnecHttpSettings};
use crate::onec_odata::{OnecOdata, OnecOdataSettings};
use crate::settings::SettingsError;
use crate::tryton::{Tryton, TrytonSettings};
use crate::webhook::{Webhook, WebhookSettings};

/// A kind of accounting system that Sverka can talk to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConnectionInfo {
    /// Its code in the configuration.
    pub kind: &'static str,
    /// Its name in Russian.
    pub title_ru: &'static str,
    /// Its name in English.
    pub title_en: &'static str,
}

/// All kinds, in the order in which they are shown.
pub const CONNECTION_KINDS: &[ConnectionInfo] = &[
    ConnectionInfo {
        kind: "webhook",
        title_ru: "Вебхук",
        title_en: "Webhook",
    },
    ConnectionInfo {
        kind: "onec_odata",
        title_ru: "1С (OData)",
        title_en: "1C (OData)",
    },
    ConnectionInfo {
        kind: "onec_http",
        title_ru: "1С (HTTP-сервис)",
        title_en: "1C (HTTP service)",
    },
    ConnectionInfo {
        kind: "tryton",
        title_ru: "Tryton",
        title_en: "Tryton",
    },
    ConnectionInfo {
        kind: "bitrix24",
        title_ru: "Битрикс24",
        title_en: "Bitrix24",
    },
    ConnectionInfo {
        kind: "moysklad",
        title_ru: "МойСклад",
        title_en: "MoySklad",
    },
];

/// Settings of one connection. Deserialises from a table with the kind under `kind`, once secrets are
/// plain strings; the key `name` must be taken out.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ConnectionSettings {
    /// A signed webhook (Standard Webhooks).
    Webhook(WebhookSettings),
    /// Tryton by JSON-RPC.
    Tryton(TrytonSettings),
    /// 1C by its standard OData interface.
    OnecOdata(Box<OnecOdataSettings>),
    /// 1C by an HTTP service of the customer.
    OnecHttp(Box<OnecHttpSettings>),
    /// A Bitrix24 portal.
    Bitrix24(Box<Bitrix24Settings>),
    /// A MoySklad account.
    #[serde(rename = "moysklad")]
    MoySklad(Box<MoySkladSettings>),
}

/// A connection that can be sent through.
///
/// # Errors
/// [`SettingsError`] that names the setting and the remedy.
pub fn build(settings: ConnectionSettings) -> Result<Arc<dyn AccountingPort>, SettingsError> {
    Ok(match settings {
        ConnectionSettings::Webhook(settings) => Arc::new(Webhook::new(settings)?),
        ConnectionSettings::Tryton(settings) => Arc::new(Tryton::new(settings)?),
        ConnectionSettings::OnecOdata(settings) => Arc::new(OnecOdata::new(*settings)?),
        ConnectionSettings::OnecHttp(settings) => Arc::new(OnecHttp::new(*settings)?),
        ConnectionSettings::Bitrix24(settings) => Arc::new(Bitrix24::new(*settings)?),
        ConnectionSettings::MoySklad(settings) => Arc::new(MoySklad::new(*settings)?),
    })
}
