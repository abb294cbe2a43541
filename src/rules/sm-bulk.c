/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-bulk.h"

#include "sm-alarms-private.h"
#include "sm-aside.h"
#include "sm-orders-private.h"
#include "sm-quarters-private.h"
#include "sm-record-table.h"
#include "sm-rollups-private.h"
#include "sm-rules-private.h"

/* From so many orders on, and when most are still to come, it pays to index at the end. */
#define LONG_PAST 20000

typedef gboolean (*Complete) (SmRules  *rules,
                              SmRow    *row,
                              GError  **error);

/* Seq 0: nobody follows the past.  @rollups: (nullable): of orders */
static gboolean
write_rows (SmRules    *rules,
            GPtrArray  *rows,
            Complete    complete,
            SmRollups  *rollups,
            GError    **error)
{
  SmConnection *connection = sm_rules_get_connection (rules);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      SmRow *row = rows->pdata[i];

      if (!complete (rules, row, error))
        return FALSE;
      sm_row_set_int (row, SM_ROW_SEQ, 0);
      if (!sm_record_put (connection, row, SM_RECORD, error))
        return FALSE;
      if (sm_row_is_null (row, SM_ROW_ID))
        sm_row_set_int (row, SM_ROW_ID, sm_connection_last_id (connection));
      if (rollups != NULL)
        sm_rollups_count (rollups, row, 1);
    }
  return TRUE;
}

/* Alarms are followed: each has a number of its own, like all others. */
static gboolean
write_alarms (SmRules    *rules,
              GPtrArray  *alarms,
              GError    **error)
{
  for (guint i = 0; alarms != NULL && i < alarms->len; i++)
    if (!sm_alarm_describe_past (rules, alarms->pdata[i], error)
        || !sm_history_check (alarms->pdata[i], SM_NOUN_ALARM, error)
        || !sm_service_db_put (rules->db, alarms->pdata[i], NULL, sm_rules_machine_now (rules),
                               error))
      return FALSE;
  return TRUE;
}

static gboolean
write_all (SmRules       *rules,
           const SmBulk  *bulk,
           GError       **error)
{
  g_autoptr (SmRollups) rollups = sm_rollups_new ();

  return write_rows (rules, bulk->orders, sm_orders_complete, rollups, error)
         && sm_rollups_write (rollups, rules, error)
         && write_rows (rules, bulk->movements, sm_movements_complete, NULL, error)
         && write_rows (rules, bulk->driving_events, sm_driving_events_complete, NULL, error)
         && write_alarms (rules, bulk->alarms, error)
         && sm_quarters_add (rules, bulk->quarters, error);
}

/** sm_bulk_write: Writes all of it, or nothing. */
gboolean
sm_bulk_write (SmRules       *rules,
               SmActor       *actor,
               const SmBulk  *bulk,
               GError       **error)
{
  gboolean ok;

  if (!sm_actor_require (actor, "station.import", error) || !sm_rules_begin (rules, error))
    return FALSE;
  ok = sm_history_end (rules, write_all (rules, bulk, error), error);
  sm_stats_cache_touch (rules->stats);
  rules->usual_hour = 0; /* it may be another one now */
  return ok;
}

/**
 * sm_bulk_begin:
 * @n_orders: how many will come, about
 *
 * Before a long past that is written in many parts: until sm_bulk_end() has
 * said that there is no more, history is found by time only, and the rest of it
 * by looking through all.
 */
gboolean
sm_bulk_begin (SmRules  *rules,
               SmActor  *actor,
               gint64    n_orders,
               GError  **error)
{
  SmConnection *connection = sm_rules_get_connection (rules);
  gint64 there = sm_record_last_id (connection, sm_noun_get (SM_NOUN_ORDER), error);

  if (there < 0 || !sm_actor_require (actor, "station.import", error))
    return FALSE;
  if (n_orders < LONG_PAST || n_orders < there)
    return TRUE;
  return sm_rules_begin (rules, error)
         && sm_history_end (rules, sm_aside_put (connection, error), error);
}

/**
 * sm_bulk_end:
 * @out_more: to be called again: it indexes again one by one, each takes its time
 */
gboolean
sm_bulk_end (SmRules   *rules,
             SmActor   *actor,
             gboolean  *out_more,
             GError   **error)
{
  *out_more = FALSE;
  return sm_actor_require (actor, "station.import", error) && sm_rules_begin (rules, error)
         && sm_history_end (rules, sm_aside_back (sm_rules_get_connection (rules), out_more, error),
                            error);
}
