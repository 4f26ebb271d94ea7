//! An attempt for money that nobody recorded.

use sverka_domain::attempt::{Attempt, AttemptState};
use sverka_domain::client::Client;
use sverka_domain::ids::AttemptId;

use super::mend::{MendError, MendLine};
use crate::App;
use crate::attempts::{Change, Entry};
use crate::auth::Caller;
use crate::callbacks::match_orphans;
use crate::ports::store::{EventKind, EventSource, Registry, RegistryLine, StoreError, Tx};

/// What was paid for, when nobody says.
const UNKNOWN_TYPE: &str = "unknown";
/// Who paid, when nobody says.
const UNKNOWN_CLIENT: &str = "—";

/// Records an attempt over what a line says, unpaid yet: the line is taken in next, by the one transition.
pub(super) fn record(
    app: &App,
    tx: &mut dyn Tx,
    registry: &Registry,
    listed: &RegistryLine,
    mend: &MendLine,
    caller: &Caller,
) -> Result<Attempt, MendError> {
    let now = app.now();
    let account = app
        .banks()
        .get(&registry.account)
        .ok_or(MendError::UnknownAccount)?;
    let line = &listed.line;
    let names = [&line.order_number, &line.bank_order_id, &line.rrn];
    let order_number = names.into_iter().flatten().next().cloned();
    let number = listed.number.unwrap_or(listed.position);
    let attempt = Attempt {
        id: AttemptId(app.id(now)),
        merchant: account.merchant.clone(),
        order_number: order_number.unwrap_or_else(|| format!("{}-{number}", registry.id)),
        bank: registry.account.bank.clone(),
        bank_account: registry.account.account.clone(),
        bank_order_id: line.bank_order_id.clone(),
        payment_url: None,
        rrn: line.rrn.clone(),
        payment_type: mend
            .payment_type
            .clone()
            .unwrap_or_else(|| UNKNOWN_TYPE.to_owned()),
        client: Client {
            name: mend
                .client_name
                .clone()
                .unwrap_or_else(|| UNKNOWN_CLIENT.to_owned()),
            phone: None,
            email: None,
            external_id: None,
        },
        description: None,
        metadata: serde_json::Map::new(),
        state: AttemptState::new(line.amount),
        next_query_at: None,
        last_query_at: None,
        last_query_error: None,
        created_at: now,
        updated_at: now,
        version: 1,
    };
    tx.attempts()
        .insert(&attempt, false)
        .map_err(|error| match error {
            // Recorded by somebody else a moment ago; the same mend finds it when it is repeated.
            StoreError::Taken(_) => StoreError::Stale,
            other => other,
        })?;
    let entry = Entry::new(EventKind::Recorded, EventSource::Registry, caller.actor());
    Change { app, tx, now }.tell(&attempt, &attempt.state, entry)?;
    Ok(match_orphans(app, tx, attempt, now)?)
}
