//! The demo's folder: a configuration file and a secret.

use std::net::SocketAddr;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use sverka_app::ports::clock::Chance;

use crate::failure::Failure;

const TEMPLATE: &str = include_str!("config.toml");

/// Writes the configuration anew, and a secret if there is none. Returns the configuration's path.
pub(crate) fn write_config(
    data: &Path,
    listen: SocketAddr,
    simulator: &str,
    chance: &dyn Chance,
) -> Result<PathBuf, Failure> {
    let failed = |path: &Path| Failure::io(format!("cannot write {}", path.display()));
    std::fs::create_dir_all(data).map_err(failed(data))?;
    let secret = data.join("jwt-secret");
    if !secret.exists() {
        let text: String = chance.secret().iter().map(|byte| format!("{byte:02x}")).collect();
        write_private(&secret, &text)?;
    }
    let file = data.join("sverka.toml");
    let text = TEMPLATE
        .replace("{listen}", &listen.to_string())
        .replace("{public_url}", &format!("http://{listen}"))
        .replace("{simulator}", simulator)
        .replace("{data}", &data.display().to_string());
    std::fs::write(&file, text).map_err(failed(&file))?;
    Ok(file)
}

/// Writes a file that only its owner can read.
pub(super) fn write_private(path: &Path, text: &str) -> Result<(), Failure> {
    use std::io::Write as _;
    let failed = || Failure::io(format!("cannot write {}", path.display()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    let mut file = options.open(path).map_err(failed())?;
    file.write_all(text.as_bytes()).map_err(failed())
}
