-- People who sign in. Nobody is ever removed: the timeline names them.
create table users (
    id            uuid        not null primary key,
    email         text        not null, -- lower case
    name          text        not null,
    role          text        not null,
    password_hash text        not null, -- argon2id, in PHC form
    created_at    timestamptz not null,
    constraint users_email unique (email)
);

-- A sign-in on one device: a chain of refresh tokens, of which only the newest is good. Tokens are kept as digests.
create table sessions (
    id                  uuid        not null primary key,
    user_id             uuid        not null references users (id),
    token_hash          bytea       not null,
    previous_token_hash bytea,                -- the one before: two tabs may refresh at once
    previous_until      timestamptz,          -- until when that one is still taken
    created_at          timestamptz not null,
    expires_at          timestamptz not null,
    constraint sessions_token_hash unique (token_hash),
    check ((previous_token_hash is null) = (previous_until is null))
);

create index sessions_by_previous_token on sessions (previous_token_hash) where previous_token_hash is not null;
create index sessions_of_user on sessions (user_id);
create index sessions_expired on sessions (expires_at);

-- Keys of programs, as digests. A revoked one stays, so that its name keeps its meaning.
create table api_keys (
    id         uuid        not null primary key,
    name       text        not null,
    role       text        not null,
    key_hash   bytea       not null,
    created_at timestamptz not null,
    revoked_at timestamptz,
    constraint api_keys_name unique (name),
    constraint api_keys_key_hash unique (key_hash)
);
