//! Money as integer minor units. No floating point is ever involved.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An ISO 4217 currency, by its three letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

/// Why a text is not money or not a currency.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not three upper-case Latin letters.
    #[error("a currency is three upper-case Latin letters, such as RUB")]
    Currency,
    /// Not a decimal number with at most as many digits as the currency has.
    #[error("an amount is a decimal number such as 1500.00, with no more digits than the currency has")]
    Amount,
}

impl Currency {
    /// The Russian rouble.
    pub const RUB: Self = Self(*b"RUB");

    /// The three letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// How many decimal digits the minor unit has (ISO 4217, the currencies that differ from two).
    #[must_use]
    pub fn exponent(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF"
            | b"UGX" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }

    /// From the numeric code that card gateways use. `810`, the rouble of before 1998, still comes
    /// from older installations and means the same.
    #[must_use]
    pub fn from_numeric(code: &str) -> Option<Self> {
        let letters = match code {
            "643" | "810" => b"RUB",
            "840" => b"USD",
            "978" => b"EUR",
            "398" => b"KZT",
            "933" => b"BYN",
            "051" | "51" => b"AMD",
            "417" => b"KGS",
            "860" => b"UZS",
            "156" => b"CNY",
            _ => return None,
        };
        Some(Self(*letters))
    }

    /// The numeric code for card gateways, where we know it.
    #[must_use]
    pub fn numeric(self) -> Option<&'static str> {
        Some(match &self.0 {
            b"RUB" => "643",
            b"USD" => "840",
            b"EUR" => "978",
            b"KZT" => "398",
            b"BYN" => "933",
            b"AMD" => "051",
            b"KGS" => "417",
            b"UZS" => "860",
            b"CNY" => "156",
            _ => return None,
        })
    }
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        match <[u8; 3]>::try_from(text.as_bytes()) {
            Ok(letters) if letters.iter().all(u8::is_ascii_uppercase) => Ok(Self(letters)),
            _ => Err(MoneyError::Currency),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// A sum of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// In minor units (kopecks).
    #[cfg_attr(
        feature = "openapi",
        schema(example = 450_000, minimum = 0, maximum = 100_000_000_000_i64)
    )]
    pub amount: i64,
    /// ISO 4217, three letters.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "RUB", pattern = "^[A-Z]{3}$"))]
    pub currency: Currency,
}

impl Money {
    /// The greatest amount an attempt may have, in minor units: a billion roubles. It keeps every sum
    /// far from the ends of `i64` and inside what JavaScript holds exactly.
    pub const MAX_AMOUNT: i64 = 100_000_000_000;

    /// A sum in minor units.
    #[must_use]
    pub fn new(amount: i64, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// Reads a decimal text such as `9.99`, `100` or `100.000000`.
    ///
    /// # Errors
    /// [`MoneyError::Amount`] when the text is not a number, is negative, is out of range, or has
    /// more significant digits than the currency.
    pub fn from_decimal(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 12 || !digits(whole) || !digits(fraction) {
            return Err(MoneyError::Amount);
        }
        let exponent = currency.exponent() as usize;
        let (kept, rest) = fraction.split_at(fraction.len().min(exponent));
        if rest.bytes().any(|b| b != b'0') {
            return Err(MoneyError::Amount);
        }
        let minor = format!("{whole}{kept:0<exponent$}");
        minor
            .parse()
            .map(|amount| Self { amount, currency })
            .map_err(|_| MoneyError::Amount)
    }

    /// The decimal text with all the digits of the currency: `4500.00`.
    #[must_use]
    pub fn to_decimal(self) -> String {
        let exponent = self.currency.exponent();
        let unit = 10_i64.pow(exponent);
        let sign = if self.amount < 0 { "-" } else { "" };
        let (whole, rest) = (self.amount.abs() / unit, self.amount.abs() % unit);
        match exponent {
            0 => format!("{sign}{whole}"),
            digits => format!("{sign}{whole}.{rest:0digits$}", digits = digits as usize),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_text_becomes_minor_units_and_back() {
        for (text, amount) in [
            ("9.99", 999),
            ("100", 10_000),
            ("100.000000", 10_000),
            ("0.50", 50),
            ("0.5", 50),
        ] {
            assert_eq!(
                Money::from_decimal(text, Currency::RUB),
                Ok(Money::new(amount, Currency::RUB)),
                "{text}"
            );
        }
        assert_eq!(Money::new(50, Currency::RUB).to_decimal(), "0.50");
        assert_eq!(Money::new(5, "JPY".parse().unwrap()).to_decimal(), "5");
        assert_eq!(
            Money::new(1_234_567, "KWD".parse().unwrap()).to_decimal(),
            "1234.567"
        );
    }

    #[test]
    fn what_is_not_an_amount_is_refused() {
        for text in ["", ".50", "1,50", "-1", "1e3", "9.999", "1 000", "9999999999999"] {
            assert_eq!(
                Money::from_decimal(text, Currency::RUB),
                Err(MoneyError::Amount),
                "{text:?}"
            );
        }
        assert_eq!("rub".parse::<Currency>(), Err(MoneyError::Currency));
    }

    #[test]
    fn both_numeric_codes_of_the_rouble_are_the_rouble() {
        assert_eq!(Currency::from_numeric("643"), Some(Currency::RUB));
        assert_eq!(Currency::from_numeric("810"), Some(Currency::RUB));
    }
}
