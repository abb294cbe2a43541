/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-live-set.h"

#include <string.h>

#define SORT_INTERVAL_MS 1000

struct _SmLiveSet
{
  GObject parent_instance;

  SmRowCompare compare;
  GPtrArray *items;  /* of SmItem, in the order that is shown */
  GHashTable *by_id; /* id (gint64 *, owned) -> SmItem, borrowed from items */
  gboolean held;
  gboolean unsorted; /* a row changed and its item may stand in the wrong place */
  guint timer;
};

static void live_set_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SmLiveSet, sm_live_set, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, live_set_model_init))

static int
compare_items (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  SmLiveSet *self = user_data;

  return self->compare (sm_item_get_row (*(SmItem *const *) a),
                        sm_item_get_row (*(SmItem *const *) b));
}

/* Sorts, and announces only the stretch in which items moved. */
static void
live_set_sort (SmLiveSet *self)
{
  guint n = self->items->len, first = 0, last = n;
  g_autofree gpointer *before = g_memdup2 (self->items->pdata, n * sizeof (gpointer));

  self->unsorted = FALSE;
  g_ptr_array_sort_with_data (self->items, compare_items, self);
  while (first < n && before[first] == self->items->pdata[first])
    first++;
  if (first == n)
    return;
  while (before[last - 1] == self->items->pdata[last - 1])
    last--;
  g_list_model_items_changed (G_LIST_MODEL (self), first, last - first, last - first);
}

static gboolean
sort_cb (gpointer user_data)
{
  SmLiveSet *self = user_data;

  self->timer = 0;
  if (self->unsorted && !self->held)
    live_set_sort (self);
  return G_SOURCE_REMOVE;
}

static void
live_set_sort_soon (SmLiveSet *self)
{
  self->unsorted = TRUE;
  if (self->timer == 0 && !self->held)
    self->timer = g_timeout_add (SORT_INTERVAL_MS, sort_cb, self);
}

/* Where a new row belongs: binary, which is right as far as the order is. */
static guint
live_set_find_place (SmLiveSet *self,
                     SmRow     *row)
{
  guint low = 0, high = self->items->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->compare (sm_item_get_row (g_ptr_array_index (self->items, middle)), row) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean
live_set_is_in_place (SmLiveSet *self,
                      guint      position)
{
  SmRow *row = sm_item_get_row (g_ptr_array_index (self->items, position));

  if (position > 0
      && self->compare (sm_item_get_row (g_ptr_array_index (self->items, position - 1)), row) > 0)
    return FALSE;
  return position + 1 >= self->items->len
         || self->compare (row, sm_item_get_row (g_ptr_array_index (self->items, position + 1))) < 0;
}

static GType
live_set_get_item_type (GListModel *model)
{
  return SM_TYPE_ITEM;
}

static guint
live_set_get_n_items (GListModel *model)
{
  return SM_LIVE_SET (model)->items->len;
}

static gpointer
live_set_get_item (GListModel *model,
                   guint       position)
{
  SmLiveSet *self = SM_LIVE_SET (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position))
                                     : NULL;
}

static void
live_set_model_init (GListModelInterface *iface)
{
  iface->get_item_type = live_set_get_item_type;
  iface->get_n_items = live_set_get_n_items;
  iface->get_item = live_set_get_item;
}

