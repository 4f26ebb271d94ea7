//! Clients that already are somebody.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sverka_app::auth::{NewApiKey, NewUser};
use sverka_domain::role::Role;
use tokio::sync::Mutex;

use super::client::Client;
use super::{Answer, TestApp};

/// The password of everybody.
pub const PASSWORD: &str = "correct horse battery";
/// An access token is good for 15 minutes; after this much of the app's time its owner signs in anew.
const FRESH: SignedDuration = SignedDuration::from_mins(10);

/// Who sends a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    /// Nobody: without credentials.
    Nobody,
    /// A person of this role, or for an integrator a program.
    Somebody(Role),
}

/// The address of the person of a role.
#[must_use]
pub fn email(role: Role) -> String {
    format!("{role}@example.ru")
}

/// Credentials that were made so far, and when.
#[derive(Default)]
pub(super) struct Tokens(Mutex<HashMap<Role, (String, Timestamp)>>);

impl TestApp {
    /// A client without credentials.
    #[must_use]
    pub fn nobody(&self) -> Client<'_> {
        Client::new(self, Who::Nobody)
    }

    /// A client of any role.
    #[must_use]
    pub fn somebody(&self, role: Role) -> Client<'_> {
        Client::new(self, Who::Somebody(role))
    }

    /// A person who only looks.
    #[must_use]
    pub fn viewer(&self) -> Client<'_> {
        self.somebody(Role::Viewer)
    }

    /// A person who mends.
    #[must_use]
    pub fn operator(&self) -> Client<'_> {
        self.somebody(Role::Operator)
    }

    /// A person who answers for the day.
    #[must_use]
    pub fn supervisor(&self) -> Client<'_> {
        self.somebody(Role::Supervisor)
    }

    /// A person who may do everything.
    #[must_use]
    pub fn admin(&self) -> Client<'_> {
        self.somebody(Role::Admin)
    }

    /// The app's backend, with an API key.
    #[must_use]
    pub fn integrator(&self) -> Client<'_> {
        self.somebody(Role::Integrator)
    }

    /// A sign-in over HTTP.
    pub async fn sign_in(&self, email: &str, password: &str) -> Answer {
        let body = json!({ "email": email, "password": password });
        self.nobody().post("/api/v1/auth/login", &body).await
    }

    /// What stands after `Authorization: Bearer`.
    pub async fn credentials(&self, role: Role) -> String {
        let mut tokens = self.tokens.0.lock().await;
        let now = self.sverka.now();
        if let Some((token, at)) = tokens.get(&role)
            && (role == Role::Integrator || now.duration_since(*at) < FRESH)
        {
            return token.clone();
        }
        let is_new = !tokens.contains_key(&role);
        let token = if role == Role::Integrator {
            self.make_key("app", role).await
        } else {
            if is_new {
                self.add_person(role).await;
            }
            let session = self.sign_in(&email(role), PASSWORD).await.ok();
            session["access_token"].as_str().unwrap().to_owned()
        };
        tokens.insert(role, (token.clone(), now));
        token
    }

    /// Adds an API key.
    pub async fn make_key(&self, name: &str, role: Role) -> String {
        let name = name.to_owned();
        self.sverka.add_api_key(NewApiKey { name, role }).await.unwrap()
    }

    /// Adds the person of a role.
    pub async fn add_person(&self, role: Role) {
        let new = NewUser {
            email: email(role),
            name: format!("The {role}"),
            role,
            password: Some(PASSWORD.to_owned()),
        };
        self.sverka.add_user(new).await.unwrap();
    }
}
