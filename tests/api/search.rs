//! Finding attempts: however they are typed, filtered, and page by page.

use std::collections::HashSet;

use sverka_tests::whole::{TestApp, attempt};

sverka_tests::on_both_engines! {
    a_client_is_found_by_surname_however_it_is_typed,
    a_client_is_found_by_phone_however_it_is_spelt,
    an_attempt_is_found_by_its_numbers,
    a_text_that_says_nothing_finds_nothing,
    a_filter_that_is_repeated_takes_any_of_its_values,
    filters_narrow_each_other,
    a_period_has_its_beginning_and_not_its_end,
    pages_show_every_attempt_once_newest_first,
    a_page_that_shows_everything_has_no_next,
}

/// Order numbers of what is found, sorted.
async fn found(app: &TestApp, query: &[(&str, &str)]) -> Vec<String> {
    let mut text = url::form_urlencoded::Serializer::new(String::new());
    text.extend_pairs(query);
    let rows = app.viewer().search(&text.finish()).await;
    let mut numbers: Vec<_> = rows
        .iter()
        .map(|row| row["order_number"].as_str().unwrap().to_owned())
        .collect();
    numbers.sort();
    numbers
}

async fn people(app: &TestApp) {
    let all = [
        ("S-1", "Щербакова Анна Юрьевна", "+7 916 123-45-67"),
        ("S-2", "Иванов Пётр Сергеевич", "8 (903) 765-43-21"),
        ("S-3", "Smith John", "+44 20 7946 0958"),
    ];
    for (number, name, phone) in all {
        let one = attempt().with("order_number", number).by(name, phone);
        app.given(one.unknown_to_bank()).await;
    }
}

async fn a_client_is_found_by_surname_however_it_is_typed(app: &TestApp) {
    people(app).await;
    // As it is, in lower case, by its beginning, in the other keyboard layout, transliterated, with ё as е.
    for text in [
        "Щербакова",
        "щербакова",
        "щерб",
        "Oth,frjdf",
        "Shcherbakova",
        "shcherbakova anna",
    ] {
        assert_eq!(found(app, &[("q", text)]).await, ["S-1"], "{text}");
    }
    for text in ["иванов", "Иванов Петр", "bdfyjd", "Ivanov", "петр иванов"] {
        assert_eq!(found(app, &[("q", text)]).await, ["S-2"], "{text}");
    }
    for text in ["smith", "Ыьшер"] {
        assert_eq!(found(app, &[("q", text)]).await, ["S-3"], "{text}");
    }
    assert!(found(app, &[("q", "Петров")]).await.is_empty());
}

async fn a_client_is_found_by_phone_however_it_is_spelt(app: &TestApp) {
    people(app).await;
    for text in [
        "+79161234567",
        "89161234567",
        "8 (916) 123-45-67",
        "9161234567",
        "123-45-67",
        "4567",
    ] {
        assert_eq!(found(app, &[("q", text)]).await, ["S-1"], "{text}");
    }
    assert_eq!(found(app, &[("q", "+7 903 765 43 21")]).await, ["S-2"]);
    let row = &app.viewer().search("q=4321").await[0];
    assert_eq!(
        row["client"]["phone"], "+79037654321",
        "it is kept in one spelling"
    );
}

async fn an_attempt_is_found_by_its_numbers(app: &TestApp) {
    let known = app.given(attempt().with("bank_order_id", "b8d7-4c2e-99")).await;
    app.given(attempt().unknown_to_bank()).await;
    let number = known.order_number.as_str();
    assert_eq!(found(app, &[("q", number)]).await, [number]);
    assert_eq!(found(app, &[("q", &number.to_lowercase())]).await, [number]);
    assert_eq!(found(app, &[("q", "b8d7-4c2e-99")]).await, [number]);
}

async fn a_text_that_says_nothing_finds_nothing(app: &TestApp) {
    people(app).await;
    for text in ["?", "--", "%", "_", "'; drop table payment_attempts; --"] {
        assert!(found(app, &[("q", text)]).await.is_empty(), "{text}");
    }
    assert_eq!(found(app, &[("q", "  ")]).await.len(), 3, "no text is no filter");
}

async fn three_kinds(app: &TestApp) {
    let number = |number| attempt().with("order_number", number);
    let paid = app.given(number("F-1").over(100_000)).await;
    app.pays(&paid).await;
    app.deliver().await;
    let second = number("F-2").at("sber", "second").over(200_000);
    app.given(second.with("payment_type", "deposit")).await;
    app.given(number("F-3").at("payonline", "club").over(300_000))
        .await;
}

