-- Private state: what is reminded of by mail (the invitations to a briefing, or a commitment), how
-- often that was done, and when it is due by itself.
CREATE TABLE reminding (
    about     TEXT PRIMARY KEY NOT NULL, -- the id of the briefing or commitment
    rounds    INTEGER NOT NULL,
    asked     INTEGER NOT NULL,          -- the last time; 0: never
    due       INTEGER NOT NULL           -- the largest there is: not by itself (any more)
) WITHOUT ROWID;
CREATE INDEX reminding_due ON reminding (due);
-- The round of reminders that an invitee had last.
ALTER TABLE mail_told ADD COLUMN reminded INTEGER NOT NULL DEFAULT 0;
