//! The page of everything: accounts, last orders with the truth, fault switches.

use actix_web::http::header::LOCATION;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::onec;
use super::shell::{escape, page};
use crate::api::{AccountingFaults, AccountingMode, Bank, NewOrder, OrderState, ServiceMode};
use crate::bank::{Account, BankOrder};
use crate::form::Form;
use crate::simulator::Simulator;
use crate::world::World;
use crate::{clock, events, money};

const SHOWN: usize = 20;

/// The page.
pub(crate) async fn show(simulator: Data<Simulator>) -> HttpResponse {
    let world = simulator.world();
    let mut inner = "<h1>Имитация банков и учётной системы</h1>".to_owned();
    inner.push_str(&receivers(&world));
    world
        .onec
        .values()
        .for_each(|base| inner.push_str(&onec::card(base)));
    for ((bank, name), account) in &world.banks {
        inner.push_str(&bank_card(*bank, name, account));
    }
    page("Имитация банков", &inner)
}

/// Switches a bank's faults.
pub(crate) async fn switch_bank(
    request: HttpRequest,
    simulator: Data<Simulator>,
    at: Path<(String, String)>,
    body: Bytes,
) -> HttpResponse {
    let form = Form::read(&request, &body);
    let (bank, name) = &*at;
    let mut world = simulator.world();
    if let Some(account) = Bank::from_name(bank).and_then(|bank| world.account(bank, name)) {
        let faults = &mut account.faults;
        match form.get("switch") {
            Some("drop") => faults.drop_rate = if faults.drop_rate > 0.0 { 0.0 } else { 1.0 },
            Some("duplicate") => faults.duplicate_rate = if faults.duplicate_rate > 0.0 { 0.0 } else { 1.0 },
            Some("forge") => faults.forge_rate = if faults.forge_rate > 0.0 { 0.0 } else { 1.0 },
            Some("down") => {
                let is_down = faults.query_mode == ServiceMode::Down;
                let mode = if is_down {
                    ServiceMode::Ok
                } else {
                    ServiceMode::Down
                };
                (faults.query_mode, faults.operation_mode) = (mode, mode);
            }
            _ => {}
        }
    }
    drop(world);
    home()
}

/// Switches the receiver's faults.
pub(crate) async fn switch_accounting(
    request: HttpRequest,
    simulator: Data<Simulator>,
    name: Path<String>,
    body: Bytes,
) -> HttpResponse {
    let form = Form::read(&request, &body);
    if let Some(receiver) = simulator.world().receivers.get_mut(name.as_str()) {
        let wanted = match form.get("switch") {
            Some("down") => AccountingMode::Down,
            Some("busy") => AccountingMode::Busy503,
            Some("cut") => AccountingMode::CutAfterApply,
            _ => AccountingMode::Ok,
        };
        let mode = if receiver.faults.mode == wanted {
            AccountingMode::Ok
        } else {
            wanted
        };
        receiver.set(AccountingFaults::mode(mode));
    }
    home()
}

/// Makes an order and opens its payment page.
pub(crate) async fn new_order(
    request: HttpRequest,
    simulator: Data<Simulator>,
    at: Path<(String, String)>,
    body: Bytes,
) -> HttpResponse {
    let form = Form::read(&request, &body);
    let (bank, name) = &*at;
    let new = NewOrder {
        order_number: form.get("order_number").unwrap_or_default().to_owned(),
        amount: form.get("amount").and_then(money::minor).unwrap_or(0),
        ..NewOrder::default()
    };
    let made =
        Bank::from_name(bank).and_then(|bank| events::register(&simulator, bank, name, &new, |_| {}).ok());
    made.map_or_else(home, |order| {
        HttpResponse::SeeOther()
            .insert_header((LOCATION, order.payment_url))
            .finish()
    })
}

pub(super) fn home() -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, "/")).finish()
}

