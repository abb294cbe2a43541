/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-drills.h"

#include "sm-books-private.h"
#include "sm-drill-table.h"
#include "sm-error.h"
#include "sm-guide-table.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-verb-private.h"

#include <math.h>

#define DEFAULT_OPERATOR 1

/*
 * How a drill goes: a row for each event of the scenario of which something is
 * expected.  By the tick its alarm is found and what was done about it is read;
 * the row is written when it says something else than before, and the feed
 * brings it to whoever looks on.
 */

/* Its keys are those of whom it is. */
static gboolean
fill_keys (SmRules  *rules,
           SmRow    *row,
           GError  **error)
{
  gint64 station_id = sm_row_get_int (row, SM_DRILL_STEP_STATION_ID);

  if (station_id != SM_UNKNOWN)
    {
      const SmBookStation *station = sm_books_find_station (rules, station_id, error);

      if (station == NULL)
        return FALSE;
      sm_row_set_int (row, SM_ROW_OPERATOR_ID, station->operator_id);
      sm_row_set_int (row, SM_ROW_AREA_ID, station->area_id);
    }
  sm_books_fill_vehicle (rules, row, sm_row_get_int (row, SM_DRILL_STEP_VEHICLE_ID));
  if (sm_row_is_null (row, SM_ROW_OPERATOR_ID))
    sm_row_set_int (row, SM_ROW_OPERATOR_ID, DEFAULT_OPERATOR);
  return TRUE;
}

static void
set_id (SmRow  *row,
        guint   field,
        gint64  id)
{
  if (id > 0)
    sm_row_set_int (row, field, id);
}

static SmRow *
make_row (SmRules            *rules,
          const SmDrillStep  *step)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_DRILL_STEP));

  sm_row_set_text (row, SM_DRILL_STEP_DRILL, rules->drill);
  sm_row_set_int (row, SM_DRILL_STEP_NUMBER, step->number);
  sm_row_set_int (row, SM_DRILL_STEP_AT, step->at_us);
  sm_row_set_text (row, SM_DRILL_STEP_DEED, step->deed);
  if (step->code != NULL)
    sm_row_set_text (row, SM_DRILL_STEP_CODE, step->code);
  set_id (row, SM_DRILL_STEP_STATION_ID, step->station_id);
  set_id (row, SM_DRILL_STEP_VEHICLE_ID, step->vehicle_id);
  set_id (row, SM_DRILL_STEP_BATTERY_ID, step->battery_id);
  sm_row_set_text (row, SM_DRILL_STEP_VERDICT, sm_drill_verdicts[SM_DRILL_OPEN]);
  for (guint i = 0; i < SM_DRILL_N_REACTIONS; i++)
    if (!isnan (step->within_s[i]))
      sm_row_set_int (row, SM_DRILL_STEP_WITHIN_S (i), (gint64) step->within_s[i]);
  return row;
}

static gboolean
put (SmRules      *rules,
     SmRow        *row,
     const SmRow  *before,
     GError      **error)
{
  if (!sm_rules_begin (rules, error))
    return FALSE;
  if (sm_verb_put (rules, row, before, error))
    return sm_rules_commit (rules, error);
  sm_rules_rollback (rules);
  return FALSE;
}

/** sm_drills_add_step: In the writer's thread: something has happened, and something is expected. */
gboolean
sm_drills_add_step (SmRules            *rules,
                    SmActor            *actor,
                    const SmDrillStep  *step,
                    GError            **error)
{
  g_autoptr (SmRow) row = NULL;

  if (!sm_actor_require (actor, "drill.play", error))
    return FALSE;
  if (rules->drill == NULL)
    {
      sm_set_error (error, SM_ERROR_INVALID, "no-drill", "No drill is played on this network");
      return FALSE;
    }
  row = make_row (rules, step);
  return fill_keys (rules, row, error) && put (rules, row, NULL, error);
}

/* --- who looked --- */

typedef struct
{
  SmActor *actor;
  gint64 alarm_id;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  sm_actor_unref (look->actor);
  g_free (look);
}

static gpointer
note_look (SmRules       *rules,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const Look *look = data;
  g_autoptr (SmRow) alarm = NULL;

  if (sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_ALARM), look->alarm_id,
                       &alarm, error)
      && alarm != NULL
      && sm_scope_has (look->actor->scope, sm_row_get_int (alarm, SM_ROW_OPERATOR_ID),
                       sm_row_get_int (alarm, SM_ROW_AREA_ID),
                       sm_row_get_int (alarm, SM_ROW_FLEET_ID)))
    sm_drill_table_look (sm_rules_get_connection (rules), look->alarm_id, sm_rules_now (rules),
                         look->actor->name, error);
  return NULL;
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      rules)
{
  g_autoptr (GError) error = NULL;

  sm_rules_run_finish (rules, result, &error);
  if (error != NULL)
    g_info ("Who looked at an alarm first is not known: %s", error->message);
}

/**
 * sm_drills_note_look:
 *
 * A person opened an alarm.  In a drill it is noted when that was first; nowhere
 * else does anybody keep who looks at what.
 */
void
sm_drills_note_look (SmRules *rules,
                     SmActor *actor,
                     gint64   alarm_id)
{
  Look *look;

  if (rules->drill == NULL || actor->kind != SM_ACTOR_PERSON)
    return;
  look = g_new (Look, 1);
  *look = (Look){ sm_actor_ref (actor), alarm_id };
  sm_rules_run_async (rules, note_look, look, look_free, NULL, NULL, noted_cb, rules);
}

/* --- how it goes --- */

