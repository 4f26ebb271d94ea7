//! What came to a base.

use std::collections::BTreeSet;

use super::base::Base;
use crate::api::{OnecCalled, OnecMode};
use crate::world::CAPACITY;

/// How many sessions may be open at once.
const MOST_SESSIONS: usize = 1_000;

impl Base {
    /// Writes a call down; gives its number.
    pub(super) fn log_call(&mut self, called: OnecCalled) -> u64 {
        self.last_call += 1;
        self.calls.push_back(called);
        if self.calls.len() > CAPACITY {
            self.calls.pop_front();
        }
        self.last_call
    }

    /// Notes how a call was answered.
    pub(super) fn log_answer(&mut self, number: u64, status: Option<u16>) {
        let back = usize::try_from(self.last_call.saturating_sub(number)).unwrap_or(usize::MAX);
        let index = self
            .calls
            .len()
            .checked_sub(1)
            .and_then(|last| last.checked_sub(back));
        if let Some(called) = index.and_then(|index| self.calls.get_mut(index)) {
            called.status = status;
        }
    }

    /// Counts the session that a call takes: its own, unless it names one that `IBSession: start` has opened. Gives the name
    /// of a session that is opened by this call.
    pub(super) fn take_session(&mut self, cookie: Option<&str>, wish: Option<&str>) -> Option<String> {
        if let Some(open) = cookie.filter(|cookie| self.open_sessions.contains(*cookie)) {
            if wish == Some("finish") {
                self.open_sessions.remove(open);
            }
            return None;
        }
        self.sessions += 1;
        if wish != Some("start") {
            return None;
        }
        let name = self.key_of(&format!("session/{}", self.sessions));
        if self.open_sessions.len() >= MOST_SESSIONS {
            self.open_sessions = BTreeSet::new();
        }
        self.open_sessions.insert(name.clone());
        Some(name)
    }
}

/// A call that nothing was said to yet.
pub(super) fn called(at: i64, method: &str, resource: &str, query: &str, mode: OnecMode) -> OnecCalled {
    OnecCalled {
        at,
        method: method.to_owned(),
        resource: resource.to_owned(),
        query: query.to_owned(),
        mode,
        status: None,
    }
}
