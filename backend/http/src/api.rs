//! Every path, once: for the server and for the contract alike.

use utoipa_actix_web::scope::scope;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    attempts, auth, bank_accounts, bulk, callbacks, connections, docs, holds, incidents, notifications,
    operations, reference, registries,
};

/// Registers every operation.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(
            scope("/api/v1")
                .service(auth::login::login)
                .service(auth::refresh::refresh)
                .service(auth::logout::logout)
                .service(auth::me::me)
                .service(reference::get_reference)
                .service(bank_accounts::list_bank_accounts)
                .service(bank_accounts::callback_check::check_callbacks)
                .service(bank_accounts::self_test::test_callbacks)
                .service(bank_accounts::resend::resend_notifications)
                .service(connections::list::list_connections)
                .service(connections::get::get_connection)
                .service(connections::pause::pause_connection)
                .service(connections::resume::resume_connection)
                .service(connections::self_test::test_connection)
                .service(connections::deliveries::list_connection_deliveries)
                .service(holds::list_holds)
                .service(bulk::resync::bulk_resync)
                .service(bulk::query_banks::bulk_query_bank)
                .service(bulk::list::list_bulk_runs)
                .service(bulk::get::get_bulk_run)
                .service(bulk::rows::list_bulk_rows)
                .service(bulk::start::start_bulk_run)
                .service(bulk::stop::stop_bulk_run)
                .service(notifications::list::list_notifications)
                .service(notifications::get::get_notification)
                .service(notifications::process::process_notification)
                .service(incidents::list::list_incidents)
                .service(incidents::get::get_incident)
                .service(incidents::missing::list_incident_attempts)
                .service(incidents::bank_query::query_bank_for_incident)
                .service(incidents::resend::resend_for_incident)
                .service(attempts::search::search_attempts)
                .service(attempts::record::record_attempt)
                // Before the operation that would take its name for an id.
                .service(attempts::export::export_attempts)
                .service(attempts::get::get_attempt)
                .service(attempts::checkout::open_checkout)
                .service(attempts::report::patch_attempt)
                .service(attempts::events::list_events)
                .service(attempts::override_status::override_status)
                .service(attempts::decision::decide)
                .service(attempts::resync::resync)
                .service(attempts::mark_posted::mark_posted_by_hand)
                .service(attempts::bank_query::query_bank)
                .service(registries::upload::load_registry)
                .service(registries::preview::preview_registry)
                .service(registries::pull::pull_registry)
                .service(registries::list::list_registries)
                .service(registries::get::get_registry)
                .service(registries::lines::list_registry_lines)
                .service(registries::mend::mend_registry_line)
                .service(registries::mappings::list_registry_mappings)
                .service(registries::mappings::get_registry_mapping)
                .service(registries::mappings::put_registry_mapping)
                .service(registries::mappings::delete_registry_mapping),
        )
        .service(callbacks::callback_get)
        .service(callbacks::callback_post)
        .service(operations::healthz)
        .service(operations::readyz)
        .service(operations::metrics)
        .service(docs::openapi_json);
}
