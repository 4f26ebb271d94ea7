drop index notifications_digest;
