/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-wall-alarms.h"

#include "sm-alarm.h"
#include "sm-fault-row.h"

/* What happens within so long is shown at once. */
#define LOOK_MS 100
#define WORST_LEVEL 1

struct _SmWallAlarms
{
  GObject parent_instance;

  SmOps *ops;
  GPtrArray *items; /* SmItem, oldest first */
  guint timer;
};

G_DEFINE_FINAL_TYPE (SmWallAlarms, sm_wall_alarms, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_CHANGED,
  SIGNAL_RAISED,
} Signal;
static guint signals[SIGNAL_RAISED + 1];

static void
disconnect (SmWallAlarms *self)
{
  if (self->ops == NULL)
    return;
  g_signal_handlers_disconnect_by_data (sm_ops_get_alarms (self->ops), self);
  g_signal_handlers_disconnect_by_data (sm_ops_get_figures (self->ops), self);
}

static void
sm_wall_alarms_dispose (GObject *object)
{
  SmWallAlarms *self = SM_WALL_ALARMS (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  disconnect (self);
  g_clear_object (&self->ops);
  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (sm_wall_alarms_parent_class)->dispose (object);
}

static void
sm_wall_alarms_class_init (SmWallAlarmsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_wall_alarms_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SM_TYPE_WALL_ALARMS, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_RAISED] = g_signal_new ("raised", SM_TYPE_WALL_ALARMS, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
sm_wall_alarms_init (SmWallAlarms *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

SmWallAlarms *
sm_wall_alarms_new (void)
{
  return g_object_new (SM_TYPE_WALL_ALARMS, NULL);
}

static int
by_age (gconstpointer a,
        gconstpointer b)
{
  SmItem *one = *(SmItem *const *) a, *two = *(SmItem *const *) b;
  gint64 left = sm_row_get_int (sm_item_get_row (one), SM_ALARM_RAISED_AT);
  gint64 right = sm_row_get_int (sm_item_get_row (two), SM_ALARM_RAISED_AT);

  if (left != right)
    return left < right ? -1 : 1;
  return sm_item_get_id (one) < sm_item_get_id (two) ? -1 : 1;
}

static GPtrArray *
collect (SmWallAlarms *self)
{
  GListModel *alarms = sm_ops_get_alarms (self->ops);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (alarms);
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (self->ops)));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);
      const SmRow *row = sm_item_get_row (item);

      if (sm_row_get_int (row, SM_ALARM_LEVEL) == WORST_LEVEL && sm_fault_is_unacked (row)
          && !sm_item_get_pending (item) && !sm_alarm_is_hidden (row, now))
        g_ptr_array_add (items, g_object_ref (item));
    }
  g_ptr_array_sort (items, by_age);
  return items;
}

static gboolean
has (GPtrArray *items,
     gint64     id)
{
  for (guint i = 0; i < items->len; i++)
    if (sm_item_get_id (g_ptr_array_index (items, i)) == id)
      return TRUE;
  return FALSE;
}

/** sm_wall_alarms_look: Looks now, and not a tenth of a second after something changed. */
void
sm_wall_alarms_look (SmWallAlarms *self)
{
  g_autoptr (GPtrArray) before = NULL;
  gint64 raised = 0;

  g_return_if_fail (SM_IS_WALL_ALARMS (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->ops == NULL)
    return;
  before = self->items;
  self->items = collect (self);
  for (guint i = 0; i < self->items->len; i++)
    if (!has (before, sm_item_get_id (g_ptr_array_index (self->items, i))))
      raised = sm_item_get_id (g_ptr_array_index (self->items, i));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  if (raised != 0)
    g_signal_emit (self, signals[SIGNAL_RAISED], 0, raised);
}

static gboolean
look_cb (gpointer user_data)
{
  SmWallAlarms *self = user_data;

  self->timer = 0;
  sm_wall_alarms_look (self);
  return G_SOURCE_REMOVE;
}

static void
look_soon (SmWallAlarms *self)
{
  if (self->timer != 0)
    return;
  self->timer = g_timeout_add (LOOK_MS, look_cb, self);
  g_source_set_name_by_id (self->timer, "sm_wall_alarms look");
}

/** sm_wall_alarms_set_ops: Follows the alarms of @ops. */
void
sm_wall_alarms_set_ops (SmWallAlarms *self,
                        SmOps        *ops)
{
  g_return_if_fail (SM_IS_WALL_ALARMS (self) && SM_IS_OPS (ops));

  disconnect (self);
  g_set_object (&self->ops, ops);
  g_signal_connect_object (sm_ops_get_alarms (ops), "items-changed", G_CALLBACK (look_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sm_ops_get_figures (ops), "changed", G_CALLBACK (look_soon), self,
                           G_CONNECT_SWAPPED);
  sm_wall_alarms_look (self);
}

guint
sm_wall_alarms_get_n (SmWallAlarms *self)
{
  g_return_val_if_fail (SM_IS_WALL_ALARMS (self), 0);

  return self->items->len;
}

/** sm_wall_alarms_get: Returns: (transfer none) (nullable): one of them, the oldest is 0 */
SmItem *
sm_wall_alarms_get (SmWallAlarms *self,
                    guint         index)
{
  g_return_val_if_fail (SM_IS_WALL_ALARMS (self), NULL);

  return index < self->items->len ? g_ptr_array_index (self->items, index) : NULL;
}
