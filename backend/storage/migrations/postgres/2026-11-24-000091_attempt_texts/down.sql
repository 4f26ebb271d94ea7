drop trigger attempts_note_text_update on payment_attempts;
drop trigger attempts_note_text_delete on payment_attempts;
drop trigger attempts_note_text_insert on payment_attempts;
drop function note_attempt_text();
drop table attempt_texts;
