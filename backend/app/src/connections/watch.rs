//! The watch over the connections: tells people that one fails, that it is back, and that something waits for them.

use jiff::{SignedDuration, Timestamp};
use sverka_domain::ids::AlarmId;

use crate::App;
use crate::ports::alarm::{AlarmEvent, Channel};
use crate::ports::store::{
    Alarm, AlarmAbout, AlarmState, ConnectionAlarm, ConnectionState, ConnectionTold, ConnectionTopic,
    StoreError, Stuck, Tx,
};

/// An outage is told after so long, and so is what waits for a person.
const PATIENCE: SignedDuration = SignedDuration::from_mins(15);
/// What waits for a person is told again after so long.
const DAILY: SignedDuration = SignedDuration::from_hours(24);

/// What a look at a connection made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectionNews {
    /// It has failed for a while.
    Failing,
    /// It is back.
    Recovered,
    /// Something waits for a person.
    Stuck,
}

/// What a channel has to be told.
struct Due {
    news: ConnectionNews,
    since: Timestamp,
}

impl App {
    /// Looks at every connection once, and queues the alarms that are due. Returns what was news.
    ///
    /// # Errors
    /// The store failed.
    pub async fn watch_connections(&self) -> Result<Vec<(String, ConnectionNews)>, StoreError> {
        let mut all = Vec::new();
        for connection in self.connections().all() {
            let (app, name) = (self.clone(), connection.name.clone());
            let is_due = self
                .store()
                .read(move |tx| {
                    let state = tx.deliveries().connection(&name)?;
                    Ok::<_, StoreError>(!look(&app, tx, &state)?.is_empty())
                })
                .await?;
            if !is_due {
                continue;
            }
            let (app, name) = (self.clone(), connection.name.clone());
            let news = self.store().write(move |tx| tell(&app, tx, &name)).await?;
            all.extend(news.into_iter().map(|news| (connection.name.clone(), news)));
        }
        if !all.is_empty() {
            self.nudges().alarm();
        }
        Ok(all)
    }
}

/// Queues what is due, with the connection's row locked: two processes do not tell the same.
fn tell(app: &App, tx: &mut dyn Tx, name: &str) -> Result<Vec<ConnectionNews>, StoreError> {
    let now = app.now();
    let state = tx.deliveries().connection(name)?;
    let due = look(app, tx, &state)?;
    if due.is_empty() {
        return Ok(Vec::new());
    }
    let told = told(tx, &state, now)?;
    let mut news = Vec::new();
    for (channel, due) in due {
        queue(app, tx, &channel, name, &due, told.clone())?;
        if !news.contains(&due.news) {
            news.push(due.news);
        }
    }
    Ok(news)
}

/// What each channel has to be told now.
fn look(app: &App, tx: &mut dyn Tx, state: &ConnectionState) -> Result<Vec<(Channel, Due)>, StoreError> {
    let now = app.now();
    let stuck = stuck(tx, &state.name, now)?;
    let mut due = Vec::new();
    for channel in app.channels().all() {
        if let Some(outage) = outage(tx, state, channel, now)? {
            due.push((channel.clone(), outage));
        }
        if stuck.is_some() && is_time(tx, &state.name, channel, now)? {
            let news = ConnectionNews::Stuck;
            due.push((channel.clone(), Due { news, since: now }));
        }
    }
    Ok(due)
}

/// That an outage lasts, or that the one that was told is over.
fn outage(
    tx: &mut dyn Tx,
    state: &ConnectionState,
    channel: &Channel,
    now: Timestamp,
) -> Result<Option<Due>, StoreError> {
    let mut newest = |event| {
        tx.alarms()
            .newest_since(&state.name, ConnectionTopic::Outage, &channel.name, event)
    };
    let (begun, ended) = (newest(AlarmEvent::Opened)?, newest(AlarmEvent::Closed)?);
    // The one that was told, and not yet its end.
    let open = begun.filter(|begun| ended != Some(*begun));
    if let Some(since) = open
        && state.failing_since != Some(since)
    {
        let news = ConnectionNews::Recovered;
        return Ok(Some(Due { news, since }));
    }
    // Whoever paused it knows.
    let lasting = state
        .failing_since
        .filter(|since| state.held.is_none() && now.duration_since(*since) >= PATIENCE);
    Ok(lasting.filter(|since| begun != Some(*since)).map(|since| Due {
        news: ConnectionNews::Failing,
        since,
    }))
}

fn stuck(tx: &mut dyn Tx, name: &str, now: Timestamp) -> Result<Option<Stuck>, StoreError> {
    tx.backlogs().stuck(name, now - PATIENCE)
}

/// Whether a day has passed since it was told the last time.
fn is_time(tx: &mut dyn Tx, name: &str, channel: &Channel, now: Timestamp) -> Result<bool, StoreError> {
    let last = tx
        .alarms()
        .newest_since(name, ConnectionTopic::Stuck, &channel.name, AlarmEvent::Opened)?;
    Ok(last.is_none_or(|last| now.duration_since(last) >= DAILY))
}

fn told(tx: &mut dyn Tx, state: &ConnectionState, now: Timestamp) -> Result<ConnectionTold, StoreError> {
    let backlogs = tx.backlogs().backlogs()?;
    let own = backlogs.into_iter().find(|(name, _)| *name == state.name);
    let backlog = own.map(|(_, backlog)| backlog).unwrap_or_default();
    let stuck = stuck(tx, &state.name, now)?;
    Ok(ConnectionTold {
        waiting: backlog.waiting,
        oldest_at: backlog.oldest_at,
        amounts: backlog.amounts,
        last_error: state.stopped.clone().or_else(|| state.last_error.clone()),
        stuck: stuck.map_or(0, |stuck| stuck.count),
        stuck_since: stuck.map(|stuck| stuck.oldest_at),
    })
}

fn queue(
    app: &App,
    tx: &mut dyn Tx,
    channel: &Channel,
    name: &str,
    due: &Due,
    told: ConnectionTold,
) -> Result<(), StoreError> {
    let now = app.now();
    let (topic, event) = match due.news {
        ConnectionNews::Failing => (ConnectionTopic::Outage, AlarmEvent::Opened),
        ConnectionNews::Recovered => (ConnectionTopic::Outage, AlarmEvent::Closed),
        ConnectionNews::Stuck => (ConnectionTopic::Stuck, AlarmEvent::Opened),
    };
    tx.alarms().queue(&Alarm {
        id: AlarmId(app.id(now)),
        about: AlarmAbout::Connection(Box::new(ConnectionAlarm {
            topic,
            connection: name.to_owned(),
            since: due.since,
            told,
        })),
        event,
        channel: channel.name.clone(),
        kind: channel.kind,
        state: AlarmState::Queued,
        tries: 0,
        next_try_at: now,
        created_at: now,
        sent_at: None,
        error: None,
    })
}
