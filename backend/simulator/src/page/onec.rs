//! A 1C base on the page of everything: what is in it, its troubles, and entering a document as a person would.

use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::index::{home, switches_form};
use super::shell::{escape, notice};
use crate::api::{OnecByHand, OnecClient, OnecDocument, OnecFaults, OnecMode};
use crate::form::Form;
use crate::onec::{Base, add_by_hand, clients, documents};
use crate::simulator::Simulator;
use crate::{clock, money};

const SHOWN: usize = 20;

/// Every fault that has a switch.
const SWITCHES: [(&str, &str, OnecMode); 4] = [
    ("down", "База недоступна", OnecMode::Down),
    ("html_login", "Отвечает страницей входа", OnecMode::HtmlLogin),
    ("locked", "Данные заблокированы", OnecMode::Locked),
    ("drop_after", "Проводит и молчит", OnecMode::DropAfter),
];

/// Switches a base's faults.
pub(crate) async fn switch(
    request: HttpRequest,
    simulator: Data<Simulator>,
    name: Path<String>,
    body: Bytes,
) -> HttpResponse {
    let form = Form::read(&request, &body);
    let wanted = SWITCHES
        .iter()
        .find(|(switch, ..)| Some(*switch) == form.get("switch"))
        .map_or(OnecMode::Ok, |(.., mode)| *mode);
    if let Some(base) = simulator.world().onec.get_mut(name.as_str()) {
        let is_on = base.faults.mode == wanted;
        base.faults = OnecFaults::mode(if is_on { OnecMode::Ok } else { wanted });
    }
    home()
}

/// Enters a document.
pub(crate) async fn enter(
    request: HttpRequest,
    simulator: Data<Simulator>,
    name: Path<String>,
    body: Bytes,
) -> HttpResponse {
    let form = Form::read(&request, &body);
    let wish = OnecByHand {
        client_key: form.get("client_key").map(str::to_owned),
        amount: form.get("amount").and_then(money::minor).unwrap_or_default(),
        ..OnecByHand::default()
    };
    let now = clock::now_ms();
    let entered = simulator
        .world()
        .onec
        .get_mut(name.as_str())
        .map(|base| add_by_hand(base, &wish, now));
    match entered {
        Some(Err(refusal)) => notice("1С отказала", &refusal.words),
        _ => home(),
    }
}

/// A base.
pub(super) fn card(base: &Base) -> String {
    let mode = base.faults.mode;
    let switches = SWITCHES.map(|(switch, words, on)| (switch, words, mode == on));
    let path = format!("/ui/onec/{}", escape(&base.name));
    let options: String = clients(base).iter().map(option).collect();
    let rows: String = documents(base, None).iter().rev().take(SHOWN).map(row).collect();
    format!(
        "<div class=\"card\"><h2>1С: {name}</h2>{switches}\
         <form method=\"post\" action=\"{path}/documents\"><p><select name=\"client_key\" aria-label=\"Контрагент\">{options}</select> \
         <input type=\"text\" name=\"amount\" placeholder=\"Сумма, 4990.00\" aria-label=\"Сумма документа\" required> \
         <button>Внести вручную</button></p></form>\
         <table><tr><th>Дата</th><th>Номер</th><th>Контрагент</th><th>Сумма</th><th>Состояние</th><th>Автор</th><th>Комментарий</th></tr>{rows}</table></div>",
        name = escape(&base.name),
        switches = switches_form(&path, &switches),
    )
}

fn option(client: &OnecClient) -> String {
    let key = client.ref_key.as_deref().unwrap_or_default();
    format!(
        "<option value=\"{}\">{}</option>",
        escape(key),
        escape(&client.name)
    )
}

fn row(document: &OnecDocument) -> String {
    let state = match (document.deletion_mark, document.posted) {
        (true, _) => "помечен на удаление",
        (false, true) => "проведён",
        (false, false) => "не проведён",
    };
    format!(
        "<tr><td>{date}</td><td>{number}</td><td>{client}</td><td>{sum}</td><td>{state}</td><td>{author}</td><td>{comment}</td></tr>",
        date = escape(&document.date.replace('T', " ")),
        number = escape(&document.number),
        client = escape(document.client_name.as_deref().unwrap_or_default()),
        sum = money::for_people(document.amount),
        author = escape(document.author.as_deref().unwrap_or_default()),
        comment = escape(&document.comment),
    )
}
