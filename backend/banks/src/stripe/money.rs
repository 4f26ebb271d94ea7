//! Stripe's minor units, which differ from ISO 4217 in three currencies.

use sverka_domain::money::{Currency, Money};

/// How many decimal digits Stripe counts in.
fn exponent(currency: Currency) -> u32 {
    match currency.as_str() {
        // The ariary's fifth is never used.
        "MGA" => 0,
        // Kept at two digits for the sake of old clients; the digits are zeros.
        "ISK" | "UGX" => 2,
        _ => currency.exponent(),
    }
}

/// A sum that Stripe tells; none when it is not one, or not a whole number of our minor units.
pub(super) fn told(minor: i64, currency: &str) -> Option<Money> {
    let currency: Currency = currency.to_ascii_uppercase().parse().ok()?;
    let (theirs, ours) = (exponent(currency), currency.exponent());
    let amount = shift(minor, theirs, ours)?;
    (amount >= 0).then_some(Money::new(amount, currency))
}

/// A sum in Stripe's units; none when it has more digits than Stripe takes.
pub(super) fn to_stripe(money: Money) -> Option<i64> {
    shift(money.amount, money.currency.exponent(), exponent(money.currency))
}

fn shift(minor: i64, from: u32, to: u32) -> Option<i64> {
    if to >= from {
        minor.checked_mul(10_i64.checked_pow(to - from)?)
    } else {
        let unit = 10_i64.checked_pow(from - to)?;
        (minor % unit == 0).then_some(minor / unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(amount: i64, currency: &str) -> Money {
        Money::new(amount, currency.parse().unwrap())
    }

    #[test]
    fn units_are_stripes_and_back() {
        for (ours, theirs) in [
            (money(450_000, "RUB"), 450_000),
            (money(500, "JPY"), 500),
            (money(1_234, "KWD"), 1_234),
            (money(7, "ISK"), 700),
            (money(7, "UGX"), 700),
            (money(700, "MGA"), 7),
        ] {
            assert_eq!(to_stripe(ours), Some(theirs), "{ours:?}");
            let letters = ours.currency.to_string().to_lowercase();
            assert_eq!(told(theirs, &letters), Some(ours), "{ours:?}");
        }
    }

    #[test]
    fn what_does_not_fit_is_no_sum() {
        assert_eq!(to_stripe(money(750, "MGA")), None);
        assert_eq!(told(750, "isk"), None);
        assert_eq!(told(-1, "rub"), None);
        assert_eq!(told(1, "roubles"), None);
    }
}
