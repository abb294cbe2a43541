/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-noun-values.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * The field tables: the one place that says, for every noun, what each of its
 * fields is called (the SQL column and the JSON member have the same name),
 * what kind of value and which unit it has, and whether it belongs to the
 * record or is live.  Codecs, tables, the contract's schemas and the
 * interface all read these tables; adding a field means adding a line here, a
 * migration, and a member in data/openapi.json.
 */

typedef enum
{
  SM_KIND_INT,  /* int64 */
  SM_KIND_BOOL, /* int64 0 or 1; true or false in JSON */
  SM_KIND_REAL, /* double */
  SM_KIND_TEXT, /* UTF-8 */
  SM_KIND_TIME, /* int64 µs since the epoch, UTC; RFC 3339 in JSON */
  SM_KIND_ENUM, /* text; values lists the slugs we know, others keep their text */
  SM_KIND_NAME, /* text people enter, by language: a JSON object {"en": ..., "zh-CN": ...} */
} SmKind;

/** sm_kind_is_text: Whether a value of this kind is kept as text. */
static inline gboolean
sm_kind_is_text (SmKind kind)
{
  return kind == SM_KIND_TEXT || kind == SM_KIND_ENUM || kind == SM_KIND_NAME;
}

typedef enum
{
  SM_RECORD, /* carries seq, travels by /changes, is audited */
  SM_LIVE,   /* travels by /live, lives in <noun>_live */
} SmClass;

typedef enum
{
  SM_FIELD_NONE = 0,
  SM_FIELD_REQUIRED = 1 << 0, /* never null */
  SM_FIELD_UNIQUE = 1 << 1,
} SmFieldFlags;

typedef struct
{
  const char *name;
  SmKind kind;
  SmClass klass;
  guint flags;              /* SmFieldFlags */
  const char *unit;         /* as written on screen, or NULL */
  const char *const *slugs; /* known values of an SM_KIND_ENUM, NULL-terminated */
} SmField;

typedef enum
{
  SM_NOUN_AREA,
  SM_NOUN_FLEET,
  SM_NOUN_STATION,
  SM_NOUN_PILE,
  SM_NOUN_CONNECTOR,
  SM_NOUN_VEHICLE,
  SM_NOUN_LIMIT,
  SM_NOUN_ALARM,
  SM_NOUN_ORGANISATION,
  SM_NOUN_SERVICE_POINT,
  SM_NOUN_ENGINEER,
  SM_NOUN_DRIVER,
  SM_NOUN_BATTERY_MODEL,
  SM_NOUN_COMPATIBILITY,
  SM_NOUN_BATTERY,
  SM_NOUN_LANE,
  SM_NOUN_BAY,
  SM_NOUN_EQUIPMENT,
  SM_NOUN_TARIFF,
  SM_NOUN_COMMAND,
  SM_NOUN_MAINTENANCE_WINDOW,
  SM_NOUN_DESK,
  SM_NOUN_ROSTER_ENTRY,
  SM_NOUN_HANDOVER,
  SM_NOUN_DRILL_STEP,
  SM_NOUN_WORK_ORDER,
  SM_NOUN_PROBLEM_RECORD,
  SM_NOUN_PART,
  SM_NOUN_CERTIFICATE,
  SM_NOUN_GUIDANCE,
  SM_NOUN_INSPECTION,
  SM_NOUN_SAFETY_INCIDENT,
  SM_NOUN_CONTACT,
  SM_NOUN_COMPLAINT,
  SM_NOUN_CHECKLIST,
  SM_NOUN_ORDER,
  SM_NOUN_BATTERY_MOVEMENT,
  SM_NOUN_DRIVING_EVENT,
  SM_NOUN_NOTIFICATION,
  SM_N_NOUNS
} SmNounId;

typedef struct
{
  SmNounId id;
  const char *name;   /* "station": the kind in a feed, the table's name */
  const char *plural; /* "stations": the collection's path */
  const SmField *fields;
  guint n_fields;
  gboolean is_history; /* only grows: read by page, not followed by /changes */
} SmNoun;

/* Every row begins with these: its id, the number of the transaction that last
 * changed its record, and the keys by which it is cut to a person's scope. */
