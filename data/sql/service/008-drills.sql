-- SPDX-License-Identifier: GPL-3.0-or-later
-- Drills: what somebody was to do about each event, and when it was done; who looked
-- at which alarm first.  Empty in a network that is no drill.
CREATE TABLE drill_step (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  drill TEXT NOT NULL,
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  deed TEXT NOT NULL,
  code TEXT,
  station_id INTEGER,
  vehicle_id INTEGER,
  battery_id INTEGER,
  alarm_id INTEGER,
  raised_at INTEGER,
  verdict TEXT NOT NULL,
  noticed_within_s INTEGER,
  noticed_at INTEGER,
  acknowledged_within_s INTEGER,
  acknowledged_at INTEGER,
  steps_within_s INTEGER,
  steps_at INTEGER,
  command_within_s INTEGER,
  command_at INTEGER,
  handed_over_within_s INTEGER,
  handed_over_at INTEGER,
  noticed_by TEXT,
  acknowledged_by TEXT
) STRICT;
CREATE UNIQUE INDEX drill_step_by_seq ON drill_step (seq);
CREATE INDEX drill_step_undone ON drill_step (id) WHERE verdict IN ('open', 'missed');

CREATE TABLE drill_look (
  alarm_id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,     -- network time
  person TEXT NOT NULL
) STRICT;
