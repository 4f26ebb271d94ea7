//! Runs against an accounting system while requests, answers and processes get lost: small ones, that end soon. The
//! long ones are `scripts/fault-run`.

use std::time::Duration;

use sverka_tests::process::{Engine, seed};
use sverka_tests::runs::{Demand, OnecTarget, Plan, Report, Tally, WebhookTarget, run};

/// So much of everything went wrong that the run proves something.
fn assert_stormy(report: &Report) {
    assert!(report.proxy.faults() >= 5, "too little went wrong:\n{report}");
    let deliveries = i64::try_from(report.deliveries).unwrap_or(i64::MAX);
    assert!(
        report.tries > deliveries,
        "nothing had to be sent again:\n{report}"
    );
}

on_both_engines!(a_receiver_that_keys_on_the_id_holds_each_payment_and_refund_once);

async fn a_receiver_that_keys_on_the_id_holds_each_payment_and_refund_once(engine: Engine) {
    let plan = Plan {
        engine,
        ..Plan::small(seed())
    };
    let mut target = WebhookTarget::start(plan.seed, plan.timeout_seconds).await;
    let report = run(&plan, &mut target).await;
    eprintln!("{report}");
    assert_stormy(&report);
    assert_eq!(report.tally.once, plan.payments + plan.refunds, "{report}");
    assert!(report.is_good(), "{report}");
}

/// The control: a counter that cannot see a double proves nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_that_ignores_the_key_is_caught() {
    let plan = Plan {
        payments: 40,
        refunds: 4,
        ..Plan::small(seed())
    };
    let mut target = WebhookTarget::that_ignores_keys(plan.seed, plan.timeout_seconds).await;
    let report = run(&plan, &mut target).await;
    eprintln!("{report}");
    assert_stormy(&report);
    assert!(!report.tally.twice.is_empty(), "no double was seen:\n{report}");
    assert!(
        !report.is_good() && !report.tally.keeps(Demand::NoneTwice),
        "{report}"
    );
    let others = Tally {
        once: 0,
        twice: Vec::new(),
        ..report.tally
    };
    assert_eq!(others, Tally::default(), "doubles are all that is wrong with it");
}

/// The stand-in of 1C, with one kill of each side.
async fn onec(keeps_keys: bool) -> Report {
    let plan = Plan {
        payments: 50,
        refunds: 10,
        kills: 1,
        outages: 1,
        limit: Duration::from_secs(200),
        ..Plan::small(seed())
    };
    let mut target = OnecTarget::start(keeps_keys, plan.timeout_seconds).await;
    let report = run(&plan, &mut target).await;
    eprintln!("{report}");
    assert_stormy(&report);
    assert!(report.is_good(), "{report}");
    report
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_1c_base_that_keeps_our_keys_holds_each_payment_and_refund_once() {
    let report = onec(true).await;
    assert_eq!(report.tally.once, report.deliveries, "{report}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_1c_base_that_ignores_our_keys_holds_none_twice_and_what_is_not_there_waits_for_a_person() {
    let report = onec(false).await;
    let told = report.tally.once + report.tally.held.len();
    assert_eq!(told, report.deliveries, "{report}");
}
