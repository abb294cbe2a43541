/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-ingest-private.h"

#include "sm-alarms-private.h"
#include "sm-error.h"
#include "sm-quarters.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-silence-private.h"

#include <math.h>

void
sm_ingest_result_clear (SmIngestResult *self)
{
  g_clear_pointer (&self->rejected, g_array_unref);
}

/** sm_ingest_reject: Notes that the report at @index was not taken. */
void
sm_ingest_reject (SmIngestResult *result,
                  guint           index,
                  const char     *slug)
{
  SmReportRejection rejection = { index, slug };

  if (result->rejected == NULL)
    result->rejected = g_array_new (FALSE, FALSE, sizeof (SmReportRejection));
  g_array_append_val (result->rejected, rejection);
}

static int
find_vehicle (SmLive                *live,
              const SmActor         *actor,
              const SmVehicleReport *report)
{
  int slot = report->vehicle_id != 0 ? sm_live_find_id (live, report->vehicle_id)
                                     : sm_live_find_vin (live, report->vin);
  const SmLiveVehicle *vehicle = slot >= 0 ? sm_live_get_vehicle (live, (guint) slot) : NULL;

  /* A gateway learns nothing of vehicles that are not its own. */
  if (vehicle != NULL
      && !sm_scope_has (actor->scope, vehicle->operator_id, vehicle->area_id, vehicle->fleet_id))
    return -1;
  return slot;
}

static void
take_values (SmRules               *rules,
             SmLiveVehicle         *vehicle,
             const SmVehicleReport *report)
{
  SmVehicleReport named = *report;
  gint64 battery_before = vehicle->battery_id;

  if (named.battery_id <= 0 && named.battery_sn != NULL)
    named.battery_id = sm_plant_find_battery (rules->plant, named.battery_sn);
  sm_live_vehicle_take (vehicle, &named);
  sm_packs_note_vehicle (rules, vehicle, battery_before, &named);
  sm_pack_watch_note_vehicle (rules, vehicle, &named);
}

/* What comes late changes no state, but it happened. */
static void
note_late (SmRules               *rules,
           const SmLiveVehicle   *vehicle,
           const SmVehicleReport *report)
{
  SmLiveVehicle then;

  sm_live_vehicle_init (&then, vehicle->id);
  sm_live_vehicle_take (&then, report);
  sm_telemetry_note_vehicle (rules, &then, report->at_us, TRUE);
}

static void
take_report (SmRules               *rules,
             const SmActor         *actor,
             const SmVehicleReport *report,
             guint                  index,
             gint64                 now,
             SmIngestResult        *result)
{
  int slot = find_vehicle (rules->live, actor, report);
  SmLiveVehicle *vehicle;

  if (slot < 0)
    {
      sm_ingest_reject (result, index, "unknown-vehicle");
      return;
    }
  vehicle = sm_live_get_vehicle (rules->live, (guint) slot);
  vehicle->heard_at = now;
  if (report->at_us == vehicle->device_at)
    {
      result->repeated++;
      return;
    }
  if (vehicle->reported_at != SM_UNKNOWN && report->at_us < vehicle->reported_at)
    {
      note_late (rules, vehicle, report);
      result->late++;
      return;
    }
  sm_silence_note_return (rules, vehicle, now);
  vehicle->device_at = report->at_us;
  vehicle->reported_at = report->at_us;
  if (report->at_us > now + SM_INGEST_AHEAD)
    {
      vehicle->reported_at = now;
      result->ahead++;
    }
  take_values (rules, vehicle, report);
  vehicle->connection = vehicle->logged_out ? SM_CONNECTION_ASLEEP : SM_CONNECTION_ONLINE;
  sm_silence_end (rules, vehicle, now);
  sm_telemetry_note_vehicle (rules, vehicle, vehicle->reported_at, FALSE);
  sm_live_touch (rules->live, vehicle);
  sm_limits_evaluate (rules->limits, sm_noun_get (SM_NOUN_VEHICLE), (guint) slot, vehicle->id,
                      sm_live_vehicle_value, vehicle, now);
  result->accepted++;
}

