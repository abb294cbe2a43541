/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-past.h"

#include "sm-alarm.h"
#include "sm-time.h"

#include <math.h>
#include <string.h>

static void
version_clear (gpointer data)
{
  sm_row_unref (((SmPastVersion *) data)->row);
}

SmPastThing *
sm_past_thing_new (gint64 id)
{
  SmPastThing *self = g_new0 (SmPastThing, 1);

  self->id = id;
  self->is_exact = TRUE;
  self->versions = g_array_new (FALSE, FALSE, sizeof (SmPastVersion));
  g_array_set_clear_func (self->versions, version_clear);
  return self;
}

void
sm_past_thing_free (SmPastThing *self)
{
  g_array_unref (self->versions);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_free (self);
}

/** sm_past_thing_add: @row: (transfer full): what it was from @at on */
void
sm_past_thing_add (SmPastThing *self,
                   gint64       at,
                   SmRow       *row)
{
  SmPastVersion version = { at, row };

  g_array_append_val (self->versions, version);
}

void
sm_past_act_free (SmPastAct *self)
{
  g_free (self->actor_kind);
  g_free (self->actor);
  g_free (self->act);
  g_free (self->object);
  g_free (self->outcome);
  g_free (self->reason);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

/** sm_past_new: @record: (transfer full) (nullable) */
SmPast *
sm_past_new (SmRow  *record,
             gint64  from,
             gint64  to)
{
  SmPast *self = g_new0 (SmPast, 1);

  self->record = record;
  self->from = from;
  self->to = to;
  self->alarms = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_past_thing_free);
  self->commands = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_past_thing_free);
  return self;
}

void
sm_past_free (SmPast *self)
{
  g_clear_pointer (&self->record, sm_row_unref);
  g_clear_pointer (&self->series, sm_series_free);
  g_ptr_array_unref (self->alarms);
  g_ptr_array_unref (self->commands);
  g_clear_pointer (&self->acts, g_ptr_array_unref);
  g_clear_pointer (&self->document, g_bytes_unref);
  g_free (self->drill);
  g_free (self);
}

/* --- at a moment --- */

/** sm_past_thing_at: Returns: (transfer none) (nullable): NULL: nobody knew of it yet */
SmRow *
sm_past_thing_at (const SmPastThing *self,
                  gint64             at)
{
  guint low = 0, high = self->versions->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (self->versions, SmPastVersion, middle).at <= at)
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0 ? g_array_index (self->versions, SmPastVersion, low - 1).row : NULL;
}

static gboolean
is_over (const SmRow *row)
{
  if (sm_row_get_noun (row)->id == SM_NOUN_ALARM)
    return sm_row_get_enum (row, SM_ALARM_STATE) == SM_ALARM_NORMAL;
  return !sm_row_is_null (row, SM_COMMAND_ENDED_AT);
}

/** sm_past_thing_over: Returns: since when it is over, %G_MAXINT64: it is not */
gint64
sm_past_thing_over (const SmPastThing *self)
{
  gint64 over = G_MAXINT64;

  for (guint i = self->versions->len; i > 0; i--)
    {
      const SmPastVersion *version = &g_array_index (self->versions, SmPastVersion, i - 1);

      if (!is_over (version->row))
        break;
      over = version->at;
    }
  return over;
}

static GPtrArray *
list_at (GPtrArray *things,
         gint64     at,
         gboolean   with_over)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);

  for (guint i = 0; i < things->len; i++)
    {
      SmRow *row = sm_past_thing_at (things->pdata[i], at);

      if (row != NULL && (with_over || !is_over (row)))
        g_ptr_array_add (found, sm_row_ref (row));
    }
  return found;
}

/** sm_past_alarms_at: Returns: (transfer full): of SmRow, the alarms that were open */
GPtrArray *
sm_past_alarms_at (const SmPast *self,
                   gint64        at)
{
  return list_at (self->alarms, at, FALSE);
}

/** sm_past_commands_at: Returns: (transfer full): of SmRow, as far as they had come */
GPtrArray *
sm_past_commands_at (const SmPast *self,
                     gint64        at)
{
  return list_at (self->commands, at, TRUE);
}

