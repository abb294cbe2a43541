-- SPDX-License-Identifier: GPL-3.0-or-later
-- Work orders: one for each cause, by whom, how far, and what was done; what comes again and
-- again; parts in vans and at service points; and what an engineer may do, until when.

ALTER TABLE alarm ADD COLUMN work_order_id INTEGER;
ALTER TABLE engineer ADD COLUMN person TEXT;
CREATE UNIQUE INDEX engineer_by_person ON engineer (person) WHERE person IS NOT NULL;

CREATE TABLE work_order (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  source TEXT NOT NULL,
  state TEXT NOT NULL,
  state_since INTEGER NOT NULL,
  level INTEGER NOT NULL,
  risk REAL,
  code TEXT,
  subject TEXT,
  description TEXT,
  target_noun TEXT,
  target_id INTEGER,
  target_label TEXT,
  station_id INTEGER,
  equipment_id INTEGER,
  vehicle_id INTEGER,
  battery_id INTEGER,
  alarm_id INTEGER,
  alarm_count INTEGER NOT NULL,
  snapshot TEXT,
  desk_id INTEGER,
  reported_by TEXT,
  first_sign_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT,
  report_due_at INTEGER NOT NULL,
  response_due_at INTEGER NOT NULL,
  responded_at INTEGER,
  response_warned INTEGER NOT NULL,
  restore_due_at INTEGER NOT NULL,
  restored_at INTEGER,
  restore_proof TEXT,
  recurred_at INTEGER,
  restore_voids INTEGER NOT NULL,
  restore_warned INTEGER NOT NULL,
  close_due_at INTEGER,
  close_warned INTEGER NOT NULL,
  engineer_id INTEGER,
  organisation_id INTEGER,
  assignee TEXT,
  assigned_at INTEGER,
  assigned_by TEXT,
  refusals INTEGER NOT NULL,
  refused_by TEXT,
  refuse_reason TEXT,
  accepted_at INTEGER,
  accepted_by TEXT,
  spoken_at INTEGER,
  spoken_by TEXT,
  travelling_at INTEGER,
  eta INTEGER,
  arrived_at INTEGER,
  started_at INTEGER,
  held_at INTEGER,
  hold_reason TEXT,
  held_s INTEGER NOT NULL,
  completed_at INTEGER,
  completed_by TEXT,
  fix TEXT,
  cause TEXT,
  action TEXT,
  follow_up_at INTEGER,
  follow_up_id INTEGER,
  parent_id INTEGER,
  problem_id INTEGER,
  rejections INTEGER NOT NULL,
  rejected_by TEXT,
  reject_reason TEXT,
  confirmed_at INTEGER,
  confirmed_by TEXT,
  cancelled_at INTEGER,
  cancelled_by TEXT,
  cancel_reason TEXT,
  urges INTEGER NOT NULL,
  urged_at INTEGER,
  urged_by TEXT,
  escalations INTEGER NOT NULL,
  escalated_at INTEGER,
  escalated_to TEXT,
  is_pinned INTEGER NOT NULL,
  planned_at INTEGER,
  work_s INTEGER,
  skill TEXT,
  certificate TEXT,
  parts TEXT,
  forecast_at INTEGER,
  is_warranty INTEGER NOT NULL,
  photos INTEGER NOT NULL,
  note TEXT
) STRICT;
CREATE UNIQUE INDEX work_order_by_seq ON work_order (seq);

CREATE TABLE problem_record (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,
  code TEXT,
  level INTEGER NOT NULL,
  target_noun TEXT,
  target_id INTEGER,
  target_label TEXT,
  station_id INTEGER,
  equipment_id INTEGER,
  orders INTEGER NOT NULL,
  first_sign_at INTEGER NOT NULL,
  opened_at INTEGER NOT NULL,
  cause TEXT,
  solution TEXT,
  solved_at INTEGER,
  solved_by TEXT
) STRICT;
CREATE UNIQUE INDEX problem_record_by_seq ON problem_record (seq);

CREATE TABLE part (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  equipment_kinds TEXT,
  engineer_id INTEGER,
  service_point_id INTEGER,
  quantity INTEGER NOT NULL CHECK (quantity >= 0),
  minimum INTEGER
) STRICT;
CREATE UNIQUE INDEX part_by_seq ON part (seq);

CREATE TABLE certificate (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  engineer_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  number TEXT,
  issuer TEXT,
  issued_on INTEGER,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX certificate_by_seq ON certificate (seq);

-- Those that are not over are looked through at every tick; at most one of them is of one
-- fault of one thing.
CREATE INDEX work_order_open ON work_order (id) WHERE state NOT IN ('confirmed', 'cancelled');
CREATE UNIQUE INDEX work_order_of_cause ON work_order (target_noun, target_id, code)
  WHERE state NOT IN ('confirmed', 'cancelled') AND code IS NOT NULL AND parent_id IS NULL;
CREATE INDEX work_order_by_time ON work_order (created_at, id);
CREATE INDEX work_order_by_station ON work_order (station_id, created_at, id);
CREATE INDEX work_order_by_engineer ON work_order (engineer_id, created_at, id);
CREATE INDEX work_order_by_target ON work_order (target_noun, target_id, code, created_at);
CREATE INDEX work_order_by_alarm ON work_order (alarm_id) WHERE alarm_id IS NOT NULL;
CREATE INDEX work_order_by_problem ON work_order (problem_id) WHERE problem_id IS NOT NULL;
CREATE INDEX work_order_by_parent ON work_order (parent_id) WHERE parent_id IS NOT NULL;
CREATE UNIQUE INDEX problem_record_open ON problem_record (target_noun, target_id, code)
  WHERE state = 'open';
CREATE INDEX problem_record_by_station ON problem_record (station_id);
CREATE INDEX part_by_engineer ON part (engineer_id);
CREATE INDEX part_by_service_point ON part (service_point_id);
CREATE INDEX certificate_by_engineer ON certificate (engineer_id);

-- Which alarms an order is about: the first, and those that joined.
CREATE TABLE work_order_alarm (
  alarm_id INTEGER PRIMARY KEY,
  work_order_id INTEGER NOT NULL
) STRICT;
CREATE INDEX work_order_alarm_by_order ON work_order_alarm (work_order_id);

-- Everything that happened to an order, with who and when.  at is when the service heard of
-- it; claimed_at when it was, by the clock of who was out there without a network.
CREATE TABLE work_order_event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  work_order_id INTEGER NOT NULL,
  at INTEGER NOT NULL,     -- network time
  claimed_at INTEGER,
  person TEXT,             -- NULL: the service itself
  event TEXT NOT NULL,
  from_state TEXT,         -- NULL: there was none
  to_state TEXT NOT NULL,
  text TEXT,               -- a reason, a note, a part, a percentage
  reference INTEGER        -- an alarm, a photo, a part, another order
) STRICT;
CREATE INDEX work_order_event_by_order ON work_order_event (work_order_id, id);

-- The photos themselves lie beside the database, by their sum.
CREATE TABLE work_order_photo (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  work_order_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  claimed_at INTEGER,
  person TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  type TEXT NOT NULL,
  size INTEGER NOT NULL,
  caption TEXT
) STRICT;
CREATE INDEX work_order_photo_by_order ON work_order_photo (work_order_id, id);
CREATE INDEX work_order_photo_by_sum ON work_order_photo (sha256);
