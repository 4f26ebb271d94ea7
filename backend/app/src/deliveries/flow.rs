//! The deliveries of a connection, several under way at once.
//!
//! What there is to write goes together: the intents of those that begin in one transaction, the verdicts of those that
//! have ended meanwhile in another one, and the next batch is claimed while the last one is still under way. Each of the
//! three is one thing at a time; what becomes ready meanwhile waits for its next turn, and so fills it.

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::task::{JoinError, JoinSet};

use super::commit::{Committed, Intent, commit_unasked};
use super::deliver::{DeliverError, Delivered, send};
use super::judge::is_answer;
use super::search::needs_search;
use super::verdict::Answer;
use super::{Claimed, claim};
use crate::App;
use crate::attempts::Change;
use crate::ports::accounting::Connection;
use crate::ports::store::StoreError;

/// Deliveries that are claimed at once, for each that may be under way.
const CLAIMED_FOR_EACH: u32 = 2;

/// What something that was begun came to.
enum Event {
    Claimed(Result<Vec<Claimed>, StoreError>),
    /// Intents, in the order of what they are for.
    Begun(Result<Vec<(Claimed, Committed)>, StoreError>),
    /// A request was answered.
    Answered(Answer),
    /// One that took its turn by itself.
    Ended(Result<Delivered, DeliverError>),
    Written(Result<usize, StoreError>),
}

/// A run through what is due.
struct Flow<'a, S> {
    app: &'a App,
    connection: Connection,
    at_once: usize,
    stops: S,
    tasks: JoinSet<Event>,
    /// Claimed and not begun, the oldest first.
    waiting: VecDeque<Claimed>,
    /// To be written down.
    answers: Vec<Answer>,
    /// Begun, from the intent on, and not answered.
    under_way: usize,
    may_claim: bool,
    is_claiming: bool,
    is_beginning: bool,
    /// Answers that are being written down.
    being_written: usize,
    /// Something was not answered as it should be: nothing is begun before that is written down, and with it whether
    /// the connection is paused.
    hesitates: bool,
    /// Nothing is begun any more.
    is_over: bool,
    outcomes: Vec<Delivered>,
    failed: Option<DeliverError>,
}

impl App {
    /// Passes on what is due of a connection, oldest first, as many at once as its system takes, until nothing more is
    /// due, the connection is paused, or `stops` says so. What was claimed and not begun is given back. Returns what
    /// the turns came to; none means that nothing was due.
    ///
    /// # Errors
    /// [`DeliverError`]. What was under way is ended first, and written down if the store takes it.
    pub async fn deliver_due(
        &self,
        connection: &str,
        stops: impl Fn() -> bool + Send,
    ) -> Result<Vec<Delivered>, DeliverError> {
        let known = self.connections().get(connection).cloned();
        let connection = known.ok_or_else(|| DeliverError::UnknownConnection(Some(connection.to_owned())))?;
        let at_once = connection.port.at_once().max(1);
        let mut flow = Flow {
            app: self,
            connection,
            at_once,
            stops,
            tasks: JoinSet::new(),
            waiting: VecDeque::new(),
            answers: Vec::new(),
            under_way: 0,
            may_claim: true,
            is_claiming: false,
            is_beginning: false,
            being_written: 0,
            hesitates: false,
            is_over: false,
            outcomes: Vec::new(),
            failed: None,
        };
        flow.run().await;
        let left: Vec<Claimed> = flow.waiting.drain(..).collect();
        let released = self.release_deliveries(left).await;
        match flow.failed {
            Some(error) => Err(error),
            None => {
                released?;
                Ok(flow.outcomes)
            }
        }
    }
}

