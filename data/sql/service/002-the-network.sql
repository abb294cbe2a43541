-- SPDX-License-Identifier: GPL-3.0-or-later
-- The network on the wall: swap stations with their lanes, bays and packs, who
-- drives and who repairs, what is bought, and what happened.  History (orders,
-- movements, driving events) only grows: it is read by page, not followed, so
-- its seq needs no index.

ALTER TABLE fleet ADD COLUMN payment_mode TEXT;
ALTER TABLE station ADD COLUMN opening_hours TEXT;
ALTER TABLE station ADD COLUMN phones TEXT;
ALTER TABLE station ADD COLUMN lane_count INTEGER;
ALTER TABLE station ADD COLUMN bay_count INTEGER;
ALTER TABLE station ADD COLUMN camera_url TEXT;
ALTER TABLE pile ADD COLUMN supplier TEXT;
ALTER TABLE pile ADD COLUMN installed_on INTEGER;
ALTER TABLE pile ADD COLUMN warranty_until INTEGER;
ALTER TABLE pile ADD COLUMN service_life_until INTEGER;
ALTER TABLE pile ADD COLUMN criticality INTEGER;
ALTER TABLE pile ADD COLUMN charge_count_limit INTEGER;
ALTER TABLE pile ADD COLUMN energy_wh_limit INTEGER;
ALTER TABLE pile ADD COLUMN service_seconds_limit INTEGER;
ALTER TABLE vehicle ADD COLUMN driver_id INTEGER;
ALTER TABLE alarm ADD COLUMN equipment_id INTEGER;
ALTER TABLE alarm ADD COLUMN vehicle_id INTEGER;
ALTER TABLE alarm ADD COLUMN battery_id INTEGER;
ALTER TABLE alarm ADD COLUMN situation TEXT;
ALTER TABLE alarm ADD COLUMN sender_code TEXT;
ALTER TABLE alarm ADD COLUMN sender_text TEXT;
ALTER TABLE alarm ADD COLUMN risk REAL;

CREATE TABLE organisation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  phone TEXT,
  state TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX organisation_by_seq ON organisation (seq);

CREATE TABLE service_point (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  organisation_id INTEGER,
  name TEXT NOT NULL,
  address TEXT,
  latitude REAL,
  longitude REAL,
  radius_m INTEGER,
  phone TEXT,
  hours TEXT,
  skills TEXT
) STRICT;
CREATE UNIQUE INDEX service_point_by_seq ON service_point (seq);

CREATE TABLE engineer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  organisation_id INTEGER,
  service_point_id INTEGER,
  name TEXT NOT NULL,
  phone TEXT,
  skills TEXT
) STRICT;
CREATE UNIQUE INDEX engineer_by_seq ON engineer (seq);

CREATE TABLE driver (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  name TEXT NOT NULL,
  phone TEXT,
  verification TEXT NOT NULL,
  state TEXT NOT NULL,
  level TEXT
) STRICT;
CREATE UNIQUE INDEX driver_by_seq ON driver (seq);

CREATE TABLE battery_model (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  chemistry TEXT,
  nominal_wh INTEGER NOT NULL,
  nominal_voltage_v REAL,
  ready_soc REAL NOT NULL,
  max_power_kw REAL,
  cell_count INTEGER,
  probe_count INTEGER
) STRICT;
CREATE UNIQUE INDEX battery_model_by_seq ON battery_model (seq);

CREATE TABLE compatibility (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  vehicle_model TEXT NOT NULL,
  battery_model_id INTEGER NOT NULL,
  station_id INTEGER
) STRICT;
CREATE UNIQUE INDEX compatibility_by_seq ON compatibility (seq);

CREATE TABLE battery (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  sn TEXT NOT NULL UNIQUE,
  battery_model_id INTEGER NOT NULL,
  owner_id INTEGER,
  lessee_id INTEGER,
  pool TEXT,
  fitness TEXT NOT NULL,
  soh_method TEXT,
  supplier TEXT,
  installed_on INTEGER,
  warranty_until INTEGER,
  service_life_until INTEGER
) STRICT;
CREATE UNIQUE INDEX battery_by_seq ON battery (seq);

