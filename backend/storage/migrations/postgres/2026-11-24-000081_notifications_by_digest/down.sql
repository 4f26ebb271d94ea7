drop index concurrently notifications_digest;
