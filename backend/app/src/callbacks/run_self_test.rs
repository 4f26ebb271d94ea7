//! A notification of our own through the public address: does it arrive, and does our answer come back?

use jiff::Timestamp;
use sverka_domain::ids::SelfTestId;

use super::check::CheckError;
use super::self_test::number;
use crate::App;
use crate::auth::Caller;
use crate::ports::bank::{AccountKey, CallbackReply};
use crate::ports::callback_sender::{NotSent, SentAnswer};
use crate::ports::store::{SelfTest, SelfTestCode, SelfTestResult, StoreError};

impl App {
    /// Sends a notification for an order that does not exist to the public callback address of an account, and looks
    /// whether it came to the journal. It is marked as a self-test there, and counts nowhere.
    ///
    /// # Errors
    /// [`CheckError`]. That it did not arrive is a result, not an error.
    pub async fn run_self_test(&self, key: AccountKey, caller: &Caller) -> Result<SelfTest, CheckError> {
        let account = self
            .banks()
            .get(&key)
            .ok_or_else(|| CheckError::NotFound(key.clone()))?
            .clone();
        let at = self.now();
        let order_number = number(&self.secret());
        let raw = account.port.self_test(&order_number, at);
        let test = SelfTest {
            id: SelfTestId(self.id(at)),
            sent_to: self.callback_url(&key),
            account: key,
            order_number,
            at,
            asked_by: caller.id.clone(),
            signed: account.port.abilities().signs_self_test,
            notification_id: None,
            genuine: false,
            result: None,
        };
        let (id, intent) = (test.id, test.clone());
        self.store()
            .write(move |tx| tx.self_tests().insert(&intent))
            .await?;
        let answer = self.callback_sender().send(&test.sent_to, &raw).await;
        let took_ms = millis(at, self.now());
        self.store()
            .write(move |tx| {
                let test = tx
                    .self_tests()
                    .get(id)?
                    .ok_or_else(|| StoreError::Failed("a self-test is gone".into()))?;
                let ours = if test.genuine {
                    account.port.acknowledge(&raw)
                } else {
                    account.port.refuse()
                };
                let (code, detail) = judge(&test, &answer, &ours);
                let result = SelfTestResult {
                    code,
                    detail,
                    http_status: answer.as_ref().ok().map(|answer| answer.status),
                    took_ms,
                };
                tx.self_tests().finish(id, &result)?;
                Ok(SelfTest {
                    result: Some(result),
                    ..test
                })
            })
            .await
    }
}

fn millis(from: Timestamp, to: Timestamp) -> u64 {
    u64::try_from(to.duration_since(from).as_millis()).unwrap_or(0)
}

/// What became of a self-test, in a word and in plain words.
fn judge(
    test: &SelfTest,
    answer: &Result<SentAnswer, NotSent>,
    ours: &CallbackReply,
) -> (SelfTestCode, Option<String>) {
    let arrived = test.notification_id.is_some();
    match answer {
        Ok(answer) if !arrived => (
            SelfTestCode::NotArrived,
            Some(format!(
                "HTTP {} came back, but not from here: a proxy, another instance or another address answered",
                answer.status
            )),
        ),
        Err(NotSent(why)) if !arrived => (SelfTestCode::Unreachable, Some(why.clone())),
        Err(NotSent(why)) => (
            SelfTestCode::WrongAnswer,
            Some(format!("it arrived, but our answer did not come back: {why}")),
        ),
        Ok(_) if test.signed && !test.genuine => (
            SelfTestCode::Refused,
            Some("it arrived, but its signature did not survive the way: something changes the query or the body".to_owned()),
        ),
        Ok(answer) if answer.status != ours.status || answer.body.trim() != ours.body.trim() => (
            SelfTestCode::WrongAnswer,
            Some(format!(
                "it arrived, and was answered with HTTP {}, but HTTP {} with another body came back: something changes the answer",
                ours.status, answer.status
            )),
        ),
        Ok(_) => (
            SelfTestCode::Arrived,
            (!test.signed).then(|| {
                "the address is reached; a signature could not be tried, since only the bank can make one".to_owned()
            }),
        ),
    }
}
