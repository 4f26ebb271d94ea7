//! What a proxy did.

use std::fmt;

use super::fate::Fate;

/// What a proxy did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Requests that passed, and their answers.
    pub passed: u64,
    /// Closed before anything was forwarded.
    pub closed_before: u64,
    /// Forwarded; the answer was dropped.
    pub answers_dropped: u64,
    /// Forwarded; the answer was cut short.
    pub answers_cut: u64,
    /// Forwarded at once; the answer came too late.
    pub answers_late: u64,
    /// Forwarded late, perhaps after the client had given up.
    pub requests_late: u64,
    /// Forwarded; the client's connection was reset.
    pub reset: u64,
    /// Times that nobody listened.
    pub outages: u64,
}

impl Counts {
    pub(super) fn add(&mut self, fate: Fate) {
        let count = match fate {
            Fate::Pass => &mut self.passed,
            Fate::CloseBefore => &mut self.closed_before,
            Fate::DropAnswer => &mut self.answers_dropped,
            Fate::CutAnswer(_) => &mut self.answers_cut,
            Fate::DelayAnswer(_) => &mut self.answers_late,
            Fate::DelayRequest(_) => &mut self.requests_late,
            Fate::Reset => &mut self.reset,
        };
        *count += 1;
    }

    /// Every request.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.passed + self.faults()
    }

    /// Requests that something became of.
    #[must_use]
    pub fn faults(&self) -> u64 {
        self.closed_before
            + self.answers_dropped
            + self.answers_cut
            + self.answers_late
            + self.requests_late
            + self.reset
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} requests: {} passed, {} closed before forwarding, {} answers dropped, {} cut, {} late, \
             {} requests late, {} reset; {} outages",
            self.requests(),
            self.passed,
            self.closed_before,
            self.answers_dropped,
            self.answers_cut,
            self.answers_late,
            self.requests_late,
            self.reset,
            self.outages
        )
    }
}
