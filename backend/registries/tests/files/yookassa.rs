//! YooKassa's registries of payments and of refunds.

use crate::common::{read, refusal, short, windows_1251};

const PAYMENTS: &str = "РЕЕСТР ПЛАТЕЖЕЙ ПО ДОГОВОРУ НБК.123.01 (54321)\r\nДата платежей: 2026-11-24\r\n\
    Идентификатор платежа;Сумма платежа;Валюта платежа;Сумма за вычетом комиссии и НДС;Сумма комиссии без НДС;Время платежа;\
    Идентификатор платежного средства;Описание;Тип платежа;НДС с комиссии\r\n\
    2c85-01;4500.00;RUB;4410,50;73.36;24.11.2026 11:15:02;427600******1234;Заказ A-1;AC;16.14\r\n\
    2c85-02;0,02;RUB;0.02;0;24.11.2026 23:59:59;;;PC;0\r\n\r\n\
    Сумма принятых платежей: 4500.02 RUB\r\nСумма принятых платежей за вычетом комиссии и НДС: 4410.52 RUB\r\n\
    Число платежей: 2\r\n";

#[test]
fn payments_are_read_and_held_against_the_footer() {
    for bytes in [windows_1251(PAYMENTS), format!("\u{feff}{PAYMENTS}").into_bytes()] {
        let (layout, lines, told) = read(&bytes, None).unwrap();
        assert_eq!(layout, "yookassa");
        let shown: Vec<String> = lines.iter().map(|(_, line)| short(line)).collect();
        assert_eq!(
            shown,
            [
                "payment 2c85-01/-/- 450000 8950 2026-11-24T08:15:02Z",
                "payment 2c85-02/-/- 2 0 2026-11-24T20:59:59Z",
            ]
        );
        let period = told.period.map(|(from, to)| (from.to_string(), to.to_string()));
        let day = (
            "2026-11-23T21:00:00Z".to_owned(),
            "2026-11-24T21:00:00Z".to_owned(),
        );
        assert_eq!(period, Some(day));
        let mut sums = sverka_domain::registry::Sums::default();
        lines.iter().for_each(|(_, line)| sums.add(line));
        assert_eq!(told.declared.adds_up(&sums, 2), Some(true));
        assert_eq!(told.declared.adds_up(&sums, 3), Some(false), "a line is missing");
    }
}

#[test]
fn refunds_name_the_payment_that_they_are_of() {
    let text = "РЕЕСТР ВОЗВРАТОВ ПО ДОГОВОРУ НБК.123.01 (54321)\nДата возвратов: 2026-11-24\n\
        Идентификатор возврата;Идентификатор платежа;Сумма возврата;Валюта возврата;Время возврата\n\
        2c86-01;2c85-01;100,00;RUB;24.11.2026 12:00:00\n\nСумма возвратов: 100.00 RUB\nЧисло возвратов: 1\n";
    let (_, lines, told) = read(text.as_bytes(), None).unwrap();
    assert_eq!(
        short(&lines[0].1),
        "refund 2c85-01/-/- 10000 - 2026-11-24T09:00:00Z"
    );
    assert_eq!(
        (told.declared.refunds, told.declared.lines),
        (Some(10_000), Some(1))
    );
}

#[test]
fn headings_that_are_not_there_are_told() {
    let text = PAYMENTS.replace("Сумма платежа", "Сколько");
    assert!(refusal(text.as_bytes(), None).contains("the headings of payments or refunds are missing"));
}
