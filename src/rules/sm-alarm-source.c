/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarms-private.h"

#include "sm-fault-code.h"
#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"

/* Where an alarm comes from, and what was going on there when it was raised. */

/* A pile's plugs are told apart by their numbers alone. */
static char *
label_of_connector (SmRules     *rules,
                    const SmRow *connector)
{
  g_autoptr (SmRow) pile = NULL;

  sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_PILE),
                   sm_row_get_int (connector, SM_CONNECTOR_PILE_ID), &pile, NULL);
  return pile == NULL ? NULL
                      : g_strdup_printf ("%s-%" G_GINT64_FORMAT, sm_row_get_text (pile, SM_PILE_SN),
                                         sm_row_get_int (connector, SM_CONNECTOR_NUMBER));
}

static char *
label_of (SmRules     *rules,
          const SmRow *source)
{
  switch (sm_row_get_noun (source)->id)
    {
    case SM_NOUN_VEHICLE:
      return g_strdup (sm_row_get_text (source, SM_VEHICLE_PLATE));
    case SM_NOUN_STATION:
      return g_strdup (sm_row_get_text (source, SM_STATION_SN));
    case SM_NOUN_PILE:
      return g_strdup (sm_row_get_text (source, SM_PILE_SN));
    case SM_NOUN_CONNECTOR:
      return label_of_connector (rules, source);
    case SM_NOUN_BATTERY:
      return g_strdup (sm_row_get_text (source, SM_BATTERY_SN));
    case SM_NOUN_EQUIPMENT:
      return g_strdup (sm_row_get_text (source, SM_EQUIPMENT_SN));
    case SM_NOUN_LANE:
      return g_strdup_printf ("%" G_GINT64_FORMAT, sm_row_get_int (source, SM_LANE_NUMBER));
    case SM_NOUN_ORGANISATION:
      return g_strdup (sm_row_get_text (source, SM_ORGANISATION_NAME));
    case SM_NOUN_MAINTENANCE_WINDOW:
      return g_strdup (sm_row_get_text (source, SM_WINDOW_SCOPE_LABEL));
    case SM_NOUN_BAY:
      return g_strdup_printf ("%" G_GINT64_FORMAT, sm_row_get_int (source, SM_BAY_NUMBER));
    default:
      return NULL;
    }
}

static gint64
station_of (const SmRow *source)
{
  const SmNoun *noun = sm_row_get_noun (source);
  int field = sm_noun_find_field (noun, "station_id", strlen ("station_id"));

  if (noun->id == SM_NOUN_STATION)
    return sm_row_get_id (source);
  return field >= 0 && noun->fields[field].klass == SM_RECORD
             ? sm_row_get_int (source, (guint) field)
             : SM_UNKNOWN;
}

static const char *
situation_of (const SmLiveVehicle *vehicle)
{
  if (vehicle->energy == SM_ENERGY_CHARGING)
    return "charging";
  if (vehicle->energy == SM_ENERGY_SWAPPING)
    return "swapping";
  if (vehicle->motion == SM_MOTION_DRIVING)
    return vehicle->speed_kmh < 1 ? "standing" : "driving";
  return vehicle->motion == SM_MOTION_PARKED ? "parked" : NULL;
}

static void
describe_vehicle (SmRules *rules,
                  gint64   vehicle_id,
                  SmRow   *alarm)
{
  int slot = sm_live_find_id (rules->live, vehicle_id);
  const SmLiveVehicle *vehicle = slot >= 0 ? sm_live_get_vehicle (rules->live, (guint) slot) : NULL;

  sm_row_set_int (alarm, SM_ALARM_VEHICLE_ID, vehicle_id);
  if (vehicle == NULL)
    return;
  sm_row_set_text (alarm, SM_ALARM_SITUATION, situation_of (vehicle));
  if (sm_row_is_null (alarm, SM_ALARM_BATTERY_ID))
    sm_row_set_int (alarm, SM_ALARM_BATTERY_ID, vehicle->battery_id);
}

/* A pack is where it was last seen. */
static void
describe_battery (SmRules *rules,
                  gint64   battery_id,
                  SmRow   *alarm)
{
  const SmLiveRow *live = sm_live_find_row (rules->live, sm_noun_get (SM_NOUN_BATTERY), battery_id);
  guint place = live != NULL ? sm_row_get_enum (live->row, SM_BATTERY_PLACE) : SM_ENUM_UNKNOWN;

  sm_row_set_int (alarm, SM_ALARM_BATTERY_ID, battery_id);
  if (place == SM_PLACE_VEHICLE)
    describe_vehicle (rules, sm_row_get_int (live->row, SM_BATTERY_PLACE_ID), alarm);
  else if (place == SM_PLACE_BAY)
    {
      sm_row_set_int (alarm, SM_ALARM_STATION_ID, sm_row_get_int (live->row, SM_BATTERY_STATION_ID));
      sm_row_set_text (alarm, SM_ALARM_SITUATION, "charging");
    }
}

