truncate attempt_texts;
