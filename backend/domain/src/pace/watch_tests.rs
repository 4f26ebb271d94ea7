//! What opens an incident, what does not, and what closes it.

use super::super::usual::Hour;
use super::*;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn before(minutes: i64) -> Timestamp {
    NOW - SignedDuration::from_mins(minutes)
}

/// Payments from a line, the newest first, five minutes apart: `+` heard, `-` not.
fn payments(line: &str) -> Vec<Payment> {
    let payment = |(nth, mark): (usize, char)| Payment {
        paid_at: before(5 + 5 * i64::try_from(nth).unwrap()),
        is_heard: mark == '+',
    };
    line.chars().enumerate().map(payment).collect()
}

/// Eight weeks of 20 payments an hour, of which one in a hundred loses its notification.
fn usual() -> Usual {
    let hour = |nth: i64| Hour {
        at: NOW - SignedDuration::from_hours(nth),
        recorded: 40,
        heard: if nth % 5 == 0 { 19 } else { 20 },
        lost: u32::from(nth % 5 == 0),
    };
    Usual::learn(&(1..=8 * 168).map(hour).collect::<Vec<_>>())
}

fn found(line: &str, doubts: u64, silent_for: i64) -> Option<Finding> {
    let payments = payments(line);
    let seen = Seen {
        payments: &payments,
        last_heard_at: Some(before(silent_for)),
        doubts: Doubts {
            count: doubts,
            since: (doubts > 0).then(|| before(silent_for - 1)),
        },
        now: NOW,
    };
    judge(&usual(), &seen)
}

#[test]
fn payments_in_a_row_without_a_notification_are_silence() {
    let finding = found("-----+++++", 0, 30).unwrap();
    assert_eq!(finding.kind, IncidentKind::Silent);
    assert_eq!(finding.since, before(25), "the first that was lost");
    assert!(finding.evidence.probability <= 1e-7);
    assert!(
        (finding.evidence.expected - 25.0 / 3.0).abs() < 0.5,
        "{finding:?}"
    );
    assert_eq!(found("--++++++++", 0, 15), None, "a hiccup");
    assert_eq!(found("+-----++++", 0, 5), None, "they are back");
}

#[test]
fn a_notification_is_waited_for() {
    let young: Vec<Payment> = (0..8)
        .map(|nth| Payment {
            paid_at: NOW - SignedDuration::from_secs(20 * nth),
            is_heard: false,
        })
        .collect();
    let seen = |now| Seen {
        payments: &young,
        last_heard_at: None,
        doubts: Doubts::default(),
        now,
    };
    assert_eq!(judge(&usual(), &seen(NOW)), None);
    assert!(judge(&usual(), &seen(NOW + GRACE)).is_some());
}

#[test]
fn a_bank_that_neither_sends_nor_answers_is_silent_where_clients_come() {
    let finding = found("++++++++++", 30, 60).unwrap();
    assert_eq!(finding.kind, IncidentKind::Silent);
    assert_eq!(finding.since, before(59));
    assert_eq!(found("++++++++++", 0, 600), None, "a holiday: nobody comes");
    assert_eq!(found("++++++++++", 4, 600), None, "hardly anybody");
    assert_eq!(found("++++++++++", 30, 10), None, "not for long");
}

#[test]
fn far_more_losses_than_usual_are_found_among_the_others() {
    let finding = found("-+-+--+-+-+-+-+--+-+", 0, 5).unwrap();
    assert_eq!(finding.kind, IncidentKind::Losing);
    assert_eq!(finding.evidence.observed, 6, "of the newest ten");
    assert!(finding.share > 0.5);
    assert_eq!(found("-+++++++++++++-++++++++-++++++++++", 0, 5), None);
}

#[test]
fn silence_is_over_after_four_notified_payments_in_a_row() {
    for (line, over) in [
        ("", false),
        ("+++-----", false),
        ("++++-----", true),
        ("-++++", false),
        ("+++-++++", true),
        ("------", false),
    ] {
        assert_eq!(has_returned(SILENT_SHARE, &payments(line), NOW), over, "{line}");
    }
}

#[test]
fn a_loss_is_over_when_it_is_rare_against_its_own_share() {
    assert!(!has_returned(0.5, &payments("++++++-+-+-+"), NOW));
    assert!(has_returned(0.5, &payments("+++++++++-+-+-+"), NOW));
    assert!(!has_returned(0.2, &payments(&"+".repeat(20)), NOW));
    assert!(has_returned(0.2, &payments(&"+".repeat(30)), NOW));
}
