-- The digest first: it tells notifications apart by itself. An index that begins with bank and account is one of many that
-- do, and a planner without statistics would read all notifications of the account through another one.
create unique index concurrently notifications_digest on bank_notifications (dedupe_key, bank, bank_account);
