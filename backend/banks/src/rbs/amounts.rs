//! The sums that a gateway tells, in minor units, and what they come to.

/// The sums of one order, each where the gateway told it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Amounts {
    /// What the order was registered with.
    pub(super) registered: Option<i64>,
    /// What was held at first.
    pub(super) approved: Option<i64>,
    /// What is taken now.
    pub(super) deposited: Option<i64>,
    /// What went back.
    pub(super) refunded: Option<i64>,
}

/// What went back of what was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Back {
    /// Nothing that we are told of.
    Nothing,
    /// This much, and something stays.
    Part(i64),
    /// All, this much if the gateway says how much.
    All(Option<i64>),
}

impl Amounts {
    /// What was held.
    pub(super) fn held(&self) -> Option<i64> {
        self.approved.filter(|sum| *sum > 0).or(self.registered)
    }

    /// All that was taken, before refunds; `None` where that cannot be known.
    ///
    /// Gateways lower `depositedAmount` by a refund; some are seen to leave it. The two are told apart by
    /// the sum that was held, which neither can pass.
    pub(super) fn captured(&self) -> Option<i64> {
        let Some(deposited) = self.deposited else {
            return self.registered;
        };
        match self.refunded {
            None | Some(0) => Some(deposited),
            Some(refunded) => {
                let sum = deposited.checked_add(refunded)?;
                self.held().map(|held| if sum > held { deposited } else { sum })
            }
        }
    }

    /// What went back.
    pub(super) fn back(&self) -> Back {
        match (self.refunded, self.captured()) {
            (Some(refunded), _) if refunded > 0 && self.deposited == Some(0) => Back::All(Some(refunded)),
            (Some(refunded), Some(captured)) if refunded > 0 && refunded >= captured => {
                Back::All(Some(refunded))
            }
            (Some(refunded), _) if refunded > 0 => Back::Part(refunded),
            _ => Back::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(deposited: i64, refunded: i64) -> Amounts {
        Amounts {
            registered: Some(1000),
            approved: Some(1000),
            deposited: Some(deposited),
            refunded: Some(refunded),
        }
    }

    #[test]
    fn a_partial_refund_is_read_alike_whether_the_deposit_was_lowered_or_not() {
        for amounts in [told(700, 300), told(1000, 300)] {
            assert_eq!(
                (amounts.captured(), amounts.back()),
                (Some(1000), Back::Part(300))
            );
        }
    }

    #[test]
    fn a_full_refund_is_read_alike_too() {
        for amounts in [told(0, 1000), told(1000, 1000)] {
            assert_eq!(
                (amounts.captured(), amounts.back()),
                (Some(1000), Back::All(Some(1000)))
            );
        }
    }

    #[test]
    fn a_part_taken_of_what_was_held_is_what_counts() {
        assert_eq!(told(400, 0).captured(), Some(400));
        assert_eq!(
            (told(300, 100).captured(), told(300, 100).back()),
            (Some(400), Back::Part(100))
        );
        assert_eq!(told(0, 400).back(), Back::All(Some(400)));
    }

    #[test]
    fn without_the_held_sum_a_refund_leaves_the_taken_sum_open() {
        let amounts = Amounts {
            registered: None,
            approved: None,
            ..told(700, 300)
        };
        assert_eq!((amounts.captured(), amounts.back()), (None, Back::Part(300)));
    }
}
