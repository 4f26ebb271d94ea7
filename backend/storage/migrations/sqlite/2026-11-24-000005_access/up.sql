-- People who sign in. Nobody is ever removed: the timeline names them.
create table users (
    id            blob    not null primary key,
    email         text    not null, -- lower case
    name          text    not null,
    role          text    not null,
    password_hash text    not null, -- argon2id, in PHC form
    created_at    integer not null
) strict;

create unique index users_email on users (email);

-- A sign-in on one device: a chain of refresh tokens, of which only the newest is good. Tokens are kept as digests.
create table sessions (
    id                  blob    not null primary key,
    user_id             blob    not null references users (id),
    token_hash          blob    not null,
    previous_token_hash blob,             -- the one before: two tabs may refresh at once
    previous_until      integer,          -- until when that one is still taken
    created_at          integer not null,
    expires_at          integer not null,
    check ((previous_token_hash is null) = (previous_until is null))
) strict;

create unique index sessions_token_hash on sessions (token_hash);
create index sessions_by_previous_token on sessions (previous_token_hash) where previous_token_hash is not null;
create index sessions_of_user on sessions (user_id);
create index sessions_expired on sessions (expires_at);

-- Keys of programs, as digests. A revoked one stays, so that its name keeps its meaning.
create table api_keys (
    id         blob    not null primary key,
    name       text    not null,
    role       text    not null,
    key_hash   blob    not null,
    created_at integer not null,
    revoked_at integer
) strict;

create unique index api_keys_name on api_keys (name);
create unique index api_keys_key_hash on api_keys (key_hash);
