/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-ops-work-orders.h"

#include "sm-acts.h"
#include "sm-error.h"
#include "sm-ops-private.h"
#include "sm-pinyin.h"
#include "sm-sync-work-orders.h"
#include "sm-time.h"

/** sm_ops_get_work_orders: Returns: (transfer none): of SmItem, the open ones; whose clock ends first is first */
GListModel *
sm_ops_get_work_orders (SmOps *self)
{
  g_return_val_if_fail (SM_IS_OPS (self), NULL);

  return G_LIST_MODEL (sm_work_order_book_get_set (self->work_orders));
}

/** sm_ops_find_work_order: Returns: (transfer none) (nullable): the open one with that number */
SmItem *
sm_ops_find_work_order (SmOps      *self,
                        const char *number)
{
  GListModel *orders = sm_ops_get_work_orders (self);

  for (guint i = 0; i < g_list_model_get_n_items (orders); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (orders, i);

      if (g_strcmp0 (sm_row_get_text (sm_item_get_row (item), SM_WORK_ORDER_NUMBER), number) == 0)
        return item;
    }
  return NULL;
}

/**
 * sm_work_order_next_clock:
 *
 * Returns: FALSE when no clock runs; else the one that ends, or ended, first
 */
gboolean
sm_work_order_next_clock (const SmRow        *order,
                          gint64              now,
                          SmWorkOrderClock   *out_clock,
                          SmWorkOrderReading *out_reading)
{
  gboolean is_found = FALSE;

  for (SmWorkOrderClock clock = 0; clock < SM_WORK_ORDER_N_CLOCKS; clock++)
    {
      SmWorkOrderReading reading;

      sm_work_order_read_clock (order, clock, now, &reading);
      if (reading.from == SM_UNKNOWN || reading.due == SM_UNKNOWN
          || reading.stopped_at != SM_UNKNOWN || (is_found && reading.due >= out_reading->due))
        continue;
      *out_clock = clock;
      *out_reading = reading;
      is_found = TRUE;
    }
  return is_found;
}

/** sm_ops_find_work_order_of: Returns: (transfer none) (nullable): the open one of the same cause as @alarm */
SmItem *
sm_ops_find_work_order_of (SmOps       *self,
                           const SmRow *alarm)
{
  GListModel *orders = sm_ops_get_work_orders (self);

  for (guint i = 0; i < g_list_model_get_n_items (orders); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (orders, i);
      const SmRow *order = sm_item_get_row (item);

      if (sm_row_get_int (alarm, SM_ALARM_WORK_ORDER_ID) == sm_row_get_id (order)
          || sm_row_get_int (order, SM_WORK_ORDER_ALARM_ID) == sm_row_get_id (alarm)
          || (!sm_row_is_null (order, SM_WORK_ORDER_CODE)
              && sm_row_get_int (order, SM_WORK_ORDER_TARGET_ID)
                     == sm_row_get_int (alarm, SM_ALARM_SOURCE_ID)
              && g_strcmp0 (sm_row_get_text (order, SM_WORK_ORDER_CODE),
                            sm_row_get_text (alarm, SM_ALARM_CODE)) == 0
              && g_strcmp0 (sm_row_get_text (order, SM_WORK_ORDER_TARGET_NOUN),
                            sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN)) == 0))
        return item;
    }
  return NULL;
}

/* --- finding --- */

/* What people know an order by: its number, what it is of, and where that is. */
static SmMatch
match_order (SmOps       *self,
             const SmRow *order,
             const char  *wanted)
{
  static const guint fields[] = { SM_WORK_ORDER_NUMBER, SM_WORK_ORDER_TARGET_LABEL };
  static const char *const languages[] = { "zh-CN", "en" };
  gint64 station = sm_row_get_int (order, SM_WORK_ORDER_STATION_ID);
  const char *assignee = sm_row_get_text (order, SM_WORK_ORDER_ASSIGNEE);
  SmMatch best = SM_MATCH_NONE;

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!sm_row_is_null (order, fields[i]))
      best = MIN (best, sm_search_match (sm_row_get_text (order, fields[i]), wanted));
  if (assignee != NULL)
    best = MIN (best, sm_search_match (assignee, wanted));
  for (gsize i = 0; station > 0 && i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *name
          = sm_directory_dup_label (self->directory, SM_NOUN_STATION, station, languages[i]);

      if (name != NULL)
        best = MIN (best, sm_search_match (name, wanted));
    }
  return best;
}

