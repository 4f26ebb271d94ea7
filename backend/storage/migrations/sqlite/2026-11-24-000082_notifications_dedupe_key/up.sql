-- `notifications_digest` does its work.
drop index notifications_dedupe_key;
