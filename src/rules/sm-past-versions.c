/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-past-private.h"

#include "sm-alarm.h"
#include "sm-transition-table.h"

/* What one alarm or command was, from when to when. */

#define MAX_STEPS 1000

static SmAlarmTransition *
step_of (const SmTransition *from)
{
  SmAlarmTransition *step = g_new (SmAlarmTransition, 1);

  *step = (SmAlarmTransition){ from->at, g_strdup (from->from_state), g_strdup (from->to_state),
                               g_strdup (from->event), g_strdup (from->person),
                               g_strdup (from->reason) };
  return step;
}

static GPtrArray *
read_steps (SmReader  *reader,
            gint64     alarm_id,
            GError   **error)
{
  g_autoptr (GPtrArray) kept = sm_transition_table_list (
      sm_service_db_get_connection (reader->db), alarm_id, MAX_STEPS, error);
  GPtrArray *steps;

  if (kept == NULL)
    return NULL;
  steps = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_alarm_transition_free);
  for (guint i = 0; i < kept->len; i++)
    g_ptr_array_add (steps, step_of (kept->pdata[i]));
  return steps;
}

/* Nobody knew of it before its first step, however long it had been there. */
static gint64
known_at (const SmRow *alarm,
          GPtrArray   *steps)
{
  return steps->len > 0 ? ((SmAlarmTransition *) steps->pdata[0])->at
                        : sm_row_get_int (alarm, SM_ALARM_RAISED_AT);
}

/* Back from what it is now, change by change.  Returns: of SmPastVersion, newest first */
static GArray *
go_back (const SmRow *alarm,
         GArray      *was,
         gint64       known)
{
  GArray *versions = g_array_new (FALSE, FALSE, sizeof (SmPastVersion));
  SmPastVersion version = { known, sm_row_copy (alarm) };

  for (guint i = was->len; i > 0; i--)
    {
      const SmWas *change = &g_array_index (was, SmWas, i - 1);
      SmRow *before = sm_row_copy (version.row);

      version.at = change->at;
      g_array_append_val (versions, version);
      sm_was_apply (change, before);
      version = (SmPastVersion){ known, before };
    }
  g_array_append_val (versions, version);
  return versions;
}

static void
add_noted (SmPastThing *thing,
           GArray      *versions,
           gint64       to)
{
  for (guint i = versions->len; i > 0; i--)
    {
      SmPastVersion *version = &g_array_index (versions, SmPastVersion, i - 1);

      /* Of two changes at one moment nobody saw the first. */
      if (i > 1 && version[-1].at == version->at)
        continue;
      if (version->at <= to)
        sm_past_thing_add (thing, version->at, sm_row_ref (version->row));
    }
}

/* --- when it was not noted --- */

static void
forget_after (SmRow       *row,
              gint64       at,
              guint        time,
              const guint *with)
{
  if (sm_row_is_null (row, time) || sm_row_get_int (row, time) <= at)
    return;
  sm_row_set_null (row, time);
  for (; *with != 0; with++)
    sm_row_set_null (row, *with);
}

static const char *
state_at (const SmRow *row,
          GPtrArray   *steps,
          gint64       at)
{
  gboolean is_acked = !sm_row_is_null (row, SM_ALARM_ACKED_AT);
  gboolean is_back = !sm_row_is_null (row, SM_ALARM_RETURNED_AT);

  for (guint i = steps->len; i > 0; i--)
    if (((SmAlarmTransition *) steps->pdata[i - 1])->at <= at)
      return ((SmAlarmTransition *) steps->pdata[i - 1])->to;
  return sm_alarm_states[is_back && is_acked ? SM_ALARM_NORMAL
                         : is_back           ? SM_ALARM_RETURNED_UNACKED
                         : is_acked          ? SM_ALARM_ACKED
                                             : SM_ALARM_UNACKED];
}

