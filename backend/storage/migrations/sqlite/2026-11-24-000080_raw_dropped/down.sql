alter table bank_notifications drop column raw_dropped_at;
