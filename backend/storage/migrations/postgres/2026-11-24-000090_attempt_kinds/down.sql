drop trigger attempts_note_kind_insert on payment_attempts;
drop trigger attempts_note_kind_update on payment_attempts;
drop function note_attempt_kind();
drop table attempt_kinds;
