//! One command of the program, to its end.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use super::environment::binary;

/// How a command ended.
#[derive(Debug)]
pub struct Outcome {
    /// Exit status; `None` when a signal ended it.
    pub status: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// A command in `folder`, without anything of the test's own environment: a variable there would win over the file.
pub(super) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(binary());
    command.env_clear().current_dir(folder).args(arguments);
    command
}

/// Runs a command with `input` on its standard input. Blocks.
#[must_use]
pub fn run(folder: &Path, arguments: &[&str], input: &str) -> Outcome {
    let mut command = command(folder, arguments);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    // A program that ends without reading closes the pipe: what matters then is how it ended.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let done = child.wait_with_output().expect("the program ends");
    Outcome {
        status: done.status.code(),
        out: String::from_utf8_lossy(&done.stdout).into_owned(),
        err: String::from_utf8_lossy(&done.stderr).into_owned(),
    }
}
