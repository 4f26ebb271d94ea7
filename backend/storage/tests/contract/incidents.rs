//! Incidents and alarms: one open incident an account, each alarm once and in order.

use std::sync::Arc;

use jiff::SignedDuration;
use sverka_app::ports::alarm::{AlarmEvent, ChannelKind};
use sverka_app::ports::bank::AccountKey;
use sverka_app::ports::store::{
    Alarm, AlarmAbout, AlarmState, ConnectionAlarm, ConnectionTold, ConnectionTopic, Cursor, Incident,
    IncidentFilter, Page, Total,
};
use sverka_domain::ids::{AlarmId, IncidentId};
use sverka_domain::incident::{Counts, Evidence, IncidentKind, IncidentState};

use crate::harness::World;
use crate::samples::{account, at, id, roubles};

fn other() -> AccountKey {
    AccountKey {
        account: "other".to_owned(),
        ..account()
    }
}

fn incident(n: u128) -> Incident {
    let opened_at = at(i64::try_from(n).unwrap());
    Incident {
        id: IncidentId(id(n)),
        account: account(),
        kind: IncidentKind::Losing,
        since: opened_at - SignedDuration::from_mins(15),
        opened_at,
        closed_at: None,
        evidence: Evidence {
            expected: 1.25,
            observed: 11,
            probability: 1.5e-9,
        },
        share: 0.55,
        counts: Counts {
            paid: 20,
            heard: 9,
            healed: 11,
            waiting: 2,
        },
        counted_at: opened_at,
    }
}

fn alarm(n: u128, incident: u128, event: AlarmEvent) -> Alarm {
    Alarm {
        id: AlarmId(id(n)),
        about: AlarmAbout::Incident(IncidentId(id(incident))),
        event,
        channel: "duty".to_owned(),
        kind: ChannelKind::Telegram,
        state: AlarmState::Queued,
        tries: 0,
        next_try_at: at(10),
        created_at: at(i64::try_from(n).unwrap()),
        sent_at: None,
        error: None,
    }
}

pub(crate) async fn an_account_has_one_open_incident(world: Arc<World>) {
    assert!(world.write(|tx| tx.incidents().open(&incident(1))).await);
    assert!(!world.write(|tx| tx.incidents().open(&incident(2))).await);
    let elsewhere = Incident {
        account: other(),
        ..incident(3)
    };
    assert!(world.write(move |tx| tx.incidents().open(&elsewhere)).await);
    assert_eq!(
        world.read(|tx| tx.incidents().get(IncidentId(id(1)))).await,
        Some(incident(1)),
        "every field comes back"
    );
    assert_eq!(world.read(|tx| tx.incidents().get(IncidentId(id(2)))).await, None);
    assert_eq!(
        world.read(|tx| tx.incidents().open_of(&account())).await,
        Some(incident(1))
    );
    assert_eq!(world.read(|tx| tx.incidents().all_open()).await.len(), 2);
}

pub(crate) async fn of_many_that_open_at_once_one_does(world: Arc<World>) {
    let all: Vec<_> = (1..=8)
        .map(|n| {
            let world = world.clone();
            tokio::spawn(async move { world.write(move |tx| tx.incidents().open(&incident(n))).await })
        })
        .collect();
    let mut opened = 0;
    for one in all {
        opened += u32::from(one.await.unwrap());
    }
    assert_eq!(opened, 1);
}

