/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-call-table.h"

#include "sm-bound.h"

/** sm_call_table_add: One more row: nothing of it is ever changed. */
gboolean
sm_call_table_add (SmConnection  *connection,
                   gint64         alarm_id,
                   gint64         received_at,
                   const SmCall  *call,
                   GError       **error)
{
  return sm_bound_run (connection, error,
                       "INSERT INTO alarm_call (alarm_id, at, received_at, person, who, number, outcome) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?)",
                       "iiitttt", alarm_id, call->at, received_at, call->person, call->who,
                       call->number, call->outcome);
}

/** sm_call_table_list: Returns: (transfer full) (nullable): of SmCall, the oldest first */
GPtrArray *
sm_call_table_list (SmConnection  *connection,
                    gint64         alarm_id,
                    guint          limit,
                    GError       **error)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error,
      "SELECT at, outcome, who, number, person FROM alarm_call WHERE alarm_id = ? ORDER BY id LIMIT ?",
      "ii", alarm_id, (gint64) limit);
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_call_free);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  while (sm_statement_step (statement, &has_row, error))
    {
      SmCall *call;

      if (!has_row)
        return g_steal_pointer (&calls);
      call = g_new0 (SmCall, 1);
      call->at = sm_statement_get_int (statement, 0);
      call->outcome = g_strdup (sm_statement_get_text (statement, 1));
      call->who = g_strdup (sm_statement_get_text (statement, 2));
      call->number = g_strdup (sm_statement_get_text (statement, 3));
      call->person = g_strdup (sm_statement_get_text (statement, 4));
      g_ptr_array_add (calls, call);
    }
  return NULL;
}
