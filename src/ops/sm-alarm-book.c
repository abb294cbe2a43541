/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-alarm-book.h"

#include "sm-alarm.h"
#include "sm-time.h"

struct _SmAlarmBook
{
  SmLiveSet *set;
  GHashTable *base; /* id (gint64 *) -> SmRow as the service has it */
  SmOverlay *overlay;
};

static gboolean
needs_acknowledgement (const SmRow *row)
{
  guint state = sm_row_get_enum (row, SM_ALARM_STATE);

  return state == SM_ALARM_UNACKED || state == SM_ALARM_RETURNED_UNACKED;
}

/** sm_alarm_compare_gravity: Not acknowledged first, then by level, then by risk. */
int
sm_alarm_compare_gravity (const SmRow *a,
                          const SmRow *b)
{
  gboolean x = needs_acknowledgement (a), y = needs_acknowledgement (b);
  double risk_a = sm_row_is_null (a, SM_ALARM_RISK) ? 0 : sm_row_get_real (a, SM_ALARM_RISK);
  double risk_b = sm_row_is_null (b, SM_ALARM_RISK) ? 0 : sm_row_get_real (b, SM_ALARM_RISK);
  gint64 p, q;

  if (x != y)
    return x ? -1 : 1;
  p = sm_row_get_int (a, SM_ALARM_LEVEL);
  q = sm_row_get_int (b, SM_ALARM_LEVEL);
  if (p != q)
    return p < q ? -1 : 1;
  return (risk_a < risk_b) - (risk_a > risk_b);
}

/** sm_alarm_compare: By gravity, then the newest. */
int
sm_alarm_compare (const SmRow *a,
                  const SmRow *b)
{
  int gravity = sm_alarm_compare_gravity (a, b);
  gint64 p, q;

  if (gravity != 0)
    return gravity;
  p = sm_row_get_int (a, SM_ALARM_RAISED_AT);
  q = sm_row_get_int (b, SM_ALARM_RAISED_AT);
  if (p != q)
    return p > q ? -1 : 1;
  p = sm_row_get_id (a);
  q = sm_row_get_id (b);
  return (p < q) - (p > q);
}

SmAlarmBook *
sm_alarm_book_new (void)
{
  SmAlarmBook *self = g_new0 (SmAlarmBook, 1);

  self->set = sm_live_set_new (sm_alarm_compare);
  self->base = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                      (GDestroyNotify) sm_row_unref);
  self->overlay = sm_overlay_new ();
  return self;
}

void
sm_alarm_book_free (SmAlarmBook *self)
{
  g_clear_object (&self->set);
  g_clear_pointer (&self->base, g_hash_table_unref);
  g_clear_pointer (&self->overlay, sm_overlay_free);
  g_free (self);
}

/** sm_alarm_book_get_set: Returns: (transfer none): the alarms as they are shown */
SmLiveSet *
sm_alarm_book_get_set (SmAlarmBook *self)
{
  return self->set;
}

/** sm_alarm_book_find_base: Returns: (transfer none) (nullable): an open alarm as the service has it */
SmRow *
sm_alarm_book_find_base (SmAlarmBook *self,
                         gint64       id)
{
  return g_hash_table_lookup (self->base, &id);
}

/** sm_alarm_book_get_overlay: Returns: (transfer none): what is laid over the alarms, and all else */
SmOverlay *
sm_alarm_book_get_overlay (SmAlarmBook *self)
{
  return self->overlay;
}

static void
tell_cover (SmItem  *item,
            SmCover  cover)
{
  sm_item_set_pending (item, (cover & SM_COVER_ACKNOWLEDGED) != 0);
  sm_item_set_edited (item, (cover & SM_COVER_EDITED) != 0);
}

static void
book_show (SmAlarmBook *self,
           SmRow       *base)
{
  SmCover cover;
  g_autoptr (SmRow) shown = sm_overlay_cover (self->overlay, base, &cover);
  SmItem *item;

  sm_live_set_put (self->set, shown);
  item = sm_live_set_find (self->set, sm_row_get_id (base));
  tell_cover (item, cover);
}

/** sm_alarm_book_put: Takes over an alarm; one that is over leaves the book. */
void
sm_alarm_book_put (SmAlarmBook *self,
                   SmRow       *row)
{
  gint64 id = sm_row_get_id (row);

  if (sm_row_get_enum (row, SM_ALARM_STATE) == SM_ALARM_NORMAL)
    {
      sm_alarm_book_remove (self, id);
      return;
    }
  g_hash_table_replace (self->base, g_memdup2 (&id, sizeof id), sm_row_ref (row));
  book_show (self, row);
}

void
sm_alarm_book_remove (SmAlarmBook *self,
                      gint64       id)
{
  g_hash_table_remove (self->base, &id);
  sm_live_set_remove (self->set, id);
}

