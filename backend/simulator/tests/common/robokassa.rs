//! Robokassa's pages and questions, with the demo's shop.

use md5::{Digest, Md5};
use sverka_simulator::api::NewOrder;

use super::Stand;

pub(crate) const FIRST: &str = "demo-robokassa-1";
pub(crate) const SECOND: &str = "demo-robokassa-2";

pub(crate) fn hash(text: &str) -> String {
    hex::encode(Md5::digest(text.as_bytes()))
}

/// The address of a payment page, signed over its parts in the order of the manual.
pub(crate) fn page(stand: &Stand, fields: &[(&str, &str)], more: &[(&str, &str)]) -> url::Url {
    let values: Vec<&str> = fields.iter().map(|(_, value)| *value).collect();
    let own: String = more
        .iter()
        .filter(|(name, _)| name.starts_with("Shp_"))
        .map(|(name, value)| format!(":{name}={value}"))
        .collect();
    let signature = hash(&format!("{}:{FIRST}{own}", values.join(":")));
    let mut url = url::Url::parse(&stand.url("/robokassa/Merchant/Index.aspx")).unwrap();
    url.query_pairs_mut()
        .extend_pairs(fields)
        .extend_pairs(more)
        .append_pair("SignatureValue", &signature);
    url
}

pub(crate) fn fields<'a>(sum: &'a str, number: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("MerchantLogin", "demo-shop"), ("OutSum", sum), ("InvId", number)]
}

pub(crate) async fn get(stand: &Stand, url: url::Url) -> reqwest::Response {
    stand.http.get(url).send().await.unwrap()
}

/// Opens a page and gives the address of the page where the payer pays.
pub(crate) async fn opened(stand: &Stand, url: url::Url) -> String {
    let answer = get(stand, url).await;
    assert_eq!(answer.status(), 303);
    answer.headers()["location"].to_str().unwrap().to_owned()
}

pub(crate) async fn state(stand: &Stand, number: &str) -> String {
    let signature = hash(&format!("demo-shop:{number}:{SECOND}"));
    let form = [
        ("MerchantLogin", "demo-shop"),
        ("InvoiceID", number),
        ("Signature", &signature),
    ];
    let url = stand.url("/robokassa/Merchant/WebService/Service.asmx/OpStateExt");
    let answer = stand.http.post(url).form(&form).send().await.unwrap();
    assert!(
        answer.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/xml")
    );
    answer.text().await.unwrap()
}

/// An order of the control API, whose number Robokassa would take.
pub(crate) async fn order(stand: &Stand, number: &str, two_stage: bool) {
    let new = NewOrder {
        order_number: number.to_owned(),
        amount: 1_000,
        two_stage,
        ..NewOrder::default()
    };
    stand
        .control
        .create_order("robokassa", "main", &new)
        .await
        .unwrap();
}
