//! Catalogs. The clients are those of «Управление нашей фирмой»: the attributes for searching are plain, and the contacts
//! are a table part as in every configuration on the standard library.

use super::attributes::{CATALOG, flag, moment, refers, text};
use super::{Entity, Part};

/// The clients.
pub(crate) const CLIENTS: &str = "Catalog_Контрагенты";
/// Who works in the base.
pub(crate) const USERS: &str = "Catalog_Пользователи";

pub(super) const ORGANISATIONS: &str = "Catalog_Организации";
pub(super) const CONTRACTS: &str = "Catalog_ДоговорыКонтрагентов";

pub(super) static CLIENTS_ENTITY: Entity = Entity {
    name: CLIENTS,
    title: "Контрагент",
    prefix: "НФ-",
    attributes: &[
        CATALOG,
        &[
            refers("Parent_Key", CLIENTS),
            flag("IsFolder"),
            text("НаименованиеПолное"),
            text("ВидКонтрагента"),
            text("ИНН"),
            text("КПП"),
            text("ФИО"),
            moment("ДатаРождения"),
            text("НомерТелефонаДляПоиска"),
            text("АдресЭПДляПоиска"),
            flag("Покупатель"),
            flag("Недействителен"),
            text("Комментарий"),
        ],
    ],
    parts: &[Part {
        name: "КонтактнаяИнформация",
        attributes: &[
            text("Тип"),
            text("Вид"),
            text("Представление"),
            text("АдресЭП"),
            text("НомерТелефона"),
            text("НомерТелефонаБезКодов"),
        ],
    }],
};

pub(super) static CONTRACTS_ENTITY: Entity = Entity {
    name: CONTRACTS,
    title: "Договор",
    prefix: "НФ-",
    attributes: &[
        CATALOG,
        &[
            refers("Owner_Key", CLIENTS),
            refers("Организация_Key", ORGANISATIONS),
        ],
    ],
    parts: &[],
};

pub(super) static ORGANISATIONS_ENTITY: Entity = Entity {
    name: ORGANISATIONS,
    title: "Организация",
    prefix: "НФ-",
    attributes: &[CATALOG, &[text("НаименованиеПолное"), text("ИНН"), text("КПП")]],
    parts: &[],
};

pub(super) static USERS_ENTITY: Entity = Entity {
    name: USERS,
    title: "Пользователь",
    prefix: "П-",
    attributes: &[CATALOG, &[flag("Недействителен"), flag("Служебный")]],
    parts: &[],
};
