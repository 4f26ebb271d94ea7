//! Sverka's own plain layout.

use crate::common::{read, refusal, short};

const HEAD: &str = "kind;order_number;bank_order_id;rrn;amount;currency;fee;at\n";

#[test]
fn every_kind_is_read_with_its_totals() {
    let text = format!(
        "{HEAD}payment;A-1;b-1;430000000001;4500.00;RUB;90.00;2026-11-24T08:15:02Z\n\
         refund;A-1;b-1;;100;RUB;-2.00;2026-11-24T11:15:02+03:00\n\n\
         other;;;;-50.00;RUB;;2026-11-24T09:00:00Z\n\
         total_payments;;;;4500.00;;;\ntotal_payout;;;;4262.00;;;\ntotal_lines;;;;3;;;\n"
    );
    let (layout, lines, told) = read(text.as_bytes(), None).unwrap();
    assert_eq!(layout, "sverka");
    let shown: Vec<String> = lines
        .iter()
        .map(|(number, line)| format!("{number}: {}", short(line)))
        .collect();
    assert_eq!(
        shown,
        [
            "2: payment b-1/A-1/430000000001 450000 9000 2026-11-24T08:15:02Z",
            "3: refund b-1/A-1/- 10000 -200 2026-11-24T08:15:02Z",
            "5: other -/-/- -5000 - 2026-11-24T09:00:00Z",
        ]
    );
    assert_eq!(told.declared.payments, Some(450_000));
    assert_eq!(told.declared.payout, Some(426_200));
    assert_eq!(told.declared.lines, Some(3));
}

#[test]
fn columns_may_come_in_any_order_with_commas_between() {
    let text = "at,amount,kind,order_number\n2026-11-24T08:15:02Z,\"4500.00\",payment,\"A,1\"\n";
    let (_, lines, _) = read(text.as_bytes(), None).unwrap();
    assert_eq!(
        short(&lines[0].1),
        "payment -/A,1/- 450000 - 2026-11-24T08:15:02Z"
    );
}

#[test]
fn a_bad_line_is_named_with_its_number_and_the_reason() {
    let good = "payment;A-1;;;1.00;RUB;;2026-11-24T08:15:02Z\n";
    for (bad, told) in [
        (
            "payment;A-1;;;one;RUB;;2026-11-24T08:15:02Z",
            "line 3: «one» is not a sum",
        ),
        (
            "gift;A-1;;;1.00;RUB;;2026-11-24T08:15:02Z",
            "line 3: «gift» is not a kind of operation",
        ),
        (
            "payment;;;;1.00;RUB;;2026-11-24T08:15:02Z",
            "line 3: there is no order number, bank id or RRN",
        ),
        (
            "payment;A-1;;;1.00;ROUBLE;;2026-11-24T08:15:02Z",
            "line 3: «ROUBLE» is not a currency",
        ),
        (
            "payment;A-1;;;9999999999.00;RUB;;2026-11-24T08:15:02Z",
            "line 3: the sum is too great",
        ),
        (
            "payment;A-1;;;1.00;RUB;;yesterday",
            "line 3: «yesterday» is not a date",
        ),
    ] {
        let refused = refusal(format!("{HEAD}{good}{bad}\n").as_bytes(), None);
        assert!(refused.starts_with(told), "{refused}");
    }
}

#[test]
fn what_is_no_registry_is_refused() {
    assert_eq!(refusal(b"", None), "the file is empty");
    assert!(refusal(b"hello, world\n", None).contains("layout of this file is not known"));
    assert!(refusal(b"PK\x03\x04 and nothing more", None).contains("not a spreadsheet"));
    assert!(refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", None).contains(".xls"));
}
