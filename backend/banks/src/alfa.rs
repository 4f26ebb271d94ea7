//! Alfa-Bank: the common RBS gateway, whose installations disagree about the number of the rouble.
//!
//! Production `https://pay.alfabank.ru/payment/rest/`, tests `https://alfa.rbsuat.com/payment/rest/`. Its callbacks about
//! saved cards name neither an order nor an operation ("Callback-уведомления", 2025): they are taken in and say nothing.

use sverka_domain::polling::PollPolicy;

use crate::rbs::{Gateway, Profile, RbsSettings};
use crate::settings::SettingsError;

/// Settings of an account at Alfa-Bank.
pub type AlfaSettings = RbsSettings;

/// An account at Alfa-Bank. The bank does not publish how often it repeats a callback, so it is asked like the others.
pub(crate) fn account(settings: AlfaSettings) -> Result<Gateway, SettingsError> {
    let profile = Profile {
        policy: PollPolicy::card_gateway(),
        // Newer installations say 643 and older ones 810; without a number the account's own currency applies.
        currency: None,
    };
    Gateway::new(settings, profile)
}