CREATE TABLE lane (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  station_id INTEGER NOT NULL,
  number INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX lane_by_seq ON lane (seq);

CREATE TABLE bay (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  station_id INTEGER NOT NULL,
  number INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX bay_by_seq ON bay (seq);

CREATE TABLE equipment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  station_id INTEGER,
  parent_noun TEXT,
  parent_id INTEGER,
  kind TEXT NOT NULL,
  sn TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  model TEXT,
  supplier TEXT,
  installed_on INTEGER,
  warranty_until INTEGER,
  service_life_until INTEGER,
  criticality INTEGER
) STRICT;
CREATE UNIQUE INDEX equipment_by_seq ON equipment (seq);

CREATE TABLE tariff (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  model TEXT NOT NULL,
  currency TEXT NOT NULL,
  periods TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX tariff_by_seq ON tariff (seq);

CREATE TABLE "order" (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  process TEXT NOT NULL,
  payment TEXT,
  station_id INTEGER NOT NULL,
  pile_id INTEGER,
  connector_id INTEGER,
  lane_id INTEGER,
  vehicle_id INTEGER,
  driver_id INTEGER,
  battery_out_id INTEGER,
  battery_in_id INTEGER,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  wait_s REAL,
  duration_s REAL,
  steps TEXT,
  energy_wh INTEGER,
  energy_basis TEXT,
  soc_before REAL,
  soc_after REAL,
  energy_minor INTEGER,
  service_minor INTEGER,
  amount_minor INTEGER,
  currency TEXT,
  tariff_id INTEGER,
  abnormal TEXT,
  business_day INTEGER,
  hour INTEGER
) STRICT;

CREATE TABLE battery_movement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  battery_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  from_place TEXT,
  from_id INTEGER,
  to_place TEXT NOT NULL,
  to_id INTEGER,
  station_id INTEGER,
  vehicle_id INTEGER,
  order_id INTEGER,
  reason TEXT NOT NULL,
  soc REAL,
  soh REAL,
  spread_mv REAL,
  charged_wh INTEGER,
  throughput_wh INTEGER
) STRICT;

CREATE TABLE driving_event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  vehicle_id INTEGER NOT NULL,
  driver_id INTEGER,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  value REAL,
  limit_value REAL,
  latitude REAL,
  longitude REAL
) STRICT;

-- Indices that are dropped while a long past is written, until it is.
CREATE TABLE index_aside (
  name TEXT PRIMARY KEY,
  sql TEXT NOT NULL
) STRICT;

CREATE INDEX engineer_by_service_point ON engineer (service_point_id);
CREATE INDEX battery_by_model ON battery (battery_model_id);
CREATE UNIQUE INDEX lane_by_number ON lane (station_id, number);
CREATE INDEX lane_by_station ON lane (station_id);
CREATE UNIQUE INDEX bay_by_number ON bay (station_id, number);
CREATE INDEX bay_by_station ON bay (station_id);
CREATE INDEX equipment_by_station ON equipment (station_id);
CREATE UNIQUE INDEX compatibility_by_model ON compatibility (vehicle_model, battery_model_id, station_id);
-- An order that runs has no end yet: it comes after all that have.
CREATE INDEX order_by_end ON "order" (ifnull (ended_at, 9223372036854775807), id);
CREATE INDEX order_by_station ON "order" (station_id, ifnull (ended_at, 9223372036854775807), id);
CREATE INDEX order_by_vehicle ON "order" (vehicle_id, ifnull (ended_at, 9223372036854775807), id);
CREATE INDEX order_by_fleet ON "order" (fleet_id, ifnull (ended_at, 9223372036854775807), id);
CREATE INDEX battery_movement_by_time ON battery_movement (at, id);
CREATE INDEX battery_movement_by_battery ON battery_movement (battery_id, at, id);
CREATE INDEX battery_movement_by_station ON battery_movement (station_id, at, id);
CREATE INDEX battery_movement_by_vehicle ON battery_movement (vehicle_id, at, id);
CREATE INDEX driving_event_by_time ON driving_event (at, id);
CREATE INDEX driving_event_by_vehicle ON driving_event (vehicle_id, at, id);
CREATE INDEX driving_event_by_fleet ON driving_event (fleet_id, at, id);
CREATE INDEX alarm_by_station ON alarm (station_id, raised_at, id);
CREATE INDEX alarm_by_vehicle ON alarm (vehicle_id, raised_at, id) WHERE vehicle_id IS NOT NULL;
CREATE INDEX alarm_by_battery ON alarm (battery_id, raised_at, id) WHERE battery_id IS NOT NULL;
CREATE INDEX alarm_by_raise ON alarm (raised_at, id);

