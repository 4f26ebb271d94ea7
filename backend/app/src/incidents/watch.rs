//! The watch over the notifications: opens incidents and closes them.

use jiff::{SignedDuration, Timestamp};
use sverka_domain::ids::{AlarmId, IncidentId};
use sverka_domain::incident::{Counts, Finding, IncidentKind};
use sverka_domain::pace::{Doubts, GRACE, NEWEST, Seen, has_returned, judge};

use super::learn::{UNUSUAL_FOR, usual};
use super::span::span;
use crate::App;
use crate::ports::alarm::AlarmEvent;
use crate::ports::bank::AccountKey;
use crate::ports::store::{Alarm, AlarmAbout, AlarmState, Incident, StoreError, Tx};

/// Payments longer ago say nothing of now.
const LOOKED_BACK: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Some are too young to count, so that more are read.
const NEWEST_ROWS: u32 = 2 * NEWEST as u32;
/// An incident whose payments end is over after so long without a loss.
const IDLE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How an account stands after a look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// Which.
    pub account: AccountKey,
    /// The kind of its open incident.
    pub open: Option<IncidentKind>,
    /// What the look changed.
    pub event: Option<AlarmEvent>,
}

/// What has to be written after a look.
enum Verdict {
    Open(Finding),
    Go {
        incident: Incident,
        counts: Counts,
        is_over: bool,
    },
    Nothing,
}

impl App {
    /// Looks at every account once: opens an incident where notifications stay away, closes it where they are back.
    ///
    /// # Errors
    /// The store failed.
    pub async fn watch_callbacks(&self) -> Result<Vec<Watched>, StoreError> {
        let mut keys: Vec<_> = self
            .banks()
            .all()
            .into_iter()
            .map(|account| account.key.clone())
            .collect();
        // An account that is not configured any more may have left one behind.
        let open = self.store().read(|tx| tx.incidents().all_open()).await?;
        keys.extend(open.into_iter().map(|incident| incident.account));
        keys.sort();
        keys.dedup();
        let mut watched = Vec::with_capacity(keys.len());
        for key in keys {
            while self.count_hours(key.clone()).await? {}
            watched.push(self.watch_account(key).await?);
        }
        Ok(watched)
    }

    async fn watch_account(&self, key: AccountKey) -> Result<Watched, StoreError> {
        let now = self.now();
        let account = key.clone();
        let verdict = self.store().read(move |tx| look(tx, &account, now)).await?;
        let app = self.clone();
        let watched = self
            .store()
            .write(move |tx| follow(&app, tx, key, verdict, now))
            .await?;
        if watched.event.is_some() {
            self.nudges().alarm();
        }
        Ok(watched)
    }
}

fn look(tx: &mut dyn Tx, account: &AccountKey, now: Timestamp) -> Result<Verdict, StoreError> {
    let Some(incident) = tx.incidents().open_of(account)? else {
        return Ok(find(tx, account, now)?.map_or(Verdict::Nothing, Verdict::Open));
    };
    let is_over = is_over(tx, &incident, now)?;
    // A young incident is counted at every look, an old one as often as its age makes a difference.
    let age = now.duration_since(incident.opened_at);
    if !is_over && now.duration_since(incident.counted_at) < age / 100 {
        return Ok(Verdict::Nothing);
    }
    let counts = tx.pace().counts(&span(&incident, now))?;
    Ok(Verdict::Go {
        incident,
        counts,
        is_over,
    })
}

/// What is wrong with an account now, as it usually is.
fn find(tx: &mut dyn Tx, account: &AccountKey, now: Timestamp) -> Result<Option<Finding>, StoreError> {
    let payments = tx
        .pace()
        .newest_payments(account, now - LOOKED_BACK, NEWEST_ROWS)?;
    let last_heard_at = tx.notifications().health(account, now)?.last_good_at;
    let doubts = match last_heard_at {
        Some(heard) => tx
            .pace()
            .doubts(account, heard.max(now - LOOKED_BACK), now - GRACE)?,
        None => Doubts::default(),
    };
    let seen = Seen {
        payments: &payments,
        last_heard_at,
        doubts,
        now,
    };
    Ok(judge(&usual(tx, account, now)?, &seen))
}

/// Whether the notifications are back, or their absence is nothing new any more, or nobody pays any more.
fn is_over(tx: &mut dyn Tx, incident: &Incident, now: Timestamp) -> Result<bool, StoreError> {
    let payments = tx
        .pace()
        .newest_payments(&incident.account, incident.since, NEWEST_ROWS)?;
    if has_returned(incident.share, &payments, now) {
        return Ok(true);
    }
    let last_lost = payments.iter().find(|payment| !payment.is_heard);
    let last_sign = last_lost.map_or(incident.opened_at, |lost| lost.paid_at.max(incident.opened_at));
    if now.duration_since(last_sign) > IDLE {
        return Ok(true);
    }
    let is_old = now.duration_since(incident.opened_at) > UNUSUAL_FOR;
    Ok(is_old && find(tx, &incident.account, now)?.is_none())
}

fn follow(
    app: &App,
    tx: &mut dyn Tx,
    account: AccountKey,
    verdict: Verdict,
    now: Timestamp,
) -> Result<Watched, StoreError> {
    let event = match verdict {
        Verdict::Open(finding) => open(app, tx, &account, &finding, now)?,
        Verdict::Go {
            mut incident,
            counts,
            is_over,
        } => {
            incident.counts = counts;
            incident.counted_at = now;
            incident.closed_at = is_over.then_some(now);
            let is_first = tx.incidents().update(&incident)?;
            if is_over && is_first {
                queue_alarms(app, tx, incident.id, AlarmEvent::Closed, now)?;
                Some(AlarmEvent::Closed)
            } else {
                None
            }
        }
        Verdict::Nothing => None,
    };
    let open = tx.incidents().open_of(&account)?.map(|incident| incident.kind);
    Ok(Watched { account, open, event })
}

fn open(
    app: &App,
    tx: &mut dyn Tx,
    account: &AccountKey,
    finding: &Finding,
    now: Timestamp,
) -> Result<Option<AlarmEvent>, StoreError> {
    let mut incident = Incident {
        id: IncidentId(app.id(now)),
        account: account.clone(),
        kind: finding.kind,
        since: finding.since,
        opened_at: now,
        closed_at: None,
        evidence: finding.evidence,
        share: finding.share,
        counts: Counts::default(),
        counted_at: now,
    };
    incident.counts = tx.pace().counts(&span(&incident, now))?;
    // Another process may have found the same.
    if !tx.incidents().open(&incident)? {
        return Ok(None);
    }
    queue_alarms(app, tx, incident.id, AlarmEvent::Opened, now)?;
    Ok(Some(AlarmEvent::Opened))
}

/// One row a channel, in the transaction of what they tell.
fn queue_alarms(
    app: &App,
    tx: &mut dyn Tx,
    incident_id: IncidentId,
    event: AlarmEvent,
    now: Timestamp,
) -> Result<(), StoreError> {
    for channel in app.channels().all() {
        tx.alarms().queue(&Alarm {
            id: AlarmId(app.id(now)),
            about: AlarmAbout::Incident(incident_id),
            event,
            channel: channel.name.clone(),
            kind: channel.kind,
            state: AlarmState::Queued,
            tries: 0,
            next_try_at: now,
            created_at: now,
            sent_at: None,
            error: None,
        })?;
    }
    Ok(())
}
