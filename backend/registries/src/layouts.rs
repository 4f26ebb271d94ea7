//! The known layouts, each from its own description.

mod mapped;
mod sverka;
mod tbank;
mod yookassa;

pub(crate) use mapped::{Mapped, is_header};
pub(crate) use sverka::Sverka;
pub(crate) use tbank::TBank;
pub(crate) use yookassa::YooKassa;

use jiff::tz::TimeZone;

/// The zone in which Russian banks write their times.
pub(crate) fn moscow() -> TimeZone {
    TimeZone::get("Europe/Moscow").unwrap_or(TimeZone::UTC)
}
