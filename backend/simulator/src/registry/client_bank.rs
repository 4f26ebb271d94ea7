//! A statement in 1C's exchange format, one document an operation.

use super::{Listed, moscow, windows_1251};
use crate::money::decimal;

const OURS: &str = "40702810900000000001";
const CLIENTS: &str = "40817810000000000077";

pub(super) fn file(listed: &[Listed]) -> Vec<u8> {
    let day = |at: i64| moscow(at, "%d.%m.%Y");
    let ends = |pick: fn(i64, i64) -> i64| {
        listed
            .iter()
            .map(|line| line.operation.at)
            .reduce(pick)
            .unwrap_or(0)
    };
    let (first, last) = (day(ends(i64::min)), day(ends(i64::max)));
    let total = |came_in: bool| {
        let lines = listed.iter().filter(|line| line.is_payment == came_in);
        decimal(lines.map(|line| line.operation.amount).sum())
    };
    let mut text = format!(
        "1CClientBankExchange\r\nВерсияФормата=1.03\r\nКодировка=Windows\r\nОтправитель=Банк\r\nДатаНачала={first}\r\n\
         ДатаКонца={last}\r\nРасчСчет={OURS}\r\nСекцияРасчСчет\r\nДатаНачала={first}\r\nРасчСчет={OURS}\r\n\
         ВсегоПоступило={}\r\nВсегоСписано={}\r\nКонецРасчСчет\r\n",
        total(true),
        total(false),
    );
    for (nth, line) in listed.iter().enumerate() {
        let operation = &line.operation;
        let (payer, payee) = if line.is_payment {
            (CLIENTS, OURS)
        } else {
            (OURS, CLIENTS)
        };
        text.push_str(&format!(
            "СекцияДокумент=Платежное поручение\r\nНомер={}\r\nДата={}\r\nСумма={}\r\nПлательщикСчет={payer}\r\n\
             ПолучательСчет={payee}\r\nНазначениеПлатежа={} по заказу № {}, RRN {}\r\nКонецДокумента\r\n",
            nth + 1,
            day(operation.at),
            decimal(operation.amount),
            if line.is_payment { "Оплата" } else { "Возврат" },
            operation.order_number,
            operation.rrn,
        ));
    }
    text.push_str("КонецФайла\r\n");
    windows_1251(&text)
}
