-- SPDX-License-Identifier: GPL-3.0-or-later
-- The first truck on the wall: the nouns it needs, who may come in, and what
-- must never be forgotten.  A record table has exactly the record fields of its
-- noun's field table (src/domain/sm-noun.h; a test compares them); seq is
-- unique over all of them and rises with every change.  What was deleted, or
-- moved out of somebody's scope, stays as a tombstone under its old keys.

CREATE TABLE "meta" (
  "name" TEXT PRIMARY KEY,
  "value" TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE area (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  parent_id INTEGER,
  kind TEXT NOT NULL,
  code TEXT,
  name TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX area_by_seq ON area (seq);

CREATE TABLE fleet (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  parent_id INTEGER,
  name TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX fleet_by_seq ON fleet (seq);

CREATE TABLE station (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  sn TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  state_reason TEXT,
  address TEXT,
  latitude REAL,
  longitude REAL,
  time_zone TEXT NOT NULL,
  grid_capacity_kw REAL,
  pile_count INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT
) STRICT;
CREATE UNIQUE INDEX station_by_seq ON station (seq);

CREATE TABLE pile (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  station_id INTEGER NOT NULL,
  sn TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  manufacturer TEXT,
  model TEXT,
  current TEXT,
  rated_power_kw REAL,
  voltage_min_v REAL,
  voltage_max_v REAL,
  protocol TEXT,
  firmware_version TEXT,
  usage_state TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX pile_by_seq ON pile (seq);

CREATE TABLE connector (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  station_id INTEGER NOT NULL,
  pile_id INTEGER NOT NULL,
  number INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX connector_by_seq ON connector (seq);

CREATE TABLE vehicle (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  plate TEXT NOT NULL UNIQUE,
  vin TEXT,
  model TEXT,
  report_period_s REAL NOT NULL
) STRICT;
CREATE UNIQUE INDEX vehicle_by_seq ON vehicle (seq);

CREATE TABLE "limit" (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  code TEXT NOT NULL UNIQUE,
  noun TEXT NOT NULL,
  field TEXT NOT NULL,
  direction TEXT NOT NULL,
  raise_at REAL NOT NULL,
  clear_at REAL NOT NULL,
  delay_s REAL NOT NULL,
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 4),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX limit_by_seq ON "limit" (seq);

CREATE TABLE alarm (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  code TEXT NOT NULL,
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 4),
  state TEXT NOT NULL,
  source_noun TEXT NOT NULL,
  source_id INTEGER NOT NULL,
  source_label TEXT,
  station_id INTEGER,
  field TEXT,
  value REAL,
  limit_value REAL,
  count INTEGER NOT NULL,
  raised_at INTEGER NOT NULL,
  returned_at INTEGER,
  acked_at INTEGER,
  acked_by TEXT,
  note TEXT
) STRICT;
CREATE UNIQUE INDEX alarm_by_seq ON alarm (seq);
CREATE INDEX pile_by_station ON pile (station_id);
CREATE UNIQUE INDEX connector_by_pile ON connector (pile_id, number);
CREATE INDEX connector_by_station ON connector (station_id);
CREATE UNIQUE INDEX area_by_code ON area (code);
CREATE UNIQUE INDEX fleet_by_name ON fleet (name);
CREATE UNIQUE INDEX vehicle_by_vin ON vehicle (vin);
-- Equal alarms of one source fold: at most one of them is open.
CREATE UNIQUE INDEX alarm_open ON alarm (source_noun, source_id, code) WHERE state <> 'normal';

CREATE TABLE tombstone (
  seq INTEGER PRIMARY KEY,
  noun TEXT NOT NULL,
  id INTEGER NOT NULL,
  operator_id INTEGER,
  area_id INTEGER,
  fleet_id INTEGER,
  moved INTEGER NOT NULL CHECK (moved IN (0, 1)), -- it lives on under other keys
  deleted_at INTEGER NOT NULL -- machine time: how long it is kept
) STRICT;
CREATE INDEX tombstone_by_noun ON tombstone (noun, seq);
CREATE INDEX tombstone_by_age ON tombstone (deleted_at);

CREATE TABLE user (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  display_name TEXT NOT NULL,
  role TEXT NOT NULL,
  scope_kind TEXT NOT NULL,
  scope_ids TEXT NOT NULL, -- a JSON array of ids
  password_hash TEXT,      -- crypt(5); NULL: nobody signs in by password
  access_rev INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE session (
  refresh_hash TEXT PRIMARY KEY, -- SHA-256 of the token, as of every token here
  token_hash TEXT NOT NULL UNIQUE,
  user_id INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,   -- machine time
  refresh_expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_user ON session (user_id);
CREATE INDEX session_by_age ON session (refresh_expires_at);

CREATE TABLE gateway (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  token_hash TEXT NOT NULL UNIQUE,
  scope_kind TEXT NOT NULL,
  scope_ids TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE idempotency_key (
  person_id INTEGER NOT NULL,
  key TEXT NOT NULL,
  request_hash TEXT NOT NULL, -- of what was asked, to tell a repeat from a mistake
  answer BLOB NOT NULL,
  created_at INTEGER NOT NULL, -- machine time: how long it is kept
  PRIMARY KEY (person_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_key_by_age ON idempotency_key (created_at);

CREATE TABLE audit_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,         -- network time
  machine_at INTEGER NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id INTEGER NOT NULL,
  actor TEXT NOT NULL,         -- the name as it was then
  address TEXT,
  act TEXT NOT NULL,
  object TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('done', 'unchanged', 'refused')),
  reason TEXT,
  before TEXT,
  after TEXT
) STRICT;
CREATE INDEX audit_log_by_object ON audit_log (object, id);
CREATE TRIGGER audit_log_keeps BEFORE UPDATE ON audit_log
BEGIN SELECT RAISE (ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER audit_log_is_not_replaced BEFORE INSERT ON audit_log
WHEN EXISTS (SELECT 1 FROM audit_log WHERE id = NEW.id)
BEGIN SELECT RAISE (ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER audit_log_stays BEFORE DELETE ON audit_log
BEGIN SELECT RAISE (ABORT, 'the audit log is never shortened'); END;

-- What comes before a '/' is the alarm's code: limits of one family fold into
-- one alarm, whose level rises with them.
INSERT INTO "limit" (seq, operator_id, code, noun, field, direction, raise_at, clear_at, delay_s,
                     level, enabled)
VALUES (1, 1, 'pack-over-temperature', 'vehicle', 'pack_temperature_c', 'above', 60, 55, 10, 2, 1),
       (2, 1, 'pack-over-temperature/1', 'vehicle', 'pack_temperature_c', 'above', 70, 65, 5, 1, 1),
       (3, 1, 'soc-low', 'vehicle', 'soc', 'below', 10, 15, 30, 3, 1),
       (4, 1, 'connector-over-temperature', 'connector', 'temperature_c', 'above', 90, 80, 10, 2, 1);
INSERT INTO meta (name, value) VALUES ('seq', '4');
