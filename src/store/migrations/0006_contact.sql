-- How people want to be reached from a day after they said so (B5). Private state, never exported.
CREATE TABLE contact_change (
    person   INTEGER PRIMARY KEY REFERENCES person (n),
    digest   BLOB NOT NULL UNIQUE,       -- of the secret that went to the old address
    made_by  INTEGER NOT NULL,           -- actor
    name     TEXT NOT NULL,              -- what these three become
    email    TEXT NOT NULL,
    phone    TEXT NOT NULL,
    created  INTEGER NOT NULL,
    due      INTEGER NOT NULL            -- from then on it counts, for whoever reads
);
