//! Registry files, made from what the banks' documents say of their forms.

mod client_bank;
mod faulty;
mod operations;
mod plain;
mod tbank;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::api::{RegistryLayout, RegistryMade, RegistryWish};
use crate::bank::Account;
use crate::chance::Chance;

/// What a line of the file says, true or not.
#[derive(Clone)]
pub(crate) struct Listed {
    pub(crate) is_payment: bool,
    /// Not a refund: the payment was voided.
    pub(crate) is_voided: bool,
    pub(crate) operation: crate::api::BankOperation,
}

/// Makes a registry file of an account.
pub(crate) fn make(account: &Account, wish: &RegistryWish, chance: Chance) -> RegistryMade {
    let operations = match wish.invented {
        Some(count) => operations::invented(count, wish.day, chance),
        None => operations::of_orders(account, chance),
    };
    let (listed, faults) = faulty::spoil(&operations, &wish.faults, chance);
    let bytes = match wish.layout {
        RegistryLayout::Sverka => plain::file(&listed, wish.faults.wrong_totals),
        RegistryLayout::TBank => tbank::file(&listed),
        RegistryLayout::ClientBank => client_bank::file(&listed),
    };
    RegistryMade {
        file_base64: STANDARD.encode(bytes),
        lines: listed.len() as u64,
        operations,
        faults,
    }
}

/// Text in Windows-1251.
fn windows_1251(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1251.encode(text).0.into_owned()
}

/// Moscow's clock at a time in epoch seconds: three hours ahead of UTC, all the year.
fn moscow(at: i64, format: &str) -> String {
    let hours = jiff::tz::Offset::constant(3);
    let shown = jiff::Timestamp::from_second(at).map(|at| hours.to_datetime(at).strftime(format).to_string());
    shown.unwrap_or_default()
}
