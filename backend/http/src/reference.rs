//! Names and codes for the filters.

use actix_web::get;
use actix_web::web::{Data, Json};
use serde::Serialize;
use strum::VariantArray;
use sverka_app::App;
use sverka_app::catalog::{Catalog, Titled};
use sverka_domain::status::{BankStatus, CrmStatus};
use utoipa::ToSchema;

use crate::auth::{Allowed, View};
use crate::problem::Problem;

/// A name in both languages.
#[derive(Debug, Serialize, ToSchema)]
struct TitleView {
    ru: String,
    en: String,
}

/// A code with its name.
#[derive(Debug, Serialize, ToSchema)]
struct TitledView {
    code: String,
    title: TitleView,
}

/// A merchant.
#[derive(Debug, Serialize, ToSchema)]
struct MerchantView {
    code: String,
    title: String,
    /// IANA name.
    #[schema(example = "Europe/Moscow")]
    timezone: String,
}

/// A bank account, by its names.
#[derive(Debug, Serialize, ToSchema)]
struct AccountRef {
    bank: String,
    name: String,
    merchant: String,
}

/// What attempts can be filtered by.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reference {
    merchants: Vec<MerchantView>,
    payment_types: Vec<TitledView>,
    bank_accounts: Vec<AccountRef>,
    banks: Vec<TitledView>,
    bank_statuses: Vec<BankStatus>,
    crm_statuses: Vec<CrmStatus>,
}

/// Names and codes for the filters.
#[utoipa::path(operation_id = "get_reference", tag = "reference",
    responses((status = 200, description = "All of them", body = Reference)))]
#[get("/reference")]
pub(crate) async fn get_reference(app: Data<App>, _: Allowed<View>) -> Result<Json<Reference>, Problem> {
    Ok(Json(view(app.catalog(), &app)))
}

fn view(catalog: &Catalog, app: &App) -> Reference {
    let titled = |titled: &Titled| TitledView {
        code: titled.code.clone(),
        title: TitleView {
            ru: titled.title.ru.clone(),
            en: titled.title.en.clone(),
        },
    };
    let merchants = catalog.merchants.iter().map(|merchant| MerchantView {
        code: merchant.code.clone(),
        title: merchant.title.clone(),
        timezone: merchant.timezone.clone(),
    });
    let accounts = app.banks().all().into_iter().map(|account| AccountRef {
        bank: account.key.bank.clone(),
        name: account.key.account.clone(),
        merchant: account.merchant.clone(),
    });
    Reference {
        merchants: merchants.collect(),
        payment_types: catalog.payment_types.iter().map(titled).collect(),
        bank_accounts: accounts.collect(),
        banks: catalog.banks.iter().map(titled).collect(),
        bank_statuses: BankStatus::VARIANTS.to_vec(),
        crm_statuses: CrmStatus::VARIANTS.to_vec(),
    }
}