impl<S: Fn() -> bool + Send> Flow<'_, S> {
    async fn run(&mut self) {
        loop {
            self.is_over |= (self.stops)();
            if !self.is_over {
                self.claim();
                self.begin();
            }
            self.write_down();
            match self.tasks.join_next().await {
                Some(Ok(event)) => self.take(event),
                Some(Err(error)) => self.broke(&error),
                None => return,
            }
        }
    }

    fn batch(&self) -> u32 {
        let at_once = u32::try_from(self.at_once).unwrap_or(u32::MAX);
        at_once.saturating_mul(CLAIMED_FOR_EACH).max(claim::BATCH)
    }

    fn claim(&mut self) {
        if self.is_claiming || !self.may_claim || self.waiting.len() > self.at_once {
            return;
        }
        self.is_claiming = true;
        let (app, name, batch) = (self.app.clone(), self.connection.name.clone(), self.batch());
        self.tasks
            .spawn(async move { Event::Claimed(app.claim_deliveries(name, batch).await) });
    }

    /// Begins as many as there is room for; a few at a time are worth a transaction of their own only when nothing else
    /// is under way.
    fn begin(&mut self) {
        // What a kill leaves in doubt is never more than twice what may be under way.
        let unwritten = self.under_way + self.answers.len() + self.being_written;
        let room =
            (self.at_once.saturating_sub(self.under_way)).min((self.at_once * 2).saturating_sub(unwritten));
        let is_worth_it = room * 2 >= self.at_once || self.waiting.len() <= room;
        // One after the other means that the one before is written down.
        let waits = self.hesitates || self.at_once == 1;
        if room == 0 || !is_worth_it || (waits && self.has_to_write()) {
            return;
        }
        self.hesitates = false;
        let profile = self.connection.port.profile();
        // In the order of the queue: what needs a search goes by itself, what needs none goes together.
        let mut together = Vec::new();
        for _ in 0..room {
            let Some(next) = self.waiting.front() else { break };
            let is_alone = needs_search(&next.delivery, &profile);
            if !is_alone && self.is_beginning {
                break;
            }
            let Some(next) = self.waiting.pop_front() else {
                break;
            };
            self.under_way += 1;
            if is_alone {
                let app = self.app.clone();
                self.tasks
                    .spawn(async move { Event::Ended(app.deliver(next).await) });
            } else {
                together.push(next);
            }
        }
        if !together.is_empty() {
            self.is_beginning = true;
            let (app, connection) = (self.app.clone(), self.connection.clone());
            self.tasks
                .spawn(async move { Event::Begun(app.intend(together, connection).await) });
        }
    }

    fn has_to_write(&self) -> bool {
        self.being_written > 0 || !self.answers.is_empty()
    }

    fn write_down(&mut self) {
        if self.being_written > 0 || self.answers.is_empty() {
            return;
        }
        let (app, answers) = (self.app.clone(), std::mem::take(&mut self.answers));
        self.being_written = answers.len();
        self.tasks.spawn(async move {
            let count = answers.len();
            Event::Written(app.write_down(answers).await.map(|()| count))
        });
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Claimed(claimed) => {
                self.is_claiming = false;
                match claimed {
                    Ok(claimed) => {
                        // Fewer than asked for: there are no more, or the connection is on probation.
                        self.may_claim = claimed.len() == usize::try_from(self.batch()).unwrap_or(usize::MAX);
                        self.waiting.extend(claimed);
                    }
                    Err(error) => self.fail(error.into()),
                }
            }
            Event::Begun(begun) => {
                self.is_beginning = false;
                match begun {
                    Ok(begun) => self.send_all(begun),
                    Err(error) => self.fail(error.into()),
                }
            }
            Event::Answered(answer) => {
                self.under_way -= 1;
                self.hesitates |= !is_answer(&answer.sent.verdict);
                self.answers.push(answer);
            }
            Event::Ended(ended) => {
                self.under_way -= 1;
                match ended {
                    Ok(outcome) => self.came_to(outcome),
                    Err(error) => self.fail(error),
                }
            }
            Event::Written(written) => {
                self.being_written = 0;
                match written {
                    Ok(count) => self.outcomes.extend(std::iter::repeat_n(Delivered::Sent, count)),
                    Err(error) => self.fail(error.into()),
                }
            }
        }
    }

    fn send_all(&mut self, begun: Vec<(Claimed, Committed)>) {
        for (claimed, committed) in begun {
            match committed {
                Committed::Intended(intent) => self.send(claimed, *intent),
                other => {
                    self.under_way -= 1;
                    self.came_to(match other {
                        Committed::Waits => Delivered::Waits,
                        Committed::Settled => Delivered::Settled,
                        Committed::Overtaken | Committed::Intended(_) => Delivered::Overtaken,
                    });
                }
            }
        }
    }

    fn send(&mut self, claimed: Claimed, intent: Intent) {
        let connection = self.connection.clone();
        self.tasks.spawn(async move {
            let sent = send(&connection, &intent).await;
            Event::Answered(Answer {
                attempt_id: claimed.delivery.attempt_id,
                id: claimed.delivery.id,
                number: intent.number,
                sent,
            })
        });
    }

    fn came_to(&mut self, outcome: Delivered) {
        // The connection is paused: so wait the others.
        self.is_over |= outcome == Delivered::Waits;
        self.outcomes.push(outcome);
    }

    fn fail(&mut self, error: DeliverError) {
        self.is_over = true;
        self.failed.get_or_insert(error);
    }

    /// A task ended by a bug: its deliveries are found by their leases.
    fn broke(&mut self, error: &JoinError) {
        let why = StoreError::Failed(format!("a part of a delivery ended by itself: {error}").into());
        self.fail(why.into());
    }
}

impl App {
    async fn intend(
        &self,
        claimed: Vec<Claimed>,
        connection: Connection,
    ) -> Result<Vec<(Claimed, Committed)>, StoreError> {
        let app = self.clone();
        let shared = Arc::new(claimed);
        let claimed = Arc::clone(&shared);
        let committed = self
            .store()
            .write(move |tx| {
                let now = app.now();
                let mut change = Change { app: &app, tx, now };
                commit_unasked(&mut change, &claimed, &connection)
            })
            .await?;
        Ok(shared.iter().cloned().zip(committed).collect())
    }
}
