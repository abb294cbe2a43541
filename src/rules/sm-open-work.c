/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm.h"
#include "sm-rules-private.h"
#include "sm-work-order-table.h"
#include "sm-work-order-watch.h"
#include "sm-work-orders.h"

/* The orders that are not over, as the writer has them. */

SmOpenWork *
sm_open_work_new (void)
{
  SmOpenWork *self = g_new0 (SmOpenWork, 1);

  self->open = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  self->alarms = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

void
sm_open_work_free (SmOpenWork *self)
{
  g_ptr_array_unref (self->open);
  g_array_unref (self->alarms);
  g_free (self);
}

/** sm_open_work_dup: Returns: (transfer full): of SmRow; what is done about one changes the book */
GPtrArray *
sm_open_work_dup (const SmOpenWork *self)
{
  GPtrArray *open = g_ptr_array_new_full (self->open->len, (GDestroyNotify) sm_row_unref);

  for (guint i = 0; i < self->open->len; i++)
    g_ptr_array_add (open, sm_row_ref (self->open->pdata[i]));
  return open;
}

/* One was written: the thousands of others need not be read again for that. */
static void
follow_one (SmOpenWork  *self,
            const SmRow *written)
{
  gboolean is_over = sm_work_order_is_over (written);

  for (guint i = 0; i < self->open->len; i++)
    {
      SmRow *was = self->open->pdata[i];

      if (sm_row_get_id (was) != sm_row_get_id (written))
        continue;
      if (is_over)
        {
          g_ptr_array_remove_index (self->open, i);
          return;
        }
      self->open->pdata[i] = sm_row_copy (written);
      sm_row_unref (was);
      return;
    }
  if (!is_over)
    g_ptr_array_add (self->open, sm_row_copy (written));
}

/** sm_work_orders_note: A row was written: what depends on it is looked at again. */
void
sm_work_orders_note (SmRules     *rules,
                     const SmRow *written)
{
  gint64 id = sm_row_get_id (written);

  if (sm_row_get_noun (written)->id == SM_NOUN_WORK_ORDER && rules->work_orders->is_read)
    follow_one (rules->work_orders, written);
  if (sm_row_get_noun (written)->id == SM_NOUN_ALARM
      && (!sm_row_is_null (written, SM_ALARM_WORK_ORDER_ID)
          || (sm_row_get_int (written, SM_ALARM_LEVEL) <= 2
              && sm_row_get_enum (written, SM_ALARM_STATE) != SM_ALARM_NORMAL)))
    g_array_append_val (rules->work_orders->alarms, id);
}

/** sm_work_orders_refresh: Reads those that are not over, if the book does not follow them. */
gboolean
sm_work_orders_refresh (SmRules  *rules,
                        GError  **error)
{
  SmOpenWork *book = rules->work_orders;
  GPtrArray *open;

  if (book->is_read)
    return TRUE;
  open = sm_work_order_table_list_open (sm_rules_get_connection (rules), error);
  if (open == NULL)
    return FALSE;
  g_ptr_array_unref (book->open);
  book->open = open;
  book->is_read = TRUE;
  return TRUE;
}

/** sm_work_orders_list_open: Returns: (transfer full) (nullable): of SmRow: what is not over */
GPtrArray *
sm_work_orders_list_open (SmRules  *rules,
                          GError  **error)
{
  return sm_work_orders_refresh (rules, error) ? sm_open_work_dup (rules->work_orders) : NULL;
}