pub(crate) async fn a_closed_incident_stays_closed(world: Arc<World>) {
    world.write(|tx| tx.incidents().open(&incident(1))).await;
    let closed = Incident {
        closed_at: Some(at(100)),
        counts: Counts {
            healed: 12,
            ..incident(1).counts
        },
        counted_at: at(100),
        ..incident(1)
    };
    let row = closed.clone();
    assert!(world.write(move |tx| tx.incidents().update(&row)).await);
    assert!(!world.write(|tx| tx.incidents().update(&incident(1))).await);
    assert_eq!(
        world.read(|tx| tx.incidents().get(IncidentId(id(1)))).await,
        Some(closed)
    );
    assert_eq!(world.read(|tx| tx.incidents().open_of(&account())).await, None);
    assert!(
        world.write(|tx| tx.incidents().open(&incident(2))).await,
        "the next may come"
    );
    let since = |from| world.read(move |tx| tx.incidents().since(&account(), from));
    assert_eq!(since(at(100)).await.len(), 2);
    assert_eq!(since(at(101)).await, [incident(2)]);
}

pub(crate) async fn incidents_are_listed_page_by_page(world: Arc<World>) {
    for n in 1..=5 {
        let row = Incident {
            account: AccountKey {
                bank: if n % 2 == 0 { "sber" } else { "payonline" }.to_owned(),
                account: format!("account-{n}"),
            },
            ..incident(n)
        };
        world.write(move |tx| tx.incidents().open(&row)).await;
        if n < 3 {
            let over = Incident {
                closed_at: Some(at(100)),
                ..incident(n)
            };
            world.write(move |tx| tx.incidents().update(&over)).await;
        }
    }
    let list = async |filter: IncidentFilter, after: Option<Cursor>| {
        let page = Page { after, limit: 2 };
        let rows = world.read(move |tx| tx.incidents().list(&filter, page)).await;
        rows.iter()
            .map(|row| row.id.0.as_u128() - id(0).as_u128())
            .collect::<Vec<_>>()
    };
    let all = IncidentFilter::default();
    assert_eq!(list(all.clone(), None).await, [5, 4]);
    let after = Cursor { at: at(4), id: id(4) };
    assert_eq!(list(all.clone(), Some(after)).await, [3, 2]);
    let open = IncidentFilter {
        state: Some(IncidentState::Open),
        banks: vec!["payonline".to_owned()],
        ..all.clone()
    };
    assert_eq!(list(open, None).await, [5, 3]);
    let closed = IncidentFilter {
        state: Some(IncidentState::Closed),
        ..all.clone()
    };
    assert_eq!(list(closed, None).await, [2, 1]);
    let one = IncidentFilter {
        bank_accounts: vec!["account-4".to_owned()],
        ..all.clone()
    };
    assert_eq!(list(one, None).await, [4]);
    let counted = all.clone();
    assert_eq!(
        world.read(move |tx| tx.incidents().count(&counted, 3)).await,
        Total::AtLeast(3)
    );
    assert_eq!(
        world.read(move |tx| tx.incidents().count(&all, 10)).await,
        Total::Exactly(5)
    );
}

pub(crate) async fn an_alarm_is_claimed_once_and_the_end_after_the_beginning(world: Arc<World>) {
    world
        .write(|tx| {
            tx.incidents().open(&incident(1))?;
            tx.alarms().queue(&alarm(12, 1, AlarmEvent::Closed))?;
            let beginning = Alarm {
                next_try_at: at(20),
                ..alarm(11, 1, AlarmEvent::Opened)
            };
            tx.alarms().queue(&beginning)
        })
        .await;
    let claim = async |now| {
        world
            .write(move |tx| {
                tx.alarms()
                    .claim("duty", now, now + SignedDuration::from_secs(90))
            })
            .await
    };
    assert_eq!(claim(at(15)).await, None, "the end waits for the beginning");
    assert_eq!(world.read(|tx| tx.alarms().next_due("duty")).await, Some(at(10)));
    assert_eq!(world.read(|tx| tx.alarms().next_due("other")).await, None);
    let mut first = claim(at(20)).await.unwrap();
    assert_eq!(first.id, AlarmId(id(11)));
    assert_eq!(claim(at(20)).await, None, "it is being sent");
    assert_eq!(
        claim(at(110)).await.unwrap().id,
        AlarmId(id(11)),
        "its sender died"
    );
    first.state = AlarmState::Sent;
    first.sent_at = Some(at(21));
    first.tries = 2;
    first.error = Some("банк не при чём".to_owned());
    let sent = first.clone();
    world.write(move |tx| tx.alarms().settle(&sent)).await;
    let again = Alarm {
        state: AlarmState::Queued,
        ..first.clone()
    };
    world.write(move |tx| tx.alarms().settle(&again)).await;
    assert_eq!(claim(at(120)).await.unwrap().id, AlarmId(id(12)));
    let all = world
        .read(|tx| tx.alarms().of_incidents(&[IncidentId(id(1))]))
        .await;
    assert_eq!(all[0], first, "sent stays sent, and every field comes back");
    assert_eq!(all.len(), 2);
}

