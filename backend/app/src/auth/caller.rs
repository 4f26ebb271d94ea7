//! Somebody whose credentials were checked.

use sverka_domain::ids::UserId;
use sverka_domain::role::Role;

use crate::ports::store::{Actor, ActorKind, ApiKey, User};

/// A person or a program that may call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// `User` or `ApiKey`.
    pub kind: ActorKind,
    /// Id of the user or the key.
    pub id: String,
    /// E-mail address of a person.
    pub email: Option<String>,
    /// Name to show.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

impl Caller {
    /// Who it is, if it is a person.
    #[must_use]
    pub fn user(&self) -> Option<UserId> {
        match self.kind {
            ActorKind::User => self.id.parse().ok(),
            _ => None,
        }
    }

    /// For the timeline.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor {
            kind: self.kind,
            id: Some(self.id.clone()),
            name: Some(self.name.clone()),
        }
    }
}

impl Caller {
    /// Whoever wanted something, when it is done later. What they may do was looked at then.
    #[must_use]
    pub(crate) fn of(actor: &Actor) -> Self {
        Self {
            kind: actor.kind,
            id: actor.id.clone().unwrap_or_default(),
            email: None,
            name: actor.name.clone().unwrap_or_default(),
            role: Role::Operator,
        }
    }
}

impl From<&User> for Caller {
    fn from(user: &User) -> Self {
        Self {
            kind: ActorKind::User,
            id: user.id.to_string(),
            email: Some(user.email.clone()),
            name: user.name.clone(),
            role: user.role,
        }
    }
}

impl From<&ApiKey> for Caller {
    fn from(key: &ApiKey) -> Self {
        Self {
            kind: ActorKind::ApiKey,
            id: key.id.to_string(),
            email: None,
            name: key.name.clone(),
            role: key.role,
        }
    }
}
