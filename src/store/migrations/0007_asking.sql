-- Private state: which hosts are asked to approve what of a briefing, and when they are told again.
CREATE TABLE asking (
    briefing  TEXT NOT NULL,
    org       INTEGER NOT NULL REFERENCES org (n),
    scope     INTEGER NOT NULL,        -- in the order of enum approval_scope (service/approval.h)
    asked     INTEGER NOT NULL,
    until     INTEGER NOT NULL,        -- the start of the call
    told      INTEGER NOT NULL,        -- times
    due       INTEGER NOT NULL,        -- when they are told again
    PRIMARY KEY (briefing, org, scope)
) WITHOUT ROWID;
CREATE INDEX asking_due ON asking (due);