static gboolean
find_alarm (SmRules  *rules,
            SmRow    *step,
            GError  **error)
{
  SmConnection *connection = sm_rules_get_connection (rules);
  g_autoptr (SmRow) alarm = NULL;
  gint64 id;

  if (!sm_row_is_null (step, SM_DRILL_STEP_ALARM_ID))
    return TRUE;
  id = sm_drill_table_find_alarm (connection, step, error);
  if (id <= 0)
    return id == 0;
  if (!sm_service_find (connection, sm_noun_get (SM_NOUN_ALARM), id, &alarm, error))
    return FALSE;
  sm_row_set_int (step, SM_DRILL_STEP_ALARM_ID, id);
  if (alarm != NULL)
    sm_row_set_int (step, SM_DRILL_STEP_RAISED_AT, sm_row_get_int (alarm, SM_ALARM_RAISED_AT));
  return TRUE;
}

static gboolean
count_steps (SmRules      *rules,
             const SmRow  *step,
             guint        *out_n,
             GError      **error)
{
  SmConnection *connection = sm_rules_get_connection (rules);
  g_autoptr (SmFaultGuide) guide = NULL;
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (GError) failed = NULL;

  *out_n = 0;
  if (!sm_service_find (connection, sm_noun_get (SM_NOUN_ALARM),
                        sm_row_get_int (step, SM_DRILL_STEP_ALARM_ID), &alarm, error))
    return FALSE;
  if (alarm != NULL)
    guide = sm_guide_table_find (connection, sm_row_get_text (alarm, SM_ALARM_CODE), &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  *out_n = guide != NULL ? guide->steps->len : 0;
  return TRUE;
}

static void
take_signs (SmRow             *step,
            const SmDrillSign *signs)
{
  for (guint i = 0; i < SM_DRILL_N_REACTIONS; i++)
    if (signs[i].at != SM_UNKNOWN && sm_row_is_null (step, SM_DRILL_STEP_DONE_AT (i)))
      sm_row_set_int (step, SM_DRILL_STEP_DONE_AT (i), signs[i].at);
  if (signs[SM_DRILL_NOTICED].person != NULL && sm_row_is_null (step, SM_DRILL_STEP_NOTICED_BY))
    sm_row_set_text (step, SM_DRILL_STEP_NOTICED_BY, signs[SM_DRILL_NOTICED].person);
  if (signs[SM_DRILL_ACKNOWLEDGED].person != NULL
      && sm_row_is_null (step, SM_DRILL_STEP_ACKNOWLEDGED_BY))
    sm_row_set_text (step, SM_DRILL_STEP_ACKNOWLEDGED_BY, signs[SM_DRILL_ACKNOWLEDGED].person);
}

/* What is expected is counted from the alarm: before that nobody can know. */
static SmDrillVerdict
judge (const SmRow *step,
       gint64       now_us)
{
  gint64 raised_us = sm_row_get_int (step, SM_DRILL_STEP_RAISED_AT);
  gboolean is_open = FALSE, is_late = FALSE;

  if (raised_us == SM_UNKNOWN)
    return SM_DRILL_OPEN;
  for (guint i = 0; i < SM_DRILL_N_REACTIONS; i++)
    {
      gint64 within_s = sm_row_get_int (step, SM_DRILL_STEP_WITHIN_S (i));
      gint64 at_us = sm_row_get_int (step, SM_DRILL_STEP_DONE_AT (i));

      if (within_s == SM_UNKNOWN)
        continue;
      if (at_us == SM_UNKNOWN && now_us > raised_us + within_s * SM_SECOND)
        return SM_DRILL_MISSED;
      is_open |= at_us == SM_UNKNOWN;
      is_late |= at_us != SM_UNKNOWN && at_us > raised_us + within_s * SM_SECOND;
    }
  return is_open ? SM_DRILL_OPEN : is_late ? SM_DRILL_LATE : SM_DRILL_IN_TIME;
}

static gboolean
look_at (SmRules  *rules,
         gint64    id,
         GError  **error)
{
  SmConnection *connection = sm_rules_get_connection (rules);
  SmDrillSign signs[SM_DRILL_N_REACTIONS];
  g_autoptr (SmRow) before = NULL;
  g_autoptr (SmRow) step = NULL;
  gboolean ok;
  guint n;

  for (guint i = 0; i < SM_DRILL_N_REACTIONS; i++)
    signs[i] = (SmDrillSign){ SM_UNKNOWN, NULL };
  if (!sm_service_find (connection, sm_noun_get (SM_NOUN_DRILL_STEP), id, &before, error)
      || before == NULL)
    return before != NULL;
  step = sm_row_copy (before);
  ok = find_alarm (rules, step, error);
  if (ok && !sm_row_is_null (step, SM_DRILL_STEP_ALARM_ID))
    {
      ok = count_steps (rules, step, &n, error)
           && sm_drill_table_read (connection, step, n, signs, error);
      take_signs (step, signs);
    }
  for (guint i = 0; i < SM_DRILL_N_REACTIONS; i++)
    sm_drill_sign_clear (&signs[i]);
  if (!ok)
    return FALSE;
  sm_row_set_text (step, SM_DRILL_STEP_VERDICT,
                   sm_drill_verdicts[judge (step, sm_rules_now (rules))]);
  return sm_row_equal (step, before) || put (rules, step, before, error);
}

/** sm_drills_tick: Every second, in the writer's thread: what was done since? */
gboolean
sm_drills_tick (SmRules  *rules,
                GError  **error)
{
  g_autoptr (GArray) undone = NULL;

  if (rules->drill == NULL)
    return TRUE;
  undone = sm_drill_table_undone (sm_rules_get_connection (rules), error);
  if (undone == NULL)
    return FALSE;
  for (guint i = 0; i < undone->len; i++)
    if (!look_at (rules, g_array_index (undone, gint64, i), error))
      return FALSE;
  return TRUE;
}
