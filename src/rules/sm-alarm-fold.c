/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-life-private.h"

#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-verb-private.h"

#include <string.h>

/*
 * One cause, one row: whoever is silent because what carries him is, is a part of that
 * alarm; and when one thing reports very many faults at once, all of them are parts of
 * the one that came first.  Parts go on beneath their parent, and show again when it is
 * over.  Alarms of safety are parts of nothing, and neither is who may be in danger.
 */

/* So many of one thing within a minute have one cause. */
#define STORM 5
#define STORM_SPAN SM_MINUTE

static gboolean
is_code (const SmRow *alarm,
         const char  *code)
{
  return g_strcmp0 (sm_row_get_text (alarm, SM_ALARM_CODE), code) == 0;
}

static gboolean
is_active (const SmRow *alarm)
{
  guint state = sm_row_get_enum (alarm, SM_ALARM_STATE);

  return state == SM_ALARM_UNACKED || state == SM_ALARM_ACKED;
}

static gboolean
is_silence (const SmRow *alarm)
{
  return is_code (alarm, "vehicle-silent") || is_code (alarm, "station-silent")
         || is_code (alarm, "pile-silent");
}

static gboolean
is_carrier (const SmRow *alarm)
{
  return is_code (alarm, "network-silent") || is_code (alarm, SM_AREA_SILENT)
         || is_code (alarm, SM_CARRIER_SILENT) || is_code (alarm, SM_GATEWAY_SILENT)
         || is_code (alarm, "station-silent") || is_code (alarm, "station-unknown-danger");
}

/* By whom the vehicle of an alarm is heard.  Returns: SM_UNKNOWN: nobody said */
static gint64
heard_by (SmRules     *rules,
          const SmRow *alarm,
          const char  *code)
{
  int slot = is_code (alarm, "vehicle-silent")
                 ? sm_live_find_id (rules->live, sm_row_get_int (alarm, SM_ALARM_SOURCE_ID)) : -1;
  const SmLiveVehicle *vehicle
      = slot >= 0 ? sm_live_get_vehicle (rules->live, (guint) slot) : NULL;

  if (vehicle == NULL)
    return SM_UNKNOWN;
  return g_str_equal (code, SM_CARRIER_SILENT) ? vehicle->carrier_id : vehicle->gateway_id;
}

/* Whether @child is silent because @parent is. */
static gboolean
is_carried (SmRules     *rules,
            const SmRow *child,
            const SmRow *parent)
{
  if (!is_silence (child) || !is_active (parent) || sm_row_get_id (child) == sm_row_get_id (parent))
    return FALSE;
  if (is_code (parent, "network-silent"))
    return TRUE;
  if (is_code (parent, SM_AREA_SILENT))
    return sm_row_get_int (child, SM_ROW_AREA_ID) == sm_row_get_int (parent, SM_ALARM_SOURCE_ID);
  if (is_code (parent, SM_CARRIER_SILENT) || is_code (parent, SM_GATEWAY_SILENT))
    return heard_by (rules, child, sm_row_get_text (parent, SM_ALARM_CODE))
           == sm_row_get_int (parent, SM_ALARM_SOURCE_ID);
  return is_carrier (parent) && is_code (child, "pile-silent")
         && sm_row_get_int (child, SM_ALARM_STATION_ID)
                == sm_row_get_int (parent, SM_ALARM_SOURCE_ID);
}

static gboolean
fold_into (SmRules      *rules,
           SmRow        *alarm,
           const SmRow  *parent,
           GError      **error)
{
  g_autoptr (SmRow) before = sm_row_copy (alarm);

  /* A part of a part would be nowhere to be seen. */
  if (!sm_row_is_null (alarm, SM_ALARM_PARENT_ID) || !sm_row_is_null (parent, SM_ALARM_PARENT_ID)
      || !sm_alarm_happens (alarm, SM_ALARM_EVENT_FOLD, sm_rules_now (rules), NULL))
    return TRUE;
  sm_row_set_int (alarm, SM_ALARM_PARENT_ID, sm_row_get_id (parent));
  return sm_alarm_write (rules, alarm, before, SM_ALARM_EVENT_FOLD, NULL,
                         sm_row_get_text (parent, SM_ALARM_CODE), error);
}

static gboolean
mark_first (SmRules  *rules,
            SmRow    *alarm,
            GError  **error)
{
  g_autoptr (SmRow) before = sm_row_copy (alarm);

  if (sm_row_get_int (alarm, SM_ALARM_IS_FIRST_OUT) == 1)
    return TRUE;
  sm_row_set_int (alarm, SM_ALARM_IS_FIRST_OUT, 1);
  return sm_verb_put (rules, alarm, before, error);
}

