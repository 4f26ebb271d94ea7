//! The machines that act by themselves.
//!
//! Each is an idempotent reconciler without input: it looks at the database for what is due, does it, and
//! sleeps until its timer or a nudge. It may be killed at any point; what it held comes free by lease.

mod alarms;
mod bank_poller;
mod bulk;
mod callback_health;
mod connection_health;
mod delivery;
mod double_sweep;
mod driver;
mod housekeeping;

use std::sync::Arc;

use sverka_app::App;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Workers that run.
pub struct Running {
    stop: CancellationToken,
    tasks: JoinSet<()>,
}

/// Starts all workers: a poller for each bank account, a deliverer for each connection and a searcher for doubles
/// where its system can be searched, a sender for each channel of alarms, the watch over notifications, housekeeping.
#[must_use]
pub fn start(app: &App) -> Running {
    let stop = CancellationToken::new();
    let mut tasks = JoinSet::new();
    for account in app.banks().all() {
        let lane = bank_poller::Lane::new(app.clone(), account);
        tasks.spawn(driver::drive(Arc::new(lane), stop.clone()));
    }
    for connection in app.connections().all() {
        let lane = delivery::Lane::new(app.clone(), connection.name.clone());
        tasks.spawn(driver::drive(Arc::new(lane), stop.clone()));
        if connection.port.profile().looks_up {
            let sweep = double_sweep::Lane::new(app.clone(), connection.name.clone());
            tasks.spawn(driver::drive(Arc::new(sweep), stop.clone()));
        }
    }
    for channel in app.channels().all() {
        let lane = alarms::Lane::new(app.clone(), channel.name.clone());
        tasks.spawn(driver::drive(Arc::new(lane), stop.clone()));
    }
    let watch = callback_health::CallbackHealth::new(app.clone());
    tasks.spawn(driver::drive(Arc::new(watch), stop.clone()));
    let watch = connection_health::ConnectionHealth::new(app.clone());
    tasks.spawn(driver::drive(Arc::new(watch), stop.clone()));
    tasks.spawn(driver::drive(
        Arc::new(bulk::Bulk::new(app.clone())),
        stop.clone(),
    ));
    tasks.spawn(driver::drive(
        Arc::new(housekeeping::Housekeeping::new(app.clone())),
        stop.clone(),
    ));
    Running { stop, tasks }
}

impl Running {
    /// Ends all workers after what they are doing now. What is not finished by the caller's own limit is
    /// taken up by whoever starts next.
    pub async fn stop(mut self) {
        self.stop.cancel();
        while self.tasks.join_next().await.is_some() {}
    }
}
