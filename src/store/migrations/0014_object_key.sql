-- Finds entries by object id, the audience before the number: what stands under an id for others is
-- not read, however much it is (V1, O1). Where an id has entries of more than one audience, its
-- first row (audience 0) names all of them, five characters each (store/object_key.h).
ALTER TABLE object_key RENAME TO object_key_by_number;
CREATE TABLE object_key (
    hash        INTEGER NOT NULL,
    audience    INTEGER NOT NULL,
    n           INTEGER NOT NULL,
    collection  INTEGER NOT NULL,
    audiences   TEXT,                  -- NULL but in a first row
    PRIMARY KEY (hash, audience, n)
) WITHOUT ROWID;
INSERT INTO object_key (hash, audience, n, collection)
    SELECT hash, audience, n, collection FROM object_key_by_number ORDER BY hash, audience, n;
INSERT INTO object_key (hash, audience, n, collection, audiences)
    SELECT hash, 0, 0, 0, group_concat(char(48 + (audience >> 24 & 63), 48 + (audience >> 18 & 63),
        48 + (audience >> 12 & 63), 48 + (audience >> 6 & 63), 48 + (audience & 63)), '')
    FROM (SELECT DISTINCT hash, audience FROM object_key ORDER BY hash, audience)
    GROUP BY hash HAVING count(*) > 1;
DROP TABLE object_key_by_number;
