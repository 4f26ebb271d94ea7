//! T-Bank's registry: twenty-one columns, no headings, no fiscal fee.

use super::{Listed, moscow, windows_1251};
use crate::money::decimal;

pub(super) fn file(listed: &[Listed]) -> Vec<u8> {
    let mut text = String::new();
    for (nth, line) in listed.iter().enumerate() {
        let operation = &line.operation;
        let amount = if line.is_payment {
            operation.amount
        } else {
            -operation.amount
        };
        let cells: [&str; 21] = [
            &(nth + 1).to_string(),
            "430000******0777",
            "MIR",
            &operation.order_number,
            &moscow(operation.at, "%d.%m.%Y"),
            &moscow(operation.at, "%H:%M:%S"),
            "MSK",
            "A12345",
            "22334455",
            &moscow(operation.at, "%d.%m.%Y"),
            &moscow(operation.at + 86_400, "%d.%m.%Y"),
            &decimal(operation.amount),
            &decimal(operation.fee),
            &decimal(amount - operation.fee),
            if line.is_payment { "Debit" } else { "Credit" },
            &operation.rrn,
            &operation.bank_order_id,
            "Клуб на Тверской",
            "Dom",
            "",
            "Абонемент",
        ];
        text.push_str(&cells.join(";"));
        text.push_str("\r\n");
    }
    windows_1251(&text)
}
