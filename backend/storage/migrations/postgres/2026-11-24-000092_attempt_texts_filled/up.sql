-- The attempts from before the triggers. Apart from them, so that nobody who writes waits: what is written meanwhile, the
-- triggers add.
insert into attempt_texts (id, bucket, search_text, created_at)
select id, bucket, search_text, created_at from payment_attempts order by created_at, id
on conflict (id) do nothing;
