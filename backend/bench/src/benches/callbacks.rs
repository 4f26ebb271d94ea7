//! Signed notifications over HTTP, 32 callers, each answered after its commit.

use actix_web::{App, HttpResponse, HttpServer, web};
use jiff::Timestamp;
use sverka_tests::process::{Callback, Engine, Setup};

use super::site::{Site, address, taken};
use super::{Size, callbacks_reference, tell};
use crate::figures::{median, percentile};
use crate::journal::{Journal, Kind};
use crate::load::{Load, drive, get};

const CALLERS: usize = 32;

pub(super) async fn run(name: &str, engine: Engine, size: &Size) {
    let waiting = |seed| Journal {
        kind: Kind::WaitingForNotification,
        rows: size.callbacks * size.runs,
        seed,
        until: today(),
        seconds: 24 * 3600,
    };
    let (ours, theirs) = (waiting(1), waiting(2));
    let site = Site::new(engine, Setup::usual(1), &[ours, theirs]).await;
    let url = &site.stand.database.url;
    let mut reference = callbacks_reference::Reference::prepare(url, size.callbacks * size.runs);
    let server = site.stand.serve_without_workers().await;
    let address = address(&server);
    let (mut rates, mut slow, mut reference_rates, mut reference_slow) = (vec![], vec![], vec![], vec![]);
    let mut lone = vec![];
    for run in 0..size.runs {
        let requests = requests(&ours, &address, run * size.callbacks, size.callbacks);
        let load = drive(&address, requests, CALLERS).await;
        rates.push(load.rate);
        slow.push(percentile(&load.times, 99));
        lone.push(percentile(&load.times, 50));
        let (rate, p99) = reference.run(size.callbacks, CALLERS);
        reference_rates.push(rate);
        reference_slow.push(p99);
    }
    let (rate, reference_rate) = (median(rates), median(reference_rates));
    let (p50, p99) = (median(lone), median(slow));
    tell(
        name,
        "callbacks, 32 callers",
        &format!("{rate:.0}/s, p50 {p50:.1} ms, p99 {p99:.1} ms"),
    );
    let what = callbacks_reference::name(engine);
    let p99 = median(reference_slow);
    tell(name, what, &format!("{reference_rate:.0}/s, p99 {p99:.1} ms"));
    tell(
        name,
        "callbacks / reference",
        &format!("{:.2}", rate / reference_rate),
    );
    tell(name, "callbacks, the server", &taken(&server));
    let ceiling = ceiling(&requests(&ours, "127.0.0.1", 0, size.callbacks)).await;
    tell(
        name,
        "a handler that only answers",
        &format!("{:.0}/s", ceiling.rate),
    );
}

fn requests(journal: &Journal, address: &str, from: u64, count: u64) -> Vec<Vec<u8>> {
    (from..from + count)
        .map(|nth| {
            let attempt = journal.nth(nth).attempt;
            let bank_order_id = attempt.bank_order_id.expect("the bank knows it");
            let callback = Callback::deposited(&attempt.order_number, &bank_order_id, true);
            get(address, &callback.path(), None)
        })
        .collect()
}

async fn ceiling(requests: &[Vec<u8>]) -> Load {
    let answer = || async { HttpResponse::Ok().finish() };
    let server = HttpServer::new(move || App::new().default_service(web::to(answer)))
        .workers(2)
        .bind(("127.0.0.1", 0))
        .expect("a port");
    let address = server.addrs()[0].to_string();
    let server = server.disable_signals().run();
    let handle = server.handle();
    tokio::spawn(server);
    let load = drive(&address, requests.to_vec(), CALLERS).await;
    handle.stop(false).await;
    load
}

/// The moment to which a journal leads that workers are to go through.
#[expect(clippy::disallowed_methods, reason = "what is due is due by the real clock")]
pub(super) fn today() -> Timestamp {
    Timestamp::now()
}
