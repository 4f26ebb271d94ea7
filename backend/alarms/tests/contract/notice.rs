//! An alarm to send.

use sverka_app::ports::alarm::{AlarmEvent, AlarmPort, IncidentNotice, Notice, NoticeAbout};
use sverka_app::ports::bank::AccountKey;
use sverka_domain::ids::{AlarmId, IncidentId};
use sverka_domain::incident::{Counts, IncidentKind};
use uuid::Uuid;

pub(crate) const SUBJECT: &str =
    "Сбер / main: уведомления не приходят с 14:05, 37 оплат, 35 восстановлено опросом, 2 ждут";

pub(crate) fn notice() -> Notice {
    Notice {
        id: AlarmId(Uuid::from_u128(0x0190_a1b2_0000_7000_8000_0000_0000_0001)),
        event: AlarmEvent::Opened,
        about: NoticeAbout::Incident(IncidentNotice {
            incident: IncidentId(Uuid::from_u128(0x0190_a1b2_0000_7000_8000_0000_0000_0002)),
            account: AccountKey {
                bank: "sber".to_owned(),
                account: "main".to_owned(),
            },
            kind: IncidentKind::Silent,
            since: "2026-11-24T11:05:00Z".parse().unwrap(),
            opened_at: "2026-11-24T11:20:00Z".parse().unwrap(),
            closed_at: None,
            counts: Counts {
                paid: 37,
                heard: 0,
                healed: 37,
                waiting: 2,
            },
        }),
        subject: SUBJECT.to_owned(),
        text: format!("{SUBJECT}\nhttps://pay.example.ru/incidents/1"),
        now: "2026-11-24T11:20:01Z".parse().unwrap(),
    }
}

pub(crate) async fn refusal(port: &dyn AlarmPort) -> String {
    port.send(&notice()).await.unwrap_err().to_string()
}
