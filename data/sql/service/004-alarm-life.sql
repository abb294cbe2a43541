-- SPDX-License-Identifier: GPL-3.0-or-later
-- The life of an alarm in full: what is laid over its state, from when to when and
-- by whom, its latch, its parent, and each step that it took.
ALTER TABLE alarm ADD COLUMN occurrence INTEGER NOT NULL DEFAULT 1;
ALTER TABLE alarm ADD COLUMN shelved_until INTEGER;
ALTER TABLE alarm ADD COLUMN shelved_by TEXT;
ALTER TABLE alarm ADD COLUMN shelve_reason TEXT;
ALTER TABLE alarm ADD COLUMN suppressed_by TEXT;
ALTER TABLE alarm ADD COLUMN out_of_service_until INTEGER;
ALTER TABLE alarm ADD COLUMN out_of_service_by TEXT;
ALTER TABLE alarm ADD COLUMN out_of_service_approved_by TEXT;
ALTER TABLE alarm ADD COLUMN out_of_service_reason TEXT;
ALTER TABLE alarm ADD COLUMN released_by TEXT;
ALTER TABLE alarm ADD COLUMN release_reason TEXT;
ALTER TABLE alarm ADD COLUMN parent_id INTEGER;
ALTER TABLE alarm ADD COLUMN is_first_out INTEGER;
ALTER TABLE alarm ADD COLUMN is_safety INTEGER;

-- Whose time is up is looked for at every tick, also among those that are over: a
-- shelf is of a source and code, and outlasts the alarm that it was put over.
CREATE INDEX alarm_by_shelf ON alarm (shelved_until) WHERE shelved_until IS NOT NULL;
CREATE INDEX alarm_by_service ON alarm (out_of_service_until)
  WHERE out_of_service_until IS NOT NULL;
CREATE INDEX alarm_by_parent ON alarm (parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE alarm_transition (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  alarm_id INTEGER NOT NULL,
  at INTEGER NOT NULL,      -- network time
  from_state TEXT,          -- NULL: there was none
  to_state TEXT NOT NULL,
  event TEXT NOT NULL,
  person TEXT,              -- NULL: a device or the service itself
  reason TEXT
) STRICT;
CREATE INDEX alarm_transition_by_alarm ON alarm_transition (alarm_id, id);
