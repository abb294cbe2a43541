-- SPDX-License-Identifier: GPL-3.0-or-later
-- Trucks that are told to go elsewhere, and the pack that is held for each.

CREATE TABLE guidance (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  state TEXT NOT NULL,
  state_since INTEGER NOT NULL,
  vehicle_id INTEGER NOT NULL,
  plate TEXT NOT NULL,
  from_station_id INTEGER NOT NULL,
  station_id INTEGER,
  bay_id INTEGER,
  battery_id INTEGER,
  road_m INTEGER,
  travel_s INTEGER,
  wait_s INTEGER,
  eta INTEGER,
  due_at INTEGER,
  proposed_at INTEGER NOT NULL,
  proposed_by TEXT,
  sent_at INTEGER,
  sent_by TEXT,
  delivered_at INTEGER,
  answered_at INTEGER,
  answered_by TEXT,
  refuse_reason TEXT,
  calls INTEGER NOT NULL,
  called_at INTEGER,
  called_by TEXT,
  call_outcome TEXT,
  call_note TEXT,
  arrived_at INTEGER,
  ended_at INTEGER,
  ended_by TEXT,
  lapse TEXT,
  end_reason TEXT,
  work_order_id INTEGER
) STRICT;
CREATE UNIQUE INDEX guidance_by_seq ON guidance (seq);

-- Nothing is promised twice: neither a pack to two trucks nor two packs to a truck.
CREATE UNIQUE INDEX guidance_open ON guidance (vehicle_id)
  WHERE state IN ('proposed', 'sent', 'delivered', 'no_answer', 'accepted');
CREATE UNIQUE INDEX guidance_held ON guidance (battery_id)
  WHERE state IN ('proposed', 'sent', 'delivered', 'no_answer', 'accepted');
CREATE INDEX guidance_by_vehicle ON guidance (vehicle_id, id);
CREATE INDEX guidance_from_station ON guidance (from_station_id, id);
CREATE INDEX guidance_to_station ON guidance (station_id, id);
CREATE INDEX guidance_by_end ON guidance (ended_at) WHERE ended_at IS NOT NULL;
