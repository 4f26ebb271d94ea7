//! `sverka config check`: the configuration was read, so it is good.

use crate::config::Config;
use crate::failure::Failure;
use crate::print;

/// Says what the configuration comes to, without secrets.
pub(super) fn run(config: &Config) -> Result<(), Failure> {
    print::line(format!("listen        {}", config.listen));
    print::line(format!("public_url    {}", config.catalog.public_url));
    for account in config.banks.all() {
        let (key, base) = (&account.key, &config.catalog.public_url);
        print::line(format!(
            "bank account  {key} → {base}/callbacks/{}/{}",
            key.bank, key.account
        ));
    }
    for connection in config.connections.all() {
        print::line(format!("connection    {}", connection.name));
    }
    for channel in config.channels.all() {
        print::line(format!("alarms        {} by {}", channel.name, channel.kind));
    }
    print::line("the configuration is good");
    Ok(())
}
