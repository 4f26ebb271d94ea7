-- The timeline: what happened to an attempt, who did it and why. Entries are only ever added, so that every change by
-- a person can be answered for; the triggers below refuse anything else, whoever asks.
create table attempt_events (
    id               blob    not null primary key,
    attempt_id       blob    not null references payment_attempts (id),
    at               integer not null,
    kind             text    not null,
    source           text    not null, -- where it comes from
    actor_kind       text    not null,
    actor_id         text,             -- id of the user or key, code of the bank, name of the connection
    actor_name       text,             -- as it was at that time
    bank_status_from text,             -- null in both: the bank status did not change
    bank_status_to   text,
    crm_status_from  text,             -- null in both: the CRM status did not change
    crm_status_to    text,
    reason           text,             -- a person's words
    document_ref     text,             -- in the accounting system
    notification_id  blob    references bank_notifications (id),
    delivery_id      blob    references deliveries (id),
    try_number       integer,          -- of that delivery
    details          text    not null, -- whatever else is worth keeping; never a secret
    check ((bank_status_from is null) = (bank_status_to is null)),
    check ((crm_status_from is null) = (crm_status_to is null)),
    check ((delivery_id is null) = (try_number is null))
) strict;

create index events_of_attempt on attempt_events (attempt_id, at desc, id desc);

create trigger attempt_events_append_only_update before update on attempt_events begin
    select raise(abort, 'attempt_events is append-only');
end;
create trigger attempt_events_append_only_delete before delete on attempt_events begin
    select raise(abort, 'attempt_events is append-only');
end;
