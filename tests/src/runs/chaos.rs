//! What goes wrong in a run, and when: by seed, in order of the requests that the other side has been sent.

use std::path::PathBuf;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use tokio::time::{sleep, timeout};

use super::plan::Plan;
use super::programs::Programs;
use super::proxy::Proxy;
use super::target::Target;
use crate::process::{Engine, Stand, crash_server};

/// How long somebody is away.
const AWAY: std::ops::Range<u64> = 1_000..3_500;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    KillOurs,
    KillTheirs,
    DatabaseAway,
}

/// What is to go wrong, the next first.
pub(super) struct Chaos {
    events: std::vec::IntoIter<(u64, Event)>,
    next: Option<(u64, Event)>,
    chance: StdRng,
    own_server: Option<PathBuf>,
    /// What went wrong so far.
    pub(super) done: Done,
}

/// What went wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done {
    /// Workers of ours that were killed.
    pub workers: usize,
    /// Servers of ours that were killed.
    pub servers: usize,
    /// Times that the other side was killed.
    pub theirs: usize,
    /// Times that its address was silent without that.
    pub silences: usize,
    /// Times that the database let nobody in for some seconds.
    pub database: usize,
    /// Times that its server crashed and recovered.
    pub crashes: usize,
}

impl Chaos {
    /// What goes wrong in a run of `requests` requests.
    pub(super) fn new(plan: &Plan, requests: u64) -> Self {
        let mut chance = StdRng::seed_from_u64(plan.seed.wrapping_add(1));
        let away = if plan.engine == Engine::Postgres {
            plan.database_restarts
        } else {
            0
        };
        let mut what = [
            vec![Event::KillOurs; plan.kills],
            vec![Event::KillTheirs; plan.outages],
            vec![Event::DatabaseAway; away],
        ]
        .concat();
        what.shuffle(&mut chance);
        // Not so late that nothing is left to be hit.
        let last = (requests * 9 / 10).max(2);
        let mut when: Vec<u64> = what.iter().map(|_| chance.random_range(1..last)).collect();
        when.sort_unstable();
        let events: Vec<(u64, Event)> = when.into_iter().zip(what).collect();
        let mut events = events.into_iter();
        Self {
            next: events.next(),
            events,
            chance,
            own_server: plan.own_server.clone(),
            done: Done::default(),
        }
    }

    /// Whether something is still to go wrong.
    pub(super) fn has_more(&self) -> bool {
        self.next.is_some()
    }

    /// Goes on for about a second: lets the other side misbehave, and lets happen what is due.
    pub(super) async fn go_on(
        &mut self,
        stand: &Stand,
        programs: &mut Programs,
        proxy: &mut Proxy,
        target: &mut dyn Target,
    ) {
        target.misbehave(&mut self.chance).await;
        let Some((at, event)) = self.next else {
            sleep(Duration::from_secs(1)).await;
            return;
        };
        let mut requests = proxy.requests();
        let reached = timeout(Duration::from_secs(1), requests.wait_for(|count| *count >= at));
        if reached.await.is_err() {
            return;
        }
        self.next = self.events.next();
        let moment = self.chance.random_range(0..400);
        sleep(Duration::from_millis(moment)).await;
        match event {
            Event::KillOurs => match programs.kill_one(stand, &mut self.chance).await {
                "a worker" => self.done.workers += 1,
                _ => self.done.servers += 1,
            },
            Event::KillTheirs => self.kill_theirs(proxy, target).await,
            Event::DatabaseAway => self.take_database_away(stand).await,
        }
    }

    async fn take_database_away(&mut self, stand: &Stand) {
        match &self.own_server {
            Some(folder) if self.done.crashes <= self.done.database => {
                crash_server(folder);
                self.done.crashes += 1;
            }
            _ => {
                stand.database.take_away();
                self.wait().await;
                stand.database.give_back();
                self.done.database += 1;
            }
        }
    }

    async fn kill_theirs(&mut self, proxy: &mut Proxy, target: &mut dyn Target) {
        let is_killed = target.kill().await;
        proxy.go_away();
        self.wait().await;
        if is_killed {
            target.start_again().await;
            proxy.lead_to(target.address());
            self.done.theirs += 1;
        } else {
            self.done.silences += 1;
        }
        proxy.come_back().await;
    }

    async fn wait(&mut self) {
        let away = self.chance.random_range(AWAY);
        sleep(Duration::from_millis(away)).await;
    }
}
