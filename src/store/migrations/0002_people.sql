-- What people who use the pages need: private state, never exported, and in no answer but their own.

-- A browser that signed in. The cookie holds the secret, this table its keyed digest.
CREATE TABLE web_session (
    n          INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,   -- session--UUID
    digest     BLOB NOT NULL UNIQUE,
    person     INTEGER NOT NULL REFERENCES person (n),
    org        INTEGER NOT NULL REFERENCES org (n),
    created    INTEGER NOT NULL,
    used       INTEGER NOT NULL,       -- last seen, to the minute
    is_shared  INTEGER NOT NULL,       -- a computer that others use too
    agent      TEXT NOT NULL,          -- what the browser calls itself
    peer       TEXT NOT NULL
);
CREATE INDEX web_session_person ON web_session (person);

-- What was made under an Idempotency-Key, for a day.
CREATE TABLE idempotency (
    key      BLOB PRIMARY KEY,         -- keyed digest of who, where and the key
    created  INTEGER NOT NULL,
    request  BLOB NOT NULL,            -- digest of the body
    result   TEXT NOT NULL             -- what was made
) WITHOUT ROWID;
CREATE INDEX idempotency_created ON idempotency (created);

-- Of a demo exchange: whose chair a visitor may take without a password.
CREATE TABLE chair (
    id      TEXT PRIMARY KEY,
    place   INTEGER NOT NULL,
    person  INTEGER NOT NULL REFERENCES person (n),
    org     INTEGER NOT NULL REFERENCES org (n),
    title   TEXT NOT NULL,
    about   TEXT NOT NULL
) WITHOUT ROWID;
