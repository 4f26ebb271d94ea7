//! An accounting system that does what a test tells it to: the books, and whoever talks to them.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;
use std::time::Duration;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use sverka_app::ports::accounting::{
    AccountingPort, Check, Class, ClientMatch, Order, Outgoing, Profile, Sent,
};
use sverka_domain::delivery::{FoundDocument, MatchRule, Verdict};
use tokio::sync::Notify;

use crate::words::{client, paper, said, silence};

/// How long a request may live over there.
pub(crate) const SETTLING: SignedDuration = SignedDuration::from_secs(180);
/// The longest try.
pub(crate) const LONGEST_TRY: SignedDuration = SignedDuration::from_secs(120);

/// What the next send comes to.
#[derive(Debug, Clone)]
pub(crate) enum Play {
    /// Nothing is done over there, and this is said.
    Say(Sent),
    /// A document is made, and this is said (an unknown answer, for one).
    DoAndSay(Sent),
    /// A document is made so much later, and nothing is heard.
    DoLate(SignedDuration),
    /// A draft is made; posting it is refused with these words.
    Draft(&'static str),
    /// Nothing is done, and no answer ever comes.
    HangBefore,
    /// A document is made, and no answer ever comes.
    HangAfter,
}

/// What was asked of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    Probe,
    FindClient,
    LookUp,
    Send,
    Repeat,
    Finish,
}

/// A document in the books.
#[derive(Debug, Clone)]
pub(crate) struct Paper {
    pub(crate) document: FoundDocument,
    /// The key of the delivery that it was made for.
    pub(crate) made_for: String,
    /// Nobody sees it before.
    pub(crate) seen_from: Timestamp,
}

#[derive(Default)]
struct Books {
    /// What we made, and where in it that for a delivery stands.
    made: Vec<Paper>,
    places: HashMap<String, Vec<usize>>,
    /// What people made.
    entered: Vec<FoundDocument>,
    plays: VecDeque<Play>,
    searches: VecDeque<Sent>,
    probes: VecDeque<Sent>,
    clients: VecDeque<ClientMatch>,
    asked: Vec<Asked>,
    bodies: Vec<Vec<u8>>,
    hangs_in_search: bool,
    next_number: u32,
    under_way: usize,
    most: usize,
}

impl Books {
    /// What was made for a delivery.
    fn of(&self, key: &str) -> impl Iterator<Item = &Paper> {
        let places = self.places.get(key).map_or(&[][..], Vec::as_slice);
        places.iter().map(|place| &self.made[*place])
    }
}

/// The accounting system.
pub(crate) struct System {
    profile: Profile,
    at_once: usize,
    /// How long every send takes.
    takes: Duration,
    books: Mutex<Books>,
    /// Rings when a call hangs.
    pub(crate) hangs: Notify,
    /// Lets a search that hangs go on.
    pub(crate) go_on: Notify,
}

impl System {
    pub(crate) fn new(class: Class) -> Self {
        Self {
            profile: Profile {
                class,
                settling: SETTLING,
                longest_try: LONGEST_TRY,
                looks_up: true,
                matches_clients: false,
                is_strict: false,
            },
            at_once: 1,
            takes: Duration::ZERO,
            books: Mutex::default(),
            hangs: Notify::new(),
            go_on: Notify::new(),
        }
    }

    pub(crate) fn matching_clients(mut self) -> Self {
        self.profile.matches_clients = true;
        self
    }

    /// Knows nothing but sends, takes so many at once, and so long for each.
    pub(crate) fn taking(mut self, at_once: usize, takes: Duration) -> Self {
        self.profile.looks_up = false;
        self.at_once = at_once;
        self.takes = takes;
        self
    }

    /// The most sends that were under way at once.
    pub(crate) fn most_at_once(&self) -> usize {
        self.books.lock().unwrap().most
    }

    pub(crate) fn plays(&self, plays: impl IntoIterator<Item = Play>) {
        self.books.lock().unwrap().plays.extend(plays);
    }

    /// The next searches fail so.
    pub(crate) fn searches_fail(&self, with: impl IntoIterator<Item = Sent>) {
        self.books.lock().unwrap().searches.extend(with);
    }

