//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand};
use sverka_domain::role::Role;

/// The journal of every attempt to pay, and the machine that makes each successful one reach the
/// accounting system exactly once.
#[derive(Parser)]
#[command(name = "sverka", version, propagate_version = true)]
pub(crate) struct Args {
    /// The configuration file; without it `sverka.toml`, if there is one.
    #[arg(long, global = true, env = "SVERKA_CONFIG", value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Serve HTTP, and run the workers.
    Serve {
        /// Leave the workers to `sverka worker`.
        #[arg(long)]
        no_workers: bool,
    },
    /// Run the workers alone; any number may run.
    Worker,
    /// Bring the database up to date.
    Migrate,
    /// Look at the configuration.
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// People who sign in.
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
    /// Keys of programs.
    ApiKey {
        #[command(subcommand)]
        command: ApiKeyCommand,
    },
    /// Banks and an accounting receiver that can be told to misbehave.
    Simulator(SimulatorArgs),
    /// Serve and simulator together, on a file, with a seeded journal and users.
    Demo(DemoArgs),
    /// Print the OpenAPI document.
    Openapi {
        /// Print the table of error codes instead.
        #[arg(long)]
        errors: bool,
    },
}

#[derive(Subcommand)]
pub(crate) enum ConfigCommand {
    /// Read everything, try nothing; name the line and the remedy of what is wrong.
    Check,
}

#[derive(Subcommand)]
pub(crate) enum UserCommand {
    /// Add a user. Prints a one-time password when none is given.
    Add {
        /// E-mail address.
        email: String,
        /// viewer, operator, supervisor or admin.
        #[arg(long, value_parser = role)]
        role: Role,
        /// Name to show.
        #[arg(long, default_value = "")]
        name: String,
        /// Read the password from the standard input.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Give a user a new password, and end all sessions.
    Reset {
        /// E-mail address.
        email: String,
        /// Read the password from the standard input.
        #[arg(long)]
        password_stdin: bool,
    },
}

#[derive(Subcommand)]
pub(crate) enum ApiKeyCommand {
    /// Add a key. It is the last word of the output, and is not shown again.
    Add {
        /// Its name.
        name: String,
        /// integrator or viewer.
        #[arg(long, value_parser = role)]
        role: Role,
    },
    /// Revoke a key.
    Revoke {
        /// Its name.
        name: String,
    },
}

#[derive(ClapArgs)]
pub(crate) struct SimulatorArgs {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8090")]
    pub(crate) listen: SocketAddr,
    /// Decides every chance.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Where Sverka's callback addresses are, for the accounts of the demo.
    #[arg(long, default_value = "http://127.0.0.1:8080", value_name = "URL")]
    pub(crate) callbacks: String,
    /// Share of callbacks that are lost, 0 to 1.
    #[arg(long, default_value_t = 0.0, value_name = "RATE")]
    pub(crate) drop: f64,
    /// Share of callbacks that come twice, 0 to 1.
    #[arg(long, default_value_t = 0.0, value_name = "RATE")]
    pub(crate) duplicate: f64,
    /// Share of callbacks that come after the next one, 0 to 1.
    #[arg(long, default_value_t = 0.0, value_name = "RATE")]
    pub(crate) reorder: f64,
    /// Share of callbacks that come with a forged one, 0 to 1.
    #[arg(long, default_value_t = 0.0, value_name = "RATE")]
    pub(crate) forge: f64,
    /// The longest delay of a callback, in milliseconds.
    #[arg(long, default_value_t = 0, value_name = "MS")]
    pub(crate) delay: u64,
    /// Keep the 1C bases in files there; without it they are forgotten at the end.
    #[arg(long, value_name = "DIR")]
    pub(crate) state: Option<PathBuf>,
}

#[derive(ClapArgs)]
pub(crate) struct DemoArgs {
    /// Where the journal and the configuration are kept.
    #[arg(long, default_value = "data", value_name = "DIR")]
    pub(crate) data: PathBuf,
    /// Where Sverka listens.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// Where the simulator listens.
    #[arg(long, default_value = "127.0.0.1:8090")]
    pub(crate) simulator_listen: SocketAddr,
    /// Write the sign-in as shell lines to this file, too.
    #[arg(long, value_name = "FILE")]
    pub(crate) print_credentials: Option<PathBuf>,
    /// No clients that pay by themselves: only what you do happens.
    #[arg(long)]
    pub(crate) no_traffic: bool,
}

fn role(text: &str) -> Result<Role, String> {
    text.parse()
        .map_err(|_| "a role is viewer, operator, supervisor, admin or integrator".to_owned())
}
