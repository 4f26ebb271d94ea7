-- When the raw form of a notification was dropped: query, body, headers and the sender's address are empty then. The row
-- stays, for the timeline refers to it, and the same notification may come again.
alter table bank_notifications add column raw_dropped_at integer;
