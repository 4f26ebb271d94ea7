//! The stored form of what is known: short. What nobody said is left out of it, since most of it is never said, and it is
//! read back with every row of the journal.

/// Whether a value is what is read where there is none.
pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::attempt::{Facts, PassedOn};

    #[test]
    fn what_nobody_said_is_left_out() {
        assert_eq!(serde_json::to_value(Facts::default()).unwrap(), json!({}));
        assert_eq!(serde_json::to_value(PassedOn::default()).unwrap(), json!({}));
    }

    #[test]
    fn what_is_left_out_is_read_as_not_said_and_the_long_form_as_the_short_one() {
        let long = json!({"app": null, "callback": {"payment_heard_at": null, "standing": {"word": null, "word_at": null,
            "paid": null, "reversed": false, "reversed_at": null, "refunded": 0, "mismatch": null, "mismatches": []}},
            "query": {"latest": null, "denied_at": null}, "claim": null});
        assert_eq!(serde_json::from_value::<Facts>(long).unwrap(), Facts::default());
        assert_eq!(
            serde_json::from_value::<Facts>(json!({})).unwrap(),
            Facts::default()
        );
    }
}
