//! A 1C base over HTTP: reading, making, changing, posting.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use common::onec::{CLIENTS, KEY, MARIA, Onec, PAYMENT, code, payment, told};
use reqwest::Method;
use serde_json::json;
use sverka_simulator::api::OnecSettings;

#[tokio::test]
async fn a_document_is_made_once_under_the_senders_key_and_then_posted() {
    let onec = Onec::new().await;
    let answer = onec
        .ask(Method::POST, PAYMENT)
        .json(&payment(KEY))
        .send()
        .await
        .unwrap();
    let location = answer.headers()["Location"].to_str().unwrap().to_owned();
    let (status, made) = told(answer).await;
    assert_eq!((status, &made["Ref_Key"]), (201, &json!(KEY)));
    assert!(location.ends_with(&format!("(guid'{KEY}')")), "{location}");
    assert_eq!(
        (
            &made["Number"],
            &made["Posted"],
            &made["СуммаДокумента"],
            &made["Date"]
        ),
        (
            &json!("ФК00-000001"),
            &json!(false),
            &json!(4990.5),
            &json!("2026-11-24T10:00:00")
        )
    );
    assert!(made.get("НетТакогоРеквизита").is_none());

    let (status, again) = onec.create(payment(KEY)).await;
    assert_eq!((status, code(&again)), (400, "15"));

    assert_eq!(onec.act(KEY, "Post").await.0, 200);
    let read = onec
        .get(&format!(
            "{PAYMENT}(guid'{KEY}')?$select=Posted,Number,Контрагент____Presentation"
        ))
        .await;
    let expected = json!({"Posted": true, "Number": "ФК00-000001", "Контрагент____Presentation": "Соколова Мария Андреевна"});
    assert_eq!(read, (200, expected));
    assert_eq!(onec.act(KEY, "Unpost").await.0, 200);
    let counted = onec.control.onec_documents("main").await.unwrap();
    assert_eq!(
        (counted.len(), counted[0].posted, counted[0].amount),
        (1, false, 499_050)
    );
    assert_eq!(counted[0].author.as_deref(), Some("sverka"));
    assert_eq!(onec.control.onec("main").await.unwrap().repeated_keys, 1);
}

#[tokio::test]
async fn a_base_may_make_keys_of_its_own_or_write_over() {
    let ignoring = Onec::with(OnecSettings {
        ignore_ref_key: true,
        ..OnecSettings::default()
    })
    .await;
    for _ in 0..2 {
        let (status, made) = ignoring.create(payment(KEY)).await;
        assert_eq!(status, 201);
        assert_ne!(made["Ref_Key"], json!(KEY));
    }
    assert_eq!(ignoring.control.onec_documents("main").await.unwrap().len(), 2);
    let writing_over = Onec::with(OnecSettings {
        overwrite_ref_key: true,
        ..OnecSettings::default()
    })
    .await;
    for _ in 0..2 {
        assert_eq!(writing_over.create(payment(KEY)).await.0, 201);
    }
    assert_eq!(
        writing_over.control.onec_documents("main").await.unwrap().len(),
        1
    );
}

#[tokio::test]
async fn filters_find_and_a_misspelt_attribute_finds_nothing_without_a_word() {
    let onec = Onec::new().await;
    onec.create(payment(KEY)).await;
    for (filter, found) in [
        ("Комментарий eq 'gw-1' and DeletionMark eq false", 1),
        ("Коментарий eq 'gw-1'", 0),
        ("Коментарий ne 'gw-1'", 0),
        (
            &format!("Контрагент_Key eq guid'{MARIA}' and СуммаДокумента eq 4990.5"),
            1,
        ),
        (
            "Date ge datetime'2026-11-23T00:00:00' and Date le datetime'2026-11-24T23:59:59'",
            1,
        ),
        ("Date gt datetime'2026-11-24T10:00:00'", 0),
        ("substringof('w-', Комментарий)", 1),
        (
            "ДокументОснование eq cast(guid'0d4a79cb-9843-4147-bcd9-80ac3ca2b9c7', 'Document_ОперацияПоПлатежнойКарте')",
            0,
        ),
    ] {
        assert_eq!(onec.find(filter).await.len(), found, "{filter}");
    }
    // What a form encoder makes of a space is not read.
    let (status, body) = onec.get(&format!("{PAYMENT}?$filter=Posted+eq+false")).await;
    assert_eq!((status, code(&body)), (400, "14"));
    let (_, count) = onec
        .get(&format!("{PAYMENT}/$count?$filter=Posted%20eq%20false"))
        .await;
    assert_eq!(count, json!(1));
}

