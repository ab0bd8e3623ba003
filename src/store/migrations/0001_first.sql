-- The log first, then what is derived from it, then policy, then private state.

-- One row: positions and epochs. Written in every transaction that moves one of them.
CREATE TABLE state (
    one            INTEGER PRIMARY KEY CHECK (one = 1),
    exchange_id    TEXT NOT NULL,
    name           TEXT NOT NULL,
    created        INTEGER NOT NULL,
    last_number    INTEGER NOT NULL,  -- number of the newest entry
    last_added     INTEGER NOT NULL,  -- its time, microseconds
    policy_epoch   INTEGER NOT NULL,  -- raised by whatever changes who may read what
    sealed_chunks  INTEGER NOT NULL,  -- chunks below this one stand in view_chunk
    view_epoch     INTEGER NOT NULL,  -- raised when something already published is narrowed
    is_demo        INTEGER NOT NULL DEFAULT 0
);

-- The log: one row per version of an object, contributor and collection; and tombstones.
CREATE TABLE entry (
    n            INTEGER PRIMARY KEY,  -- number: dense, in commit order, never shown
    added        INTEGER NOT NULL,
    collection   INTEGER NOT NULL,
    audience     INTEGER NOT NULL,     -- interned set of clauses; 0 for a tombstone
    clause       INTEGER NOT NULL,     -- its own clause as an audience of one
    contributor  INTEGER NOT NULL,     -- org
    actor        INTEGER NOT NULL,     -- who submitted; 0: nobody named
    type         INTEGER NOT NULL,
    version      INTEGER NOT NULL,     -- microseconds
    flags        INTEGER NOT NULL,
    supersedes   INTEGER,              -- number
    body         INTEGER NOT NULL      -- row of body: the first entry with these bytes
);

CREATE TABLE body (
    n         INTEGER PRIMARY KEY,
    id        TEXT NOT NULL,
    warnings  TEXT,                    -- broken SHOULDs, a JSON list
    bytes     BLOB NOT NULL            -- empty once purged
);

-- Finds entries by object id: a keyed hash, then the number.
CREATE TABLE object_key (
    hash        INTEGER NOT NULL,
    n           INTEGER NOT NULL,
    collection  INTEGER NOT NULL,
    audience    INTEGER NOT NULL,
    PRIMARY KEY (hash, n)
) WITHOUT ROWID;

CREATE TABLE withdrawal (
    tombstone  INTEGER NOT NULL,
    n          INTEGER NOT NULL,
    PRIMARY KEY (tombstone, n)
) WITHOUT ROWID;

-- Numbers that an entry with the flag "contests" made contested, itself among them; never later
-- numbers than its own. All entries of one object in one collection and audience are.
CREATE TABLE contest (
    by_number  INTEGER NOT NULL,
    n          INTEGER NOT NULL,
    PRIMARY KEY (by_number, n)
) WITHOUT ROWID;

-- The last narrowings, by which views in memory follow state.view_epoch.
CREATE TABLE narrowing (
    epoch            INTEGER PRIMARY KEY,
    n                INTEGER NOT NULL,
    audience_before  INTEGER NOT NULL,
    contested_by     INTEGER NOT NULL   -- in whose name its object became contested; 0: it did not
);

-- Ends that were not there when the pointing entry was appended (G6).
CREATE TABLE awaited_end (
    hash         INTEGER NOT NULL,
    contributor  INTEGER NOT NULL,
    n            INTEGER NOT NULL,
    PRIMARY KEY (hash, contributor, n)
) WITHOUT ROWID;

CREATE INDEX awaited_end_n ON awaited_end (n);

CREATE TABLE type_name (
    n     INTEGER PRIMARY KEY,
    name  TEXT NOT NULL UNIQUE
);

-- Interned. text: clauses "collection/label/contributor/author/named,named" sorted, joined by ';'.
CREATE TABLE audience (
    n     INTEGER PRIMARY KEY,
    text  TEXT NOT NULL UNIQUE
);

-- Named audiences as they were when first used or held: the marking definitions of contributors.
CREATE TABLE named_audience (
    n            INTEGER PRIMARY KEY,
    id           TEXT NOT NULL,
    contributor  INTEGER NOT NULL,
    definition   TEXT NOT NULL,
    UNIQUE (id, contributor, definition)
);

-- Derived: bitmaps of entry numbers by collection, chunk and attribute (views.h).
CREATE TABLE view_chunk (
    key     INTEGER PRIMARY KEY,
    bitmap  BLOB NOT NULL
);

