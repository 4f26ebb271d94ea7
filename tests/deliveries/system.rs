//! An accounting system that does what a test tells it to: the books, and whoever talks to them.

use std::collections::VecDeque;
use std::sync::Mutex;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use sverka_app::ports::accounting::{
    AccountingPort, Check, Class, ClientMatch, Order, Outgoing, Profile, Sent,
};
use sverka_domain::delivery::{FoundClient, FoundDocument, MatchRule, Verdict};
use sverka_domain::money::{Currency, Money};
use tokio::sync::Notify;

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
    /// The key of the delivery that it was made for; `None`: a person made it.
    pub(crate) made_for: Option<String>,
    /// Nobody sees it before.
    pub(crate) seen_from: Timestamp,
}

#[derive(Default)]
struct Books {
    papers: Vec<Paper>,
    plays: VecDeque<Play>,
    searches: VecDeque<Sent>,
    probes: VecDeque<Sent>,
    clients: VecDeque<ClientMatch>,
    asked: Vec<Asked>,
    bodies: Vec<Vec<u8>>,
    hangs_in_search: bool,
    next_number: u32,
}

/// The accounting system.
pub(crate) struct System {
    profile: Profile,
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
            books: Mutex::default(),
            hangs: Notify::new(),
            go_on: Notify::new(),
        }
    }

    pub(crate) fn matching_clients(mut self) -> Self {
        self.profile.matches_clients = true;
        self
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

    /// Puts a document there that a person made, or changes one by its key.
    pub(crate) fn put(&self, document: FoundDocument) {
        let mut books = self.books.lock().unwrap();
        books.papers.retain(|paper| paper.document.key != document.key);
        books.papers.push(Paper {
            document,
            made_for: None,
            seen_from: Timestamp::UNIX_EPOCH,
        });
    }

    /// Changes what we made.
    pub(crate) fn alter(&self, change: impl Fn(&mut FoundDocument)) {
        let mut books = self.books.lock().unwrap();
        for paper in books.papers.iter_mut().filter(|paper| paper.made_for.is_some()) {
            change(&mut paper.document);
        }
    }

    pub(crate) fn remove(&self, key: &str) {
        let mut books = self.books.lock().unwrap();
        books.papers.retain(|paper| paper.document.key != key);
    }

    /// What we made, posted or not.
    pub(crate) fn made(&self) -> Vec<Paper> {
        let books = self.books.lock().unwrap();
        let made = books.papers.iter().filter(|paper| paper.made_for.is_some());
        made.cloned().collect()
    }

    /// For whom documents were made, in the order they were.
    pub(crate) fn made_for(&self) -> Vec<String> {
        self.made()
            .into_iter()
            .filter_map(|paper| paper.made_for)
            .collect()
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

    /// Makes a document, or says that there is one.
    fn apply(&self, outgoing: &Outgoing, seen_from: Timestamp, is_posted: bool) -> Sent {
        let mut books = self.books.lock().unwrap();
        let key = outgoing.delivery_id.to_string();
        if self.profile.class == Class::KeyEnforced {
            let known = books
                .papers
                .iter()
                .find(|paper| paper.made_for.as_ref() == Some(&key));
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
        books.papers.push(Paper {
            document,
            made_for: Some(key),
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
            books.plays.pop_front()
        };
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

    async fn finish(&self, _: &Outgoing, document_key: &str) -> Sent {
        self.note(Asked::Finish);
        let mut books = self.books.lock().unwrap();
        if let Some(Play::Say(sent)) = books.plays.pop_front() {
            return sent;
        }
        let papers = &mut books.papers;
        let known = papers.iter_mut().find(|paper| paper.document.key == document_key);
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
        let seen = books.papers.iter().filter(|paper| paper.seen_from <= at);
        let found = seen.filter_map(|paper| match &paper.made_for {
            Some(made_for) if *made_for == key => Some(paper.document.clone()),
            Some(_) => Some(FoundDocument {
                rule: MatchRule::ClientAmountDate,
                ..paper.document.clone()
            }),
            None => Some(paper.document.clone()),
        });
        Ok(found
            .filter(|document| {
                document
                    .amount
                    .is_none_or(|amount| amount == order.delivery.amount)
            })
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

/// A document as a search tells of it.
pub(crate) fn paper(key: &str, rule: MatchRule, amount: i64) -> FoundDocument {
    FoundDocument {
        key: key.to_owned(),
        number: Some(format!("No. {key}")),
        rule,
        amount: Some(Money::new(amount, Currency::RUB)),
        date: None,
        is_posted: true,
        is_deleted: false,
        is_ours: false,
        author: Some("Петрова".to_owned()),
        client: None,
        is_same_client: None,
        comment: None,
        url: None,
    }
}

pub(crate) fn client(key: &str) -> FoundClient {
    FoundClient {
        key: key.to_owned(),
        name: "Иванова Мария".to_owned(),
        phone: None,
        email: None,
    }
}

pub(crate) fn said(verdict: Verdict, document_key: Option<String>) -> Sent {
    Sent {
        verdict,
        document_key,
        http_status: None,
        answer: None,
    }
}

/// Nobody answered in time.
pub(crate) fn silence() -> Sent {
    said(
        Verdict::Unknown {
            reason: "no answer in time".to_owned(),
        },
        None,
    )
}

/// The connection could not be made.
pub(crate) fn unreachable() -> Sent {
    said(
        Verdict::NotApplied {
            reason: "connection refused".to_owned(),
            retry_after: None,
        },
        None,
    )
}
