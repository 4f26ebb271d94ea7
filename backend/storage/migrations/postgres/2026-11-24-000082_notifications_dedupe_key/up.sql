-- `notifications_digest` does its work.
alter table bank_notifications drop constraint notifications_dedupe_key;
