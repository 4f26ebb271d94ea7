//! The simulator's time.

use serde::{Deserialize, Serialize};

/// What the clock is set to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetClock {
    /// Epoch ms, where it stands still; `None`: the machine's time.
    pub now_ms: Option<i64>,
}

/// The clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockState {
    /// Now, epoch ms.
    pub now_ms: i64,
    /// Whether it stands still until it is set anew.
    pub is_set: bool,
    /// Callbacks and later moves that are under way at this moment: 0 means that nothing happens before `next_ms`.
    pub busy: usize,
    /// When the next callback goes, the next move is made or the next order's life ends.
    pub next_ms: Option<i64>,
}
