//! Sber, the old gateway: the common RBS gateway with nothing of its own but the name.
//!
//! Production `https://securepayments.sberbank.ru/payment/rest/`, tests `https://3dsec.sberbank.ru/payment/rest/`;
//! the address stands in the contract, so it is a setting and has no default.

use sverka_domain::polling::PollPolicy;

use crate::rbs::{Gateway, Profile, RbsSettings};
use crate::settings::SettingsError;

/// Settings of an account at Sber.
pub type SberSettings = RbsSettings;

/// An account at Sber.
pub(crate) fn account(settings: SberSettings) -> Result<Gateway, SettingsError> {
    let profile = Profile {
        policy: PollPolicy::card_gateway(),
        currency: Some("643"),
    };
    Gateway::new(settings, profile)
}
