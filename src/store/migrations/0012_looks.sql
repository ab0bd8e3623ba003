-- Private state: who asked who has been given an object (R2), and whose receipts were looked at.
CREATE TABLE look (
    n          INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    object     TEXT NOT NULL,
    asked      INTEGER NOT NULL,
    actor      INTEGER NOT NULL, -- who asked; 0: the console
    org        INTEGER NOT NULL, -- in whose name
    reason     TEXT NOT NULL,    -- empty: for counts
    of_people  INTEGER NOT NULL, -- names of people, not of organizations alone
    state      INTEGER NOT NULL, -- enum look_state
    due        INTEGER NOT NULL, -- when one that waits is settled by itself
    is_alone   INTEGER NOT NULL, -- nobody else could agree: that is by telling
    decided    INTEGER NOT NULL, -- 0: not yet
    decided_by INTEGER NOT NULL  -- actor; 0: nobody
);
CREATE INDEX look_state ON look (state, due);
CREATE INDEX look_object ON look (object, n);
-- Whose receipts: what they had been given stands under an audience.
CREATE TABLE looked_at (
    org      INTEGER NOT NULL,
    look     INTEGER NOT NULL,
    audience INTEGER NOT NULL,
    actor    INTEGER NOT NULL,
    PRIMARY KEY (org, look, audience, actor)
) WITHOUT ROWID;
CREATE INDEX looked_at_look ON looked_at (look);
