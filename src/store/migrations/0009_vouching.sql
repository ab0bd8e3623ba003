-- Somebody whom nobody has called yet reads up to a label of their own, whatever their organization
-- may (B12). 4 is RED: as the organization.
ALTER TABLE affiliation ADD COLUMN ceiling INTEGER NOT NULL DEFAULT 4;

-- Who vouched for whom, to be sent to a briefing in their place. Private state, never exported.
CREATE TABLE vouching (
    n           INTEGER PRIMARY KEY,
    invitation  TEXT NOT NULL,           -- of who vouched
    briefing    TEXT NOT NULL,
    voucher     INTEGER NOT NULL REFERENCES person (n),
    person      INTEGER NOT NULL REFERENCES person (n), -- who is vouched for
    org         INTEGER NOT NULL REFERENCES org (n),    -- of both
    name        TEXT NOT NULL,           -- as the voucher gave them
    phone       TEXT NOT NULL,
    made        INTEGER NOT NULL,
    state       INTEGER NOT NULL,        -- 0 waits for a call, 1 sent, 2 answered otherwise since
    outcome     INTEGER NOT NULL,        -- of the call: 0 none yet, 1 it was them, 2 not so
    decided     INTEGER NOT NULL,
    decided_by  INTEGER NOT NULL         -- actor; 0: nobody yet, or the console
);
CREATE INDEX vouching_person ON vouching (person, org);
CREATE INDEX vouching_invitation ON vouching (invitation);
CREATE INDEX vouching_voucher ON vouching (voucher, outcome);
