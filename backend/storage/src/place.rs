//! Where the database is, from its URL.

use std::path::PathBuf;

use url::Url;

use crate::open_error::OpenError;

/// Where the database is.
#[derive(Clone)]
pub(crate) enum Place {
    /// A file.
    Sqlite(PathBuf),
    /// A server. The URL holds a password: it is never shown.
    Postgres(Url),
}

impl Place {
    /// Reads the URL of a database.
    pub(crate) fn read(url: &str) -> Result<Self, OpenError> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            if path.is_empty() || path.contains('\0') {
                return Err(OpenError::NoFile);
            }
            return Ok(Self::Sqlite(PathBuf::from(path)));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Url::parse(url).map(Self::Postgres).map_err(OpenError::Url);
        }
        Err(OpenError::Engine)
    }

    /// As it may be shown.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Sqlite(path) => path.display().to_string(),
            Self::Postgres(url) => {
                let host = url.host_str().unwrap_or("localhost");
                let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
                format!("{host}{port}{}", url.path())
            }
        }
    }

    /// What the driver said, without what it repeats of the URL.
    pub(crate) fn without_secrets(&self, text: &str) -> String {
        let Self::Postgres(url) = self else {
            return text.to_owned();
        };
        let shown = text.replace(url.as_str(), &self.shown());
        match url.password() {
            Some(password) if !password.is_empty() => shown.replace(password, "…"),
            Some(_) | None => shown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_shown_without_who_signs_in() {
        let place = Place::read("postgres://sverka:s3cret@db.example:6543/journal?sslmode=require").unwrap();
        assert_eq!(place.shown(), "db.example:6543/journal");
        let said = place
            .without_secrets("no: postgres://sverka:s3cret@db.example:6543/journal?sslmode=require, s3cret");
        assert!(!said.contains("s3cret"), "{said}");
    }

    #[test]
    fn a_path_may_be_relative_or_absolute() {
        for (url, path) in [
            ("sqlite://data/a.db", "data/a.db"),
            ("sqlite:///var/a.db", "/var/a.db"),
        ] {
            assert_eq!(Place::read(url).unwrap().shown(), path);
        }
    }

    #[test]
    fn other_databases_are_refused_without_repeating_the_url() {
        for url in [
            "mysql://root:s3cret@localhost/a",
            "sqlite::memory:",
            "",
            "sqlite://",
            "postgres://a:s3cret@[/",
        ] {
            let Err(refused) = Place::read(url) else {
                panic!("{url}")
            };
            assert!(!refused.to_string().contains("s3cret"), "{refused}");
        }
    }
}
