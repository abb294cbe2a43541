-- SPDX-License-Identifier: GPL-3.0-or-later
-- The application's copy of the network: one table a noun by its field table,
-- and <noun>_live for the live fields.  It can be fetched again at any time, so
-- it is rebuilt, never migrated: change the version below when a table changes.
-- No users, no audit, no foreign keys (a live row may come before its record).
PRAGMA user_version = 8;

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
  "name" TEXT,
  "payment_mode" TEXT
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
  "created_by" TEXT,
  "opening_hours" TEXT,
  "phones" TEXT,
  "lane_count" INTEGER,
  "bay_count" INTEGER,
  "camera_url" TEXT
);

CREATE TABLE "station_live" (
  "id" INTEGER PRIMARY KEY,
  "connection" TEXT,
  "power_kw" REAL,
  "service" TEXT,
  "service_since" INTEGER,
  "waiting" INTEGER,
  "waiting_since" INTEGER,
  "inbound" INTEGER,
  "ready_packs" INTEGER,
  "lacking" TEXT,
  "swaps_per_hour" REAL,
  "income_minor_per_hour" INTEGER,
  "meter_wh" INTEGER,
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
  "usage_state" TEXT,
  "supplier" TEXT,
  "installed_on" INTEGER,
  "warranty_until" INTEGER,
  "service_life_until" INTEGER,
  "criticality" INTEGER,
  "charge_count_limit" INTEGER,
  "energy_wh_limit" INTEGER,
  "service_seconds_limit" INTEGER
);

CREATE TABLE "pile_live" (
  "id" INTEGER PRIMARY KEY,
  "connection" TEXT,
  "charge_count" INTEGER,
  "energy_wh" INTEGER,
  "service_seconds" INTEGER,
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
  "soc" REAL,
  "neutral_earth_v" REAL,
  "voltage_min_v" REAL,
  "voltage_max_v" REAL,
  "current_min_a" REAL,
  "current_max_a" REAL,
  "power_min_kw" REAL,
  "power_max_kw" REAL,
  "temperature_min_c" REAL,
  "temperature_max_c" REAL,
  "neutral_earth_min_v" REAL,
  "neutral_earth_max_v" REAL,
  "session_started_at" INTEGER,
  "session_energy_wh" INTEGER,
  "blocked_since" INTEGER,
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
  "report_period_s" REAL,
  "driver_id" INTEGER,
  "carrier_id" INTEGER,
  "gateway_id" INTEGER
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
  "battery_id" INTEGER,
  "range_m" INTEGER,
  "station_id" INTEGER,
  "queue" TEXT,
  "queue_since" INTEGER,
  "eta" INTEGER,
  "reach" TEXT,
  "insulation_ohm_per_v" REAL,
  "spread_mv" REAL,
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
  "note" TEXT,
  "equipment_id" INTEGER,
  "vehicle_id" INTEGER,
  "battery_id" INTEGER,
  "situation" TEXT,
  "sender_code" TEXT,
  "sender_text" TEXT,
  "risk" REAL,
  "occurrence" INTEGER,
  "shelved_until" INTEGER,
  "shelved_by" TEXT,
  "shelve_reason" TEXT,
  "suppressed_by" TEXT,
  "out_of_service_until" INTEGER,
  "out_of_service_by" TEXT,
  "out_of_service_approved_by" TEXT,
  "out_of_service_reason" TEXT,
  "released_by" TEXT,
  "release_reason" TEXT,
  "parent_id" INTEGER,
  "is_first_out" INTEGER,
  "is_safety" INTEGER,
  "desk_id" INTEGER,
  "work_order_id" INTEGER,
  "calls" TEXT
);

CREATE TABLE "organisation" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "kind" TEXT,
  "name" TEXT,
  "phone" TEXT,
  "state" TEXT
);

