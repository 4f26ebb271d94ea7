drop trigger attempts_note_kind_insert;
drop trigger attempts_note_kind_update;
drop table attempt_kinds;
