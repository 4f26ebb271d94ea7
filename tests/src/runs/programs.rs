//! Sverka's processes during a run.

use rand::RngExt as _;
use rand::rngs::StdRng;

use crate::process::{Engine, Program, Stand};

/// Over PostgreSQL a server that only takes in and two processes that work; over a file one process that does both.
pub(super) struct Programs {
    server: Option<Program>,
    workers: Vec<Program>,
    is_one: bool,
}

impl Programs {
    /// A server that takes everything in and passes nothing on.
    pub(super) async fn taking_in(stand: &Stand, engine: Engine) -> Self {
        Self {
            server: Some(stand.serve_without_workers().await),
            workers: Vec::new(),
            is_one: engine == Engine::Sqlite,
        }
    }

    /// From now on what is due is passed on.
    pub(super) async fn begin_to_work(&mut self, stand: &Stand) {
        if self.is_one {
            if let Some(server) = self.server.take() {
                server.stop().await;
            }
            self.server = Some(stand.serve().await);
        } else {
            self.workers = vec![stand.worker(), stand.worker()];
        }
    }

    /// `kill -9` of one of them, by chance; it is started again at once. Says which.
    pub(super) async fn kill_one(&mut self, stand: &Stand, chance: &mut StdRng) -> &'static str {
        // Most often one that works: there a kill hurts.
        let which = chance.random_range(0..4_usize);
        if !self.is_one && which > 0 {
            let nth = which % self.workers.len();
            self.workers.swap_remove(nth).kill();
            self.workers.push(stand.worker());
            return "a worker";
        }
        if let Some(server) = self.server.take() {
            server.kill();
        }
        self.server = Some(if self.is_one {
            stand.serve().await
        } else {
            stand.serve_without_workers().await
        });
        "the server"
    }

    /// Starts again whatever ended by itself, which none of them may; says how many did.
    pub(super) fn ended(&mut self) -> usize {
        let all = self.server.iter_mut().chain(&mut self.workers);
        all.filter_map(|program| (!program.runs()).then_some(())).count()
    }
}