static SmHit *
hit_new (SmOps       *self,
         const SmRow *order,
         const char  *language,
         gboolean     is_exact)
{
  const char *number = sm_row_get_text (order, SM_WORK_ORDER_NUMBER);
  const char *target = sm_row_get_text (order, SM_WORK_ORDER_TARGET_LABEL);
  g_autofree char *station
      = sm_directory_dup_label (self->directory, SM_NOUN_STATION,
                                sm_row_get_int (order, SM_WORK_ORDER_STATION_ID), language);
  SmHit *hit = g_new0 (SmHit, 1);

  *hit = (SmHit){ sm_noun_get (SM_NOUN_WORK_ORDER), sm_row_get_id (order), g_strdup (number),
                  g_strdup_printf ("%s%s%s", target != NULL ? target : "",
                                   target != NULL && station != NULL ? " · " : "",
                                   station != NULL ? station : ""),
                  is_exact };
  return hit;
}

/**
 * sm_ops_search_work_orders:
 * @text: as sm_directory_search()
 *
 * Returns: (transfer full): of SmHit, at most @limit, of the open ones: what is called exactly so
 *   comes first, and of each kind whose clock ends first
 */
GPtrArray *
sm_ops_search_work_orders (SmOps      *self,
                           const char *text,
                           const char *language,
                           guint       limit)
{
  GListModel *orders = sm_ops_get_work_orders (self);
  GPtrArray *hits = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_hit_free);
  g_autofree SmMatch *matches = g_new (SmMatch, g_list_model_get_n_items (orders));
  char wanted[SM_SEARCH_MAX];

  if (!g_utf8_validate (text, -1, NULL) || sm_search_fold (text, wanted, sizeof wanted) == 0)
    return hits;
  for (guint i = 0; i < g_list_model_get_n_items (orders); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (orders, i);

      matches[i] = match_order (self, sm_item_get_row (item), wanted);
    }
  for (SmMatch match = 0; match < SM_MATCH_NONE; match++)
    for (guint i = 0; i < g_list_model_get_n_items (orders) && hits->len < limit; i++)
      {
        g_autoptr (SmItem) item = g_list_model_get_item (orders, i);

        if (matches[i] == match)
          g_ptr_array_add (hits, hit_new (self, sm_item_get_row (item), language,
                                          match == SM_MATCH_EXACT));
      }
  return hits;
}

/* --- what may be done --- */

/** sm_ops_work_order_needs: Returns: the permission that a person needs for it */
const char *
sm_ops_work_order_needs (SmWorkOrderEvent event)
{
  switch (event)
    {
    case SM_WORK_ORDER_ASSIGN:
    case SM_WORK_ORDER_PIN:
    case SM_WORK_ORDER_UNPIN:
      return "work_order.assign";
    case SM_WORK_ORDER_CONFIRM:
    case SM_WORK_ORDER_REJECT:
      return "work_order.confirm";
    case SM_WORK_ORDER_CANCEL:
      return "work_order.cancel";
    case SM_WORK_ORDER_URGE:
      return "work_order.urge";
    case SM_WORK_ORDER_NOTE_DOWN:
      return "work_order.note";
    default:
      return "work_order.work";
    }
}

/* Whoever did it is not the one who judges whether it is done. */
static gboolean
was_me (SmOps       *self,
        const SmRow *order)
{
  const char *by = sm_row_get_text (order, SM_WORK_ORDER_COMPLETED_BY);

  return by != NULL && sm_ops_is_person (self, by);
}

