//! A statement in 1C's exchange format with banks (`1CClientBankExchange`): sections of `name=value` lines.
//!
//! A document that comes in and names an order is a payment, one that goes out and names an order a refund; one that
//! names none is a transfer of its own, such as the bank's payout of a whole day. Only dates are told, no times.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use sverka_app::ports::registry::Told;
use sverka_domain::money::Currency;
use sverka_domain::registry::{Decimal, Declared, Line, LineKind};

use crate::cells::{folded, maybe, sum};
use crate::layout::{Draft, Layout, cell};

/// How every such file begins.
pub(crate) const SIGNATURE: &str = "1CClientBankExchange";

/// The layout.
pub(crate) struct ClientBank {
    zone: TimeZone,
    account: Option<String>,
    document: Option<Document>,
    from: Option<Date>,
    to: Option<Date>,
    came_in: Option<i64>,
    went_out: Option<i64>,
    is_whole: bool,
}

#[derive(Default)]
struct Document {
    date: Option<Date>,
    amount: Option<i64>,
    payer: Option<String>,
    payee: Option<String>,
    purpose: String,
    came_in: bool,
    went_out: bool,
}

impl ClientBank {
    pub(crate) fn new(timezone: &str) -> Self {
        Self {
            zone: TimeZone::get(timezone).unwrap_or_else(|_| crate::layouts::moscow()),
            account: None,
            document: None,
            from: None,
            to: None,
            came_in: None,
            went_out: None,
            is_whole: false,
        }
    }

    /// A line outside of documents.
    fn head(&mut self, name: &str, value: &str) -> Result<(), String> {
        let total = |known: Option<i64>| -> Result<Option<i64>, String> {
            Ok(Some(known.unwrap_or(0).saturating_add(money(value)?)))
        };
        match name {
            "РасчСчет" => self.account = maybe(value).or(self.account.take()),
            "ДатаНачала" => self.from = Some(day(value)?).into_iter().chain(self.from).min(),
            "ДатаКонца" => self.to = Some(day(value)?).into_iter().chain(self.to).max(),
            "ВсегоПоступило" => self.came_in = total(self.came_in)?,
            "ВсегоСписано" => self.went_out = total(self.went_out)?,
            _ => {}
        }
        Ok(())
    }

    fn line(&self, document: Document) -> Result<Line, String> {
        let amount = document.amount.ok_or("the document has no Сумма")?;
        let date = document.date.ok_or("the document has no Дата")?;
        let is_ours = |account: &Option<String>| account.is_some() && *account == self.account;
        let out = document.went_out || (!document.came_in && is_ours(&document.payer));
        let came_in = document.came_in || is_ours(&document.payee);
        if !out && !came_in {
            return Err("neither side of the document is the account of the statement".to_owned());
        }
        let order_number = order_in(&document.purpose);
        let rrn = rrn_in(&document.purpose);
        let kind = match (order_number.is_some() || rrn.is_some(), out) {
            (false, _) => LineKind::Other,
            (true, false) => LineKind::Payment,
            (true, true) => LineKind::Refund,
        };
        let at = self.start(date).ok_or("the document's date is out of range")?;
        let draft = Draft {
            kind,
            bank_order_id: None,
            order_number,
            rrn,
            amount: if out { -amount } else { amount },
            currency: Currency::RUB,
            fee: None,
            at,
        };
        draft.line()
    }

    fn start(&self, day: Date) -> Option<jiff::Timestamp> {
        self.zone.to_timestamp(day.to_datetime(Time::midnight())).ok()
    }
}

impl Document {
    fn take(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name {
            "Дата" => self.date = Some(day(value)?),
            "ДатаПоступило" => self.came_in = !value.is_empty(),
            "ДатаСписано" => self.went_out = !value.is_empty(),
            "Сумма" => self.amount = Some(money(value)?),
            "ПлательщикСчет" | "ПлательщикРасчСчет" => {
                self.payer = maybe(value).or(self.payer.take())
            }
            "ПолучательСчет" | "ПолучательРасчСчет" => {
                self.payee = maybe(value).or(self.payee.take())
            }
            "НазначениеПлатежа" => value.clone_into(&mut self.purpose),
            _ => {}
        }
        Ok(())
    }
}

impl Layout for ClientBank {
    fn name(&self) -> String {
        "client_bank".to_owned()
    }

