//! How long each bank waits before it sends a callback again, and when it gives up.

use crate::api::Bank;

const SECOND_MS: u64 = 1_000;
const MINUTE_MS: u64 = 60 * SECOND_MS;
const HOUR_MS: u64 = 60 * MINUTE_MS;

/// The pause after this many tries; none: the callback is lost for good.
pub(crate) fn pause_ms(bank: Bank, tries: u32) -> Option<u64> {
    let of_steps = |steps: &[u64], most: u32| {
        let step = steps.get(usize::try_from(tries).ok()?.checked_sub(1)?);
        (tries < most).then(|| step.or(steps.last()).copied()).flatten()
    };
    match bank {
        // Its own manual: a hundred tries, further and further apart.
        Bank::CloudPayments => {
            let steps = [1, 2, 5, 10, 30].map(|minutes| minutes * MINUTE_MS);
            of_steps(&steps, 100)
        }
        // A sandbox: three times in a few hours.
        Bank::Stripe => of_steps(&[HOUR_MS, 2 * HOUR_MS], 3),
        Bank::SberEcom => of_steps(&[MINUTE_MS], 3),
        // By the hour for a day.
        Bank::Tbank => of_steps(&[HOUR_MS], 24),
        // About once a minute was seen; how often is not published.
        Bank::Robokassa => of_steps(&[MINUTE_MS], 10),
        // The gateway's common rule, also where a bank publishes none.
        Bank::Sber | Bank::Alfa | Bank::Vtb | Bank::PayOnline | Bank::YooKassa => {
            of_steps(&[30 * SECOND_MS], 3)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bank_has_its_own_patience() {
        assert_eq!(
            [1, 2, 3].map(|tries| pause_ms(Bank::Sber, tries)),
            [Some(30_000), Some(30_000), None]
        );
        let minutes = |tries| pause_ms(Bank::CloudPayments, tries).map(|ms| ms / MINUTE_MS);
        assert_eq!(
            [1, 2, 3, 4, 5, 6, 99, 100].map(minutes),
            [
                Some(1),
                Some(2),
                Some(5),
                Some(10),
                Some(30),
                Some(30),
                Some(30),
                None
            ]
        );
        assert_eq!(pause_ms(Bank::Stripe, 3), None);
    }
}