/* What its times and its steps say of it; the rest as it is now. */
static SmRow *
guess (const SmRow *alarm,
       GPtrArray   *steps,
       gint64       at)
{
  SmRow *row = sm_row_copy (alarm);

  forget_after (row, at, SM_ALARM_RETURNED_AT, (guint[]){ 0 });
  forget_after (row, at, SM_ALARM_ACKED_AT, (guint[]){ SM_ALARM_ACKED_BY, SM_ALARM_NOTE, 0 });
  sm_row_set_text (row, SM_ALARM_STATE, state_at (row, steps, at));
  return row;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static void
add_guessed (SmPastThing *thing,
             const SmRow *alarm,
             gint64       to)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 first = known_at (alarm, thing->steps);
  gint64 others[] = { sm_row_get_int (alarm, SM_ALARM_RETURNED_AT),
                      sm_row_get_int (alarm, SM_ALARM_ACKED_AT) };

  g_array_append_val (times, first);
  for (guint i = 1; i < thing->steps->len; i++)
    g_array_append_val (times, ((SmAlarmTransition *) thing->steps->pdata[i])->at);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (others[i] != SM_UNKNOWN && others[i] > first)
      g_array_append_val (times, others[i]);
  g_array_sort (times, compare_times);
  for (guint i = 0; i < times->len; i++)
    {
      gint64 at = g_array_index (times, gint64, i);

      if (at <= to && (i + 1 == times->len || g_array_index (times, gint64, i + 1) != at))
        sm_past_thing_add (thing, at, guess (alarm, thing->steps, at));
    }
}

static void
version_unref (gpointer data)
{
  sm_row_unref (((SmPastVersion *) data)->row);
}

/* Each step but the first was a change, and each change was noted. */
static gboolean
is_noted (GPtrArray *steps,
          GArray    *was)
{
  return steps->len > 0 && was->len + 1 >= steps->len;
}

/**
 * sm_past_of_alarm:
 * @alarm: as it is now
 * @to: what became of it later is not said
 *
 * Returns: (transfer full) (nullable): with no version when it was not known by @to
 */
SmPastThing *
sm_past_of_alarm (SmReader      *reader,
                  SmConnection  *file,
                  const SmRow   *alarm,
                  gint64         to,
                  GError       **error)
{
  gint64 id = sm_row_get_id (alarm);
  g_autoptr (SmPastThing) thing = sm_past_thing_new (id);
  g_autoptr (GArray) was = sm_was_read (reader->rules, file, id, error);

  if (was == NULL || (thing->steps = read_steps (reader, id, error)) == NULL)
    return NULL;
  thing->is_exact = is_noted (thing->steps, was);
  if (thing->is_exact)
    {
      g_autoptr (GArray) versions = go_back (alarm, was, known_at (alarm, thing->steps));

      g_array_set_clear_func (versions, version_unref);
      add_noted (thing, versions, to);
    }
  else
    add_guessed (thing, alarm, to);
  while (thing->steps->len > 0
         && ((SmAlarmTransition *) thing->steps->pdata[thing->steps->len - 1])->at > to)
    g_ptr_array_remove_index (thing->steps, thing->steps->len - 1);
  return g_steal_pointer (&thing);
}

/* --- commands --- */

/** sm_past_of_command: Returns: (transfer full): its stages until @to, which its row has */
SmPastThing *
sm_past_of_command (const SmRow *command,
                    gint64       to)
{
  static const struct
  {
    guint time;
    SmCommandState state;
  } stages[] = { { SM_COMMAND_REQUESTED_AT, SM_COMMAND_STATE_REQUESTED },
                 { SM_COMMAND_SENT_AT, SM_COMMAND_STATE_SENT },
                 { SM_COMMAND_ACCEPTED_AT, SM_COMMAND_STATE_ACCEPTED },
                 { SM_COMMAND_ENDED_AT, 0 } };
  static const guint end[] = { SM_COMMAND_OUTCOME, SM_COMMAND_ANSWER, 0 };
  SmPastThing *thing = sm_past_thing_new (sm_row_get_id (command));

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      gint64 at = sm_row_get_int (command, stages[i].time);
      SmRow *row;

      if (at == SM_UNKNOWN || at > to)
        continue;
      row = sm_row_copy (command);
      if (stages[i].time != SM_COMMAND_ENDED_AT)
        {
          for (guint later = i + 1; later < G_N_ELEMENTS (stages); later++)
            sm_row_set_null (row, stages[later].time);
          for (guint f = 0; end[f] != 0; f++)
            sm_row_set_null (row, end[f]);
          sm_row_set_text (row, SM_COMMAND_STATE, sm_command_states[stages[i].state]);
        }
      sm_past_thing_add (thing, at, row);
    }
  return thing;
}
