//! Every shape of a search through HTTP, beside the statements that the store runs for it, in this process.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use sverka_app::paging::COUNT_CAP;
use sverka_app::ports::store::{AttemptFilter, Page, Store, StoreError};
use sverka_storage::{Storage, StorageSettings};

use super::shapes::{FILTERS, PERIODS, TEXTS, meant, period, text};
use super::site::Site;
use super::{Size, tell};
use crate::figures::percentile;
use crate::journal::Journal;
use crate::load::{Line, get, now};

/// Rows of a page; the store is asked for one more.
const LIMIT: u32 = 50;

/// The times of one shape.
#[derive(Default)]
struct Shape {
    first: Vec<Duration>,
    next: Vec<Duration>,
    /// All statements of the first page, and of those the page's own and the count's.
    bare: Vec<Duration>,
    page: Vec<Duration>,
    count: Vec<Duration>,
    slowest: (Duration, String),
}

pub(super) async fn run(name: &str, site: &Site, address: &str, journal: &Journal, size: &Size) {
    let settings = StorageSettings::new(&site.stand.database.url);
    let store = Store::new(Arc::new(Storage::open(&settings).expect("the store opens")));
    let mut line = Line::open(address).await;
    let (mut worst, mut worst_ratio) = ((0.0, String::new()), (0.0, String::new()));
    for kind in TEXTS {
        for (filter, query) in FILTERS {
            for within in PERIODS {
                let mut shape = Shape::default();
                for nth in 0..size.terms {
                    let typed = text(kind, journal, nth);
                    let times = period(within, journal, nth);
                    let bounds = [("created_from", times.0), ("created_to", times.1)];
                    let bounds = bounds
                        .into_iter()
                        .filter_map(|(name, at)| Some(format!("&{name}={}", at?)));
                    let path = format!("{}{query}{}", path(&typed), bounds.collect::<String>());
                    shape.ask(&mut line, address, &site.key, &path, &typed).await;
                    shape.bare(&store, meant(&typed, times, filter)).await;
                }
                let (p99, ratio, figure) = shape.told();
                let what = format!(
                    "{kind}, {within}{}{filter}",
                    if filter.is_empty() { "" } else { ", " }
                );
                tell(name, &what, &figure);
                if p99 > worst.0 {
                    worst = (p99, what.clone());
                }
                if ratio > worst_ratio.0 {
                    worst_ratio = (ratio, what);
                }
            }
        }
    }
    tell(
        name,
        "the slowest shape of a search",
        &format!("p99 {:.1} ms: {}", worst.0, worst.1),
    );
    tell(
        name,
        "the worst p50 / bare statements",
        &format!("{:.2}: {}", worst_ratio.0, worst_ratio.1),
    );
}

fn path(typed: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("limit", &LIMIT.to_string());
    if !typed.is_empty() {
        query.append_pair("q", typed);
    }
    format!("/api/v1/payment-attempts?{}", query.finish())
}

impl Shape {
    async fn ask(&mut self, line: &mut Line, address: &str, key: &str, path: &str, typed: &str) {
        let (took, cursor) = page(line, &get(address, path, Some(key))).await;
        self.first.push(took);
        if took > self.slowest.0 {
            self.slowest = (took, typed.to_owned());
        }
        if let Some(cursor) = cursor {
            let next = format!("{path}&cursor={cursor}");
            self.next
                .push(page(line, &get(address, &next, Some(key))).await.0);
        }
    }

    async fn bare(&mut self, store: &Store, filter: AttemptFilter) {
        let read = store.read(move |tx| {
            let began = now();
            let page = Page {
                after: None,
                limit: LIMIT + 1,
            };
            let found = tx.attempts().search(&filter, page)?;
            let paged = began.elapsed();
            // As the use case does: a page that shows everything needs no count.
            if found.len() > LIMIT as usize {
                tx.attempts().count(&filter, COUNT_CAP)?;
            }
            let counted = began.elapsed();
            let ids: Vec<_> = found.iter().map(|attempt| attempt.id).collect();
            tx.deliveries().of_attempts(&ids)?;
            tx.deliveries().connections()?;
            Ok::<_, StoreError>((paged, counted.saturating_sub(paged), began.elapsed()))
        });
        let (page, count, all) = read.await.expect("it is read");
        self.bare.push(all);
        self.page.push(page);
        if !count.is_zero() && count > Duration::from_micros(5) {
            self.count.push(count);
        }
    }

    /// The greatest 99th percentile, the ratio of the medians, and all of it in words.
    fn told(mut self) -> (f64, f64, String) {
        for times in [
            &mut self.first,
            &mut self.next,
            &mut self.bare,
            &mut self.page,
            &mut self.count,
        ] {
            times.sort_unstable();
        }
        let of = |times: &[Duration]| (percentile(times, 50), percentile(times, 99));
        let ((first, first99), (next, next99), (bare, _)) = (of(&self.first), of(&self.next), of(&self.bare));
        let ((page, _), (count, _)) = (of(&self.page), of(&self.count));
        let ratio = first / bare.max(0.001);
        let slowest = format!(
            "{:.1} ms {:?}",
            self.slowest.0.as_secs_f64() * 1000.0,
            self.slowest.1
        );
        let figure = format!(
            "{first:.2}/{first99:.1} next {next:.2}/{next99:.1} bare {bare:.2} ({ratio:.2}), of it page {page:.2}, count \
             {count:.2}; slowest {slowest}"
        );
        (first99.max(next99), ratio, figure)
    }
}

async fn page(line: &mut Line, request: &[u8]) -> (Duration, Option<String>) {
    let sent = now();
    let reply = line.call(request).await;
    let took = sent.elapsed();
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(reply.body));
    let body: Value = serde_json::from_slice(reply.body).expect("json");
    (took, body["next_cursor"].as_str().map(str::to_owned))
}
