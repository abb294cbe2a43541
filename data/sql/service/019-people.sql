-- SPDX-License-Identifier: GPL-3.0-or-later
-- Rounds through stations, and what hurt somebody, or nearly; and how much a person was told
-- lately, by whose it was: what was held back is summed up for those who may see it.

CREATE TABLE tell_count_by_operator (
  recipient TEXT NOT NULL,
  channel TEXT NOT NULL,
  operator_id INTEGER NOT NULL,
  since INTEGER NOT NULL,
  told INTEGER NOT NULL,
  held INTEGER NOT NULL,
  held_worst INTEGER NOT NULL,
  held_first TEXT,
  PRIMARY KEY (recipient, channel, operator_id)
) STRICT, WITHOUT ROWID;
INSERT INTO tell_count_by_operator
  SELECT recipient, channel, 1, since, told, held, held_worst, held_first FROM tell_count;
DROP TABLE tell_count;
ALTER TABLE tell_count_by_operator RENAME TO tell_count;

CREATE TABLE inspection (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  number TEXT NOT NULL UNIQUE,
  station_id INTEGER NOT NULL,
  template TEXT NOT NULL,
  state TEXT NOT NULL,
  planned_at INTEGER NOT NULL,
  planned_by TEXT NOT NULL,
  inspector TEXT,
  sort_score TEXT,
  sort_note TEXT,
  set_in_order_score TEXT,
  set_in_order_note TEXT,
  shine_score TEXT,
  shine_note TEXT,
  standardise_score TEXT,
  standardise_note TEXT,
  sustain_score TEXT,
  sustain_note TEXT,
  safety_score TEXT,
  safety_note TEXT,
  score INTEGER,
  findings INTEGER NOT NULL,
  closed_at INTEGER,
  closed_by TEXT,
  end_reason TEXT
) STRICT;
CREATE UNIQUE INDEX inspection_by_seq ON inspection (seq);
CREATE INDEX inspection_by_station ON inspection (station_id, id);

CREATE TABLE safety_incident (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  number TEXT NOT NULL UNIQUE,
  station_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  level INTEGER NOT NULL,
  state TEXT NOT NULL,
  happened_at INTEGER NOT NULL,
  people_hurt INTEGER NOT NULL,
  text TEXT NOT NULL,
  reported_at INTEGER NOT NULL,
  reported_by TEXT NOT NULL,
  cause TEXT,
  measures TEXT,
  closed_at INTEGER,
  closed_by TEXT
) STRICT;
CREATE UNIQUE INDEX safety_incident_by_seq ON safety_incident (seq);
CREATE INDEX safety_incident_by_station ON safety_incident (station_id, id);

-- Where persons are reached.  What everybody may read is not whole; the addresses stand beside,
-- and are in no feed.
CREATE TABLE contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  person TEXT NOT NULL UNIQUE,
  language TEXT NOT NULL,
  sms TEXT,
  email TEXT,
  voice TEXT,
  changed_at INTEGER NOT NULL,
  changed_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX contact_by_seq ON contact (seq);
CREATE TABLE contact_address (
  contact_id INTEGER NOT NULL,
  channel TEXT NOT NULL,
  address TEXT NOT NULL,
  PRIMARY KEY (contact_id, channel)
) STRICT, WITHOUT ROWID;
