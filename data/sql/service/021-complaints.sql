-- SPDX-License-Identifier: GPL-3.0-or-later
-- What customers were not content with, and what came of it; and who said that what was done
-- about a problem helped.

CREATE TABLE complaint (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  number TEXT NOT NULL UNIQUE,
  station_id INTEGER NOT NULL,
  vehicle_id INTEGER,
  order_number TEXT,
  complainant TEXT NOT NULL,
  text TEXT NOT NULL,
  state TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  received_by TEXT NOT NULL,
  reason TEXT,
  decided_at INTEGER,
  decided_by TEXT,
  work_order_id INTEGER,
  work_order_number TEXT
) STRICT;
CREATE UNIQUE INDEX complaint_by_seq ON complaint (seq);
CREATE INDEX complaint_by_station ON complaint (station_id, id);

ALTER TABLE problem_record ADD COLUMN confirmed_at INTEGER;
ALTER TABLE problem_record ADD COLUMN confirmed_by TEXT;
