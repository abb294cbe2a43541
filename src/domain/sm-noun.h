/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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
  SM_N_NOUNS
} SmNounId;

typedef struct
{
  SmNounId id;
  const char *name;   /* "station": the kind in a feed, the table's name */
  const char *plural; /* "stations": the collection's path */
  const SmField *fields;
  guint n_fields;
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
  F (SM_FLEET_NAME, "name", NAME, RECORD, SM_FIELD_REQUIRED, NULL, NULL)

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
  F (SM_STATION_CONNECTION, "connection", ENUM, LIVE, 0, NULL, sm_connections)  \
  F (SM_STATION_POWER_KW, "power_kw", REAL, LIVE, 0, "kW", NULL)                \
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
  F (SM_PILE_CONNECTION, "connection", ENUM, LIVE, 0, NULL, sm_connections)     \
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
  F (SM_CONNECTOR_REPORTED_AT, "reported_at", TIME, LIVE, 0, NULL, NULL)

#define SM_VEHICLE_FIELDS(F)                                                    \
  SM_COMMON_FIELDS (F, SM_VEHICLE)                                              \
  F (SM_VEHICLE_PLATE, "plate", TEXT, RECORD, SM_FIELD_REQUIRED | SM_FIELD_UNIQUE, NULL, NULL) \
  F (SM_VEHICLE_VIN, "vin", TEXT, RECORD, 0, NULL, NULL)                        \
  F (SM_VEHICLE_MODEL, "model", TEXT, RECORD, 0, NULL, NULL)                    \
  F (SM_VEHICLE_REPORT_PERIOD_S, "report_period_s", REAL, RECORD, SM_FIELD_REQUIRED, "s", NULL) \
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
  F (SM_ALARM_NOTE, "note", TEXT, RECORD, 0, NULL, NULL)

#define SM_FIELD_ENUM_MEMBER_(ID, name, kind, klass, flags, unit, slugs) ID,
enum { SM_AREA_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_AREA_N_FIELDS };
enum { SM_FLEET_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_FLEET_N_FIELDS };
enum { SM_STATION_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_STATION_N_FIELDS };
enum { SM_PILE_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_PILE_N_FIELDS };
enum { SM_CONNECTOR_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_CONNECTOR_N_FIELDS };
enum { SM_VEHICLE_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_VEHICLE_N_FIELDS };
enum { SM_LIMIT_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_LIMIT_N_FIELDS };
enum { SM_ALARM_FIELDS (SM_FIELD_ENUM_MEMBER_) SM_ALARM_N_FIELDS };
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

typedef enum
{
  SM_CONNECTION_ONLINE,
  SM_CONNECTION_ASLEEP,
  SM_CONNECTION_LATE,
  SM_CONNECTION_SILENT,
  SM_CONNECTION_UNKNOWN_DANGER,
  SM_CONNECTION_UNREGISTERED,
} SmConnectionState;

typedef enum
{
  SM_MOTION_DRIVING,
  SM_MOTION_PARKED,
} SmMotion;

typedef enum
{
  SM_ENERGY_IDLE,
  SM_ENERGY_CHARGING,
  SM_ENERGY_SWAPPING,
} SmEnergy;

/* An enumeration value that is unknown (null) or that we do not know. */
#define SM_ENUM_UNKNOWN 255

const SmNoun *sm_noun_get        (SmNounId      id);
const SmNoun *sm_noun_by_name    (const char   *name);
const SmNoun *sm_noun_by_plural  (const char   *plural);
int           sm_noun_find_field (const SmNoun *noun,
                                  const char   *name,
                                  gsize         length);
guint         sm_slug_index      (const char *const *slugs,
                                  const char        *slug);

G_END_DECLS
