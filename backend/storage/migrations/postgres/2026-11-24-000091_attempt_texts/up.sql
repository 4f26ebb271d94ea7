-- What a search by text reads: of each attempt its text, when it was made, and nothing that changes. In the attempts' own
-- table every change of a status wrote the row's sixty trigrams into their index anew, half of what a delivery cost the
-- database; and a row there is five times as long.
--
-- Kept by triggers, for a text that is missing hides an attempt: whoever writes, also an older version that still serves.
create table attempt_texts (
    id          uuid        not null primary key, -- the attempt's
    bucket      integer     not null,             -- as in `payment_attempts`
    search_text text        not null,
    created_at  timestamptz not null
);

create function note_attempt_text() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        delete from attempt_texts where id = old.id;
    else
        insert into attempt_texts (id, bucket, search_text, created_at)
        values (new.id, new.bucket, new.search_text, new.created_at)
        on conflict (id) do update set bucket = excluded.bucket, search_text = excluded.search_text,
            created_at = excluded.created_at;
    end if;
    return null;
end
$$;
create trigger attempts_note_text_insert after insert on payment_attempts for each row execute function note_attempt_text();
create trigger attempts_note_text_delete after delete on payment_attempts for each row execute function note_attempt_text();
create trigger attempts_note_text_update after update on payment_attempts for each row
when ((old.bucket, old.search_text, old.created_at) is distinct from (new.bucket, new.search_text, new.created_at))
execute function note_attempt_text();