-- What has ended, added up in the transaction that wrote it, by the day
-- (yyyymmdd), month (yyyymm) and hour of its end on the clock of its station.
-- kind is swap or charge; site is what the station's meter counted.
CREATE TABLE station_hour (
  station_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  business_day INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  count INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  completed INTEGER NOT NULL,
  energy_wh INTEGER NOT NULL,
  amount_minor INTEGER NOT NULL,
  wait_ms INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  PRIMARY KEY (station_id, kind, business_day, hour)
) STRICT, WITHOUT ROWID;
CREATE INDEX station_hour_by_day ON station_hour (business_day, hour);

CREATE TABLE station_day (
  station_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  business_day INTEGER NOT NULL,
  count INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  completed INTEGER NOT NULL,
  energy_wh INTEGER NOT NULL,
  amount_minor INTEGER NOT NULL,
  wait_ms INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  PRIMARY KEY (station_id, kind, business_day)
) STRICT, WITHOUT ROWID;
CREATE INDEX station_day_by_day ON station_day (business_day);

CREATE TABLE station_month (
  station_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  month INTEGER NOT NULL,
  count INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  completed INTEGER NOT NULL,
  energy_wh INTEGER NOT NULL,
  amount_minor INTEGER NOT NULL,
  wait_ms INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  PRIMARY KEY (station_id, kind, month)
) STRICT, WITHOUT ROWID;
CREATE INDEX station_month_by_month ON station_month (month);

CREATE TABLE fleet_day (
  fleet_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  business_day INTEGER NOT NULL,
  count INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  completed INTEGER NOT NULL,
  energy_wh INTEGER NOT NULL,
  amount_minor INTEGER NOT NULL,
  wait_ms INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  PRIMARY KEY (fleet_id, kind, business_day)
) STRICT, WITHOUT ROWID;
CREATE INDEX fleet_day_by_day ON fleet_day (business_day);

-- What the meters of an area's stations counted in a quarter of an hour: of how
-- many stations, and for how long, together.  No row: nothing is known.
CREATE TABLE area_quarter (
  start INTEGER NOT NULL,
  area_id INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  energy_wh INTEGER NOT NULL,
  covered_us INTEGER NOT NULL,
  stations INTEGER NOT NULL,
  PRIMARY KEY (start, area_id, operator_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX area_quarter_by_area ON area_quarter (area_id, start);

-- What a station's meter showed last, the last quarter that it is counted in, and
-- what it counted while nobody heard it: that belongs to no quarter.
CREATE TABLE station_meter (
  station_id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  meter_wh INTEGER NOT NULL,
  quarter INTEGER NOT NULL,
  missed_wh INTEGER NOT NULL
) STRICT;

-- Limits on what vehicles and connectors say of themselves by now.  Insulation
-- is per volt; a network that has other limits already keeps them.
INSERT OR IGNORE INTO "limit" (seq, operator_id, code, noun, field, direction, raise_at, clear_at,
                               delay_s, level, enabled)
SELECT CAST(value AS INTEGER) + 1, 1, 'cell-spread', 'vehicle', 'spread_mv', 'above', 300, 250, 60,
       3, 1 FROM meta WHERE name = 'seq'
UNION ALL
SELECT CAST(value AS INTEGER) + 2, 1, 'insulation-low', 'vehicle', 'insulation_ohm_per_v', 'below',
       500, 550, 30, 2, 1 FROM meta WHERE name = 'seq'
UNION ALL
SELECT CAST(value AS INTEGER) + 3, 1, 'insulation-low/1', 'vehicle', 'insulation_ohm_per_v',
       'below', 100, 150, 10, 1, 1 FROM meta WHERE name = 'seq'
UNION ALL
SELECT CAST(value AS INTEGER) + 4, 1, 'neutral-earth-voltage', 'connector', 'neutral_earth_v',
       'above', 10, 8, 60, 3, 1 FROM meta WHERE name = 'seq';
UPDATE meta SET value = CAST(CAST(value AS INTEGER) + 4 AS TEXT) WHERE name = 'seq';