/* --- what carries many --- */

static int
compare_raised (gconstpointer a,
                gconstpointer b)
{
  const SmRow *p = *(SmRow *const *) a, *q = *(SmRow *const *) b;
  gint64 x = sm_row_get_int (p, SM_ALARM_RAISED_AT), y = sm_row_get_int (q, SM_ALARM_RAISED_AT);

  return x != y ? (x > y) - (x < y)
                : (sm_row_get_id (p) > sm_row_get_id (q)) - (sm_row_get_id (p) < sm_row_get_id (q));
}

/* A carrier falls silent: those who fell silent before it are parts of it, the first of
 * them with its mark. */
static gboolean
gather (SmRules      *rules,
        const SmRow  *parent,
        GError      **error)
{
  g_autoptr (GPtrArray) open = sm_service_list_open_alarms (sm_rules_get_connection (rules), error);
  gboolean is_first = TRUE;

  if (open == NULL)
    return FALSE;
  g_ptr_array_sort (open, compare_raised);
  for (guint i = 0; i < open->len; i++)
    {
      if (!is_carried (rules, open->pdata[i], parent))
        continue;
      if (!fold_into (rules, open->pdata[i], parent, error)
          || (is_first && !mark_first (rules, open->pdata[i], error)))
        return FALSE;
      is_first = FALSE;
    }
  return TRUE;
}

static gboolean
find_carrier (SmRules      *rules,
              const SmRow  *alarm,
              SmRow       **out_parent,
              GError      **error)
{
  SmConnection *connection = sm_rules_get_connection (rules);
  gint64 station_id = sm_row_get_int (alarm, SM_ALARM_STATION_ID);
  gint64 area_id = sm_row_get_int (alarm, SM_ROW_AREA_ID);
  static const char *const of_station[] = { "station-silent", "station-unknown-danger" };
  const struct { SmSilentAreas *silent; const char *code; } paths[] = {
    { rules->silent_carriers, SM_CARRIER_SILENT }, { rules->silent_gateways, SM_GATEWAY_SILENT },
  };

  *out_parent = NULL;
  for (gsize i = 0; is_code (alarm, "pile-silent") && i < G_N_ELEMENTS (of_station); i++)
    {
      g_clear_pointer (out_parent, sm_row_unref);
      if (!sm_service_find_open_alarm (connection, "station", station_id, of_station[i], out_parent,
                                       error))
        return FALSE;
      if (*out_parent != NULL && is_carried (rules, alarm, *out_parent))
        return TRUE;
    }
  g_clear_pointer (out_parent, sm_row_unref);
  if (is_silence (alarm) && rules->silent_area_id != 0)
    return sm_service_find_open_alarm (connection, "area", rules->silent_area_id,
                                       "network-silent", out_parent, error);
  for (gsize i = 0; is_silence (alarm) && i < G_N_ELEMENTS (paths); i++)
    {
      gint64 id = heard_by (rules, alarm, paths[i].code);

      if (sm_silent_areas_has (paths[i].silent, id))
        return sm_service_find_open_alarm (connection, "organisation", id, paths[i].code, out_parent,
                                           error);
    }
  return !is_silence (alarm) || !sm_silent_areas_has (rules->silent_areas, area_id)
         || sm_service_find_open_alarm (connection, "area", area_id, SM_AREA_SILENT, out_parent,
                                        error);
}

/* --- storms --- */

static gboolean
is_recent (const SmRow *alarm,
           const SmRow *other)
{
  gint64 apart = sm_row_get_int (alarm, SM_ALARM_RAISED_AT)
                 - sm_row_get_int (other, SM_ALARM_RAISED_AT);

  return ABS (apart) <= STORM_SPAN;
}

/* The one that a storm is a part of already, else the first of it. */
static SmRow *
find_first_out (GPtrArray *recent)
{
  for (guint i = 0; i < recent->len; i++)
    if (sm_row_get_int (recent->pdata[i], SM_ALARM_IS_FIRST_OUT) == 1
        && sm_row_is_null (recent->pdata[i], SM_ALARM_PARENT_ID))
      return recent->pdata[i];
  for (guint i = 0; i < recent->len; i++)
    if (sm_row_is_null (recent->pdata[i], SM_ALARM_PARENT_ID))
      return recent->pdata[i];
  return NULL;
}

