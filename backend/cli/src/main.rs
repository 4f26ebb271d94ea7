//! `sverka`: the one program. See `sverka help`.

mod args;
mod assemble;
mod clock;
mod commands;
mod config;
mod demo;
mod environment;
mod failure;
mod logging;
mod print;
mod shutdown;

use std::process::ExitCode;

use clap::Parser as _;

use crate::args::Args;

fn main() -> ExitCode {
    // Wrong use ends here, with status 2.
    let args = Args::parse();
    match commands::run(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            print::error(&failure);
            ExitCode::FAILURE
        }
    }
}
