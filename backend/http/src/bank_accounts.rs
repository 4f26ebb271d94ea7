//! The bank accounts and the health of their notifications.

pub(crate) mod callback_check;
pub(crate) mod resend;
pub(crate) mod self_test;

use actix_web::get;
use actix_web::web::{Data, Json};
use jiff::Timestamp;
use serde::Serialize;
use sverka_app::App;
use sverka_app::bank_accounts::{AccountAlarm, AccountSeen};
use sverka_domain::ids::IncidentId;
use utoipa::ToSchema;

use crate::auth::{Allowed, View};
use crate::problem::Problem;

/// What a bank account can do beyond the basics.
#[derive(Debug, Serialize, ToSchema)]
struct AbilitiesView {
    /// The bank gives a list of a period's operations.
    lists: bool,
    /// The bank sends again, when asked, the notifications that it could not deliver.
    resends: bool,
    /// The self-test is signed; otherwise it shows only that the callback address is reached.
    self_test: bool,
}

/// One bank account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BankAccountView {
    /// Code of the bank.
    bank: String,
    /// Name of the account.
    name: String,
    /// Code of the merchant.
    merchant: String,
    /// The address to paste into the bank's cabinet.
    callback_url: String,
    abilities: AbilitiesView,
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    last_notification_at: Option<Timestamp>,
    /// A genuine one.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    last_good_at: Option<Timestamp>,
    /// One without a good signature.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    last_rejected_at: Option<Timestamp>,
    /// One for an unknown order.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    last_orphan_at: Option<Timestamp>,
    /// Without a good signature, over the last 24 hours.
    rejected_24h: u64,
    /// For unknown orders, over the last 24 hours.
    orphans_24h: u64,
    /// Lost callbacks: paid over the last 24 hours without a notification.
    lost_24h: u64,
    /// Paid over the last 24 hours.
    paid_24h: u64,
    alarms: Vec<AccountAlarm>,
    /// Its open incident.
    #[schema(required = true)]
    incident: Option<OpenIncident>,
}

/// An account's open incident.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenIncident {
    id: IncidentId,
    #[schema(value_type = String, format = DateTime)]
    opened_at: Timestamp,
}

/// All bank accounts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BankAccountList {
    items: Vec<BankAccountView>,
}

/// The bank accounts, with the health of their callbacks.
#[utoipa::path(operation_id = "list_bank_accounts", tag = "bank-accounts",
    responses((status = 200, description = "All accounts", body = BankAccountList)))]
#[get("/bank-accounts")]
pub(crate) async fn list_bank_accounts(
    app: Data<App>,
    _: Allowed<View>,
) -> Result<Json<BankAccountList>, Problem> {
    let accounts = app.bank_accounts().await?;
    Ok(Json(BankAccountList {
        items: accounts.into_iter().map(BankAccountView::from).collect(),
    }))
}

impl From<AccountSeen> for BankAccountView {
    fn from(seen: AccountSeen) -> Self {
        let health = seen.health;
        Self {
            bank: seen.key.bank,
            name: seen.key.account,
            merchant: seen.merchant,
            callback_url: seen.callback_url,
            abilities: AbilitiesView {
                lists: seen.abilities.lists.is_some(),
                resends: seen.abilities.resends,
                self_test: seen.abilities.signs_self_test,
            },
            last_notification_at: health.last_notification_at,
            last_good_at: health.last_good_at,
            last_rejected_at: health.last_rejected_at,
            last_orphan_at: health.last_orphan_at,
            rejected_24h: health.rejected,
            orphans_24h: health.orphans,
            lost_24h: health.lost,
            paid_24h: health.paid,
            alarms: seen.alarms,
            incident: seen.incident.map(|incident| OpenIncident {
                id: incident.id,
                opened_at: incident.opened_at,
            }),
        }
    }
}