CREATE TABLE "service_point" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "organisation_id" INTEGER,
  "name" TEXT,
  "address" TEXT,
  "latitude" REAL,
  "longitude" REAL,
  "radius_m" INTEGER,
  "phone" TEXT,
  "hours" TEXT,
  "skills" TEXT
);

CREATE TABLE "engineer" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "organisation_id" INTEGER,
  "service_point_id" INTEGER,
  "name" TEXT,
  "phone" TEXT,
  "skills" TEXT,
  "person" TEXT
);

CREATE TABLE "engineer_live" (
  "id" INTEGER PRIMARY KEY,
  "duty" TEXT,
  "latitude" REAL,
  "longitude" REAL,
  "load" INTEGER,
  "reported_at" INTEGER
);

CREATE TABLE "driver" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "name" TEXT,
  "phone" TEXT,
  "verification" TEXT,
  "state" TEXT,
  "level" TEXT
);

CREATE TABLE "battery_model" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "code" TEXT,
  "name" TEXT,
  "chemistry" TEXT,
  "nominal_wh" INTEGER,
  "nominal_voltage_v" REAL,
  "ready_soc" REAL,
  "max_power_kw" REAL,
  "cell_count" INTEGER,
  "probe_count" INTEGER,
  "cycle_limit" INTEGER
);

CREATE TABLE "compatibility" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "vehicle_model" TEXT,
  "battery_model_id" INTEGER,
  "station_id" INTEGER
);

CREATE TABLE "battery" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "sn" TEXT,
  "battery_model_id" INTEGER,
  "owner_id" INTEGER,
  "lessee_id" INTEGER,
  "pool" TEXT,
  "fitness" TEXT,
  "soh_method" TEXT,
  "supplier" TEXT,
  "installed_on" INTEGER,
  "warranty_until" INTEGER,
  "service_life_until" INTEGER,
  "quarantined_at" INTEGER,
  "quarantined_by" TEXT,
  "quarantine_reason" TEXT
);

CREATE TABLE "battery_live" (
  "id" INTEGER PRIMARY KEY,
  "place" TEXT,
  "place_id" INTEGER,
  "station_id" INTEGER,
  "soc" REAL,
  "soh" REAL,
  "cycle_count" REAL,
  "throughput_wh" INTEGER,
  "charged_wh" INTEGER,
  "voltage_v" REAL,
  "current_a" REAL,
  "temperature_max_c" REAL,
  "temperature_max_probe" INTEGER,
  "temperature_min_c" REAL,
  "temperature_min_probe" INTEGER,
  "cell_max_mv" REAL,
  "cell_max_number" INTEGER,
  "cell_min_mv" REAL,
  "cell_min_number" INTEGER,
  "spread_mv" REAL,
  "insulation_ohm_per_v" REAL,
  "carried_since" INTEGER,
  "reported_at" INTEGER
);

CREATE TABLE "lane" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "station_id" INTEGER,
  "number" INTEGER
);

CREATE TABLE "lane_live" (
  "id" INTEGER PRIMARY KEY,
  "state" TEXT,
  "step" TEXT,
  "vehicle_id" INTEGER,
  "since" INTEGER,
  "reported_at" INTEGER
);

CREATE TABLE "bay" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "station_id" INTEGER,
  "number" INTEGER
);

CREATE TABLE "bay_live" (
  "id" INTEGER PRIMARY KEY,
  "state" TEXT,
  "battery_id" INTEGER,
  "soc" REAL,
  "power_kw" REAL,
  "reserved_for" INTEGER,
  "ready_at" INTEGER,
  "reported_at" INTEGER
);

CREATE TABLE "equipment" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "station_id" INTEGER,
  "parent_noun" TEXT,
  "parent_id" INTEGER,
  "kind" TEXT,
  "sn" TEXT,
  "name" TEXT,
  "model" TEXT,
  "supplier" TEXT,
  "installed_on" INTEGER,
  "warranty_until" INTEGER,
  "service_life_until" INTEGER,
  "criticality" INTEGER
);

