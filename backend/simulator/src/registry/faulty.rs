//! Faults, each in operations of their own.

use super::Listed;
use super::operations::rrn;
use crate::api::{BankOperation, RegistryFault, RegistryFaults};
use crate::chance::Chance;

/// What the file lists of these operations, and what is wrong with it.
pub(super) fn spoil(
    operations: &[BankOperation],
    faults: &RegistryFaults,
    chance: Chance,
) -> (Vec<Listed>, Vec<(RegistryFault, String)>) {
    let mut made = Vec::new();
    let mut fates = fates(operations, faults, chance);
    let mut listed = Vec::with_capacity(operations.len());
    for operation in operations {
        let fate = fates
            .remove(operation.order_number.as_str())
            .filter(|_| operation.is_payment);
        let mut line = Listed {
            is_payment: operation.is_payment,
            is_voided: false,
            operation: operation.clone(),
        };
        if let Some(fault) = fate {
            made.push((fault, operation.order_number.clone()));
        }
        match fate {
            Some(RegistryFault::Dropped) => continue,
            Some(RegistryFault::AmountChanged) => line.operation.amount += 100,
            Some(RegistryFault::StatusChanged) => {
                line.is_payment = false;
                line.is_voided = true;
            }
            Some(RegistryFault::Duplicated) => listed.push(line.clone()),
            Some(RegistryFault::Stranger) | None => {}
        }
        listed.push(line);
    }
    for nth in 1..=faults.strangers {
        let stranger = stranger(nth, operations, chance);
        made.push((RegistryFault::Stranger, stranger.order_number.clone()));
        listed.push(Listed {
            is_payment: true,
            is_voided: false,
            operation: stranger,
        });
    }
    (listed, made)
}

/// Which payments something goes wrong with: the order of chance, cut into pieces.
fn fates<'o>(
    operations: &'o [BankOperation],
    faults: &RegistryFaults,
    chance: Chance,
) -> std::collections::HashMap<&'o str, RegistryFault> {
    let payments = operations.iter().filter(|operation| operation.is_payment);
    let mut shuffled: Vec<(u64, &str)> = payments
        .map(|operation| {
            let number = operation.order_number.as_str();
            (chance.between(0, u64::MAX, &["fate", number]), number)
        })
        .collect();
    shuffled.sort_unstable();
    let wanted = [
        (faults.drop, RegistryFault::Dropped),
        (faults.change_amount, RegistryFault::AmountChanged),
        (faults.duplicate, RegistryFault::Duplicated),
        (faults.wrong_status, RegistryFault::StatusChanged),
    ];
    let pieces = wanted
        .into_iter()
        .flat_map(|(count, fault)| std::iter::repeat_n(fault, usize::try_from(count).unwrap_or(usize::MAX)));
    shuffled
        .into_iter()
        .zip(pieces)
        .map(|((_, number), fault)| (number, fault))
        .collect()
}

fn stranger(nth: u64, operations: &[BankOperation], chance: Chance) -> BankOperation {
    let name = nth.to_string();
    BankOperation {
        is_payment: true,
        order_number: format!("STRANGER-{nth}"),
        bank_order_id: chance.uuid(&["stranger", &name]),
        rrn: rrn(chance, &["stranger", &name]),
        amount: 12_300,
        fee: 246,
        at: operations.last().map_or(0, |last| last.at),
    }
}
