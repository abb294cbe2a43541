-- SPDX-License-Identifier: GPL-3.0-or-later
-- What to do about an alarm: what persons changed in the catalogue of fault
-- codes, which steps they did, and what they had done to equipment from afar.

CREATE TABLE command (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  target_noun TEXT NOT NULL,
  target_id INTEGER NOT NULL,
  station_id INTEGER,
  alarm_id INTEGER,
  kind TEXT NOT NULL,
  availability TEXT,
  reason TEXT NOT NULL,
  state TEXT NOT NULL,
  requested_at INTEGER NOT NULL,
  requested_by TEXT NOT NULL,
  sent_at INTEGER,
  accepted_at INTEGER,
  ended_at INTEGER,
  outcome TEXT,
  answer TEXT
) STRICT;
CREATE UNIQUE INDEX command_by_seq ON command (seq);
CREATE INDEX command_by_target ON command (target_id);
CREATE INDEX command_by_station ON command (station_id);
CREATE INDEX command_by_alarm ON command (alarm_id);
CREATE INDEX command_open ON command (id) WHERE state IN ('requested', 'sent', 'accepted');

-- What stands here goes before what the catalogue comes with; NULL, and no line of
-- a kind: as it comes.
CREATE TABLE fault_code_edit (
  code TEXT PRIMARY KEY,
  rev INTEGER NOT NULL,
  consequence TEXT,
  respond_s INTEGER,
  command TEXT,            -- its kind; '' none
  edited_at INTEGER NOT NULL,
  edited_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE fault_code_line (
  code TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('cause', 'step')),
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  line TEXT,               -- in a person's words; NULL: as the catalogue words it
  weight REAL,             -- of a cause
  PRIMARY KEY (code, kind, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE alarm_step (
  alarm_id INTEGER NOT NULL,
  step TEXT NOT NULL,
  is_done INTEGER NOT NULL CHECK (is_done IN (0, 1)),
  note TEXT,
  at INTEGER NOT NULL,     -- network time
  person TEXT NOT NULL,
  PRIMARY KEY (alarm_id, step)
) STRICT, WITHOUT ROWID;
