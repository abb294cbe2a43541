-- SPDX-License-Identifier: GPL-3.0-or-later
-- When something is worked on, and what is expected because of that.

CREATE TABLE IF NOT EXISTS maintenance_window (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  scope_noun TEXT NOT NULL,
  scope_id INTEGER NOT NULL,
  scope_label TEXT,
  station_id INTEGER,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  risk TEXT NOT NULL,
  risk_note TEXT NOT NULL,
  suppresses TEXT NOT NULL,
  state TEXT NOT NULL,
  planned_at INTEGER NOT NULL,
  planned_by TEXT NOT NULL,
  approved_at INTEGER,
  approved_by TEXT,
  opened_at INTEGER,
  extended_by TEXT,
  extend_reason TEXT,
  ended_at INTEGER,
  ended_by TEXT,
  end_reason TEXT,
  proof TEXT
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS maintenance_window_by_seq ON maintenance_window (seq);
CREATE INDEX IF NOT EXISTS maintenance_window_by_station ON maintenance_window (station_id);
CREATE INDEX IF NOT EXISTS maintenance_window_live ON maintenance_window (id)
  WHERE state IN ('planned', 'open', 'overran');
