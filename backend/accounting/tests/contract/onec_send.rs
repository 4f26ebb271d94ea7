//! Making a document in 1C: every row of the table of answers.

use serde_json::json;
use sverka_app::ports::accounting::Sent;
use sverka_domain::delivery::{HoldReason, Verdict};

use crate::onec::{
    Base, CLIENT, DOCUMENT, PASSWORD, absent, created, document, fault, order, posted, refund, shown, with,
};
use crate::server::Play;

const HEAD: &str = "Ref_Key,Number,Posted,DeletionMark,Date,%D0%A1%D1%83%D0%BC%D0%BC%D0%B0%D0%94%D0%BE%D0%BA%D1%83%D0%BC%D0%B5%D0%BD%D1%82%D0%B0,";

fn number() -> Option<String> {
    Some("0000-000017".to_owned())
}

fn answer(status: &'static str, body: &str) -> Play {
    Play::Answer(status, body.to_owned())
}

async fn make(play: Play) -> (Sent, Vec<String>) {
    let base = Base::new(vec![play, absent()]).await;
    let sent = base.port.send(&base.outgoing(&order())).await;
    let told = format!("{sent:?}");
    assert!(!told.contains(PASSWORD) && !told.contains("127.0.0.1"), "{told}");
    (sent, base.lines())
}

#[tokio::test]
async fn a_payment_is_made_under_our_key_posted_and_read_back() {
    let base = scripted(|key| vec![created(&document(key)), answer("200 OK", ""), shown(&posted(key))]).await;
    let key = base.key(&order());
    let sent = base.port.send(&base.outgoing(&order())).await;
    let document_ref = number();
    assert_eq!(sent.verdict, Verdict::Applied { document_ref });
    assert_eq!(sent.document_key, Some(key.clone()));
    let lines = base.lines();
    assert_eq!(lines[0], format!("POST {DOCUMENT}?$format=json"));
    assert_eq!(
        lines[1],
        format!("POST {DOCUMENT}(guid'{key}')/Post?PostingModeOperational=false")
    );
    assert!(lines[2].starts_with(&format!(
        "GET {DOCUMENT}(guid'{key}')?$format=json&$select={HEAD}"
    )));
    assert_eq!(lines.len(), 3);
    assert_eq!(
        base.body(0),
        json!({
            "Ref_Key": key, "Date": "2023-11-15T01:13:20", "СуммаДокумента": 4500.0, "Контрагент_Key": CLIENT,
            "Комментарий": "Создано автоматически (Сверка): оплата A-1, вручную не вводить",
            "СсылочныйНомер": "123456789012", "НомерЧекаЭТ": "md-1", "ВидОперации": "ОплатаПокупателя",
            "РасшифровкаПлатежа": [{"LineNumber": "1", "СуммаПлатежа": 4500.0, "СтавкаНДС": "БезНДС"}],
        })
    );
    let head = &base.server.requests()[0];
    // «Сверка:hunter2-hunter2» in UTF-8.
    assert!(
        head.contains("authorization: Basic 0KHQstC10YDQutCwOmh1bnRlcjItaHVudGVyMg=="),
        "{head}"
    );
    assert!(head.contains("accept: application/json"));
}

async fn scripted(plays: impl FnOnce(&str) -> Vec<Play>) -> Base {
    Base::scripted(plays, |_| ()).await
}

#[tokio::test]
async fn a_refund_names_its_payment() {
    let base = Base::new(vec![fault("400 Bad Request", 4, "нет")]).await;
    base.port.send(&base.outgoing(&refund())).await;
    let body = base.body(0);
    assert_eq!(body["СуммаДокумента"], json!(1000.5));
    assert_eq!(
        body["ДокументОснование"],
        json!("99999999-2222-3333-4444-555555555555")
    );
    assert_eq!(
        body["ДокументОснование_Type"],
        json!("StandardODATA.Document_Оплата")
    );
    assert_eq!(body["ВидОперации"], json!("ВозвратПокупателю"));
    assert_eq!(body["Date"], json!("2023-11-15T01:13:25"));
}

#[tokio::test]
async fn without_a_document_for_refunds_a_refund_is_refused_and_nothing_is_sent() {
    let base = Base::with(vec![absent()], |table| {
        table.as_object_mut().unwrap().remove("refund");
    })
    .await;
    let sent = base.port.send(&base.outgoing(&refund())).await;
    assert!(matches!(sent.verdict, Verdict::Refused { .. }), "{sent:?}");
    assert!(base.lines().is_empty());
}

#[tokio::test]
async fn a_refusal_of_the_mapping_is_final_and_in_the_base_s_words() {
    for code in (0..=14).chain(16..=19).chain([21]) {
        let (sent, lines) = make(fault("400 Bad Request", code, "слова\n1С")).await;
        let reason = "слова 1С".to_owned();
        assert_eq!(sent.verdict, Verdict::Refused { reason }, "{code}");
        assert_eq!(lines.len(), 1);
    }
    let xml = "<m:error xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\"><m:code>10</m:code>\
               <m:message xml:lang=\"ru\">нет свойства</m:message></m:error>";
    let (sent, _) = make(answer("400 Bad Request", xml)).await;
    let reason = "нет свойства".to_owned();
    assert_eq!(sent.verdict, Verdict::Refused { reason });
}

