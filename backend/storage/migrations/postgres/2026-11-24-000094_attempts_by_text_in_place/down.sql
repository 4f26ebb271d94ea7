create index concurrently attempts_by_text on payment_attempts using gin (bucket, search_text gin_trgm_ops)
    with (gin_pending_list_limit = 256);
