//! The self-test of a 1C base.

use jiff::Timestamp;
use serde_json::{Value, json};
use sverka_app::ports::accounting::{Check, CheckKind, CheckOutcome, Order};

use crate::onec::{Base, listed, order};
use crate::server::{Play, ok};

fn property(name: &str) -> String {
    format!("<Property Name=\"{name}\" Type=\"Edm.String\" Nullable=\"true\"/>")
}

fn kind(tag: &str, name: &str, properties: &[&str]) -> String {
    let properties: String = properties.iter().map(|name| property(name)).collect();
    format!("<{tag} Name=\"{name}\"><Key><PropertyRef Name=\"Ref_Key\"/></Key>{properties}</{tag}>")
}

/// The description of a base without the attributes named.
fn metadata(without: &[&str]) -> Play {
    let all = [
        "Ref_Key",
        "Number",
        "Date",
        "Posted",
        "DeletionMark",
        "СуммаДокумента",
        "Контрагент_Key",
        "Комментарий",
        "СсылочныйНомер",
        "НомерЧекаЭТ",
        "ВидОперации",
        "ДокументОснование",
        "ДокументОснование_Type",
    ];
    let kept: Vec<&str> = all.into_iter().filter(|name| !without.contains(name)).collect();
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><edmx:Edmx xmlns:edmx=\"http://schemas.microsoft.com/ado/2007/06/edmx\" \
         Version=\"1.0\"><edmx:DataServices><Schema Namespace=\"StandardODATA\">{}{}{}</Schema></edmx:DataServices></edmx:Edmx>",
        kind("EntityType", "Document_Оплата", &kept),
        kind(
            "ComplexType",
            "Document_Оплата_РасшифровкаПлатежа_RowType",
            &["LineNumber", "СуммаПлатежа", "СтавкаНДС"]
        ),
        kind(
            "EntityType",
            "Catalog_Контрагенты",
            &[
                "Ref_Key",
                "DeletionMark",
                "Description",
                "КодCRM",
                "Телефон",
                "Почта"
            ]
        ),
    );
    Play::With("200 OK", "content-type: application/xml\r\n", body)
}

fn some() -> Play {
    listed(&[json!({"Ref_Key": "77777777-2222-3333-4444-555555555555"})])
}

async fn test(base: &Base, posted: Option<Order>) -> Vec<Check> {
    base.port.self_test(posted, Timestamp::UNIX_EPOCH).await
}

fn of(checks: &[Check], kind: CheckKind) -> (CheckOutcome, String) {
    let check = checks.iter().find(|check| check.kind == kind).unwrap();
    (check.outcome, check.detail.clone().unwrap_or_default())
}

fn outcomes(checks: &[Check]) -> Vec<CheckOutcome> {
    checks.iter().map(|check| check.outcome).collect()
}

fn posted(base: &Base, key: Option<&str>) -> Order {
    let mut order = order();
    order.delivery.body = Some(base.port.compose(&order));
    order.delivery.document_key = Some(key.map_or_else(|| base.key(&order), str::to_owned));
    order
}

#[tokio::test]
async fn everything_passes_on_a_good_base() {
    let plays = |key: &str| {
        let one = listed(&[json!({ "Ref_Key": key })]);
        vec![some(), metadata(&[]), listed(&[]), listed(&[]), listed(&[]), one]
    };
    let base = Base::scripted(plays, |_| ()).await;
    let checks = test(&base, Some(posted(&base, None))).await;
    assert_eq!(outcomes(&checks), [CheckOutcome::Passed; 6], "{checks:?}");
    assert!(
        base.lines().iter().all(|line| line.starts_with("GET ")),
        "nothing is changed"
    );
}

#[tokio::test]
async fn attributes_that_are_not_there_are_named() {
    let base = Base::new(vec![
        some(),
        metadata(&["СсылочныйНомер", "ДокументОснование_Type"]),
        listed(&[]),
    ])
    .await;
    let checks = test(&base, None).await;
    assert_eq!(
        of(&checks, CheckKind::Metadata),
        (
            CheckOutcome::Failed,
            "not in the interface: Document_Оплата.СсылочныйНомер, Document_Оплата.ДокументОснование_Type"
                .to_owned()
        )
    );
    let absent = Base::with(vec![some(), metadata(&[]), listed(&[])], |table| {
        table["payment"]["entity"] = json!("Document_Чек");
    })
    .await;
    let (outcome, detail) = of(&test(&absent, None).await, CheckKind::Metadata);
    assert_eq!(outcome, CheckOutcome::Failed);
    assert!(
        detail.contains("Document_Чек, Document_Чек_РасшифровкаПлатежа"),
        "{detail}"
    );
    let (outcome, _) = of(
        &test(
            &Base::new(vec![some(), ok("<html></html>"), listed(&[])]).await,
            None,
        )
        .await,
        CheckKind::Metadata,
    );
    assert_eq!(outcome, CheckOutcome::Failed);
}

#[tokio::test]
async fn a_filter_that_is_ignored_is_noticed() {
    let base = Base::new(vec![some(), metadata(&[]), some()]).await;
    let checks = test(&base, None).await;
    let (outcome, detail) = of(&checks, CheckKind::FilterFindsNothing);
    assert_eq!(outcome, CheckOutcome::Failed);
    assert!(detail.contains("СсылочныйНомер"), "{detail}");
    for found in [listed(&[]), some(), listed(&[Value::Null, Value::Null])] {
        let plays = vec![
            some(),
            metadata(&[]),
            listed(&[]),
            listed(&[]),
            listed(&[]),
            found,
        ];
        let base = Base::new(plays).await;
        let checks = test(&base, Some(posted(&base, None))).await;
        assert_eq!(of(&checks, CheckKind::FilterFindsOne).0, CheckOutcome::Failed);
    }
}

#[tokio::test]
async fn whether_keys_are_kept_is_told_by_the_last_document_alone() {
    let base = Base::new(vec![listed(&[])]).await;
    let kept = |checks: Vec<Check>| of(&checks, CheckKind::KeyIsEnforced);
    assert_eq!(kept(test(&base, None).await).0, CheckOutcome::Skipped);
    let theirs = posted(&base, Some("77777777-2222-3333-4444-555555555555"));
    let (outcome, detail) = kept(test(&base, Some(theirs)).await);
    assert_eq!(outcome, CheckOutcome::Failed);
    assert!(detail.contains("look_up_only"), "{detail}");
}

#[tokio::test]
async fn a_closed_door_ends_the_test_there() {
    let base = Base::new(vec![Play::Answer("401 Unauthorized", String::new())]).await;
    let checks = test(&base, None).await;
    let (passed, failed, skipped) = (CheckOutcome::Passed, CheckOutcome::Failed, CheckOutcome::Skipped);
    assert_eq!(
        outcomes(&checks),
        [passed, failed, skipped, skipped, skipped, skipped]
    );
    assert_eq!(base.lines().len(), 1);
    let base = Base::new(vec![Play::Close]).await;
    let checks = test(&base, None).await;
    assert_eq!(
        outcomes(&checks),
        [failed, skipped, skipped, skipped, skipped, skipped]
    );
}
