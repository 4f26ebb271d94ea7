//! What is measured on one large journal: searching, exporting, starting, idling.

use sverka_tests::process::{Engine, Setup};

use super::site::{Site, address, taken};
use super::{Size, quiet, search, tell};
use crate::figures::memory;
use crate::journal::Journal;
use crate::load::now;

pub(super) async fn run(name: &str, engine: Engine, size: &Size, wanted: &dyn Fn(&str) -> bool) {
    let until = "2026-11-24T00:00:00Z".parse().expect("a time");
    let journal = Journal::of_two_years(size.rows, 1, until);
    let site = Site::new(engine, Setup::usual(1), &[journal]).await;
    if wanted("search") {
        let server = site.stand.serve_without_workers().await;
        search::run(name, &site, &address(&server), &journal, size).await;
        tell(name, "search, the server", &taken(&server));
    }
    if wanted("export") {
        export(name, &site, size).await;
    }
    if wanted("start") {
        quiet::start(name, &site.stand, size.runs).await;
    }
    if wanted("idle") {
        quiet::idle(name, &site.stand).await;
    }
}

async fn export(name: &str, site: &Site, size: &Size) {
    let server = site.stand.serve_without_workers().await;
    let url = format!("{}/api/v1/payment-attempts/export?format=csv", server.url);
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let (before, _) = memory(server.id());
    let began = now();
    let mut answer = http
        .get(url)
        .bearer_auth(&site.key)
        .send()
        .await
        .expect("an answer");
    assert!(answer.status().is_success(), "{}", answer.status());
    let (mut lines, mut bytes) = (0, 0);
    while let Some(part) = answer.chunk().await.expect("it comes whole") {
        lines += part.iter().filter(|byte| **byte == b'\n').count() as u64;
        bytes += part.len();
    }
    assert!(lines > size.rows, "{lines} lines for {} attempts", size.rows);
    let rate = lines as f64 / began.elapsed().as_secs_f64();
    let (_, most) = memory(server.id());
    let figure = format!(
        "{rate:.0} rows/s, {} MB of file, {before} MB before, at most {most} MB",
        bytes >> 20
    );
    tell(name, "export as CSV", &figure);
}
