create unique index notifications_dedupe_key on bank_notifications (bank, bank_account, dedupe_key);
