-- Which words the index of search has of an entry: an index of another form is made anew.
ALTER TABLE search_state ADD COLUMN form INTEGER NOT NULL DEFAULT 0;