CREATE TABLE "equipment_live" (
  "id" INTEGER PRIMARY KEY,
  "state" TEXT,
  "value" REAL,
  "reported_at" INTEGER
);

CREATE TABLE "tariff" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "code" TEXT,
  "name" TEXT,
  "model" TEXT,
  "currency" TEXT,
  "periods" TEXT,
  "valid_from" INTEGER,
  "version" INTEGER
);

CREATE TABLE "command" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "target_noun" TEXT,
  "target_id" INTEGER,
  "station_id" INTEGER,
  "alarm_id" INTEGER,
  "kind" TEXT,
  "availability" TEXT,
  "reason" TEXT,
  "state" TEXT,
  "requested_at" INTEGER,
  "requested_by" TEXT,
  "sent_at" INTEGER,
  "accepted_at" INTEGER,
  "ended_at" INTEGER,
  "outcome" TEXT,
  "answer" TEXT
);

CREATE TABLE "maintenance_window" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "scope_noun" TEXT,
  "scope_id" INTEGER,
  "scope_label" TEXT,
  "station_id" INTEGER,
  "starts_at" INTEGER,
  "ends_at" INTEGER,
  "reason" TEXT,
  "risk" TEXT,
  "risk_note" TEXT,
  "suppresses" TEXT,
  "state" TEXT,
  "planned_at" INTEGER,
  "planned_by" TEXT,
  "approved_at" INTEGER,
  "approved_by" TEXT,
  "opened_at" INTEGER,
  "extended_by" TEXT,
  "extend_reason" TEXT,
  "ended_at" INTEGER,
  "ended_by" TEXT,
  "end_reason" TEXT,
  "proof" TEXT
);

CREATE TABLE "desk" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "name" TEXT,
  "area_ids" TEXT,
  "kinds" TEXT,
  "levels" TEXT,
  "cover_desk_id" INTEGER,
  "holder" TEXT,
  "held_since" INTEGER,
  "away_since" INTEGER,
  "away_reason" TEXT,
  "last_away_from" INTEGER,
  "last_away_to" INTEGER,
  "answers" TEXT,
  "answers_since" INTEGER,
  "answers_as" TEXT
);

CREATE TABLE "roster_entry" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "desk_id" INTEGER,
  "person" TEXT,
  "role" TEXT,
  "from_at" INTEGER,
  "to_at" INTEGER,
  "next_in_line" TEXT
);

CREATE TABLE "handover" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "desk_id" INTEGER,
  "state" TEXT,
  "from_person" TEXT,
  "to_person" TEXT,
  "begun_at" INTEGER,
  "written_at" INTEGER,
  "summary" TEXT,
  "note" TEXT,
  "given_at" INTEGER,
  "taken_at" INTEGER,
  "withdrawn_at" INTEGER,
  "withdrawn_by" TEXT
);

CREATE TABLE "drill_step" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "drill" TEXT,
  "number" INTEGER,
  "at" INTEGER,
  "deed" TEXT,
  "code" TEXT,
  "station_id" INTEGER,
  "vehicle_id" INTEGER,
  "battery_id" INTEGER,
  "alarm_id" INTEGER,
  "raised_at" INTEGER,
  "verdict" TEXT,
  "noticed_within_s" INTEGER,
  "noticed_at" INTEGER,
  "acknowledged_within_s" INTEGER,
  "acknowledged_at" INTEGER,
  "steps_within_s" INTEGER,
  "steps_at" INTEGER,
  "command_within_s" INTEGER,
  "command_at" INTEGER,
  "handed_over_within_s" INTEGER,
  "handed_over_at" INTEGER,
  "noticed_by" TEXT,
  "acknowledged_by" TEXT
);

