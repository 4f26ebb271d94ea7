//! T-Bank's registry, by the bank's document.

use crate::common::{preview, read, refusal, short, windows_1251};

/// One line with everything but a fiscal fee.
fn line(number: u32, amount: &str, fee: &str, payout: &str, kind: &str) -> String {
    format!(
        "{number};430000******0777;MIR;A-10452;24.11.2026;11:15:02;MSK;A12345;22334455;24.11.2026;25.11.2026;{amount};{fee};\
         {payout};{kind};430012345678;987654321;Клуб на Тверской;Dom;Phone:+7916;Абонемент\r\n"
    )
}

#[test]
fn operations_are_read_with_their_signs_and_the_payout_adds_up() {
    let text = [
        line(1, "4500.00", "90.00", "4410.00", "Debit"),
        line(2, "100.00", "-2.00", "-98.00", "Credit"),
        line(3, "500.00", "0.00", "-500.00", "Chargeback"),
        line(4, "0.00", "15.00", "-15.00", "ServiceFee"),
    ]
    .concat();
    let (layout, lines, told) = read(&windows_1251(&text), None).unwrap();
    assert_eq!(layout, "tbank");
    let shown: Vec<String> = lines.iter().map(|(_, line)| short(line)).collect();
    let at = "2026-11-24T08:15:02Z";
    let names = "987654321/A-10452/430012345678";
    assert_eq!(
        shown,
        [
            format!("payment {names} 450000 9000 {at}"),
            format!("refund {names} 10000 -200 {at}"),
            format!("other {names} -50000 0 {at}"),
            format!("other {names} 0 1500 {at}"),
        ]
    );
    let mut sums = sverka_domain::registry::Sums::default();
    lines.iter().for_each(|(_, line)| sums.add(line));
    assert_eq!(told.declared.adds_up(&sums, 4), Some(true));
    assert_eq!(told.declared.payout, Some(441_000 - 9_800 - 50_000 - 1_500));
}

#[test]
fn a_fiscal_fee_moves_the_columns_behind_it() {
    let plain = line(1, "4500.00", "90.00", "4400.00", "Debit");
    let fiscal = plain.replace(";90.00;", ";90.00;10.00;");
    let (_, lines, told) = read(&windows_1251(&fiscal), None).unwrap();
    assert_eq!(lines[0].1.fee, Some(10_000));
    assert_eq!(lines[0].1.rrn.as_deref(), Some("430012345678"));
    assert_eq!(told.declared.payout, Some(440_000));
}

#[test]
fn an_unknown_type_is_refused_by_its_line() {
    let text = [
        line(1, "4500.00", "90.00", "4410.00", "Debit"),
        line(2, "4500.00", "90.00", "4410.00", "Gift"),
    ]
    .concat();
    let refused = refusal(&windows_1251(&text), None);
    assert_eq!(
        refused,
        "line 2: there is no known type of operation in column 15 or 16"
    );
}

#[test]
fn its_preview_has_numbers_for_headings() {
    let shown = preview(
        &windows_1251(&line(1, "4500.00", "90.00", "4410.00", "Debit")),
        None,
    );
    assert_eq!(shown.layout.as_deref(), Some("tbank"));
    assert_eq!(
        (shown.encoding.as_str(), shown.delimiter),
        ("windows-1251", Some(';'))
    );
    assert_eq!(shown.columns.len(), 21);
    assert_eq!(shown.columns[0], "#1");
    assert_eq!(shown.rows[0][17], "Клуб на Тверской");
    assert_eq!(shown.guess, None);
}
