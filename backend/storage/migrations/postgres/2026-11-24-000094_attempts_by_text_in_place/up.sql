-- `attempt_texts_by_text` does its work. An older version that still serves finds texts without it, slowly.
drop index concurrently if exists attempts_by_text;
