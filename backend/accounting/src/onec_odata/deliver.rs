//! From the facts to a posted document: made under our key, posted, read back; what is missing is done, never anew.

use jiff::Timestamp;
use sverka_app::ports::accounting::{Outgoing, Sent};
use sverka_domain::delivery::{HoldReason, MatchRule, Verdict};

use super::answer::{fault, whole};
use super::body;
use super::client::{Asking, OnecOdata};
use super::document::{Read, select};
use super::facts::Facts;
use super::filter::{guid, is, query};
use super::map::{Meaning, meaning};
use super::mapping::Document;
use super::settings::OnecClass;
use crate::transport::Answer;

/// A delivery under way.
struct Way<'a> {
    facts: &'a Facts,
    of: &'a Document,
    at: Timestamp,
}

impl OnecOdata {
    /// All steps; at a repeat it reads first.
    pub(super) async fn deliver(&self, outgoing: &Outgoing) -> Sent {
        let (facts, of) = match self.known(outgoing) {
            Ok(known) => known,
            Err(refusal) => return *refusal,
        };
        let way = Way {
            facts: &facts,
            of,
            at: outgoing.at,
        };
        if outgoing.is_repeat {
            let before = match self.class {
                OnecClass::KeyEnforced => self.made(&way, &facts.key.to_string()).await,
                OnecClass::LookUpOnly => self.made_with_reference(&way).await,
            };
            match before {
                Ok(Some((answer, read, entity))) => {
                    let of = entity.as_ref().unwrap_or(of);
                    return self.resume(&Way { of, ..way }, &answer, read).await;
                }
                Ok(None) => {}
                Err(sent) => return *sent,
            }
        }
        self.make(&way).await
    }

    /// Only what is missing of a document that is there.
    pub(super) async fn go_on_with(&self, outgoing: &Outgoing, key: &str) -> Sent {
        let (facts, of) = match self.known(outgoing) {
            Ok(known) => known,
            Err(refusal) => return *refusal,
        };
        let way = Way {
            facts: &facts,
            of,
            at: outgoing.at,
        };
        match self.made(&way, key).await {
            Ok(Some((answer, read, entity))) => {
                let of = entity.as_ref().unwrap_or(of);
                self.resume(&Way { of, ..way }, &answer, read).await
            }
            Ok(None) => Sent {
                verdict: Verdict::Held {
                    hold: HoldReason::DocumentDeleted,
                    documents: Vec::new(),
                    reason: "the document that was made is not in the base any more".to_owned(),
                },
                document_key: Some(key.to_owned()),
                http_status: None,
                answer: None,
            },
            Err(sent) => *sent,
        }
    }

    fn known(&self, outgoing: &Outgoing) -> Asking<(Facts, &Document)> {
        let refused = |reason: &str| {
            Box::new(Sent {
                verdict: Verdict::Refused {
                    reason: reason.to_owned(),
                },
                document_key: None,
                http_status: None,
                answer: None,
            })
        };
        let facts = Facts::read(&outgoing.body)
            .ok_or_else(|| refused("it was first tried through a connection of another kind"))?;
        let of = self
            .document_of(facts.kind)
            .ok_or_else(|| refused("this connection has no document for refunds: add the table refund"))?;
        Ok((facts, of))
    }

    /// The document under this key, in the entity of today or in that of the first try; the latter is given with it.
    async fn made(&self, way: &Way<'_>, key: &str) -> Asking<Option<(Answer, Read, Option<Document>)>> {
        if let Some((answer, read)) = self.read_document(way, key).await? {
            return Ok(Some((answer, read, None)));
        }
        let Some(earlier) = earlier(way) else {
            return Ok(None);
        };
        let found = self
            .read_document(
                &Way {
                    of: &earlier,
                    facts: way.facts,
                    at: way.at,
                },
                key,
            )
            .await;
        match found {
            Ok(found) => Ok(found.map(|(answer, read)| (answer, read, Some(earlier)))),
            // The name that was mended since.
            Err(sent) if matches!(sent.verdict, Verdict::Refused { .. }) => Ok(None),
            Err(sent) => Err(sent),
        }
    }

