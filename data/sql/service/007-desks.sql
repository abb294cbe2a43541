-- SPDX-License-Identifier: GPL-3.0-or-later
-- Desks: who looks after what, who sits there when, and how one hands over to the next.

CREATE TABLE desk (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  name TEXT NOT NULL,
  area_ids TEXT,
  kinds TEXT,
  levels TEXT,
  cover_desk_id INTEGER,
  holder TEXT,
  held_since INTEGER,
  away_since INTEGER,
  away_reason TEXT,
  last_away_from INTEGER,
  last_away_to INTEGER,
  answers TEXT,
  answers_since INTEGER,
  answers_as TEXT
) STRICT;
CREATE UNIQUE INDEX desk_by_seq ON desk (seq);

CREATE TABLE roster_entry (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  desk_id INTEGER NOT NULL,
  person TEXT NOT NULL,
  role TEXT,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  next_in_line TEXT
) STRICT;
CREATE UNIQUE INDEX roster_entry_by_seq ON roster_entry (seq);
CREATE INDEX roster_entry_by_desk ON roster_entry (desk_id);

CREATE TABLE handover (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  desk_id INTEGER NOT NULL,
  state TEXT NOT NULL,
  from_person TEXT NOT NULL,
  to_person TEXT NOT NULL,
  begun_at INTEGER NOT NULL,
  written_at INTEGER,
  summary TEXT,
  note TEXT,
  given_at INTEGER,
  taken_at INTEGER,
  withdrawn_at INTEGER,
  withdrawn_by TEXT
) STRICT;
CREATE UNIQUE INDEX handover_by_seq ON handover (seq);
CREATE INDEX handover_by_desk ON handover (desk_id);

ALTER TABLE alarm ADD COLUMN desk_id INTEGER;

-- To whom the alarms of a desk belonged, from when: only grows, and has no gap.
CREATE TABLE desk_answer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  desk_id INTEGER NOT NULL,
  at INTEGER NOT NULL,     -- network time
  person TEXT,             -- NULL: there is nobody who may
  answers_as TEXT
) STRICT;
CREATE INDEX desk_answer_by_desk ON desk_answer (desk_id, at);
