//! Lists of notifications, against a reader of everything.

use std::sync::Arc;

use sverka_app::ports::bank::AccountKey;
use sverka_app::ports::store::{
    Cursor, Notification, NotificationFilter, NotificationVerdict as Verdict, Page, Total,
};
use sverka_domain::ids::NotificationId;

use crate::harness::World;
use crate::samples::{account, at, digest, id, notification};

fn ids(notifications: &[Notification]) -> Vec<NotificationId> {
    notifications.iter().map(|one| one.id).collect()
}

/// Twelve notifications: two accounts of two banks each, three verdicts, two of them in one moment.
fn many() -> Vec<Notification> {
    let verdicts = [Verdict::Accepted, Verdict::Rejected, Verdict::Orphan];
    (0..12)
        .map(|n: usize| Notification {
            account: AccountKey {
                bank: ["sber", "payonline"][n % 2].to_owned(),
                account: ["main", "other"][n / 2 % 2].to_owned(),
            },
            order_number: n.is_multiple_of(4).then(|| format!("N-{}", n % 8)),
            bank_order_id: n.is_multiple_of(3).then(|| format!("N-{}", n % 6)),
            verdict: verdicts[n % 3],
            received_at: at(i64::try_from(n / 2).unwrap()),
            ..notification(u128::try_from(n).unwrap())
        })
        .collect()
}

fn matches(filter: &NotificationFilter, one: &Notification) -> bool {
    let any = |values: &[String], value: &String| values.is_empty() || values.contains(value);
    let named = |number: &Option<String>| number.is_some() && *number == filter.number;
    any(&filter.banks, &one.account.bank)
        && any(&filter.bank_accounts, &one.account.account)
        && (filter.verdicts.is_empty() || filter.verdicts.contains(&one.verdict))
        && (filter.number.is_none() || named(&one.order_number) || named(&one.bank_order_id))
        && filter.received_from.is_none_or(|from| one.received_at >= from)
        && filter.received_to.is_none_or(|to| one.received_at < to)
}

fn filters() -> Vec<NotificationFilter> {
    let any = NotificationFilter::default();
    let text = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
    vec![
        any.clone(),
        NotificationFilter {
            number: Some("N-0".into()),
            ..any.clone()
        },
        NotificationFilter {
            number: Some("N-3".into()),
            banks: text(&["payonline"]),
            ..any.clone()
        },
        NotificationFilter {
            number: Some("n-0".into()),
            ..any.clone()
        },
        NotificationFilter {
            number: Some("N-0' or '1'='1".into()),
            ..any.clone()
        },
        NotificationFilter {
            banks: text(&["sber"]),
            bank_accounts: text(&["main"]),
            ..any.clone()
        },
        NotificationFilter {
            banks: text(&["sber", "payonline"]),
            ..any.clone()
        },
        NotificationFilter {
            verdicts: vec![Verdict::Rejected],
            ..any.clone()
        },
        NotificationFilter {
            verdicts: vec![Verdict::Accepted, Verdict::Orphan],
            ..any.clone()
        },
        NotificationFilter {
            received_from: Some(at(2)),
            received_to: Some(at(4)),
            ..any.clone()
        },
        NotificationFilter {
            banks: text(&["sber"]),
            bank_accounts: text(&["main"]),
            verdicts: vec![Verdict::Rejected],
            received_from: Some(at(1)),
            ..any
        },
    ]
}

pub(crate) async fn notifications_are_listed_as_a_reader_of_everything_would_pick_them(world: Arc<World>) {
    world
        .write(|tx| {
            for (n, one) in many().iter().enumerate() {
                tx.notifications()
                    .receive(one, &digest(u8::try_from(n).unwrap()))?;
            }
            Ok(())
        })
        .await;
    for filter in filters() {
        let mut expected = many();
        expected.retain(|one| matches(&filter, one));
        expected.sort_by_key(|one| std::cmp::Reverse((one.received_at, one.id)));
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let (filter, page) = (filter.clone(), Page { after, limit: 3 });
            let rows = world.read(move |tx| tx.notifications().list(&filter, page)).await;
            let Some(last) = rows.last() else { break };
            after = Some(Cursor {
                at: last.received_at,
                id: last.id.0,
            });
            found.extend(rows);
        }
        assert_eq!(ids(&found), ids(&expected), "{filter:?}");
        assert!(found == expected);
        let all = u64::try_from(expected.len()).unwrap();
        for (cap, total) in [
            (100, Total::Exactly(all)),
            (all, Total::Exactly(all)),
            (
                2,
                if all > 2 {
                    Total::AtLeast(2)
                } else {
                    Total::Exactly(all)
                },
            ),
        ] {
            let filter = filter.clone();
            let counted = world.read(move |tx| tx.notifications().count(&filter, cap)).await;
            assert_eq!(counted, total);
        }
    }
}

pub(crate) async fn the_newest_of_a_verdict_is_found(world: Arc<World>) {
    world
        .write(|tx| {
            for (n, one) in many().iter().enumerate() {
                tx.notifications()
                    .receive(one, &digest(u8::try_from(n).unwrap()))?;
            }
            Ok(())
        })
        .await;
    for (verdict, expected) in [
        (Verdict::Accepted, Some(0)),
        (Verdict::Rejected, Some(4)),
        (Verdict::SelfTest, None),
    ] {
        let last = world
            .read(move |tx| tx.notifications().last(&account(), verdict))
            .await;
        assert_eq!(
            last.map(|one| one.id),
            expected.map(|n| NotificationId(id(n))),
            "{verdict}"
        );
    }
}

pub(crate) async fn a_notification_gets_other_numbers(world: Arc<World>) {
    world
        .write(|tx| {
            tx.notifications().receive(&notification(1), &digest(1))?;
            tx.notifications()
                .name(NotificationId(id(1)), None, Some("новый"))
        })
        .await;
    let kept = world
        .read(|tx| tx.notifications().get(NotificationId(id(1))))
        .await
        .unwrap();
    assert_eq!(
        (kept.order_number, kept.bank_order_id.as_deref()),
        (None, Some("новый"))
    );
    world
        .refused(|tx| tx.notifications().name(NotificationId(id(2)), None, None))
        .await;
}
