//! Telling people: one alarm of one channel at a time.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::words;
use crate::App;
use crate::ports::alarm::{Channel, Notice};
use crate::ports::store::{Alarm, AlarmState, Incident, StoreError};

/// Longer than any channel takes: an alarm whose sender died is sent again after it.
const LEASE: SignedDuration = SignedDuration::from_secs(90);
/// Seconds between tries.
const PAUSES: [i64; 6] = [10, 30, 60, 300, 900, 1800];
/// Two days of tries; then it is given up.
const MOST_TRIES: u32 = 100;

/// What a turn of a channel came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alarmed {
    /// An alarm arrived.
    Sent,
    /// The channel did not take it; it is tried again.
    Failed,
    /// It is quiet there now: the alarm waits.
    Quiet,
    /// Nothing is due.
    Nothing,
}

impl App {
    /// Sends the next due alarm of a channel, if there is one.
    ///
    /// # Errors
    /// The store failed.
    pub async fn send_alarm(&self, channel: &str) -> Result<Alarmed, StoreError> {
        let Some(channel) = self.channels().get(channel).cloned() else {
            return Ok(Alarmed::Nothing);
        };
        let now = self.now();
        let name = channel.name.clone();
        let claimed = self
            .store()
            .write(move |tx| {
                let Some(alarm) = tx.alarms().claim(&name, now, now + LEASE)? else {
                    return Ok(None);
                };
                let incident = tx.incidents().get(alarm.incident_id)?;
                Ok::<_, StoreError>(incident.map(|incident| (alarm, incident)))
            })
            .await?;
        let Some((mut alarm, incident)) = claimed else {
            return Ok(Alarmed::Nothing);
        };
        let outcome = self.tell(&channel, &mut alarm, &incident, now).await;
        self.store().write(move |tx| tx.alarms().settle(&alarm)).await?;
        Ok(outcome)
    }

    /// When a channel has something to send next.
    ///
    /// # Errors
    /// The store failed.
    pub async fn next_alarm_due(&self, channel: String) -> Result<Option<Timestamp>, StoreError> {
        self.store().read(move |tx| tx.alarms().next_due(&channel)).await
    }

    async fn tell(
        &self,
        channel: &Channel,
        alarm: &mut Alarm,
        incident: &Incident,
        now: Timestamp,
    ) -> Alarmed {
        let zone = self.zone_of(&incident.account);
        if let Some(end) = channel.quiet.and_then(|quiet| quiet.end(now, &zone)) {
            alarm.next_try_at = end;
            return Alarmed::Quiet;
        }
        let sent = channel
            .port
            .send(&self.notice(channel, alarm, incident, &zone, now))
            .await;
        let ended = self.now();
        alarm.tries += 1;
        match sent {
            Ok(()) => {
                alarm.state = AlarmState::Sent;
                alarm.sent_at = Some(ended);
                alarm.error = None;
                Alarmed::Sent
            }
            Err(error) => {
                tracing::warn!(channel = channel.name, tries = alarm.tries, error = %error, "an alarm was not taken");
                alarm.error = Some(error.0);
                alarm.next_try_at = ended + pause(alarm.tries);
                if alarm.tries >= MOST_TRIES {
                    alarm.state = AlarmState::Failed;
                }
                Alarmed::Failed
            }
        }
    }

    fn notice(
        &self,
        channel: &Channel,
        alarm: &Alarm,
        incident: &Incident,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Notice {
        let about = words::About {
            incident,
            bank: self.bank_title(&incident.account.bank, channel.language),
            zone,
            now,
        };
        let subject = words::subject(&about, alarm.event, channel.language);
        let base = self.catalog().public_url.trim_end_matches('/');
        Notice {
            id: alarm.id,
            event: alarm.event,
            incident: incident.id,
            account: incident.account.clone(),
            kind: incident.kind,
            since: incident.since,
            opened_at: incident.opened_at,
            closed_at: incident.closed_at,
            counts: incident.counts,
            text: format!("{subject}\n{base}/incidents/{}", incident.id),
            subject,
            now,
        }
    }
}

fn pause(tries: u32) -> SignedDuration {
    let nth = usize::try_from(tries.max(1) - 1).unwrap_or(usize::MAX);
    SignedDuration::from_secs(PAUSES[nth.min(PAUSES.len() - 1)])
}
