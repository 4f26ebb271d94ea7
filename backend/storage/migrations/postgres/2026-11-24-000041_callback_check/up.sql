-- Notifications are listed for people: all, of an account, of an order whatever its account.
drop index notifications_by_order_number;
create index notifications_by_order_number on bank_notifications (order_number, bank, bank_account)
    where order_number is not null;
drop index notifications_by_bank_order_id;
create index notifications_by_bank_order_id on bank_notifications (bank_order_id, bank, bank_account)
    where bank_order_id is not null;
drop index notifications_by_verdict;
create index notifications_by_verdict on bank_notifications (verdict, bank, bank_account, received_at, id);
create index notifications_newest on bank_notifications (received_at desc, id desc);
create index notifications_newest_of_account on bank_notifications (bank, bank_account, received_at desc, id desc);

-- Self-tests of callback addresses: written before anything is sent, so that what arrives is known for our own.
create table bank_self_tests (
    id              uuid        not null primary key,
    bank            text        not null,
    bank_account    text        not null,
    order_number    text        not null unique, -- the one in the notification, not to be guessed
    at              timestamptz not null,
    asked_by        text        not null, -- id of the user or key
    sent_to         text        not null, -- the address
    signed          boolean     not null, -- as the bank signs
    notification_id uuid        references bank_notifications (id), -- null: it did not arrive (yet)
    genuine         boolean     not null, -- what arrived was found genuine
    code            text,                 -- how it ended; null: it is under way, or its program was stopped
    detail          text,
    http_status     bigint,               -- null: there was no answer
    took_ms         bigint,
    check ((code is null) = (took_ms is null))
);

create index self_tests_of_account on bank_self_tests (bank, bank_account, at desc, id desc);
