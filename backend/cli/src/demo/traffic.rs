//! Clients that pay while the demo runs; some of their notifications are lost.

use std::time::Duration;

use sverka_app::App;
use sverka_app::ports::clock::Chance;
use sverka_simulator::api::Move;
use sverka_simulator::client::Control;
use tokio::time::sleep;

use super::{clients, order};
use crate::failure::Failure;

/// Between two clients.
const PERIOD: Duration = Duration::from_secs(20);
/// What a client needs to find the card.
const PAYING: Duration = Duration::from_secs(4);

/// Makes one payment whose notification is lost, and returns its order number.
pub(crate) async fn lost_callback(app: &App, bank: &Control) -> Result<String, Failure> {
    let number = format!("LOST-{}", app.now().as_second());
    let new = clients::attempt(3, number.clone());
    let key = new.account.clone();
    order::open(app, bank, new).await?;
    bank.pay(&key.bank, &key.account, &number, &Move::silent())
        .await
        .map_err(Failure::refused)?;
    Ok(number)
}

/// Lets clients come for ever. A fault is told and the next one comes.
pub(crate) async fn run(app: App, bank: Control, chance: std::sync::Arc<dyn Chance>) {
    loop {
        sleep(PERIOD).await;
        if let Err(failure) = client(&app, &bank, chance.secret()).await {
            tracing::warn!(error = %failure, "a client of the demo could not pay");
        }
    }
}

async fn client(app: &App, bank: &Control, dice: [u8; 32]) -> Result<(), Failure> {
    let number = format!("D-{}", app.now().as_second());
    let new = clients::attempt(usize::from(dice[0]), number.clone());
    let key = new.account.clone();
    order::open(app, bank, new).await?;
    sleep(PAYING).await;
    let (name, account) = (key.bank.as_str(), key.account.as_str());
    let outcome = match dice[1] {
        0..=139 => bank.pay(name, account, &number, &Move::default()).await,
        140..=219 => bank.pay(name, account, &number, &Move::silent()).await,
        220..=239 => bank.decline(name, account, &number, &Move::default()).await,
        240..=255 => return Ok(()),
    };
    outcome.map(drop).map_err(Failure::refused)
}
