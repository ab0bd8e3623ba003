-- Finds what briefings consist of by audience, too: what names something for others is not read by
-- whoever lists what they may read, however much it is (V1, O1). Under which audiences anything
-- names it stands beside the rows, 180 audiences to a part (store/about_audiences.c).
ALTER TABLE about RENAME TO about_by_number;
CREATE TABLE about (
    target    INTEGER NOT NULL,        -- keyed hash of the id that is named
    type      INTEGER NOT NULL,        -- of the entry that names it
    audience  INTEGER NOT NULL,        -- of that entry
    n         INTEGER NOT NULL,
    object    INTEGER NOT NULL,        -- keyed hash of the entry's own id
    word      INTEGER NOT NULL,        -- of a reply or an attendance, what it says
    PRIMARY KEY (target, type, audience, n)
) WITHOUT ROWID;
INSERT INTO about (target, type, audience, n, object, word)
    SELECT a.target, a.type, e.audience, a.n, a.object, a.word
    FROM about_by_number a JOIN entry e ON e.n = a.n ORDER BY 1, 2, 3, 4;
DROP TABLE about_by_number;
CREATE INDEX about_n ON about (n);
CREATE INDEX about_order ON about (target, type, n);
CREATE TABLE about_audiences (
    target     INTEGER NOT NULL,
    type       INTEGER NOT NULL,
    part       INTEGER NOT NULL,       -- from 0
    audiences  TEXT NOT NULL,          -- five characters each (store/key_audiences.h)
    PRIMARY KEY (target, type, part)
) WITHOUT ROWID;
INSERT INTO about_audiences (target, type, part, audiences)
    SELECT target, type, (place - 1) / 180,
        group_concat(char(48 + (audience >> 24 & 63), 48 + (audience >> 18 & 63),
            48 + (audience >> 12 & 63), 48 + (audience >> 6 & 63), 48 + (audience & 63)), '')
    FROM (SELECT target, type, audience,
            row_number() OVER (PARTITION BY target, type ORDER BY audience) AS place
        FROM (SELECT DISTINCT target, type, audience FROM about) ORDER BY 1, 2, 3)
    GROUP BY 1, 2, 3;
