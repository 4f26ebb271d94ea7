//! A notification that came before, to the byte.

use jiff::Timestamp;
use sverka_domain::attempt::{Effect, Event as News, Outcome, apply};

use super::process::find;
use crate::App;
use crate::attempts::Change;
use crate::ports::bank::{AccountKey, Genuineness, Reading, Says};
use crate::ports::store::{StoreError, Tx};

/// Has the bank asked again where a repeat can't be told from news, and leaves everything else as it is.
///
/// What stands under the signature is no news the second time. What only hints may be: the notifications of two
/// partial refunds, or of two refused tries, have the very same text.
pub(super) fn ask_again(
    app: &App,
    tx: &mut dyn Tx,
    account: &AccountKey,
    reading: &Reading,
    now: Timestamp,
) -> Result<(), StoreError> {
    let news = match (reading.genuineness, &reading.says) {
        (Genuineness::Genuine, Says::Hint { payment }) => News::Hinted {
            payment: *payment,
            at: now,
        },
        (Genuineness::Genuine, Says::Fact(_) | Says::Nothing) => return Ok(()),
        (Genuineness::Unsigned | Genuineness::Forged, _) => News::Suspected,
    };
    let Some(mut attempt) = find(tx, account, reading)? else {
        return Ok(());
    };
    let Ok(Outcome::Moved(moved)) = apply(&attempt.state, &news) else {
        return Ok(());
    };
    if !moved.effects.contains(&Effect::AskBank) {
        return Ok(());
    }
    Change { app, tx, now }.schedule(&mut attempt, &moved.effects);
    tx.attempts()
        .schedule_query(attempt.id, attempt.next_query_at, None)
}
