/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-times.h"

#include "sm-statement.h"
#include "sm-time.h"

static void
clear_time (gpointer data)
{
  g_free (((SmWorkTime *) data)->code);
}

/**
 * sm_work_times_read:
 * @since: orders that were made before do not count any more
 * @limit: the newest of them
 *
 * Returns: (transfer full) (nullable): of #SmWorkTime
 */
GArray *
sm_work_times_read (SmConnection  *connection,
                    gint64         since,
                    guint          limit,
                    GError       **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      connection,
      "SELECT code, completed_at - started_at - held_s * 1000000 FROM work_order "
      "INDEXED BY work_order_by_time WHERE created_at >= ?1 AND state IN ('completed', 'confirmed') "
      "AND completed_at > started_at ORDER BY created_at DESC LIMIT ?2",
      error);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (SmWorkTime));
  gboolean has_row = TRUE;

  g_array_set_clear_func (times, clear_time);
  if (statement == NULL)
    return NULL;
  sm_statement_bind_int (statement, 0, since);
  sm_statement_bind_int (statement, 1, limit);
  while (has_row)
    {
      SmWorkTime time;

      if (!sm_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      time.work_s = (double) sm_statement_get_int (statement, 1) / SM_SECOND;
      if (time.work_s <= 0.0)
        continue;
      time.code = g_strdup (sm_statement_get_text (statement, 0));
      g_array_append_val (times, time);
    }
  return g_steal_pointer (&times);
}

static void
clear_refusal (gpointer data)
{
  g_free (((SmWorkRefusal *) data)->person);
}

/** sm_work_refusals_read: Returns: (transfer full) (nullable): of #SmWorkRefusal, oldest order first */
GArray *
sm_work_refusals_read (SmConnection  *connection,
                       guint          limit,
                       GError       **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      connection,
      "SELECT o.id, e.person FROM work_order o INDEXED BY work_order_open "
      "JOIN work_order_event e INDEXED BY work_order_event_by_order ON e.work_order_id = o.id "
      "WHERE o.state NOT IN ('confirmed', 'cancelled') AND o.refusals > 0 "
      "AND e.event = 'refuse' AND e.person IS NOT NULL ORDER BY o.id, e.id LIMIT ?1",
      error);
  g_autoptr (GArray) refusals = g_array_new (FALSE, FALSE, sizeof (SmWorkRefusal));
  gboolean has_row = TRUE;

  g_array_set_clear_func (refusals, clear_refusal);
  if (statement == NULL)
    return NULL;
  sm_statement_bind_int (statement, 0, limit);
  while (sm_statement_step (statement, &has_row, error) && has_row)
    {
      SmWorkRefusal refusal = { sm_statement_get_int (statement, 0),
                                g_strdup (sm_statement_get_text (statement, 1)) };

      g_array_append_val (refusals, refusal);
    }
  return has_row ? NULL : g_steal_pointer (&refusals);
}