    /// The document under our reference, where the base does not keep our keys.
    async fn made_with_reference(&self, way: &Way<'_>) -> Asking<Option<(Answer, Read, Option<Document>)>> {
        let Some(attribute) = way.of.reference.as_deref() else {
            return Ok(None);
        };
        let filter = is(attribute, &way.facts.reference());
        let found = self
            .search(&way.of.entity, &select(way.of), &filter, (3, way.at))
            .await?;
        let mut found: Vec<Read> = found
            .iter()
            .filter_map(|object| Read::of(object, way.of, way.facts.amount.currency))
            .collect();
        match (found.pop(), found.len()) {
            (None, _) => Ok(None),
            (Some(one), 0) => {
                let key = one.key.clone();
                Ok(self
                    .read_document(way, &key)
                    .await?
                    .map(|(answer, read)| (answer, read, None)))
            }
            (Some(last), _) => {
                found.push(last);
                let documents = found
                    .into_iter()
                    .map(|read| read.found(MatchRule::OurKey, way.facts))
                    .collect();
                Err(Box::new(Sent {
                    verdict: Verdict::Held {
                        hold: HoldReason::PossibleDuplicate,
                        documents,
                        reason: "several documents have our reference".to_owned(),
                    },
                    document_key: None,
                    http_status: None,
                    answer: None,
                }))
            }
        }
    }

    async fn read_document(&self, way: &Way<'_>, key: &str) -> Asking<Option<(Answer, Read)>> {
        let name = format!("{}({})", way.of.entity, guid(key));
        let options = [("$format", "json"), ("$select", &*select(way.of))];
        let answer = self.read(query(self.at(&name), &options)).await?;
        let read = whole(&answer).and_then(|object| Read::of(&object, way.of, way.facts.amount.currency));
        match read {
            Some(read) => Ok(Some((answer, read))),
            None if matches!(meaning(&answer, way.at), Meaning::Absent(_)) => Ok(None),
            None => Err(self.unread(&answer, way.at)),
        }
    }

    /// The document under our key, for a look-up.
    pub(super) async fn look_by_key(
        &self,
        facts: &Facts,
        of: &Document,
        at: Timestamp,
    ) -> Asking<Option<Read>> {
        let way = Way { facts, of, at };
        let made = self.made(&way, &facts.key.to_string()).await?;
        Ok(made.map(|(_, read, _)| read))
    }

    async fn make(&self, way: &Way<'_>) -> Sent {
        let keeps_keys = self.class == OnecClass::KeyEnforced;
        let body = body::document(way.facts, way.of, &self.zone, keeps_keys);
        let url = query(self.at(&way.of.entity), &[("$format", "json")]);
        let answer = match self.post(url, Some(&body)).await {
            Ok(answer) => answer,
            Err(silence) => return silence.sent(),
        };
        let made = whole(&answer).and_then(|object| Read::of(&object, way.of, way.facts.amount.currency));
        let Some(read) = made else {
            return match meaning(&answer, way.at) {
                Meaning::Exists if keeps_keys => self.met(way, &answer).await,
                other => self.sent(&answer, other.changed(), None),
            };
        };
        if keeps_keys && read.key != way.facts.key.to_string() {
            let reason = "the base gave the document a key of its own: set class = \"look_up_only\"";
            let verdict = Verdict::Unposted {
                document_ref: read.number,
                reason: reason.to_owned(),
            };
            return self.sent(&answer, verdict, Some(read.key));
        }
        if read.is_posted && !read.differs(way.facts) {
            return self.sent(
                &answer,
                Verdict::Applied {
                    document_ref: reference(&read),
                },
                Some(read.key),
            );
        }
        self.resume(way, &answer, read).await
    }

    /// There is a document under our key (code 15): whose it is shows when it is read.
    async fn met(&self, way: &Way<'_>, answer: &Answer) -> Sent {
        match self.read_document(way, &way.facts.key.to_string()).await {
            Ok(Some((answer, read))) => self.resume(way, &answer, read).await,
            Ok(None) => {
                let reason = "the base says that the document exists, and does not show it".to_owned();
                self.sent(answer, Verdict::Unknown { reason }, None)
            }
            Err(sent) => Sent {
                verdict: Verdict::Unknown {
                    reason: sent.verdict.reason().unwrap_or_default().to_owned(),
                },
                ..*sent
            },
        }
    }

