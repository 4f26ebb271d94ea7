//! `sverka serve` or `sverka worker` that runs.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus, Stdio};
use std::time::Duration;

use tokio::time::Instant;

use super::command::command;
use super::wait::until;

/// A program that runs; killed when dropped.
pub struct Program {
    child: Child,
    log: PathBuf,
    /// `http://HOST:PORT`; for a worker, which serves nothing, empty.
    pub url: String,
}

impl Program {
    /// Starts one. Its log goes to the end of `log`.
    pub(crate) fn start(folder: &Path, arguments: &[&str], log: PathBuf, url: String) -> Self {
        let file = File::options()
            .create(true)
            .append(true)
            .open(&log)
            .expect("the log opens");
        let mut command = command(folder, arguments);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::from(file));
        let child = command.spawn().expect("the program starts");
        Self { child, log, url }
    }

    /// Waits until it can serve.
    pub(super) async fn ready(&mut self) {
        let http = client();
        let url = format!("{}/readyz", self.url);
        until(
            "the program is ready",
            Duration::from_secs(30),
            async || match http.get(&url).send().await {
                Ok(answer) if answer.status().is_success() => Some(()),
                Ok(_) | Err(_) => None,
            },
        )
        .await;
        let ended = self.child.try_wait().expect("the program can be waited for");
        assert_eq!(ended, None, "somebody else listens there; {}", self.last_words());
    }

    /// Its process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// What it takes of the machine's memory now (resident, KiB); 0 where the system does not tell, or when it ended.
    #[must_use]
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmRSS"));
        let figure = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
        figure.unwrap_or(0)
    }

    /// Whether it still runs.
    ///
    /// # Panics
    /// When the system does not say.
    #[must_use]
    pub fn runs(&mut self) -> bool {
        self.child
            .try_wait()
            .expect("the program can be waited for")
            .is_none()
    }

    /// SIGTERM. Returns at once.
    ///
    /// # Panics
    /// When it cannot be sent.
    pub fn ask_to_stop(&self) {
        let sent = std::process::Command::new("sh")
            .args(["-c", "kill -TERM \"$0\"", &self.child.id().to_string()])
            .status()
            .expect("a shell starts");
        assert!(sent.success(), "SIGTERM was not sent");
    }

    /// SIGTERM, and how and after what time it ended. Killed when that takes more than 20 seconds.
    ///
    /// # Panics
    /// When it does not end.
    pub async fn stop(mut self) -> (ExitStatus, Duration) {
        let asked = Instant::now();
        self.ask_to_stop();
        let child = &mut self.child;
        let status = until("the program ends", Duration::from_secs(20), || {
            let ended = child.try_wait().expect("the program can be waited for");
            async move { ended }
        })
        .await;
        (status, asked.elapsed())
    }

    /// Its log, with those of the programs before it at the same address.
    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// What its log says of trouble, for a test that failed.
    fn last_words(&self) -> String {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        let trouble: Vec<&str> = log
            .lines()
            .filter(|line| line.contains("WARN") || line.contains("ERROR") || !line.starts_with('{'))
            .collect();
        let start = trouble.len().saturating_sub(20);
        format!(
            "the log of {} says:\n{}",
            self.log.display(),
            trouble[start..].join("\n")
        )
    }
}

impl Drop for Program {
    #[expect(clippy::print_stderr, reason = "shown beside the failure of a test")]
    fn drop(&mut self) {
        self.end();
        if std::thread::panicking() {
            eprintln!("{}", self.last_words());
        }
    }
}

/// An HTTP client for one short question at a time.
pub(super) fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .no_proxy()
        .timeout(Duration::from_secs(60))
        .build()
        .expect("an HTTP client")
}
