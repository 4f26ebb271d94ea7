//! Documents: money in and out by bank as in «Управление торговлей», and a card operation whose client is composite.

use super::attributes::{DOCUMENT, flag, moment, one_of, refers, sum, text, type_of};
use super::catalogs::{CLIENTS, CONTRACTS, ORGANISATIONS, USERS};
use super::{Attribute, Entity, Part};

/// A payment.
pub(crate) const PAYMENT: &str = "Document_ПоступлениеБезналичныхДенежныхСредств";
/// A refund.
pub(crate) const REFUND: &str = "Document_СписаниеБезналичныхДенежныхСредств";

const CARD: &str = "Document_ОперацияПоПлатежнойКарте";

/// What a document may be made on the ground of.
const GROUNDS: &[&str] = &[PAYMENT, REFUND, CARD];

const MONEY: &[Attribute] = &[
    text("ХозяйственнаяОперация"),
    refers("Организация_Key", ORGANISATIONS),
    refers("Контрагент_Key", CLIENTS),
    sum("СуммаДокумента"),
    text("НазначениеПлатежа"),
    text("НомерВходящегоДокумента"),
    moment("ДатаВходящегоДокумента"),
    flag("ПроведеноБанком"),
    moment("ДатаПроведенияБанком"),
    one_of("ДокументОснование", GROUNDS),
    type_of("ДокументОснование_Type", "ДокументОснование"),
    text("Комментарий"),
    refers("Автор_Key", USERS),
];

const LINES: &[Part] = &[Part {
    name: "РасшифровкаПлатежа",
    attributes: &[
        refers("ДоговорКонтрагента_Key", CONTRACTS),
        sum("Сумма"),
        sum("СуммаНДС"),
        text("Комментарий"),
    ],
}];

pub(super) static PAYMENT_ENTITY: Entity = Entity {
    name: PAYMENT,
    title: "Поступление безналичных денежных средств",
    prefix: "ФК00-",
    attributes: &[DOCUMENT, MONEY],
    parts: LINES,
};

pub(super) static REFUND_ENTITY: Entity = Entity {
    name: REFUND,
    title: "Списание безналичных денежных средств",
    prefix: "ФК00-",
    attributes: &[DOCUMENT, MONEY],
    parts: LINES,
};

pub(super) static CARD_ENTITY: Entity = Entity {
    name: CARD,
    title: "Операция по платежной карте",
    prefix: "ФК00-",
    attributes: &[
        DOCUMENT,
        &[
            text("ХозяйственнаяОперация"),
            refers("Организация_Key", ORGANISATIONS),
            one_of("Контрагент", &[CLIENTS, ORGANISATIONS]),
            type_of("Контрагент_Type", "Контрагент"),
            sum("СуммаДокумента"),
            text("НомерПлатежнойКарты"),
            text("СсылочныйНомер"),
            text("НомерЧекаЭТ"),
            text("Комментарий"),
            refers("Автор_Key", USERS),
        ],
    ],
    parts: LINES,
};