    /// The next probes come to this; without one they are good.
    pub(crate) fn probes(&self, with: impl IntoIterator<Item = Sent>) {
        self.books.lock().unwrap().probes.extend(with);
    }

    /// From now on every probe is good.
    pub(crate) fn forget_probes(&self) {
        self.books.lock().unwrap().probes.clear();
    }

    pub(crate) fn knows_clients(&self, matches: impl IntoIterator<Item = ClientMatch>) {
        self.books.lock().unwrap().clients.extend(matches);
    }

    pub(crate) fn hang_in_search(&self) {
        self.books.lock().unwrap().hangs_in_search = true;
    }

    /// Puts a document there that a person made.
    pub(crate) fn put(&self, document: FoundDocument) {
        self.books.lock().unwrap().entered.push(document);
    }

    /// Changes what we made.
    pub(crate) fn alter(&self, change: impl Fn(&mut FoundDocument)) {
        for paper in &mut self.books.lock().unwrap().made {
            change(&mut paper.document);
        }
    }

    /// Takes away what a person made.
    pub(crate) fn remove(&self, key: &str) {
        self.books
            .lock()
            .unwrap()
            .entered
            .retain(|document| document.key != key);
    }

    /// What we made, posted or not.
    pub(crate) fn made(&self) -> Vec<Paper> {
        self.books.lock().unwrap().made.clone()
    }

    /// For whom documents were made, in the order they were.
    pub(crate) fn made_for(&self) -> Vec<String> {
        self.made().into_iter().map(|paper| paper.made_for).collect()
    }

    /// Everything that was asked since the last look at it.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.books.lock().unwrap().asked)
    }

    /// The bytes of every send.
    pub(crate) fn bodies(&self) -> Vec<Vec<u8>> {
        self.books.lock().unwrap().bodies.clone()
    }

    fn note(&self, asked: Asked) {
        self.books.lock().unwrap().asked.push(asked);
    }

    async fn play(&self, play: Option<Play>, outgoing: &Outgoing) -> Sent {
        match play {
            None => self.apply(outgoing, outgoing.at, true),
            Some(Play::Say(sent)) => sent,
            Some(Play::DoAndSay(sent)) => {
                self.apply(outgoing, outgoing.at, true);
                sent
            }
            Some(Play::DoLate(later)) => {
                self.apply(outgoing, outgoing.at + later, true);
                silence()
            }
            Some(Play::Draft(reason)) => {
                let made = self.apply(outgoing, outgoing.at, false);
                let Verdict::Applied { document_ref } = made.verdict else {
                    return made;
                };
                let reason = reason.to_owned();
                said(Verdict::Unposted { document_ref, reason }, made.document_key)
            }
            Some(Play::HangBefore) => {
                self.hangs.notify_one();
                std::future::pending().await
            }
            Some(Play::HangAfter) => {
                self.apply(outgoing, outgoing.at, true);
                self.hangs.notify_one();
                std::future::pending().await
            }
        }
    }

    /// Makes a document, or says that there is one.
    fn apply(&self, outgoing: &Outgoing, seen_from: Timestamp, is_posted: bool) -> Sent {
        let mut books = self.books.lock().unwrap();
        let key = outgoing.delivery_id.to_string();
        if self.profile.class == Class::KeyEnforced {
            let known = books.of(&key).next();
            if let Some(known) = known {
                return said(
                    Verdict::AlreadyThere {
                        document_ref: known.document.number.clone(),
                    },
                    Some(known.document.key.clone()),
                );
            }
        }
        books.next_number += 1;
        let n = books.next_number;
        let document = FoundDocument {
            is_posted,
            is_ours: true,
            ..paper(&format!("guid-{n}"), MatchRule::OurKey, amount_in(&outgoing.body))
        };
        let sent = said(
            Verdict::Applied {
                document_ref: document.number.clone(),
            },
            Some(document.key.clone()),
        );
        let place = books.made.len();
        books.places.entry(key.clone()).or_default().push(place);
        books.made.push(Paper {
            document,
            made_for: key,
            seen_from,
        });
        sent
    }
}

