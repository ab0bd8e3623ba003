-- Private state: what nobody may remove for now, since a court or a request for records asks for it
-- (B27).
CREATE TABLE hold (
    id          TEXT PRIMARY KEY NOT NULL,
    object      TEXT NOT NULL,    -- an object, with what belongs to it; empty: everything
    reason      TEXT NOT NULL,
    placed      INTEGER NOT NULL,
    placed_by   INTEGER NOT NULL, -- actor; 0: the console
    released    INTEGER NOT NULL, -- 0: it stands
    released_by INTEGER NOT NULL
) WITHOUT ROWID;
