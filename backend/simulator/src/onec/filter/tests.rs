//! Conditions put together at random, whose truth the test knows from how it put them together.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::{Filter, Scope, Seen};
use crate::onec::refusal::Refusal;
use crate::onec::rows::{Object, Objects};
use crate::onec::schema::{self, CLIENTS, Entity, PAYMENT};

const KEY: &str = "0d4a79cb-9843-4147-bcd9-80ac3ca2b9c7";
const OTHER: &str = "0d4a79cb-9843-4147-bcd9-80ac3ca2b9c8";

fn entity() -> &'static Entity {
    schema::entity(PAYMENT).unwrap()
}

fn object(json: Json) -> Object {
    json.as_object().unwrap().clone()
}

fn payment(comment: &str, kopecks: i64, posted: bool, date: &str) -> Object {
    object(json!({
        "Ref_Key": KEY, "DeletionMark": false, "Posted": posted, "Date": date, "Комментарий": comment,
        "СуммаДокумента": crate::onec::value::sum_of(kopecks), "Контрагент_Key": OTHER,
        "ДокументОснование": KEY, "ДокументОснование_Type": "StandardODATA.Document_ОперацияПоПлатежнойКарте",
        "РасшифровкаПлатежа": [{"LineNumber": "1", "Сумма": 10}, {"LineNumber": "2", "Сумма": 20.5}],
    }))
}

/// None: an attribute is not there, and the list is empty.
fn fits(text: &str, row: &Object) -> Result<Option<bool>, Refusal> {
    let mut objects = Objects::default();
    objects.put(
        CLIENTS,
        OTHER,
        object(json!({"Ref_Key": OTHER, "Description": "Орлова Анна"})),
    );
    let seen = Seen {
        objects: &objects,
        row,
        bound: None,
    };
    Ok(Filter::read(text, Scope::of(entity()))?.map(|filter| filter.fits(seen)))
}

#[test]
fn what_the_guide_shows_is_read() {
    let row = payment("gw-1 O'Neil", 499_050, true, "2026-11-24T10:00:00");
    for (text, expected) in [
        ("Комментарий eq 'gw-1 O''Neil' and DeletionMark eq null", false),
        ("Комментарий eq 'GW-1 o''neil'", true),
        ("startswith(Комментарий, 'gw-') eq true", true),
        (
            "endswith(Комментарий,'Neil') and substringof('1 O', Комментарий)",
            true,
        ),
        ("СуммаДокумента eq 4990.50 and СуммаДокумента gt 4990", true),
        (
            "Date ge datetime'2026-11-24T00:00:00' and Date lt datetime'2026-11-25T00:00:00'",
            true,
        ),
        ("Ref_Key eq guid'0D4A79CB-9843-4147-BCD9-80AC3CA2B9C7'", true),
        (
            "Контрагент_Key eq guid'0d4a79cb-9843-4147-bcd9-80ac3ca2b9c8'",
            true,
        ),
        ("Контрагент/Description eq 'Орлова Анна'", true),
        (
            "Контрагент eq cast(guid'0d4a79cb-9843-4147-bcd9-80ac3ca2b9c8', 'Catalog_Контрагенты')",
            true,
        ),
        (
            "ДокументОснование eq cast(guid'0d4a79cb-9843-4147-bcd9-80ac3ca2b9c7', 'Document_ОперацияПоПлатежнойКарте')",
            true,
        ),
        (
            "ДокументОснование eq cast(guid'0d4a79cb-9843-4147-bcd9-80ac3ca2b9c7', 'Catalog_Контрагенты')",
            false,
        ),
        // The guide: a composite attribute is never equal to a bare key.
        (
            "ДокументОснование eq guid'0d4a79cb-9843-4147-bcd9-80ac3ca2b9c7'",
            false,
        ),
        (
            "ДокументОснование_Type eq 'StandardODATA.Document_ОперацияПоПлатежнойКарте'",
            true,
        ),
        (
            "isof(ДокументОснование, 'Document_ОперацияПоПлатежнойКарте')",
            true,
        ),
        ("РасшифровкаПлатежа/any(d: d/Сумма gt 20)", true),
        ("РасшифровкаПлатежа/all(d: d/Сумма gt 20)", false),
        ("РасшифровкаПлатежа/any()", true),
        ("not (Posted eq false) or Posted eq false", true),
        ("Posted and not not Posted", true),
    ] {
        assert_eq!(fits(text, &row), Ok(Some(expected)), "{text}");
    }
}

#[test]
fn an_attribute_that_is_not_there_empties_the_list_wherever_it_stands() {
    let row = payment("", 1, true, "2026-11-24T10:00:00");
    for text in [
        "Коментарий eq 'gw-1'",
        "Posted eq true or Коментарий eq 'gw-1'",
        "not (Коментарий eq 'gw-1')",
        "Контрагент/Имя eq 'x'",
        "Товары/any(d: d/Цена gt 1)",
        "РасшифровкаПлатежа/any(d: d/Цена gt 1)",
        "substringof('x', НетТакого)",
    ] {
        assert_eq!(fits(text, &row), Ok(None), "{text}");
    }
}

