//! The demo's users and key, made once and kept in its folder.

use std::path::Path;

use sverka_app::App;
use sverka_app::auth::{NewApiKey, NewUser, UserError};
use sverka_domain::role::Role;

use super::install::write_private;
use crate::failure::Failure;

const FILE: &str = "credentials.env";
const OPERATOR: &str = "operator@sverka.local";
/// One of each role, by address and name.
const USERS: [(&str, &str, Role); 4] = [
    ("viewer@sverka.local", "Вера Смотрова", Role::Viewer),
    (OPERATOR, "Ольга Петрова", Role::Operator),
    ("supervisor@sverka.local", "Семён Старший", Role::Supervisor),
    ("admin@sverka.local", "Анна Админова", Role::Admin),
];

/// How to sign in to the demo.
pub(crate) struct Credentials {
    /// The operator.
    pub(crate) email: String,
    /// The password of all of its users.
    pub(crate) password: String,
    /// An integrator's key.
    pub(crate) api_key: String,
}

impl Credentials {
    /// As lines of a shell.
    pub(crate) fn to_shell(&self) -> String {
        let Self {
            email,
            password,
            api_key,
        } = self;
        format!("SVERKA_EMAIL='{email}'\nSVERKA_PASSWORD='{password}'\nSVERKA_API_KEY='{api_key}'\n")
    }

    fn from_shell(text: &str) -> Option<Self> {
        let value = |name: &str| {
            let line = text
                .lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix('='))?;
            Some(line.trim_matches('\'').to_owned())
        };
        Some(Self {
            email: value("SVERKA_EMAIL")?,
            password: value("SVERKA_PASSWORD")?,
            api_key: value("SVERKA_API_KEY")?,
        })
    }
}

/// Makes users and a key at the first start; afterwards they are as they were. A copy goes to `copy`.
pub(crate) async fn prepare(app: &App, data: &Path, copy: Option<&Path>) -> Result<Credentials, Failure> {
    let file = data.join(FILE);
    let known = std::fs::read_to_string(&file)
        .ok()
        .and_then(|text| Credentials::from_shell(&text));
    let credentials = match known {
        Some(credentials) => credentials,
        None => make(app).await?,
    };
    write_private(&file, &credentials.to_shell())?;
    if let Some(copy) = copy {
        write_private(copy, &credentials.to_shell())?;
    }
    Ok(credentials)
}

async fn make(app: &App) -> Result<Credentials, Failure> {
    let mut password = None;
    for (email, name, role) in USERS {
        let given = password.clone();
        let new = NewUser {
            email: email.to_owned(),
            name: name.to_owned(),
            role,
            password: given,
        };
        match app.add_user(new).await {
            Ok(made) => password = password.or(made),
            Err(UserError::Taken(_)) => {
                let made = app
                    .reset_password(email, password.clone())
                    .await
                    .map_err(Failure::refused)?;
                password = password.or(made);
            }
            Err(error) => return Err(Failure::refused(error)),
        }
    }
    let name = "demo-app".to_owned();
    let key = NewApiKey {
        name: format!("{name}-{}", app.now().as_second()),
        role: Role::Integrator,
    };
    let api_key = app.add_api_key(key).await.map_err(Failure::refused)?;
    Ok(Credentials {
        email: OPERATOR.to_owned(),
        password: password.unwrap_or_default(),
        api_key,
    })
}
