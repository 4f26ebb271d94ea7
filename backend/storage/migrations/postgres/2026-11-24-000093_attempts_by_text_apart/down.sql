drop index concurrently attempt_texts_by_text;