-- Policy.
CREATE TABLE org (
    n          INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    sector     TEXT NOT NULL,
    ceiling    INTEGER NOT NULL,
    status     TEXT NOT NULL,          -- known, invited, member, left
    is_suspended INTEGER NOT NULL DEFAULT 0,
    is_group   INTEGER NOT NULL DEFAULT 0,
    is_steward INTEGER NOT NULL DEFAULT 0,
    note       TEXT NOT NULL DEFAULT '',
    created    INTEGER NOT NULL,
    stored_bytes INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE org_jurisdiction (
    org   INTEGER NOT NULL REFERENCES org (n),
    code  TEXT NOT NULL,
    PRIMARY KEY (org, code)
) WITHOUT ROWID;
CREATE TABLE org_link (
    org   INTEGER NOT NULL REFERENCES org (n),
    kind  TEXT NOT NULL,               -- member-of, part-of, owned-by (groups)
    other INTEGER NOT NULL REFERENCES org (n),
    PRIMARY KEY (org, kind, other)
) WITHOUT ROWID;

CREATE TABLE person (
    n          INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    email      TEXT NOT NULL UNIQUE,   -- lower case
    name       TEXT NOT NULL,
    phone      TEXT NOT NULL DEFAULT '',
    timezone   TEXT NOT NULL DEFAULT '',
    password   TEXT NOT NULL DEFAULT '',
    is_suspended INTEGER NOT NULL DEFAULT 0,
    created    INTEGER NOT NULL
);
CREATE TABLE affiliation (
    person  INTEGER NOT NULL REFERENCES person (n),
    org     INTEGER NOT NULL REFERENCES org (n),
    roles   INTEGER NOT NULL,          -- bits in the order of STIX_ROLES
    PRIMARY KEY (person, org)
) WITHOUT ROWID;

CREATE TABLE token (
    n            INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,  -- token--UUID
    kind         TEXT NOT NULL,         -- bearer, certificate
    digest       BLOB NOT NULL UNIQUE,  -- BLAKE2b of the secret, or SHA-256 of the certificate
    name         TEXT NOT NULL,
    org          INTEGER NOT NULL REFERENCES org (n),
    person       INTEGER REFERENCES person (n),
    created      INTEGER NOT NULL,
    expires      INTEGER,
    is_read_only INTEGER NOT NULL DEFAULT 0,
    is_narrowed  INTEGER NOT NULL DEFAULT 0,
    is_revoked   INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE token_collection (
    token       INTEGER NOT NULL REFERENCES token (n),
    collection  INTEGER NOT NULL REFERENCES collection (n),
    PRIMARY KEY (token, collection)
) WITHOUT ROWID;

-- Who acts: an organization's person or token. Interned, so that an entry keeps one number.
CREATE TABLE actor (
    n       INTEGER PRIMARY KEY,
    org     INTEGER NOT NULL,
    person  INTEGER NOT NULL,          -- 0: none
    token   INTEGER NOT NULL,          -- 0: none; a person's token is the person
    UNIQUE (org, person, token)
);

CREATE TABLE collection (
    n            INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    alias        TEXT UNIQUE,
    title        TEXT NOT NULL,
    description  TEXT NOT NULL DEFAULT '',
    default_tlp  INTEGER NOT NULL,
    is_public    INTEGER NOT NULL DEFAULT 0,
    is_builtin   INTEGER NOT NULL DEFAULT 0,
    publisher    INTEGER REFERENCES org (n),
    created      INTEGER NOT NULL
);
CREATE TABLE access_grant (
    n           INTEGER PRIMARY KEY,
    collection  INTEGER NOT NULL REFERENCES collection (n),
    subject     TEXT NOT NULL,         -- an identity id, sector:S or all
    may_read    INTEGER NOT NULL,
    may_write   INTEGER NOT NULL,
    until       INTEGER,
    purpose     TEXT NOT NULL DEFAULT '',
    created     INTEGER NOT NULL
);

-- Keys that never leave the exchange but in its backup.
CREATE TABLE secret_key (
    name   TEXT PRIMARY KEY,
    value  BLOB NOT NULL
) WITHOUT ROWID;

-- Private state: receipts, statuses, audit, transfers.
CREATE TABLE receipt (
    actor       INTEGER NOT NULL,
    collection  INTEGER NOT NULL,
    kind        INTEGER NOT NULL,      -- 0 listed, 1 obtained
    chunk       INTEGER NOT NULL,
    bitmap      BLOB NOT NULL,
    PRIMARY KEY (collection, kind, chunk, actor)
) WITHOUT ROWID;
CREATE TABLE post_status (
    id       TEXT PRIMARY KEY,
    actor    INTEGER NOT NULL,
    created  INTEGER NOT NULL,
    body     TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX post_status_created ON post_status (created);

CREATE TABLE audit (
    n        INTEGER PRIMARY KEY,
    time     INTEGER NOT NULL,
    actor    INTEGER NOT NULL,
    verb     TEXT NOT NULL,
    object   TEXT NOT NULL,
    outcome  TEXT NOT NULL,
    detail   TEXT NOT NULL,
    link     BLOB NOT NULL             -- BLAKE2b over this row and the link before
);
CREATE TABLE audit_head (
    n          INTEGER PRIMARY KEY,    -- the row it signs
    time       INTEGER NOT NULL,
    link       BLOB NOT NULL,
    signature  BLOB NOT NULL
);

CREATE TABLE transfer (
    key       TEXT PRIMARY KEY,        -- what is pulled or pushed, from where to where
    position  TEXT NOT NULL,
    updated   INTEGER NOT NULL
) WITHOUT ROWID;
