//! Robokassa: a signed address opens the payment page, `OpStateExt` answers in XML, holds are confirmed or cancelled.

mod call;
mod hold;
mod page;
mod state;

use actix_web::web;

/// The key that signs messages to the second address, known to everybody: nothing but a test trusts it.
pub(crate) const TEST_KEY: &str = include_str!("../../testdata/robokassa-key.pem");
/// The certificate that checks messages to Robokassa's second address (ResultUrl2), PEM.
pub const TEST_CERTIFICATE: &str = include_str!("../../testdata/robokassa-certificate.pem");

/// Robokassa's routes. The shop is named by `MerchantLogin`.
pub(crate) fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::scope("/robokassa/Merchant")
            .service(web::resource("/Index.aspx").to(page::open))
            .service(web::resource("/WebService/Service.asmx/OpStateExt").to(state::extended))
            .route("/Payment/Confirm", web::post().to(hold::confirm))
            .route("/Payment/Cancel", web::post().to(hold::cancel)),
    );
}