#[tokio::test]
async fn the_configuration_s_own_refusal_is_tried_again_slowly() {
    let words = "Период закрыт для изменений";
    let (sent, lines) = make(fault("500 Internal Server Error", -1, words)).await;
    let reason = words.to_owned();
    assert_eq!(sent.verdict, Verdict::LikelyRefused { reason });
    assert_eq!((sent.http_status, lines.len()), (Some(500), 1));
}

#[tokio::test]
async fn what_a_person_has_to_mend_stops_the_connection() {
    let redirect = Play::With("302 Found", "location: /login\r\n", String::new());
    for play in [
        answer("401 Unauthorized", ""),
        answer("403 Forbidden", ""),
        answer("404 Not Found", "<html>404</html>"),
        fault("403 Forbidden", 20, "нет прав"),
        fault("500 Internal Server Error", 20, "нет прав"),
        redirect,
    ] {
        let (sent, lines) = make(play).await;
        assert!(
            matches!(sent.verdict, Verdict::ConnectionRefused { .. }),
            "{sent:?}"
        );
        assert_eq!(lines.len(), 1);
    }
}

#[tokio::test]
async fn whatever_may_have_been_applied_is_unknown() {
    for play in [
        answer("500 Internal Server Error", "oops"),
        answer("502 Bad Gateway", "<html>"),
        answer("503 Service Unavailable", ""),
        answer("504 Gateway Timeout", ""),
        answer("200 OK", "<html><title>Вход</title></html>"),
        answer("200 OK", ""),
        answer("201 Created", "{}"),
        answer("201 Created", "{\"Ref_Key\":"),
        Play::Hang,
        Play::Close,
        Play::Cut("{}".to_owned()),
    ] {
        let (sent, lines) = make(play).await;
        assert!(matches!(sent.verdict, Verdict::Unknown { .. }), "{sent:?}");
        assert_eq!((sent.document_key, lines.len()), (None, 1));
    }
}

#[tokio::test]
async fn without_a_connection_nothing_was_applied() {
    let base = Base::with(vec![absent()], |table| {
        table["url"] = json!("http://127.0.0.1:1/b/odata/standard.odata/");
    })
    .await;
    for is_repeat in [false, true] {
        let mut outgoing = base.outgoing(&order());
        outgoing.is_repeat = is_repeat;
        let sent = base.port.send(&outgoing).await;
        assert!(matches!(sent.verdict, Verdict::NotApplied { .. }), "{sent:?}");
    }
}

#[tokio::test]
async fn a_key_that_exists_is_read_and_compared() {
    let exists = || fault("400 Bad Request", 15, "Экземпляр с таким ключом существует");
    let document_ref = number();
    let there = scripted(|key| vec![exists(), shown(&posted(key))]).await;
    let sent = there.port.send(&there.outgoing(&order())).await;
    assert_eq!(sent.verdict, Verdict::AlreadyThere { document_ref });
    assert_eq!(sent.document_key, Some(there.key(&order())));

    let other = "00000000-2222-3333-4444-555555555555";
    for (name, value, reason) in [
        ("СуммаДокумента", json!(4499.99), HoldReason::DocumentDiffers),
        ("Контрагент_Key", json!(other), HoldReason::DocumentDiffers),
        ("DeletionMark", json!(true), HoldReason::DocumentDeleted),
    ] {
        let base = scripted(|key| vec![exists(), shown(&with(key, name, value.clone()))]).await;
        let sent = base.port.send(&base.outgoing(&order())).await;
        let Verdict::Held { hold, documents, .. } = sent.verdict else {
            panic!("{name}: {sent:?}")
        };
        assert_eq!((hold, documents.len()), (reason, 1));
        assert_eq!(base.lines().len(), 2, "nothing is posted");
    }

    let draft = scripted(|key| {
        vec![
            exists(),
            shown(&document(key)),
            answer("200 OK", ""),
            shown(&posted(key)),
        ]
    })
    .await;
    let sent = draft.port.send(&draft.outgoing(&order())).await;
    assert!(matches!(sent.verdict, Verdict::Applied { .. }), "{sent:?}");

    for unclear in [absent(), Play::Close, answer("502 Bad Gateway", "")] {
        let base = scripted(|_| vec![exists(), unclear]).await;
        let sent = base.port.send(&base.outgoing(&order())).await;
        assert!(matches!(sent.verdict, Verdict::Unknown { .. }), "{sent:?}");
    }
}

#[tokio::test]
async fn a_document_with_another_sum_than_ours_is_never_posted() {
    for value in [json!(45), json!(null), json!(4500.01)] {
        let base = scripted(|key| vec![created(&with(key, "СуммаДокумента", value.clone())), absent()]).await;
        let sent = base.port.send(&base.outgoing(&order())).await;
        assert!(
            matches!(
                sent.verdict,
                Verdict::Held {
                    hold: HoldReason::DocumentDiffers,
                    ..
                }
            ),
            "{sent:?}"
        );
        assert_eq!(sent.document_key, Some(base.key(&order())));
        assert_eq!(base.lines().len(), 1);
    }
}

#[tokio::test]
async fn a_base_that_ignores_our_key_gets_nothing_posted() {
    let theirs = "77777777-2222-3333-4444-555555555555";
    let base = Base::new(vec![created(&document(theirs)), absent()]).await;
    let sent = base.port.send(&base.outgoing(&order())).await;
    let Verdict::Unposted { reason, .. } = &sent.verdict else {
        panic!("{sent:?}")
    };
    assert!(reason.contains("look_up_only"), "{reason}");
    assert_eq!(sent.document_key.as_deref(), Some(theirs));
    assert_eq!(base.lines().len(), 1);
}
