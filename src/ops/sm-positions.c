/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-positions.h"

#define INTERVAL_US G_GINT64_CONSTANT (1000000)

struct _SmPositions
{
  gpointer owner;
  SmPositionsFuncs funcs;
  GArray *ids;       /* of gint64, as shown */
  GHashTable *items; /* &held->id -> Held (owned) */
  gboolean held;
  gboolean is_stale;
  gint64 refreshed_at; /* monotonic */
  guint timer;
};

/* An item that somebody holds. */
typedef struct
{
  SmPositions *positions;
  gint64 id;
  SmItem *item; /* weak */
} Held;

/* By which its list model finds it. */
static GQuark
positions_quark (void)
{
  return g_quark_from_static_string ("sm-positions");
}

/**
 * sm_positions_new:
 * @owner: (transfer none): the list model; it frees this
 */
SmPositions *
sm_positions_new (gpointer                owner,
                  const SmPositionsFuncs *funcs)
{
  SmPositions *self = g_new0 (SmPositions, 1);

  self->owner = owner;
  self->funcs = *funcs;
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->items = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  g_object_set_qdata (owner, positions_quark (), self);
  return self;
}

static void
item_gone_cb (gpointer  user_data,
              GObject  *where)
{
  Held *held = user_data;

  g_hash_table_remove (held->positions->items, &held->id);
}

void
sm_positions_free (SmPositions *self)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (self != NULL);

  g_object_set_qdata (self->owner, positions_quark (), NULL);
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_object_weak_unref (G_OBJECT (((Held *) value)->item), item_gone_cb, value);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_hash_table_unref (self->items);
  g_array_unref (self->ids);
  g_free (self);
}

guint
sm_positions_get_n (SmPositions *self)
{
  return self->ids->len;
}

/** sm_positions_get_id: Returns: who stands at @position, 0 behind the end */
gint64
sm_positions_get_id (SmPositions *self,
                     guint        position)
{
  return position < self->ids->len ? g_array_index (self->ids, gint64, position) : 0;
}

/** sm_positions_get_item: Returns: (transfer full) (nullable): the item of who stands there */
gpointer
sm_positions_get_item (SmPositions *self,
                       guint        position)
{
  gint64 id = sm_positions_get_id (self, position);
  g_autoptr (SmRow) row = NULL;
  Held *held;

  if (position >= self->ids->len)
    return NULL;
  held = g_hash_table_lookup (self->items, &id);
  if (held != NULL)
    return g_object_ref (held->item);
  row = self->funcs.make_row (self->owner, id);
  held = g_new0 (Held, 1);
  *held = (Held){ self, id, sm_item_new (row) };
  g_hash_table_insert (self->items, &held->id, held);
  g_object_weak_ref (G_OBJECT (held->item), item_gone_cb, held);
  return held->item;
}

gboolean
sm_positions_find (SmPositions *self,
                   gint64       id,
                   guint       *out_position)
{
  for (guint i = 0; i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == id)
      {
        *out_position = i;
        return TRUE;
      }
  return FALSE;
}

/** sm_positions_touch: Values changed: brings the rows of the items that are held up to date. */
void
sm_positions_touch (SmPositions *self)
{
  /* Whoever hears of a new row may let go of items. */
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (items, g_object_ref (((Held *) value)->item));
  for (guint i = 0; i < items->len; i++)
    {
      SmItem *item = g_ptr_array_index (items, i);
      g_autoptr (SmRow) row = self->funcs.make_row (self->owner, sm_item_get_id (item));

      if (!sm_row_equal (row, sm_item_get_row (item)))
        sm_item_set_row (item, row);
    }
}

static void
positions_take (SmPositions *self,
                GArray      *ids)
{
  g_autoptr (GArray) before = g_steal_pointer (&self->ids);
  const gint64 *old = (const gint64 *) (gpointer) before->data;
  const gint64 *new = (const gint64 *) (gpointer) ids->data;
  guint first = 0, last = 0, shorter = MIN (before->len, ids->len);

  self->ids = ids;
  while (first < shorter && old[first] == new[first])
    first++;
  while (last < shorter - first && old[before->len - 1 - last] == new[ids->len - 1 - last])
    last++;
  if (before->len > first + last || ids->len > first + last)
    g_list_model_items_changed (self->owner, first, before->len - first - last,
                                ids->len - first - last);
}

/** sm_positions_refresh: Applies order and filter at once. */
void
sm_positions_refresh (SmPositions *self)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), self->ids->len);

  g_clear_handle_id (&self->timer, g_source_remove);
  self->is_stale = FALSE;
  self->refreshed_at = g_get_monotonic_time ();
  self->funcs.fill (self->owner, ids);
  positions_take (self, ids);
}

static gboolean
timer_cb (gpointer user_data)
{
  SmPositions *self = user_data;

  self->timer = 0;
  if (self->is_stale && !self->held)
    sm_positions_refresh (self);
  return G_SOURCE_REMOVE;
}

/** sm_positions_stale: Order or filter may give another list now: soon, and not while held. */
void
sm_positions_stale (SmPositions *self)
{
  gint64 wait;

  self->is_stale = TRUE;
  if (self->timer != 0 || self->held)
    return;
  wait = self->refreshed_at + INTERVAL_US - g_get_monotonic_time ();
  if (self->refreshed_at == 0 || wait < 0)
    wait = 0;
  self->timer = g_timeout_add ((guint) (wait / 1000), timer_cb, self);
}

void
sm_positions_set_held (SmPositions *self,
                       gboolean     held)
{
  self->held = held;
  if (held)
    g_clear_handle_id (&self->timer, g_source_remove);
  else if (self->is_stale)
    sm_positions_stale (self);
}

/* --- the owner as a list model --- */

static GType
model_get_item_type (GListModel *model)
{
  return SM_TYPE_ITEM;
}

static guint
model_get_n_items (GListModel *model)
{
  SmPositions *self = g_object_get_qdata (G_OBJECT (model), positions_quark ());

  return self != NULL ? sm_positions_get_n (self) : 0;
}

static gpointer
model_get_item (GListModel *model,
                guint       position)
{
  SmPositions *self = g_object_get_qdata (G_OBJECT (model), positions_quark ());

  return self != NULL ? sm_positions_get_item (self, position) : NULL;
}

/** sm_positions_model_init: For G_IMPLEMENT_INTERFACE: the owner's list is its positions. */
void
sm_positions_model_init (GListModelInterface *iface)
{
  iface->get_item_type = model_get_item_type;
  iface->get_n_items = model_get_n_items;
  iface->get_item = model_get_item;
}
