-- Private state: how much the statuses of POSTs take that are kept for each organization, so that
-- what somebody posts again and again does not fill the disk (L9).
ALTER TABLE post_status ADD COLUMN org INTEGER NOT NULL DEFAULT 0;
ALTER TABLE post_status ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
CREATE INDEX post_status_org ON post_status (org, created, bytes); -- the body is not read for it
CREATE TABLE status_room (
    org   INTEGER PRIMARY KEY NOT NULL,
    bytes INTEGER NOT NULL
);
