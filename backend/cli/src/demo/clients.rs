//! Made-up clients and what they pay for.

use sverka_app::attempts::NewAttempt;
use sverka_app::ports::bank::AccountKey;
use sverka_domain::client::Client;
use sverka_domain::money::{Currency, Money};

const SURNAMES: [&str; 18] = [
    "Иванова",
    "Петров",
    "Сидорова",
    "Кузнецов",
    "Смирнова",
    "Попов",
    "Васильева",
    "Соколов",
    "Михайлова",
    "Новиков",
    "Фёдорова",
    "Морозов",
    "Волкова",
    "Алексеев",
    "Лебедева",
    "Семёнов",
    "Егорова",
    "Жуков",
];
const WOMEN: [&str; 6] = [
    "Мария Сергеевна",
    "Анна Ивановна",
    "Ольга Петровна",
    "Елена Юрьевна",
    "Дарья Олеговна",
    "Алёна Игоревна",
];
const MEN: [&str; 6] = [
    "Иван Сергеевич",
    "Алексей Петрович",
    "Дмитрий Олегович",
    "Пётр Ильич",
    "Олег Юрьевич",
    "Артём Львович",
];
const WHAT: [(&str, i64, &str); 5] = [
    ("membership", 2_490_000, "Абонемент «Безлимит», 12 месяцев"),
    ("membership", 450_000, "Абонемент, 1 месяц"),
    ("personal_training", 280_000, "Персональная тренировка"),
    ("deposit", 100_000, "Депозит на бар"),
    ("personal_training", 1_260_000, "Пакет из пяти тренировок"),
];
const ACCOUNTS: [(&str, &str); 4] = [
    ("sber", "main"),
    ("payonline", "club"),
    ("sber", "main"),
    ("sber", "second"),
];

/// An attempt of the `n`th client.
pub(super) fn attempt(n: usize, order_number: String) -> NewAttempt {
    let surname = SURNAMES[n % SURNAMES.len()];
    let given = if surname.ends_with('а') {
        WOMEN[n * 5 % WOMEN.len()]
    } else {
        MEN[n * 5 % MEN.len()]
    };
    let (payment_type, amount, description) = WHAT[n * 7 % WHAT.len()];
    let (bank, account) = ACCOUNTS[n * 3 % ACCOUNTS.len()];
    // Spread over all numbers, the same for the same client.
    let phone = 9_000_000_000 + (n as u64 + 1) * 77_123_457 % 999_999_999;
    NewAttempt {
        order_number,
        account: AccountKey {
            bank: bank.to_owned(),
            account: account.to_owned(),
        },
        payment_type: payment_type.to_owned(),
        amount: Money::new(amount, Currency::RUB),
        client: Client {
            name: format!("{surname} {given}"),
            phone: Some(format!("+7{phone}")),
            email: None,
            external_id: Some(format!("client-{}", 1000 + n)),
        },
        description: Some(description.to_owned()),
        bank_order_id: None,
        metadata: serde_json::Map::new(),
    }
}
