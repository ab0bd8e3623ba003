-- Mail that goes out, and the links by which people answer: private state, never exported.

-- Messages. Those that wait are worked off by one thread; the others are kept to be shown.
CREATE TABLE outbox (
    n          INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,     -- message--UUID
    kind       TEXT NOT NULL,            -- invitation, update, cancellation
    briefing   TEXT NOT NULL,            -- what it is about
    recipient  TEXT NOT NULL,
    subject    TEXT NOT NULL,
    body       TEXT NOT NULL,            -- plain text; {secret} where the link's secret belongs
    calendar   TEXT NOT NULL,            -- an iCalendar object; empty: none
    secret     BLOB NOT NULL,            -- sealed; empty once the message has gone
    created    INTEGER NOT NULL,
    state      INTEGER NOT NULL,         -- 0 waiting, 1 kept, 2 sent, 3 failed
    tries      INTEGER NOT NULL,
    due        INTEGER NOT NULL,         -- of those that wait: not before
    failure    TEXT NOT NULL
);
CREATE INDEX outbox_due ON outbox (due) WHERE state = 0;
CREATE INDEX outbox_briefing ON outbox (briefing);

-- Briefings of which somebody was not told yet what they would notice in their calendar.
CREATE TABLE mail_round (
    briefing  TEXT PRIMARY KEY,
    after     INTEGER NOT NULL           -- entry number of the last invitation looked at
) WITHOUT ROWID;

-- What each invitee was told last, and what they tried on the page without script.
CREATE TABLE mail_told (
    invitation    TEXT PRIMARY KEY,
    sequence      INTEGER NOT NULL,      -- of the calendar entry they were mailed
    is_cancelled  INTEGER NOT NULL,
    wrong_digits  INTEGER NOT NULL       -- since the last right ones
) WITHOUT ROWID;

-- Links by which an invitee answers without signing in. The mail holds the secret.
CREATE TABLE rsvp_link (
    digest      BLOB PRIMARY KEY,
    invitation  TEXT NOT NULL
) WITHOUT ROWID;
