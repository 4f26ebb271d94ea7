use serde_json::json;

use super::*;

fn heard(status: u16, body: &str) -> Result<Value, (Why, String)> {
    let answer = Answer {
        status,
        body: body.to_owned(),
        content_type: "application/json".to_owned(),
        ..Answer::default()
    };
    understand(&answer, "2026-11-24T10:00:00Z".parse().unwrap())
}

fn why(status: u16, body: &str) -> Why {
    heard(status, body).unwrap_err().0
}

#[test]
fn a_result_is_a_result_even_when_it_is_nothing() {
    assert_eq!(heard(200, r#"{"id":1,"result":[2]}"#).unwrap(), json!([2]));
    assert_eq!(heard(200, r#"{"id":1,"result":null}"#).unwrap(), Value::Null);
}

#[test]
fn five_exceptions_are_verdicts_and_every_other_error_is_a_failure_inside() {
    for (body, expected, words) in [
        (
            r#"{"id":1,"error":["UserError",["Closed period","",null]]}"#,
            Why::Denied,
            "Closed period",
        ),
        (
            r#"{"id":1,"error":["UserWarning",["key","Overpaid",""]]}"#,
            Why::Denied,
            "Overpaid",
        ),
        (
            r#"{"id":1,"error":["ConcurrencyException","Records were modified in the meanwhile"]}"#,
            Why::Clash,
            "Records were modified in the meanwhile",
        ),
        (
            r#"{"id":1,"error":["LoginException",["x"]]}"#,
            Why::Barred,
            "the log-in is refused",
        ),
        (
            r#"{"id":1,"error":["'external_id'",""]}"#,
            Why::Internal,
            "'external_id'",
        ),
        (
            r#"{"id":1,"error":["duplicate key value\nDETAIL:  Key (company, reference)=(1, a).",""]}"#,
            Why::Internal,
            "duplicate key value DETAIL: Key (company, reference)=(1, a).",
        ),
    ] {
        assert_eq!(heard(200, body).unwrap_err(), (expected, words.to_owned()));
    }
    let limited = why(200, r#"{"id":1,"error":["RateLimitException",[]]}"#);
    assert_eq!(
        limited,
        Why::Unsent {
            retry_after: Some(300)
        }
    );
}

#[test]
fn statuses_say_whether_anything_ran() {
    assert_eq!(why(401, ""), Why::NoSession);
    assert_eq!(why(403, "<html>"), Why::Barred);
    assert_eq!(why(404, "<html>"), Why::Barred);
    assert_eq!(why(307, ""), Why::Barred);
    assert_eq!(why(422, "<html>"), Why::Denied);
    assert_eq!(
        why(429, ""),
        Why::Unsent {
            retry_after: Some(300)
        }
    );
    for status in [500, 502, 503, 504] {
        assert_eq!(why(status, "<html>"), Why::Silent, "{status}");
    }
}

#[test]
fn what_is_no_answer_of_tryton_says_nothing() {
    for body in ["", "<html>", "[]", "{}", r#"{"id":1,"resu"#] {
        assert_eq!(why(200, body), Why::Silent, "{body}");
    }
}
