//! What the configuration says of merchants, payment types and banks: names to show, and where they belong.

use jiff::tz::TimeZone;

/// A merchant: the club or legal entity that is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merchant {
    /// Code.
    pub code: String,
    /// Name to show.
    pub title: String,
    /// IANA time zone.
    pub timezone: String,
}

/// A name in both languages of the interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// Russian.
    pub ru: String,
    /// English.
    pub en: String,
}

/// A payment type or a bank, by code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Titled {
    /// Code.
    pub code: String,
    /// Name to show.
    pub title: Title,
}

/// The time zone where none is known.
const TIMEZONE: &str = "Europe/Moscow";

/// The names of a configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalog {
    /// Merchants; at least one.
    pub merchants: Vec<Merchant>,
    /// Payment types. A code that is not listed is accepted and shown as it is.
    pub payment_types: Vec<Titled>,
    /// The banks that there are accounts at.
    pub banks: Vec<Titled>,
    /// The kinds of accounting systems that there can be connections to.
    pub systems: Vec<Titled>,
    /// What banks and people reach, without a slash at the end.
    pub public_url: String,
}

impl Catalog {
    /// Where a merchant's days begin and end. Of one that is not configured any more: UTC.
    #[must_use]
    pub fn zone(&self, merchant: &str) -> TimeZone {
        let known = self.merchants.iter().find(|known| known.code == merchant);
        known
            .and_then(|merchant| TimeZone::get(&merchant.timezone).ok())
            .unwrap_or(TimeZone::UTC)
    }

    /// The time zone of a merchant.
    #[must_use]
    pub fn timezone_of(&self, merchant: &str) -> String {
        let found = self.merchants.iter().find(|known| known.code == merchant);
        found
            .map_or(TIMEZONE, |merchant| merchant.timezone.as_str())
            .to_owned()
    }
}