fn bank_card(bank: Bank, name: &str, account: &Account) -> String {
    let (faults, path) = (
        &account.faults,
        format!("/ui/banks/{}/{}", bank.as_str(), escape(name)),
    );
    let switches = [
        ("drop", "Терять уведомления", faults.drop_rate > 0.0),
        ("duplicate", "Удваивать уведомления", faults.duplicate_rate > 0.0),
        ("forge", "Слать поддельные", faults.forge_rate > 0.0),
        ("down", "Банк недоступен", faults.query_mode != ServiceMode::Ok),
    ];
    let rows: String = account.orders.newest().take(SHOWN).map(row).collect();
    format!(
        "<div class=\"card\"><h2>{bank} / {name}</h2><p class=\"muted\">Уведомления: {url}</p>{switches}\
         <form method=\"post\" action=\"{path}/orders\"><p><input type=\"text\" name=\"order_number\" placeholder=\"Номер заказа\" aria-label=\"Номер заказа\" required> \
         <input type=\"text\" name=\"amount\" placeholder=\"Сумма, 4990.00\" aria-label=\"Сумма в рублях\" required> <button>Новый заказ</button></p></form>\
         <table><tr><th>Создан</th><th>Заказ</th><th>Сумма</th><th>Правда банка</th><th>Возвращено</th><th></th></tr>{rows}</table></div>",
        bank = bank.as_str(),
        name = escape(name),
        url = escape(
            account
                .settings
                .callback_url
                .as_deref()
                .unwrap_or("адрес не задан")
        ),
        switches = switches_form(&path, &switches),
    )
}

fn receivers(world: &World) -> String {
    let card = |(name, receiver): (&String, &crate::accounting::Receiver)| {
        let mode = receiver.faults.mode;
        let switches = [
            ("down", "Учётная система недоступна", mode == AccountingMode::Down),
            ("busy", "Занята (503)", mode == AccountingMode::Busy503),
            (
                "cut",
                "Проводит и обрывает ответ",
                mode == AccountingMode::CutAfterApply,
            ),
        ];
        let summary = &receiver.summary;
        format!(
            "<div class=\"card\"><h2>Учётная система {name}</h2>{switches}<p>Документов: {documents}. Запросов: {deliveries}. Тревог: {alarms}.</p></div>",
            name = escape(name),
            switches = switches_form(&format!("/ui/accounting/{}", escape(name)), &switches),
            documents = summary.documents,
            deliveries = summary.deliveries,
            alarms = summary.alarms.len(),
        )
    };
    world.receivers.iter().map(card).collect()
}

pub(super) fn switches_form(path: &str, switches: &[(&str, &str, bool)]) -> String {
    let button = |(value, words, on): &(&str, &str, bool)| {
        let class = if *on { "on" } else { "" };
        format!(
            "<button class=\"{class}\" aria-pressed=\"{on}\" name=\"switch\" value=\"{value}\">{words}</button>"
        )
    };
    let buttons: String = switches.iter().map(button).collect();
    format!("<form method=\"post\" action=\"{path}\">{buttons}</form>")
}

fn row(order: &BankOrder) -> String {
    let truth = &order.truth;
    format!(
        "<tr><td>{at}</td><td>{number}</td><td>{sum}</td><td>{state}</td><td>{refunded}</td><td><a href=\"{url}\">страница оплаты</a></td></tr>",
        at = clock::moscow_clock(truth.created_at),
        number = escape(&truth.order_number),
        sum = money::for_people(truth.amount),
        state = state_words(truth.state),
        refunded = if truth.refunded > 0 {
            money::for_people(truth.refunded)
        } else {
            String::new()
        },
        url = escape(&truth.payment_url),
    )
}

fn state_words(state: OrderState) -> &'static str {
    match state {
        OrderState::Registered => "ждёт оплаты",
        OrderState::Acs => "проверка 3-D Secure",
        OrderState::Held => "деньги удержаны",
        OrderState::Paid => "оплачен",
        OrderState::Reversed => "отменён",
        OrderState::Refunded => "возвращён",
        OrderState::PartiallyRefunded => "возвращён частично",
        OrderState::Declined => "отказ",
        OrderState::Expired => "срок истёк",
    }
}
