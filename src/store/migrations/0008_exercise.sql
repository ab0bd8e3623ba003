-- A group of hosts whose briefing is an exercise: whatever it contributes belongs to it.
ALTER TABLE org ADD COLUMN is_exercise INTEGER NOT NULL DEFAULT 0;
