//! The payment page that a person can click: the same for every bank.

use actix_web::http::header::LOCATION;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use url::Url;

use super::shell::{escape, page};
use crate::api::{Bank, CallbackFate, Move, Order, OrderState, Verb};
use crate::bank::BankOrder;
use crate::form::Form;
use crate::simulator::Simulator;
use crate::{clock, cloudpayments, events, money};

type At = Path<(String, String, String)>;

/// Shows the order with its buttons.
pub(crate) async fn show(simulator: Data<Simulator>, at: At) -> HttpResponse {
    match find(&simulator, &at) {
        Some((_, order)) => render(&order, ""),
        None => HttpResponse::NotFound()
            .content_type("text/plain; charset=utf-8")
            .body("Заказ не найден"),
    }
}

/// Does what the payer has chosen.
pub(crate) async fn choose(
    request: HttpRequest,
    simulator: Data<Simulator>,
    at: At,
    body: Bytes,
) -> HttpResponse {
    let Some((bank, order)) = find(&simulator, &at) else {
        return HttpResponse::NotFound().finish();
    };
    let form = Form::read(&request, &body);
    let (account, number) = (&order.truth.account, &order.truth.order_number);
    let how = how(&form);
    match form.get("action") {
        Some("pay") if !cloudpayments::merchant_agrees(&simulator, &order).await => {
            render(&order, "Магазин не согласился принять этот платёж")
        }
        Some("pay") => {
            let verb = if order.truth.two_stage {
                Verb::Hold
            } else {
                Verb::Pay
            };
            match events::act(&simulator, bank, account, number, verb, &how) {
                Ok(paid) => leave(&order, order.page.return_url.as_deref(), &paid, "Оплата прошла"),
                Err(_) => render(&order, "Этот заказ уже нельзя оплатить"),
            }
        }
        Some("decline") => match events::act(&simulator, bank, account, number, Verb::Decline, &how) {
            Ok(refused) if refused.state == OrderState::Declined => {
                leave(&order, fail_url(&order), &refused, "Банк отказал")
            }
            Ok(_) => find(&simulator, &at).map_or_else(
                || HttpResponse::NotFound().finish(),
                |(_, now)| render(&now, "Банк отказал. Можно попробовать ещё раз"),
            ),
            Err(_) => render(&order, "С этим заказом уже всё решено"),
        },
        _ => leave(&order, fail_url(&order), &order.truth, "Вы ушли без оплаты"),
    }
}

fn find(simulator: &Simulator, at: &At) -> Option<(Bank, BankOrder)> {
    let (bank, account, id) = &**at;
    let bank = Bank::from_name(bank)?;
    let mut world = simulator.world();
    let orders = &world.account(bank, account)?.orders;
    let number = orders.number_of(id)?;
    Some((bank, orders.get(&number)?.clone()))
}

fn how(form: &Form) -> Move {
    let late = form.has("late");
    Move {
        callback: if form.has("drop") {
            CallbackFate::Drop
        } else if late {
            CallbackFate::Delay
        } else {
            CallbackFate::Send
        },
        delay_ms: if late { 15_000 } else { 0 },
        copies: form.has("double").then_some(2),
        forge: form.has("forge"),
        is_final: Some(!form.has("again")),
        ..Move::default()
    }
}

fn fail_url(order: &BankOrder) -> Option<&str> {
    order
        .page
        .fail_url
        .as_deref()
        .or(order.page.return_url.as_deref())
}

/// Sends the payer back to the shop, or says goodbye when the shop gave no address.
fn leave(order: &BankOrder, to: Option<&str>, now: &Order, words: &str) -> HttpResponse {
    if let Some(mut url) = to
        .and_then(|to| Url::parse(to).ok())
        .filter(|url| matches!(url.scheme(), "http" | "https"))
    {
        if now.bank.is_rbs() {
            url.query_pairs_mut().append_pair("orderId", &now.bank_order_id);
        }
        return HttpResponse::SeeOther()
            .insert_header((LOCATION, url.to_string()))
            .finish();
    }
    let sum = money::for_people(order.truth.amount);
    page(
        words,
        &format!(
            "<div class=\"card narrow\"><h1>{words}</h1><p class=\"sum\">{sum}</p><p class=\"muted\">Страницу можно закрыть.</p></div>"
        ),
    )
}

fn render(order: &BankOrder, note: &str) -> HttpResponse {
    let truth = &order.truth;
    let bank = format!("{} (имитация)", truth.bank.title());
    let note = if note.is_empty() {
        String::new()
    } else {
        format!("<p class=\"note\">{}</p>", escape(note))
    };
    let open = matches!(truth.state, OrderState::Registered | OrderState::Acs);
    let buttons = if open {
        BUTTONS
    } else {
        "<p class=\"note\">По этому заказу платить больше не нужно.</p>"
    };
    page(
        &format!("Оплата заказа {}", truth.order_number),
        &format!(
            "<div class=\"card narrow\"><p class=\"muted\">{bank}, {account}</p><h1>Заказ {number}</h1><p>{description}</p><p class=\"sum\">{sum}</p>\
             <p class=\"muted\">Оплатить до {until} (МСК).{tries}</p>{note}<form method=\"post\">{buttons}</form>\
             <p class=\"muted\">Это не настоящий банк: деньги не списываются.</p></div>",
            account = escape(&truth.account),
            number = escape(&truth.order_number),
            description = escape(order.page.description.as_deref().unwrap_or_default()),
            sum = money::for_people(truth.amount),
            until = clock::moscow_clock(truth.expires_at),
            tries = if truth.failed_tries == 0 {
                String::new()
            } else {
                format!(" Неудачных попыток: {}.", truth.failed_tries)
            },
        ),
    )
}

const BUTTONS: &str = "<button class=\"main\" name=\"action\" value=\"pay\">Оплатить</button>\
<button name=\"action\" value=\"decline\">Отказ банка</button><button name=\"action\" value=\"leave\">Передумал, закрыть</button>\
<p class=\"muted\">Что сделать с уведомлением магазину:</p>\
<label><input type=\"checkbox\" name=\"drop\" value=\"1\"> потерять</label>\
<label><input type=\"checkbox\" name=\"double\" value=\"1\"> прислать дважды</label>\
<label><input type=\"checkbox\" name=\"late\" value=\"1\"> прислать через 15 секунд</label>\
<label><input type=\"checkbox\" name=\"forge\" value=\"1\"> прислать сначала поддельное</label>\
<label><input type=\"checkbox\" name=\"again\" value=\"1\"> после отказа разрешить ещё попытку</label>";
