/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-top-list.h"

#define GONE_A_TURN 2

struct _SmTopList
{
  GObject parent_instance;

  GListModel *model;
  GPtrArray *items; /* of GObject, as they are shown */
  guint size;
  guint a_turn;
  guint rows_made;
  guint source; /* something is still to come */
};

static void top_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SmTopList, sm_top_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, top_list_model_init))

static GType
top_list_get_item_type (GListModel *model)
{
  return g_list_model_get_item_type (SM_TOP_LIST (model)->model);
}

static guint
top_list_get_n_items (GListModel *model)
{
  return SM_TOP_LIST (model)->items->len;
}

static gpointer
top_list_get_item (GListModel *model,
                   guint       position)
{
  GPtrArray *items = SM_TOP_LIST (model)->items;

  return position < items->len ? g_object_ref (g_ptr_array_index (items, position)) : NULL;
}

static void
top_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = top_list_get_item_type;
  iface->get_n_items = top_list_get_n_items;
  iface->get_item = top_list_get_item;
}

/* Announces the one stretch in which the items differ from those @before. */
static void
announce (SmTopList *self,
          GPtrArray *before)
{
  gpointer *old = before->pdata, *new = self->items->pdata;
  guint n_old = before->len, n_new = self->items->len, head = 0, tail = 0;

  while (head < MIN (n_old, n_new) && old[head] == new[head])
    head++;
  while (tail < MIN (n_old, n_new) - head && old[n_old - 1 - tail] == new[n_new - 1 - tail])
    tail++;
  if (head + tail < MAX (n_old, n_new))
    g_list_model_items_changed (G_LIST_MODEL (self), head, n_old - head - tail,
                                n_new - head - tail);
}

/* Those that are not shown any more leave one by one: a list that is full would else be another
 * from its first row to its last whenever one comes on top.  Each takes a list view up to a
 * millisecond, and who acknowledges a hundred at once lets forty leave: no more than @most do so
 * now.  Returns: whether none is left that is not shown any more */
static gboolean
drop_gone (SmTopList *self,
           GPtrArray *wanted,
           guint      most)
{
  g_autoptr (GHashTable) stays = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < wanted->len; i++)
    g_hash_table_add (stays, wanted->pdata[i]);
  for (guint i = self->items->len; i-- > 0;)
    if (!g_hash_table_contains (stays, self->items->pdata[i]))
      {
        if (most-- == 0)
          return FALSE;
        g_ptr_array_remove_index (self->items, i);
        g_list_model_items_changed (G_LIST_MODEL (self), i, 1, 0);
      }
  return TRUE;
}

/* Takes over what the model has by now: no more than @most new items of those that a list
 * view makes rows of, and those only when no more than @most_gone had to leave.
 * Returns: whether that is all */
static gboolean
take_over (SmTopList *self,
           guint      most,
           guint      most_gone)
{
  guint n = MIN (g_list_model_get_n_items (self->model), self->size);
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_full (n, g_object_unref);
  g_autoptr (GPtrArray) before = NULL;
  gboolean is_all = TRUE;

  for (guint i = 0; i < self->items->len; i++)
    g_hash_table_add (known, g_ptr_array_index (self->items, i));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (self->model, i);

      if (i >= self->rows_made || g_hash_table_contains (known, item) || most > 0)
        {
          if (i < self->rows_made && !g_hash_table_contains (known, item))
            most--;
          g_ptr_array_add (wanted, g_steal_pointer (&item));
        }
      else
        is_all = FALSE;
    }
  if (!drop_gone (self, wanted, most_gone))
    return FALSE;
  before = g_steal_pointer (&self->items);
  self->items = g_steal_pointer (&wanted);
  announce (self, before);
  return is_all;
}

static gboolean
come_cb (gpointer user_data)
{
  SmTopList *self = user_data;

  if (!take_over (self, self->a_turn, GONE_A_TURN))
    return G_SOURCE_CONTINUE;
  self->source = 0;
  return G_SOURCE_REMOVE;
}

static void
come_soon (SmTopList *self)
{
  if (self->source != 0)
    return;
  self->source = g_timeout_add (0, come_cb, self);
  g_source_set_name_by_id (self->source, "sm_top_list come");
}

static void
sm_top_list_dispose (GObject *object)
{
  SmTopList *self = SM_TOP_LIST (object);

  g_clear_handle_id (&self->source, g_source_remove);

  G_OBJECT_CLASS (sm_top_list_parent_class)->dispose (object);
}

static void
sm_top_list_finalize (GObject *object)
{
  SmTopList *self = SM_TOP_LIST (object);

  g_clear_object (&self->model);
  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (sm_top_list_parent_class)->finalize (object);
}

static void
sm_top_list_class_init (SmTopListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_top_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = sm_top_list_finalize;
}

static void
sm_top_list_init (SmTopList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * sm_top_list_new:
 * @a_turn: so many new items come in a turn of the main loop
 * @rows_made: behind so many a list view makes no rows, and all come at once
 */
SmTopList *
sm_top_list_new (GListModel *model,
                 guint       a_turn,
                 guint       rows_made)
{
  SmTopList *self = g_object_new (SM_TYPE_TOP_LIST, NULL);

  self->model = g_object_ref (model);
  self->a_turn = a_turn;
  self->rows_made = rows_made;
  g_signal_connect_object (model, "items-changed", G_CALLBACK (come_soon), self, G_CONNECT_SWAPPED);
  return self;
}

guint
sm_top_list_get_size (SmTopList *self)
{
  g_return_val_if_fail (SM_IS_TOP_LIST (self), 0);

  return self->size;
}

/** sm_top_list_set_size: @size: how many there may be */
void
sm_top_list_set_size (SmTopList *self,
                      guint      size)
{
  g_return_if_fail (SM_IS_TOP_LIST (self));

  if (self->size == size)
    return;
  self->size = size;
  come_soon (self);
}

/** sm_top_list_is_whole: Returns: whether nothing is still to come */
gboolean
sm_top_list_is_whole (SmTopList *self)
{
  g_return_val_if_fail (SM_IS_TOP_LIST (self), FALSE);

  return self->source == 0;
}

/** sm_top_list_settle: All that is still to come comes now, for somebody looks for it. */
void
sm_top_list_settle (SmTopList *self)
{
  g_return_if_fail (SM_IS_TOP_LIST (self));

  g_clear_handle_id (&self->source, g_source_remove);
  take_over (self, G_MAXUINT, G_MAXUINT);
}
