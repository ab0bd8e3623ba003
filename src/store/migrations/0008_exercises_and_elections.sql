-- A group of hosts whose briefing is an exercise: whatever it contributes belongs to it.
ALTER TABLE org ADD COLUMN is_exercise INTEGER NOT NULL DEFAULT 0;

-- Elections beside the federal day, which is worked out: the steward keeps them.
CREATE TABLE election (
    id           TEXT PRIMARY KEY,
    jurisdiction TEXT NOT NULL,        -- canonical: us, us-39, us-39-c035
    day          INTEGER NOT NULL,     -- since 1970
    kind         TEXT NOT NULL,
    name         TEXT NOT NULL,
    UNIQUE (jurisdiction, day, kind)
) WITHOUT ROWID;
