//! An alarm about a connection in a sentence. There are no clients in it.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use sverka_domain::money::Money;

use crate::ports::alarm::{AlarmEvent, Language};
use crate::ports::store::{ConnectionAlarm, ConnectionTopic};
use crate::words::{clock, plural};

/// The longest piece of the other system's words in a subject, in characters.
const LONGEST_WORDS: usize = 200;

/// «Подключение crm: не отвечает с 14:05, ждут 37 оплат (166500.00 RUB); последняя ошибка: HTTP 503».
pub(crate) fn subject(
    alarm: &ConnectionAlarm,
    event: AlarmEvent,
    language: Language,
    (zone, now): (&TimeZone, Timestamp),
) -> String {
    let since = clock(zone, alarm.since, now);
    let what = match (alarm.topic, event) {
        (ConnectionTopic::Outage, AlarmEvent::Opened) => {
            let error = error(alarm, language);
            match language {
                Language::Ru => format!("не принимает с {since}, {}{error}", waiting(alarm, language)),
                Language::En => format!(
                    "does not take anything since {since}, {}{error}",
                    waiting(alarm, language)
                ),
            }
        }
        (ConnectionTopic::Outage, AlarmEvent::Closed) => match language {
            Language::Ru => format!(
                "снова принимает; не принимало с {since}, {}",
                waiting(alarm, language)
            ),
            Language::En => format!(
                "is back; it took nothing since {since}, {}",
                waiting(alarm, language)
            ),
        },
        (ConnectionTopic::Stuck, _) => stuck(alarm, language, (zone, now)),
    };
    match language {
        Language::Ru => format!("Подключение {}: {what}", alarm.connection),
        Language::En => format!("Connection {}: {what}", alarm.connection),
    }
}

fn waiting(alarm: &ConnectionAlarm, language: Language) -> String {
    let (count, sums) = (alarm.told.waiting, sums(&alarm.told.amounts));
    match language {
        Language::Ru => format!(
            "{} {count} {}{sums}",
            plural(count, ["ждёт", "ждут", "ждут"]),
            plural(count, ["оплата", "оплаты", "оплат"]),
        ),
        Language::En => format!(
            "{count} {} waiting{sums}",
            if count == 1 { "payment" } else { "payments" },
        ),
    }
}

fn sums(amounts: &[Money]) -> String {
    if amounts.is_empty() {
        return String::new();
    }
    let sum = |amount: &Money| format!("{} {}", amount.to_decimal(), amount.currency);
    let all: Vec<String> = amounts.iter().map(sum).collect();
    format!(" ({})", all.join(", "))
}

fn error(alarm: &ConnectionAlarm, language: Language) -> String {
    let Some(words) = &alarm.told.last_error else {
        return String::new();
    };
    let words: String = words
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(LONGEST_WORDS)
        .collect();
    match language {
        Language::Ru => format!("; последняя ошибка: {words}"),
        Language::En => format!("; last error: {words}"),
    }
}

fn stuck(alarm: &ConnectionAlarm, language: Language, (zone, now): (&TimeZone, Timestamp)) -> String {
    let count = alarm.told.stuck;
    let oldest = clock(zone, alarm.told.stuck_since.unwrap_or(alarm.since), now);
    match language {
        Language::Ru => format!(
            "{} решения человека {count} {}, самая давняя с {oldest}",
            plural(count, ["ждёт", "ждут", "ждут"]),
            plural(count, ["оплата", "оплаты", "оплат"]),
        ),
        Language::En => format!(
            "{count} {} for a person, the longest since {oldest}",
            if count == 1 {
                "payment waits"
            } else {
                "payments wait"
            },
        ),
    }
}

#[cfg(test)]
mod tests {
    use sverka_domain::money::Currency;

    use super::*;
    use crate::ports::store::ConnectionTold;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn alarm(topic: ConnectionTopic) -> ConnectionAlarm {
        ConnectionAlarm {
            topic,
            connection: "crm".to_owned(),
            since: at("2026-11-24T11:05:40Z"),
            told: ConnectionTold {
                waiting: 37,
                oldest_at: Some(at("2026-11-24T11:05:40Z")),
                amounts: vec![Money::new(16_650_000, Currency::RUB)],
                last_error: Some("HTTP 503\nbusy".to_owned()),
                stuck: 2,
                stuck_since: Some(at("2026-11-23T09:10:00Z")),
            },
        }
    }

    fn said(alarm: &ConnectionAlarm, event: AlarmEvent, language: Language) -> String {
        let zone = TimeZone::get("Europe/Moscow").unwrap();
        subject(alarm, event, language, (&zone, at("2026-11-24T12:00:00Z")))
    }

    #[test]
    fn an_alarm_about_a_connection_is_one_sentence() {
        let outage = alarm(ConnectionTopic::Outage);
        assert_eq!(
            said(&outage, AlarmEvent::Opened, Language::Ru),
            "Подключение crm: не принимает с 14:05, ждут 37 оплат (166500.00 RUB); последняя ошибка: HTTP 503 busy"
        );
        assert_eq!(
            said(&outage, AlarmEvent::Closed, Language::En),
            "Connection crm: is back; it took nothing since 14:05, 37 payments waiting (166500.00 RUB)"
        );
        let stuck = alarm(ConnectionTopic::Stuck);
        assert_eq!(
            said(&stuck, AlarmEvent::Opened, Language::Ru),
            "Подключение crm: ждут решения человека 2 оплаты, самая давняя с 23.11 12:10"
        );
        assert_eq!(
            said(&stuck, AlarmEvent::Opened, Language::En),
            "Connection crm: 2 payments wait for a person, the longest since 23.11 12:10"
        );
    }
}
