-- Answers that were given for an idempotency key, to be given again, byte by byte, when the caller repeats itself.
-- Forgotten after a while.
create table idempotency_keys (
    caller       text    not null, -- id of the user or API key: callers do not see one another's answers
    key          text    not null,
    request_hash blob    not null, -- digest of the operation and the body
    attempt_id   blob    not null references payment_attempts (id), -- what was made
    answer       blob    not null,
    created_at   integer not null,
    primary key (caller, key)
) strict;

create index idempotency_keys_oldest on idempotency_keys (created_at);
