-- Where the write-ahead log of PostgreSQL was after a person's newest change, in bytes. What they look for goes to a
-- replica only when it has come as far. Always null on SQLite, and where no replica is configured.
alter table users add column changed_position bigint;
