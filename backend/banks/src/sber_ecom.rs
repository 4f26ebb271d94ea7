//! Sber, the new gateway (ecom v1): the old one's words in JSON, and callbacks that nobody signs.
//!
//! Protocol: Sber "API платёжного шлюза Сбербанка", 1.0.4 and 1.0.7. Production
//! `https://ecommerce.sberbank.ru/ecomm/gw/partner/api/v1/`, tests `https://ecomtest.sberbank.ru/ecomm/gw/partner/api/v1/`.
//! Both stand under the Russian national CA (НУЦ Минцифры), whose root has to be given as `ca_certificates`.
//! The gateway has no list of orders.

mod client;
mod settings;

pub(crate) use client::account;
pub use settings::SberEcomSettings;
