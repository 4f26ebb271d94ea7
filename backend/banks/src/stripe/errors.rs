//! Answers that are not good: `{"error": {type, code, message}}`.

use serde_json::Value;
use sverka_app::ports::bank::BankError;

use crate::transport::Answer;

/// The object of a good answer; none when there is no such object.
pub(super) fn object(answer: Answer) -> Result<Option<Value>, BankError> {
    let status = answer.status.as_u16();
    if !(400..500).contains(&status) || matches!(status, 401 | 403 | 429) {
        // Their words about a wrong key quote a part of it.
        let body = answer.good()?;
        return serde_json::from_str(&body)
            .ok()
            .filter(Value::is_object)
            .map(Some)
            .ok_or_else(|| BankError::Unavailable("the answer is not in Stripe's form".to_owned()));
    }
    let told: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let error = &told["error"];
    if status == 404 && error["code"] == "resource_missing" {
        return Ok(None);
    }
    let words = error["message"]
        .as_str()
        .unwrap_or("no message")
        .replace('\0', "");
    // The same key is being worked on, or was used for a body that differs in its times: what came of it is not known.
    if status == 409 || error["type"] == "idempotency_error" {
        return Err(BankError::Unavailable(words));
    }
    Err(BankError::Refused(format!("HTTP {status}: {words}")))
}
