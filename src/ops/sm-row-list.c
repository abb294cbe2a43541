/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-row-list.h"

struct _SmRowList
{
  GObject parent_instance;

  GListModel *source;
  SmRowMatch match;
  gpointer user_data;
  GDestroyNotify user_data_free;
  GPtrArray *watched; /* of SmItem, all of the source */
  GPtrArray *items;   /* of SmItem, those that match */
  guint idle;
};

static void row_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SmRowList, sm_row_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, row_list_model_init))

static void row_list_soon (SmRowList *self);

static void
row_list_unwatch (SmRowList *self)
{
  for (guint i = 0; i < self->watched->len; i++)
    g_signal_handlers_disconnect_by_func (g_ptr_array_index (self->watched, i), row_list_soon,
                                          self);
  g_ptr_array_set_size (self->watched, 0);
}

static void
sm_row_list_dispose (GObject *object)
{
  SmRowList *self = SM_ROW_LIST (object);

  row_list_unwatch (self);
  g_clear_handle_id (&self->idle, g_source_remove);

  G_OBJECT_CLASS (sm_row_list_parent_class)->dispose (object);
}

static void
sm_row_list_finalize (GObject *object)
{
  SmRowList *self = SM_ROW_LIST (object);

  if (self->user_data_free != NULL)
    self->user_data_free (self->user_data);
  g_clear_object (&self->source);
  g_clear_pointer (&self->watched, g_ptr_array_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (sm_row_list_parent_class)->finalize (object);
}

static void
sm_row_list_class_init (SmRowListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_row_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = sm_row_list_finalize;
}

static void
sm_row_list_init (SmRowList *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/* Shows what matches now, and announces only the stretch that is otherwise. */
static void
row_list_match (SmRowList *self)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->items);
  guint first = 0, last = 0, shorter;

  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->watched->len; i++)
    {
      SmItem *item = g_ptr_array_index (self->watched, i);

      if (self->match (sm_item_get_row (item), self->user_data))
        g_ptr_array_add (self->items, g_object_ref (item));
    }
  shorter = MIN (before->len, self->items->len);
  while (first < shorter && before->pdata[first] == self->items->pdata[first])
    first++;
  while (last < shorter - first
         && before->pdata[before->len - 1 - last] == self->items->pdata[self->items->len - 1 - last])
    last++;
  if (before->len > first + last || self->items->len > first + last)
    g_list_model_items_changed (G_LIST_MODEL (self), first, before->len - first - last,
                                self->items->len - first - last);
}

static gboolean
idle_cb (gpointer user_data)
{
  SmRowList *self = user_data;

  self->idle = 0;
  row_list_match (self);
  return G_SOURCE_REMOVE;
}

/* Many rows change at once: match once for all. */
static void
row_list_soon (SmRowList *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_DEFAULT, idle_cb, self, NULL);
}

static void
source_changed_cb (SmRowList *self)
{
  row_list_unwatch (self);
  for (guint i = 0; i < g_list_model_get_n_items (self->source); i++)
    {
      SmItem *item = g_list_model_get_item (self->source, i);

      g_ptr_array_add (self->watched, item);
      g_signal_connect_swapped (item, "notify::row", G_CALLBACK (row_list_soon), self);
    }
  row_list_match (self);
}

/** sm_row_list_new: @user_data: (transfer full): handed to @match */
SmRowList *
sm_row_list_new (GListModel     *source,
                 SmRowMatch      match,
                 gpointer        user_data,
                 GDestroyNotify  user_data_free)
{
  SmRowList *self = g_object_new (SM_TYPE_ROW_LIST, NULL);

  self->source = g_object_ref (source);
  self->match = match;
  self->user_data = user_data;
  self->user_data_free = user_data_free;
  g_signal_connect_object (source, "items-changed", G_CALLBACK (source_changed_cb), self,
                           G_CONNECT_SWAPPED);
  source_changed_cb (self);
  return self;
}

static GType
row_list_get_item_type (GListModel *model)
{
  return SM_TYPE_ITEM;
}

static guint
row_list_get_n_items (GListModel *model)
{
  return SM_ROW_LIST (model)->items->len;
}

static gpointer
row_list_get_item (GListModel *model,
                   guint       position)
{
  SmRowList *self = SM_ROW_LIST (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position))
                                     : NULL;
}

static void
row_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = row_list_get_item_type;
  iface->get_n_items = row_list_get_n_items;
  iface->get_item = row_list_get_item;
}