    /// Goes on from what was read: held where it is not what we would have made, posted where it is not yet.
    async fn resume(&self, way: &Way<'_>, answer: &Answer, read: Read) -> Sent {
        let key = read.key.clone();
        let verdict = if read.is_deleted {
            held(read, way.facts, HoldReason::DocumentDeleted)
        } else if read.differs(way.facts) {
            held(read, way.facts, HoldReason::DocumentDiffers)
        } else if read.is_posted {
            Verdict::AlreadyThere {
                document_ref: reference(&read),
            }
        } else {
            return self.post_document(way, read).await;
        };
        self.sent(answer, verdict, Some(key))
    }

    async fn post_document(&self, way: &Way<'_>, read: Read) -> Sent {
        let key = read.key.clone();
        let name = format!("{}({})/Post", way.of.entity, guid(&key));
        let url = query(self.at(&name), &[("PostingModeOperational", "false")]);
        let answer = match self.post(url, None).await {
            Ok(answer) => answer,
            Err(silence) => {
                let mut sent = silence.sent();
                // The document was made: "surely not applied" would be untrue.
                if let Verdict::NotApplied { reason, .. } = sent.verdict {
                    sent.verdict = Verdict::Unknown { reason };
                }
                sent.document_key = Some(key);
                return sent;
            }
        };
        let is_good = (200..=299).contains(&answer.status)
            && !answer.is_page()
            && !answer.is_cut
            && fault(&answer).is_none();
        if !is_good {
            let verdict = meaning(&answer, way.at).posting(reference(&read));
            return self.sent(&answer, verdict, Some(key));
        }
        self.read_back(way, &answer, key).await
    }

    /// What the base says of itself counts, not what it answered.
    async fn read_back(&self, way: &Way<'_>, posting: &Answer, key: String) -> Sent {
        match self.read_document(way, &key).await {
            Ok(Some((answer, read))) => {
                let verdict = if read.is_deleted {
                    held(read, way.facts, HoldReason::DocumentDeleted)
                } else if read.differs(way.facts) {
                    held(read, way.facts, HoldReason::DocumentDiffers)
                } else if read.is_posted {
                    Verdict::Applied {
                        document_ref: reference(&read),
                    }
                } else {
                    Verdict::Unposted {
                        document_ref: reference(&read),
                        reason: "the base took the request to post it, and did not post it".to_owned(),
                    }
                };
                self.sent(&answer, verdict, Some(key))
            }
            Ok(None) => {
                let reason = "the document was posted, and is not there when it is read".to_owned();
                self.sent(posting, Verdict::Unknown { reason }, Some(key))
            }
            Err(sent) => Sent {
                verdict: Verdict::Unknown {
                    reason: sent.verdict.reason().unwrap_or_default().to_owned(),
                },
                document_key: Some(key),
                ..*sent
            },
        }
    }
}

/// The document's description with the entity of the first try, where another one is configured now.
fn earlier(way: &Way<'_>) -> Option<Document> {
    let entity = &way.facts.entity;
    (!entity.is_empty() && *entity != way.of.entity).then(|| Document {
        entity: entity.clone(),
        ..way.of.clone()
    })
}

fn reference(read: &Read) -> Option<String> {
    read.number.clone().or_else(|| Some(read.key.clone()))
}

fn held(read: Read, facts: &Facts, hold: HoldReason) -> Verdict {
    let reason = if hold == HoldReason::DocumentDeleted {
        "the document under our key is marked for deletion".to_owned()
    } else {
        let theirs = read.amount.map(|amount| amount.to_decimal());
        format!(
            "the document under our key differs: sum {} instead of {}, or another client",
            theirs.as_deref().unwrap_or("not shown"),
            facts.amount.to_decimal()
        )
    };
    Verdict::Held {
        hold,
        documents: vec![read.found(MatchRule::OurKey, facts)],
        reason,
    }
}
