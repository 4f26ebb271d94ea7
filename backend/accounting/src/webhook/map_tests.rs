use super::*;

fn answer(status: u16, content_type: &str, body: &str) -> Answer {
    Answer {
        status,
        content_type: content_type.to_owned(),
        body: body.to_owned(),
        ..Answer::default()
    }
}

fn of(status: u16, content_type: &str, body: &str) -> Verdict {
    verdict(&answer(status, content_type, body), Timestamp::UNIX_EPOCH)
}

fn document(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn a_good_answer_is_applied_with_or_without_a_document() {
    for (body, document_ref) in [
        (r#"{"document_ref":"ПКО-17"}"#, document("ПКО-17")),
        (r#"{"document_ref":17}"#, document("17")),
        (r#"{"document_ref":null}"#, None),
        (r#"{"document_ref":"  "}"#, None),
        ("{}", None),
        ("", None),
        ("ok", None),
    ] {
        assert_eq!(of(200, "", body), Verdict::Applied { document_ref }, "{body}");
    }
}

#[test]
fn a_good_status_over_something_else_is_unknown() {
    for (content_type, body) in [
        ("text/html; charset=utf-8", "please sign in"),
        ("", "  <!doctype html><html></html>"),
        ("application/json", r#"{"document_ref":"#),
        ("text/plain", r#"{"document_ref":"A"#),
    ] {
        assert!(
            matches!(of(200, content_type, body), Verdict::Unknown { .. }),
            "{body}"
        );
    }
    let endless = Answer {
        is_cut: true,
        ..answer(200, "", "{}")
    };
    assert!(matches!(
        verdict(&endless, Timestamp::UNIX_EPOCH),
        Verdict::Unknown { .. }
    ));
}

#[test]
fn a_conflict_means_already_there_only_with_a_document() {
    let there = of(409, "", r#"{"document_ref":"A-1"}"#);
    assert_eq!(
        there,
        Verdict::AlreadyThere {
            document_ref: document("A-1")
        }
    );
    for body in [
        r#"{"detail":"In progress, come back"}"#,
        r#"{"type":"https://crm.example/problems/in-progress"}"#,
        r#"{"code":"in_progress"}"#,
        "оплата уже обрабатывается",
    ] {
        assert!(matches!(of(409, "", body), Verdict::Busy { .. }), "{body}");
    }
    assert!(matches!(
        of(409, "", r#"{"detail":"closed"}"#),
        Verdict::Unknown { .. }
    ));
    assert!(matches!(of(409, "", ""), Verdict::Unknown { .. }));
}

#[test]
fn a_refusal_is_told_in_the_receivers_own_words() {
    for (content_type, body, words) in [
        (
            "application/problem+json",
            r#"{"title":"Closed","detail":"Период закрыт"}"#,
            "Период закрыт",
        ),
        (
            "application/json",
            r#"{"error":{"message":"нет клиента"}}"#,
            "нет клиента",
        ),
        ("application/json", r#"{"title":"Closed"}"#, "Closed"),
        ("text/plain", "client\n not\0 found", "client not found"),
        ("text/html", "<html>404</html>", "HTTP 422"),
        ("", "", "HTTP 422"),
    ] {
        assert_eq!(
            of(422, content_type, body),
            Verdict::Refused {
                reason: words.to_owned()
            }
        );
    }
    let long = of(400, "", &"щ".repeat(5000));
    assert!(long.reason().unwrap().chars().count() <= 301);
}

#[test]
fn what_a_person_has_to_mend_at_the_connection_stops_the_connection() {
    for status in [301, 302, 307, 308, 401, 403, 410] {
        assert!(
            matches!(of(status, "", ""), Verdict::ConnectionRefused { .. }),
            "{status}"
        );
    }
}

#[test]
fn a_receivers_trouble_is_unknown_and_its_plea_for_time_is_not() {
    for status in [500, 502, 504, 520] {
        assert!(matches!(of(status, "", ""), Verdict::Unknown { .. }), "{status}");
    }
    for status in [429, 503] {
        assert!(
            matches!(
                of(status, "", ""),
                Verdict::NotApplied {
                    retry_after: None,
                    ..
                }
            ),
            "{status}"
        );
    }
}