/**
 * sm_ingest_write_alarms:
 *
 * What was found is kept until it is written: a full disk loses no alarm, and
 * does not make a report wrong.
 */
void
sm_ingest_write_alarms (SmRules *rules)
{
  g_autoptr (GError) error = NULL;

  if (!sm_alarms_write_queue (rules, &error))
    g_info ("Alarms wait to be written: %s", error->message);
}

/**
 * sm_ingest_vehicles:
 *
 * Takes in what vehicles say.  The same report again changes nothing, nor does
 * one that is older than what is known; one that is more than five minutes
 * ahead is stamped with our time.  Values that no device can mean are unknown.
 *
 * Returns: FALSE when @actor may not report at all
 */
gboolean
sm_ingest_vehicles (SmRules                *rules,
                    SmActor                *actor,
                    const SmVehicleReport  *reports,
                    guint                   n_reports,
                    SmIngestResult         *out_result,
                    GError                **error)
{
  gint64 now = sm_rules_now (rules);

  *out_result = (SmIngestResult){ 0 };
  if (!sm_actor_require (actor, "vehicle.ingest", error))
    return FALSE;
  sm_live_lock (rules->live);
  for (guint i = 0; i < n_reports; i++)
    take_report (rules, actor, &reports[i], i, now, out_result);
  sm_live_unlock (rules->live);
  sm_rules_note_heard (rules);
  sm_ingest_write_alarms (rules);
  return TRUE;
}

/* --- the live fields of other nouns --- */

static double
row_value (gconstpointer thing,
           guint         field)
{
  return sm_row_get_real (thing, field);
}

/* Asked for each row that comes: looked up by its name once. */
static int
reported_at_field (const SmRow *row)
{
  static gsize fields[SM_N_NOUNS]; /* and two, for 0 is what is not known yet */
  const SmNoun *noun = sm_row_get_noun (row);
  gsize *field = &fields[noun->id];

  if (g_once_init_enter (field))
    g_once_init_leave (field, (gsize) (sm_noun_find_field (noun, "reported_at",
                                                           strlen ("reported_at")) + 2));
  return (int) *field - 2;
}

static gint64
reported_at (const SmRow *row)
{
  int field = reported_at_field (row);

  return field >= 0 ? sm_row_get_int (row, (guint) field) : SM_UNKNOWN;
}

/* Whether @sent says something that is not known yet. */
static gboolean
is_news (const SmLiveRow *live,
         const SmRow     *sent,
         gint64           now,
         SmIngestResult  *result)
{
  gint64 said_at = reported_at (sent), known_at = reported_at (live->row);

  if (said_at == SM_UNKNOWN)
    return TRUE;
  if (said_at == live->device_at || said_at == known_at)
    result->repeated++;
  else if (sm_ingest_time (said_at, now) < known_at)
    result->late++;
  else
    return TRUE;
  return FALSE;
}

/* Returns: (transfer full): @sent, at our time when its own is still to come */
static SmRow *
stamp (const SmRow    *sent,
       gint64          now,
       SmIngestResult *result)
{
  SmRow *row = sm_row_copy (sent);
  gint64 said_at = reported_at (sent);

  if (said_at == SM_UNKNOWN || sm_ingest_time (said_at, now) == said_at)
    return row;
  sm_row_set_int (row, (guint) reported_at_field (row), now);
  result->ahead++;
  return row;
}