CREATE TABLE "work_order" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "number" TEXT,
  "kind" TEXT,
  "source" TEXT,
  "state" TEXT,
  "state_since" INTEGER,
  "level" INTEGER,
  "risk" REAL,
  "code" TEXT,
  "subject" TEXT,
  "description" TEXT,
  "target_noun" TEXT,
  "target_id" INTEGER,
  "target_label" TEXT,
  "station_id" INTEGER,
  "equipment_id" INTEGER,
  "vehicle_id" INTEGER,
  "battery_id" INTEGER,
  "alarm_id" INTEGER,
  "alarm_count" INTEGER,
  "snapshot" TEXT,
  "desk_id" INTEGER,
  "reported_by" TEXT,
  "first_sign_at" INTEGER,
  "created_at" INTEGER,
  "created_by" TEXT,
  "report_due_at" INTEGER,
  "response_due_at" INTEGER,
  "responded_at" INTEGER,
  "response_warned" INTEGER,
  "restore_due_at" INTEGER,
  "restored_at" INTEGER,
  "restore_proof" TEXT,
  "recurred_at" INTEGER,
  "restore_voids" INTEGER,
  "restore_warned" INTEGER,
  "close_due_at" INTEGER,
  "close_warned" INTEGER,
  "engineer_id" INTEGER,
  "organisation_id" INTEGER,
  "assignee" TEXT,
  "assigned_at" INTEGER,
  "assigned_by" TEXT,
  "refusals" INTEGER,
  "refused_by" TEXT,
  "refuse_reason" TEXT,
  "accepted_at" INTEGER,
  "accepted_by" TEXT,
  "spoken_at" INTEGER,
  "spoken_by" TEXT,
  "travelling_at" INTEGER,
  "eta" INTEGER,
  "arrived_at" INTEGER,
  "started_at" INTEGER,
  "held_at" INTEGER,
  "hold_reason" TEXT,
  "held_s" INTEGER,
  "completed_at" INTEGER,
  "completed_by" TEXT,
  "fix" TEXT,
  "cause" TEXT,
  "action" TEXT,
  "follow_up_at" INTEGER,
  "follow_up_id" INTEGER,
  "parent_id" INTEGER,
  "problem_id" INTEGER,
  "rejections" INTEGER,
  "rejected_by" TEXT,
  "reject_reason" TEXT,
  "confirmed_at" INTEGER,
  "confirmed_by" TEXT,
  "cancelled_at" INTEGER,
  "cancelled_by" TEXT,
  "cancel_reason" TEXT,
  "urges" INTEGER,
  "urged_at" INTEGER,
  "urged_by" TEXT,
  "escalations" INTEGER,
  "escalated_at" INTEGER,
  "escalated_to" TEXT,
  "is_pinned" INTEGER,
  "planned_at" INTEGER,
  "work_s" INTEGER,
  "skill" TEXT,
  "certificate" TEXT,
  "parts" TEXT,
  "forecast_at" INTEGER,
  "is_warranty" INTEGER,
  "photos" INTEGER,
  "note" TEXT
);

CREATE TABLE "problem_record" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "number" TEXT,
  "state" TEXT,
  "code" TEXT,
  "level" INTEGER,
  "target_noun" TEXT,
  "target_id" INTEGER,
  "target_label" TEXT,
  "station_id" INTEGER,
  "equipment_id" INTEGER,
  "orders" INTEGER,
  "first_sign_at" INTEGER,
  "opened_at" INTEGER,
  "cause" TEXT,
  "solution" TEXT,
  "solved_at" INTEGER,
  "solved_by" TEXT,
  "confirmed_at" INTEGER,
  "confirmed_by" TEXT
);

CREATE TABLE "part" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "code" TEXT,
  "name" TEXT,
  "equipment_kinds" TEXT,
  "engineer_id" INTEGER,
  "service_point_id" INTEGER,
  "quantity" INTEGER,
  "minimum" INTEGER,
  "organisation_id" INTEGER
);

CREATE TABLE "certificate" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "engineer_id" INTEGER,
  "kind" TEXT,
  "number" TEXT,
  "issuer" TEXT,
  "issued_on" INTEGER,
  "expires_at" INTEGER,
  "organisation_id" INTEGER,
  "warned_at" INTEGER,
  "ended_at" INTEGER
);

