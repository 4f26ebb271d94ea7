//! What a person may set, by where the attempt stands.

use super::super::samples::{after, news, step};
use super::*;

fn options(line: &str) -> String {
    let options = override_options(&after(line));
    options
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn a_person_may_speak_where_the_bank_is_silent() {
    for (line, expected) in [
        ("", "paid declined expired"),
        ("answered pending", "paid declined expired"),
        ("answered declined", "paid expired"),
        ("answered authorized", "paid reversed"),
        ("answered paid", "reversed refunded"),
        ("answered partially_refunded", "refunded"),
        ("answered refunded", ""),
        ("told paid, answered reversed", ""),
        ("answered reversed", ""),
    ] {
        assert_eq!(options(line), expected, "{line}");
    }
}

#[test]
fn a_person_may_take_back_their_own_word_until_it_is_passed_on() {
    for crm in ["queued", "retrying", "needs_attention"] {
        assert_eq!(
            options(&format!("set paid, crm {crm}")),
            "declined expired reversed refunded",
            "{crm}"
        );
    }
    for crm in ["in_doubt", "synced", "posted_by_hand"] {
        assert_eq!(
            options(&format!("set paid, crm {crm}")),
            "reversed refunded",
            "{crm}"
        );
    }
    assert_eq!(options("set paid, told paid, crm queued"), "reversed refunded");
}

#[test]
fn a_person_may_answer_a_bank_that_contradicts_them_by_saying_the_same_again() {
    for (line, again) in [
        ("set paid, answered declined", "paid"),
        ("told paid, answered declined", "paid"),
        ("told paid, set refunded, answered paid", "refunded"),
        (
            "answered partially_refunded, told partially_refunded sum 9, answered paid sum 9",
            "partially_refunded",
        ),
        ("answered paid, answered reversed, answered paid", "reversed"),
        ("set declined, told paid sum 9", "declined"),
    ] {
        assert!(
            options(line).split(' ').any(|option| option == again),
            "{line}: {}",
            options(line)
        );
        let settled = after(&format!("{line}, set {again} @100"));
        assert_eq!(settled.attention, None, "{line}");
        assert_eq!(settled.bank_status.to_string(), again, "{line}");
    }
}

#[test]
fn a_person_may_confirm_a_reversal_that_only_a_notification_told_of() {
    let told = after("told paid, told reversed");
    assert_eq!(override_options(&told), [BankStatus::Reversed]);
    let confirmed = after("told paid, told reversed, set reversed");
    assert_eq!(confirmed.passed_on.refunded, confirmed.amount.amount);
    assert_eq!(options("told paid, told reversed, set reversed"), "");
}

#[test]
fn taking_a_payment_back_takes_its_refund_with_it() {
    let state = after("set paid, set reversed, crm queued, set declined");
    assert!(!state.passed_on.payment);
    assert_eq!(state.passed_on.refunded, 0);
    let again = after("set paid, set reversed, crm queued, set declined, told paid");
    assert!(again.passed_on.payment);
    assert_eq!(again.passed_on.refunded, 0);
}

#[test]
fn a_refusal_says_why() {
    let refusal = |line: &str, event: &str| step(&after(line), &news(event)[0]).unwrap_err();
    assert_eq!(
        refusal("answered paid", "set declined"),
        Rejected::BankHasIt(BankStatus::Paid)
    );
    assert_eq!(
        refusal("answered authorized", "set expired"),
        Rejected::BankHasIt(BankStatus::Authorized)
    );
    assert_eq!(
        refusal("answered refunded", "set paid"),
        Rejected::BankHasIt(BankStatus::Refunded)
    );
    assert_eq!(
        refusal("", "set refunded"),
        Rejected::NothingToReturn(BankStatus::Created)
    );
    assert_eq!(
        refusal("set paid", "set paid"),
        Rejected::AlreadySo(BankStatus::Paid)
    );
    assert_eq!(
        refusal("set paid, crm synced", "set declined"),
        Rejected::PassedOnAlready
    );
    assert_eq!(
        refusal("", "set pending"),
        Rejected::NotForPeople(BankStatus::Pending)
    );
    assert_eq!(refusal("", "app paid"), Rejected::NotForTheApp(BankStatus::Paid));
}
