//! The deliveries of a connection, several under way at once.
//!
//! What there is to write goes together: the intents of those that begin in one transaction, the verdicts of those that
//! have ended meanwhile in another one. Each of the two is one thing at a time; what becomes ready meanwhile waits for its
//! next turn, and so fills it.

use tokio::task::{JoinError, JoinSet};

use super::Claimed;
use super::begin::{Begun, Step};
use super::commit::Intent;
use super::deliver::{DeliverError, Delivered, send};
use super::judge::is_answer;
use super::verdict::Answer;
use crate::App;
use crate::ports::accounting::Connection;
use crate::ports::store::StoreError;

/// What something that was begun came to.
enum Event {
    Begun(Result<Begun, StoreError>),
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
    /// To be written down.
    answers: Vec<Answer>,
    /// Begun, from the intent on, and not answered.
    under_way: usize,
    /// More may be due.
    are_more: bool,
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
    /// due, the connection is paused, or `stops` says so. Nothing is held that is not begun. Returns what the turns came
    /// to; none means that nothing was due.
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
            answers: Vec::new(),
            under_way: 0,
            are_more: true,
            is_beginning: false,
            being_written: 0,
            hesitates: false,
            is_over: false,
            outcomes: Vec::new(),
            failed: None,
        };
        flow.run().await;
        match flow.failed {
            Some(error) => Err(error),
            None => Ok(flow.outcomes),
        }
    }
}

impl<S: Fn() -> bool + Send> Flow<'_, S> {
    async fn run(&mut self) {
        loop {
            self.is_over |= (self.stops)();
            if !self.is_over {
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

    /// Begins as many as there is room for. A few are worth a transaction of their own only when nothing is being written
    /// down that makes room for more.
    fn begin(&mut self) {
        // What a kill leaves in doubt is never more than twice what may be under way.
        let unwritten = self.under_way + self.answers.len() + self.being_written;
        let room =
            (self.at_once.saturating_sub(self.under_way)).min((self.at_once * 2).saturating_sub(unwritten));
        let is_worth_it = room * 2 >= self.at_once || !self.has_to_write();
        // One after the other means that the one before is written down.
        let waits = self.hesitates || self.at_once == 1;
        let is_ready = self.are_more && !self.is_beginning && room > 0 && is_worth_it;
        if !is_ready || (waits && self.has_to_write()) {
            return;
        }
        self.hesitates = false;
        self.is_beginning = true;
        let (app, connection) = (self.app.clone(), self.connection.clone());
        let room = u32::try_from(room).unwrap_or(u32::MAX);
        self.tasks
            .spawn(async move { Event::Begun(app.begin_due(connection, room).await) });
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
            Event::Begun(begun) => {
                self.is_beginning = false;
                match begun {
                    Ok(begun) => self.go_on(begun),
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

    fn go_on(&mut self, begun: Begun) {
        // Fewer than wanted: there are no more, or the connection is on probation.
        self.are_more = begun.are_more;
        for step in begun.steps {
            match step {
                Step::Sends(claimed, intent) => self.send(&claimed, *intent),
                Step::Asks(claimed) => {
                    self.under_way += 1;
                    let app = self.app.clone();
                    self.tasks
                        .spawn(async move { Event::Ended(app.deliver(*claimed).await) });
                }
                Step::Settled => self.came_to(Delivered::Settled),
                Step::Refuses => self.came_to(Delivered::Overtaken),
            }
        }
    }

    fn send(&mut self, claimed: &Claimed, intent: Intent) {
        self.under_way += 1;
        let connection = self.connection.clone();
        let (attempt_id, id) = (claimed.delivery.attempt_id, claimed.delivery.id);
        self.tasks.spawn(async move {
            let sent = send(&connection, &intent).await;
            Event::Answered(Answer {
                attempt_id,
                id,
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
