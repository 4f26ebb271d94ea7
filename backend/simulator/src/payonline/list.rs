//! List: every transaction of at most three days, as CSV or XML.

use actix_web::HttpResponse;

use super::answer::{self, Failure};
use super::call::Call;
use crate::api::{Bank, Transaction, TransactionStatus};
use crate::bank::BankOrder;
use crate::{clock, money};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Name in CSV, name in XML, value.
type Column = (&'static str, &'static str, String);

/// The transactions of a period.
pub(crate) async fn list(call: Call) -> HttpResponse {
    call.query(transactions).await
}

fn transactions(call: &Call) -> Result<HttpResponse, Failure> {
    let form = &call.form;
    let account = call.enter(&["DateFrom", "DateTill", "Type", "Status"])?;
    let from = form
        .get("DateFrom")
        .and_then(|text| date(text, 0))
        .ok_or(Failure::Parameter)?;
    let till = form
        .get("DateTill")
        .and_then(|text| date(text, DAY_MS - 1))
        .ok_or(Failure::Parameter)?;
    let (kinds, statuses) = (
        form.get("Type").ok_or(Failure::Parameter)?,
        form.get("Status").ok_or(Failure::Parameter)?,
    );
    if till < from || till - from > 3 * DAY_MS || form.get("ExtendedData").is_some_and(|value| value != "1") {
        return Err(Failure::Parameter);
    }
    let named = |list: &str, name: &str| list.split(',').any(|one| one.trim() == name);
    let mut rows = Vec::new();
    let mut world = call.simulator.world();
    if let Some(books) = world.account(Bank::PayOnline, &account) {
        for order in books.orders.newest() {
            let fitting = order.truth.transactions.iter().filter(|one| {
                (from..=till).contains(&one.at)
                    && named(kinds, &format!("{:?}", one.kind))
                    && named(statuses, &format!("{:?}", one.status))
            });
            rows.extend(fitting.map(|one| (one.at, columns(order, one, form.has("ExtendedData")))));
        }
    }
    rows.sort_by_key(|(at, _)| *at);
    let rows: Vec<Vec<Column>> = rows.into_iter().map(|(_, columns)| columns).collect();
    Ok(if answer::wants_xml(form) {
        xml(&rows)
    } else {
        csv(&rows, form.has("ExtendedData"))
    })
}

/// A day, or a moment; a day given as the end lasts to its end.
fn date(text: &str, day_adds_ms: i64) -> Option<i64> {
    clock::parse_utc("%Y-%m-%d %H:%M:%S", text)
        .map(|at| if day_adds_ms > 0 { at + 999 } else { at })
        .or_else(|| Some(clock::parse_utc("%Y-%m-%d %H:%M:%S", &format!("{text} 00:00:00"))? + day_adds_ms))
}

fn columns(order: &BankOrder, one: &Transaction, extended: bool) -> Vec<Column> {
    // The bank pays out the day after it has taken the money.
    let presented = if one.status == TransactionStatus::Settled {
        clock::utc_text(one.at + DAY_MS)
    } else {
        String::new()
    };
    let mut columns = vec![
        ("Date", "date", clock::utc_text(one.at)),
        ("Id", "id", one.id.clone()),
        ("OrderId", "orderId", order.truth.order_number.clone()),
        ("Type", "type", format!("{:?}", one.kind)),
        ("Status", "status", format!("{:?}", one.status)),
        ("CardNumber", "cardNumber", "************1111".to_owned()),
        ("Amount", "amount", money::decimal(one.amount)),
        ("Currency", "currency", order.truth.currency.clone()),
        ("Gateway", "gateway", "Test".to_owned()),
        ("CardHolder", "cardHolder", "TEST CARDHOLDER".to_owned()),
        ("Phone", "phone", String::new()),
        ("Email", "email", String::new()),
        ("City", "city", String::new()),
        ("CountryCode", "countryCode", "RU".to_owned()),
        ("BinCountry", "binCountry", "RU".to_owned()),
        ("IpAddress", "ipAddress", "203.0.113.7".to_owned()),
        ("IpCountry", "ipCountry", "RU".to_owned()),
    ];
    if extended {
        columns.push(("AuthCode", "authCode", "123456".to_owned()));
        columns.push(("Card6x4", "card6x4", "411111******1111".to_owned()));
    }
    columns.push((
        "PresentmentDate",
        "presentmentDate",
        presented.chars().take(10).collect(),
    ));
    columns.push(("AccountID", "accountId", String::new()));
    columns.push((
        "GatewayTransactionID",
        "gatewayTransactionId",
        format!("gw-{}", one.id),
    ));
    columns
}

fn csv(rows: &[Vec<Column>], extended: bool) -> HttpResponse {
    let mut header = "Date,Id,OrderId,Type,Status,CardNumber,Amount,Currency,Gateway,CardHolder,Phone,Email,City,CountryCode,BinCountry,IpAddress,IpCountry".to_owned();
    if extended {
        header.push_str(",AuthCode,Card6x4");
    }
    header.push_str(",PresentmentDate,AccountID,GatewayTransactionID\r\n");
    let line = |row: &Vec<Column>| {
        let cells: Vec<String> = row.iter().map(|(_, _, value)| cell(value)).collect();
        cells.join(",") + "\r\n"
    };
    answer::text(header + &rows.iter().map(line).collect::<String>())
}

fn cell(value: &str) -> String {
    if value.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_owned()
    }
}

fn xml(rows: &[Vec<Column>]) -> HttpResponse {
    let row = |row: &Vec<Column>| {
        let inner: String = row
            .iter()
            .map(|(_, name, value)| answer::element(name, value))
            .collect();
        format!("<transaction>{inner}</transaction>")
    };
    answer::xml(&format!(
        "<list>{}</list>",
        rows.iter().map(row).collect::<String>()
    ))
}
