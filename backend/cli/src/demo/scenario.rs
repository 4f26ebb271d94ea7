//! What became of each seeded attempt.

/// A story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scenario {
    /// The notification came, the accounting system took it.
    Synced,
    /// The notification was lost; asking the bank found the payment.
    Healed,
    /// The bank refused.
    Declined,
    /// The client gave up.
    Abandoned,
    /// The order's life ended.
    Expired,
    /// Somebody entered it in the accounting system.
    PostedByHand,
    /// Paid and given back.
    Refunded,
    /// The accounting system refused it.
    Refused,
    /// The bank told of another sum.
    Mismatch,
    /// An operator set it to paid.
    Overridden,
}

/// The stories in their order, newest last; most payments are uneventful.
pub(super) const STORIES: [Scenario; 24] = {
    use Scenario::{
        Abandoned, Declined, Expired, Healed, Mismatch, Overridden, PostedByHand, Refunded, Refused, Synced,
    };
    [
        Synced,
        Synced,
        Declined,
        Synced,
        Healed,
        Synced,
        Abandoned,
        Synced,
        Synced,
        PostedByHand,
        Synced,
        Declined,
        Refunded,
        Synced,
        Synced,
        Refused,
        Expired,
        Synced,
        Healed,
        Mismatch,
        Synced,
        Overridden,
        Synced,
        Abandoned,
    ]
};