pub(crate) async fn an_alarm_is_queued_once(world: Arc<World>) {
    world
        .write(|tx| {
            tx.incidents().open(&incident(1))?;
            tx.alarms().queue(&alarm(11, 1, AlarmEvent::Opened))
        })
        .await;
    world
        .refused(|tx| tx.alarms().queue(&alarm(12, 1, AlarmEvent::Opened)))
        .await;
}

/// An alarm about the connection `crm`.
fn about_crm(n: u128, since: i64, event: AlarmEvent) -> Alarm {
    Alarm {
        about: AlarmAbout::Connection(Box::new(ConnectionAlarm {
            topic: ConnectionTopic::Outage,
            connection: "crm".to_owned(),
            since: at(since),
            told: ConnectionTold {
                waiting: 37,
                oldest_at: Some(at(1)),
                amounts: vec![roubles(4_500)],
                last_error: Some("HTTP 503".to_owned()),
                stuck: 2,
                stuck_since: Some(at(2)),
            },
        })),
        ..alarm(n, 1, event)
    }
}

pub(crate) async fn alarms_about_connections_are_kept_beside_those_about_incidents(world: Arc<World>) {
    world
        .write(|tx| {
            tx.incidents().open(&incident(1))?;
            tx.alarms().queue(&alarm(11, 1, AlarmEvent::Opened))?;
            tx.alarms().queue(&about_crm(12, 5, AlarmEvent::Closed))?;
            let beginning = Alarm {
                next_try_at: at(20),
                ..about_crm(13, 5, AlarmEvent::Opened)
            };
            tx.alarms().queue(&beginning)?;
            tx.alarms().queue(&about_crm(14, 3, AlarmEvent::Closed))
        })
        .await;
    let newest = |connection: &'static str, topic, event| {
        world.read(move |tx| tx.alarms().newest_since(connection, topic, "duty", event))
    };
    let outage = ConnectionTopic::Outage;
    assert_eq!(newest("crm", outage, AlarmEvent::Opened).await, Some(at(5)));
    assert_eq!(newest("crm", outage, AlarmEvent::Closed).await, Some(at(5)));
    let stuck = ConnectionTopic::Stuck;
    assert_eq!(newest("crm", stuck, AlarmEvent::Opened).await, None);
    assert_eq!(newest("other", outage, AlarmEvent::Opened).await, None);
    let claim = async |now| {
        let until = now + SignedDuration::from_secs(90);
        let claimed = world.write(move |tx| tx.alarms().claim("duty", now, until)).await;
        claimed.map(|alarm| alarm.id.0.as_u128() - id(0).as_u128())
    };
    assert_eq!(claim(at(15)).await, Some(11));
    assert_eq!(claim(at(15)).await, Some(14), "another outage");
    assert_eq!(claim(at(15)).await, None, "the end waits for the beginning");
    assert_eq!(claim(at(20)).await, Some(13));
    let all = world
        .read(|tx| tx.alarms().of_incidents(&[IncidentId(id(1))]))
        .await;
    assert_eq!(all.len(), 1);
    world
        .refused(|tx| tx.alarms().queue(&about_crm(15, 5, AlarmEvent::Closed)))
        .await;
}
