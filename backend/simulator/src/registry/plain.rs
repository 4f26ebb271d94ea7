//! Sverka's own plain layout.

use super::Listed;
use crate::money::decimal;

pub(super) fn file(listed: &[Listed], wrong_totals: bool) -> Vec<u8> {
    let mut text = String::from("kind;order_number;bank_order_id;rrn;amount;currency;fee;at\r\n");
    let (mut payments, mut refunds, mut fees) = (0_i64, 0_i64, 0_i64);
    for line in listed {
        let operation = &line.operation;
        let kind = match (line.is_payment, line.is_voided) {
            (true, _) => "payment",
            (false, true) => "reversal",
            (false, false) => "refund",
        };
        match kind {
            "payment" => payments += operation.amount,
            "refund" => refunds += operation.amount,
            _ => {}
        }
        fees += operation.fee;
        let at = jiff::Timestamp::from_second(operation.at).unwrap_or_default();
        let cells = [
            kind,
            &operation.order_number,
            &operation.bank_order_id,
            &operation.rrn,
            &decimal(operation.amount),
            "RUB",
            &decimal(operation.fee),
            &at.to_string(),
        ];
        text.push_str(&cells.join(";"));
        text.push_str("\r\n");
    }
    let payout = payments - refunds - fees + i64::from(wrong_totals);
    let totals = [
        ("payments", decimal(payments)),
        ("refunds", decimal(refunds)),
        ("fees", decimal(fees)),
        ("payout", decimal(payout)),
        ("lines", listed.len().to_string()),
    ];
    for (name, total) in totals {
        text.push_str(&format!("total_{name};;;;{total};;;\r\n"));
    }
    text.into_bytes()
}
