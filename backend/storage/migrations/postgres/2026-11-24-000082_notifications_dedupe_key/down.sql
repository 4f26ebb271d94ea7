alter table bank_notifications add constraint notifications_dedupe_key unique (bank, bank_account, dedupe_key);