#[async_trait]
impl AccountingPort for System {
    fn profile(&self) -> Profile {
        self.profile.clone()
    }

    fn at_once(&self) -> usize {
        self.at_once
    }

    fn compose(&self, order: &Order) -> Vec<u8> {
        let client = order.client_key.as_deref().unwrap_or("-");
        let after = order.payment_document.as_deref().unwrap_or("-");
        let amount = order.delivery.amount.amount;
        format!("{amount} {} {client} {after}", order.delivery.kind).into_bytes()
    }

    async fn send(&self, outgoing: &Outgoing) -> Sent {
        self.note(if outgoing.is_repeat {
            Asked::Repeat
        } else {
            Asked::Send
        });
        let play = {
            let mut books = self.books.lock().unwrap();
            books.bodies.push(outgoing.body.clone());
            books.under_way += 1;
            books.most = books.most.max(books.under_way);
            books.plays.pop_front()
        };
        let sent = self.play(play, outgoing).await;
        tokio::time::sleep(self.takes).await;
        self.books.lock().unwrap().under_way -= 1;
        sent
    }

    async fn finish(&self, _: &Outgoing, document_key: &str) -> Sent {
        self.note(Asked::Finish);
        let mut books = self.books.lock().unwrap();
        if let Some(Play::Say(sent)) = books.plays.pop_front() {
            return sent;
        }
        let made = &mut books.made;
        let known = made.iter_mut().find(|paper| paper.document.key == document_key);
        let draft = &mut known.expect("only what is there is finished").document;
        draft.is_posted = true;
        said(
            Verdict::Applied {
                document_ref: draft.number.clone(),
            },
            Some(document_key.to_owned()),
        )
    }

    async fn look_up(&self, order: &Order, at: Timestamp) -> Result<Vec<FoundDocument>, Box<Sent>> {
        self.note(Asked::LookUp);
        let hangs = std::mem::take(&mut self.books.lock().unwrap().hangs_in_search);
        if hangs {
            self.hangs.notify_one();
            self.go_on.notified().await;
        }
        let mut books = self.books.lock().unwrap();
        if let Some(sent) = books.searches.pop_front() {
            return Err(Box::new(sent));
        }
        let key = order.delivery.id.to_string();
        let own = books.of(&key).map(|paper| (paper, MatchRule::OurKey));
        // The newest others: every payment here is of one client, sum and day.
        let others = books.made.iter().rev().take(20);
        let others = others
            .filter(|paper| paper.made_for != key)
            .map(|paper| (paper, MatchRule::ClientAmountDate));
        let ours = own
            .chain(others)
            .filter(|(paper, _)| paper.seen_from <= at)
            .map(|(paper, rule)| FoundDocument {
                rule,
                ..paper.document.clone()
            });
        let amount = order.delivery.amount;
        Ok(ours
            .chain(books.entered.iter().cloned())
            .filter(|document| document.amount.is_none_or(|known| known == amount))
            .collect())
    }

    async fn find_client(&self, _: &Order, _: Timestamp) -> Result<ClientMatch, Box<Sent>> {
        self.note(Asked::FindClient);
        let mut books = self.books.lock().unwrap();
        if let Some(sent) = books.searches.pop_front() {
            return Err(Box::new(sent));
        }
        let known = books.clients.pop_front();
        Ok(known.unwrap_or_else(|| ClientMatch::One(client("client-1"))))
    }

    async fn probe(&self, _: Timestamp) -> Option<Sent> {
        self.note(Asked::Probe);
        let scripted = self.books.lock().unwrap().probes.pop_front();
        Some(scripted.unwrap_or_else(|| said(Verdict::Applied { document_ref: None }, None)))
    }

    async fn self_test(&self, _: Option<Order>, _: Timestamp) -> Vec<Check> {
        Vec::new()
    }
}

/// The sum that stands at the beginning of what we compose.
fn amount_in(body: &[u8]) -> i64 {
    let text = std::str::from_utf8(body).unwrap();
    text.split(' ').next().unwrap().parse().unwrap()
}
