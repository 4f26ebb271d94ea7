//! The tables as diesel sees them. `migrations/` is the source; a test compares the two.

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text};
    use crate::types::{SqlId, SqlJson, SqlTime};

    payment_attempts (id) {
        id -> SqlId,
        merchant -> Text,
        order_number -> Text,
        bank -> Text,
        bank_account -> Text,
        bank_order_id -> Nullable<Text>,
        rrn -> Nullable<Text>,
        payment_type -> Text,
        client_name -> Text,
        client_phone -> Nullable<Text>,
        client_email -> Nullable<Text>,
        client_external_id -> Nullable<Text>,
        description -> Nullable<Text>,
        metadata -> SqlJson,
        amount -> BigInt,
        currency -> Text,
        facts -> SqlJson,
        bank_status -> Text,
        bank_status_source -> Text,
        paid_at -> Nullable<SqlTime>,
        refunded -> BigInt,
        attention -> Nullable<Text>,
        crm_status -> Text,
        crm_document_ref -> Nullable<Text>,
        passed_on -> SqlJson,
        needs_attention -> Bool,
        lost_callback -> Bool,
        next_query_at -> Nullable<SqlTime>,
        last_query_at -> Nullable<SqlTime>,
        last_query_error -> Nullable<Text>,
        search_text -> Text,
        phone_digits -> Nullable<Text>,
        bucket -> Integer,
        created_at -> SqlTime,
        updated_at -> SqlTime,
        version -> BigInt,
        payment_url -> Nullable<Text>,
        /// Only in SQLite: the number that its index of texts knows a row by.
        seq -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::types::SqlTime;

    bank_health (bank, bank_account) {
        bank -> Text,
        bank_account -> Text,
        failures -> BigInt,
        rest_until -> Nullable<SqlTime>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Nullable, Text};
    use crate::types::{SqlId, SqlJson, SqlTime};

    bank_notifications (id) {
        id -> SqlId,
        bank -> Text,
        bank_account -> Text,
        attempt_id -> Nullable<SqlId>,
        order_number -> Nullable<Text>,
        bank_order_id -> Nullable<Text>,
        received_at -> SqlTime,
        method -> Text,
        query -> Text,
        body -> Binary,
        headers -> SqlJson,
        remote_addr -> Nullable<Text>,
        verdict -> Text,
        repeats -> BigInt,
        dedupe_key -> Binary,
        raw_dropped_at -> Nullable<SqlTime>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Nullable, Text};
    use crate::types::{SqlId, SqlTime};

    bank_self_tests (id) {
        id -> SqlId,
        bank -> Text,
        bank_account -> Text,
        order_number -> Text,
        at -> SqlTime,
        asked_by -> Text,
        sent_to -> Text,
        signed -> Bool,
        notification_id -> Nullable<SqlId>,
        genuine -> Bool,
        code -> Nullable<Text>,
        detail -> Nullable<Text>,
        http_status -> Nullable<BigInt>,
        took_ms -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Nullable, Text};
    use crate::types::{SqlId, SqlJson, SqlTime};

    deliveries (id) {
        queue_number -> BigInt,
        id -> SqlId,
        attempt_id -> SqlId,
        kind -> Text,
        after_id -> Nullable<SqlId>,
        connection -> Nullable<Text>,
        amount -> BigInt,
        currency -> Text,
        body -> Nullable<Binary>,
        state -> Text,
        attention -> Nullable<Text>,
        tries -> BigInt,
        doubts -> BigInt,
        next_try_at -> SqlTime,
        lease_id -> Nullable<SqlId>,
        lease_until -> Nullable<SqlTime>,
        document_ref -> Nullable<Text>,
        last_error -> Nullable<Text>,
        created_at -> SqlTime,
        updated_at -> SqlTime,
        version -> BigInt,
        look_ups -> BigInt,
        slow_tries -> BigInt,
        is_cleared -> Bool,
        document_key -> Nullable<Text>,
        linked_by -> Nullable<Text>,
        client_key -> Nullable<Text>,
        ruled_out -> SqlJson,
        hold -> Nullable<SqlJson>,
        sweep_at -> Nullable<SqlTime>,
        sweeps -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::types::{SqlId, SqlTime};

    delivery_tries (delivery_id, number) {
        delivery_id -> SqlId,
        number -> BigInt,
        attempt_id -> SqlId,
        kind -> Text,
        started_at -> SqlTime,
        ended_at -> Nullable<SqlTime>,
        verdict -> Nullable<Text>,
        http_status -> Nullable<Integer>,
        answer -> Nullable<Text>,
        next_try_at -> Nullable<SqlTime>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::types::{SqlJson, SqlTime};

    connections (name) {
        name -> Text,
        failures -> BigInt,
        failing_since -> Nullable<SqlTime>,
        paused_until -> Nullable<SqlTime>,
        stopped -> Nullable<Text>,
        last_error -> Nullable<Text>,
        held_since -> Nullable<SqlTime>,
        held_by -> Nullable<Text>,
        held_why -> Nullable<Text>,
        last_good_at -> Nullable<SqlTime>,
        tested_at -> Nullable<SqlTime>,
        test -> Nullable<SqlJson>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::types::{SqlId, SqlJson, SqlTime};

    attempt_events (id) {
        id -> SqlId,
        attempt_id -> SqlId,
        at -> SqlTime,
        kind -> Text,
        source -> Text,
        actor_kind -> Text,
        actor_id -> Nullable<Text>,
        actor_name -> Nullable<Text>,
        bank_status_from -> Nullable<Text>,
        bank_status_to -> Nullable<Text>,
        crm_status_from -> Nullable<Text>,
        crm_status_to -> Nullable<Text>,
        reason -> Nullable<Text>,
        document_ref -> Nullable<Text>,
        notification_id -> Nullable<SqlId>,
        delivery_id -> Nullable<SqlId>,
        try_number -> Nullable<BigInt>,
        details -> SqlJson,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::types::{SqlId, SqlTime};

    users (id) {
        id -> SqlId,
        email -> Text,
        name -> Text,
        role -> Text,
        password_hash -> Text,
        created_at -> SqlTime,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Nullable};
    use crate::types::{SqlId, SqlTime};

    sessions (id) {
        id -> SqlId,
        user_id -> SqlId,
        token_hash -> Binary,
        previous_token_hash -> Nullable<Binary>,
        previous_until -> Nullable<SqlTime>,
        created_at -> SqlTime,
        expires_at -> SqlTime,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Nullable, Text};
    use crate::types::{SqlId, SqlTime};

    api_keys (id) {
        id -> SqlId,
        name -> Text,
        role -> Text,
        key_hash -> Binary,
        created_at -> SqlTime,
        revoked_at -> Nullable<SqlTime>,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Text};
    use crate::types::{SqlId, SqlTime};

    idempotency_keys (caller, key) {
        caller -> Text,
        key -> Text,
        request_hash -> Binary,
        attempt_id -> SqlId,
        answer -> Binary,
        created_at -> SqlTime,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::types::SqlTime;

    account_hours (bank, bank_account, hour) {
        bank -> Text,
        bank_account -> Text,
        hour -> SqlTime,
        recorded -> BigInt,
        heard -> BigInt,
        lost -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Double, Nullable, Text};
    use crate::types::{SqlId, SqlTime};

    incidents (id) {
        id -> SqlId,
        bank -> Text,
        bank_account -> Text,
        kind -> Text,
        since -> SqlTime,
        opened_at -> SqlTime,
        closed_at -> Nullable<SqlTime>,
        expected -> Double,
        observed -> BigInt,
        probability -> Double,
        share -> Double,
        paid -> BigInt,
        heard -> BigInt,
        healed -> BigInt,
        waiting -> BigInt,
        counted_at -> SqlTime,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::types::{SqlId, SqlJson, SqlTime};

    alarms (id) {
        id -> SqlId,
        topic -> Text,
        incident_id -> Nullable<SqlId>,
        connection -> Nullable<Text>,
        since -> Nullable<SqlTime>,
        told -> Nullable<SqlJson>,
        event -> Text,
        channel -> Text,
        kind -> Text,
        state -> Text,
        tries -> BigInt,
        next_try_at -> SqlTime,
        created_at -> SqlTime,
        sent_at -> Nullable<SqlTime>,
        error -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Nullable, Text};
    use crate::types::{SqlId, SqlJson, SqlTime};

    bulk_runs (id) {
        id -> SqlId,
        action -> Text,
        is_rehearsal -> Bool,
        state -> Text,
        created_at -> SqlTime,
        actor_kind -> Text,
        actor_id -> Nullable<Text>,
        actor_name -> Nullable<Text>,
        finished_at -> Nullable<SqlTime>,
        total -> BigInt,
        done -> BigInt,
        counts -> SqlJson,
        lease_until -> Nullable<SqlTime>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::types::SqlId;

    bulk_rows (run_id, position) {
        run_id -> SqlId,
        position -> BigInt,
        attempt_id -> SqlId,
        outcome -> Nullable<Text>,
        detail -> Nullable<Text>,
        document_ref -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::types::{SqlId, SqlTime};

    checkouts (attempt_id) {
        attempt_id -> SqlId,
        bank -> Text,
        bank_account -> Text,
        state -> Text,
        key -> Text,
        return_url -> Text,
        valid_until -> Nullable<SqlTime>,
        begun_at -> SqlTime,
        calls -> BigInt,
        called_at -> Nullable<SqlTime>,
        lease_until -> Nullable<SqlTime>,
        error -> Nullable<Text>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(attempt_events, bank_notifications, delivery_tries);
diesel::allow_tables_to_appear_in_same_query!(bulk_rows, payment_attempts);
diesel::allow_tables_to_appear_in_same_query!(registries, registry_lines);

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Nullable, Text};
    use crate::types::{SqlId, SqlTime};

    registries (id) {
        id -> SqlId,
        bank -> Text,
        bank_account -> Text,
        source -> Text,
        file_name -> Nullable<Text>,
        digest -> Nullable<Binary>,
        layout -> Text,
        period_from -> Nullable<SqlTime>,
        period_to -> Nullable<SqlTime>,
        loaded_at -> SqlTime,
        loaded_by_kind -> Text,
        loaded_by_id -> Nullable<Text>,
        loaded_by_name -> Nullable<Text>,
        state -> Text,
        alive_at -> SqlTime,
        lines -> BigInt,
        matched -> BigInt,
        healed -> BigInt,
        differs -> BigInt,
        no_attempt -> BigInt,
        missing -> BigInt,
        noted -> BigInt,
        currency -> Text,
        payments -> BigInt,
        refunds -> BigInt,
        other -> BigInt,
        fees -> BigInt,
        declared_payments -> Nullable<BigInt>,
        declared_refunds -> Nullable<BigInt>,
        declared_fees -> Nullable<BigInt>,
        declared_payout -> Nullable<BigInt>,
        declared_lines -> Nullable<BigInt>,
        adds_up -> Nullable<Bool>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::types::{SqlId, SqlTime};

    registry_lines (registry_id, position) {
        registry_id -> SqlId,
        position -> BigInt,
        number -> Nullable<BigInt>,
        kind -> Text,
        bank_order_id -> Nullable<Text>,
        order_number -> Nullable<Text>,
        rrn -> Nullable<Text>,
        amount -> BigInt,
        currency -> Text,
        fee -> Nullable<BigInt>,
        at -> SqlTime,
        result -> Text,
        attempt_id -> Nullable<SqlId>,
        problem -> Nullable<Text>,
        problem_expected -> Nullable<Text>,
        problem_found -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::types::{SqlJson, SqlTime};

    registry_mappings (name) {
        name -> Text,
        mapping -> SqlJson,
        updated_at -> SqlTime,
    }
}
