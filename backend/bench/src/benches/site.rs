//! A database, the program over it, and the simulator, for one bench.

use sverka_tests::process::{Engine, Program, Setup, Stand, run};

use crate::figures::{memory, processor};
use crate::journal::{Journal, fill};

/// A stand whose database a journal was put into.
pub(super) struct Site {
    pub(super) stand: Stand,
    /// A key that may read.
    pub(super) key: String,
}

impl Site {
    pub(super) async fn new(engine: Engine, setup: Setup, journals: &[Journal]) -> Self {
        let stand = Stand::new(engine, &setup).await;
        for journal in journals {
            let filled = fill(&stand.database.url, journal);
            let (attempts, seconds) = (filled.attempts, filled.took.as_secs_f64());
            println!("          filled with {attempts} attempts in {seconds:.1} s");
        }
        let added = run(
            stand.folder(),
            &["api-key", "add", "bench", "--role", "viewer"],
            "",
        );
        let key = added.out.split_whitespace().last().expect("a key").to_owned();
        Self { stand, key }
    }
}

/// `HOST:PORT` of a program.
pub(super) fn address(program: &Program) -> String {
    program.url.trim_start_matches("http://").to_owned()
}

/// Memory and processor's time of the server, as the table shows them.
pub(super) fn taken(program: &Program) -> String {
    let ((now, most), busy) = (memory(program.id()), processor(program.id()));
    format!("{now} MB (at most {most}), {:.1} s of CPU", busy.as_secs_f64())
}
