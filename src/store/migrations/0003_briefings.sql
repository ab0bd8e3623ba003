-- The joint briefing: duty officers, the index of what briefings consist of, sendings under way.

-- Policy: who answers for an organization, as somebody verified it. Facts, no permission.
CREATE TABLE duty (
    person       INTEGER NOT NULL REFERENCES person (n),
    org          INTEGER NOT NULL REFERENCES org (n),
    duty         INTEGER NOT NULL,     -- in the order of DUTIES (store/duty.h)
    verified     INTEGER,              -- the day, microseconds; NULL: nobody checked
    verified_by  TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (person, org, duty)
) WITHOUT ROWID;
CREATE INDEX duty_org ON duty (org);

-- Derived: which entries of the collection Briefings name an object.
CREATE TABLE about (
    target  INTEGER NOT NULL,          -- keyed hash of the id that is named
    type    INTEGER NOT NULL,          -- of the entry that names it
    n       INTEGER NOT NULL,
    object  INTEGER NOT NULL,          -- keyed hash of the entry's own id
    word    INTEGER NOT NULL,          -- of a reply or an attendance, what it says
    PRIMARY KEY (target, type, n)
) WITHOUT ROWID;
CREATE INDEX about_n ON about (n);

-- Private state: an order to invite people that is not carried out yet.
CREATE TABLE briefing_sending (
    briefing  TEXT PRIMARY KEY,
    ordered   INTEGER NOT NULL,
    actor     INTEGER NOT NULL,        -- who ordered it
    people    BLOB NOT NULL,           -- pairs (person, organization) of 64-bit numbers
    total     INTEGER NOT NULL,
    done      INTEGER NOT NULL         -- how many of them are invited
) WITHOUT ROWID;

-- Private state: when a person last looked at what is new, acting for an organization.
CREATE TABLE last_visit (
    person  INTEGER NOT NULL,
    org     INTEGER NOT NULL,
    added   INTEGER NOT NULL,          -- the newest entry that was there
    before  INTEGER NOT NULL,          -- the same of the visit before
    seen    INTEGER NOT NULL,          -- when
    PRIMARY KEY (person, org)
) WITHOUT ROWID;

-- An older exchange gets the built-in collection; a new one makes it itself.
INSERT INTO collection (id, alias, title, description, default_tlp, is_builtin, created)
SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' ||
             substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' ||
             hex(randomblob(6))),
       CASE WHEN EXISTS (SELECT 1 FROM collection WHERE alias = 'briefings')
            THEN NULL ELSE 'briefings' END,
       'Briefings', 'Joint briefings, and what became of them.', 2, 2, created
FROM state;
UPDATE state SET policy_epoch = policy_epoch + 1;