#[tokio::test]
async fn clients_are_found_by_phone_in_the_attribute_and_in_the_table_part() {
    let onec = Onec::new().await;
    let names = async |resource: &str| {
        let (status, body) = onec.get(resource).await;
        assert_eq!(status, 200, "{body}");
        body["value"].as_array().unwrap().len()
    };
    let plain = format!(
        "{CLIENTS}?$filter=НомерТелефонаДляПоиска%20eq%20'%2B79161234503'&$select=Ref_Key,Description"
    );
    assert_eq!(names(&plain).await, 2);
    let lambda =
        format!("{CLIENTS}?$filter=КонтактнаяИнформация/any(d:%20d/НомерТелефона%20eq%20'79161234503')");
    assert_eq!(names(&lambda).await, 2);
    let rows = format!(
        "{CLIENTS}_КонтактнаяИнформация?$filter=АдресЭП%20eq%20'Sokolova@Example.com'&$select=Ref_Key"
    );
    let (_, body) = onec.get(&rows).await;
    assert_eq!(body, json!({"value": [{"Ref_Key": MARIA}]}));
    let row = onec
        .get(&format!(
            "{CLIENTS}_КонтактнаяИнформация(Ref_Key=guid'{MARIA}',LineNumber=1)"
        ))
        .await;
    assert_eq!((row.0, &row.1["Представление"]), (200, &json!("+79161234501")));
}

#[tokio::test]
async fn pages_orders_counts_and_parts_go_by_the_guide() {
    let onec = Onec::new().await;
    for (number, sum) in [30, 10, 20].into_iter().enumerate() {
        let mut body = payment(&format!("0d4a79cb-9843-4147-bcd9-80ac3ca2b9c{number}"));
        body["СуммаДокумента"] = json!(sum);
        body["РасшифровкаПлатежа"] = json!([{"LineNumber": 1, "Сумма": sum}]);
        assert_eq!(onec.create(body).await.0, 201);
    }
    let sums = async |options: &str| {
        let (status, body) = onec.get(&format!("{PAYMENT}?{options}")).await;
        assert_eq!(status, 200, "{body}");
        let rows = body["value"].as_array().unwrap().clone();
        let sums: Vec<i64> = rows
            .iter()
            .map(|row| row["СуммаДокумента"].as_i64().unwrap())
            .collect();
        (sums, rows, body["odata.count"].clone())
    };
    assert_eq!(sums("$orderby=СуммаДокумента%20desc&$top=2").await.0, [30, 20]);
    assert_eq!(sums("$orderby=СуммаДокумента&$skip=1").await.0, [20, 30]);
    // The guide: $top and $skip are passed over beside $inlinecount.
    let (all, rows, count) = sums("$orderby=СуммаДокумента&$top=1&$inlinecount=allpages").await;
    assert_eq!((all, count), (vec![10, 20, 30], json!("3")));
    assert_eq!(rows[0]["РасшифровкаПлатежа"][0]["Сумма"], json!(10));
    assert_eq!(rows[0]["РасшифровкаПлатежа"][0]["LineNumber"], json!("1"));
    let (_, rows, _) = sums("$select=**&$top=1").await;
    assert!(rows[0].get("РасшифровкаПлатежа").is_none());
    let (_, rows, _) = sums("$select=СуммаДокумента&$expand=Контрагент&$top=1").await;
    assert_eq!(
        rows[0]["Контрагент"]["Description"],
        json!("Соколова Мария Андреевна")
    );
}