    fn read(&mut self, cells: &[String]) -> Result<Option<Line>, String> {
        let text = cell(cells, 0);
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        let (name, value) = (name.trim(), value.trim());
        match name {
            "СекцияДокумент" if self.document.is_some() => {
                Err("a document begins before the one above has ended".to_owned())
            }
            "СекцияДокумент" => {
                self.document = Some(Document::default());
                Ok(None)
            }
            "КонецДокумента" => match self.document.take() {
                Some(document) => self.line(document).map(Some),
                None => Err("a document ends that did not begin".to_owned()),
            },
            "КонецФайла" => {
                self.is_whole = self.document.is_none();
                Ok(None)
            }
            _ => {
                match &mut self.document {
                    Some(document) => document.take(name, value)?,
                    None => self.head(name, value)?,
                }
                Ok(None)
            }
        }
    }

    fn told(&mut self) -> Result<Told, String> {
        if !self.is_whole {
            return Err("the file ends before КонецФайла: a part of it is missing".to_owned());
        }
        let begin = self.from.and_then(|day| self.start(day));
        let end = self.to.and_then(|day| self.start(day.tomorrow().ok()?));
        let moved = self.came_in.is_some() || self.went_out.is_some();
        let payout = self
            .came_in
            .unwrap_or(0)
            .saturating_sub(self.went_out.unwrap_or(0));
        Ok(Told {
            period: begin.zip(end),
            declared: Declared {
                payout: moved.then_some(payout),
                ..Declared::default()
            },
        })
    }
}

fn money(value: &str) -> Result<i64, String> {
    sum(value, Decimal::Point, Currency::RUB)
}

fn day(value: &str) -> Result<Date, String> {
    Date::strptime("%d.%m.%Y", value).map_err(|_| format!("«{value}» is not a date like 24.11.2026"))
}

/// The order that a purpose of payment names: the word behind `заказ`, `счёт`, `order`, with or without `№`.
fn order_in(purpose: &str) -> Option<String> {
    const NAMING: [&str; 8] = [
        "заказ",
        "заказа",
        "заказу",
        "счет",
        "счету",
        "счета",
        "order",
        "invoice",
    ];
    let words: Vec<&str> = purpose.split_whitespace().collect();
    for (nth, word) in words.iter().enumerate() {
        let named = folded(word.trim_end_matches([':', '.', ',']));
        let (bare, glued) = match named.split_once('№') {
            Some((bare, _)) => (bare.to_owned(), word.split_once('№').map(|(_, rest)| rest)),
            None => (named, None),
        };
        if !NAMING.contains(&bare.as_str()) {
            continue;
        }
        let rest = glued.filter(|rest| !rest.is_empty()).into_iter();
        let behind = rest.chain(words.iter().skip(nth + 1).copied());
        let number = behind
            .map(|word| {
                word.trim_start_matches(['№', '#', 'N'])
                    .trim_end_matches([',', '.', ';', ')'])
            })
            .find(|word| !word.is_empty())
            .filter(|word| word.chars().any(|c| c.is_ascii_digit()));
        if let Some(number) = number {
            return Some(number.to_owned());
        }
    }
    None
}

/// The twelve digits behind `RRN` or `РРН`.
fn rrn_in(purpose: &str) -> Option<String> {
    let lower = folded(purpose);
    let behind = lower.split_once("rrn").or_else(|| lower.split_once("ррн"))?.1;
    let digits: String = behind
        .trim_start_matches([' ', ':', '№', '=', '.'])
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    (digits.len() == 12).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purpose_names_an_order() {
        for (purpose, order) in [
            ("Оплата по заказу № A-10452, НДС не облагается", Some("A-10452")),
            ("Оплата заказа №A-10452", Some("A-10452")),
            ("За абонемент, счет 77/1 от 24.11.2026", Some("77/1")),
            ("order 555.", Some("555")),
            ("Возмещение по эквайрингу за 24.11.2026, комиссия 90.00", None),
            ("Пополнение счета клиента", None),
        ] {
            assert_eq!(order_in(purpose).as_deref(), order, "{purpose}");
        }
        assert_eq!(
            rrn_in("Возврат RRN: 430012345678 от").as_deref(),
            Some("430012345678")
        );
        assert_eq!(rrn_in("RRN 12"), None);
    }
}
