-- The words of what the log holds, derived from it and remade by rebuild. A word stands under the
-- audience of its entry ("1fxharbor": audience 0x1f), so that looking for one costs nothing by
-- what stands there for others. Only which entries have a word is kept, not where in them.
CREATE VIRTUAL TABLE search_index USING fts5(
    words, content = '', columnsize = 0, detail = none, tokenize = 'ascii'
);
CREATE VIRTUAL TABLE search_term USING fts5vocab('search_index', 'instance');

-- One row: entries up to this number are in the index.
CREATE TABLE search_state (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    indexed  INTEGER NOT NULL
);
INSERT INTO search_state (one, indexed) VALUES (1, 0);

-- Entries that moved to another audience and still stand in the index under this one.
CREATE TABLE search_moved (
    n         INTEGER PRIMARY KEY,
    audience  INTEGER NOT NULL
);
