//! A connection as a caller sees it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::Display;

use crate::App;
use crate::ports::accounting::{Connection, Profile};
use crate::ports::store::{Backlog, ConnectionState, StoreError, Tx};

/// How a connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Display)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ConnectionStanding {
    /// It answers.
    Working,
    /// It does not answer, or answers with faults; it is tried again by itself.
    Failing,
    /// It refused us: the password, a right. Tried again rarely, so that nobody gets locked out.
    Stopped,
    /// A person paused it.
    Paused,
    /// Nothing was sent yet.
    Unused,
}

/// A connection as a caller sees it.
#[derive(Clone)]
pub struct ConnectionSeen {
    /// As it is configured.
    pub connection: Connection,
    /// What its system can do.
    pub profile: Profile,
    /// How it stands.
    pub standing: ConnectionStanding,
    /// The same with all that is known.
    pub state: ConnectionState,
    /// When it is used again, if it is being left alone.
    pub next_try_at: Option<Timestamp>,
    /// What stands before it.
    pub backlog: Backlog,
}

impl ConnectionSeen {
    pub(super) fn new(
        connection: Connection,
        state: ConnectionState,
        backlog: Backlog,
        now: Timestamp,
    ) -> Self {
        Self {
            profile: connection.port.profile(),
            standing: standing(&state),
            next_try_at: state
                .paused_until
                .filter(|until| *until > now && state.held.is_none()),
            connection,
            state,
            backlog,
        }
    }

    /// Loads all configured connections, in their order.
    pub(super) fn load(app: &App, tx: &mut dyn Tx, now: Timestamp) -> Result<Vec<Self>, StoreError> {
        let mut states = tx.deliveries().connections()?;
        let mut backlogs = tx.backlogs().backlogs()?;
        let mut see = |connection: &Connection| {
            let state = take(&mut states, |state| state.name == connection.name);
            let backlog = take(&mut backlogs, |(name, _)| *name == connection.name);
            let state = state.unwrap_or_else(|| ConnectionState {
                name: connection.name.clone(),
                ..ConnectionState::default()
            });
            let backlog = backlog.map(|(_, backlog)| backlog).unwrap_or_default();
            Self::new(connection.clone(), state, backlog, now)
        };
        Ok(app.connections().all().iter().map(&mut see).collect())
    }
}

fn take<T>(all: &mut Vec<T>, is_it: impl Fn(&T) -> bool) -> Option<T> {
    let at = all.iter().position(is_it)?;
    Some(all.swap_remove(at))
}

fn standing(state: &ConnectionState) -> ConnectionStanding {
    if state.held.is_some() {
        ConnectionStanding::Paused
    } else if state.stopped.is_some() {
        ConnectionStanding::Stopped
    } else if state.failing_since.is_some() {
        ConnectionStanding::Failing
    } else if state.last_good_at.is_some() {
        ConnectionStanding::Working
    } else {
        ConnectionStanding::Unused
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::store::ByHand;

    #[test]
    fn a_persons_pause_comes_before_what_the_machine_knows() {
        let now = Timestamp::UNIX_EPOCH;
        let mut state = ConnectionState::default();
        assert_eq!(standing(&state), ConnectionStanding::Unused);
        state.last_good_at = Some(now);
        assert_eq!(standing(&state), ConnectionStanding::Working);
        state.failing_since = Some(now);
        assert_eq!(standing(&state), ConnectionStanding::Failing);
        state.stopped = Some("password".to_owned());
        assert_eq!(standing(&state), ConnectionStanding::Stopped);
        state.held = Some(ByHand {
            since: now,
            by: "Петрова".to_owned(),
            why: "closing the month".to_owned(),
        });
        assert_eq!(standing(&state), ConnectionStanding::Paused);
    }
}