static void
sm_live_set_finalize (GObject *object)
{
  SmLiveSet *self = SM_LIVE_SET (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (sm_live_set_parent_class)->finalize (object);
}

static void
sm_live_set_class_init (SmLiveSetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sm_live_set_finalize;
}

static void
sm_live_set_init (SmLiveSet *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

SmLiveSet *
sm_live_set_new (SmRowCompare compare)
{
  SmLiveSet *self = g_object_new (SM_TYPE_LIVE_SET, NULL);

  self->compare = compare;
  return self;
}

/** sm_live_set_find: Returns: (transfer none) (nullable): the item of thing @id */
SmItem *
sm_live_set_find (SmLiveSet *self,
                  gint64     id)
{
  return g_hash_table_lookup (self->by_id, &id);
}

static void
live_set_insert (SmLiveSet *self,
                 SmRow     *row)
{
  guint place = live_set_find_place (self, row);
  gint64 id = sm_row_get_id (row);
  SmItem *item = sm_item_new (row);

  g_ptr_array_insert (self->items, (int) place, item);
  g_hash_table_insert (self->by_id, g_memdup2 (&id, sizeof id), item);
  if (!live_set_is_in_place (self, place))
    live_set_sort_soon (self);
  g_list_model_items_changed (G_LIST_MODEL (self), place, 0, 1);
}

/** sm_live_set_put: Replaces the row of its thing, or adds it where it belongs. */
void
sm_live_set_put (SmLiveSet *self,
                 SmRow     *row)
{
  g_autoptr (SmRow) old = NULL;
  SmItem *item;

  g_return_if_fail (SM_IS_LIVE_SET (self) && row != NULL);

  item = sm_live_set_find (self, sm_row_get_id (row));
  if (item == NULL)
    {
      live_set_insert (self, row);
      return;
    }
  old = sm_row_ref (sm_item_get_row (item));
  sm_item_set_row (item, row);
  if (self->compare (old, row) != 0)
    live_set_sort_soon (self);
}

/** sm_live_set_remove: Takes thing @id out, if it is in. */
void
sm_live_set_remove (SmLiveSet *self,
                    gint64     id)
{
  SmItem *item;
  guint position;

  g_return_if_fail (SM_IS_LIVE_SET (self));

  item = sm_live_set_find (self, id);
  if (item == NULL)
    return;
  g_ptr_array_find (self->items, item, &position);
  g_hash_table_remove (self->by_id, &id);
  g_ptr_array_remove_index (self->items, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/* Whoever is in @rows keeps its item; the length changes once, in one stretch. */
static GPtrArray *
live_set_take_over (SmLiveSet *self,
                    GPtrArray *rows)
{
  GPtrArray *items = g_ptr_array_new_full (rows->len, g_object_unref);

  for (guint i = 0; i < rows->len; i++)
    {
      SmRow *row = g_ptr_array_index (rows, i);
      SmItem *item = sm_live_set_find (self, sm_row_get_id (row));

      if (item != NULL)
        sm_item_set_row (item, row);
      g_ptr_array_add (items, item != NULL ? g_object_ref (item) : sm_item_new (row));
    }
  g_ptr_array_sort_with_data (items, compare_items, self);
  return items;
}

/* Announces the one stretch in which the items differ from those @before. */
static void
live_set_announce (SmLiveSet *self,
                   gpointer  *before,
                   guint      n)
{
  gpointer *after = self->items->pdata;
  guint n_after = self->items->len, head = 0, tail = 0;

  while (head < MIN (n, n_after) && before[head] == after[head])
    head++;
  while (tail < MIN (n, n_after) - head && before[n - 1 - tail] == after[n_after - 1 - tail])
    tail++;
  if (head + tail < MAX (n, n_after))
    g_list_model_items_changed (G_LIST_MODEL (self), head, n - head - tail, n_after - head - tail);
}

/** sm_live_set_replace: Makes @rows (of SmRow) all there is; what stays keeps its item. */
void
sm_live_set_replace (SmLiveSet *self,
                     GPtrArray *rows)
{
  g_autoptr (GPtrArray) old = NULL;

  g_return_if_fail (SM_IS_LIVE_SET (self) && rows != NULL);

  old = self->items;
  self->items = live_set_take_over (self, rows);
  self->unsorted = FALSE;
  g_hash_table_remove_all (self->by_id);
  for (guint i = 0; i < self->items->len; i++)
    {
      SmItem *item = g_ptr_array_index (self->items, i);
      gint64 id = sm_item_get_id (item);

      g_hash_table_insert (self->by_id, g_memdup2 (&id, sizeof id), item);
    }
  live_set_announce (self, old->pdata, old->len);
}

/* How many rows are added one by one, each with its own announcement. */
#define FEW 32

/* Adds rows of things that were not in, as one change; the others are only moved. */
static void
live_set_add_many (SmLiveSet *self,
                   GPtrArray *rows)
{
  guint n = self->items->len;
  g_autofree gpointer *before = g_memdup2 (self->items->pdata, n * sizeof (gpointer));

  for (guint i = 0; i < rows->len; i++)
    {
      SmRow *row = g_ptr_array_index (rows, i);
      gint64 id = sm_row_get_id (row);
      SmItem *item = sm_live_set_find (self, id);

      if (item != NULL) /* twice in @rows: the later is newer */
        {
          sm_item_set_row (item, row);
          continue;
        }
      item = sm_item_new (row);
      g_ptr_array_add (self->items, item);
      g_hash_table_insert (self->by_id, g_memdup2 (&id, sizeof id), item);
    }
  g_ptr_array_sort_with_data (self->items, compare_items, self);
  self->unsorted = FALSE;
  live_set_announce (self, before, n);
}

/**
 * sm_live_set_put_all: Like sm_live_set_put() for each row, but many that are
 * new come as one change.  What was in already costs only itself.
 */
void
sm_live_set_put_all (SmLiveSet *self,
                     GPtrArray *rows)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new ();

  g_return_if_fail (SM_IS_LIVE_SET (self) && rows != NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      SmRow *row = g_ptr_array_index (rows, i);

      if (sm_live_set_find (self, sm_row_get_id (row)) != NULL)
        sm_live_set_put (self, row);
      else
        g_ptr_array_add (fresh, row);
    }
  if (fresh->len > FEW)
    live_set_add_many (self, fresh);
  else
    for (guint i = 0; i < fresh->len; i++)
      sm_live_set_put (self, g_ptr_array_index (fresh, i));
}

/** sm_live_set_set_held: While @held (pointer, focus or selection inside), nothing is resorted. */
void
sm_live_set_set_held (SmLiveSet *self,
                      gboolean   held)
{
  g_return_if_fail (SM_IS_LIVE_SET (self));

  self->held = held;
  if (!held && self->unsorted)
    live_set_sort_soon (self);
}