#[tokio::test]
async fn refusals_have_the_codes_of_the_guide() {
    let onec = Onec::new().await;
    onec.create(payment(KEY)).await;
    let one = format!("{PAYMENT}(guid'{KEY}')");
    let missing = format!("{PAYMENT}(guid'0d4a79cb-9843-4147-bcd9-80ac3ca2b9c8')");
    let cases = [
        (Method::GET, missing.clone(), None, 404, "9"),
        (Method::PATCH, missing.clone(), Some(json!({})), 404, "9"),
        (Method::POST, format!("{missing}/Post"), None, 404, "9"),
        (Method::GET, "Document_Нет".to_owned(), None, 404, "8"),
        (Method::GET, format!("{PAYMENT}(guid'x')"), None, 400, "1"),
        (Method::GET, format!("{PAYMENT}()"), None, 400, "7"),
        (Method::GET, format!("{PAYMENT}(guid'{KEY}'"), None, 400, "6"),
        (Method::GET, format!("{PAYMENT}?$select=Нет"), None, 400, "10"),
        (Method::GET, format!("{PAYMENT}?$orderby=Нет"), None, 400, "10"),
        (Method::GET, format!("{PAYMENT}?$top=x"), None, 400, "14"),
        (Method::GET, format!("{PAYMENT}?$format=xlsx"), None, 415, "3"),
        (Method::POST, format!("{one}/Провести"), None, 404, "11"),
        (Method::DELETE, PAYMENT.to_owned(), None, 405, "19"),
        (Method::POST, one.clone(), Some(json!({})), 405, "19"),
        (
            Method::POST,
            format!("{PAYMENT}_РасшифровкаПлатежа"),
            Some(json!({})),
            400,
            "13",
        ),
        (Method::POST, PAYMENT.to_owned(), Some(json!([])), 400, "2"),
        (
            Method::POST,
            PAYMENT.to_owned(),
            Some(json!({"СуммаДокумента": "много"})),
            400,
            "4",
        ),
        (
            Method::POST,
            PAYMENT.to_owned(),
            Some(json!({"Date": "2026-11-24T10:00:00Z"})),
            400,
            "4",
        ),
        (
            Method::PUT,
            one.clone(),
            Some(json!({"Комментарий": "x"})),
            400,
            "5",
        ),
        (
            Method::POST,
            PAYMENT.to_owned(),
            Some(json!({"Комментарий": "без даты"})),
            500,
            "-1",
        ),
        (
            Method::PATCH,
            one.clone(),
            Some(json!({"РасшифровкаПлатежа": [{"Сумма": 1}]})),
            500,
            "-1",
        ),
    ];
    for (method, resource, body, status, expected) in cases {
        let (got, answer) = onec.call(method.clone(), &resource, body).await;
        // In Atom when the form is not known.
        if let Some(xml) = answer.as_str() {
            assert!(
                xml.contains(&format!("<m:code>{expected}</m:code>")),
                "{resource}: {xml}"
            );
            assert_eq!(got, status);
        } else {
            assert_eq!(
                (got, code(&answer)),
                (status, expected),
                "{method} {resource}: {answer}"
            );
        }
    }
    assert_eq!(onec.control.onec_documents("main").await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_object_is_changed_marked_and_deleted() {
    let onec = Onec::new().await;
    onec.create(payment(KEY)).await;
    let one = format!("{PAYMENT}(guid'{KEY}')");
    assert_eq!(onec.act(KEY, "Post").await.0, 200);
    let (status, changed) = onec
        .call(Method::PATCH, &one, Some(json!({"Комментарий": "другой"})))
        .await;
    assert_eq!(
        (status, &changed["Комментарий"], &changed["Posted"]),
        (200, &json!("другой"), &json!(true))
    );
    let (_, marked) = onec
        .call(Method::PATCH, &one, Some(json!({"DeletionMark": true})))
        .await;
    assert_eq!(
        (&marked["DeletionMark"], &marked["Posted"]),
        (&json!(true), &json!(false))
    );
    let (status, refused) = onec.act(KEY, "Post").await;
    assert_eq!((status, code(&refused)), (500, "-1"));
    assert_eq!(onec.call(Method::DELETE, &one, None).await.0, 204);
    assert_eq!(onec.get(&one).await.0, 404);
}

#[tokio::test]
async fn a_closed_period_an_unfilled_attribute_and_the_handler_refuse() {
    let onec = Onec::with(OnecSettings {
        closed_until: Some("2026-10-31".to_owned()),
        required: vec!["НазначениеПлатежа".to_owned()],
        ..OnecSettings::default()
    })
    .await;
    let mut closed = payment(KEY);
    closed["Date"] = json!("2026-10-31T23:59:59");
    let (status, body) = onec.create(closed).await;
    assert_eq!((status, code(&body)), (500, "-1"));
    assert!(body.to_string().contains("период закрыт"), "{body}");
    assert_eq!(onec.create(payment(KEY)).await.0, 201);
    let (status, body) = onec.act(KEY, "Post").await;
    assert_eq!((status, code(&body)), (500, "-1"));
    assert!(body.to_string().contains("НазначениеПлатежа"), "{body}");
    let refusing = OnecSettings {
        refuse_posting: Some("Договор не оплачен".to_owned()),
        ..OnecSettings::default()
    };
    onec.control.set_onec("main", &refusing).await.unwrap();
    let (_, body) = onec.act(KEY, "Post").await;
    assert_eq!(
        body["odata.error"]["message"]["value"],
        json!("Договор не оплачен")
    );
    assert!(!onec.control.onec_documents("main").await.unwrap()[0].posted);
}
