//! Telling people: one alarm of one channel at a time.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::words;
use crate::App;
use crate::connections;
use crate::ports::alarm::{Channel, IncidentNotice, Notice, NoticeAbout};
use crate::ports::store::{Alarm, AlarmAbout, AlarmState, ConnectionAlarm, Incident, StoreError};

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

/// What an alarm tells of.
enum Told {
    Incident(Incident),
    Connection(Box<ConnectionAlarm>),
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
                let told = match &alarm.about {
                    AlarmAbout::Incident(id) => tx.incidents().get(*id)?.map(Told::Incident),
                    AlarmAbout::Connection(about) => Some(Told::Connection(about.clone())),
                };
                Ok::<_, StoreError>(told.map(|told| (alarm, told)))
            })
            .await?;
        let Some((mut alarm, told)) = claimed else {
            return Ok(Alarmed::Nothing);
        };
        let outcome = self.tell(&channel, &mut alarm, told, now).await;
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

    async fn tell(&self, channel: &Channel, alarm: &mut Alarm, told: Told, now: Timestamp) -> Alarmed {
        let zone = match &told {
            Told::Incident(incident) => self.zone_of(&incident.account),
            Told::Connection(about) => self.zone_of_connection(&about.connection),
        };
        if let Some(end) = channel.quiet.and_then(|quiet| quiet.end(now, &zone)) {
            alarm.next_try_at = end;
            return Alarmed::Quiet;
        }
        let sent = channel
            .port
            .send(&self.notice(channel, alarm, told, (&zone, now)))
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
        told: Told,
        (zone, now): (&TimeZone, Timestamp),
    ) -> Notice {
        let (subject, path, about) = match told {
            Told::Incident(incident) => {
                let about = words::About {
                    incident: &incident,
                    bank: self.bank_title(&incident.account.bank, channel.language),
                    zone,
                    now,
                };
                let subject = words::subject(&about, alarm.event, channel.language);
                let path = format!("incidents/{}", incident.id);
                (subject, path, NoticeAbout::Incident(as_data(incident)))
            }
            Told::Connection(about) => {
                let subject = connections::words::subject(&about, alarm.event, channel.language, (zone, now));
                (subject, "connections".to_owned(), NoticeAbout::Connection(about))
            }
        };
        let base = self.catalog().public_url.trim_end_matches('/');
        Notice {
            id: alarm.id,
            event: alarm.event,
            about,
            text: format!("{subject}\n{base}/{path}"),
            subject,
            now,
        }
    }

    /// The time zone of the merchant whose payments go through a connection; where it takes all, of the first one.
    fn zone_of_connection(&self, name: &str) -> TimeZone {
        let taken = self
            .connections()
            .get(name)
            .and_then(|known| known.takes.merchants.first().cloned());
        let first = self.catalog().merchants.first();
        let merchant = taken.or_else(|| first.map(|merchant| merchant.code.clone()));
        self.catalog().zone(&merchant.unwrap_or_default())
    }
}

fn as_data(incident: Incident) -> IncidentNotice {
    IncidentNotice {
        incident: incident.id,
        account: incident.account,
        kind: incident.kind,
        since: incident.since,
        opened_at: incident.opened_at,
        closed_at: incident.closed_at,
        counts: incident.counts,
    }
}

fn pause(tries: u32) -> SignedDuration {
    let nth = usize::try_from(tries.max(1) - 1).unwrap_or(usize::MAX);
    SignedDuration::from_secs(PAUSES[nth.min(PAUSES.len() - 1)])
}
