//! Logging in: once, and once more when the session is over. A wrong password is never tried twice in a row:
//! Tryton answers it ever slower, and then locks the right one out as well.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

use super::fault::{Fault, Why};
use super::rpc::Rpc;
use crate::settings::Secret;

/// A session that is believed to run.
#[derive(Debug, Clone)]
pub(super) struct Session {
    /// The record of the user that Sverka works as.
    pub(super) user_id: i64,
    token: Secret,
    header: Secret,
}

impl Session {
    /// `Authorization`.
    pub(super) fn header(&self) -> &str {
        self.header.expose()
    }
}

impl Rpc {
    /// The running session, or a new one. Who waits for somebody else's log-in takes its session.
    pub(super) async fn session(&self, at: Timestamp) -> Result<Session, Fault> {
        let mut known = self.session.lock().await;
        if let Some(session) = known.as_ref() {
            return Ok(session.clone());
        }
        let told = self.log_in(at).await.map_err(refused)?;
        let (Some(user_id), Some(token)) = (told[0].as_i64(), told[1].as_str()) else {
            return Err(Fault::new(
                Why::Barred,
                "the log-in asks for more than a password, which only a person can give",
            ));
        };
        let header = STANDARD.encode(format!("{}:{user_id}:{token}", self.user));
        let session = Session {
            user_id,
            token: Secret::new(token),
            header: Secret::new(format!("Session {header}")),
        };
        *known = Some(session.clone());
        Ok(session)
    }

    /// That session is over.
    pub(super) async fn forget(&self, over: &Session) {
        let mut known = self.session.lock().await;
        if known.as_ref().is_some_and(|session| session.token == over.token) {
            *known = None;
        }
    }
}

/// A log-in changes nothing, and who cannot log in does nothing.
fn refused(fault: Fault) -> Fault {
    let (why, reason) = match fault.why {
        Why::NoSession => (Why::Barred, "user or password is wrong".to_owned()),
        Why::Barred | Why::Denied => (Why::Barred, fault.reason),
        Why::Unsent { retry_after } => (Why::Unsent { retry_after }, fault.reason),
        Why::Clash | Why::Internal | Why::Silent => (Why::Unsent { retry_after: None }, fault.reason),
    };
    Fault {
        why,
        reason: format!("log-in: {reason}"),
        http_status: fault.http_status,
        answer: None,
    }
}
