/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-acts.h"
#include "sm-error.h"
#include "sm-ops-private.h"

/* Acts for a network that is not followed any more: it was restored from a backup, or is another
 * one.  They are never sent here by themselves; a person may do one anew. */

/** sm_ops_is_of_other_network: Whether @pending can only be done anew here. */
gboolean
sm_ops_is_of_other_network (SmOps     *self,
                            SmPending *pending)
{
  g_return_val_if_fail (SM_IS_OPS (self) && SM_IS_PENDING (pending), FALSE);

  return sm_pending_is_elsewhere (pending) && self->epoch != NULL
         && g_strcmp0 (sm_pending_get_epoch (pending), self->epoch) != 0;
}

static gboolean
is_called (const SmRow *row,
           SmPending   *pending)
{
  g_autofree char *name = sm_ops_name_object (row);

  return g_strcmp0 (name, sm_pending_get_object_name (pending)) == 0;
}

/* Ids of another network mean nothing here: a thing is the same when it is called the same, and
 * only one is. */
static SmRow *
find_called (GListModel *items,
             SmPending  *pending)
{
  SmRow *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (items, i);
      SmRow *row = sm_item_get_row (item);

      if (!is_called (row, pending))
        continue;
      if (sm_row_get_id (row) == sm_pending_get_object_id (pending))
        return row;
      if (found != NULL)
        return NULL;
      found = row;
    }
  return found;
}

/**
 * sm_ops_find_again:
 *
 * Returns: (transfer full) (nullable): what @pending is about, as it is shown in
 *   the network that is followed now; NULL when there is no such thing, or nobody
 *   can tell which of several
 */
SmRow *
sm_ops_find_again (SmOps     *self,
                   SmPending *pending)
{
  const SmNoun *noun = sm_pending_get_noun (pending);
  GListModel *items;
  SmRow *row;

  g_return_val_if_fail (SM_IS_OPS (self) && SM_IS_PENDING (pending), NULL);

  if (noun == NULL || sm_pending_get_object_name (pending) == NULL
      || (noun->id != SM_NOUN_STATION && noun->id != SM_NOUN_ALARM))
    return NULL;
  items = noun->id == SM_NOUN_STATION ? G_LIST_MODEL (self->stations) : sm_ops_get_alarms (self);
  row = find_called (items, pending);
  return row != NULL ? sm_row_ref (row) : NULL;
}

static void
dropped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (sm_ops_resolve_finish (SM_OPS (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Not before the new one is on the disk does the old one go. */
static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SmPending *pending = g_task_get_task_data (task);
  GError *error = NULL;

  if (!sm_ops_edit_finish (SM_OPS (source), result, &error))
    g_task_return_error (task, error);
  else
    sm_ops_drop_async (SM_OPS (source), pending, g_task_get_cancellable (task), dropped_cb,
                       g_object_ref (task));
}

/* What is to be, on what is now. */
static GPtrArray *
make_edits (SmPending   *pending,
            const SmRow *present)
{
  const GPtrArray *old = sm_pending_get_edits (pending);
  GPtrArray *edits = sm_edits_new ();

  for (guint i = 0; old != NULL && i < old->len; i++)
    {
      const SmEdit *edit = old->pdata[i];
      g_autofree char *base = sm_row_dup_part (present, edit->field);

      sm_edits_add (edits, edit->field, base, edit->mine);
    }
  return edits;
}

/**
 * sm_ops_do_again_async:
 * @pending: an act of another network, see sm_ops_is_of_other_network()
 * @present: what it is about here, as the person saw it when they decided
 *
 * Does it as a new act of who is signed in, and forgets the old one when that is
 * on the disk.  To be finished with sm_ops_resolve_finish().
 */
void
sm_ops_do_again_async (SmOps               *self,
                       SmPending           *pending,
                       SmRow               *present,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self) && SM_IS_PENDING (pending) && present != NULL);

  g_task_set_source_tag (task, sm_ops_do_again_async);
  g_task_set_task_data (task, g_object_ref (pending), g_object_unref);
  if (!sm_ops_is_of_other_network (self, pending))
    g_task_return_new_error (task, SM_ERROR, SM_ERROR_INVALID, "it is of this network");
  else if (g_str_equal (sm_pending_get_verb (pending), SM_VERB_ACKNOWLEDGE))
    sm_ops_acknowledge_async (self, sm_row_get_id (present), sm_pending_get_note (pending),
                              cancellable, done_cb, g_steal_pointer (&task));
  else
    sm_ops_edit_async (self, present, make_edits (pending, present), cancellable, done_cb,
                       g_steal_pointer (&task));
}
