//! The contract of the store, on both engines. A scenario is written once and is a test for each of them.

mod attempts;
mod harness;
mod samples;

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
}
