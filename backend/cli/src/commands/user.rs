//! `sverka user add|reset`.

use sverka_app::auth::NewUser;

use super::password;
use crate::args::UserCommand;
use crate::config::Config;
use crate::failure::Failure;
use crate::{assemble, print};

/// Adds a user, or gives one a new password.
pub(super) async fn run(config: &Config, command: UserCommand) -> Result<(), Failure> {
    let app = assemble::app(config)?;
    let made = match command {
        UserCommand::Add {
            email,
            role,
            name,
            password_stdin,
        } => {
            let password = password::read(password_stdin)?;
            app.add_user(NewUser {
                email,
                name,
                role,
                password,
            })
            .await
            .map_err(Failure::refused)?
        }
        UserCommand::Reset {
            email,
            password_stdin,
        } => {
            let password = password::read(password_stdin)?;
            app.reset_password(&email, password)
                .await
                .map_err(Failure::refused)?
        }
    };
    match made {
        Some(password) => print::line(format!("done; the password, shown this once: {password}")),
        None => print::line("done"),
    }
    Ok(())
}
