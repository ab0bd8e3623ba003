-- What people who use the pages need: private state, never exported, in no answer but their own.

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
    stage      INTEGER NOT NULL,       -- 0 whole, 1 a second step is due, 2 setting up
    is_strong  INTEGER NOT NULL,       -- proved by two things, or by a passkey
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

-- What a person proves themselves by beside a password: an authenticator app, a passkey.
CREATE TABLE authenticator (
    n             INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,  -- authenticator--UUID
    person        INTEGER NOT NULL REFERENCES person (n),
    kind          TEXT NOT NULL,         -- totp, passkey
    name          TEXT NOT NULL,
    secret        BLOB NOT NULL,         -- totp: sealed; passkey: the public key
    credential    BLOB UNIQUE,           -- passkey: its id
    counter       INTEGER NOT NULL,      -- totp: the last step used; passkey: its sign count
    is_confirmed  INTEGER NOT NULL,
    created       INTEGER NOT NULL,
    used          INTEGER NOT NULL
);
CREATE INDEX authenticator_person ON authenticator (person);
CREATE TABLE recovery_code (
    person  INTEGER NOT NULL REFERENCES person (n),
    digest  BLOB NOT NULL,
    PRIMARY KEY (person, digest)
) WITHOUT ROWID;

-- Second steps that failed lately.
CREATE TABLE second_try (
    person  INTEGER PRIMARY KEY REFERENCES person (n),
    began   INTEGER NOT NULL,
    count   INTEGER NOT NULL
);

-- Links by which a person sets their first, or a new, authenticator. Ended when one is set.
CREATE TABLE person_link (
    id       TEXT PRIMARY KEY,           -- invitation--UUID
    digest   BLOB NOT NULL UNIQUE,
    person   INTEGER NOT NULL REFERENCES person (n),
    org      INTEGER NOT NULL REFERENCES org (n),
    made_by  INTEGER NOT NULL,           -- actor; 0: the console
    created  INTEGER NOT NULL,
    starts   INTEGER NOT NULL,           -- later than created: a delay that the person sees (B5)
    expires  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX person_link_person ON person_link (person);

-- What somebody typed and has not sent yet.
CREATE TABLE draft (
    person   INTEGER NOT NULL REFERENCES person (n),
    org      INTEGER NOT NULL REFERENCES org (n),
    form     TEXT NOT NULL,
    body     TEXT NOT NULL,
    updated  INTEGER NOT NULL,
    PRIMARY KEY (person, org, form)
) WITHOUT ROWID;

-- What passkeys are to sign; each answered once, within minutes.
CREATE TABLE passkey_challenge (
    digest   BLOB PRIMARY KEY,
    person   INTEGER NOT NULL,           -- 0: whoever signs in with it
    created  INTEGER NOT NULL
) WITHOUT ROWID;
