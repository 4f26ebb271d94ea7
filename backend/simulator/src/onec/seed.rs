//! The base of the demo.

use crate::api::{OnecBase, OnecClient, OnecSettings};

/// The base `main`, with a few clients.
pub(crate) fn demo() -> OnecBase {
    let client = |(key, name, phone, email): &(&str, &str, &str, Option<&str>)| OnecClient {
        ref_key: Some((*key).to_owned()),
        name: (*name).to_owned(),
        phone: Some((*phone).to_owned()),
        email: email.map(str::to_owned),
        code: None,
    };
    OnecBase {
        name: "main".to_owned(),
        settings: OnecSettings {
            user: Some("sverka".to_owned()),
            password: Some("demo-password".to_owned()),
            secret: Some("whsec_ZGVtby1zZWNyZXQtZm9yLXN2ZXJrYS1zaW11bGF0b3I=".to_owned()),
            time_zone: Some("Europe/Moscow".to_owned()),
            ..OnecSettings::default()
        },
        clients: CLIENTS.iter().map(client).collect(),
    }
}

/// A mother and a daughter share a phone.
const CLIENTS: &[(&str, &str, &str, Option<&str>)] = &[
    (
        "5a1d0c00-0000-4000-8000-000000000001",
        "Соколова Мария Андреевна",
        "+79161234501",
        Some("sokolova@example.com"),
    ),
    (
        "5a1d0c00-0000-4000-8000-000000000002",
        "Кузнецов Илья Петрович",
        "+79161234502",
        Some("kuznetsov@example.com"),
    ),
    (
        "5a1d0c00-0000-4000-8000-000000000003",
        "Орлова Анна Сергеевна",
        "+79161234503",
        Some("orlova@example.com"),
    ),
    (
        "5a1d0c00-0000-4000-8000-000000000004",
        "Орлова Вера Павловна",
        "+79161234503",
        None,
    ),
    (
        "5a1d0c00-0000-4000-8000-000000000005",
        "Белов Денис Игоревич",
        "+79161234504",
        Some("belov@example.com"),
    ),
];