static const char *
find_confirm_refusal (SmOps       *self,
                      const SmRow *order)
{
  if (was_me (self, order))
    return "second-person-needed";
  if (sm_row_get_enum (order, SM_WORK_ORDER_FIX) == SM_WORK_ORDER_FIX_TEMPORARY
      && sm_row_is_null (order, SM_WORK_ORDER_FOLLOW_UP_ID))
    return "follow-up-missing";
  return NULL;
}

/**
 * sm_ops_work_order_refusal:
 *
 * Returns: (nullable): a slug for why who is signed in cannot do that to it now, as the
 *   service would say
 */
const char *
sm_ops_work_order_refusal (SmOps            *self,
                           SmWorkOrderEvent  event,
                           const SmRow      *order)
{
  SmWorkOrderState next;

  g_return_val_if_fail (SM_IS_OPS (self) && order != NULL, NULL);

  if (!sm_ops_may (self, sm_ops_work_order_needs (event)))
    return "permission-missing";
  if (!sm_work_order_may (order, event, &next))
    return "not-allowed-now";
  if (event == SM_WORK_ORDER_CONFIRM)
    return find_confirm_refusal (self, order);
  if (event == SM_WORK_ORDER_FOLLOW_UP && !sm_row_is_null (order, SM_WORK_ORDER_FOLLOW_UP_ID))
    return "follow-up-exists";
  return NULL;
}

/* --- doing --- */

static void
add_change (GPtrArray   *changes,
            const SmRow *order,
            const char  *field,
            const char  *mine)
{
  g_autofree char *base = sm_row_dup_part (order, field);

  if (mine != NULL && g_strcmp0 (base, mine) != 0)
    sm_edits_add (changes, field, base, mine);
}

