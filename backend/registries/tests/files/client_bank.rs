//! Statements in 1C's exchange format.

use crate::common::{preview, read, refusal, short, windows_1251};

const STATEMENT: &str = "1CClientBankExchange\r\nВерсияФормата=1.03\r\nКодировка=Windows\r\nДатаНачала=24.11.2026\r\n\
    ДатаКонца=24.11.2026\r\nРасчСчет=40702810900000000001\r\nСекцияРасчСчет\r\nРасчСчет=40702810900000000001\r\n\
    ВсегоПоступило=14500.00\r\nВсегоСписано=100.00\r\nКонецРасчСчет\r\n\
    СекцияДокумент=Платежное поручение\r\nНомер=1\r\nДата=24.11.2026\r\nСумма=4500.00\r\n\
    ПлательщикСчет=40817810000000000077\r\nПолучательСчет=40702810900000000001\r\n\
    НазначениеПлатежа=Оплата по заказу № A-10452, RRN 430012345678\r\nКонецДокумента\r\n\
    СекцияДокумент=Платежное поручение\r\nНомер=2\r\nДата=24.11.2026\r\nСумма=100.00\r\n\
    ПлательщикСчет=40702810900000000001\r\nПолучательСчет=40817810000000000077\r\n\
    НазначениеПлатежа=Возврат по заказу № A-10452\r\nКонецДокумента\r\n\
    СекцияДокумент=Банковский ордер\r\nНомер=3\r\nДата=24.11.2026\r\nСумма=10000.00\r\n\
    ПлательщикСчет=30232810000000000001\r\nПолучательСчет=40702810900000000001\r\n\
    НазначениеПлатежа=Возмещение по эквайрингу за 23.11.2026\r\nКонецДокумента\r\nКонецФайла\r\n";

#[test]
fn documents_are_payments_refunds_or_transfers_of_their_own() {
    let (layout, lines, told) = read(&windows_1251(STATEMENT), None).unwrap();
    assert_eq!(layout, "client_bank");
    let shown: Vec<String> = lines.iter().map(|(_, line)| short(line)).collect();
    let day = "2026-11-23T21:00:00Z";
    assert_eq!(
        shown,
        [
            format!("payment -/A-10452/430012345678 450000 - {day}"),
            format!("refund -/A-10452/- 10000 - {day}"),
            format!("other -/-/- 1000000 - {day}"),
        ]
    );
    let mut sums = sverka_domain::registry::Sums::default();
    lines.iter().for_each(|(_, line)| sums.add(line));
    assert_eq!(told.declared.adds_up(&sums, 3), Some(true));
    assert_eq!(told.period.unwrap().0.to_string(), day);
}

#[test]
fn a_part_of_a_file_is_refused() {
    let part = STATEMENT.replace("КонецФайла\r\n", "");
    assert!(refusal(&windows_1251(&part), None).contains("a part of it is missing"));
    let stranger = STATEMENT.replace("РасчСчет=40702810900000000001", "РасчСчет=40702810900000000009");
    assert!(refusal(&windows_1251(&stranger), None).contains("neither side of the document"));
}

#[test]
fn its_preview_shows_its_lines() {
    let shown = preview(&windows_1251(STATEMENT), None);
    assert_eq!(shown.layout.as_deref(), Some("client_bank"));
    assert_eq!(shown.columns, ["#1"]);
    assert_eq!(shown.rows.len(), 20);
}
