//! Reading the configuration: everything is looked at, all faults are told at once.

use std::collections::HashSet;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use ipnet::IpNet;
use jiff::SignedDuration;
use sverka_app::catalog::{Catalog, Merchant, Title, Titled};
use sverka_app::ports::accounting::Connections;
use sverka_app::ports::alarm::Channels;
use sverka_app::ports::bank::{BankAccount, Banks};
use toml::{Spanned, Value};

use super::accounts::Adapters;
use super::error::{ConfigError, ConfigErrors, line_of};
use super::file::{File, moscow};
use super::secret::Sources;
use crate::environment::Environment;

/// Looked for when no file is named.
const DEFAULT_FILE: &str = "sverka.toml";
/// The shortest secret that access tokens are signed with, in bytes.
const SHORTEST_JWT_SECRET: usize = 32;
/// Raw notifications are kept for so many days at least: while they are there, a mended secret can make use of them.
const SHORTEST_RETENTION: u32 = 30;

/// A configuration that can be worked with.
pub(crate) struct Config {
    pub(crate) listen: SocketAddr,
    pub(crate) database_url: String,
    /// A streaming replica of it.
    pub(crate) database_read_url: Option<String>,
    pub(crate) jwt_secret: String,
    /// How long the raw form of bank notifications is kept; `None`: for ever.
    pub(crate) raw_kept: Option<SignedDuration>,
    pub(crate) http_threads: usize,
    pub(crate) trusted_proxies: Vec<IpNet>,
    pub(crate) catalog: Catalog,
    pub(crate) banks: Banks,
    pub(crate) connections: Connections,
    pub(crate) channels: Channels,
}

/// Reads the configuration from `file` (or `sverka.toml`, if there is one) and the environment.
pub(crate) fn read(file: Option<&Path>, environment: &Environment) -> Result<Config, ConfigErrors> {
    let path = file
        .map(Path::to_owned)
        .or_else(|| Path::new(DEFAULT_FILE).exists().then(|| DEFAULT_FILE.into()));
    let text = match &path {
        None => String::new(),
        Some(path) => std::fs::read_to_string(path).map_err(|error| ConfigErrors {
            file: Some(path.clone()),
            errors: vec![ConfigError::new(
                None,
                format!("cannot be read: {error}"),
                "name another file with --config",
            )],
        })?,
    };
    parse(&text, path.as_deref(), environment).map_err(|errors| ConfigErrors { file: path, errors })
}

fn parse(text: &str, path: Option<&Path>, environment: &Environment) -> Result<Config, Vec<ConfigError>> {
    let file: File = toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| line_of(text, span.start));
        vec![ConfigError::new(
            line,
            error.message().trim(),
            "see sverka.example.toml",
        )]
    })?;
    let folder = path
        .and_then(Path::parent)
        .map_or_else(PathBuf::new, Path::to_owned);
    let sources = Sources {
        environment,
        folder: &folder,
    };
    let mut reading = Reading {
        text,
        sources,
        errors: Vec::new(),
    };
    let config = reading.config(&file);
    if reading.errors.is_empty() {
        config.ok_or_else(Vec::new)
    } else {
        Err(reading.errors)
    }
}

struct Reading<'a> {
    text: &'a str,
    sources: Sources<'a>,
    errors: Vec<ConfigError>,
}