/** sm_alarm_describe: What the alarm's source is, what goes on there, and how bad that is. */
void
sm_alarm_describe (SmRules            *rules,
                   const SmLimitEvent *event,
                   const SmRow        *source,
                   SmRow              *alarm)
{
  const SmFaultCode *code = sm_fault_code_find (event->code);

  sm_row_take_text (alarm, SM_ALARM_SOURCE_LABEL, label_of (rules, source));
  sm_row_set_int (alarm, SM_ALARM_STATION_ID, station_of (source));
  if (event->noun->id == SM_NOUN_VEHICLE)
    describe_vehicle (rules, event->id, alarm);
  else if (event->noun->id == SM_NOUN_BATTERY)
    describe_battery (rules, event->id, alarm);
  if (event->noun->id == SM_NOUN_EQUIPMENT)
    sm_row_set_int (alarm, SM_ALARM_EQUIPMENT_ID, event->id);
  else if (event->equipment_id > 0)
    sm_row_set_int (alarm, SM_ALARM_EQUIPMENT_ID, event->equipment_id);
  sm_row_set_text (alarm, SM_ALARM_SENDER_CODE, event->sender_code);
  sm_row_set_text (alarm, SM_ALARM_SENDER_TEXT, event->sender_text);
  sm_row_set_real (alarm, SM_ALARM_RISK,
                   sm_fault_code_risk (event->level, code != NULL ? code->weight : 3,
                                       sm_row_get_text (alarm, SM_ALARM_SITUATION)));
}

static void
take_source (SmRules     *rules,
             SmRow       *alarm,
             const SmRow *source)
{
  const SmNoun *noun = sm_row_get_noun (source);
  gint64 id = sm_row_get_id (source);

  for (guint i = SM_ROW_OPERATOR_ID; i <= SM_ROW_FLEET_ID; i++)
    sm_row_set_int (alarm, i, sm_row_get_int (source, i));
  sm_row_take_text (alarm, SM_ALARM_SOURCE_LABEL, label_of (rules, source));
  sm_row_set_int (alarm, SM_ALARM_STATION_ID, station_of (source));
  if (noun->id == SM_NOUN_VEHICLE)
    sm_row_set_int (alarm, SM_ALARM_VEHICLE_ID, id);
  else if (noun->id == SM_NOUN_BATTERY)
    sm_row_set_int (alarm, SM_ALARM_BATTERY_ID, id);
  else if (noun->id == SM_NOUN_EQUIPMENT)
    sm_row_set_int (alarm, SM_ALARM_EQUIPMENT_ID, id);
}

/** sm_alarm_describe_past: What an alarm's source is; what went on there then, nobody knows. */
gboolean
sm_alarm_describe_past (SmRules  *rules,
                        SmRow    *alarm,
                        GError  **error)
{
  const SmNoun *noun = sm_noun_by_name (sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN));
  const char *text = sm_row_get_text (alarm, SM_ALARM_CODE);
  const SmFaultCode *code = text != NULL ? sm_fault_code_find (text) : NULL;
  g_autoptr (SmRow) source = NULL;

  if (sm_row_is_null (alarm, SM_ALARM_OCCURRENCE))
    sm_row_set_int (alarm, SM_ALARM_OCCURRENCE, 1);
  if (noun == NULL || noun->is_history)
    {
      sm_set_error (error, SM_ERROR_INVALID, "invalid", "An alarm of nothing");
      return FALSE;
    }
  if (!sm_service_find (sm_rules_get_connection (rules), noun,
                        sm_row_get_int (alarm, SM_ALARM_SOURCE_ID), &source, error))
    return FALSE;
  if (source != NULL)
    take_source (rules, alarm, source);
  sm_row_set_real (alarm, SM_ALARM_RISK,
                   sm_fault_code_risk ((int) sm_row_get_int (alarm, SM_ALARM_LEVEL),
                                       code != NULL ? code->weight : 3,
                                       sm_row_get_text (alarm, SM_ALARM_SITUATION)));
  return TRUE;
}