/**
 * sm_past_value_at:
 * @out_since: (out) (optional): when it was said; %SM_UNKNOWN with NAN
 *
 * Returns: what was last heard by @at; NAN: nothing, or that it is not known.  A mean
 *   is known when its quarter of an hour is over.
 */
double
sm_past_value_at (const SmPast *self,
                  guint         column,
                  gint64        at,
                  gint64       *out_since)
{
  const SmSeries *series = self->series;
  gint64 by = self->is_sampled ? at : at - 15 * SM_MINUTE;
  guint i = series != NULL ? series->n : 0;

  while (i > 0 && (series->at[i - 1] > by || (series->late != NULL && series->late[i - 1])))
    i--;
  if (out_since != NULL)
    *out_since = i > 0 ? series->at[i - 1] : SM_UNKNOWN;
  return i > 0 && column < series->n_columns ? series->values[column][i - 1] : (double) NAN;
}

/* --- what happened --- */

static int
compare_events (gconstpointer a,
                gconstpointer b)
{
  const SmPastEvent *x = a, *y = b;

  return (x->at > y->at) - (x->at < y->at);
}

static void
add_steps (const SmPast *self,
           GArray       *events)
{
  for (guint i = 0; i < self->alarms->len; i++)
    {
      const SmPastThing *alarm = self->alarms->pdata[i];

      for (guint s = 0; alarm->steps != NULL && s < alarm->steps->len; s++)
        {
          const SmAlarmTransition *step = alarm->steps->pdata[s];
          SmPastEvent event = { .at = step->at, .thing = alarm, .step = step };

          if (step->at >= self->from && step->at <= self->to)
            g_array_append_val (events, event);
        }
    }
}

static void
add_commands (const SmPast *self,
              GArray       *events)
{
  for (guint i = 0; i < self->commands->len; i++)
    {
      const SmPastThing *command = self->commands->pdata[i];

      for (guint v = 0; v < command->versions->len; v++)
        {
          const SmPastVersion *version = &g_array_index (command->versions, SmPastVersion, v);
          SmPastEvent event = { .at = version->at, .thing = command, .command = version->row };

          if (version->at >= self->from && version->at <= self->to)
            g_array_append_val (events, event);
        }
    }
}

static const SmPastThing *
find_object (const SmPast *self,
             const char   *object)
{
  gint64 id = g_str_has_prefix (object, "alarm/") ? g_ascii_strtoll (object + 6, NULL, 10) : 0;

  for (guint i = 0; id > 0 && i < self->alarms->len; i++)
    if (((SmPastThing *) self->alarms->pdata[i])->id == id)
      return self->alarms->pdata[i];
  return NULL;
}

/* What was done to an alarm's life stands there as a step of it, and what became of a
 * command as its stages. */
static gboolean
is_said (const SmPastAct *act)
{
  static const char *const others[] = { "alarm.note", "alarm.step", NULL };

  if (strcmp (act->outcome, "done") != 0)
    return FALSE;
  return g_str_has_prefix (act->object, "command/")
         || (g_str_has_prefix (act->act, "alarm.") && !g_strv_contains (others, act->act));
}

static void
add_acts (const SmPast *self,
          GArray       *events)
{
  for (guint i = 0; self->acts != NULL && i < self->acts->len; i++)
    {
      const SmPastAct *act = self->acts->pdata[i];
      SmPastEvent event = { .at = act->at, .act = act };

      if (is_said (act))
        continue;
      event.thing = find_object (self, act->object);
      g_array_append_val (events, event);
    }
}

/** sm_past_list_events: Returns: (transfer full): of SmPastEvent, rising; they point into @self */
GArray *
sm_past_list_events (const SmPast *self)
{
  GArray *events = g_array_new (FALSE, TRUE, sizeof (SmPastEvent));

  add_steps (self, events);
  add_commands (self, events);
  add_acts (self, events);
  g_array_sort (events, compare_events);
  return events;
}
