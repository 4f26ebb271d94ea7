//! The rules of trust, one line each: what the sources said, and what it comes to.
//!
//! The sum is 10000. The news comes in the order of the line (see [`news`]); `due` means that the payment is
//! due in the accounting system, `back` how much of it is due as gone back, `!` what a person has to look at.

use super::super::samples::{news, run};
use super::super::{Event, Facts};
use super::*;
use crate::money::Currency;

fn come_to(events: &[Event]) -> String {
    let (state, _) = run(events);
    let concluded = conclude(state.amount, &state.facts);
    let mut text = concluded.status.to_string();
    if concluded.payment_due {
        text.push_str(" due");
    }
    if concluded.refund_due > 0 {
        text.push_str(&format!(" back {}", concluded.refund_due));
    }
    if let Some(attention) = concluded.attention {
        text.push_str(&format!(" ! {attention}"));
    }
    text
}

/// Every line is `rule | news | what it comes to`.
fn check(table: &str) {
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let [rule, events, expected] = line.split('|').map(str::trim).collect::<Vec<_>>()[..] else {
            panic!("not three columns: {line}");
        };
        assert_eq!(come_to(&news(events)), expected, "{rule}: {events}");
    }
}

#[test]
fn nothing_known_is_created() {
    let nothing = conclude(Money::new(10_000, Currency::RUB), &Facts::default());
    assert_eq!(nothing.status, BankStatus::Created);
    assert_eq!((nothing.payment_due, nothing.refund_due), (false, 0));
}

#[test]
fn money_that_was_not_taken() {
    check(
        "
        the app sent the client to pay           | app pending                         | pending
        the client gave up                       | app pending, app abandoned          | abandoned
        and began again                          | app abandoned, app pending          | pending
        an app's older report comes late         | app abandoned @2, app pending @1    | abandoned
        the bank does not know the order         | answered nothing                    | created
        the bank waits for the client            | answered pending                    | pending
        the bank refused                         | told declined                       | declined
        a refusal outweighs the app              | told declined, app pending          | declined
        the order's life ended                   | told declined, answered expired     | expired
        the app gave up, and the client paid     | app abandoned, told paid            | paid due
        a second try is under way                | answered declined, answered pending | pending
        a refusal heard before the answer        | told declined, answered pending     | pending
        a refusal heard after the answer         | answered pending, told declined     | declined
        a refusal, and then the order is unknown | told declined, answered nothing     | declined
        ",
    );
}

#[test]
fn money_that_is_held() {
    check(
        "
        held                               | told authorized                                         | authorized
        held and then taken                | told authorized, told paid                              | paid due
        held after a refused try           | told declined, told authorized                          | authorized
        the hold lapsed                    | told authorized, answered expired                       | expired
        the hold was released              | told authorized, told reversed                          | reversed
        released, paid by a second try     | answered authorized, answered reversed, answered paid   | paid due
        the second try was voided too      | answered reversed, told paid, answered reversed | reversed due back 10000
        ",
    );
}

#[test]
fn money_that_was_taken_stays_taken() {
    check(
        "
        a signed notification is believed         | told paid                        | paid due
        the bank's answer is believed             | answered paid                    | paid due
        the registry is believed                  | listed paid                      | paid due
        a success after a refusal                 | answered declined, told paid     | paid due
        a refusal after a success                 | told paid, told declined         | paid due
        a refusal after an answered success       | answered paid, answered declined | paid due
        a release of a hold heard late            | answered reversed @1, answered paid @3, told authorized @2 | paid due
        the order is unknown of a sudden          | told paid, answered nothing      | paid due
        a notified payment that the bank denies   | told paid, answered declined     | paid due ! bank_contradicts_itself
        a registry's payment that the bank denies | listed paid, answered expired    | paid due ! bank_contradicts_itself
        a denial older than the notification      | told paid @2, answered declined @1 | paid due
        a denial that a person settled, repeated  | told paid, answered declined, set paid, answered declined | paid due
        ",
    );
}

