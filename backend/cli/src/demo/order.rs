//! An attempt and its order at the simulated bank.

use sverka_app::App;
use sverka_app::attempts::{NewAttempt, Recorded};
use sverka_app::auth::Caller;
use sverka_app::ports::store::ActorKind;
use sverka_domain::ids::AttemptId;
use sverka_domain::role::Role;
use sverka_simulator::api::NewOrder;
use sverka_simulator::client::Control;

use crate::failure::Failure;

/// The app of the demo's club.
pub(super) fn the_app() -> Caller {
    Caller {
        kind: ActorKind::ApiKey,
        id: "demo-app".to_owned(),
        email: None,
        name: "demo-app".to_owned(),
        role: Role::Integrator,
    }
}

/// Records an attempt. Returns its id.
pub(super) async fn record(app: &App, new: NewAttempt) -> Result<AttemptId, Failure> {
    match app
        .record_attempt(the_app(), new, None, |_| Vec::new())
        .await
        .map_err(Failure::refused)?
    {
        Recorded::Now(seen) => Ok(seen.attempt.id),
        Recorded::Before { id, .. } => Ok(id),
    }
}

/// Records an attempt, and makes its order at the simulated bank.
pub(super) async fn open(app: &App, bank: &Control, new: NewAttempt) -> Result<(), Failure> {
    let key = new.account.clone();
    let numeric = new.amount.currency.numeric().unwrap_or("643");
    let currency = if key.bank == "sber" {
        numeric.to_owned()
    } else {
        new.amount.currency.to_string()
    };
    let order = NewOrder {
        order_number: new.order_number.clone(),
        amount: new.amount.amount,
        currency: Some(currency),
        ..NewOrder::default()
    };
    record(app, new).await?;
    bank.create_order(&key.bank, &key.account, &order)
        .await
        .map_err(Failure::refused)?;
    Ok(())
}
