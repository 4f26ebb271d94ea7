//! `InvId`: Robokassa takes whole numbers only.

use sverka_app::ports::bank::BankError;

/// The order number as `InvId`, if it can be one. Zeros in front would be lost, and with them the match.
pub(super) fn inv_id(number: &str) -> Option<&str> {
    let plain = !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit());
    let value: u64 = number.parse().ok().filter(|_| plain)?;
    (value <= i64::MAX.unsigned_abs()).then_some(number)
}

/// The same, or a refusal in words for whoever chooses the numbers.
pub(super) fn required(number: &str) -> Result<&str, BankError> {
    inv_id(number).ok_or_else(|| {
        BankError::Refused(
            "Robokassa takes only whole numbers as order numbers (InvId): digits, from 1, without zeros in front"
                .to_owned(),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_numbers_are_order_numbers() {
        for good in ["1", "58", "9223372036854775807"] {
            assert_eq!(inv_id(good), Some(good));
        }
        for bad in [
            "",
            "0",
            "007",
            "A-1",
            "1.0",
            "-1",
            "+1",
            "1 ",
            "9223372036854775808",
            "٣",
        ] {
            assert_eq!(inv_id(bad), None, "{bad}");
        }
    }
}
