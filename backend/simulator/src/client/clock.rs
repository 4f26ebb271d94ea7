//! The simulator's time.

use reqwest::Method;

use super::{Control, ControlError};
use crate::api::{ClockState, SetClock};

impl Control {
    /// The clock.
    pub async fn clock(&self) -> Result<ClockState, ControlError> {
        self.get(&["clock"]).await
    }

    /// Sets the clock, where it stands still; `None`: by the machine's time again.
    pub async fn set_clock(&self, now_ms: Option<i64>) -> Result<ClockState, ControlError> {
        self.call(Method::PUT, &["clock"], &SetClock { now_ms }).await
    }
}
