-- Texts, week by week and all at once. New entries wait in a list that every search reads whole, once a week that it
-- walks: a short one, 256 kB. Concurrently: the table may be great, and in use.
create index concurrently attempt_texts_by_text on attempt_texts using gin (bucket, search_text gin_trgm_ops)
    with (gin_pending_list_limit = 256);
