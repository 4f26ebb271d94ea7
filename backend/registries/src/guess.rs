//! A mapping by what headings usually say, for a person to check.

use sverka_domain::registry::{Columns, Decimal, Kinds, Mapping};

use crate::cells::{folded, sum, time};

const ORDER_NUMBER: [&str; 11] = [
    "номер заказа",
    "№ заказа",
    "заказ",
    "order_number",
    "order number",
    "orderid",
    "order id",
    "invoiceid",
    "invid",
    "номер счета",
    "номер заказа магазина",
];
const BANK_ORDER_ID: [&str; 10] = [
    "payment id",
    "paymentid",
    "идентификатор платежа",
    "id платежа",
    "transactionid",
    "transaction id",
    "id транзакции",
    "mdorder",
    "bank_order_id",
    "номер операции",
];
const RRN: [&str; 4] = ["rrn", "ррн", "номер ссылки", "retrieval reference number"];
const AMOUNT: [&str; 8] = [
    "сумма операции",
    "сумма платежа",
    "сумма",
    "amount",
    "outsum",
    "сумма заказа",
    "сумма транзакции",
    "operation amount",
];
const FEE: [&str; 7] = [
    "комиссия",
    "комиссия банка",
    "торговая уступка",
    "сумма комиссии",
    "fee",
    "totalfee",
    "комиссия за операцию",
];
const KIND: [&str; 6] = [
    "тип операции",
    "вид операции",
    "операция",
    "kind",
    "type",
    "operation type",
];
const DATE: [&str; 10] = [
    "дата операции",
    "дата и время операции",
    "дата платежа",
    "дата",
    "время платежа",
    "date",
    "datetime",
    "дата транзакции",
    "at",
    "operation date",
];
const TIME: [&str; 4] = ["время операции", "время", "time", "operation time"];
const CURRENCY: [&str; 4] = ["валюта", "валюта операции", "валюта платежа", "currency"];
const PAYOUT: [&str; 6] = [
    "к перечислению",
    "сумма к перечислению",
    "к выплате",
    "payout",
    "payoutamount",
    "сумма за вычетом комиссии",
];

/// Formats of dates and times, the surest first.
const FORMATS: [&str; 10] = [
    "%Y-%m-%dT%H:%M:%S%:z",
    "%Y-%m-%d %H:%M:%S",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%d.%m.%Y",
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%d.%m.%y",
];

/// Whether a row looks like headings: it names at least a sum and a date.
pub(crate) fn looks_like_headings(cells: &[String]) -> bool {
    find(cells, &AMOUNT).is_some() && find(cells, &DATE).is_some()
}

/// A mapping by the headings, with the ways of writing that the rows below show.
pub(crate) fn guess(
    bank: &str,
    headings: &[String],
    rows: &[Vec<String>],
    timezone: &str,
) -> Option<Mapping> {
    let columns = Columns {
        order_number: find(headings, &ORDER_NUMBER),
        bank_order_id: find(headings, &BANK_ORDER_ID),
        rrn: find(headings, &RRN),
        amount: find(headings, &AMOUNT)?,
        fee: find(headings, &FEE),
        kind: find(headings, &KIND),
        date: find(headings, &DATE)?,
        time: find(headings, &TIME),
        currency: find(headings, &CURRENCY),
        payout: find(headings, &PAYOUT),
    };
    let values = |column: &str| -> Vec<&str> {
        let place = headings.iter().position(|heading| heading == column);
        let cells = rows.iter().filter_map(|row| row.get(place?));
        cells
            .map(String::as_str)
            .filter(|text| !text.is_empty())
            .collect()
    };
    let kinds = columns.kind.as_deref().map(|column| kinds(&values(column)));
    Some(Mapping {
        name: if bank.is_empty() {
            "new".to_owned()
        } else {
            bank.to_owned()
        },
        bank: (!bank.is_empty()).then(|| bank.to_owned()),
        date_format: date_format(&columns, &values),
        decimal: decimal(&values(&columns.amount)),
        kinds: kinds.unwrap_or_default(),
        timezone: timezone.to_owned(),
        columns,
    })
}

fn find(headings: &[String], known: &[&str]) -> Option<String> {
    known.iter().find_map(|wanted| {
        let found = headings.iter().find(|heading| folded(heading) == *wanted);
        found.cloned()
    })
}

fn date_format<'v>(columns: &Columns, values: &impl Fn(&str) -> Vec<&'v str>) -> String {
    let dates = values(&columns.date);
    let texts: Vec<String> = match columns.time.as_deref() {
        Some(time) => dates
            .iter()
            .zip(values(time))
            .map(|(date, time)| format!("{date} {time}"))
            .collect(),
        None => dates.iter().map(|date| (*date).to_owned()).collect(),
    };
    let fits = |format: &&&str| {
        texts
            .iter()
            .all(|text| time(text, format, &jiff::tz::TimeZone::UTC).is_ok())
    };
    let found = if texts.is_empty() {
        None
    } else {
        FORMATS.iter().find(fits)
    };
    (*found.unwrap_or(&"%d.%m.%Y %H:%M:%S")).to_owned()
}

fn decimal(values: &[&str]) -> Decimal {
    let commas = values
        .iter()
        .filter(|text| text.rfind(',') > text.rfind('.'))
        .count();
    let plain = values
        .iter()
        .filter(|text| sum(text, Decimal::Minor, sverka_domain::money::Currency::RUB).is_ok())
        .count();
    if commas > 0 || plain == values.len() {
        // Whole roubles are read alike by both marks; nobody has minor units unless they say so.
        Decimal::Comma
    } else {
        Decimal::Point
    }
}

/// Words for kinds, by what they usually mean.
fn kinds(values: &[&str]) -> Kinds {
    let mut kinds = Kinds::default();
    for value in values {
        let word = folded(value);
        let has = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
        let list = if has(&["возврат", "refund", "credit"]) {
            &mut kinds.refund
        } else if has(&["отмена", "реверс", "revers", "void", "cancel"]) {
            &mut kinds.reversal
        } else if has(&[
            "оплата",
            "покупка",
            "платеж",
            "payment",
            "purchase",
            "sale",
            "debit",
            "списание",
        ]) {
            &mut kinds.payment
        } else {
            &mut kinds.other
        };
        if !list.iter().any(|known| known == value) {
            list.push((*value).to_owned());
        }
    }
    kinds
}
