//! `sverka simulator`.

use sverka_simulator::Options;

use crate::args::SimulatorArgs;
use crate::failure::Failure;
use crate::{print, shutdown};

/// Simulates until the program is asked to stop.
pub(super) async fn run(args: SimulatorArgs) -> Result<(), Failure> {
    let mut options = Options {
        seed: args.seed,
        state_dir: args.state,
        ..Options::demo(args.listen, &args.callbacks)
    };
    for account in &mut options.banks {
        account.faults.drop_rate = args.drop;
        account.faults.duplicate_rate = args.duplicate;
        account.faults.reorder_rate = args.reorder;
        account.faults.forge_rate = args.forge;
        account.faults.delay_ms_max = args.delay;
    }
    let running = sverka_simulator::start(options).await.map_err(Failure::refused)?;
    print::line(format!("the simulator is at {}/", running.url()));
    shutdown::asked().await?;
    running.stop().await;
    Ok(())
}
