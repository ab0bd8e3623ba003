-- Private state: what was handed in and given to nothing yet (B26). It takes room of its
-- organization (S7) until it is given, or swept away.
CREATE TABLE handed (
    n       INTEGER PRIMARY KEY NOT NULL,
    org     INTEGER NOT NULL,
    bytes   INTEGER NOT NULL,
    created INTEGER NOT NULL
);
CREATE INDEX handed_org ON handed (org);
