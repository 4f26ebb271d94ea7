//! Registry files of the bank against the journal: healing, repeats, known faults, mappings, refusals.

use reqwest::Method;
use serde_json::json;
use sverka_simulator::api::{RegistryFaults, RegistryLayout, RegistryWish};
use sverka_tests::whole::{TestApp, attempt};

use crate::registry_common::{BYTES, UPLOAD, confirmed, counts, file, lines, made, plain, upload};

sverka_tests::on_both_engines! {
    a_payment_that_nobody_told_of_is_healed_with_the_registry_as_evidence,
    the_same_file_twice_changes_nothing,
    the_known_faults_of_a_file_are_what_is_reported,
    every_form_of_the_simulators_files_is_read,
    a_bad_line_leaves_nothing_behind,
    an_unknown_layout_is_previewed_mapped_and_loaded,
    a_refund_that_nobody_told_of_is_passed_on,
    a_file_that_is_too_large_is_refused,
}

async fn a_payment_that_nobody_told_of_is_healed_with_the_registry_as_evidence(app: &TestApp) {
    let silent = app.given(attempt()).await;
    app.pays_in_silence(&silent).await;
    let (_, bytes) = made(app, &RegistryWish::default()).await;
    let registry = upload(app, UPLOAD, bytes).await;
    assert_eq!(registry.status, 201, "{}", registry.text());
    let registry = registry.ok();
    assert_eq!(counts(&registry), [0, 1, 0, 0, 0, 0], "{registry}");
    assert_eq!(
        (&registry["layout"], &registry["adds_up"]),
        (&json!("sverka"), &json!(true))
    );
    assert_eq!(registry["loaded_by"], "The operator");
    assert_eq!(
        registry["sums"]["payments"],
        json!({ "amount": 450_000, "currency": "RUB" })
    );
    assert_eq!(registry["sums"]["payout"]["amount"], 441_000);

    let seen = app.viewer().see(&silent).await;
    assert_eq!(seen.standing(), "paid, queued");
    assert_eq!(seen.text("bank_status_source"), "registry");
    assert!(seen.is("lost_callback"), "the notification never came");
    assert_eq!(seen.text("rrn").len(), 12);
    let timeline = app.viewer().timeline(&silent).await;
    let evidence = timeline
        .iter()
        .find(|entry| entry["kind"] == "listed_in_registry")
        .unwrap();
    assert_eq!(evidence["source"], "registry");
    assert_eq!(evidence["details"]["registry_id"], registry["id"]);
    assert_eq!(
        (&evidence["details"]["line"], &evidence["details"]["file_name"]),
        (&json!(2), &json!("day.csv"))
    );
    app.deliver().await;
    assert_eq!(
        app.posted(&silent).await,
        [("payment.succeeded".to_owned(), 450_000, 1)]
    );
    let rrn = seen.text("rrn");
    assert_eq!(
        app.viewer().search(&format!("q={rrn}")).await.len(),
        1,
        "it is found by its RRN"
    );
}

async fn the_same_file_twice_changes_nothing(app: &TestApp) {
    let silent = app.given(attempt()).await;
    app.pays_in_silence(&silent).await;
    let (_, bytes) = made(app, &RegistryWish::default()).await;
    let first = upload(app, UPLOAD, bytes.clone()).await.ok();
    app.deliver().await;
    let before = app.viewer().see(&silent).await;
    let again = upload(app, UPLOAD, bytes).await;
    assert_eq!(again.status, 200);
    assert_eq!(again.ok(), first);
    assert_eq!(app.viewer().see(&silent).await.0, before.0);
    let all = app.viewer().get("/api/v1/registries").await.ok();
    assert_eq!(all["total"]["value"], 1);
    assert_eq!(all["items"][0], first);
}

async fn the_known_faults_of_a_file_are_what_is_reported(app: &TestApp) {
    confirmed(app, 12).await;
    // The day is over, so that the file covers all of it.
    app.advance(2 * 86_400);
    let faults = RegistryFaults {
        drop: 2,
        change_amount: 2,
        duplicate: 1,
        wrong_status: 2,
        strangers: 3,
        wrong_totals: true,
    };
    let (truth, bytes) = made(
        app,
        &RegistryWish {
            faults,
            ..RegistryWish::default()
        },
    )
    .await;
    let registry = upload(app, UPLOAD, bytes).await.ok();
    assert_eq!(counts(&registry), [6, 0, 5, 3, 2, 0], "{registry}");
    assert_eq!(registry["lines"], truth.lines);
    assert_eq!(registry["adds_up"], false);
    let mut reported = Vec::new();
    for result in ["differs", "no_attempt", "missing"] {
        for line in lines(app, &registry, result).await {
            let code = line["problem"]["code"].as_str().unwrap_or(result).to_owned();
            reported.push((code, line["order_number"].as_str().unwrap().to_owned()));
        }
    }
    let told = |fault: &sverka_simulator::api::RegistryFault| {
        use sverka_simulator::api::RegistryFault as F;
        match fault {
            F::Dropped => "missing",
            F::AmountChanged => "amount_differs",
            F::Duplicated => "duplicate",
            F::StatusChanged => "status_differs",
            F::Stranger => "no_attempt",
        }
    };
    let mut expected: Vec<_> = truth
        .faults
        .iter()
        .map(|(fault, number)| (told(fault).to_owned(), number.clone()))
        .collect();
    reported.sort();
    expected.sort();
    assert_eq!(reported, expected);
    let missing = &lines(app, &registry, "missing").await[0];
    assert!(missing["number"].is_null() && missing["attempt_id"].is_string());
    assert_eq!(missing["mends"], json!(["ask_bank"]));
}

