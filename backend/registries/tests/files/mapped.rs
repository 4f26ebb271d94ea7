//! Banks' own tables: the statement whose columns banks.md tells, guessed and then read by the mapping.

use sverka_domain::registry::{Decimal, Mapping};

use crate::common::{preview, read, refusal, short, windows_1251};

const STATEMENT: &str = "Выписка по эквайрингу;;;;;;;\r\n;;;;;;;\r\n\
    Номер заказа;Дата операции;Сумма операции;Торговая уступка;К перечислению;РРН;Тип операции;Код авторизации\r\n\
    A-1;24.11.2026 11:15:02;4 500,00;90,00;4 410,00;430000000001;Покупка;A1\r\n\
    A-2;24.11.2026 12:00:00;100,00;-2,00;-98,00;430000000002;Возврат;A2\r\n\
    Итого;;4 400,00;88,00;4 312,00;;;\r\n";

fn guessed() -> Mapping {
    preview(&windows_1251(STATEMENT), None).guess.unwrap()
}

#[test]
fn a_mapping_is_guessed_by_the_headings() {
    let shown = preview(&windows_1251(STATEMENT), None);
    assert_eq!(shown.layout, None);
    assert_eq!(shown.columns[0], "Номер заказа");
    assert_eq!(shown.rows[0][2], "4 500,00");
    let guess = shown.guess.unwrap();
    let columns = &guess.columns;
    assert_eq!(columns.order_number.as_deref(), Some("Номер заказа"));
    assert_eq!(columns.rrn.as_deref(), Some("РРН"));
    assert_eq!(
        (columns.amount.as_str(), columns.date.as_str()),
        ("Сумма операции", "Дата операции")
    );
    assert_eq!(columns.payout.as_deref(), Some("К перечислению"));
    assert_eq!(
        (guess.kinds.payment.as_slice(), guess.kinds.refund.as_slice()),
        (
            ["Покупка".to_owned()].as_slice(),
            ["Возврат".to_owned()].as_slice()
        )
    );
    assert_eq!(
        (guess.date_format.as_str(), guess.decimal),
        ("%d.%m.%Y %H:%M:%S", Decimal::Comma)
    );
    assert_eq!(guess.bank.as_deref(), Some("sber"));
}

#[test]
fn a_table_is_read_by_its_mapping() {
    let (layout, lines, told) = read(&windows_1251(STATEMENT), Some(&guessed())).unwrap();
    assert_eq!(layout, "saved:sber");
    let shown: Vec<String> = lines
        .iter()
        .map(|(number, line)| format!("{number}: {}", short(line)))
        .collect();
    assert_eq!(
        shown,
        [
            "4: payment -/A-1/430000000001 450000 9000 2026-11-24T08:15:02Z",
            "5: refund -/A-2/430000000002 10000 -200 2026-11-24T09:00:00Z",
        ]
    );
    assert_eq!(told.declared.payout, Some(431_200));
}

#[test]
fn columns_may_be_numbered_and_the_kind_may_be_the_sign() {
    let mut mapping = guessed();
    mapping.columns = sverka_domain::registry::Columns {
        order_number: Some("#1".to_owned()),
        date: "#2".to_owned(),
        time: Some("#3".to_owned()),
        amount: "#4".to_owned(),
        ..Default::default()
    };
    mapping.decimal = Decimal::Minor;
    let text = "A-1;24.11.2026;11:15:02;450000\nA-2;24.11.2026;12:00:00;-10000\n";
    let (_, lines, _) = read(text.as_bytes(), Some(&mapping)).unwrap();
    assert_eq!(
        short(&lines[0].1),
        "payment -/A-1/- 450000 - 2026-11-24T08:15:02Z"
    );
    assert_eq!(short(&lines[1].1), "refund -/A-2/- 10000 - 2026-11-24T09:00:00Z");
}

#[test]
fn what_the_mapping_does_not_say_is_refused() {
    let text = STATEMENT.replace("Покупка", "Подарок");
    let refused = refusal(&windows_1251(&text), Some(&guessed()));
    assert_eq!(
        refused,
        "line 4: the mapping does not say what kind of operation «Подарок» is"
    );
    let other = STATEMENT.replace("Сумма операции", "Сколько");
    let refused = refusal(&windows_1251(&other), Some(&guessed()));
    assert!(
        refused.contains("the headings that the mapping names"),
        "{refused}"
    );
}