#define SM_COMMON_FIELDS(F, P)                                                  \
  F (P##_ID, "id", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)                  \
  F (P##_SEQ, "seq", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)                \
  F (P##_OPERATOR_ID, "operator_id", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (P##_AREA_ID, "area_id", INT, RECORD, 0, NULL, NULL)                        \
  F (P##_FLEET_ID, "fleet_id", INT, RECORD, 0, NULL, NULL)

enum
{
  SM_ROW_ID,
  SM_ROW_SEQ,
  SM_ROW_OPERATOR_ID,
  SM_ROW_AREA_ID,
  SM_ROW_FLEET_ID,
  SM_ROW_N_COMMON
};

#define SM_AREA_FIELDS(F)                                                       \
  SM_COMMON_FIELDS (F, SM_AREA)                                                 \
  F (SM_AREA_PARENT_ID, "parent_id", INT, RECORD, 0, NULL, NULL)                \
  F (SM_AREA_KIND, "kind", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_area_kinds) \
  F (SM_AREA_CODE, "code", TEXT, RECORD, 0, NULL, NULL)                         \
  F (SM_AREA_NAME, "name", NAME, RECORD, SM_FIELD_REQUIRED, NULL, NULL)

#define SM_FLEET_FIELDS(F)                                                      \
  SM_COMMON_FIELDS (F, SM_FLEET)                                                \
  F (SM_FLEET_PARENT_ID, "parent_id", INT, RECORD, 0, NULL, NULL)               \
  F (SM_FLEET_NAME, "name", NAME, RECORD, SM_FIELD_REQUIRED, NULL, NULL)        \
  F (SM_FLEET_PAYMENT_MODE, "payment_mode", ENUM, RECORD, 0, NULL, sm_payment_modes)

#define SM_STATION_FIELDS(F)                                                    \
  SM_COMMON_FIELDS (F, SM_STATION)                                              \
  F (SM_STATION_SN, "sn", TEXT, RECORD, SM_FIELD_REQUIRED | SM_FIELD_UNIQUE, NULL, NULL) \
  F (SM_STATION_NAME, "name", NAME, RECORD, SM_FIELD_REQUIRED, NULL, NULL)      \
  F (SM_STATION_KIND, "kind", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_station_kinds) \
  F (SM_STATION_STATE, "state", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_station_states) \
  F (SM_STATION_STATE_REASON, "state_reason", TEXT, RECORD, 0, NULL, NULL)      \
  F (SM_STATION_ADDRESS, "address", TEXT, RECORD, 0, NULL, NULL)                \
  F (SM_STATION_LATITUDE, "latitude", REAL, RECORD, 0, "°", NULL)               \
  F (SM_STATION_LONGITUDE, "longitude", REAL, RECORD, 0, "°", NULL)             \
  F (SM_STATION_TIME_ZONE, "time_zone", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_STATION_GRID_CAPACITY_KW, "grid_capacity_kw", REAL, RECORD, 0, "kW", NULL) \
  F (SM_STATION_PILE_COUNT, "pile_count", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_STATION_CREATED_AT, "created_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_STATION_CREATED_BY, "created_by", TEXT, RECORD, 0, NULL, NULL)          \
  F (SM_STATION_OPENING_HOURS, "opening_hours", TEXT, RECORD, 0, NULL, NULL)    \
  F (SM_STATION_PHONES, "phones", TEXT, RECORD, 0, NULL, NULL)                  \
  F (SM_STATION_LANE_COUNT, "lane_count", INT, RECORD, 0, NULL, NULL)           \
  F (SM_STATION_BAY_COUNT, "bay_count", INT, RECORD, 0, NULL, NULL)             \
  F (SM_STATION_CAMERA_URL, "camera_url", TEXT, RECORD, 0, NULL, NULL)          \
  F (SM_STATION_CONNECTION, "connection", ENUM, LIVE, 0, NULL, sm_connections)  \
  F (SM_STATION_POWER_KW, "power_kw", REAL, LIVE, 0, "kW", NULL)                \
  F (SM_STATION_SERVICE, "service", ENUM, LIVE, 0, NULL, sm_services)           \
  F (SM_STATION_SERVICE_SINCE, "service_since", TIME, LIVE, 0, NULL, NULL)      \
  F (SM_STATION_WAITING, "waiting", INT, LIVE, 0, NULL, NULL)                   \
  F (SM_STATION_WAITING_SINCE, "waiting_since", TIME, LIVE, 0, NULL, NULL)      \
  F (SM_STATION_INBOUND, "inbound", INT, LIVE, 0, NULL, NULL)                   \
  F (SM_STATION_READY_PACKS, "ready_packs", INT, LIVE, 0, NULL, NULL)           \
  F (SM_STATION_LACKING, "lacking", TEXT, LIVE, 0, NULL, NULL)                  \
  F (SM_STATION_SWAPS_PER_HOUR, "swaps_per_hour", REAL, LIVE, 0, "1/h", NULL)   \
  F (SM_STATION_INCOME_MINOR_PER_HOUR, "income_minor_per_hour", INT, LIVE, 0, NULL, NULL) \
  F (SM_STATION_METER_WH, "meter_wh", INT, LIVE, 0, "Wh", NULL)                 \
  F (SM_STATION_REPORTED_AT, "reported_at", TIME, LIVE, 0, NULL, NULL)

#define SM_PILE_FIELDS(F)                                                       \
  SM_COMMON_FIELDS (F, SM_PILE)                                                 \
  F (SM_PILE_STATION_ID, "station_id", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_PILE_SN, "sn", TEXT, RECORD, SM_FIELD_REQUIRED | SM_FIELD_UNIQUE, NULL, NULL) \
  F (SM_PILE_NAME, "name", NAME, RECORD, SM_FIELD_REQUIRED, NULL, NULL)         \
  F (SM_PILE_MANUFACTURER, "manufacturer", TEXT, RECORD, 0, NULL, NULL)         \
  F (SM_PILE_MODEL, "model", TEXT, RECORD, 0, NULL, NULL)                       \
  F (SM_PILE_CURRENT, "current", ENUM, RECORD, 0, NULL, sm_currents)            \
  F (SM_PILE_RATED_POWER_KW, "rated_power_kw", REAL, RECORD, 0, "kW", NULL)     \
  F (SM_PILE_VOLTAGE_MIN_V, "voltage_min_v", REAL, RECORD, 0, "V", NULL)        \
  F (SM_PILE_VOLTAGE_MAX_V, "voltage_max_v", REAL, RECORD, 0, "V", NULL)        \
  F (SM_PILE_PROTOCOL, "protocol", TEXT, RECORD, 0, NULL, NULL)                 \
  F (SM_PILE_FIRMWARE_VERSION, "firmware_version", TEXT, RECORD, 0, NULL, NULL) \
  F (SM_PILE_USAGE_STATE, "usage_state", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_usage_states) \
  F (SM_PILE_SUPPLIER, "supplier", TEXT, RECORD, 0, NULL, NULL)                 \
  F (SM_PILE_INSTALLED_ON, "installed_on", TIME, RECORD, 0, NULL, NULL)         \
  F (SM_PILE_WARRANTY_UNTIL, "warranty_until", TIME, RECORD, 0, NULL, NULL)     \
  F (SM_PILE_SERVICE_LIFE_UNTIL, "service_life_until", TIME, RECORD, 0, NULL, NULL) \
  F (SM_PILE_CRITICALITY, "criticality", INT, RECORD, 0, NULL, NULL)            \
  F (SM_PILE_CHARGE_COUNT_LIMIT, "charge_count_limit", INT, RECORD, 0, NULL, NULL) \
  F (SM_PILE_ENERGY_WH_LIMIT, "energy_wh_limit", INT, RECORD, 0, "Wh", NULL)    \
  F (SM_PILE_SERVICE_SECONDS_LIMIT, "service_seconds_limit", INT, RECORD, 0, "s", NULL) \
  F (SM_PILE_CONNECTION, "connection", ENUM, LIVE, 0, NULL, sm_connections)     \
  F (SM_PILE_CHARGE_COUNT, "charge_count", INT, LIVE, 0, NULL, NULL)            \
  F (SM_PILE_ENERGY_WH, "energy_wh", INT, LIVE, 0, "Wh", NULL)                  \
  F (SM_PILE_SERVICE_SECONDS, "service_seconds", INT, LIVE, 0, "s", NULL)       \
  F (SM_PILE_REPORTED_AT, "reported_at", TIME, LIVE, 0, NULL, NULL)

#define SM_CONNECTOR_FIELDS(F)                                                  \
  SM_COMMON_FIELDS (F, SM_CONNECTOR)                                            \
  F (SM_CONNECTOR_STATION_ID, "station_id", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_CONNECTOR_PILE_ID, "pile_id", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_CONNECTOR_NUMBER, "number", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_CONNECTOR_STATUS, "status", ENUM, LIVE, 0, NULL, sm_connector_statuses) \
  F (SM_CONNECTOR_VOLTAGE_V, "voltage_v", REAL, LIVE, 0, "V", NULL)             \
  F (SM_CONNECTOR_CURRENT_A, "current_a", REAL, LIVE, 0, "A", NULL)             \
  F (SM_CONNECTOR_POWER_KW, "power_kw", REAL, LIVE, 0, "kW", NULL)              \
  F (SM_CONNECTOR_TEMPERATURE_C, "temperature_c", REAL, LIVE, 0, "°C", NULL)    \
  F (SM_CONNECTOR_SOC, "soc", REAL, LIVE, 0, "%", NULL)                         \
  F (SM_CONNECTOR_NEUTRAL_EARTH_V, "neutral_earth_v", REAL, LIVE, 0, "V", NULL) \
  F (SM_CONNECTOR_VOLTAGE_MIN_V, "voltage_min_v", REAL, LIVE, 0, "V", NULL)     \
  F (SM_CONNECTOR_VOLTAGE_MAX_V, "voltage_max_v", REAL, LIVE, 0, "V", NULL)     \
  F (SM_CONNECTOR_CURRENT_MIN_A, "current_min_a", REAL, LIVE, 0, "A", NULL)     \
  F (SM_CONNECTOR_CURRENT_MAX_A, "current_max_a", REAL, LIVE, 0, "A", NULL)     \
  F (SM_CONNECTOR_POWER_MIN_KW, "power_min_kw", REAL, LIVE, 0, "kW", NULL)      \
  F (SM_CONNECTOR_POWER_MAX_KW, "power_max_kw", REAL, LIVE, 0, "kW", NULL)      \
  F (SM_CONNECTOR_TEMPERATURE_MIN_C, "temperature_min_c", REAL, LIVE, 0, "°C", NULL) \
  F (SM_CONNECTOR_TEMPERATURE_MAX_C, "temperature_max_c", REAL, LIVE, 0, "°C", NULL) \
  F (SM_CONNECTOR_NEUTRAL_EARTH_MIN_V, "neutral_earth_min_v", REAL, LIVE, 0, "V", NULL) \
  F (SM_CONNECTOR_NEUTRAL_EARTH_MAX_V, "neutral_earth_max_v", REAL, LIVE, 0, "V", NULL) \
  F (SM_CONNECTOR_SESSION_STARTED_AT, "session_started_at", TIME, LIVE, 0, NULL, NULL) \
  F (SM_CONNECTOR_SESSION_ENERGY_WH, "session_energy_wh", INT, LIVE, 0, "Wh", NULL) \
  F (SM_CONNECTOR_BLOCKED_SINCE, "blocked_since", TIME, LIVE, 0, NULL, NULL)    \
  F (SM_CONNECTOR_REPORTED_AT, "reported_at", TIME, LIVE, 0, NULL, NULL)

#define SM_VEHICLE_FIELDS(F)                                                    \
  SM_COMMON_FIELDS (F, SM_VEHICLE)                                              \
  F (SM_VEHICLE_PLATE, "plate", TEXT, RECORD, SM_FIELD_REQUIRED | SM_FIELD_UNIQUE, NULL, NULL) \
  F (SM_VEHICLE_VIN, "vin", TEXT, RECORD, 0, NULL, NULL)                        \
  F (SM_VEHICLE_MODEL, "model", TEXT, RECORD, 0, NULL, NULL)                    \
  F (SM_VEHICLE_REPORT_PERIOD_S, "report_period_s", REAL, RECORD, SM_FIELD_REQUIRED, "s", NULL) \
  F (SM_VEHICLE_DRIVER_ID, "driver_id", INT, RECORD, 0, NULL, NULL)             \
  F (SM_VEHICLE_CARRIER_ID, "carrier_id", INT, RECORD, 0, NULL, NULL)           \
  F (SM_VEHICLE_GATEWAY_ID, "gateway_id", INT, RECORD, 0, NULL, NULL)           \
  F (SM_VEHICLE_LATITUDE, "latitude", REAL, LIVE, 0, "°", NULL)                 \
  F (SM_VEHICLE_LONGITUDE, "longitude", REAL, LIVE, 0, "°", NULL)               \
  F (SM_VEHICLE_HEADING_DEG, "heading_deg", REAL, LIVE, 0, "°", NULL)           \
  F (SM_VEHICLE_SPEED_KMH, "speed_kmh", REAL, LIVE, 0, "km/h", NULL)            \
  F (SM_VEHICLE_SOC, "soc", REAL, LIVE, 0, "%", NULL)                           \
  F (SM_VEHICLE_PACK_TEMPERATURE_C, "pack_temperature_c", REAL, LIVE, 0, "°C", NULL) \
  F (SM_VEHICLE_ODOMETER_M, "odometer_m", INT, LIVE, 0, "m", NULL)              \
  F (SM_VEHICLE_MOTION, "motion", ENUM, LIVE, 0, NULL, sm_motions)              \
  F (SM_VEHICLE_ENERGY, "energy", ENUM, LIVE, 0, NULL, sm_energies)             \
  F (SM_VEHICLE_CONNECTION, "connection", ENUM, LIVE, 0, NULL, sm_connections)  \
  F (SM_VEHICLE_BATTERY_ID, "battery_id", INT, LIVE, 0, NULL, NULL)             \
  F (SM_VEHICLE_RANGE_M, "range_m", INT, LIVE, 0, "m", NULL)                    \
  F (SM_VEHICLE_STATION_ID, "station_id", INT, LIVE, 0, NULL, NULL)             \
  F (SM_VEHICLE_QUEUE, "queue", ENUM, LIVE, 0, NULL, sm_queue_states)           \
  F (SM_VEHICLE_QUEUE_SINCE, "queue_since", TIME, LIVE, 0, NULL, NULL)          \
  F (SM_VEHICLE_ETA, "eta", TIME, LIVE, 0, NULL, NULL)                          \
  F (SM_VEHICLE_REACH, "reach", ENUM, LIVE, 0, NULL, sm_reaches)                \
  F (SM_VEHICLE_INSULATION_OHM_PER_V, "insulation_ohm_per_v", REAL, LIVE, 0, "Ω/V", NULL) \
  F (SM_VEHICLE_SPREAD_MV, "spread_mv", REAL, LIVE, 0, "mV", NULL)              \
  F (SM_VEHICLE_REPORTED_AT, "reported_at", TIME, LIVE, 0, NULL, NULL)

/* A limit on one live field of one noun.  It raises the alarm once the value
 * has been beyond raise_at for delay_s without a break, and clears it once the
 * value has come back past clear_at (the hysteresis). */
#define SM_LIMIT_FIELDS(F)                                                      \
  SM_COMMON_FIELDS (F, SM_LIMIT)                                                \
  F (SM_LIMIT_CODE, "code", TEXT, RECORD, SM_FIELD_REQUIRED | SM_FIELD_UNIQUE, NULL, NULL) \
  F (SM_LIMIT_NOUN, "noun", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)        \
  F (SM_LIMIT_FIELD, "field", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)      \
  F (SM_LIMIT_DIRECTION, "direction", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_directions) \
  F (SM_LIMIT_RAISE_AT, "raise_at", REAL, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_LIMIT_CLEAR_AT, "clear_at", REAL, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_LIMIT_DELAY_S, "delay_s", REAL, RECORD, SM_FIELD_REQUIRED, "s", NULL)   \
  F (SM_LIMIT_LEVEL, "level", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)       \
  F (SM_LIMIT_ENABLED, "enabled", BOOL, RECORD, SM_FIELD_REQUIRED, NULL, NULL)

#define SM_ALARM_FIELDS(F)                                                      \
  SM_COMMON_FIELDS (F, SM_ALARM)                                                \
  F (SM_ALARM_CODE, "code", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)        \
  F (SM_ALARM_LEVEL, "level", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)       \
  F (SM_ALARM_STATE, "state", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_alarm_states) \
  F (SM_ALARM_SOURCE_NOUN, "source_noun", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_ALARM_SOURCE_ID, "source_id", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_ALARM_SOURCE_LABEL, "source_label", TEXT, RECORD, 0, NULL, NULL)        \
  F (SM_ALARM_STATION_ID, "station_id", INT, RECORD, 0, NULL, NULL)             \
  F (SM_ALARM_FIELD, "field", TEXT, RECORD, 0, NULL, NULL)                      \
  F (SM_ALARM_VALUE, "value", REAL, RECORD, 0, NULL, NULL)                      \
  F (SM_ALARM_LIMIT_VALUE, "limit_value", REAL, RECORD, 0, NULL, NULL)          \
  F (SM_ALARM_COUNT, "count", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)       \
  F (SM_ALARM_RAISED_AT, "raised_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_ALARM_RETURNED_AT, "returned_at", TIME, RECORD, 0, NULL, NULL)          \
  F (SM_ALARM_ACKED_AT, "acked_at", TIME, RECORD, 0, NULL, NULL)                \
  F (SM_ALARM_ACKED_BY, "acked_by", TEXT, RECORD, 0, NULL, NULL)                \
  F (SM_ALARM_NOTE, "note", TEXT, RECORD, 0, NULL, NULL)                        \
  F (SM_ALARM_EQUIPMENT_ID, "equipment_id", INT, RECORD, 0, NULL, NULL)         \
  F (SM_ALARM_VEHICLE_ID, "vehicle_id", INT, RECORD, 0, NULL, NULL)             \
  F (SM_ALARM_BATTERY_ID, "battery_id", INT, RECORD, 0, NULL, NULL)             \
  F (SM_ALARM_SITUATION, "situation", TEXT, RECORD, 0, NULL, NULL)              \
  F (SM_ALARM_SENDER_CODE, "sender_code", TEXT, RECORD, 0, NULL, NULL)          \
  F (SM_ALARM_SENDER_TEXT, "sender_text", TEXT, RECORD, 0, NULL, NULL)          \
  F (SM_ALARM_RISK, "risk", REAL, RECORD, 0, NULL, NULL)                        \
  F (SM_ALARM_OCCURRENCE, "occurrence", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_ALARM_SHELVED_UNTIL, "shelved_until", TIME, RECORD, 0, NULL, NULL)      \
  F (SM_ALARM_SHELVED_BY, "shelved_by", TEXT, RECORD, 0, NULL, NULL)            \
  F (SM_ALARM_SHELVE_REASON, "shelve_reason", TEXT, RECORD, 0, NULL, NULL)      \
  F (SM_ALARM_SUPPRESSED_BY, "suppressed_by", TEXT, RECORD, 0, NULL, NULL)      \
  F (SM_ALARM_OUT_OF_SERVICE_UNTIL, "out_of_service_until", TIME, RECORD, 0, NULL, NULL) \
  F (SM_ALARM_OUT_OF_SERVICE_BY, "out_of_service_by", TEXT, RECORD, 0, NULL, NULL) \
  F (SM_ALARM_OUT_OF_SERVICE_APPROVED_BY, "out_of_service_approved_by", TEXT, RECORD, 0, NULL, NULL) \
  F (SM_ALARM_OUT_OF_SERVICE_REASON, "out_of_service_reason", TEXT, RECORD, 0, NULL, NULL) \
  F (SM_ALARM_RELEASED_BY, "released_by", TEXT, RECORD, 0, NULL, NULL)          \
  F (SM_ALARM_RELEASE_REASON, "release_reason", TEXT, RECORD, 0, NULL, NULL)    \
  F (SM_ALARM_PARENT_ID, "parent_id", INT, RECORD, 0, NULL, NULL)               \
  F (SM_ALARM_IS_FIRST_OUT, "is_first_out", BOOL, RECORD, 0, NULL, NULL)        \
  F (SM_ALARM_IS_SAFETY, "is_safety", BOOL, RECORD, 0, NULL, NULL)              \
  F (SM_ALARM_DESK_ID, "desk_id", INT, RECORD, 0, NULL, NULL)                   \
  F (SM_ALARM_WORK_ORDER_ID, "work_order_id", INT, RECORD, 0, NULL, NULL)       \
  F (SM_ALARM_CALLS, "calls", TEXT, RECORD, 0, NULL, NULL)

#define SM_ORGANISATION_FIELDS(F)                                               \
  SM_COMMON_FIELDS (F, SM_ORGANISATION)                                         \
  F (SM_ORGANISATION_KIND, "kind", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_organisation_kinds) \
  F (SM_ORGANISATION_NAME, "name", NAME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_ORGANISATION_PHONE, "phone", TEXT, RECORD, 0, NULL, NULL)               \
  F (SM_ORGANISATION_STATE, "state", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_organisation_states)

#define SM_SERVICE_POINT_FIELDS(F)                                              \
  SM_COMMON_FIELDS (F, SM_SERVICE_POINT)                                        \
  F (SM_SERVICE_POINT_ORGANISATION_ID, "organisation_id", INT, RECORD, 0, NULL, NULL) \
  F (SM_SERVICE_POINT_NAME, "name", NAME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_SERVICE_POINT_ADDRESS, "address", TEXT, RECORD, 0, NULL, NULL)          \
  F (SM_SERVICE_POINT_LATITUDE, "latitude", REAL, RECORD, 0, "°", NULL)         \
  F (SM_SERVICE_POINT_LONGITUDE, "longitude", REAL, RECORD, 0, "°", NULL)       \
  F (SM_SERVICE_POINT_RADIUS_M, "radius_m", INT, RECORD, 0, "m", NULL)          \
  F (SM_SERVICE_POINT_PHONE, "phone", TEXT, RECORD, 0, NULL, NULL)              \
  F (SM_SERVICE_POINT_HOURS, "hours", TEXT, RECORD, 0, NULL, NULL)              \
  F (SM_SERVICE_POINT_SKILLS, "skills", TEXT, RECORD, 0, NULL, NULL)

#define SM_ENGINEER_FIELDS(F)                                                   \
  SM_COMMON_FIELDS (F, SM_ENGINEER)                                             \
  F (SM_ENGINEER_ORGANISATION_ID, "organisation_id", INT, RECORD, 0, NULL, NULL) \
  F (SM_ENGINEER_SERVICE_POINT_ID, "service_point_id", INT, RECORD, 0, NULL, NULL) \
  F (SM_ENGINEER_NAME, "name", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)     \
  F (SM_ENGINEER_PHONE, "phone", TEXT, RECORD, 0, NULL, NULL)                   \
  F (SM_ENGINEER_SKILLS, "skills", TEXT, RECORD, 0, NULL, NULL)                 \
  F (SM_ENGINEER_PERSON, "person", TEXT, RECORD, 0, NULL, NULL)                 \
  F (SM_ENGINEER_DUTY, "duty", ENUM, LIVE, 0, NULL, sm_duties)                  \
  F (SM_ENGINEER_LATITUDE, "latitude", REAL, LIVE, 0, "°", NULL)                \
  F (SM_ENGINEER_LONGITUDE, "longitude", REAL, LIVE, 0, "°", NULL)              \
  F (SM_ENGINEER_LOAD, "load", INT, LIVE, 0, NULL, NULL)                        \
  F (SM_ENGINEER_REPORTED_AT, "reported_at", TIME, LIVE, 0, NULL, NULL)

#define SM_DRIVER_FIELDS(F)                                                     \
  SM_COMMON_FIELDS (F, SM_DRIVER)                                               \
  F (SM_DRIVER_NAME, "name", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)       \
  F (SM_DRIVER_PHONE, "phone", TEXT, RECORD, 0, NULL, NULL)                     \
  F (SM_DRIVER_VERIFICATION, "verification", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_verifications) \
  F (SM_DRIVER_STATE, "state", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_driver_states) \
  F (SM_DRIVER_LEVEL, "level", TEXT, RECORD, 0, NULL, NULL)

#define SM_BATTERY_MODEL_FIELDS(F)                                              \
  SM_COMMON_FIELDS (F, SM_BATTERY_MODEL)                                        \
  F (SM_BATTERY_MODEL_CODE, "code", TEXT, RECORD, SM_FIELD_REQUIRED | SM_FIELD_UNIQUE, NULL, NULL) \
  F (SM_BATTERY_MODEL_NAME, "name", NAME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_BATTERY_MODEL_CHEMISTRY, "chemistry", TEXT, RECORD, 0, NULL, NULL)      \
  F (SM_BATTERY_MODEL_NOMINAL_WH, "nominal_wh", INT, RECORD, SM_FIELD_REQUIRED, "Wh", NULL) \
  F (SM_BATTERY_MODEL_NOMINAL_VOLTAGE_V, "nominal_voltage_v", REAL, RECORD, 0, "V", NULL) \
  F (SM_BATTERY_MODEL_READY_SOC, "ready_soc", REAL, RECORD, SM_FIELD_REQUIRED, "%", NULL) \
  F (SM_BATTERY_MODEL_MAX_POWER_KW, "max_power_kw", REAL, RECORD, 0, "kW", NULL) \
  F (SM_BATTERY_MODEL_CELL_COUNT, "cell_count", INT, RECORD, 0, NULL, NULL)     \
  F (SM_BATTERY_MODEL_PROBE_COUNT, "probe_count", INT, RECORD, 0, NULL, NULL)   \
  F (SM_BATTERY_MODEL_CYCLE_LIMIT, "cycle_limit", INT, RECORD, 0, NULL, NULL)

#define SM_COMPATIBILITY_FIELDS(F)                                              \
  SM_COMMON_FIELDS (F, SM_COMPATIBILITY)                                        \
  F (SM_COMPATIBILITY_VEHICLE_MODEL, "vehicle_model", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_COMPATIBILITY_BATTERY_MODEL_ID, "battery_model_id", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_COMPATIBILITY_STATION_ID, "station_id", INT, RECORD, 0, NULL, NULL)

#define SM_BATTERY_FIELDS(F)                                                    \
  SM_COMMON_FIELDS (F, SM_BATTERY)                                              \
  F (SM_BATTERY_SN, "sn", TEXT, RECORD, SM_FIELD_REQUIRED | SM_FIELD_UNIQUE, NULL, NULL) \
  F (SM_BATTERY_BATTERY_MODEL_ID, "battery_model_id", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_BATTERY_OWNER_ID, "owner_id", INT, RECORD, 0, NULL, NULL)               \
  F (SM_BATTERY_LESSEE_ID, "lessee_id", INT, RECORD, 0, NULL, NULL)             \
  F (SM_BATTERY_POOL, "pool", TEXT, RECORD, 0, NULL, NULL)                      \
  F (SM_BATTERY_FITNESS, "fitness", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_fitnesses) \
  F (SM_BATTERY_SOH_METHOD, "soh_method", ENUM, RECORD, 0, NULL, sm_soh_methods) \
  F (SM_BATTERY_SUPPLIER, "supplier", TEXT, RECORD, 0, NULL, NULL)              \
  F (SM_BATTERY_INSTALLED_ON, "installed_on", TIME, RECORD, 0, NULL, NULL)      \
  F (SM_BATTERY_WARRANTY_UNTIL, "warranty_until", TIME, RECORD, 0, NULL, NULL)  \
  F (SM_BATTERY_SERVICE_LIFE_UNTIL, "service_life_until", TIME, RECORD, 0, NULL, NULL) \
  F (SM_BATTERY_QUARANTINED_AT, "quarantined_at", TIME, RECORD, 0, NULL, NULL)  \
  F (SM_BATTERY_QUARANTINED_BY, "quarantined_by", TEXT, RECORD, 0, NULL, NULL)  \
  F (SM_BATTERY_QUARANTINE_REASON, "quarantine_reason", TEXT, RECORD, 0, NULL, NULL) \
  F (SM_BATTERY_PLACE, "place", ENUM, LIVE, 0, NULL, sm_battery_places)         \
  F (SM_BATTERY_PLACE_ID, "place_id", INT, LIVE, 0, NULL, NULL)                 \
  F (SM_BATTERY_STATION_ID, "station_id", INT, LIVE, 0, NULL, NULL)             \
  F (SM_BATTERY_SOC, "soc", REAL, LIVE, 0, "%", NULL)                           \
  F (SM_BATTERY_SOH, "soh", REAL, LIVE, 0, "%", NULL)                           \
  F (SM_BATTERY_CYCLE_COUNT, "cycle_count", REAL, LIVE, 0, NULL, NULL)          \
  F (SM_BATTERY_THROUGHPUT_WH, "throughput_wh", INT, LIVE, 0, "Wh", NULL)       \
  F (SM_BATTERY_CHARGED_WH, "charged_wh", INT, LIVE, 0, "Wh", NULL)             \
  F (SM_BATTERY_VOLTAGE_V, "voltage_v", REAL, LIVE, 0, "V", NULL)               \
  F (SM_BATTERY_CURRENT_A, "current_a", REAL, LIVE, 0, "A", NULL)               \
  F (SM_BATTERY_TEMPERATURE_MAX_C, "temperature_max_c", REAL, LIVE, 0, "°C", NULL) \
  F (SM_BATTERY_TEMPERATURE_MAX_PROBE, "temperature_max_probe", INT, LIVE, 0, NULL, NULL) \
  F (SM_BATTERY_TEMPERATURE_MIN_C, "temperature_min_c", REAL, LIVE, 0, "°C", NULL) \
  F (SM_BATTERY_TEMPERATURE_MIN_PROBE, "temperature_min_probe", INT, LIVE, 0, NULL, NULL) \
  F (SM_BATTERY_CELL_MAX_MV, "cell_max_mv", REAL, LIVE, 0, "mV", NULL)          \
  F (SM_BATTERY_CELL_MAX_NUMBER, "cell_max_number", INT, LIVE, 0, NULL, NULL)   \
  F (SM_BATTERY_CELL_MIN_MV, "cell_min_mv", REAL, LIVE, 0, "mV", NULL)          \
  F (SM_BATTERY_CELL_MIN_NUMBER, "cell_min_number", INT, LIVE, 0, NULL, NULL)   \
  F (SM_BATTERY_SPREAD_MV, "spread_mv", REAL, LIVE, 0, "mV", NULL)              \
  F (SM_BATTERY_INSULATION_OHM_PER_V, "insulation_ohm_per_v", REAL, LIVE, 0, "Ω/V", NULL) \
  F (SM_BATTERY_CARRIED_SINCE, "carried_since", TIME, LIVE, 0, NULL, NULL)      \
  F (SM_BATTERY_REPORTED_AT, "reported_at", TIME, LIVE, 0, NULL, NULL)

#define SM_LANE_FIELDS(F)                                                       \
  SM_COMMON_FIELDS (F, SM_LANE)                                                 \
  F (SM_LANE_STATION_ID, "station_id", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_LANE_NUMBER, "number", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)      \
  F (SM_LANE_STATE, "state", ENUM, LIVE, 0, NULL, sm_lane_states)               \
  F (SM_LANE_STEP, "step", ENUM, LIVE, 0, NULL, sm_swap_steps)                  \
  F (SM_LANE_VEHICLE_ID, "vehicle_id", INT, LIVE, 0, NULL, NULL)                \
  F (SM_LANE_SINCE, "since", TIME, LIVE, 0, NULL, NULL)                         \
  F (SM_LANE_REPORTED_AT, "reported_at", TIME, LIVE, 0, NULL, NULL)

#define SM_BAY_FIELDS(F)                                                        \
  SM_COMMON_FIELDS (F, SM_BAY)                                                  \
  F (SM_BAY_STATION_ID, "station_id", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_BAY_NUMBER, "number", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)       \
  F (SM_BAY_STATE, "state", ENUM, LIVE, 0, NULL, sm_bay_states)                 \
  F (SM_BAY_BATTERY_ID, "battery_id", INT, LIVE, 0, NULL, NULL)                 \
  F (SM_BAY_SOC, "soc", REAL, LIVE, 0, "%", NULL)                               \
  F (SM_BAY_POWER_KW, "power_kw", REAL, LIVE, 0, "kW", NULL)                    \
  F (SM_BAY_RESERVED_FOR, "reserved_for", INT, LIVE, 0, NULL, NULL)             \
  F (SM_BAY_READY_AT, "ready_at", TIME, LIVE, 0, NULL, NULL)                    \
  F (SM_BAY_REPORTED_AT, "reported_at", TIME, LIVE, 0, NULL, NULL)

#define SM_EQUIPMENT_FIELDS(F)                                                  \
  SM_COMMON_FIELDS (F, SM_EQUIPMENT)                                            \
  F (SM_EQUIPMENT_STATION_ID, "station_id", INT, RECORD, 0, NULL, NULL)         \
  F (SM_EQUIPMENT_PARENT_NOUN, "parent_noun", TEXT, RECORD, 0, NULL, NULL)      \
  F (SM_EQUIPMENT_PARENT_ID, "parent_id", INT, RECORD, 0, NULL, NULL)           \
  F (SM_EQUIPMENT_KIND, "kind", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_equipment_kinds) \
  F (SM_EQUIPMENT_SN, "sn", TEXT, RECORD, SM_FIELD_REQUIRED | SM_FIELD_UNIQUE, NULL, NULL) \
  F (SM_EQUIPMENT_NAME, "name", NAME, RECORD, SM_FIELD_REQUIRED, NULL, NULL)    \
  F (SM_EQUIPMENT_MODEL, "model", TEXT, RECORD, 0, NULL, NULL)                  \
  F (SM_EQUIPMENT_SUPPLIER, "supplier", TEXT, RECORD, 0, NULL, NULL)            \
  F (SM_EQUIPMENT_INSTALLED_ON, "installed_on", TIME, RECORD, 0, NULL, NULL)    \
  F (SM_EQUIPMENT_WARRANTY_UNTIL, "warranty_until", TIME, RECORD, 0, NULL, NULL) \
  F (SM_EQUIPMENT_SERVICE_LIFE_UNTIL, "service_life_until", TIME, RECORD, 0, NULL, NULL) \
  F (SM_EQUIPMENT_CRITICALITY, "criticality", INT, RECORD, 0, NULL, NULL)       \
  F (SM_EQUIPMENT_STATE, "state", ENUM, LIVE, 0, NULL, sm_equipment_states)     \
  F (SM_EQUIPMENT_VALUE, "value", REAL, LIVE, 0, NULL, NULL)                    \
  F (SM_EQUIPMENT_REPORTED_AT, "reported_at", TIME, LIVE, 0, NULL, NULL)

#define SM_TARIFF_FIELDS(F)                                                     \
  SM_COMMON_FIELDS (F, SM_TARIFF)                                               \
  F (SM_TARIFF_CODE, "code", TEXT, RECORD, SM_FIELD_REQUIRED | SM_FIELD_UNIQUE, NULL, NULL) \
  F (SM_TARIFF_NAME, "name", NAME, RECORD, SM_FIELD_REQUIRED, NULL, NULL)       \
  F (SM_TARIFF_MODEL, "model", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_tariff_models) \
  F (SM_TARIFF_CURRENCY, "currency", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_TARIFF_PERIODS, "periods", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_TARIFF_VALID_FROM, "valid_from", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_TARIFF_VERSION, "version", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)

/* What a person had done to equipment from afar: a row, because who looks at the
 * thing wants to see how far it came, and who looks later what was tried. */
#define SM_COMMAND_FIELDS(F)                                                    \
  SM_COMMON_FIELDS (F, SM_COMMAND)                                              \
  F (SM_COMMAND_TARGET_NOUN, "target_noun", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_COMMAND_TARGET_ID, "target_id", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_COMMAND_STATION_ID, "station_id", INT, RECORD, 0, NULL, NULL)           \
  F (SM_COMMAND_ALARM_ID, "alarm_id", INT, RECORD, 0, NULL, NULL)               \
  F (SM_COMMAND_KIND, "kind", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_command_kinds) \
  F (SM_COMMAND_AVAILABILITY, "availability", ENUM, RECORD, 0, NULL, sm_availabilities) \
  F (SM_COMMAND_REASON, "reason", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)  \
  F (SM_COMMAND_STATE, "state", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_command_states) \
  F (SM_COMMAND_REQUESTED_AT, "requested_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_COMMAND_REQUESTED_BY, "requested_by", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_COMMAND_SENT_AT, "sent_at", TIME, RECORD, 0, NULL, NULL)                \
  F (SM_COMMAND_ACCEPTED_AT, "accepted_at", TIME, RECORD, 0, NULL, NULL)        \
  F (SM_COMMAND_ENDED_AT, "ended_at", TIME, RECORD, 0, NULL, NULL)              \
  F (SM_COMMAND_OUTCOME, "outcome", ENUM, RECORD, 0, NULL, sm_command_outcomes) \
  F (SM_COMMAND_ANSWER, "answer", TEXT, RECORD, 0, NULL, NULL)

/* A time in which something is worked on, and what is expected because of that. */
#define SM_WINDOW_FIELDS(F)                                                     \
  SM_COMMON_FIELDS (F, SM_WINDOW)                                               \
  F (SM_WINDOW_SCOPE_NOUN, "scope_noun", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_window_scopes) \
  F (SM_WINDOW_SCOPE_ID, "scope_id", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_WINDOW_SCOPE_LABEL, "scope_label", TEXT, RECORD, 0, NULL, NULL)         \
  F (SM_WINDOW_STATION_ID, "station_id", INT, RECORD, 0, NULL, NULL)            \
  F (SM_WINDOW_STARTS_AT, "starts_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_WINDOW_ENDS_AT, "ends_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_WINDOW_REASON, "reason", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)   \
  F (SM_WINDOW_RISK, "risk", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_window_risks) \
  F (SM_WINDOW_RISK_NOTE, "risk_note", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_WINDOW_SUPPRESSES, "suppresses", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_window_suppressions) \
  F (SM_WINDOW_STATE, "state", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_window_states) \
  F (SM_WINDOW_PLANNED_AT, "planned_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_WINDOW_PLANNED_BY, "planned_by", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_WINDOW_APPROVED_AT, "approved_at", TIME, RECORD, 0, NULL, NULL)         \
  F (SM_WINDOW_APPROVED_BY, "approved_by", TEXT, RECORD, 0, NULL, NULL)         \
  F (SM_WINDOW_OPENED_AT, "opened_at", TIME, RECORD, 0, NULL, NULL)             \
  F (SM_WINDOW_EXTENDED_BY, "extended_by", TEXT, RECORD, 0, NULL, NULL)         \
  F (SM_WINDOW_EXTEND_REASON, "extend_reason", TEXT, RECORD, 0, NULL, NULL)     \
  F (SM_WINDOW_ENDED_AT, "ended_at", TIME, RECORD, 0, NULL, NULL)               \
  F (SM_WINDOW_ENDED_BY, "ended_by", TEXT, RECORD, 0, NULL, NULL)               \
  F (SM_WINDOW_END_REASON, "end_reason", TEXT, RECORD, 0, NULL, NULL)           \
  F (SM_WINDOW_PROOF, "proof", TEXT, RECORD, 0, NULL, NULL)

/* What a desk looks after: each of the three lists is ids or slugs with a blank between
 * them, and null is everything.  holder is who took it over last; answers is who its
 * alarms belong to at this moment. */
#define SM_DESK_FIELDS(F)                                                       \
  SM_COMMON_FIELDS (F, SM_DESK)                                                 \
  F (SM_DESK_NAME, "name", NAME, RECORD, SM_FIELD_REQUIRED, NULL, NULL)         \
  F (SM_DESK_AREA_IDS, "area_ids", TEXT, RECORD, 0, NULL, NULL)                 \
  F (SM_DESK_KINDS, "kinds", TEXT, RECORD, 0, NULL, NULL)                       \
  F (SM_DESK_LEVELS, "levels", TEXT, RECORD, 0, NULL, NULL)                     \
  F (SM_DESK_COVER_DESK_ID, "cover_desk_id", INT, RECORD, 0, NULL, NULL)        \
  F (SM_DESK_HOLDER, "holder", TEXT, RECORD, 0, NULL, NULL)                     \
  F (SM_DESK_HELD_SINCE, "held_since", TIME, RECORD, 0, NULL, NULL)             \
  F (SM_DESK_AWAY_SINCE, "away_since", TIME, RECORD, 0, NULL, NULL)             \
  F (SM_DESK_AWAY_REASON, "away_reason", TEXT, RECORD, 0, NULL, NULL)           \
  F (SM_DESK_LAST_AWAY_FROM, "last_away_from", TIME, RECORD, 0, NULL, NULL)     \
  F (SM_DESK_LAST_AWAY_TO, "last_away_to", TIME, RECORD, 0, NULL, NULL)         \
  F (SM_DESK_ANSWERS, "answers", TEXT, RECORD, 0, NULL, NULL)                   \
  F (SM_DESK_ANSWERS_SINCE, "answers_since", TIME, RECORD, 0, NULL, NULL)       \
  F (SM_DESK_ANSWERS_AS, "answers_as", ENUM, RECORD, 0, NULL, sm_answers_as)

#define SM_ROSTER_ENTRY_FIELDS(F)                                               \
  SM_COMMON_FIELDS (F, SM_ROSTER_ENTRY)                                         \
  F (SM_ROSTER_ENTRY_DESK_ID, "desk_id", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_ROSTER_ENTRY_PERSON, "person", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_ROSTER_ENTRY_ROLE, "role", TEXT, RECORD, 0, NULL, NULL)                 \
  F (SM_ROSTER_ENTRY_FROM_AT, "from_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_ROSTER_ENTRY_TO_AT, "to_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_ROSTER_ENTRY_NEXT_IN_LINE, "next_in_line", TEXT, RECORD, 0, NULL, NULL)

#define SM_HANDOVER_FIELDS(F)                                                   \
  SM_COMMON_FIELDS (F, SM_HANDOVER)                                             \
  F (SM_HANDOVER_DESK_ID, "desk_id", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_HANDOVER_STATE, "state", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_handover_states) \
  F (SM_HANDOVER_FROM_PERSON, "from_person", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_HANDOVER_TO_PERSON, "to_person", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_HANDOVER_BEGUN_AT, "begun_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_HANDOVER_WRITTEN_AT, "written_at", TIME, RECORD, 0, NULL, NULL)         \
  F (SM_HANDOVER_SUMMARY, "summary", TEXT, RECORD, 0, NULL, NULL)               \
  F (SM_HANDOVER_NOTE, "note", TEXT, RECORD, 0, NULL, NULL)                     \
  F (SM_HANDOVER_GIVEN_AT, "given_at", TIME, RECORD, 0, NULL, NULL)             \
  F (SM_HANDOVER_TAKEN_AT, "taken_at", TIME, RECORD, 0, NULL, NULL)             \
  F (SM_HANDOVER_WITHDRAWN_AT, "withdrawn_at", TIME, RECORD, 0, NULL, NULL)     \
  F (SM_HANDOVER_WITHDRAWN_BY, "withdrawn_by", TEXT, RECORD, 0, NULL, NULL)

#define SM_ORDER_FIELDS(F)                                                      \
  SM_COMMON_FIELDS (F, SM_ORDER)                                                \
  F (SM_ORDER_NUMBER, "number", TEXT, RECORD, SM_FIELD_REQUIRED | SM_FIELD_UNIQUE, NULL, NULL) \
  F (SM_ORDER_KIND, "kind", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_order_kinds) \
  F (SM_ORDER_PROCESS, "process", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_order_processes) \
  F (SM_ORDER_PAYMENT, "payment", ENUM, RECORD, 0, NULL, sm_order_payments)     \
  F (SM_ORDER_STATION_ID, "station_id", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_ORDER_PILE_ID, "pile_id", INT, RECORD, 0, NULL, NULL)                   \
  F (SM_ORDER_CONNECTOR_ID, "connector_id", INT, RECORD, 0, NULL, NULL)         \
  F (SM_ORDER_LANE_ID, "lane_id", INT, RECORD, 0, NULL, NULL)                   \
  F (SM_ORDER_VEHICLE_ID, "vehicle_id", INT, RECORD, 0, NULL, NULL)             \
  F (SM_ORDER_DRIVER_ID, "driver_id", INT, RECORD, 0, NULL, NULL)               \
  F (SM_ORDER_BATTERY_OUT_ID, "battery_out_id", INT, RECORD, 0, NULL, NULL)     \
  F (SM_ORDER_BATTERY_IN_ID, "battery_in_id", INT, RECORD, 0, NULL, NULL)       \
  F (SM_ORDER_CREATED_AT, "created_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_ORDER_STARTED_AT, "started_at", TIME, RECORD, 0, NULL, NULL)            \
  F (SM_ORDER_ENDED_AT, "ended_at", TIME, RECORD, 0, NULL, NULL)                \
  F (SM_ORDER_WAIT_S, "wait_s", REAL, RECORD, 0, "s", NULL)                     \
  F (SM_ORDER_DURATION_S, "duration_s", REAL, RECORD, 0, "s", NULL)             \
  F (SM_ORDER_STEPS, "steps", TEXT, RECORD, 0, NULL, NULL)                      \
  F (SM_ORDER_ENERGY_WH, "energy_wh", INT, RECORD, 0, "Wh", NULL)               \
  F (SM_ORDER_ENERGY_BASIS, "energy_basis", ENUM, RECORD, 0, NULL, sm_energy_bases) \
  F (SM_ORDER_SOC_BEFORE, "soc_before", REAL, RECORD, 0, "%", NULL)             \
  F (SM_ORDER_SOC_AFTER, "soc_after", REAL, RECORD, 0, "%", NULL)               \
  F (SM_ORDER_ENERGY_MINOR, "energy_minor", INT, RECORD, 0, NULL, NULL)         \
  F (SM_ORDER_SERVICE_MINOR, "service_minor", INT, RECORD, 0, NULL, NULL)       \
  F (SM_ORDER_AMOUNT_MINOR, "amount_minor", INT, RECORD, 0, NULL, NULL)         \
  F (SM_ORDER_CURRENCY, "currency", TEXT, RECORD, 0, NULL, NULL)                \
  F (SM_ORDER_TARIFF_ID, "tariff_id", INT, RECORD, 0, NULL, NULL)               \
  F (SM_ORDER_ABNORMAL, "abnormal", TEXT, RECORD, 0, NULL, NULL)                \
  F (SM_ORDER_BUSINESS_DAY, "business_day", INT, RECORD, 0, NULL, NULL)         \
  F (SM_ORDER_HOUR, "hour", INT, RECORD, 0, NULL, NULL)

/* What somebody was to do about one event of a drill, and when it was done: counted
 * from the alarm of that event, which is the first that a person can see of it. */
#define SM_DRILL_STEP_FIELDS(F)                                                 \
  SM_COMMON_FIELDS (F, SM_DRILL_STEP)                                           \
  F (SM_DRILL_STEP_DRILL, "drill", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_DRILL_STEP_NUMBER, "number", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_DRILL_STEP_AT, "at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL)       \
  F (SM_DRILL_STEP_DEED, "deed", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_drill_deeds) \
  F (SM_DRILL_STEP_CODE, "code", TEXT, RECORD, 0, NULL, NULL)                   \
  F (SM_DRILL_STEP_STATION_ID, "station_id", INT, RECORD, 0, NULL, NULL)        \
  F (SM_DRILL_STEP_VEHICLE_ID, "vehicle_id", INT, RECORD, 0, NULL, NULL)        \
  F (SM_DRILL_STEP_BATTERY_ID, "battery_id", INT, RECORD, 0, NULL, NULL)        \
  F (SM_DRILL_STEP_ALARM_ID, "alarm_id", INT, RECORD, 0, NULL, NULL)            \
  F (SM_DRILL_STEP_RAISED_AT, "raised_at", TIME, RECORD, 0, NULL, NULL)         \
  F (SM_DRILL_STEP_VERDICT, "verdict", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_drill_verdicts) \
  F (SM_DRILL_STEP_NOTICED_WITHIN_S, "noticed_within_s", INT, RECORD, 0, "s", NULL) \
  F (SM_DRILL_STEP_NOTICED_AT, "noticed_at", TIME, RECORD, 0, NULL, NULL)       \
  F (SM_DRILL_STEP_ACKNOWLEDGED_WITHIN_S, "acknowledged_within_s", INT, RECORD, 0, "s", NULL) \
  F (SM_DRILL_STEP_ACKNOWLEDGED_AT, "acknowledged_at", TIME, RECORD, 0, NULL, NULL) \
  F (SM_DRILL_STEP_STEPS_WITHIN_S, "steps_within_s", INT, RECORD, 0, "s", NULL) \
  F (SM_DRILL_STEP_STEPS_AT, "steps_at", TIME, RECORD, 0, NULL, NULL)           \
  F (SM_DRILL_STEP_COMMAND_WITHIN_S, "command_within_s", INT, RECORD, 0, "s", NULL) \
  F (SM_DRILL_STEP_COMMAND_AT, "command_at", TIME, RECORD, 0, NULL, NULL)       \
  F (SM_DRILL_STEP_HANDED_OVER_WITHIN_S, "handed_over_within_s", INT, RECORD, 0, "s", NULL) \
  F (SM_DRILL_STEP_HANDED_OVER_AT, "handed_over_at", TIME, RECORD, 0, NULL, NULL) \
  F (SM_DRILL_STEP_NOTICED_BY, "noticed_by", TEXT, RECORD, 0, NULL, NULL)       \
  F (SM_DRILL_STEP_ACKNOWLEDGED_BY, "acknowledged_by", TEXT, RECORD, 0, NULL, NULL)

#define SM_BATTERY_MOVEMENT_FIELDS(F)                                           \
  SM_COMMON_FIELDS (F, SM_BATTERY_MOVEMENT)                                     \
  F (SM_BATTERY_MOVEMENT_BATTERY_ID, "battery_id", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_BATTERY_MOVEMENT_AT, "at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_BATTERY_MOVEMENT_FROM_PLACE, "from_place", ENUM, RECORD, 0, NULL, sm_battery_places) \
  F (SM_BATTERY_MOVEMENT_FROM_ID, "from_id", INT, RECORD, 0, NULL, NULL)        \
  F (SM_BATTERY_MOVEMENT_TO_PLACE, "to_place", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_battery_places) \
  F (SM_BATTERY_MOVEMENT_TO_ID, "to_id", INT, RECORD, 0, NULL, NULL)            \
  F (SM_BATTERY_MOVEMENT_STATION_ID, "station_id", INT, RECORD, 0, NULL, NULL)  \
  F (SM_BATTERY_MOVEMENT_VEHICLE_ID, "vehicle_id", INT, RECORD, 0, NULL, NULL)  \
  F (SM_BATTERY_MOVEMENT_ORDER_ID, "order_id", INT, RECORD, 0, NULL, NULL)      \
  F (SM_BATTERY_MOVEMENT_REASON, "reason", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_movement_reasons) \
  F (SM_BATTERY_MOVEMENT_SOC, "soc", REAL, RECORD, 0, "%", NULL)                \
  F (SM_BATTERY_MOVEMENT_SOH, "soh", REAL, RECORD, 0, "%", NULL)                \
  F (SM_BATTERY_MOVEMENT_SPREAD_MV, "spread_mv", REAL, RECORD, 0, "mV", NULL)   \
  F (SM_BATTERY_MOVEMENT_CHARGED_WH, "charged_wh", INT, RECORD, 0, "Wh", NULL)  \
  F (SM_BATTERY_MOVEMENT_THROUGHPUT_WH, "throughput_wh", INT, RECORD, 0, "Wh", NULL)

#define SM_DRIVING_EVENT_FIELDS(F)                                              \
  SM_COMMON_FIELDS (F, SM_DRIVING_EVENT)                                        \
  F (SM_DRIVING_EVENT_VEHICLE_ID, "vehicle_id", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_DRIVING_EVENT_DRIVER_ID, "driver_id", INT, RECORD, 0, NULL, NULL)       \
  F (SM_DRIVING_EVENT_KIND, "kind", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_driving_event_kinds) \
  F (SM_DRIVING_EVENT_AT, "at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL)    \
  F (SM_DRIVING_EVENT_VALUE, "value", REAL, RECORD, 0, NULL, NULL)              \
  F (SM_DRIVING_EVENT_LIMIT_VALUE, "limit_value", REAL, RECORD, 0, NULL, NULL)  \
  F (SM_DRIVING_EVENT_LATITUDE, "latitude", REAL, RECORD, 0, "°", NULL)         \
  F (SM_DRIVING_EVENT_LONGITUDE, "longitude", REAL, RECORD, 0, "°", NULL)

#define SM_WORK_ORDER_FIELDS(F)                                                 \
  SM_COMMON_FIELDS (F, SM_WORK_ORDER)                                           \
  F (SM_WORK_ORDER_NUMBER, "number", TEXT, RECORD, SM_FIELD_REQUIRED | SM_FIELD_UNIQUE, NULL, NULL) \
  F (SM_WORK_ORDER_KIND, "kind", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_work_order_kinds) \
  F (SM_WORK_ORDER_SOURCE, "source", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_work_order_sources) \
  F (SM_WORK_ORDER_STATE, "state", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_work_order_states) \
  F (SM_WORK_ORDER_STATE_SINCE, "state_since", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_WORK_ORDER_LEVEL, "level", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)  \
  F (SM_WORK_ORDER_RISK, "risk", REAL, RECORD, 0, NULL, NULL)                   \
  F (SM_WORK_ORDER_CODE, "code", TEXT, RECORD, 0, NULL, NULL)                   \
  F (SM_WORK_ORDER_SUBJECT, "subject", TEXT, RECORD, 0, NULL, NULL)             \
  F (SM_WORK_ORDER_DESCRIPTION, "description", TEXT, RECORD, 0, NULL, NULL)     \
  F (SM_WORK_ORDER_TARGET_NOUN, "target_noun", TEXT, RECORD, 0, NULL, NULL)     \
  F (SM_WORK_ORDER_TARGET_ID, "target_id", INT, RECORD, 0, NULL, NULL)          \
  F (SM_WORK_ORDER_TARGET_LABEL, "target_label", TEXT, RECORD, 0, NULL, NULL)   \
  F (SM_WORK_ORDER_STATION_ID, "station_id", INT, RECORD, 0, NULL, NULL)        \
  F (SM_WORK_ORDER_EQUIPMENT_ID, "equipment_id", INT, RECORD, 0, NULL, NULL)    \
  F (SM_WORK_ORDER_VEHICLE_ID, "vehicle_id", INT, RECORD, 0, NULL, NULL)        \
  F (SM_WORK_ORDER_BATTERY_ID, "battery_id", INT, RECORD, 0, NULL, NULL)        \
  F (SM_WORK_ORDER_ALARM_ID, "alarm_id", INT, RECORD, 0, NULL, NULL)            \
  F (SM_WORK_ORDER_ALARM_COUNT, "alarm_count", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_WORK_ORDER_SNAPSHOT, "snapshot", TEXT, RECORD, 0, NULL, NULL)           \
  F (SM_WORK_ORDER_DESK_ID, "desk_id", INT, RECORD, 0, NULL, NULL)              \
  F (SM_WORK_ORDER_REPORTED_BY, "reported_by", TEXT, RECORD, 0, NULL, NULL)     \
  F (SM_WORK_ORDER_FIRST_SIGN_AT, "first_sign_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_WORK_ORDER_CREATED_AT, "created_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_WORK_ORDER_CREATED_BY, "created_by", TEXT, RECORD, 0, NULL, NULL)       \
  F (SM_WORK_ORDER_REPORT_DUE_AT, "report_due_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_WORK_ORDER_RESPONSE_DUE_AT, "response_due_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_WORK_ORDER_RESPONDED_AT, "responded_at", TIME, RECORD, 0, NULL, NULL)   \
  F (SM_WORK_ORDER_RESPONSE_WARNED, "response_warned", INT, RECORD, SM_FIELD_REQUIRED, "%", NULL) \
  F (SM_WORK_ORDER_RESTORE_DUE_AT, "restore_due_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_WORK_ORDER_RESTORED_AT, "restored_at", TIME, RECORD, 0, NULL, NULL)     \
  F (SM_WORK_ORDER_RESTORE_PROOF, "restore_proof", TEXT, RECORD, 0, NULL, NULL) \
  F (SM_WORK_ORDER_RECURRED_AT, "recurred_at", TIME, RECORD, 0, NULL, NULL)     \
  F (SM_WORK_ORDER_RESTORE_VOIDS, "restore_voids", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_WORK_ORDER_RESTORE_WARNED, "restore_warned", INT, RECORD, SM_FIELD_REQUIRED, "%", NULL) \
  F (SM_WORK_ORDER_CLOSE_DUE_AT, "close_due_at", TIME, RECORD, 0, NULL, NULL)   \
  F (SM_WORK_ORDER_CLOSE_WARNED, "close_warned", INT, RECORD, SM_FIELD_REQUIRED, "%", NULL) \
  F (SM_WORK_ORDER_ENGINEER_ID, "engineer_id", INT, RECORD, 0, NULL, NULL)      \
  F (SM_WORK_ORDER_ORGANISATION_ID, "organisation_id", INT, RECORD, 0, NULL, NULL) \
  F (SM_WORK_ORDER_ASSIGNEE, "assignee", TEXT, RECORD, 0, NULL, NULL)           \
  F (SM_WORK_ORDER_ASSIGNED_AT, "assigned_at", TIME, RECORD, 0, NULL, NULL)     \
  F (SM_WORK_ORDER_ASSIGNED_BY, "assigned_by", TEXT, RECORD, 0, NULL, NULL)     \
  F (SM_WORK_ORDER_REFUSALS, "refusals", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_WORK_ORDER_REFUSED_BY, "refused_by", TEXT, RECORD, 0, NULL, NULL)       \
  F (SM_WORK_ORDER_REFUSE_REASON, "refuse_reason", TEXT, RECORD, 0, NULL, NULL) \
  F (SM_WORK_ORDER_ACCEPTED_AT, "accepted_at", TIME, RECORD, 0, NULL, NULL)     \
  F (SM_WORK_ORDER_ACCEPTED_BY, "accepted_by", TEXT, RECORD, 0, NULL, NULL)     \
  F (SM_WORK_ORDER_SPOKEN_AT, "spoken_at", TIME, RECORD, 0, NULL, NULL)         \
  F (SM_WORK_ORDER_SPOKEN_BY, "spoken_by", TEXT, RECORD, 0, NULL, NULL)         \
  F (SM_WORK_ORDER_TRAVELLING_AT, "travelling_at", TIME, RECORD, 0, NULL, NULL) \
  F (SM_WORK_ORDER_ETA, "eta", TIME, RECORD, 0, NULL, NULL)                     \
  F (SM_WORK_ORDER_ARRIVED_AT, "arrived_at", TIME, RECORD, 0, NULL, NULL)       \
  F (SM_WORK_ORDER_STARTED_AT, "started_at", TIME, RECORD, 0, NULL, NULL)       \
  F (SM_WORK_ORDER_HELD_AT, "held_at", TIME, RECORD, 0, NULL, NULL)             \
  F (SM_WORK_ORDER_HOLD_REASON, "hold_reason", TEXT, RECORD, 0, NULL, NULL)     \
  F (SM_WORK_ORDER_HELD_S, "held_s", INT, RECORD, SM_FIELD_REQUIRED, "s", NULL) \
  F (SM_WORK_ORDER_COMPLETED_AT, "completed_at", TIME, RECORD, 0, NULL, NULL)   \
  F (SM_WORK_ORDER_COMPLETED_BY, "completed_by", TEXT, RECORD, 0, NULL, NULL)   \
  F (SM_WORK_ORDER_FIX, "fix", ENUM, RECORD, 0, NULL, sm_work_order_fixes)      \
  F (SM_WORK_ORDER_CAUSE, "cause", TEXT, RECORD, 0, NULL, NULL)                 \
  F (SM_WORK_ORDER_ACTION, "action", TEXT, RECORD, 0, NULL, NULL)               \
  F (SM_WORK_ORDER_FOLLOW_UP_AT, "follow_up_at", TIME, RECORD, 0, NULL, NULL)   \
  F (SM_WORK_ORDER_FOLLOW_UP_ID, "follow_up_id", INT, RECORD, 0, NULL, NULL)    \
  F (SM_WORK_ORDER_PARENT_ID, "parent_id", INT, RECORD, 0, NULL, NULL)          \
  F (SM_WORK_ORDER_PROBLEM_ID, "problem_id", INT, RECORD, 0, NULL, NULL)        \
  F (SM_WORK_ORDER_REJECTIONS, "rejections", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_WORK_ORDER_REJECTED_BY, "rejected_by", TEXT, RECORD, 0, NULL, NULL)     \
  F (SM_WORK_ORDER_REJECT_REASON, "reject_reason", TEXT, RECORD, 0, NULL, NULL) \
  F (SM_WORK_ORDER_CONFIRMED_AT, "confirmed_at", TIME, RECORD, 0, NULL, NULL)   \
  F (SM_WORK_ORDER_CONFIRMED_BY, "confirmed_by", TEXT, RECORD, 0, NULL, NULL)   \
  F (SM_WORK_ORDER_CANCELLED_AT, "cancelled_at", TIME, RECORD, 0, NULL, NULL)   \
  F (SM_WORK_ORDER_CANCELLED_BY, "cancelled_by", TEXT, RECORD, 0, NULL, NULL)   \
  F (SM_WORK_ORDER_CANCEL_REASON, "cancel_reason", TEXT, RECORD, 0, NULL, NULL) \
  F (SM_WORK_ORDER_URGES, "urges", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)  \
  F (SM_WORK_ORDER_URGED_AT, "urged_at", TIME, RECORD, 0, NULL, NULL)           \
  F (SM_WORK_ORDER_URGED_BY, "urged_by", TEXT, RECORD, 0, NULL, NULL)           \
  F (SM_WORK_ORDER_ESCALATIONS, "escalations", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_WORK_ORDER_ESCALATED_AT, "escalated_at", TIME, RECORD, 0, NULL, NULL)   \
  F (SM_WORK_ORDER_ESCALATED_TO, "escalated_to", TEXT, RECORD, 0, NULL, NULL)   \
  F (SM_WORK_ORDER_IS_PINNED, "is_pinned", BOOL, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_WORK_ORDER_PLANNED_AT, "planned_at", TIME, RECORD, 0, NULL, NULL)       \
  F (SM_WORK_ORDER_WORK_S, "work_s", INT, RECORD, 0, "s", NULL)                 \
  F (SM_WORK_ORDER_SKILL, "skill", TEXT, RECORD, 0, NULL, NULL)                 \
  F (SM_WORK_ORDER_CERTIFICATE, "certificate", ENUM, RECORD, 0, NULL, sm_certificate_kinds) \
  F (SM_WORK_ORDER_PARTS, "parts", TEXT, RECORD, 0, NULL, NULL)                 \
  F (SM_WORK_ORDER_FORECAST_AT, "forecast_at", TIME, RECORD, 0, NULL, NULL)     \
  F (SM_WORK_ORDER_IS_WARRANTY, "is_warranty", BOOL, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_WORK_ORDER_PHOTOS, "photos", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_WORK_ORDER_NOTE, "note", TEXT, RECORD, 0, NULL, NULL)

#define SM_PROBLEM_FIELDS(F)                                                    \
  SM_COMMON_FIELDS (F, SM_PROBLEM)                                              \
  F (SM_PROBLEM_NUMBER, "number", TEXT, RECORD, SM_FIELD_REQUIRED | SM_FIELD_UNIQUE, NULL, NULL) \
  F (SM_PROBLEM_STATE, "state", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_problem_states) \
  F (SM_PROBLEM_CODE, "code", TEXT, RECORD, 0, NULL, NULL)                      \
  F (SM_PROBLEM_LEVEL, "level", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)     \
  F (SM_PROBLEM_TARGET_NOUN, "target_noun", TEXT, RECORD, 0, NULL, NULL)        \
  F (SM_PROBLEM_TARGET_ID, "target_id", INT, RECORD, 0, NULL, NULL)             \
  F (SM_PROBLEM_TARGET_LABEL, "target_label", TEXT, RECORD, 0, NULL, NULL)      \
  F (SM_PROBLEM_STATION_ID, "station_id", INT, RECORD, 0, NULL, NULL)           \
  F (SM_PROBLEM_EQUIPMENT_ID, "equipment_id", INT, RECORD, 0, NULL, NULL)       \
  F (SM_PROBLEM_ORDERS, "orders", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)   \
  F (SM_PROBLEM_FIRST_SIGN_AT, "first_sign_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_PROBLEM_OPENED_AT, "opened_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_PROBLEM_CAUSE, "cause", TEXT, RECORD, 0, NULL, NULL)                    \
  F (SM_PROBLEM_SOLUTION, "solution", TEXT, RECORD, 0, NULL, NULL)              \
  F (SM_PROBLEM_SOLVED_AT, "solved_at", TIME, RECORD, 0, NULL, NULL)            \
  F (SM_PROBLEM_SOLVED_BY, "solved_by", TEXT, RECORD, 0, NULL, NULL)            \
  F (SM_PROBLEM_CONFIRMED_AT, "confirmed_at", TIME, RECORD, 0, NULL, NULL)      \
  F (SM_PROBLEM_CONFIRMED_BY, "confirmed_by", TEXT, RECORD, 0, NULL, NULL)

#define SM_PART_FIELDS(F)                                                       \
  SM_COMMON_FIELDS (F, SM_PART)                                                 \
  F (SM_PART_CODE, "code", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)         \
  F (SM_PART_NAME, "name", NAME, RECORD, SM_FIELD_REQUIRED, NULL, NULL)         \
  F (SM_PART_EQUIPMENT_KINDS, "equipment_kinds", TEXT, RECORD, 0, NULL, NULL)   \
  F (SM_PART_ENGINEER_ID, "engineer_id", INT, RECORD, 0, NULL, NULL)            \
  F (SM_PART_SERVICE_POINT_ID, "service_point_id", INT, RECORD, 0, NULL, NULL)  \
  F (SM_PART_QUANTITY, "quantity", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)  \
  F (SM_PART_MINIMUM, "minimum", INT, RECORD, 0, NULL, NULL)                    \
  F (SM_PART_ORGANISATION_ID, "organisation_id", INT, RECORD, 0, NULL, NULL)

#define SM_CERTIFICATE_FIELDS(F)                                                \
  SM_COMMON_FIELDS (F, SM_CERTIFICATE)                                          \
  F (SM_CERTIFICATE_ENGINEER_ID, "engineer_id", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_CERTIFICATE_KIND, "kind", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_certificate_kinds) \
  F (SM_CERTIFICATE_NUMBER, "number", TEXT, RECORD, 0, NULL, NULL)              \
  F (SM_CERTIFICATE_ISSUER, "issuer", TEXT, RECORD, 0, NULL, NULL)              \
  F (SM_CERTIFICATE_ISSUED_ON, "issued_on", TIME, RECORD, 0, NULL, NULL)        \
  F (SM_CERTIFICATE_EXPIRES_AT, "expires_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_CERTIFICATE_ORGANISATION_ID, "organisation_id", INT, RECORD, 0, NULL, NULL) \
  F (SM_CERTIFICATE_WARNED_AT, "warned_at", TIME, RECORD, 0, NULL, NULL)        \
  F (SM_CERTIFICATE_ENDED_AT, "ended_at", TIME, RECORD, 0, NULL, NULL)

/* Where a truck is told to go, and the pack that is held for it there; or that somebody
 * is sent to it. */
#define SM_GUIDANCE_FIELDS(F)                                                   \
  SM_COMMON_FIELDS (F, SM_GUIDANCE)                                             \
  F (SM_GUIDANCE_STATE, "state", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_guidance_states) \
  F (SM_GUIDANCE_STATE_SINCE, "state_since", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_GUIDANCE_VEHICLE_ID, "vehicle_id", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_GUIDANCE_PLATE, "plate", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)   \
  F (SM_GUIDANCE_FROM_STATION_ID, "from_station_id", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_GUIDANCE_STATION_ID, "station_id", INT, RECORD, 0, NULL, NULL)          \
  F (SM_GUIDANCE_BAY_ID, "bay_id", INT, RECORD, 0, NULL, NULL)                  \
  F (SM_GUIDANCE_BATTERY_ID, "battery_id", INT, RECORD, 0, NULL, NULL)          \
  F (SM_GUIDANCE_ROAD_M, "road_m", INT, RECORD, 0, "m", NULL)                   \
  F (SM_GUIDANCE_TRAVEL_S, "travel_s", INT, RECORD, 0, "s", NULL)               \
  F (SM_GUIDANCE_WAIT_S, "wait_s", INT, RECORD, 0, "s", NULL)                   \
  F (SM_GUIDANCE_ETA, "eta", TIME, RECORD, 0, NULL, NULL)                       \
  F (SM_GUIDANCE_DUE_AT, "due_at", TIME, RECORD, 0, NULL, NULL)                 \
  F (SM_GUIDANCE_PROPOSED_AT, "proposed_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_GUIDANCE_PROPOSED_BY, "proposed_by", TEXT, RECORD, 0, NULL, NULL)       \
  F (SM_GUIDANCE_SENT_AT, "sent_at", TIME, RECORD, 0, NULL, NULL)               \
  F (SM_GUIDANCE_SENT_BY, "sent_by", TEXT, RECORD, 0, NULL, NULL)               \
  F (SM_GUIDANCE_DELIVERED_AT, "delivered_at", TIME, RECORD, 0, NULL, NULL)     \
  F (SM_GUIDANCE_ANSWERED_AT, "answered_at", TIME, RECORD, 0, NULL, NULL)       \
  F (SM_GUIDANCE_ANSWERED_BY, "answered_by", ENUM, RECORD, 0, NULL, sm_guidance_answers_by) \
  F (SM_GUIDANCE_REFUSE_REASON, "refuse_reason", TEXT, RECORD, 0, NULL, NULL)   \
  F (SM_GUIDANCE_CALLS, "calls", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)    \
  F (SM_GUIDANCE_CALLED_AT, "called_at", TIME, RECORD, 0, NULL, NULL)           \
  F (SM_GUIDANCE_CALLED_BY, "called_by", TEXT, RECORD, 0, NULL, NULL)           \
  F (SM_GUIDANCE_CALL_OUTCOME, "call_outcome", ENUM, RECORD, 0, NULL, sm_guidance_calls) \
  F (SM_GUIDANCE_CALL_NOTE, "call_note", TEXT, RECORD, 0, NULL, NULL)           \
  F (SM_GUIDANCE_ARRIVED_AT, "arrived_at", TIME, RECORD, 0, NULL, NULL)         \
  F (SM_GUIDANCE_ENDED_AT, "ended_at", TIME, RECORD, 0, NULL, NULL)             \
  F (SM_GUIDANCE_ENDED_BY, "ended_by", TEXT, RECORD, 0, NULL, NULL)             \
  F (SM_GUIDANCE_LAPSE_BY, "lapse", ENUM, RECORD, 0, NULL, sm_guidance_lapses)     \
  F (SM_GUIDANCE_END_REASON, "end_reason", TEXT, RECORD, 0, NULL, NULL)         \
  F (SM_GUIDANCE_WORK_ORDER_ID, "work_order_id", INT, RECORD, 0, NULL, NULL)

/* A round through a station by the six S: for each how it was found, and what was found. */
#define SM_INSPECTION_FIELDS(F)                                                 \
  SM_COMMON_FIELDS (F, SM_INSPECTION)                                           \
  F (SM_INSPECTION_NUMBER, "number", TEXT, RECORD, SM_FIELD_REQUIRED | SM_FIELD_UNIQUE, NULL, NULL) \
  F (SM_INSPECTION_STATION_ID, "station_id", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_INSPECTION_TEMPLATE, "template", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_inspection_templates) \
  F (SM_INSPECTION_STATE, "state", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_inspection_states) \
  F (SM_INSPECTION_PLANNED_AT, "planned_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_INSPECTION_PLANNED_BY, "planned_by", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_INSPECTION_INSPECTOR, "inspector", TEXT, RECORD, 0, NULL, NULL)         \
  F (SM_INSPECTION_SORT_SCORE, "sort_score", ENUM, RECORD, 0, NULL, sm_inspection_scores) \
  F (SM_INSPECTION_SORT_NOTE, "sort_note", TEXT, RECORD, 0, NULL, NULL)         \
  F (SM_INSPECTION_SET_IN_ORDER_SCORE, "set_in_order_score", ENUM, RECORD, 0, NULL, sm_inspection_scores) \
  F (SM_INSPECTION_SET_IN_ORDER_NOTE, "set_in_order_note", TEXT, RECORD, 0, NULL, NULL) \
  F (SM_INSPECTION_SHINE_SCORE, "shine_score", ENUM, RECORD, 0, NULL, sm_inspection_scores) \
  F (SM_INSPECTION_SHINE_NOTE, "shine_note", TEXT, RECORD, 0, NULL, NULL)       \
  F (SM_INSPECTION_STANDARDISE_SCORE, "standardise_score", ENUM, RECORD, 0, NULL, sm_inspection_scores) \
  F (SM_INSPECTION_STANDARDISE_NOTE, "standardise_note", TEXT, RECORD, 0, NULL, NULL) \
  F (SM_INSPECTION_SUSTAIN_SCORE, "sustain_score", ENUM, RECORD, 0, NULL, sm_inspection_scores) \
  F (SM_INSPECTION_SUSTAIN_NOTE, "sustain_note", TEXT, RECORD, 0, NULL, NULL)   \
  F (SM_INSPECTION_SAFETY_SCORE, "safety_score", ENUM, RECORD, 0, NULL, sm_inspection_scores) \
  F (SM_INSPECTION_SAFETY_NOTE, "safety_note", TEXT, RECORD, 0, NULL, NULL)     \
  F (SM_INSPECTION_SCORE, "score", INT, RECORD, 0, "%", NULL)                   \
  F (SM_INSPECTION_FINDINGS, "findings", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_INSPECTION_CLOSED_AT, "closed_at", TIME, RECORD, 0, NULL, NULL)         \
  F (SM_INSPECTION_CLOSED_BY, "closed_by", TEXT, RECORD, 0, NULL, NULL)         \
  F (SM_INSPECTION_END_REASON, "end_reason", TEXT, RECORD, 0, NULL, NULL)       \
  F (SM_INSPECTION_TEMPLATE_ID, "template_id", INT, RECORD, 0, NULL, NULL)      \
  F (SM_INSPECTION_EVERY_DAYS, "every_days", INT, RECORD, 0, "d", NULL)         \
  F (SM_INSPECTION_FOLLOWS_ID, "follows_id", INT, RECORD, 0, NULL, NULL)

/* What to look at in a round by the six S, as the service was told by a file: for each of them a
 * line for each thing, in both languages.  One that is said otherwise is another row, and one
 * that was removed stays as long as an inspection asked by it. */
#define SM_CHECKLIST_FIELDS(F)                                                  \
  SM_COMMON_FIELDS (F, SM_CHECKLIST)                                            \
  F (SM_CHECKLIST_NAME, "name", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)    \
  F (SM_CHECKLIST_NAME_ZH, "name_zh", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_CHECKLIST_STATION_KIND, "station_kind", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_station_kinds) \
  F (SM_CHECKLIST_SORT, "sort", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)    \
  F (SM_CHECKLIST_SORT_ZH, "sort_zh", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_CHECKLIST_SET_IN_ORDER, "set_in_order", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_CHECKLIST_SET_IN_ORDER_ZH, "set_in_order_zh", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_CHECKLIST_SHINE, "shine", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)  \
  F (SM_CHECKLIST_SHINE_ZH, "shine_zh", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_CHECKLIST_STANDARDISE, "standardise", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_CHECKLIST_STANDARDISE_ZH, "standardise_zh", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_CHECKLIST_SUSTAIN, "sustain", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_CHECKLIST_SUSTAIN_ZH, "sustain_zh", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_CHECKLIST_SAFETY, "safety", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_CHECKLIST_SAFETY_ZH, "safety_zh", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_CHECKLIST_ADDED_AT, "added_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_CHECKLIST_ADDED_BY, "added_by", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_CHECKLIST_REMOVED_AT, "removed_at", TIME, RECORD, 0, NULL, NULL)

/* Something by which somebody was hurt, or nearly. */
#define SM_INCIDENT_FIELDS(F)                                                   \
  SM_COMMON_FIELDS (F, SM_INCIDENT)                                             \
  F (SM_INCIDENT_NUMBER, "number", TEXT, RECORD, SM_FIELD_REQUIRED | SM_FIELD_UNIQUE, NULL, NULL) \
  F (SM_INCIDENT_STATION_ID, "station_id", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_INCIDENT_KIND, "kind", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_incident_kinds) \
  F (SM_INCIDENT_LEVEL, "level", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)    \
  F (SM_INCIDENT_STATE, "state", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_incident_states) \
  F (SM_INCIDENT_HAPPENED_AT, "happened_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_INCIDENT_PEOPLE_HURT, "people_hurt", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_INCIDENT_TEXT, "text", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)     \
  F (SM_INCIDENT_REPORTED_AT, "reported_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_INCIDENT_REPORTED_BY, "reported_by", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_INCIDENT_CAUSE, "cause", TEXT, RECORD, 0, NULL, NULL)                   \
  F (SM_INCIDENT_MEASURES, "measures", TEXT, RECORD, 0, NULL, NULL)             \
  F (SM_INCIDENT_CLOSED_AT, "closed_at", TIME, RECORD, 0, NULL, NULL)           \
  F (SM_INCIDENT_CLOSED_BY, "closed_by", TEXT, RECORD, 0, NULL, NULL)

/* Where somebody is reached, as persons wrote it down.  The addresses are not whole: those
 * stand beside, and are read by nobody. */
#define SM_CONTACT_FIELDS(F)                                                    \
  SM_COMMON_FIELDS (F, SM_CONTACT)                                              \
  F (SM_CONTACT_PERSON, "person", TEXT, RECORD, SM_FIELD_REQUIRED | SM_FIELD_UNIQUE, NULL, NULL) \
  F (SM_CONTACT_LANGUAGE, "language", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_contact_languages) \
  F (SM_CONTACT_SMS, "sms", TEXT, RECORD, 0, NULL, NULL)                        \
  F (SM_CONTACT_EMAIL, "email", TEXT, RECORD, 0, NULL, NULL)                    \
  F (SM_CONTACT_VOICE, "voice", TEXT, RECORD, 0, NULL, NULL)                    \
  F (SM_CONTACT_CHANGED_AT, "changed_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_CONTACT_CHANGED_BY, "changed_by", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)

/* What a customer was not content with.  Upheld, it becomes a work order: one. */
#define SM_COMPLAINT_FIELDS(F)                                                  \
  SM_COMMON_FIELDS (F, SM_COMPLAINT)                                            \
  F (SM_COMPLAINT_NUMBER, "number", TEXT, RECORD, SM_FIELD_REQUIRED | SM_FIELD_UNIQUE, NULL, NULL) \
  F (SM_COMPLAINT_STATION_ID, "station_id", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_COMPLAINT_VEHICLE_ID, "vehicle_id", INT, RECORD, 0, NULL, NULL)         \
  F (SM_COMPLAINT_ORDER_NUMBER, "order_number", TEXT, RECORD, 0, NULL, NULL)    \
  F (SM_COMPLAINT_COMPLAINANT, "complainant", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_COMPLAINT_TEXT, "text", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL)    \
  F (SM_COMPLAINT_STATE, "state", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_complaint_states) \
  F (SM_COMPLAINT_RECEIVED_AT, "received_at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_COMPLAINT_RECEIVED_BY, "received_by", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_COMPLAINT_REASON, "reason", TEXT, RECORD, 0, NULL, NULL)                \
  F (SM_COMPLAINT_DECIDED_AT, "decided_at", TIME, RECORD, 0, NULL, NULL)        \
  F (SM_COMPLAINT_DECIDED_BY, "decided_by", TEXT, RECORD, 0, NULL, NULL)        \
  F (SM_COMPLAINT_WORK_ORDER_ID, "work_order_id", INT, RECORD, 0, NULL, NULL)   \
  F (SM_COMPLAINT_WORK_ORDER_NUMBER, "work_order_number", TEXT, RECORD, 0, NULL, NULL)

/* Somebody was told of something, on one channel.  The address is not whole: who looks at
 * the log needs to know which number it was, and nobody's number. */
#define SM_NOTIFICATION_FIELDS(F)                                               \
  SM_COMMON_FIELDS (F, SM_NOTIFICATION)                                         \
  F (SM_NOTIFICATION_SUBJECT_NOUN, "subject_noun", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_NOTIFICATION_SUBJECT_ID, "subject_id", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_NOTIFICATION_CODE, "code", TEXT, RECORD, 0, NULL, NULL)                 \
  F (SM_NOTIFICATION_LEVEL, "level", INT, RECORD, 0, NULL, NULL)                \
  F (SM_NOTIFICATION_SOURCE_LABEL, "source_label", TEXT, RECORD, 0, NULL, NULL) \
  F (SM_NOTIFICATION_STATION_ID, "station_id", INT, RECORD, 0, NULL, NULL)      \
  F (SM_NOTIFICATION_VEHICLE_ID, "vehicle_id", INT, RECORD, 0, NULL, NULL)      \
  F (SM_NOTIFICATION_CHANNEL, "channel", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_tell_channels) \
  F (SM_NOTIFICATION_RECIPIENT, "recipient", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_NOTIFICATION_ADDRESS, "address", TEXT, RECORD, 0, NULL, NULL)           \
  F (SM_NOTIFICATION_BECAUSE, "because", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_tell_reasons) \
  F (SM_NOTIFICATION_TEXT, "text", TEXT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_NOTIFICATION_ROUND, "round", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_NOTIFICATION_STATE, "state", ENUM, RECORD, SM_FIELD_REQUIRED, NULL, sm_tell_states) \
  F (SM_NOTIFICATION_ATTEMPTS, "attempts", INT, RECORD, SM_FIELD_REQUIRED, NULL, NULL) \
  F (SM_NOTIFICATION_PROBLEM, "problem", ENUM, RECORD, 0, NULL, sm_tell_problems) \
  F (SM_NOTIFICATION_AT, "at", TIME, RECORD, SM_FIELD_REQUIRED, NULL, NULL)     \
  F (SM_NOTIFICATION_TRIED_AT, "tried_at", TIME, RECORD, 0, NULL, NULL)         \
  F (SM_NOTIFICATION_SENT_AT, "sent_at", TIME, RECORD, 0, NULL, NULL)           \
  F (SM_NOTIFICATION_CONFIRMED_AT, "confirmed_at", TIME, RECORD, 0, NULL, NULL) \
  F (SM_NOTIFICATION_CONFIRMED_BY, "confirmed_by", TEXT, RECORD, 0, NULL, NULL)

#define SM_FIELD_ENUM_MEMBER_(ID, name, kind, klass, flags, unit, slugs) ID,
enum { SM_AREA_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_AREA_N_FIELDS };
enum { SM_FLEET_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_FLEET_N_FIELDS };
enum { SM_STATION_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_STATION_N_FIELDS };
enum { SM_PILE_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_PILE_N_FIELDS };
enum { SM_CONNECTOR_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_CONNECTOR_N_FIELDS };
enum { SM_VEHICLE_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_VEHICLE_N_FIELDS };
enum { SM_LIMIT_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_LIMIT_N_FIELDS };
enum { SM_ALARM_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_ALARM_N_FIELDS };
enum { SM_ORGANISATION_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_ORGANISATION_N_FIELDS };
enum { SM_SERVICE_POINT_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_SERVICE_POINT_N_FIELDS };
enum { SM_ENGINEER_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_ENGINEER_N_FIELDS };
enum { SM_DRIVER_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_DRIVER_N_FIELDS };
enum { SM_BATTERY_MODEL_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_BATTERY_MODEL_N_FIELDS };
enum { SM_COMPATIBILITY_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_COMPATIBILITY_N_FIELDS };
enum { SM_BATTERY_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_BATTERY_N_FIELDS };
enum { SM_LANE_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_LANE_N_FIELDS };
enum { SM_BAY_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_BAY_N_FIELDS };
enum { SM_EQUIPMENT_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_EQUIPMENT_N_FIELDS };
enum { SM_TARIFF_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_TARIFF_N_FIELDS };
enum { SM_COMMAND_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_COMMAND_N_FIELDS };
enum { SM_WINDOW_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_WINDOW_N_FIELDS };
enum { SM_DESK_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_DESK_N_FIELDS };
enum { SM_ROSTER_ENTRY_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_ROSTER_ENTRY_N_FIELDS };
enum { SM_HANDOVER_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_HANDOVER_N_FIELDS };
enum { SM_DRILL_STEP_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_DRILL_STEP_N_FIELDS };
enum { SM_WORK_ORDER_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_WORK_ORDER_N_FIELDS };
enum { SM_PROBLEM_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_PROBLEM_N_FIELDS };
enum { SM_PART_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_PART_N_FIELDS };
enum { SM_CERTIFICATE_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_CERTIFICATE_N_FIELDS };
enum { SM_INSPECTION_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_INSPECTION_N_FIELDS };
enum { SM_INCIDENT_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_INCIDENT_N_FIELDS };
enum { SM_CONTACT_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_CONTACT_N_FIELDS };
enum { SM_COMPLAINT_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_COMPLAINT_N_FIELDS };
enum { SM_CHECKLIST_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_CHECKLIST_N_FIELDS };
enum { SM_GUIDANCE_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_GUIDANCE_N_FIELDS };
enum { SM_ORDER_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_ORDER_N_FIELDS };
enum { SM_BATTERY_MOVEMENT_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_BATTERY_MOVEMENT_N_FIELDS };
enum { SM_DRIVING_EVENT_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_DRIVING_EVENT_N_FIELDS };
enum { SM_NOTIFICATION_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_NOTIFICATION_N_FIELDS };
#undef SM_FIELD_ENUM_MEMBER_

/* Known slugs of the enumerations; index and enum member agree. */
extern const char *const sm_area_kinds[];
extern const char *const sm_station_kinds[];
extern const char *const sm_station_states[];
extern const char *const sm_usage_states[];
extern const char *const sm_currents[];
extern const char *const sm_connector_statuses[];
extern const char *const sm_connections[];
extern const char *const sm_motions[];
extern const char *const sm_energies[];
extern const char *const sm_directions[];
extern const char *const sm_alarm_states[];
extern const char *const sm_organisation_kinds[];
extern const char *const sm_organisation_states[];
extern const char *const sm_duties[];
extern const char *const sm_verifications[];
extern const char *const sm_driver_states[];
extern const char *const sm_payment_modes[];
extern const char *const sm_lane_states[];
extern const char *const sm_swap_steps[];
extern const char *const sm_bay_states[];
extern const char *const sm_battery_places[];
extern const char *const sm_fitnesses[];
extern const char *const sm_soh_methods[];
extern const char *const sm_equipment_kinds[];
extern const char *const sm_equipment_states[];
extern const char *const sm_services[];
extern const char *const sm_queue_states[];
extern const char *const sm_reaches[];
extern const char *const sm_order_kinds[];
extern const char *const sm_order_processes[];
extern const char *const sm_order_payments[];
extern const char *const sm_energy_bases[];
extern const char *const sm_movement_reasons[];
extern const char *const sm_driving_event_kinds[];
extern const char *const sm_tariff_models[];
extern const char *const sm_command_kinds[];
extern const char *const sm_drill_deeds[];
extern const char *const sm_drill_verdicts[];
extern const char *const sm_command_states[];
extern const char *const sm_command_outcomes[];
extern const char *const sm_availabilities[];
extern const char *const sm_window_scopes[];
extern const char *const sm_window_risks[];
extern const char *const sm_window_suppressions[];
extern const char *const sm_window_states[];
extern const char *const sm_answers_as[];
extern const char *const sm_handover_states[];
extern const char *const sm_work_order_kinds[];
extern const char *const sm_work_order_sources[];
extern const char *const sm_work_order_states[];
extern const char *const sm_work_order_fixes[];
extern const char *const sm_problem_states[];
extern const char *const sm_certificate_kinds[];
extern const char *const sm_inspection_templates[];
extern const char *const sm_inspection_states[];
extern const char *const sm_inspection_scores[];
extern const char *const sm_inspection_parts[];
extern const char *const sm_incident_kinds[];
extern const char *const sm_incident_states[];
extern const char *const sm_contact_languages[];
extern const char *const sm_complaint_states[];
extern const char *const sm_guidance_states[];
extern const char *const sm_guidance_answers_by[];
extern const char *const sm_guidance_calls[];
extern const char *const sm_guidance_lapses[];
extern const char *const sm_tell_channels[];
extern const char *const sm_tell_reasons[];
extern const char *const sm_tell_states[];
extern const char *const sm_tell_problems[];

/* An enumeration value that is unknown (null) or that we do not know. */
#define SM_ENUM_UNKNOWN 255

const SmNoun *sm_noun_get        (SmNounId      id);
const SmNoun *sm_noun_by_name    (const char   *name);
const SmNoun *sm_noun_by_plural  (const char   *plural);
const char   *sm_noun_read_permission (const SmNoun *noun);
int           sm_noun_find_field (const SmNoun *noun,
                                  const char   *name,
                                  gsize         length);
guint         sm_slug_index      (const char *const *slugs,
                                  const char        *slug);

typedef enum
{
  SM_DRILL_OPEN,    /* there is time left, or nothing to be seen yet */
  SM_DRILL_IN_TIME,
  SM_DRILL_LATE,    /* all was done, and something too late */
  SM_DRILL_MISSED,  /* the time for something is up, and it is not done */
} SmDrillVerdict;

/* What may be expected of who is drilled; for each, drill_step has within how many
 * seconds and, in the next field, when it was. */
typedef enum
{
  SM_DRILL_NOTICED,
  SM_DRILL_ACKNOWLEDGED,
  SM_DRILL_STEPS,
  SM_DRILL_COMMAND,
  SM_DRILL_HANDED_OVER,
  SM_DRILL_N_REACTIONS
} SmDrillReaction;

#define SM_DRILL_STEP_WITHIN_S(reaction) (SM_DRILL_STEP_NOTICED_WITHIN_S + 2 * (guint) (reaction))
#define SM_DRILL_STEP_DONE_AT(reaction) (SM_DRILL_STEP_NOTICED_AT + 2 * (guint) (reaction))

G_END_DECLS