static void
take_row (SmRules         *rules,
          const SmActor   *actor,
          SmRow           *sent,
          const SmRow     *record,
          guint            index,
          gint64           now,
          SmIngestResult  *result)
{
  const SmNoun *noun = sm_row_get_noun (sent);
  SmLiveRow *live = sm_live_find_row (rules->live, noun, sm_row_get_id (sent));
  g_autoptr (SmRow) row = NULL;

  if (live == NULL && record == NULL)
    {
      sm_ingest_reject (result, index, "unknown-object");
      return;
    }
  if (live != NULL
      && !sm_scope_has (actor->scope, live->operator_id, live->area_id, live->fleet_id))
    {
      sm_ingest_reject (result, index, "unknown-object");
      return;
    }
  if (live != NULL && !is_news (live, sent, now, result))
    return;
  row = stamp (sent, now, result);
  sm_plant_derive_row (rules, live != NULL ? live->row : NULL, row);
  sm_packs_note_row (rules, live != NULL ? live->row : NULL, row);
  sm_pack_watch_note_row (rules, row);
  live = sm_live_set_row (rules->live, record, row);
  live->device_at = reported_at (sent) != SM_UNKNOWN ? reported_at (sent) : 0;
  sm_limits_evaluate (rules->limits, noun, live->subject, sm_row_get_id (row), row_value, row, now);
  sm_silence_note_row (rules, row, now);
  sm_telemetry_note_row (rules, row);
  result->accepted++;
}

static gboolean
find_record (SmRules        *rules,
             const SmActor  *actor,
             const SmRow    *row,
             SmRow         **out_record,
             GError        **error)
{
  const SmNoun *noun = sm_row_get_noun (row);

  *out_record = NULL;
  if (sm_live_find_row (rules->live, noun, sm_row_get_id (row)) != NULL)
    return TRUE;
  if (!sm_service_find (sm_rules_get_connection (rules), noun, sm_row_get_id (row), out_record,
                        error))
    return FALSE;
  if (*out_record != NULL
      && !sm_scope_has (actor->scope, sm_row_get_int (*out_record, SM_ROW_OPERATOR_ID),
                        sm_row_get_int (*out_record, SM_ROW_AREA_ID),
                        sm_row_get_int (*out_record, SM_ROW_FLEET_ID)))
    g_clear_pointer (out_record, sm_row_unref);
  return TRUE;
}

static void
note_meter (SmRules     *rules,
            const SmRow *row)
{
  if (sm_row_get_noun (row)->id == SM_NOUN_STATION && !sm_row_is_null (row, SM_STATION_METER_WH))
    sm_quarters_note (rules, sm_row_get_id (row),
                      sm_ingest_time (sm_row_get_int (row, SM_STATION_REPORTED_AT),
                                      sm_rules_now (rules)),
                      sm_row_get_int (row, SM_STATION_METER_WH));
}

/**
 * sm_ingest_live:
 * @rows: of stations, piles or connectors, with their id and all their live
 *   fields; unchanged from now on
 *
 * Takes in what stations say, by the same rules as sm_ingest_vehicles().
 */
gboolean
sm_ingest_live (SmRules         *rules,
                SmActor         *actor,
                GPtrArray       *rows,
                SmIngestResult  *out_result,
                GError         **error)
{
  gint64 now = sm_rules_now (rules);
  guint n_accepted;

  *out_result = (SmIngestResult){ 0 };
  if (!sm_actor_require (actor, "station.ingest", error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (SmRow) record = NULL;

      g_return_val_if_fail (sm_row_get_noun (rows->pdata[i])->id != SM_NOUN_VEHICLE, FALSE);
      if (!find_record (rules, actor, rows->pdata[i], &record, error))
        return FALSE;
      n_accepted = out_result->accepted;
      sm_live_lock (rules->live);
      take_row (rules, actor, rows->pdata[i], record, i, now, out_result);
      sm_live_unlock (rules->live);
      if (out_result->accepted > n_accepted)
        note_meter (rules, rows->pdata[i]);
    }
  sm_live_lock (rules->live);
  sm_plant_foresee_ready (rules);
  sm_live_unlock (rules->live);
  sm_rules_note_heard (rules);
  sm_ingest_write_alarms (rules);
  return TRUE;
}