static void
book_show_all (SmAlarmBook *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  GHashTableIter iter;
  gpointer base;
  SmCover cover;

  g_hash_table_iter_init (&iter, self->base);
  while (g_hash_table_iter_next (&iter, NULL, &base))
    g_ptr_array_add (rows, sm_overlay_cover (self->overlay, base, &cover));
  sm_live_set_replace (self->set, rows);
  g_hash_table_iter_init (&iter, self->base);
  while (g_hash_table_iter_next (&iter, NULL, &base))
    {
      g_autoptr (SmRow) shown = sm_overlay_cover (self->overlay, base, &cover);

      tell_cover (sm_live_set_find (self->set, sm_row_get_id (base)), cover);
    }
}

/* So many are shown one by one, each with its own announcement. */
#define FEW 4
/* So many leave one by one; more are one change of the whole list. */
#define FEW_OVER 32

static void
book_keep (SmAlarmBook *self,
           SmRow       *row)
{
  gint64 id = sm_row_get_id (row);

  if (sm_row_get_enum (row, SM_ALARM_STATE) == SM_ALARM_NORMAL)
    g_hash_table_remove (self->base, &id);
  else
    g_hash_table_replace (self->base, g_memdup2 (&id, sizeof id), sm_row_ref (row));
}

/* Shows what became of @rows, and touches no other. */
static void
book_show_changed (SmAlarmBook *self,
                   GPtrArray   *rows)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  SmCover cover;
  guint n_over = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      gint64 id = sm_row_get_id (g_ptr_array_index (rows, i));
      SmRow *base = sm_alarm_book_find_base (self, id);

      if (base != NULL)
        g_ptr_array_add (shown, sm_overlay_cover (self->overlay, base, &cover));
      /* A first load is full of those that were over long ago. */
      else if (sm_live_set_find (self->set, id) != NULL)
        n_over++;
    }
  if (n_over > FEW_OVER)
    {
      book_show_all (self);
      return;
    }
  sm_live_set_put_all (self->set, shown);
  for (guint i = 0; i < rows->len; i++)
    {
      gint64 id = sm_row_get_id (g_ptr_array_index (rows, i));
      SmRow *base = sm_alarm_book_find_base (self, id);
      g_autoptr (SmRow) covered = base != NULL ? sm_overlay_cover (self->overlay, base, &cover) : NULL;

      if (base != NULL)
        tell_cover (sm_live_set_find (self->set, id), cover);
      else
        sm_live_set_remove (self->set, id);
    }
}

/** sm_alarm_book_put_all: Like sm_alarm_book_put() for each row, but many come as one change. */
void
sm_alarm_book_put_all (SmAlarmBook *self,
                       GPtrArray   *rows)
{
  for (guint i = 0; i < rows->len; i++)
    if (rows->len <= FEW)
      sm_alarm_book_put (self, g_ptr_array_index (rows, i));
    else
      book_keep (self, g_ptr_array_index (rows, i));
  if (rows->len > FEW)
    book_show_changed (self, rows);
}

/** sm_alarm_book_replace: Makes @rows all the open alarms there are. */
void
sm_alarm_book_replace (SmAlarmBook *self,
                       GPtrArray   *rows)
{
  g_hash_table_remove_all (self->base);
  for (guint i = 0; i < rows->len; i++)
    {
      SmRow *row = g_ptr_array_index (rows, i);
      gint64 id = sm_row_get_id (row);

      g_hash_table_replace (self->base, g_memdup2 (&id, sizeof id), sm_row_ref (row));
    }
  book_show_all (self);
}

static void
show_covered (SmAlarmBook *self,
              GPtrArray   *acts)
{
  for (guint i = 0; i < acts->len; i++)
    {
      const SmAct *act = g_ptr_array_index (acts, i);
      SmRow *base = act->noun == sm_noun_get (SM_NOUN_ALARM)
                        ? sm_alarm_book_find_base (self, act->object_id) : NULL;

      if (base != NULL)
        book_show (self, base);
    }
}

/**
 * sm_alarm_book_set_acts:
 * @acts: of SmAct: all that is in the outbox; a reference is kept
 * @person: (nullable): who has done them, as the alarms are to show it
 */
void
sm_alarm_book_set_acts (SmAlarmBook *self,
                        GPtrArray   *acts,
                        const char  *person)
{
  g_autoptr (GPtrArray) old = g_ptr_array_ref (sm_overlay_get_acts (self->overlay));

  sm_overlay_set_acts (self->overlay, acts, person);
  show_covered (self, old);
  show_covered (self, acts);
}

/** sm_alarm_book_keep_acts: See sm_overlay_keep(). */
void
sm_alarm_book_keep_acts (SmAlarmBook *self,
                         gboolean     keeps)
{
  g_autoptr (GPtrArray) gone = sm_overlay_keep (self->overlay, keeps);

  show_covered (self, gone);
}
