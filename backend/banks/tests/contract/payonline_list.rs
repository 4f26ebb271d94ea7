//! PayOnline's List as the registry of a period.

use jiff::{SignedDuration, Timestamp};
use sverka_app::ports::bank::{BankError, Listed};
use sverka_domain::registry::LineKind;

use crate::payonline_answers::{list, row};
use crate::payonline_callbacks::port;
use crate::server::{Play, Server, ok};

fn day() -> (Timestamp, Timestamp) {
    (
        "2023-11-14T00:00:00Z".parse().unwrap(),
        "2023-11-15T00:00:00Z".parse().unwrap(),
    )
}

async fn listed(play: Play, cursor: Option<&str>) -> (Result<Listed, BankError>, String) {
    let server = Server::start(vec![play]).await;
    let (from, to) = day();
    let listed = port(&server.base).list(from, to, cursor).await;
    (listed, server.requests().pop().unwrap_or_default())
}

#[tokio::test]
async fn payments_and_what_was_voided_come_first_and_refunds_after_them() {
    let rows = [
        row("1", "A-1", "Purchase", "Settled", "10.00"),
        row("2", "A-2", "Purchase", "Pending", "20.00"),
        row("3", "A-3", "Purchase", "Voided", "30.00"),
        row("4", "A-4", "Purchase", "Declined", "40.00"),
        row("5", "A-5", "Purchase", "PreAuthorized", "50.00"),
    ];
    let (page, request) = listed(list(&rows), None).await;
    let page = page.unwrap();
    let lines: Vec<_> = page
        .lines
        .iter()
        .map(|line| {
            (
                line.kind,
                line.bank_order_id.as_deref(),
                line.order_number.as_deref(),
                line.amount.amount,
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            (LineKind::Payment, Some("1"), Some("A-1"), 1000),
            (LineKind::Payment, Some("2"), Some("A-2"), 2000),
            (LineKind::Reversal, Some("3"), Some("A-3"), 3000),
        ]
    );
    assert_eq!(page.lines[0].at, "2023-11-14T22:16:00Z".parse().unwrap());
    assert!(
        request.contains("DateFrom=2023-11-14+00%3A00%3A00&DateTill=2023-11-14+23%3A59%3A59&Type=Purchase&")
    );

    let refund = row("8", "A-1", "Refund", "Pending", "3.00");
    let refused = row("9", "A-1", "Refund", "Declined", "3.00");
    let (page, request) = listed(list(&[refund, refused]), page.next.as_deref()).await;
    let page = page.unwrap();
    assert_eq!((page.lines.len(), page.next), (1, None));
    assert_eq!(
        (page.lines[0].kind, page.lines[0].amount.amount),
        (LineKind::Refund, 300)
    );
    assert_eq!(
        page.lines[0].bank_order_id, None,
        "a refund's own id is not the payment's"
    );
    assert_eq!(page.lines[0].order_number.as_deref(), Some("A-1"));
    assert!(request.contains("&Type=Refund&"));
}

#[tokio::test]
async fn what_is_not_of_the_period_is_left_out_and_an_undated_row_is_no_answer() {
    let next_day =
        row("1", "A-1", "Purchase", "Settled", "10.00").replace("2023-11-14 22:16:00", "2023-11-15 00:00:00");
    assert_eq!(listed(list(&[next_day]), None).await.0.unwrap().lines, []);
    let undated = row("1", "A-1", "Purchase", "Settled", "10.00").replace("2023-11-14 22:16:00", "");
    assert!(matches!(
        listed(list(&[undated]), None).await.0,
        Err(BankError::Unavailable(_))
    ));
}

#[tokio::test]
async fn three_days_are_the_most() {
    let server = Server::start(vec![ok("")]).await;
    let port = port(&server.base);
    let (from, _) = day();
    let longest = port.abilities().lists.unwrap();
    assert_eq!(longest, SignedDuration::from_hours(72));
    assert_eq!(port.list(from, from + longest, None).await.unwrap().lines, []);
    let long = port
        .list(from, from + longest + SignedDuration::from_secs(1), None)
        .await;
    assert!(matches!(long, Err(BankError::Refused(_))));
    assert!(matches!(
        port.list(from, from + longest, Some("x")).await,
        Err(BankError::Refused(_))
    ));
    assert_eq!(server.requests().len(), 1);
}