async fn a_filter_that_is_repeated_takes_any_of_its_values(app: &TestApp) {
    three_kinds(app).await;
    let both = [("bank_account", "main"), ("bank_account", "club")];
    assert_eq!(found(app, &both).await, ["F-1", "F-3"]);
    let statuses = [("bank_status", "paid"), ("bank_status", "created")];
    assert_eq!(found(app, &statuses).await, ["F-1", "F-2", "F-3"]);
    let crm = [("crm_status", "synced"), ("crm_status", "in_doubt")];
    assert_eq!(found(app, &crm).await, ["F-1"]);
    let kinds = [("payment_type", "deposit"), ("payment_type", "nothing")];
    assert_eq!(found(app, &kinds).await, ["F-2"]);
}

async fn filters_narrow_each_other(app: &TestApp) {
    three_kinds(app).await;
    assert_eq!(found(app, &[("bank", "sber")]).await, ["F-1", "F-2"]);
    assert_eq!(
        found(app, &[("bank", "sber"), ("merchant", "kazan")]).await,
        ["F-2"]
    );
    assert_eq!(found(app, &[("amount_from", "200000")]).await, ["F-2", "F-3"]);
    assert_eq!(
        found(app, &[("amount_from", "200000"), ("amount_to", "200000")]).await,
        ["F-2"]
    );
    assert_eq!(
        found(app, &[("q", "иванова"), ("bank", "payonline")]).await,
        ["F-3"]
    );
    assert!(
        found(app, &[("bank_status", "paid"), ("merchant", "kazan")])
            .await
            .is_empty()
    );
    assert_eq!(found(app, &[("needs_attention", "false")]).await.len(), 3);
    assert!(found(app, &[("needs_attention", "true")]).await.is_empty());
}

async fn a_period_has_its_beginning_and_not_its_end(app: &TestApp) {
    let first = app
        .given(attempt().with("order_number", "P-1").unknown_to_bank())
        .await;
    app.advance(60);
    let second = app
        .given(attempt().with("order_number", "P-2").unknown_to_bank())
        .await;
    let first_at = app.viewer().see(&first).await.text("created_at").to_owned();
    let second_at = app.viewer().see(&second).await.text("created_at").to_owned();
    let period = |from: &str, to: &str| {
        [
            ("created_from".to_owned(), from.to_owned()),
            ("created_to".to_owned(), to.to_owned()),
        ]
    };
    let between = period(&first_at, &second_at);
    let between: Vec<_> = between
        .iter()
        .map(|(name, at)| (name.as_str(), at.as_str()))
        .collect();
    assert_eq!(found(app, &between).await, ["P-1"]);
    assert_eq!(found(app, &[("created_from", &second_at)]).await, ["P-2"]);
    assert_eq!(
        found(app, &[("created_from", "2020-01-01T00:00:00+03:00")])
            .await
            .len(),
        2
    );
}

/// The rows of one page, as time and id, and the cursor of the next.
async fn page(app: &TestApp, cursor: Option<String>) -> (Vec<(String, String)>, Option<String>) {
    let next = cursor
        .map(|cursor| format!("&cursor={cursor}"))
        .unwrap_or_default();
    let page = app
        .viewer()
        .get(&format!("/api/v1/payment-attempts?limit=3{next}"))
        .await
        .ok();
    let place = |row: &serde_json::Value| (row["created_at"].to_string(), row["id"].to_string());
    let rows = page["items"].as_array().unwrap().iter().map(place).collect();
    (rows, page["next_cursor"].as_str().map(str::to_owned))
}

async fn pages_show_every_attempt_once_newest_first(app: &TestApp) {
    for _ in 0..7 {
        app.given(attempt().unknown_to_bank()).await;
    }
    let (mut seen, mut cursor) = page(app, None).await;
    // What is recorded meanwhile does not move the pages.
    app.given(attempt().unknown_to_bank()).await;
    while cursor.is_some() {
        let (rows, next) = page(app, cursor).await;
        seen.extend(rows);
        cursor = next;
    }
    assert_eq!(seen.len(), 7);
    assert_eq!(seen.iter().collect::<HashSet<_>>().len(), 7);
    assert!(seen.is_sorted_by(|newer, older| newer > older));
    let all = app.viewer().get("/api/v1/payment-attempts?limit=3").await.ok();
    assert_eq!(all["total"], serde_json::json!({ "value": 8, "relation": "eq" }));
}

async fn a_page_that_shows_everything_has_no_next(app: &TestApp) {
    for _ in 0..3 {
        app.given(attempt().unknown_to_bank()).await;
    }
    let page = app.viewer().get("/api/v1/payment-attempts?limit=3").await.ok();
    assert_eq!(page["items"].as_array().unwrap().len(), 3);
    assert!(page["next_cursor"].is_null());
    assert_eq!(page["total"]["value"], 3);
    let none = app
        .viewer()
        .get("/api/v1/payment-attempts?merchant=nobody")
        .await
        .ok();
    assert_eq!(none["total"]["value"], 0);
}
