//! The deal that a payment belongs to, and its order.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::map::Access;
use super::parcel::Parcel;
use super::portal::{Failed, Reply};
use super::service::Bitrix24;
use super::settings::DealRule;
use super::wire::Deal;

/// The number by which the portal knows deals among its kinds of objects.
pub(super) const DEAL: u32 = 2;
/// More orders of one deal than anybody has.
const ORDERS: usize = 50;

impl Bitrix24 {
    /// The deals that the rule finds: no more than a page of them.
    pub(super) async fn deals(&self, parcel: &Parcel, at: Timestamp) -> Result<(Vec<Deal>, Reply), Failed> {
        let (field, value) = match self.deals {
            DealRule::OrderNumber => (self.deal_field.as_str(), parcel.order_number.clone()),
            DealRule::Client => ("contactId", parcel.contact.clone().unwrap_or_default()),
        };
        let mut filter = Map::new();
        filter.insert(format!("={field}"), Value::String(value.clone()));
        if self.deals == DealRule::Client {
            filter.insert("=closed".to_owned(), Value::from("N"));
        }
        if let Some(category) = self.deal_category {
            filter.insert("=categoryId".to_owned(), Value::from(category));
        }
        let parameters = json!({
            "entityTypeId": DEAL,
            "select": ["id", "title", field],
            "filter": filter,
            "order": {"id": "DESC"},
        });
        let reply = self.portal.read("crm.item.list", parameters, at).await?;
        let rows: Vec<Value> = self.portal.part(&reply, Access::Read, Some("items"))?;
        let mut deals = Vec::with_capacity(rows.len());
        for row in rows {
            // A filter that is not applied would find any deal.
            if !is(&row[field], &value) {
                let what = format!("deal whose {field} is the one asked for: the filter is not applied");
                return Err(self.portal.odd(&reply, Access::Read, &what));
            }
            let Ok(deal) = Deal::deserialize(&row) else {
                return Err(self.portal.odd(&reply, Access::Read, "id of a deal"));
            };
            deals.push(deal);
        }
        Ok((deals, reply))
    }

    /// The one deal of a payment.
    pub(super) async fn deal(&self, parcel: &Parcel, at: Timestamp) -> Result<(Deal, Reply), Failed> {
        let (mut deals, reply) = self.deals(parcel, at).await?;
        let how = match self.deals {
            DealRule::OrderNumber => format!("whose {} is {}", self.deal_field, parcel.order_number),
            DealRule::Client => "of the client that is open".to_owned(),
        };
        match (deals.pop(), deals.len()) {
            (Some(deal), 0) => Ok((deal, reply)),
            (None, _) => Err(self.portal.refused(&reply, format!("there is no deal {how}"))),
            (Some(_), more) => {
                let reason = format!("there are {} deals {how}", more + 1);
                Err(self.portal.refused(&reply, reason))
            }
        }
    }

    /// The orders of a deal.
    pub(super) async fn orders(&self, deal: u64, at: Timestamp) -> Result<(Vec<u64>, Reply), Failed> {
        #[derive(Deserialize)]
        struct Binding {
            #[serde(rename = "orderId")]
            order_id: u64,
        }
        let parameters = json!({
            "select": ["orderId"],
            "filter": {"=ownerId": deal, "=ownerTypeId": DEAL},
        });
        let reply = self.portal.read("crm.orderentity.list", parameters, at).await?;
        let bindings: Vec<Binding> = self.portal.part(&reply, Access::Read, Some("orderEntity"))?;
        let mut orders: Vec<u64> = bindings.iter().map(|binding| binding.order_id).collect();
        orders.dedup();
        orders.truncate(ORDERS);
        Ok((orders, reply))
    }
}

/// Whether a field holds a value, as a number or as text.
fn is(field: &Value, value: &str) -> bool {
    match field {
        Value::String(text) => text == value,
        Value::Number(number) => number.to_string() == value,
        _ => false,
    }
}
