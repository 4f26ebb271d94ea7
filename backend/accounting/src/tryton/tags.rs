//! Decimals and dates as Tryton writes them: objects that name their class (`trytond/protocols/jsonrpc.py`).

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Value, json};
use sverka_domain::money::{Currency, Money};

/// A sum, for a request.
pub(super) fn decimal(money: Money) -> Value {
    json!({"__class__": "Decimal", "decimal": money.to_decimal()})
}

/// A day, for a request.
pub(super) fn date(day: Date) -> Value {
    json!({"__class__": "date", "year": day.year(), "month": day.month(), "day": day.day()})
}

/// A sum in an answer.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct DecimalTag {
    decimal: String,
}

impl DecimalTag {
    /// The sum; `None` where it is no sum of that currency, such as a negative one.
    pub(super) fn money(&self, currency: Currency) -> Option<Money> {
        Money::from_decimal(&self.decimal, currency).ok()
    }
}

/// A day in an answer.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct DateTag {
    year: i16,
    month: i8,
    day: i8,
}

impl DateTag {
    /// The day.
    pub(super) fn date(self) -> Option<Date> {
        Date::new(self.year, self.month, self.day).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_days_go_and_come_back_as_they_are() {
        let sum = Money::new(499_000, Currency::RUB);
        assert_eq!(
            decimal(sum).to_string(),
            r#"{"__class__":"Decimal","decimal":"4990.00"}"#
        );
        let told: DecimalTag = serde_json::from_value(decimal(sum)).unwrap();
        assert_eq!(told.money(Currency::RUB), Some(sum));
        let day = Date::new(2026, 11, 24).unwrap();
        let told: DateTag = serde_json::from_value(date(day)).unwrap();
        assert_eq!(told.date(), Some(day));
    }

    #[test]
    fn what_is_no_sum_is_not_taken_for_one() {
        for text in ["-1.00", "1E+3", "1.001", ""] {
            let told: DecimalTag = serde_json::from_value(json!({"decimal": text})).unwrap();
            assert_eq!(told.money(Currency::RUB), None, "{text}");
        }
    }
}
