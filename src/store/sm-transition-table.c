/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-transition-table.h"

#include "sm-bound.h"

void
sm_transition_free (SmTransition *self)
{
  g_free (self->from_state);
  g_free (self->to_state);
  g_free (self->event);
  g_free (self->person);
  g_free (self->reason);
  g_free (self);
}

/** sm_transition_table_add: Writes a step down for ever, in the transaction of the alarm. */
gboolean
sm_transition_table_add (SmConnection        *connection,
                         const SmTransition  *transition,
                         GError             **error)
{
  return sm_bound_run (connection, error,
                       "INSERT INTO alarm_transition (alarm_id, at, from_state, to_state, event, "
                       "person, reason) VALUES (?, ?, ?, ?, ?, ?, ?)",
                       "iittttt", transition->alarm_id, transition->at, transition->from_state,
                       transition->to_state, transition->event, transition->person,
                       transition->reason);
}

static SmTransition *
read_transition (SmStatement *statement)
{
  SmTransition *transition = g_new0 (SmTransition, 1);

  transition->alarm_id = sm_statement_get_int (statement, 0);
  transition->at = sm_statement_get_int (statement, 1);
  transition->from_state = g_strdup (sm_statement_get_text (statement, 2));
  transition->to_state = g_strdup (sm_statement_get_text (statement, 3));
  transition->event = g_strdup (sm_statement_get_text (statement, 4));
  transition->person = g_strdup (sm_statement_get_text (statement, 5));
  transition->reason = g_strdup (sm_statement_get_text (statement, 6));
  return transition;
}

/** sm_transition_table_list: Returns: (transfer full) (nullable): of SmTransition, oldest first */
GPtrArray *
sm_transition_table_list (SmConnection  *connection,
                          gint64         alarm_id,
                          guint          limit,
                          GError       **error)
{
  g_autoptr (GPtrArray) transitions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_transition_free);
  g_autoptr (SmStatement) statement = sm_bound_prepare (connection, error, SM_TRANSITION_LIST_SQL,
                                                        "ii", alarm_id, (gint64) limit);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  while (sm_statement_step (statement, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&transitions);
      g_ptr_array_add (transitions, read_transition (statement));
    }
  return NULL;
}
