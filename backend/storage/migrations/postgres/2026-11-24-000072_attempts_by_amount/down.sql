drop index concurrently attempts_by_amount;
