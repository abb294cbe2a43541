-- SPDX-License-Identifier: GPL-3.0-or-later
-- What to look at in a round by the six S, as files say it beside what the programs come with.

CREATE TABLE inspection_template (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  name TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  station_kind TEXT NOT NULL,
  sort TEXT NOT NULL,
  sort_zh TEXT NOT NULL,
  set_in_order TEXT NOT NULL,
  set_in_order_zh TEXT NOT NULL,
  shine TEXT NOT NULL,
  shine_zh TEXT NOT NULL,
  standardise TEXT NOT NULL,
  standardise_zh TEXT NOT NULL,
  sustain TEXT NOT NULL,
  sustain_zh TEXT NOT NULL,
  safety TEXT NOT NULL,
  safety_zh TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  added_by TEXT NOT NULL,
  removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX inspection_template_by_seq ON inspection_template (seq);

ALTER TABLE inspection ADD COLUMN template_id INTEGER;
CREATE INDEX inspection_by_template ON inspection (template_id) WHERE template_id IS NOT NULL;
