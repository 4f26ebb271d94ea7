//! VTB: the common RBS gateway. Only its list of order states has 7 (waiting) and 8 (taken in parts).
//!
//! Production `https://platezh.vtb24.ru/payment/rest/`, tests `https://vtb.rbsuat.com/payment/rest/`. VTB Open API is
//! another product, without a public description of its signatures and states; it is not spoken here.

use sverka_domain::polling::PollPolicy;

use crate::rbs::{Gateway, Profile, RbsSettings};
use crate::settings::SettingsError;

/// Settings of an account at VTB.
pub type VtbSettings = RbsSettings;

/// An account at VTB.
pub(crate) fn account(settings: VtbSettings) -> Result<Gateway, SettingsError> {
    let profile = Profile {
        policy: PollPolicy::card_gateway(),
        currency: Some("643"),
    };
    Gateway::new(settings, profile)
}
