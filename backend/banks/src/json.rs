//! Reading JSON that may hold numbers as text, text as numbers, and less than was promised.

use serde_json::Value;
use sverka_app::ports::bank::BankError;

/// An answer that is an object.
pub(crate) fn object(body: &str) -> Result<Value, BankError> {
    serde_json::from_str(body)
        .ok()
        .filter(Value::is_object)
        .ok_or_else(|| BankError::Unavailable("the answer is not JSON".to_owned()))
}

/// A text, or a number as text; never an empty one, and without the NULs that a database would refuse.
pub(crate) fn text(from: &Value, name: &str) -> Option<String> {
    let text = match &from[name] {
        Value::String(text) => text.replace('\0', ""),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

/// A whole number, or a text that is one.
pub(crate) fn integer(from: &Value, name: &str) -> Option<i64> {
    match &from[name] {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A yes or no, or a text that is one.
pub(crate) fn flag(from: &Value, name: &str) -> Option<bool> {
    match &from[name] {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) => text.trim().to_ascii_lowercase().parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_and_texts_stand_for_one_another() {
        let told = json!({"a": "7", "b": 7, "c": "", "d": null, "e": "x\u{0}y", "f": "True", "g": 1.5});
        assert_eq!((integer(&told, "a"), integer(&told, "b")), (Some(7), Some(7)));
        assert_eq!(
            (text(&told, "a"), text(&told, "b")),
            (Some("7".into()), Some("7".into()))
        );
        assert_eq!(
            (text(&told, "c"), text(&told, "d"), text(&told, "z")),
            (None, None, None)
        );
        assert_eq!(text(&told, "e").as_deref(), Some("xy"));
        assert_eq!((flag(&told, "f"), flag(&told, "b")), (Some(true), None));
        assert_eq!(integer(&told, "g"), None);
    }
}