#[test]
fn money_that_went_back() {
    check(
        "
        a part of it                     | told paid, told partially_refunded         | partially_refunded due back 2500
        all of it                        | told paid, told refunded                   | refunded due back 10000
        nobody told of the payment       | told refunded                              | refunded due back 10000
        the payment is told of later     | told refunded, told paid                   | refunded due back 10000
        all of it, but the sum says less | told refunded back 40                      | partially_refunded due back 40
        the greatest sum counts          | told paid back 5000, answered partially_refunded | partially_refunded due back 5000
        never more than was paid         | told refunded back 90000                   | refunded due back 10000
        voided, says a notification: ask | told paid, told reversed                   | reversed due
        voided, says the registry: ask   | told paid, listed reversed                 | reversed due
        voided, says the bank            | told paid, answered reversed               | reversed due back 10000
        heard of in the same moment      | told paid @5, answered reversed @5         | reversed due back 10000
        voided after a partial refund    | answered partially_refunded, answered reversed | reversed due back 10000
        notified after the answer        | answered paid, told reversed               | reversed due
        notified before the answer       | told reversed, answered paid               | paid due
        voided, and paid again           | answered paid, answered reversed, answered paid | reversed due back 10000 ! bank_contradicts_itself
        and a person settled it          | answered paid, answered reversed, answered paid, set reversed, answered paid | reversed due back 10000
        ",
    );
}

#[test]
fn another_sum_is_never_a_payment() {
    check(
        "
        another sum in a notification    | told paid sum 9999                         | created ! amount_mismatch
        another currency                 | told paid usd                              | created ! amount_mismatch
        another sum is held              | told authorized sum 1                      | created ! amount_mismatch
        another sum in the registry      | listed paid sum 9999                       | created ! amount_mismatch
        another sum in the bank's answer | answered paid sum 9999                     | created ! amount_mismatch
        the bank confirms the right sum  | told paid sum 9999, answered paid          | paid due
        it did so before                 | answered paid, told paid sum 9999          | paid due
        it corrects itself               | answered paid sum 9999, answered paid      | paid due
        it corrects itself for the worse | answered paid, answered paid sum 9999      | paid due ! amount_mismatch
        a notification has the right sum | told paid, told paid sum 9999              | paid due ! amount_mismatch
        another sum went back            | answered paid, answered reversed sum 1     | paid due ! amount_mismatch
        a person decides                 | answered paid sum 9999, set paid           | paid due
        and the bank repeats itself      | answered paid sum 9999, set paid, answered paid sum 9999 | paid due
        and the bank tells a third sum   | answered paid sum 9999, set paid, answered paid sum 3 | paid due ! amount_mismatch
        a refusal of another sum         | told declined sum 1                        | declined
        ",
    );
}

#[test]
fn a_persons_word_counts_where_the_bank_is_silent_and_is_never_flipped_in_silence() {
    check(
        "
        paid, says a person              | set paid                                   | paid due
        though the bank had refused      | answered declined, set paid                | paid due
        the bank does not know the order | set paid, answered nothing                 | paid due
        the bank is not ready yet        | set paid, answered pending                 | paid due
        the bank confirms it             | set paid, answered paid                    | paid due
        the bank denies it               | set paid, answered declined                | paid due ! bank_contradicts_override
        the person insists on it         | set paid, answered declined, set paid, answered expired | paid due
        a hold is released, says the bank | set paid, answered reversed               | reversed due ! bank_contradicts_override
        the same by a notification       | set paid, told reversed                    | reversed due ! bank_contradicts_override
        refused, says a person           | set declined                               | declined
        the bank has it                  | set declined, told paid                    | paid due ! bank_contradicts_override
        the bank holds it                | set expired, told authorized               | authorized ! bank_contradicts_override
        the person gives in              | set declined, told paid, set paid          | paid due
        taken back                       | set paid, set declined                     | declined
        went back, says a person         | told paid, set refunded                    | refunded due back 10000
        the bank has it still            | told paid, set refunded, answered paid     | refunded due back 10000 ! bank_contradicts_override
        the bank has a part of it still  | told paid, set refunded, answered partially_refunded | refunded due back 10000 ! bank_contradicts_override
        and the person insists           | told paid, set refunded, answered paid, set refunded, answered paid | refunded due back 10000
        voided, says a person            | told paid, set reversed                    | reversed due back 10000
        the bank has it as paid          | told paid, set reversed, answered paid     | reversed due back 10000 ! bank_contradicts_override
        a hold is released, says a person | told authorized, set reversed             | reversed
        but the bank took the money      | told authorized, set reversed, told paid   | paid due ! bank_contradicts_override
        ",
    );
}

#[test]
fn the_client_paid_when_the_bank_first_says_so_and_else_when_a_person_did() {
    let paid_at = |line: &str| run(&news(line)).0.paid_at.map(Timestamp::as_second);
    assert_eq!(paid_at("told paid @9, answered paid dated 5 @12"), Some(5));
    assert_eq!(paid_at("set paid @3"), Some(3));
    assert_eq!(paid_at("set paid @3, told paid @7"), Some(7));
    assert_eq!(paid_at("told declined"), None);
}
