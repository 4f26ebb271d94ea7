//! Everything that a test of the real program stands on.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use sverka_simulator::api::{NewOrder, Order};
use sverka_simulator::client::Control;
use sverka_simulator::{Options, Running};
use tempfile::TempDir;

use super::api::{Api, NewPayment};
use super::command::{Outcome, run};
use super::config::{Setup, text};
use super::database::{Database, Engine};
use super::port;
use super::program::Program;

const EMAIL: &str = "operator@example.ru";
const PASSWORD: &str = "correct horse battery staple";

/// A database, the simulator, a configuration, a caller.
pub struct Stand {
    /// The simulator's controls: what is really so.
    pub bank: Control,
    /// The app's backend, at the first process.
    pub app: Api,
    /// The database.
    pub database: Database,
    // Kept alive; ends with the stand.
    _simulator: Running,
    config: PathBuf,
    port: u16,
    folder: TempDir,
}

impl Stand {
    /// Sets everything up; the program does not run yet.
    ///
    /// # Panics
    /// When anything is missing.
    pub async fn new(engine: Engine, setup: &Setup) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let database = Database::new(engine, folder.path());
        let port = port::free();
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let url = format!("http://{listen}");
        let options = Options {
            seed: setup.seed,
            ..Options::demo(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), &url)
        };
        let simulator = sverka_simulator::start(options)
            .await
            .expect("the simulator starts");
        let bank = Control::new(simulator.url()).expect("an address");
        let config = folder.path().join("sverka.toml");
        let words = text(listen, &database.url, &simulator.url(), setup);
        std::fs::write(&config, words).expect("the configuration is written");
        let command = |arguments: &[&str], input: &str| done(run(folder.path(), arguments, input));
        command(&["migrate"], "");
        let added = command(&["api-key", "add", "app", "--role", "integrator"], "");
        let key = added
            .split_whitespace()
            .last()
            .expect("the key is the last word")
            .to_owned();
        command(
            &["user", "add", EMAIL, "--role", "operator", "--password-stdin"],
            PASSWORD,
        );
        Self {
            bank,
            app: Api::new(&url, &key),
            database,
            _simulator: simulator,
            config,
            port,
            folder,
        }
    }

    /// Has the programs that start from now on read from a replica.
    ///
    /// # Panics
    /// When the configuration cannot be written.
    pub fn read_from(&self, url: &str) {
        let words = std::fs::read_to_string(&self.config).expect("the configuration");
        let words = format!("database_read_url = \"{url}\"\n{words}");
        std::fs::write(&self.config, words).expect("the configuration is written");
    }

    /// Starts `sverka serve` at the address that the banks know, and waits until it is ready.
    pub async fn serve(&self) -> Program {
        self.serve_at(self.port, &[]).await
    }

    /// Starts `sverka serve --no-workers` there: it takes everything in and passes nothing on.
    pub async fn serve_without_workers(&self) -> Program {
        self.serve_at(self.port, &["--no-workers"]).await
    }

    /// Starts one more `sverka serve`, at an address of its own.
    pub async fn serve_beside(&self) -> Program {
        self.serve_at_port(port::free()).await
    }

    /// Starts it anew at the address that it had.
    ///
    /// # Panics
    /// When that has no port.
    pub async fn serve_beside_at(&self, url: &str) -> Program {
        let port = url.rsplit(':').next().and_then(|port| port.parse().ok());
        self.serve_at_port(port.expect("an address has a port")).await
    }

    async fn serve_at_port(&self, port: u16) -> Program {
        let config = self.folder.path().join("beside.toml");
        let words = std::fs::read_to_string(&self.config).expect("the configuration");
        let words = words.replacen(&self.port.to_string(), &port.to_string(), 1);
        std::fs::write(&config, words).expect("the configuration is written");
        self.serve_at(port, &["--config", "beside.toml"]).await
    }

    async fn serve_at(&self, port: u16, more: &[&str]) -> Program {
        let arguments: Vec<&str> = ["serve"].iter().chain(more).copied().collect();
        let log = self.folder().join(format!("serve-{port}.log"));
        let mut program = Program::start(self.folder(), &arguments, log, format!("http://127.0.0.1:{port}"));
        program.ready().await;
        program
    }

    /// Starts `sverka worker`.
    #[must_use]
    pub fn worker(&self) -> Program {
        Program::start(
            self.folder(),
            &["worker"],
            self.folder().join("worker.log"),
            String::new(),
        )
    }

    /// Adds a supervisor, who may do whatever an operator may, and more: their credentials.
    #[must_use]
    pub fn add_supervisor(&self) -> (&'static str, &'static str) {
        let email = "supervisor@example.ru";
        let arguments = ["user", "add", email, "--role", "supervisor", "--password-stdin"];
        done(run(self.folder(), &arguments, PASSWORD));
        (email, PASSWORD)
    }

    /// The operator, signed in; the program has to run.
    pub async fn operator(&self) -> Api {
        Api::sign_in(&format!("http://127.0.0.1:{}", self.port), EMAIL, PASSWORD).await
    }

    /// The programs' folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Records an attempt, and makes its order at the bank. Returns the id, and the order.
    ///
    /// # Panics
    /// When either refuses.
    pub async fn open(&self, new: &NewPayment) -> (String, Order) {
        let id = self.app.record(new).await;
        let currency = if new.bank == "sber" { "643" } else { "RUB" };
        let order = NewOrder {
            order_number: new.order_number.clone(),
            amount: new.amount,
            currency: Some(currency.to_owned()),
            ..NewOrder::default()
        };
        let order = self.bank.create_order(new.bank, new.account, &order).await;
        (id, order.expect("the bank takes the order"))
    }
}

/// The output of a command that did what it was to do.
fn done(outcome: Outcome) -> String {
    assert_eq!(outcome.status, Some(0), "{outcome:?}");
    outcome.out
}