#[test]
fn what_cannot_be_read_is_refused_with_its_code() {
    let row = payment("", 1, true, "2026-11-24T10:00:00");
    let deep = format!("{}Posted{}", "(".repeat(5_000), ")".repeat(5_000));
    for (text, code) in [
        ("", 14),
        ("Posted eq", 14),
        ("Posted eq true)", 14),
        ("(Posted eq true", 14),
        ("Комментарий eq 'open", 14),
        ("Posted+eq+true", 14),
        ("Комментарий eq 5", 14),
        ("СуммаДокумента", 14),
        ("Ref_Key eq 'abc'", 14),
        ("Posted gt false", 14),
        ("Ref_Key eq guid'abc'", 1),
        ("Date eq datetime'tomorrow'", 1),
        ("СуммаДокумента eq 1.2.3", 1),
        ("tolower(Комментарий, 'x') eq 'x'", 21),
        ("startswith(Комментарий)", 21),
        ("СуммаДокумента add 5 gt 10", 0),
        (
            "ДокументОснование eq cast(guid'0d4a79cb-9843-4147-bcd9-80ac3ca2b9c7', 'Document_Нет')",
            8,
        ),
        (deep.as_str(), 14),
    ] {
        assert_eq!(
            fits(text, &row).map_err(|refusal| refusal.code),
            Err(code),
            "{text:.60}"
        );
    }
}

/// A condition as text, and whether it holds.
type Said = (String, bool);

fn atom(row: (String, i64, bool, u8)) -> impl Strategy<Value = Said> {
    let (comment, kopecks, posted, day) = row;
    let operators = prop::sample::select(vec!["eq", "ne", "gt", "ge", "lt", "le"]);
    let holds = |operator: &str, order: std::cmp::Ordering| match operator {
        "eq" => order.is_eq(),
        "ne" => order.is_ne(),
        "gt" => order.is_gt(),
        "ge" => order.is_ge(),
        "lt" => order.is_lt(),
        _ => order.is_le(),
    };
    let by_sum = (operators.clone(), -3_i64..=3).prop_map(move |(operator, off)| {
        let asked = kopecks + off;
        let text = format!("СуммаДокумента {operator} {}", crate::money::decimal(asked));
        (text, holds(operator, kopecks.cmp(&asked)))
    });
    let by_date = (operators.clone(), 1_u8..=28).prop_map(move |(operator, asked)| {
        let text = format!("Date {operator} datetime'2026-11-{asked:02}T12:00:00'");
        (text, holds(operator, day.cmp(&asked)))
    });
    let own = comment.clone();
    let by_text = prop_oneof![Just(comment.clone()), "[а-я' ]{0,4}"].prop_map(move |asked| {
        (
            format!("Комментарий eq '{}'", asked.replace('\'', "''")),
            own == asked,
        )
    });
    let part = (0_usize..6, 0_usize..6).prop_map(move |(from, length)| {
        let part: String = comment.chars().skip(from).take(length).collect();
        (
            format!("substringof('{}', Комментарий)", part.replace('\'', "''")),
            true,
        )
    });
    let flag = prop_oneof![
        Just(("Posted".to_owned(), posted)),
        Just(("Posted eq true".to_owned(), posted)),
        Just(("Posted ne true".to_owned(), !posted)),
    ];
    prop_oneof![by_sum, by_date, by_text, part, flag]
}

/// Brackets are put where the precedence would read it otherwise, and sometimes where it would not.
fn condition(row: (String, i64, bool, u8)) -> impl Strategy<Value = Said> {
    atom(row).prop_recursive(5, 24, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone())
                .prop_map(|((left, l), (right, r))| (format!("({left}) and ({right})"), l && r)),
            (inner.clone(), inner.clone())
                .prop_map(|((left, l), (right, r))| (format!("({left}) or ({right})"), l || r)),
            inner
                .clone()
                .prop_map(|(text, holds)| (format!("not ({text})"), !holds)),
            inner.prop_map(|(text, holds)| (format!("({text})"), holds)),
        ]
    })
}

fn row() -> impl Strategy<Value = (String, i64, bool, u8)> {
    ("[а-я' ]{0,8}", 0_i64..1_000_000, any::<bool>(), 1_u8..=28)
}

proptest! {
    #[test]
    fn a_condition_holds_when_it_was_put_together_so(
        (row, (text, holds)) in row().prop_flat_map(|row| (Just(row.clone()), condition(row)))
    ) {
        let (comment, kopecks, posted, day) = row;
        let object = payment(&comment, kopecks, posted, &format!("2026-11-{day:02}T12:00:00"));
        prop_assert_eq!(fits(&text, &object), Ok(Some(holds)), "{}", text);
    }

    #[test]
    fn and_binds_closer_than_or(a: bool, b: bool, c: bool, posted: bool) {
        let said = |holds: bool| if holds == posted { "Posted" } else { "not Posted" };
        let text = format!("{} or {} and {}", said(a), said(b), said(c));
        prop_assert_eq!(fits(&text, &payment("", 1, posted, "2026-11-24T10:00:00")), Ok(Some(a || b && c)));
    }

    #[test]
    fn nothing_that_is_sent_makes_it_fall(text in "\\PC{0,60}") {
        let _ = fits(&text, &payment("", 1, true, "2026-11-24T10:00:00"));
    }

    #[test]
    fn no_heap_of_words_makes_it_fall(words in prop::collection::vec(prop::sample::select(vec![
        "and", "or", "not", "(", ")", "eq", "Posted", "'x'", "5", "guid'x'", "cast(", "any(", "/", ",", "d:", "null",
    ]), 0..20)) {
        let _ = fits(&words.join(" "), &payment("", 1, true, "2026-11-24T10:00:00"));
    }
}
