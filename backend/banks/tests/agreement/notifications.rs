//! What the bank sends unasked is taken by the adapter, and its answer by the bank.

use sverka_app::ports::bank::{Genuineness, Reading, Says};
use sverka_domain::status::BankStatus;
use sverka_simulator::api::{Move, Verb};

use crate::stand::{BANKS, NUMBER, SUM, Stand};

/// Whose notifications nobody signs: these prove nothing, or count by the sender's address.
fn proves(bank: &str) -> Genuineness {
    match bank {
        "sber_ecom" => Genuineness::Unsigned,
        _ => Genuineness::Genuine,
    }
}

fn speaks_of_payment(reading: &Reading) -> bool {
    match &reading.says {
        Says::Fact(fact) => {
            assert_eq!(fact.amount.map_or(SUM, |sum| sum.amount), SUM);
            fact.status == BankStatus::Paid
        }
        Says::Hint { payment } => *payment,
        Says::Nothing => false,
    }
}

#[tokio::test]
async fn a_payment_is_told_once_and_taken() {
    for bank in BANKS {
        let stand = Stand::new(bank).await;
        stand.register(NUMBER).await;
        stand.act(NUMBER, Verb::Pay, &Move::default()).await;
        let heard = stand.quiet().await;
        if stand.bank == "sber_ecom" {
            // What proves nothing is answered as no good notification is, so it comes again.
            assert!(heard.len() > 1);
        } else {
            assert_eq!(heard.len(), 1, "{}: its answer was not taken", stand.bank);
        }
        assert_eq!(heard[0].genuineness, proves(stand.bank), "{}", stand.bank);
        assert_eq!(heard[0].order_number.as_deref(), Some(NUMBER), "{}", stand.bank);
        assert!(speaks_of_payment(&heard[0]), "{} {:?}", stand.bank, heard[0]);
    }
}

#[tokio::test]
async fn no_other_event_passes_for_a_payment() {
    for bank in BANKS {
        let stand = Stand::new(bank).await;
        for (number, verb) in [("1", Verb::Decline), ("2", Verb::Expire)] {
            stand.register(number).await;
            stand.act(number, verb, &Move::default()).await;
        }
        stand.register("3").await;
        stand.act("3", Verb::Pay, &Move::silent()).await;
        stand.act("3", Verb::Refund, &Move::of(100_000)).await;
        for reading in stand.quiet().await {
            assert_ne!(
                reading.genuineness,
                Genuineness::Forged,
                "{} {reading:?}",
                stand.bank
            );
            assert!(!speaks_of_payment(&reading), "{} {reading:?}", stand.bank);
        }
    }
}

#[tokio::test]
async fn a_hold_is_not_told_as_a_payment() {
    for bank in BANKS {
        let stand = Stand::new(bank).await;
        stand.register(NUMBER).await;
        stand.act(NUMBER, Verb::Hold, &Move::default()).await;
        for reading in stand.quiet().await {
            let paid = matches!(&reading.says, Says::Fact(fact) if fact.status != BankStatus::Authorized);
            assert!(!paid, "{} {reading:?}", stand.bank);
        }
    }
}

#[tokio::test]
async fn a_forgery_is_never_genuine_where_the_bank_signs() {
    for bank in BANKS {
        let stand = Stand::new(bank).await;
        stand.register(NUMBER).await;
        let account = bank.1;
        stand.control.forge(stand.bank, account, NUMBER).await.unwrap();
        let heard = stand.quiet().await;
        assert!(!heard.is_empty(), "{}", stand.bank);
        let expected = match stand.bank {
            "sber_ecom" => Genuineness::Unsigned,
            // Nobody signs; it came from the same address as the bank's own, and is only a reason to ask.
            "yookassa" => Genuineness::Genuine,
            _ => Genuineness::Forged,
        };
        for reading in heard {
            assert_eq!(reading.genuineness, expected, "{}", stand.bank);
            assert!(!matches!(reading.says, Says::Fact(_)), "{}", stand.bank);
        }
    }
}

#[tokio::test]
async fn a_bank_that_sends_again_when_asked_does_so() {
    for bank in BANKS {
        let stand = Stand::new(bank).await;
        if !stand.port.abilities().resends {
            continue;
        }
        stand.register(NUMBER).await;
        stand.act(NUMBER, Verb::Pay, &Move::silent()).await;
        assert!(stand.quiet().await.is_empty());
        stand.port.resend().await.unwrap();
        let heard = stand.quiet().await;
        assert_eq!(heard.len(), 1, "{}", stand.bank);
        assert!(speaks_of_payment(&heard[0]));
    }
}
