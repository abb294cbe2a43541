/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-alarm-book.h"

#include "sm-acts.h"
#include "sm-alarm.h"
#include "sm-time.h"

struct _SmAlarmBook
{
  SmLiveSet *set;
  GHashTable *base; /* id (gint64 *) -> SmRow as the service has it */
  GPtrArray *acts;  /* of SmAct */
  GArray *kept;     /* of Kept: acts that have gone since, while the alarms may be older */
  gboolean keeps_acts;
  char *person;
};

typedef struct
{
  GPtrArray *acts; /* what holds it */
  const SmAct *act;
} Kept;

static void
kept_clear (gpointer data)
{
  g_ptr_array_unref (((Kept *) data)->acts);
}

static GArray *
kept_new (void)
{
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (Kept));

  g_array_set_clear_func (kept, kept_clear);
  return kept;
}

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
  self->acts = g_ptr_array_new ();
  self->kept = kept_new ();
  return self;
}

void
sm_alarm_book_free (SmAlarmBook *self)
{
  g_clear_object (&self->set);
  g_clear_pointer (&self->base, g_hash_table_unref);
  g_clear_pointer (&self->acts, g_ptr_array_unref);
  g_clear_pointer (&self->kept, g_array_unref);
  g_free (self->person);
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

static gboolean
covers (const SmAct *act,
        const SmRow *row)
{
  if (act->noun != sm_row_get_noun (row) || act->object_id != sm_row_get_id (row)
      || act->state == SM_ACT_CONFLICT || g_strcmp0 (act->verb, SM_VERB_ACKNOWLEDGE) != 0)
    return FALSE;
  return act->state != SM_ACT_ANSWERED || sm_row_get_int (row, SM_ROW_SEQ) < act->answer_seq;
}

static const SmAct *
find_covering (SmAlarmBook *self,
               const SmRow *row)
{
  for (guint i = 0; i < self->acts->len; i++)
    if (covers (g_ptr_array_index (self->acts, i), row))
      return g_ptr_array_index (self->acts, i);
  for (guint i = 0; i < self->kept->len; i++)
    if (covers (g_array_index (self->kept, Kept, i).act, row))
      return g_array_index (self->kept, Kept, i).act;
  return NULL;
}

/**
 * sm_alarm_book_cover:
 * @row: an alarm as the service has it
 * @out_pending: (out): whether an act of this person on it is under way
 *
 * Returns: (transfer full): the alarm as it is shown
 */
SmRow *
sm_alarm_book_cover (SmAlarmBook *self,
                     SmRow       *row,
                     gboolean    *out_pending)
{
  const SmAct *act = find_covering (self, row);
  SmAlarmState next;
  SmRow *copy;

  *out_pending = act != NULL;
  if (act == NULL || sm_row_get_enum (row, SM_ALARM_STATE) > SM_ALARM_NORMAL
      || !sm_alarm_next ((SmAlarmState) sm_row_get_enum (row, SM_ALARM_STATE),
                         SM_ALARM_EVENT_ACKNOWLEDGE, &next))
    return sm_row_ref (row);
  copy = sm_row_copy (row);
  sm_row_set_text (copy, SM_ALARM_STATE, sm_alarm_states[next]);
  sm_row_set_int (copy, SM_ALARM_ACKED_AT, act->created_at);
  sm_row_set_text (copy, SM_ALARM_ACKED_BY, self->person);
  if (act->note != NULL)
    sm_row_set_text (copy, SM_ALARM_NOTE, act->note);
  return copy;
}

static void
book_show (SmAlarmBook *self,
           SmRow       *base)
{
  gboolean pending;
  g_autoptr (SmRow) shown = sm_alarm_book_cover (self, base, &pending);
  SmItem *item;

  sm_live_set_put (self->set, shown);
  item = sm_live_set_find (self->set, sm_row_get_id (base));
  sm_item_set_pending (item, pending);
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
  gboolean pending;

  g_hash_table_iter_init (&iter, self->base);
  while (g_hash_table_iter_next (&iter, NULL, &base))
    g_ptr_array_add (rows, sm_alarm_book_cover (self, base, &pending));
  sm_live_set_replace (self->set, rows);
  g_hash_table_iter_init (&iter, self->base);
  while (g_hash_table_iter_next (&iter, NULL, &base))
    {
      g_autoptr (SmRow) shown = sm_alarm_book_cover (self, base, &pending);

      sm_item_set_pending (sm_live_set_find (self->set, sm_row_get_id (base)), pending);
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
  gboolean pending;
  guint n_over = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      gint64 id = sm_row_get_id (g_ptr_array_index (rows, i));
      SmRow *base = sm_alarm_book_find_base (self, id);

      if (base != NULL)
        g_ptr_array_add (shown, sm_alarm_book_cover (self, base, &pending));
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
      g_autoptr (SmRow) covered = base != NULL ? sm_alarm_book_cover (self, base, &pending) : NULL;

      if (base != NULL)
        sm_item_set_pending (sm_live_set_find (self->set, id), pending);
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

static gboolean
has_key (GPtrArray  *acts,
         const char *key)
{
  for (guint i = 0; i < acts->len; i++)
    if (g_str_equal (((const SmAct *) g_ptr_array_index (acts, i))->key, key))
      return TRUE;
  return FALSE;
}

static void
keep_gone (SmAlarmBook *self,
           GPtrArray   *old,
           GPtrArray   *acts)
{
  for (guint i = 0; i < old->len; i++)
    {
      Kept kept = { old, g_ptr_array_index (old, i) };

      if (has_key (acts, kept.act->key))
        continue;
      g_ptr_array_ref (old);
      g_array_append_val (self->kept, kept);
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
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->acts);

  if (self->keeps_acts)
    keep_gone (self, old, acts);
  self->acts = g_ptr_array_ref (acts);
  g_free (self->person);
  self->person = g_strdup (person);
  show_covered (self, old);
  show_covered (self, acts);
}

/**
 * sm_alarm_book_keep_acts:
 * @keeps: whether the alarms may be older than what has been seen of the feed
 *
 * An act leaves the outbox when the feed has passed it.  Where that part of the
 * feed is still to be laid in, it goes on covering: else its alarm would come up
 * again, and somebody would do it twice.
 */
void
sm_alarm_book_keep_acts (SmAlarmBook *self,
                         gboolean     keeps)
{
  g_autoptr (GArray) kept = NULL;

  self->keeps_acts = keeps;
  if (keeps || self->kept->len == 0)
    return;
  kept = g_steal_pointer (&self->kept);
  self->kept = kept_new ();
  for (guint i = 0; i < kept->len; i++)
    show_covered (self, g_array_index (kept, Kept, i).acts);
}