async fn every_form_of_the_simulators_files_is_read(app: &TestApp) {
    confirmed(app, 2).await;
    for (layout, name) in [
        (RegistryLayout::Sverka, "sverka"),
        (RegistryLayout::TBank, "tbank"),
        (RegistryLayout::ClientBank, "client_bank"),
    ] {
        let (_, bytes) = made(
            app,
            &RegistryWish {
                layout,
                ..RegistryWish::default()
            },
        )
        .await;
        let registry = upload(app, UPLOAD, bytes).await.ok();
        assert_eq!(registry["layout"], name);
        assert_eq!(counts(&registry), [2, 0, 0, 0, 0, 0], "{registry}");
        assert_eq!(registry["adds_up"], true, "{registry}");
    }
}

async fn a_bad_line_leaves_nothing_behind(app: &TestApp) {
    let silent = app.given(attempt()).await;
    let bad = file(&[
        plain("payment", &silent, "4500.00"),
        "payment;A-1;;;free;RUB;;2026-11-24T08:15:02Z\n".to_owned(),
    ]);
    let refused = upload(app, UPLOAD, bad).await;
    let problem = refused.problem(422, "registry_unreadable");
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains("line 3: «free» is not a sum"),
        "{problem}"
    );
    assert_eq!(refused.faults(), ["line 3"]);
    assert_eq!(app.viewer().see(&silent).await.standing(), "created, not_due");
    assert_eq!(
        app.viewer().get("/api/v1/registries").await.ok()["total"]["value"],
        0
    );
}

async fn an_unknown_layout_is_previewed_mapped_and_loaded(app: &TestApp) {
    let silent = app.given(attempt().with("bank_order_id", "md-77")).await;
    let table = format!(
        "Номер заказа;Дата операции;Сумма операции;Тип операции\n{};24.11.2026 11:15:02;4 500,00;Покупка\n",
        silent.order_number
    );
    let bytes = table.into_bytes();
    upload(app, UPLOAD, bytes.clone())
        .await
        .problem(422, "registry_layout_unknown");
    let viewer = app.viewer();
    let look = viewer.request(
        Method::POST,
        "/api/v1/registries/preview?bank=sber&file_name=day.csv",
    );
    let shown = look
        .header("content-type", BYTES)
        .body(bytes.clone())
        .send()
        .await
        .ok();
    assert_eq!(
        (&shown["format"], &shown["encoding"]),
        (&json!("csv"), &json!("UTF-8"))
    );
    assert!(shown["layout"].is_null());
    let mapping = &shown["guess"];
    assert_eq!(mapping["columns"]["order_number"], "Номер заказа");

    let path = "/api/v1/registry-mappings/our-bank";
    let operator = app.operator();
    let saved = operator
        .request(Method::PUT, path)
        .json(mapping)
        .send()
        .await
        .ok();
    assert_eq!(saved["name"], "our-bank");
    assert_eq!(app.viewer().get(path).await.ok(), saved);
    assert_eq!(
        app.viewer().get("/api/v1/registry-mappings").await.ok()["items"],
        json!([saved])
    );
    let registry = upload(app, &format!("{UPLOAD}&mapping=our-bank"), bytes.clone())
        .await
        .ok();
    assert_eq!(registry["layout"], "saved:our-bank");
    assert_eq!(counts(&registry), [0, 1, 0, 0, 0, 0]);
    app.deliver().await;

    let removed = operator.request(Method::DELETE, path).send().await;
    assert_eq!(removed.status, 204);
    app.viewer().get(path).await.problem(404, "not_found");
    operator
        .request(Method::DELETE, path)
        .send()
        .await
        .problem(404, "not_found");
    let other = format!("{UPLOAD}&mapping=our-bank");
    let mut changed = bytes;
    changed.push(b'\n');
    upload(app, &other, changed).await.problem(404, "not_found");
}

async fn a_refund_that_nobody_told_of_is_passed_on(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    app.deliver().await;
    let refund = file(&[plain("refund", &paid, "100.00"), plain("refund", &paid, "50.00")]);
    let registry = upload(app, UPLOAD, refund).await.ok();
    assert_eq!(counts(&registry), [0, 2, 0, 0, 0, 0], "{registry}");
    let seen = app.viewer().see(&paid).await;
    assert_eq!(seen.0["refunded"]["amount"], 15_000);
    app.deliver().await;
    let posted = app.posted(&paid).await;
    let refunds: i64 = posted
        .iter()
        .filter(|(kind, ..)| kind == "payment.refunded")
        .map(|(_, sum, _)| sum)
        .sum();
    assert_eq!(refunds, 15_000, "{posted:?}");
    // Another file tells of them again, and of one more.
    let later = file(&[
        plain("refund", &paid, "100.00"),
        plain("refund", &paid, "50.00"),
        plain("refund", &paid, "25.00"),
    ]);
    let registry = upload(app, UPLOAD, later).await.ok();
    assert_eq!(counts(&registry), [2, 1, 0, 0, 0, 0], "{registry}");
    assert_eq!(app.viewer().see(&paid).await.0["refunded"]["amount"], 17_500);
    app.deliver().await;
}

async fn a_file_that_is_too_large_is_refused(app: &TestApp) {
    let large = vec![b'x'; 64 * 1024 * 1024 + 1];
    upload(app, UPLOAD, large).await.problem(413, "payload_too_large");
    let operator = app.operator();
    let typed = operator
        .request(Method::POST, UPLOAD)
        .header("content-type", "text/csv")
        .body("a;b\n");
    typed.send().await.problem(415, "unsupported_media_type");
    let unknown = "/api/v1/registries?bank=sber&bank_account=nowhere";
    upload(app, unknown, b"a;b\n".to_vec())
        .await
        .problem(422, "unknown_bank_account");
}