CREATE TABLE "guidance" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "state" TEXT,
  "state_since" INTEGER,
  "vehicle_id" INTEGER,
  "plate" TEXT,
  "from_station_id" INTEGER,
  "station_id" INTEGER,
  "bay_id" INTEGER,
  "battery_id" INTEGER,
  "road_m" INTEGER,
  "travel_s" INTEGER,
  "wait_s" INTEGER,
  "eta" INTEGER,
  "due_at" INTEGER,
  "proposed_at" INTEGER,
  "proposed_by" TEXT,
  "sent_at" INTEGER,
  "sent_by" TEXT,
  "delivered_at" INTEGER,
  "answered_at" INTEGER,
  "answered_by" TEXT,
  "refuse_reason" TEXT,
  "calls" INTEGER,
  "called_at" INTEGER,
  "called_by" TEXT,
  "call_outcome" TEXT,
  "call_note" TEXT,
  "arrived_at" INTEGER,
  "ended_at" INTEGER,
  "ended_by" TEXT,
  "lapse" TEXT,
  "end_reason" TEXT,
  "work_order_id" INTEGER
);

CREATE TABLE "inspection" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "number" TEXT,
  "station_id" INTEGER,
  "template" TEXT,
  "state" TEXT,
  "planned_at" INTEGER,
  "planned_by" TEXT,
  "inspector" TEXT,
  "sort_score" TEXT,
  "sort_note" TEXT,
  "set_in_order_score" TEXT,
  "set_in_order_note" TEXT,
  "shine_score" TEXT,
  "shine_note" TEXT,
  "standardise_score" TEXT,
  "standardise_note" TEXT,
  "sustain_score" TEXT,
  "sustain_note" TEXT,
  "safety_score" TEXT,
  "safety_note" TEXT,
  "score" INTEGER,
  "findings" INTEGER,
  "closed_at" INTEGER,
  "closed_by" TEXT,
  "end_reason" TEXT,
  "template_id" INTEGER,
  "every_days" INTEGER,
  "follows_id" INTEGER
);

CREATE TABLE "safety_incident" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "number" TEXT,
  "station_id" INTEGER,
  "kind" TEXT,
  "level" INTEGER,
  "state" TEXT,
  "happened_at" INTEGER,
  "people_hurt" INTEGER,
  "text" TEXT,
  "reported_at" INTEGER,
  "reported_by" TEXT,
  "cause" TEXT,
  "measures" TEXT,
  "closed_at" INTEGER,
  "closed_by" TEXT
);

CREATE TABLE "contact" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "person" TEXT,
  "language" TEXT,
  "sms" TEXT,
  "email" TEXT,
  "voice" TEXT,
  "changed_at" INTEGER,
  "changed_by" TEXT
);

CREATE TABLE "complaint" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "number" TEXT,
  "station_id" INTEGER,
  "vehicle_id" INTEGER,
  "order_number" TEXT,
  "complainant" TEXT,
  "text" TEXT,
  "state" TEXT,
  "received_at" INTEGER,
  "received_by" TEXT,
  "reason" TEXT,
  "decided_at" INTEGER,
  "decided_by" TEXT,
  "work_order_id" INTEGER,
  "work_order_number" TEXT
);

CREATE TABLE "inspection_template" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "name" TEXT,
  "name_zh" TEXT,
  "station_kind" TEXT,
  "sort" TEXT,
  "sort_zh" TEXT,
  "set_in_order" TEXT,
  "set_in_order_zh" TEXT,
  "shine" TEXT,
  "shine_zh" TEXT,
  "standardise" TEXT,
  "standardise_zh" TEXT,
  "sustain" TEXT,
  "sustain_zh" TEXT,
  "safety" TEXT,
  "safety_zh" TEXT,
  "added_at" INTEGER,
  "added_by" TEXT,
  "removed_at" INTEGER
);

