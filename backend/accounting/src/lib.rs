//! Accounting adapters. Each composes a request once, sends the stored bytes once a try, and says what the
//! try came to: applied, surely not applied, refused, or unknown. What is unknown is never called failed.

mod bitrix24;
mod moysklad;
mod onec_http;
mod onec_odata;
mod registry;
mod settings;
mod transport;
mod tryton;
mod webhook;

pub use bitrix24::{Bitrix24Settings, DealRule, PaymentRoad, RefundRoad};
pub use moysklad::MoySkladSettings;
pub use onec_http::OnecHttpSettings;
pub use onec_odata::{
    OnecClass, OnecClientSettings, OnecDocumentSettings, OnecLink, OnecOdataSettings, OnecRowsSettings,
};
pub use registry::{CONNECTION_KINDS, ConnectionInfo, ConnectionSettings, build};
pub use settings::{Secret, SettingsError};
pub use tryton::TrytonSettings;
pub use webhook::{Secrets, WebhookSettings};
