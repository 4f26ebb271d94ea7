-- SQLite keeps its index of texts apart from the attempts from the beginning: attempts_by_text.
select 1;
