//! `sverka api-key add|revoke`.

use sverka_app::auth::NewApiKey;

use crate::args::ApiKeyCommand;
use crate::config::Config;
use crate::failure::Failure;
use crate::{assemble, print};

/// Adds or revokes a key.
pub(super) async fn run(config: &Config, command: ApiKeyCommand) -> Result<(), Failure> {
    let app = assemble::app(config)?;
    match command {
        ApiKeyCommand::Add { name, role } => {
            let key = app
                .add_api_key(NewApiKey { name, role })
                .await
                .map_err(Failure::refused)?;
            print::line(format!("the key, shown this once: {key}"));
        }
        ApiKeyCommand::Revoke { name } => {
            if !app.revoke_api_key(name.clone()).await.map_err(Failure::refused)? {
                return Err(Failure::Refused(format!("there is no API key named {name}")));
            }
            print::line("revoked");
        }
    }
    Ok(())
}
