-- SPDX-License-Identifier: GPL-3.0-or-later
-- What people who scanned a label said; each report belongs to a work order, and many may
-- belong to the same.  at is network time; key is what the reporter's page made up.

CREATE TABLE scan_report (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  work_order_id INTEGER NOT NULL,
  is_joined INTEGER NOT NULL CHECK (is_joined IN (0, 1)),
  noun TEXT NOT NULL,
  thing_id INTEGER NOT NULL,
  what TEXT NOT NULL,
  text TEXT,
  phone TEXT,
  language TEXT,
  latitude REAL,
  longitude REAL
) STRICT;
CREATE INDEX scan_report_by_order ON scan_report (work_order_id, id);