CREATE TABLE "order" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "number" TEXT,
  "kind" TEXT,
  "process" TEXT,
  "payment" TEXT,
  "station_id" INTEGER,
  "pile_id" INTEGER,
  "connector_id" INTEGER,
  "lane_id" INTEGER,
  "vehicle_id" INTEGER,
  "driver_id" INTEGER,
  "battery_out_id" INTEGER,
  "battery_in_id" INTEGER,
  "created_at" INTEGER,
  "started_at" INTEGER,
  "ended_at" INTEGER,
  "wait_s" REAL,
  "duration_s" REAL,
  "steps" TEXT,
  "energy_wh" INTEGER,
  "energy_basis" TEXT,
  "soc_before" REAL,
  "soc_after" REAL,
  "energy_minor" INTEGER,
  "service_minor" INTEGER,
  "amount_minor" INTEGER,
  "currency" TEXT,
  "tariff_id" INTEGER,
  "abnormal" TEXT,
  "business_day" INTEGER,
  "hour" INTEGER
);

CREATE TABLE "battery_movement" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "battery_id" INTEGER,
  "at" INTEGER,
  "from_place" TEXT,
  "from_id" INTEGER,
  "to_place" TEXT,
  "to_id" INTEGER,
  "station_id" INTEGER,
  "vehicle_id" INTEGER,
  "order_id" INTEGER,
  "reason" TEXT,
  "soc" REAL,
  "soh" REAL,
  "spread_mv" REAL,
  "charged_wh" INTEGER,
  "throughput_wh" INTEGER
);

CREATE TABLE "driving_event" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "vehicle_id" INTEGER,
  "driver_id" INTEGER,
  "kind" TEXT,
  "at" INTEGER,
  "value" REAL,
  "limit_value" REAL,
  "latitude" REAL,
  "longitude" REAL
);

CREATE TABLE "notification" (
  "id" INTEGER PRIMARY KEY,
  "seq" INTEGER,
  "operator_id" INTEGER,
  "area_id" INTEGER,
  "fleet_id" INTEGER,
  "subject_noun" TEXT,
  "subject_id" INTEGER,
  "code" TEXT,
  "level" INTEGER,
  "source_label" TEXT,
  "station_id" INTEGER,
  "vehicle_id" INTEGER,
  "channel" TEXT,
  "recipient" TEXT,
  "address" TEXT,
  "because" TEXT,
  "text" TEXT,
  "round" INTEGER,
  "state" TEXT,
  "attempts" INTEGER,
  "problem" TEXT,
  "at" INTEGER,
  "tried_at" INTEGER,
  "sent_at" INTEGER,
  "confirmed_at" INTEGER,
  "confirmed_by" TEXT
);

CREATE INDEX pile_by_station ON pile (station_id);
CREATE INDEX connector_by_station ON connector (station_id);
CREATE INDEX alarm_by_state ON alarm (state);
CREATE INDEX work_order_by_state ON work_order (state);
CREATE INDEX guidance_by_from_station ON guidance (from_station_id);
CREATE INDEX lane_by_station ON lane (station_id);
CREATE INDEX bay_by_station ON bay (station_id);
CREATE INDEX equipment_by_station ON equipment (station_id);
CREATE INDEX command_by_target ON command (target_id);
CREATE INDEX order_by_end ON "order" (ended_at, id);
CREATE INDEX order_by_station ON "order" (station_id, ended_at, id);
CREATE INDEX order_by_vehicle ON "order" (vehicle_id, ended_at, id);
CREATE INDEX battery_movement_by_battery ON battery_movement (battery_id, at, id);
CREATE INDEX driving_event_by_time ON driving_event (at, id);
CREATE INDEX driving_event_by_vehicle ON driving_event (vehicle_id, at, id);
CREATE INDEX notification_by_time ON notification (at, id);
CREATE INDEX notification_by_subject ON notification (subject_noun, subject_id);
