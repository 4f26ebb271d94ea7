//! `sverka demo`: everything at once, for a first look.

use sverka_simulator::Options;
use sverka_simulator::client::Control;

use super::start_server;
use crate::args::DemoArgs;
use crate::demo::{Credentials, lost_callback, prepare, run_traffic, seed, write_config};
use crate::environment::Environment;
use crate::failure::Failure;
use crate::{assemble, config, print, shutdown};

/// Runs the demo until the program is asked to stop.
pub(super) async fn run(args: DemoArgs, environment: &Environment) -> Result<(), Failure> {
    let public_url = format!("http://{}", args.listen);
    let options = Options {
        // The journal remembers what was posted, so the base of 1C has to.
        state_dir: Some(args.data.join("simulator")),
        ..Options::demo(args.simulator_listen, &public_url)
    };
    let simulator = sverka_simulator::start(options).await.map_err(Failure::refused)?;
    let bank = Control::new(simulator.url()).map_err(Failure::refused)?;
    let chance = assemble::chance();
    let file = write_config(&args.data, args.listen, &simulator.url(), chance.as_ref())?;
    let config = config::read(Some(&file), environment)?;
    let app = assemble::app(&config)?;
    let credentials = prepare(&app, &args.data, args.print_credentials.as_deref()).await?;
    seed(&app, chance.clone()).await?;
    let server = start_server(&config, &app, true)?;
    greet(&public_url, &simulator.url(), &credentials);
    let traffic = if args.no_traffic {
        None
    } else {
        let number = lost_callback(&app, &bank).await?;
        print::line(format!(
            "Watch order {number}: its client has paid, the bank's notification is lost. Within half a minute it heals."
        ));
        Some(tokio::spawn(run_traffic(app.clone(), bank, chance)))
    };
    shutdown::asked().await?;
    if let Some(traffic) = traffic {
        traffic.abort();
    }
    server.stop().await;
    simulator.stop().await;
    Ok(())
}

fn greet(url: &str, simulator: &str, credentials: &Credentials) {
    print::line(format!("\nSverka is at      {url}/"));
    print::line(format!("  sign in as      {}", credentials.email));
    print::line(format!("  password        {}", credentials.password));
    print::line("  or as           viewer@, supervisor@ or admin@sverka.local, with the same password");
    print::line(format!("  API key         {}", credentials.api_key));
    print::line(format!("  API docs        {url}/docs/"));
    print::line(format!(
        "The banks are at  {simulator}/  (pay, lose notifications, stop the accounting system)\n"
    ));
}
