//! A queue of deliveries that a receiver drains which answers at once.

use std::time::Duration;

use sverka_tests::process::{Engine, Setup, told};
use tokio::time::sleep;

use super::callbacks::today;
use super::receiver::Receiver;
use super::site::{Site, taken};
use super::{Size, tell};
use crate::journal::{Journal, Kind};
use crate::load::now;

pub(super) async fn run(name: &str, engine: Engine, size: &Size) {
    let receiver = Receiver::start();
    // `AT_ONCE` says how many may be under way; else it is as many as usual.
    let at_once: Option<u32> = told("AT_ONCE");
    let at_once = at_once.map_or(String::new(), |some| format!("at_once = {some}\n"));
    let connection = format!(
        "[[connections]]\nname = \"crm\"\nkind = \"webhook\"\nurl = \"{}/payments\"\n\
         secret = \"whsec_ZGVtby1zZWNyZXQtZm9yLXN2ZXJrYS1zaW11bGF0b3I=\"\nallow_private_network = true\n{at_once}",
        receiver.url
    );
    let setup = Setup {
        connection: Some(connection),
        ..Setup::usual(1)
    };
    let journal = Journal {
        kind: Kind::WaitingForDelivery,
        rows: size.queue,
        seed: 1,
        until: today(),
        seconds: 24 * 3600,
    };
    let site = Site::new(engine, setup, &[journal]).await;
    let server = site.stand.serve().await;
    let (began, before) = (now(), receiver.taken());
    let mut idle = 0;
    let mut seen = before;
    // Ends when all came, or nothing has come for ten seconds.
    while receiver.taken() < size.queue && idle < 200 {
        sleep(Duration::from_millis(50)).await;
        idle = if receiver.taken() == seen { idle + 1 } else { 0 };
        seen = receiver.taken();
    }
    let rate = (seen - before) as f64 / began.elapsed().as_secs_f64();
    let count = format!("{rate:.0}/s ({seen} of {} came)", size.queue);
    tell(name, "deliveries to a receiver that answers at once", &count);
    tell(name, "deliveries, the server", &taken(&server));
    drop(server);
    receiver.handle.stop(false).await;
}
