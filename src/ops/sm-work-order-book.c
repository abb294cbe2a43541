/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-book.h"

#include "sm-ops-work-orders.h"

struct _SmWorkOrderBook
{
  SmLiveSet *set;
  GHashTable *base;    /* id (gint64 *) -> SmRow as the service has it */
  GHashTable *covered; /* of id (gint64 *): those over which something is laid */
  SmOverlay *overlay;  /* not owned */
};

/* Whose clock ends first is first: what is overdue stands above what is not, and that does not
 * change while time goes on. */
static int
compare (const SmRow *a,
         const SmRow *b)
{
  SmWorkOrderClock clock;
  SmWorkOrderReading p, q;
  gint64 due_a = sm_work_order_next_clock (a, 0, &clock, &p) ? p.due : G_MAXINT64;
  gint64 due_b = sm_work_order_next_clock (b, 0, &clock, &q) ? q.due : G_MAXINT64;
  gint64 level_a = sm_row_get_int (a, SM_WORK_ORDER_LEVEL);
  gint64 level_b = sm_row_get_int (b, SM_WORK_ORDER_LEVEL);
  gint64 id_a = sm_row_get_id (a), id_b = sm_row_get_id (b);

  if (due_a != due_b)
    return due_a < due_b ? -1 : 1;
  if (level_a != level_b)
    return level_a < level_b ? -1 : 1;
  return (id_a > id_b) - (id_a < id_b);
}

/** sm_work_order_book_new: @overlay: outlives it */
SmWorkOrderBook *
sm_work_order_book_new (SmOverlay *overlay)
{
  SmWorkOrderBook *self = g_new0 (SmWorkOrderBook, 1);

  self->set = sm_live_set_new (compare);
  self->base = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                      (GDestroyNotify) sm_row_unref);
  self->covered = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->overlay = overlay;
  return self;
}

void
sm_work_order_book_free (SmWorkOrderBook *self)
{
  g_return_if_fail (self != NULL);

  g_object_unref (self->set);
  g_hash_table_unref (self->base);
  g_hash_table_unref (self->covered);
  g_free (self);
}

/** sm_work_order_book_get_set: Returns: (transfer none): the orders as they are shown */
SmLiveSet *
sm_work_order_book_get_set (SmWorkOrderBook *self)
{
  return self->set;
}

/** sm_work_order_book_find_base: Returns: (transfer none) (nullable): an open order as the service has it */
SmRow *
sm_work_order_book_find_base (SmWorkOrderBook *self,
                              gint64           id)
{
  return g_hash_table_lookup (self->base, &id);
}

/* Returns: whether it is open */
static gboolean
book_keep (SmWorkOrderBook *self,
           SmRow           *row)
{
  gint64 id = sm_row_get_id (row);

  if (sm_work_order_is_over (row))
    {
      g_hash_table_remove (self->base, &id);
      return FALSE;
    }
  g_hash_table_replace (self->base, g_memdup2 (&id, sizeof id), sm_row_ref (row));
  return TRUE;
}

static SmRow *
cover (SmWorkOrderBook *self,
       SmRow           *base)
{
  gint64 id = sm_row_get_id (base);
  SmCover what;
  SmRow *shown = sm_overlay_cover (self->overlay, base, &what);

  if (what != SM_COVER_NOTHING)
    g_hash_table_add (self->covered, g_memdup2 (&id, sizeof id));
  else
    g_hash_table_remove (self->covered, &id);
  return shown;
}

static void
tell_cover (SmWorkOrderBook *self,
            gint64           id)
{
  SmItem *item = sm_live_set_find (self->set, id);

  if (item != NULL)
    sm_item_set_edited (item, g_hash_table_contains (self->covered, &id));
}

void
sm_work_order_book_remove (SmWorkOrderBook *self,
                           gint64           id)
{
  g_hash_table_remove (self->base, &id);
  g_hash_table_remove (self->covered, &id);
  sm_live_set_remove (self->set, id);
}

/** sm_work_order_book_put_all: Takes over orders; those that are over leave the book. */
void
sm_work_order_book_put_all (SmWorkOrderBook *self,
                            GPtrArray       *rows)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);

  for (guint i = 0; i < rows->len; i++)
    if (book_keep (self, rows->pdata[i]))
      g_ptr_array_add (shown, cover (self, rows->pdata[i]));
    else
      sm_work_order_book_remove (self, sm_row_get_id (rows->pdata[i]));
  sm_live_set_put_all (self->set, shown);
  for (guint i = 0; i < shown->len; i++)
    tell_cover (self, sm_row_get_id (shown->pdata[i]));
}

/** sm_work_order_book_replace: Makes @rows all the open orders there are. */
void
sm_work_order_book_replace (SmWorkOrderBook *self,
                            GPtrArray       *rows)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);

  g_hash_table_remove_all (self->base);
  g_hash_table_remove_all (self->covered);
  for (guint i = 0; i < rows->len; i++)
    if (book_keep (self, rows->pdata[i]))
      g_ptr_array_add (shown, cover (self, rows->pdata[i]));
  sm_live_set_replace (self->set, shown);
  for (guint i = 0; i < shown->len; i++)
    tell_cover (self, sm_row_get_id (shown->pdata[i]));
}

static void
add_id (GArray *ids,
        gint64  id)
{
  g_array_append_val (ids, id);
}

/** sm_work_order_book_show_acts: Other acts than before are laid over: shows the orders that they are about. */
void
sm_work_order_book_show_acts (SmWorkOrderBook *self)
{
  const GPtrArray *acts = sm_overlay_get_acts (self->overlay);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->covered);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    add_id (ids, *(gint64 *) id);
  for (guint i = 0; i < acts->len; i++)
    {
      const SmAct *act = acts->pdata[i];

      if (act->noun == sm_noun_get (SM_NOUN_WORK_ORDER))
        add_id (ids, act->object_id);
    }
  for (guint i = 0; i < ids->len; i++)
    {
      SmRow *base = sm_work_order_book_find_base (self, g_array_index (ids, gint64, i));
      g_autoptr (SmRow) shown = base != NULL ? cover (self, base) : NULL;

      if (shown == NULL)
        continue;
      sm_live_set_put (self->set, shown);
      tell_cover (self, sm_row_get_id (shown));
    }
}
