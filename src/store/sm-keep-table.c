/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-keep-table.h"

#include "sm-record-table.h"
#include "sm-statement.h"

static void
bind_bounds (SmStatement *statement,
             gpointer     user_data)
{
  const gint64 *bounds = user_data;

  sm_statement_bind_int (statement, 0, bounds[0]);
  sm_statement_bind_int (statement, 1, bounds[1]);
}

/**
 * sm_keep_table_list:
 * @noun: a window, an entry of the roster, a handover, a step of a drill, an
 *   inspection, a safety incident, a complaint, a work order or a problem
 * @before: network time
 *
 * Returns: (transfer full) (nullable): of SmRow: those that have been over since before then,
 *   the oldest first; what still goes on is never one of them
 */
GPtrArray *
sm_keep_table_list (SmConnection  *connection,
                    SmNounId       noun,
                    gint64         before,
                    guint          limit,
                    GError       **error)
{
  static const struct { SmNounId noun; const char *tail; } over[] = {
    { SM_NOUN_MAINTENANCE_WINDOW,
      "WHERE r.state IN ('closed', 'cancelled') AND r.ended_at < ?1 ORDER BY r.id LIMIT ?2" },
    { SM_NOUN_ROSTER_ENTRY, "WHERE r.to_at < ?1 ORDER BY r.id LIMIT ?2" },
    { SM_NOUN_HANDOVER,
      "WHERE r.state IN ('taken', 'withdrawn') AND coalesce (r.taken_at, r.withdrawn_at) < ?1 "
      "ORDER BY r.id LIMIT ?2" },
    { SM_NOUN_DRILL_STEP, "WHERE r.verdict <> 'open' AND r.at < ?1 ORDER BY r.id LIMIT ?2" },
    { SM_NOUN_GUIDANCE, "WHERE r.ended_at < ?1 ORDER BY r.id LIMIT ?2" },
    { SM_NOUN_INSPECTION, "WHERE r.closed_at < ?1 ORDER BY r.id LIMIT ?2" },
    { SM_NOUN_SAFETY_INCIDENT, "WHERE r.closed_at < ?1 ORDER BY r.id LIMIT ?2" },
    /* One that nobody decided is not over, however old: nobody is to be rid of it by waiting. */
    { SM_NOUN_COMPLAINT, "WHERE r.decided_at < ?1 ORDER BY r.id LIMIT ?2" },
    { SM_NOUN_CHECKLIST,
      "WHERE r.removed_at < ?1 AND NOT EXISTS (SELECT 1 FROM inspection i "
      "WHERE i.template_id = r.id) ORDER BY r.id LIMIT ?2" },
    /* Only what was made so long ago is looked at: it cannot be over before. */
    { SM_NOUN_WORK_ORDER,
      "WHERE r.created_at < ?1 AND r.state IN ('confirmed', 'cancelled') AND r.state_since < ?1 "
      "ORDER BY r.created_at, r.id LIMIT ?2" },
    { SM_NOUN_PROBLEM_RECORD, "WHERE r.solved_at < ?1 AND r.state = 'solved' ORDER BY r.id LIMIT ?2" },
  };
  gint64 bounds[2] = { before, limit };

  for (gsize i = 0; i < G_N_ELEMENTS (over); i++)
    if (over[i].noun == noun)
      return sm_record_select_bound (connection, sm_noun_get (noun), over[i].tail, bind_bounds,
                                     bounds, error);
  g_return_val_if_reached (NULL);
}

static gboolean
run (SmConnection  *connection,
     const char    *sql,
     gint64         before,
     guint          limit,
     GError       **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_int (statement, 0, before);
  sm_statement_bind_int (statement, 1, limit);
  return sm_statement_run (statement, error);
}

/**
 * sm_keep_table_prune:
 *
 * Forgets to whom alarms belonged before @before, but for who had them then; and who
 * looked at the alarms of drills.
 */
gboolean
sm_keep_table_prune (SmConnection  *connection,
                     gint64         before,
                     guint          limit,
                     GError       **error)
{
  return run (connection,
              "DELETE FROM desk_answer WHERE id IN (SELECT a.id FROM desk_answer a WHERE a.at < ?1 "
              "AND EXISTS (SELECT 1 FROM desk_answer b WHERE b.desk_id = a.desk_id "
              "AND b.at < ?1 AND b.id > a.id) LIMIT ?2)",
              before, limit, error)
         && run (connection,
                 "DELETE FROM drill_look WHERE alarm_id IN (SELECT alarm_id FROM drill_look "
                 "WHERE at < ?1 LIMIT ?2)",
                 before, limit, error);
}

/** sm_keep_table_forget_work: Forgets all that happened to a work order that is gone, and its photos. */
gboolean
sm_keep_table_forget_work (SmConnection  *connection,
                           gint64         work_order_id,
                           GError       **error)
{
  static const char *const queries[] = {
    "DELETE FROM work_order_event WHERE work_order_id = ?1",
    "DELETE FROM work_order_photo WHERE work_order_id = ?1",
    "DELETE FROM work_order_alarm WHERE work_order_id = ?1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (SmStatement) statement = sm_connection_prepare (connection, queries[i], error);

      if (statement == NULL)
        return FALSE;
      sm_statement_bind_int (statement, 0, work_order_id);
      if (!sm_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}
