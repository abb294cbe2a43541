/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-overlay.h"

#include "sm-acts.h"
#include "sm-alarm.h"
#include "sm-time.h"

struct _SmOverlay
{
  GPtrArray *acts; /* of SmAct, in the order they were done */
  GPtrArray *kept; /* of SmAct: acts that have gone since, while the rows may be older */
  gboolean keeps;
  char *person;
};

static GPtrArray *
acts_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) sm_act_free);
}

/** sm_overlay_new: Returns: (transfer full): nothing is under way */
SmOverlay *
sm_overlay_new (void)
{
  SmOverlay *self = g_new0 (SmOverlay, 1);

  self->acts = acts_new ();
  self->kept = acts_new ();
  return self;
}

void
sm_overlay_free (SmOverlay *self)
{
  g_ptr_array_unref (self->acts);
  g_ptr_array_unref (self->kept);
  g_free (self->person);
  g_free (self);
}

/** sm_overlay_get_acts: Returns: (transfer none): of SmAct, all that is in the outbox */
GPtrArray *
sm_overlay_get_acts (SmOverlay *self)
{
  return self->acts;
}

static gboolean
has_key (GPtrArray  *acts,
         const char *key)
{
  for (guint i = 0; i < acts->len; i++)
    if (g_str_equal (((const SmAct *) g_ptr_array_index (acts, i))->key, key))
      return TRUE;
  return FALSE;
}

/**
 * sm_overlay_set_acts:
 * @acts: of SmAct: all that is in the outbox; a reference is kept
 * @person: (nullable): who has done them, as the rows are to show it
 */
void
sm_overlay_set_acts (SmOverlay  *self,
                     GPtrArray  *acts,
                     const char *person)
{
  for (guint i = 0; self->keeps && i < self->acts->len; i++)
    {
      const SmAct *act = g_ptr_array_index (self->acts, i);

      if (!has_key (acts, act->key))
        g_ptr_array_add (self->kept, sm_act_copy (act));
    }
  g_ptr_array_unref (self->acts);
  self->acts = g_ptr_array_ref (acts);
  g_free (self->person);
  self->person = g_strdup (person);
}

/**
 * sm_overlay_keep:
 * @keeps: whether the rows may be older than what has been seen of the feed
 *
 * An act leaves the outbox when the feed has passed it.  Where that part of the
 * feed is still to be laid in, it goes on covering: else its alarm would come up
 * again, and somebody would do it twice.
 *
 * Returns: (transfer full): of SmAct: those that cover nothing from now on
 */
GPtrArray *
sm_overlay_keep (SmOverlay *self,
                 gboolean   keeps)
{
  GPtrArray *gone;

  self->keeps = keeps;
  if (keeps)
    return acts_new ();
  gone = g_steal_pointer (&self->kept);
  self->kept = acts_new ();
  return gone;
}

/* Who acknowledged what rang before has not seen what rings now. */
static gboolean
is_of_occurrence (const SmAct *act,
                  const SmRow *row)
{
  const SmEdit *seen = act->changes != NULL && g_strcmp0 (act->verb, SM_VERB_ACKNOWLEDGE) == 0
                           ? sm_edits_find (act->changes, "occurrence")
                           : NULL;

  return seen == NULL || seen->mine == NULL || sm_row_is_null (row, SM_ALARM_OCCURRENCE)
         || sm_row_get_int (row, SM_ALARM_OCCURRENCE) <= g_ascii_strtoll (seen->mine, NULL, 10);
}

static gboolean
covers (const SmAct *act,
        const SmRow *row)
{
  if (act->noun != sm_row_get_noun (row) || act->object_id != sm_row_get_id (row)
      || act->state == SM_ACT_CONFLICT || !is_of_occurrence (act, row))
    return FALSE;
  return act->state != SM_ACT_ANSWERED || sm_row_get_int (row, SM_ROW_SEQ) < act->answer_seq;
}

static void
acknowledge (SmOverlay   *self,
             const SmAct *act,
             SmRow       *alarm)
{
  SmAlarmLife life;

  if (!sm_alarm_read_life (alarm, act->created_at, &life)
      || !sm_alarm_next (&life, SM_ALARM_EVENT_ACKNOWLEDGE, &life, NULL))
    return;
  sm_row_set_text (alarm, SM_ALARM_STATE, sm_alarm_states[life.state]);
  sm_row_set_int (alarm, SM_ALARM_ACKED_AT, act->created_at);
  sm_row_set_text (alarm, SM_ALARM_ACKED_BY, self->person);
  sm_row_take_text (alarm, SM_ALARM_NOTE,
                    sm_act_note_after (sm_row_get_text (alarm, SM_ALARM_NOTE), act->note));
}

static SmCover
lay_over (SmOverlay  *self,
          GPtrArray  *acts,
          const SmRow *base,
          SmRow      **inout_row)
{
  SmCover cover = SM_COVER_NOTHING;

  for (guint i = 0; i < acts->len; i++)
    {
      const SmAct *act = g_ptr_array_index (acts, i);

      if (!covers (act, base))
        continue;
      if (*inout_row == NULL)
        *inout_row = sm_row_copy (base);
      if (g_strcmp0 (act->verb, SM_VERB_ACKNOWLEDGE) == 0)
        {
          acknowledge (self, act, *inout_row);
          cover |= SM_COVER_ACKNOWLEDGED;
        }
      else
        {
          sm_edits_lay_over (act->changes, *inout_row);
          cover |= SM_COVER_EDITED;
        }
    }
  return cover;
}

/**
 * sm_overlay_cover:
 * @row: as the service has it
 * @out_cover: (out): which acts of this person on it are under way
 *
 * Returns: (transfer full): the row as it is shown
 */
SmRow *
sm_overlay_cover (SmOverlay *self,
                  SmRow     *row,
                  SmCover   *out_cover)
{
  SmRow *covered = NULL;

  *out_cover = lay_over (self, self->kept, row, &covered);
  *out_cover |= lay_over (self, self->acts, row, &covered);
  return covered != NULL ? covered : sm_row_ref (row);
}
