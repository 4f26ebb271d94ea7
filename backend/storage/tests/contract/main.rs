//! The contract of the store, on both engines. A scenario is written once and is a test for each of them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by a panic"
)]

mod access;
mod attempts;
mod backlogs;
mod bank_health;
mod bulk_runs;
mod deliveries;
mod documents;
mod due;
mod engine;
mod events;
mod gathered;
mod harness;
mod incidents;
mod notification_lists;
mod notifications;
mod pace;
mod registries;
mod retention;
mod samples;
mod schema;
mod search;
mod search_rare;
mod self_tests;
mod together;

macro_rules! on_both_engines {
    ($($group:ident: $($scenario:ident),+ $(,)?;)+) => {
        mod sqlite {
            $($(
                #[test]
                fn $scenario() {
                    crate::harness::run(crate::harness::Database::sqlite(), crate::$group::$scenario);
                }
            )+)+
        }

        mod postgres {
            $($(
                #[test]
                fn $scenario() {
                    crate::harness::run(crate::harness::Database::postgres(), crate::$group::$scenario);
                }
            )+)+
        }
    };
}

on_both_engines! {
    attempts:
        every_field_of_an_attempt_comes_back,
        an_unknown_attempt_is_none,
        an_order_number_is_taken_once_in_an_account,
        a_bank_order_id_is_taken_once_in_an_account,
        a_job_may_go_on_after_a_taken_order_number,
        a_saved_attempt_has_the_next_version,
        who_read_an_older_version_cannot_save,
        two_who_read_at_once_change_it_one_after_the_other,
        due_queries_are_claimed_longest_due_first_and_once,
        concurrent_claims_share_no_query,
        a_query_is_scheduled_without_a_new_version,
        a_character_that_postgres_cannot_keep_is_replaced,
        a_status_that_nobody_wrote_is_an_error;
    backlogs:
        what_stands_before_each_connection_is_counted,
        what_waits_is_read_page_by_page_the_longest_first,
        holds_are_found_by_reason_and_connection,
        what_waits_too_long_for_a_person_is_counted,
        a_document_that_is_known_to_exist_is_found,
        several_attempts_are_read_at_once;
    bank_health:
        how_a_bank_answers_is_its_default_until_it_is_written,
        failures_of_a_bank_are_counted_one_after_the_other;
    bulk_runs:
        every_field_of_a_run_comes_back,
        rows_have_their_turn_once_and_in_order,
        a_run_is_gone_through_by_one_worker,
        runs_are_listed_newest_first_and_attempts_chosen_oldest_first;
    due:
        fresh_attempts_go_first_up_to_their_share_and_the_longest_due_get_the_rest,
        among_fresh_ones_only_the_oldest_of_all_still_gets_a_turn,
        an_attempt_is_fresh_while_its_question_lies_within_its_first_hour;
    search:
        a_client_is_found_however_they_are_typed,
        what_means_something_in_sql_means_nothing_in_a_text,
        a_changed_attempt_is_found_by_its_new_text_only,
        rows_of_one_moment_are_ordered_by_their_identifiers,
        a_count_stops_at_its_cap,
        pages_are_what_a_reader_of_everything_would_pick;
    search_rare:
        what_is_rare_is_found_behind_what_is_recent,
        a_changed_attempt_is_found_among_its_new_kind,
        a_changed_attempt_is_found_by_its_new_text;
    events:
        every_field_of_an_entry_comes_back_with_what_is_behind_it,
        a_timeline_is_read_page_by_page,
        an_entry_is_never_changed_or_removed,
        an_entry_needs_its_attempt;
    gathered:
        what_is_kept_back_is_there_in_the_end,
        what_is_kept_back_is_seen_by_who_reads,
        what_is_wrong_with_what_is_kept_back_undoes_all_of_it,
        what_is_due_is_taken_up_by_one_though_none_is_claimed;
    notifications:
        every_field_of_a_notification_comes_back,
        the_very_same_is_counted_and_not_kept_again,
        of_many_that_come_at_once_one_is_new,
        a_notification_is_settled,
        orphans_are_found_by_either_number_oldest_first,
        the_health_of_an_account_is_told;
    incidents:
        an_account_has_one_open_incident,
        of_many_that_open_at_once_one_does,
        a_closed_incident_stays_closed,
        incidents_are_listed_page_by_page,
        an_alarm_is_claimed_once_and_the_end_after_the_beginning,
        an_alarm_is_queued_once,
        alarms_about_connections_are_kept_beside_those_about_incidents;
    pace:
        hours_are_counted_and_kept_once,
        what_an_incident_is_about_is_found,
        payments_and_doubts_are_told_apart;
    notification_lists:
        notifications_are_listed_as_a_reader_of_everything_would_pick_them,
        the_newest_of_a_verdict_is_found,
        a_notification_gets_other_numbers;
    retention:
        the_raw_form_of_old_ones_is_dropped_and_everything_else_stays;
    self_tests:
        every_field_of_a_self_test_comes_back,
        the_first_arrival_of_a_self_test_stays,
        the_last_self_test_is_one_that_ended;
    deliveries:
        every_field_of_a_delivery_comes_back,
        a_saved_delivery_is_as_it_was_given,
        deliveries_come_in_the_order_in_which_they_were_queued,
        only_what_is_due_is_claimed_oldest_first,
        an_ended_lease_frees_a_delivery,
        a_refund_waits_for_its_payment,
        concurrent_claims_share_no_delivery,
        what_a_dead_worker_was_sending_is_found,
        a_try_is_begun_and_then_ended,
        the_state_of_a_connection_is_its_default_until_it_is_written,
        failures_of_a_connection_are_counted_one_after_the_other;
    documents:
        deliveries_without_a_connection_are_listed_in_the_order_in_which_they_were_queued,
        linked_documents_are_told_with_whose_they_are,
        a_document_is_linked_once_in_a_connection,
        a_held_or_refused_delivery_blocks_nobody,
        doubles_are_searched_for_longest_due_first,
        concurrent_searches_share_no_delivery;
    access:
        a_user_is_kept_and_changed,
        a_session_is_found_by_its_newest_and_its_previous_token,
        sessions_end_one_by_one_all_at_once_and_by_themselves,
        an_api_key_is_found_until_and_after_it_is_revoked,
        an_answer_is_given_again_and_then_forgotten;
    registries:
        a_registry_is_seen_when_it_is_complete,
        the_same_file_is_complete_once,
        a_dead_load_is_found_and_removed,
        what_is_paid_in_the_period_and_not_listed_is_missing,
        attempts_are_found_by_what_lines_name_them_by,
        refunds_of_complete_registries_are_told_once_a_day,
        a_line_is_settled_anew,
        mappings_are_saved_by_name;
    together:
        a_crowd_leaves_what_each_alone_would_leave,
        one_that_goes_wrong_leaves_nothing_and_harms_nobody,
        the_same_notification_in_one_crowd_is_taken_in_once,
        those_of_unknown_orders_are_kept_as_orphans,
        what_cannot_be_written_together_is_written_alone,
        a_locked_attempt_is_waited_for_by_its_own_notification_only;
    engine:
        a_job_that_fails_takes_nothing_of_others_with_it,
        a_job_that_goes_on_after_a_failed_statement_is_not_kept,
        a_reader_cannot_write,
        a_panic_while_reading_is_an_error_and_nothing_more,
        a_reader_sees_one_moment,
        what_was_answered_is_there_after_a_reopening,
        a_closed_store_has_finished_what_it_took_in,
        a_store_is_ready_while_its_schema_is_right,
        a_dropped_caller_does_not_stop_a_job;
}