/* What becomes of what is read of it, to be laid over it until the feed brings it. */
static GPtrArray *
make_changes (SmOps                 *self,
              const SmRow           *order,
              const SmWorkOrderDeed *deed)
{
  GPtrArray *changes = sm_edits_new ();
  const SmRow *engineer
      = deed->engineer_id != SM_UNKNOWN
            ? sm_directory_find_row (self->directory, SM_NOUN_ENGINEER, deed->engineer_id) : NULL;
  SmWorkOrderState next;

  if (sm_work_order_may (order, deed->event, &next))
    add_change (changes, order, "state", sm_work_order_states[next]);
  if (engineer != NULL)
    add_change (changes, order, "assignee", sm_row_get_text (engineer, SM_ENGINEER_NAME));
  if (deed->event == SM_WORK_ORDER_HOLD)
    add_change (changes, order, "hold_reason", deed->reason);
  if (deed->event == SM_WORK_ORDER_NOTE_DOWN)
    add_change (changes, order, "note", deed->note);
  add_change (changes, order, "fix", deed->fix);
  add_change (changes, order, "cause", deed->cause);
  add_change (changes, order, "action", deed->action);
  return changes;
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (sm_sync_add_act_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * sm_ops_do_work_order_async:
 * @order: an open one
 *
 * Succeeds when it is on the disk; the order shows it at once and is pending until the
 * service has done it.  What the service does not accept comes up in
 * sm_ops_get_conflicts().
 */
void
sm_ops_do_work_order_async (SmOps                 *self,
                            SmItem                *order,
                            const SmWorkOrderDeed *deed,
                            GCancellable          *cancellable,
                            GAsyncReadyCallback    callback,
                            gpointer               user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const char *refusal;
  const SmRow *row;
  SmAct *act;

  g_return_if_fail (SM_IS_OPS (self) && SM_IS_ITEM (order));

  g_task_set_source_tag (task, sm_ops_do_work_order_async);
  if (!sm_ops_check_started (self, task))
    return;
  row = sm_item_get_row (order);
  refusal = sm_ops_work_order_refusal (self, deed->event, row);
  if (refusal != NULL)
    {
      GError *error = NULL;

      sm_set_error (&error, SM_ERROR_INVALID, refusal, "not with this order, or not now");
      g_task_return_error (task, error);
      return;
    }
  act = sm_act_new_work_order (row, deed, make_changes (self, row, deed),
                               sm_clock_now (self->clock));
  act->object_name = sm_ops_name_object (row);
  sm_sync_add_act_async (self->sync, act, cancellable, added_cb, g_steal_pointer (&task));
}

gboolean
sm_ops_do_work_order_finish (SmOps         *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- what only the service can do --- */

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SmRow *order = sm_sync_open_work_order_finish (result, &error);

  if (order != NULL)
    g_task_return_pointer (task, order, (GDestroyNotify) sm_row_unref); /* the feed brings it */
  else
    g_task_return_error (task, error);
}

/** sm_ops_open_work_order_refusal: Returns: (nullable): a slug for why who is signed in cannot have one be made now */
const char *
sm_ops_open_work_order_refusal (SmOps *self)
{
  g_return_val_if_fail (SM_IS_OPS (self), NULL);

  if (!sm_ops_may (self, "work_order.create"))
    return "permission-missing";
  return sm_status_get_state (sm_ops_get_status (self)) == SM_STATUS_OFFLINE ? "server-unreachable"
                                                                             : NULL;
}

/** sm_ops_open_work_order_async: Has an order be made, now or not at all. */
void
sm_ops_open_work_order_async (SmOps                 *self,
                              const SmWorkOrderWish *wish,
                              GCancellable          *cancellable,
                              GAsyncReadyCallback    callback,
                              gpointer               user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_open_work_order_async);
  if (!sm_ops_check_started (self, task))
    return;
  if (sm_ops_may (self, "work_order.create"))
    {
      sm_sync_open_work_order_async (self->sync, wish, cancellable, opened_cb,
                                     g_steal_pointer (&task));
      return;
    }
  sm_set_error (&error, SM_ERROR_DENIED, "permission-missing", "work_order.create is missing");
  g_task_return_error (task, error);
}

/** sm_ops_open_work_order_finish: Returns: (transfer full) (nullable): the order */
SmRow *
sm_ops_open_work_order_finish (SmOps         *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
lines_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *lines = sm_sync_ask_work_order_finish (result, &error);

  if (lines != NULL)
    g_task_return_pointer (task, lines, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/** sm_ops_load_work_order_async: Asks the service what happened to an order; no cache has it. */
void
sm_ops_load_work_order_async (SmOps               *self,
                              gint64               order_id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_load_work_order_async);
  if (sm_ops_check_started (self, task))
    sm_sync_ask_work_order_async (self->sync, order_id, cancellable, lines_cb,
                                  g_steal_pointer (&task));
}

/** sm_ops_load_work_order_finish: Returns: (transfer full) (nullable): of SmWorkOrderLine, oldest first */
GPtrArray *
sm_ops_load_work_order_finish (SmOps         *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
candidates_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *candidates = sm_sync_ask_candidates_finish (result, &error);

  if (candidates != NULL)
    g_task_return_pointer (task, candidates, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/** sm_ops_load_candidates_async: Asks the service who could go to an order, and in what time. */
void
sm_ops_load_candidates_async (SmOps               *self,
                              gint64               order_id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_load_candidates_async);
  if (sm_ops_check_started (self, task))
    sm_sync_ask_candidates_async (self->sync, order_id, cancellable, candidates_cb,
                                  g_steal_pointer (&task));
}

/** sm_ops_load_candidates_finish: Returns: (transfer full) (nullable): of SmWorkOrderCandidate, best first */
GPtrArray *
sm_ops_load_candidates_finish (SmOps         *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
assignment_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *proposals = sm_sync_ask_assignment_finish (result, &error);

  if (proposals != NULL)
    g_task_return_pointer (task, proposals, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/** sm_ops_load_assignment_async: Asks the service who goes where for all orders to be served best. */
void
sm_ops_load_assignment_async (SmOps               *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_load_assignment_async);
  if (sm_ops_check_started (self, task))
    sm_sync_ask_assignment_async (self->sync, cancellable, assignment_cb, g_steal_pointer (&task));
}

/** sm_ops_load_assignment_finish: Returns: (transfer full) (nullable): of SmWorkOrderProposal */
GPtrArray *
sm_ops_load_assignment_finish (SmOps         *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