impl Reading<'_> {
    fn config(&mut self, file: &File) -> Option<Config> {
        let listen = self.listen(file);
        let database_url = self
            .value("DATABASE_URL", "database_url", file.database_url.as_ref())
            .unwrap_or_else(|| "sqlite://data/sverka.db".to_owned());
        let database_read_url = self.database_read_url(file, &database_url);
        let jwt_secret = self.jwt_secret(file);
        let raw_kept = self.raw_kept(file);
        let public_url = self.public_url(file, listen);
        let trusted_proxies = self.trusted_proxies(file);
        let merchants = self.merchants(file);
        let payment_types = self.payment_types(file);
        let (text, sources, errors) = (self.text, &self.sources, &mut self.errors);
        let mut adapters = Adapters {
            text,
            sources,
            errors,
        };
        let accounts = adapters.bank_accounts(&file.bank_accounts, &merchants);
        let connections = adapters.connections(&file.connections);
        let channels = adapters.channels(&file.alarms);
        Some(Config {
            listen: listen?,
            database_url,
            database_read_url,
            jwt_secret: jwt_secret?,
            raw_kept,
            http_threads: file
                .http_threads
                .as_ref()
                .map_or(2, |threads| *threads.get_ref())
                .max(1),
            trusted_proxies,
            catalog: Catalog {
                merchants,
                payment_types,
                banks: banks_of(&accounts),
                systems: systems(),
                public_url: public_url?,
            },
            banks: Banks::new(accounts),
            connections: Connections::new(connections),
            channels: Channels::new(channels),
        })
    }

    /// The environment first, then the file.
    fn value(&mut self, variable: &str, key: &str, stated: Option<&Spanned<Value>>) -> Option<String> {
        if let Some(value) = self.sources.environment.get(variable) {
            return Some(value.to_owned());
        }
        let stated = stated?;
        let resolved = self
            .sources
            .resolve(stated.get_ref())
            .and_then(|value| match value {
                Value::String(text) => Ok(text),
                _ => Err(("is not a text".to_owned(), format!("write {key} = \"…\""))),
            });
        resolved
            .map_err(|(problem, remedy)| {
                self.fault(Some(stated.span().start), format!("{key}: {problem}"), remedy)
            })
            .ok()
    }

    /// A replica, which only a PostgreSQL has. What was stated is not repeated: there is a password in it.
    fn database_read_url(&mut self, file: &File, database_url: &str) -> Option<String> {
        let stated = file.database_read_url.as_ref();
        let url = self.value("DATABASE_READ_URL", "database_read_url", stated)?;
        let is_postgres = |url: &str| url.starts_with("postgres://") || url.starts_with("postgresql://");
        let (problem, remedy) = if !is_postgres(&url) {
            (
                "database_read_url does not begin with postgres://",
                "name a streaming replica of the database, or leave it out",
            )
        } else if is_postgres(database_url) {
            return Some(url);
        } else {
            (
                "database_read_url is given, and database_url names no PostgreSQL, which alone has replicas",
                "leave database_read_url (DATABASE_READ_URL) out, or set database_url to postgres://…",
            )
        };
        self.fault(stated.map(|stated| stated.span().start), problem, remedy);
        None
    }

    fn text_of(&self, variable: &str, stated: Option<&Spanned<String>>) -> (Option<String>, Option<usize>) {
        match self.sources.environment.get(variable) {
            Some(value) => (Some(value.to_owned()), None),
            None => (
                stated.map(|text| text.get_ref().clone()),
                stated.map(|text| text.span().start),
            ),
        }
    }

    fn listen(&mut self, file: &File) -> Option<SocketAddr> {
        let (stated, at) = self.text_of("SVERKA_LISTEN", file.listen.as_ref());
        let stated = stated.unwrap_or_else(|| "127.0.0.1:8080".to_owned());
        match stated.parse() {
            Ok(address) => Some(address),
            Err(_) => {
                self.fault(
                    at,
                    format!("listen: {stated:?} is not an address"),
                    "write it as 127.0.0.1:8080",
                );
                None
            }
        }
    }

    fn public_url(&mut self, file: &File, listen: Option<SocketAddr>) -> Option<String> {
        let (stated, at) = self.text_of("SVERKA_PUBLIC_URL", file.public_url.as_ref());
        let Some(url) = stated else {
            return listen.map(|listen| format!("http://{listen}"));
        };
        if url.starts_with("https://") || url.starts_with("http://") {
            return Some(url.trim_end_matches('/').to_owned());
        }
        self.fault(
            at,
            format!("public_url: {url:?} is not a web address"),
            "write it as https://pay.example.ru",
        );
        None
    }

    fn jwt_secret(&mut self, file: &File) -> Option<String> {
        let stated = file.jwt_secret.as_ref();
        let faults = self.errors.len();
        let secret = self.value("SVERKA_JWT_SECRET", "jwt_secret", stated);
        let remedy = "make one with `openssl rand -hex 32` and set SVERKA_JWT_SECRET";
        match secret {
            Some(secret) if secret.len() >= SHORTEST_JWT_SECRET => Some(secret),
            Some(_) => {
                let at = stated.map(|stated| stated.span().start);
                self.fault(at, "jwt_secret is shorter than 32 characters", remedy);
                None
            }
            // Where it was stated and could not be had, that was told already.
            None if self.errors.len() > faults => None,
            None => {
                self.fault(None, "jwt_secret is missing", remedy);
                None
            }
        }
    }

    fn raw_kept(&mut self, file: &File) -> Option<SignedDuration> {
        let stated = file.retention.as_ref()?;
        let days = stated.get_ref().notifications_days?;
        if days < SHORTEST_RETENTION {
            self.fault(
                Some(stated.span().start),
                format!("retention: notifications_days = {days} is too short"),
                "keep them for 30 days at least, or leave it out to keep them for ever",
            );
        }
        Some(SignedDuration::from_hours(24 * i64::from(days)))
    }

    fn trusted_proxies(&mut self, file: &File) -> Vec<IpNet> {
        let mut networks = Vec::new();
        for stated in &file.trusted_proxies {
            // One address is a network of one.
            let text = stated.get_ref();
            let network = text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
            match network {
                Ok(network) => networks.push(network),
                Err(_) => self.fault(
                    Some(stated.span().start),
                    format!("trusted_proxies: {text:?} is not a network"),
                    "write it as 10.0.0.0/8, or as one address",
                ),
            }
        }
        networks
    }

    fn merchants(&mut self, file: &File) -> Vec<Merchant> {
        if file.merchants.is_empty() {
            return vec![Merchant {
                code: "main".to_owned(),
                title: "main".to_owned(),
                timezone: moscow(),
            }];
        }
        let mut seen = HashSet::new();
        for merchant in &file.merchants {
            let (at, merchant) = (merchant.span().start, merchant.get_ref());
            if !seen.insert(merchant.code.as_str()) {
                self.fault(
                    Some(at),
                    format!("there are two merchants {}", merchant.code),
                    "give one another code",
                );
            }
            if jiff::tz::TimeZone::get(&merchant.timezone).is_err() {
                let problem = format!(
                    "merchant {}: {:?} is not a time zone",
                    merchant.code, merchant.timezone
                );
                self.fault(Some(at), problem, "use an IANA name such as Europe/Moscow");
            }
        }
        let merchant = |merchant: &Spanned<super::file::Merchant>| {
            let merchant = merchant.get_ref();
            Merchant {
                code: merchant.code.clone(),
                title: merchant.title.clone(),
                timezone: merchant.timezone.clone(),
            }
        };
        file.merchants.iter().map(merchant).collect()
    }

    fn payment_types(&mut self, file: &File) -> Vec<Titled> {
        let mut seen = HashSet::new();
        for kind in &file.payment_types {
            if !seen.insert(kind.get_ref().code.as_str()) {
                let problem = format!("there are two payment types {}", kind.get_ref().code);
                self.fault(Some(kind.span().start), problem, "remove one of them");
            }
        }
        let titled = |kind: &Spanned<super::file::PaymentType>| {
            let kind = kind.get_ref();
            let title = Title {
                ru: kind.title.ru.clone(),
                en: kind.title.en.clone(),
            };
            Titled {
                code: kind.code.clone(),
                title,
            }
        };
        file.payment_types.iter().map(titled).collect()
    }

    fn fault(&mut self, byte: Option<usize>, problem: impl Into<String>, remedy: impl Into<String>) {
        let line = byte.map(|byte| line_of(self.text, byte));
        self.errors.push(ConfigError::new(line, problem, remedy));
    }
}

/// The banks that there are accounts at, with their names.
/// The kinds of accounting systems that Sverka can talk to.
fn systems() -> Vec<Titled> {
    sverka_accounting::CONNECTION_KINDS
        .iter()
        .map(|known| Titled {
            code: known.kind.to_owned(),
            title: Title {
                ru: known.title_ru.to_owned(),
                en: known.title_en.to_owned(),
            },
        })
        .collect()
}

fn banks_of(accounts: &[BankAccount]) -> Vec<Titled> {
    let used: HashSet<_> = accounts.iter().map(|account| account.key.bank.as_str()).collect();
    let known = sverka_banks::BANKS.iter().filter(|bank| used.contains(bank.code));
    known
        .map(|bank| Titled {
            code: bank.code.to_owned(),
            title: Title {
                ru: bank.title_ru.to_owned(),
                en: bank.title_en.to_owned(),
            },
        })
        .collect()
}
