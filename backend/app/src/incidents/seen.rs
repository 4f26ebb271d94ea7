//! An incident as a caller sees it.

use jiff::Timestamp;

use crate::App;
use crate::ports::bank::AccountKey;
use crate::ports::store::{Alarm, AlarmAbout, Incident, StoreError, Tx};

/// An incident, its alarms, and what can be done about it.
#[derive(Debug, Clone, PartialEq)]
pub struct IncidentSeen {
    /// The incident.
    pub incident: Incident,
    /// Its alarms, in the order in which they were queued.
    pub alarms: Vec<Alarm>,
    /// The account's last genuine notification.
    pub last_notification_at: Option<Timestamp>,
    /// Whether the bank can be asked to send its notifications again.
    pub can_resend: bool,
}

/// Incidents with what belongs to them.
pub(super) fn see(
    app: &App,
    tx: &mut dyn Tx,
    incidents: Vec<Incident>,
) -> Result<Vec<IncidentSeen>, StoreError> {
    let ids: Vec<_> = incidents.iter().map(|incident| incident.id).collect();
    let alarms = tx.alarms().of_incidents(&ids)?;
    let mut seen = Vec::with_capacity(incidents.len());
    for incident in incidents {
        let health = tx.notifications().health(&incident.account, incident.opened_at)?;
        seen.push(IncidentSeen {
            alarms: alarms
                .iter()
                .filter(|alarm| alarm.about == AlarmAbout::Incident(incident.id))
                .cloned()
                .collect(),
            last_notification_at: health.last_good_at,
            can_resend: can_resend(app, &incident.account),
            incident,
        });
    }
    Ok(seen)
}

fn can_resend(app: &App, account: &AccountKey) -> bool {
    app.banks()
        .get(account)
        .is_some_and(|account| account.port.abilities().resends)
}
