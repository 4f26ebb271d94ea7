//! The journal as a file: the same rows as the search, in the same order, and nothing that runs by itself.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use sverka_tests::whole::{Answer, TestApp, attempt};

sverka_tests::on_both_engines! {
    a_file_has_the_rows_of_the_search_in_their_order,
    a_workbook_has_the_same_rows_and_sums_that_are_numbers,
    more_rows_than_one_read_are_all_there_once,
    a_name_that_a_spreadsheet_would_run_is_only_shown,
    an_export_that_makes_no_sense_is_refused,
}

const PATH: &str = "/api/v1/payment-attempts/export";

async fn export(app: &TestApp, query: &str) -> Answer {
    let answer = app.viewer().get(&format!("{PATH}?{query}")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer
}

/// The heading and the rows of a CSV file.
fn read(answer: &Answer) -> (Vec<String>, Vec<Vec<String>>) {
    let text = answer.text();
    let text = text.strip_prefix('\u{feff}').expect("spreadsheets need the mark");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let texts = |row: &csv::StringRecord| row.iter().map(str::to_owned).collect::<Vec<_>>();
    let head = texts(reader.headers().unwrap());
    (head, reader.records().map(|row| texts(&row.unwrap())).collect())
}

fn column(head: &[String], rows: &[Vec<String>], name: &str) -> Vec<String> {
    let at = head.iter().position(|one| one == name).unwrap();
    rows.iter().map(|row| row[at].clone()).collect()
}

async fn searched(app: &TestApp, query: &str) -> Vec<String> {
    let rows = app.viewer().search(query).await;
    rows.iter()
        .map(|row| row["id"].as_str().unwrap().to_owned())
        .collect()
}

async fn journal(app: &TestApp) {
    for (name, kind) in [
        ("Иванова Мария", "membership"),
        ("Петров, Пётр", "deposit"),
        ("Ivanov Ivan", "membership"),
    ] {
        let one = attempt().by(name, "+7 916 123-45-67").with("payment_type", kind);
        app.given(one.unknown_to_bank()).await;
    }
}

async fn a_file_has_the_rows_of_the_search_in_their_order(app: &TestApp) {
    journal(app).await;
    for query in [
        "",
        "payment_type=membership",
        "q=%D0%B8%D0%B2%D0%B0%D0%BD%D0%BE%D0%B2",
        "bank_status=paid",
        "q=%25%25",
    ] {
        let answer = export(app, query).await;
        assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
        assert_eq!(
            answer.header("content-disposition"),
            "attachment; filename=\"payments.csv\""
        );
        let (head, rows) = read(&answer);
        assert_eq!(column(&head, &rows, "id"), searched(app, query).await, "{query}");
    }
    let (head, rows) = read(&export(app, "payment_type=deposit&format=csv").await);
    let value = |name| column(&head, &rows, name).concat();
    assert_eq!(value("client_name"), "Петров, Пётр");
    assert_eq!(value("client_phone"), "+79161234567");
    assert_eq!(
        (value("amount"), value("currency")),
        ("4500.00".to_owned(), "RUB".to_owned())
    );
    assert_eq!(
        (value("bank_status"), value("paid_at")),
        ("created".to_owned(), String::new())
    );
}

async fn a_workbook_has_the_same_rows_and_sums_that_are_numbers(app: &TestApp) {
    journal(app).await;
    let answer = export(app, "format=xlsx").await;
    assert!(answer.header("content-type").ends_with("spreadsheetml.sheet"));
    let mut book = Xlsx::new(Cursor::new(answer.bytes)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let mut rows = sheet.rows();
    let head: Vec<String> = rows.next().unwrap().iter().map(ToString::to_string).collect();
    let at = |name: &str| head.iter().position(|one| one == name).unwrap();
    let rows: Vec<&[Data]> = rows.collect();
    let ids: Vec<String> = rows.iter().map(|row| row[at("id")].to_string()).collect();
    assert_eq!(ids, searched(app, "").await);
    assert!(rows.iter().all(|row| row[at("amount")] == Data::Float(4_500.0)));
}

async fn more_rows_than_one_read_are_all_there_once(app: &TestApp) {
    let first = app.given(attempt().unknown_to_bank()).await;
    let id = sverka_domain::ids::AttemptId(first.id.parse().unwrap());
    let model = app
        .sverka
        .store()
        .read(move |tx| tx.attempts().get(id))
        .await
        .unwrap()
        .unwrap();
    app.sverka
        .store()
        .write(move |tx| {
            for nth in 0..2_100_u32 {
                let mut one = model.clone();
                one.id.0 = uuid::Uuid::from_u128(one.id.0.as_u128() + u128::from(nth) + 1);
                one.order_number = format!("M-{nth}");
                tx.attempts().insert(&one, false)?;
            }
            Ok::<_, sverka_app::ports::store::StoreError>(())
        })
        .await
        .unwrap();
    let (head, rows) = read(&export(app, "").await);
    let mut ids = column(&head, &rows, "id");
    assert_eq!(ids.len(), 2_101);
    ids.dedup();
    assert_eq!(ids.len(), 2_101);
    assert!(ids.is_sorted_by(|newer, older| newer > older));
}

async fn a_name_that_a_spreadsheet_would_run_is_only_shown(app: &TestApp) {
    let name = "=HYPERLINK(\"http://evil.example\")";
    app.given(attempt().by(name, "+7 916 123-45-67").unknown_to_bank())
        .await;
    let (head, rows) = read(&export(app, "").await);
    assert_eq!(column(&head, &rows, "client_name"), [format!("'{name}")]);
}

async fn an_export_that_makes_no_sense_is_refused(app: &TestApp) {
    for query in [
        "format=pdf",
        "format=csv&format=xlsx",
        "limit=10",
        "cursor=AAAA",
        "colour=red",
        "bank_status=gone",
    ] {
        let answer = app.viewer().get(&format!("{PATH}?{query}")).await;
        answer.problem(400, "invalid_query");
    }
}