/* @alarm, written already, is among them. */
static gboolean
fold_storm (SmRules      *rules,
            const SmRow  *alarm,
            GError      **error)
{
  g_autoptr (GPtrArray) open = sm_service_list_open_of_source (sm_rules_get_connection (rules),
                                                               alarm, error);
  SmRow *first;

  if (open == NULL)
    return FALSE;
  for (guint i = open->len; i-- > 0;)
    if (!is_recent (open->pdata[i], alarm)
        && sm_row_get_int (open->pdata[i], SM_ALARM_IS_FIRST_OUT) != 1)
      g_ptr_array_remove_index (open, i);
  if (open->len < STORM)
    return TRUE;
  g_ptr_array_sort (open, compare_raised);
  first = find_first_out (open);
  if (first == NULL || !mark_first (rules, first, error))
    return first == NULL;
  for (guint i = 0; i < open->len; i++)
    if (open->pdata[i] != first && !fold_into (rules, open->pdata[i], first, error))
      return FALSE;
  return TRUE;
}

/** sm_alarm_fold: An alarm was raised, and written: what it is a part of, and what of it. */
gboolean
sm_alarm_fold (SmRules  *rules,
               SmRow    *alarm,
               GError  **error)
{
  g_autoptr (SmRow) parent = NULL;

  if (is_carrier (alarm) && !gather (rules, alarm, error))
    return FALSE;
  if (!find_carrier (rules, alarm, &parent, error))
    return FALSE;
  if (parent != NULL && is_carried (rules, alarm, parent))
    return fold_into (rules, alarm, parent, error);
  return fold_storm (rules, alarm, error);
}

/* A part that is worse than what stood for it has to be seen itself. */
static gboolean
is_seen_by_parent (const SmRow *part,
                   const SmRow *parent)
{
  guint state = sm_row_get_enum (part, SM_ALARM_STATE);

  return (state == SM_ALARM_UNACKED || state == SM_ALARM_RETURNED_UNACKED)
         && !sm_alarm_is_safety (part)
         && sm_row_get_int (part, SM_ALARM_LEVEL) >= sm_row_get_int (parent, SM_ALARM_LEVEL);
}

/**
 * sm_alarm_acknowledge_parts:
 *
 * @person acknowledges @parent, and with it what it stands for: nobody presses a key for
 * each of a hundred that have one cause.
 */
gboolean
sm_alarm_acknowledge_parts (SmRules      *rules,
                            const SmRow  *parent,
                            const char   *person,
                            GError      **error)
{
  g_autoptr (GPtrArray) parts = sm_service_list_parts (sm_rules_get_connection (rules),
                                                       sm_row_get_id (parent), error);
  gint64 now = sm_rules_now (rules);

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      g_autoptr (SmRow) part = sm_row_copy (parts->pdata[i]);

      if (!is_seen_by_parent (part, parent)
          || !sm_alarm_happens (part, SM_ALARM_EVENT_ACKNOWLEDGE, now, NULL))
        continue;
      sm_row_set_int (part, SM_ALARM_ACKED_AT, now);
      sm_row_set_text (part, SM_ALARM_ACKED_BY, person);
      if (!sm_alarm_write (rules, part, parts->pdata[i], SM_ALARM_EVENT_ACKNOWLEDGE, person,
                           sm_row_get_text (parent, SM_ALARM_CODE), error))
        return FALSE;
    }
  return parts != NULL;
}

/**
 * sm_alarm_unfold_parts:
 *
 * @parent is over: what goes on beneath it shows again.  The first of a storm is a row
 * like the others, and may come and go: its parts stay until it is released for good.
 */
gboolean
sm_alarm_unfold_parts (SmRules      *rules,
                       const SmRow  *parent,
                       GError      **error)
{
  gboolean is_over = sm_row_get_enum (parent, SM_ALARM_STATE) == SM_ALARM_NORMAL;
  g_autoptr (GPtrArray) parts = NULL;

  if (!is_over && (!is_carrier (parent) || is_active (parent)))
    return TRUE;
  parts = sm_service_list_parts (sm_rules_get_connection (rules), sm_row_get_id (parent), error);
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      g_autoptr (SmRow) part = sm_row_copy (parts->pdata[i]);

      if (!sm_alarm_happens (part, SM_ALARM_EVENT_UNFOLD, sm_rules_now (rules), NULL))
        continue;
      if (!sm_alarm_write (rules, part, parts->pdata[i], SM_ALARM_EVENT_UNFOLD, NULL, NULL, error))
        return FALSE;
    }
  return parts != NULL;
}
