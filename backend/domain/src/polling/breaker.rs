//! When a bank that does not answer is left alone, and for how long.

use jiff::SignedDuration;

/// A breaker of one account's lane: after some failures in a row the lane pauses, then sends one question as a probe, of
/// the newest attempt that is due; each probe that fails makes the next pause twice as long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Breaker {
    /// So many failures in a row open it.
    pub failures: u32,
    /// The first pause.
    pub first_pause: SignedDuration,
    /// The longest pause.
    pub longest_pause: SignedDuration,
}

impl Breaker {
    /// Five failures; 5 seconds, 10, 20 … and not more than 5 minutes.
    #[must_use]
    pub fn usual() -> Self {
        Self {
            failures: 5,
            first_pause: SignedDuration::from_secs(5),
            longest_pause: SignedDuration::from_mins(5),
        }
    }

    /// The pause after so many failures in a row; `None`: go on.
    #[must_use]
    pub fn pause(&self, failures: u32) -> Option<SignedDuration> {
        let probes = failures.checked_sub(self.failures.max(1))?;
        let doubled = 2_i32
            .checked_pow(probes)
            .and_then(|times| self.first_pause.checked_mul(times));
        Some(doubled.map_or(self.longest_pause, |pause| pause.min(self.longest_pause)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bank_that_does_not_answer_is_left_alone_for_longer_and_longer() {
        let pauses = |failures: &[u32]| -> Vec<Option<i64>> {
            let pause = |failures: &u32| Breaker::usual().pause(*failures).map(|pause| pause.as_secs());
            failures.iter().map(pause).collect()
        };
        assert_eq!(pauses(&[0, 1, 4]), [None, None, None]);
        assert_eq!(pauses(&[5, 6, 7, 8, 9]), [5, 10, 20, 40, 80].map(Some));
        assert_eq!(
            pauses(&[10, 11, 12, 40, u32::MAX]),
            [160, 300, 300, 300, 300].map(Some)
        );
    }
}
