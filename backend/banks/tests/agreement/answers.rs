//! What an order goes through at the bank is what the adapter is told when it asks.

use jiff::SignedDuration;
use sverka_domain::money::{Currency, Money};
use sverka_domain::registry::LineKind;
use sverka_domain::status::BankStatus;
use sverka_simulator::api::{Move, Verb};

use crate::stand::{BANKS, NUMBER, SUM, Stand, now};

fn silent() -> Move {
    Move::silent()
}

async fn pay(stand: &Stand, number: &str) {
    stand.act(number, Verb::Pay, &silent()).await;
}

#[tokio::test]
async fn an_order_that_nobody_paid_is_not_paid_and_then_it_is() {
    for bank in BANKS {
        let stand = Stand::new(bank).await;
        let id = stand.register(NUMBER).await;
        // Stripe has nothing under the number until somebody has tried, and a session by its id.
        for by in [None, id.as_deref()] {
            let before = stand.ask(NUMBER, by).await.fact.map(|fact| fact.status);
            assert!(
                matches!(before, None | Some(BankStatus::Created | BankStatus::Pending)),
                "{} {before:?}",
                stand.bank
            );
        }
        pay(&stand, NUMBER).await;
        assert_eq!(
            stand.status(NUMBER, id.as_deref()).await,
            Some(BankStatus::Paid),
            "{}",
            stand.bank
        );
        let fact = stand.fact(NUMBER).await;
        assert_eq!(
            fact.amount,
            Some(Money::new(SUM, Currency::RUB)),
            "{}",
            stand.bank
        );
        assert_eq!(fact.refunded.unwrap_or(0), 0);
        assert!(
            stand.ask(NUMBER, None).await.bank_order_id.is_some(),
            "{}",
            stand.bank
        );
    }
}

#[tokio::test]
async fn an_order_that_the_bank_never_heard_of_is_unknown() {
    for bank in BANKS {
        let stand = Stand::new(bank).await;
        assert_eq!(stand.ask("4040", None).await.fact, None, "{}", stand.bank);
    }
}

#[tokio::test]
async fn a_refused_try_is_followed_by_a_payment() {
    for bank in BANKS {
        let stand = Stand::new(bank).await;
        let id = stand.register(NUMBER).await;
        let one_try = Move {
            is_final: Some(false),
            ..silent()
        };
        stand.act(NUMBER, Verb::Decline, &one_try).await;
        let told = stand.status(NUMBER, id.as_deref()).await;
        assert!(!told.is_some_and(BankStatus::was_paid), "{} {told:?}", stand.bank);
        pay(&stand, NUMBER).await;
        assert_eq!(
            stand.status(NUMBER, id.as_deref()).await,
            Some(BankStatus::Paid),
            "{}",
            stand.bank
        );
    }
}

#[tokio::test]
async fn a_refusal_and_the_end_of_an_orders_life_are_told_apart() {
    for bank in BANKS {
        let stand = Stand::new(bank).await;
        let refused = stand.register("1").await;
        let expired = stand.register("2").await;
        stand.act("1", Verb::Decline, &silent()).await;
        stand.act("2", Verb::Expire, &silent()).await;
        let told = (
            stand.status("1", refused.as_deref()).await,
            stand.status("2", expired.as_deref()).await,
        );
        let expected = match stand.bank {
            // What nobody has paid leaves no trace there.
            "payonline" | "cloudpayments" => (Some(BankStatus::Declined), None),
            // One state for both.
            "robokassa" => (Some(BankStatus::Expired), Some(BankStatus::Expired)),
            _ => (Some(BankStatus::Declined), Some(BankStatus::Expired)),
        };
        assert_eq!(told, expected, "{}", stand.bank);
    }
}

#[tokio::test]
async fn a_hold_is_held_and_let_go() {
    for bank in BANKS {
        let stand = Stand::new(bank).await;
        let id = stand.register(NUMBER).await;
        stand.act(NUMBER, Verb::Hold, &silent()).await;
        assert_eq!(
            stand.status(NUMBER, id.as_deref()).await,
            Some(BankStatus::Authorized),
            "{}",
            stand.bank
        );
        stand.act(NUMBER, Verb::Reverse, &silent()).await;
        let told = stand.status(NUMBER, id.as_deref()).await;
        match stand.bank {
            // A cancelled hold is told like an order that nobody paid.
            "robokassa" => assert!(!told.is_some_and(BankStatus::was_paid), "{told:?}"),
            _ => assert_eq!(told, Some(BankStatus::Reversed), "{}", stand.bank),
        }
    }
}

#[tokio::test]
async fn money_goes_back_in_part_and_then_in_full() {
    for bank in BANKS {
        let stand = Stand::new(bank).await;
        let id = stand.register(NUMBER).await;
        pay(&stand, NUMBER).await;
        stand
            .act(
                NUMBER,
                Verb::Refund,
                &Move {
                    amount: Some(100_000),
                    ..silent()
                },
            )
            .await;
        // No state of Robokassa's shows a refund.
        if stand.bank == "robokassa" {
            assert_eq!(stand.status(NUMBER, id.as_deref()).await, Some(BankStatus::Paid));
            continue;
        }
        assert_eq!(
            stand.status(NUMBER, id.as_deref()).await,
            Some(BankStatus::PartiallyRefunded),
            "{}",
            stand.bank
        );
        assert_eq!(stand.fact(NUMBER).await.refunded, Some(100_000), "{}", stand.bank);
        stand
            .act(
                NUMBER,
                Verb::Refund,
                &Move {
                    amount: Some(350_000),
                    ..silent()
                },
            )
            .await;
        assert_eq!(
            stand.status(NUMBER, id.as_deref()).await,
            Some(BankStatus::Refunded),
            "{}",
            stand.bank
        );
    }
}

#[tokio::test]
async fn a_banks_list_has_the_payments_and_the_refunds_of_the_day() {
    for bank in BANKS {
        let stand = Stand::new(bank).await;
        if stand.port.abilities().lists.is_none() {
            continue;
        }
        stand.register("1").await;
        stand.register("2").await;
        stand.register("3").await;
        pay(&stand, "1").await;
        pay(&stand, "2").await;
        stand
            .act(
                "2",
                Verb::Refund,
                &Move {
                    amount: Some(100_000),
                    ..silent()
                },
            )
            .await;
        let hour = SignedDuration::from_hours(1);
        let (from, to) = (now() - hour, now() + hour);
        let (mut lines, mut cursor) = (Vec::new(), None);
        loop {
            let page = stand.port.list(from, to, cursor.as_deref()).await;
            let page = page.unwrap_or_else(|error| panic!("{} {error}", stand.bank));
            lines.extend(page.lines);
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        let mut told: Vec<_> = lines.iter().map(|line| (line.kind, line.amount.amount)).collect();
        told.sort_by_key(|(kind, sum)| (*kind != LineKind::Payment, *sum));
        let expected = [
            (LineKind::Payment, SUM),
            (LineKind::Payment, SUM),
            (LineKind::Refund, 100_000),
        ];
        assert_eq!(told, expected, "{} {lines:?}", stand.bank);
        for line in &lines {
            assert!(
                line.bank_order_id.is_some() || line.order_number.is_some(),
                "{}",
                stand.bank
            );
            assert!((from..to).contains(&line.at), "{} {line:?}", stand.bank);
        }
    }
}
