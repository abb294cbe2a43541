-- SPDX-License-Identifier: GPL-3.0-or-later
-- The application's copy of the network: one table a noun by its field table,
-- and <noun>_live for the live fields.  It can be fetched again at any time, so
-- it is rebuilt, never migrated: change the version below when a table changes.
-- No users, no audit, no foreign keys (a live row may come before its record).
PRAGMA user_version = 1;

-- What it is a copy of (epoch, person, access_rev), how far it has come
-- (cursor, tick.<noun>), and whether it is whole.
CREATE TABLE "meta" (
  "name" TEXT PRIMARY KEY,
  "value" TEXT
) WITHOUT ROWID;

CREATE TABLE "area" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "parent_id" INTEGER,
  "kind" TEXT,
  "code" TEXT,
  "name" TEXT
);

CREATE TABLE "fleet" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "parent_id" INTEGER,
  "name" TEXT
);

CREATE TABLE "station" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "sn" TEXT,
  "name" TEXT,
  "kind" TEXT,
  "state" TEXT,
  "state_reason" TEXT,
  "address" TEXT,
  "latitude" REAL,
  "longitude" REAL,
  "time_zone" TEXT,
  "grid_capacity_kw" REAL,
  "pile_count" INTEGER,
  "created_at" INTEGER,
  "created_by" TEXT
);

CREATE TABLE "station_live" (
  "id" INTEGER PRIMARY KEY,
  "connection" TEXT,
  "power_kw" REAL,
  "reported_at" INTEGER
);

CREATE TABLE "pile" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "station_id" INTEGER,
  "sn" TEXT,
  "name" TEXT,
  "manufacturer" TEXT,
  "model" TEXT,
  "current" TEXT,
  "rated_power_kw" REAL,
  "voltage_min_v" REAL,
  "voltage_max_v" REAL,
  "protocol" TEXT,
  "firmware_version" TEXT,
  "usage_state" TEXT
);

CREATE TABLE "pile_live" (
  "id" INTEGER PRIMARY KEY,
  "connection" TEXT,
  "reported_at" INTEGER
);

CREATE TABLE "connector" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "station_id" INTEGER,
  "pile_id" INTEGER,
  "number" INTEGER
);

CREATE TABLE "connector_live" (
  "id" INTEGER PRIMARY KEY,
  "status" TEXT,
  "voltage_v" REAL,
  "current_a" REAL,
  "power_kw" REAL,
  "temperature_c" REAL,
  "reported_at" INTEGER
);

CREATE TABLE "vehicle" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "plate" TEXT,
  "vin" TEXT,
  "model" TEXT,
  "report_period_s" REAL
);

CREATE TABLE "vehicle_live" (
  "id" INTEGER PRIMARY KEY,
  "latitude" REAL,
  "longitude" REAL,
  "heading_deg" REAL,
  "speed_kmh" REAL,
  "soc" REAL,
  "pack_temperature_c" REAL,
  "odometer_m" INTEGER,
  "motion" TEXT,
  "energy" TEXT,
  "connection" TEXT,
  "reported_at" INTEGER
);

CREATE TABLE "limit" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "code" TEXT,
  "noun" TEXT,
  "field" TEXT,
  "direction" TEXT,
  "raise_at" REAL,
  "clear_at" REAL,
  "delay_s" REAL,
  "level" INTEGER,
  "enabled" INTEGER
);

CREATE TABLE "alarm" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "code" TEXT,
  "level" INTEGER,
  "state" TEXT,
  "source_noun" TEXT,
  "source_id" INTEGER,
  "source_label" TEXT,
  "station_id" INTEGER,
  "field" TEXT,
  "value" REAL,
  "limit_value" REAL,
  "count" INTEGER,
  "raised_at" INTEGER,
  "returned_at" INTEGER,
  "acked_at" INTEGER,
  "acked_by" TEXT,
  "note" TEXT
);

CREATE INDEX pile_by_station ON pile (station_id);
CREATE INDEX connector_by_station ON connector (station_id);
CREATE INDEX alarm_by_state ON alarm (state);
