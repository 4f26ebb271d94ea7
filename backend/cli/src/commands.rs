//! One command a file.

mod api_key;
mod config_check;
mod demo;
mod migrate;
mod openapi;
mod password;
mod serve;
mod simulator;
mod user;
mod worker;

use std::path::Path;

pub(crate) use serve::start_server;

use crate::args::{Args, Command};
use crate::config::{self, Config};
use crate::environment::Environment;
use crate::failure::Failure;
use crate::logging;

/// Does what the command line says.
pub(crate) fn run(args: Args) -> Result<(), Failure> {
    let environment = Environment::read();
    let config = || config(args.config.as_deref(), &environment);
    match args.command {
        Command::Openapi { errors } => openapi::run(errors),
        Command::Config { .. } => config_check::run(&config()?),
        Command::Migrate => migrate::run(&config()?),
        Command::User { command } => block_on(user::run(&config()?, command)),
        Command::ApiKey { command } => block_on(api_key::run(&config()?, command)),
        Command::Serve { no_workers } => {
            logging::start(&environment);
            block_on(serve::run(&config()?, !no_workers))
        }
        Command::Worker => {
            logging::start(&environment);
            block_on(worker::run(&config()?))
        }
        Command::Simulator(args) => {
            logging::start(&environment);
            block_on(simulator::run(args))
        }
        Command::Demo(args) => {
            logging::start(&environment);
            block_on(demo::run(args, &environment))
        }
    }
}

fn config(file: Option<&Path>, environment: &Environment) -> Result<Config, Failure> {
    Ok(config::read(file, environment)?)
}

fn block_on<F: Future<Output = Result<(), Failure>>>(work: F) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(Failure::io("cannot start threads"))?;
    runtime.block_on(work)
}
